"""A till's line to its hub over real sockets, and everything that answers in the hub's place."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from pos.clock import from_utc_text, utc_now, utc_text
from sync.enrolment_protocol import EnrolRequest, JournalClaim, NotEnrolled, StatusReport
from sync.feed_protocol import PAGE_BYTES_MAX, FeedPage, SnapshotOffer, encode_feed_answer
from sync.hub_client import BadAddress, HubAddress, HubClient, Limits, Who, base_of
from sync.joining_protocol import Explained, OtherVariant, OtherVariants
from sync.packing import opened
from sync.protocol import (
    ANSWER_BYTES_MAX,
    MESSAGE_BYTES_MAX,
    Accepted,
    Answer,
    Entry,
    Forked,
    Gap,
    Position,
    decode_batch,
    encode_answer,
)
from sync.pull import Place
from sync.secure import HubContext, Lines
from sync.signing import Request, body_digest, is_signed, read_authorization
from sync.trouble import Reason, Silent, Strange
from tests.sync.journals import JOURNAL, TillJournal, a_key
from tests.sync.tls_server import (
    DAY,
    HANG_GUARD_S,
    Answers,
    Files,
    Hang,
    Raw,
    Received,
    Say,
    TlsServer,
    make_certificate,
)

KEY = a_key(7)
CERTIFICATE = b"c" * 100
TILL = "01931f2a-7c4e-7b1a-9a53-0242ac120009"
PORTAL = b"<!DOCTYPE html><title>Wi-Fi du camping</title>"
HERE = Position(seq=3, digest="ab" * 32)
HTML = {"content-type": "text/html; charset=utf-8"}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def serve(files: Files) -> Iterator[Callable[..., TlsServer]]:
    servers: list[TlsServer] = []

    def start(answers: Answers, own: Files | None = files) -> TlsServer:
        server = TlsServer(own, answers)
        servers.append(server)
        return server.__enter__()

    yield start
    for server in servers:
        server.__exit__()


Serve = Callable[..., TlsServer]


def a_client(
    server: TlsServer,
    files: Files | None,
    *,
    limits: Limits | None = None,
    clock: Callable[[], datetime] = utc_now,
    context: HubContext | None = None,
) -> HubClient:
    fingerprint = b"" if files is None else files.fingerprint
    return HubClient(
        HubAddress(url=server.url, fingerprint=fingerprint),
        Who(till_id=TILL, sign=KEY.sign, certificate=CERTIFICATE),
        now=clock,
        limits=limits or Limits(connect_s=HANG_GUARD_S, read_s=HANG_GUARD_S),
        context=context,
    )


def is_by_the_till(request: Received, *, around: datetime | None = None) -> bool:
    """Say whether a till signed exactly this, about now."""
    said = read_authorization(request.headers["authorization"])
    signed = Request(
        method=request.method,
        target=request.target,
        body_sha256=body_digest(request.body),
        time=said.time,
        nonce=said.nonce,
    )
    off = abs(from_utc_text(said.time) - (around or utc_now()))
    is_now = off < timedelta(minutes=5)
    return said.till_id == TILL and is_now and is_signed(signed, said.signature, KEY.public)


def trouble_with(client: HubClient) -> Reason:
    """Ask for a position that does not come, and return why."""
    with pytest.raises((Silent, Strange)) as raised:
        client.position(JOURNAL)
    client.close()
    assert isinstance(raised.value, Silent | Strange)
    assert client.reason == raised.value.reason
    return raised.value.reason


def says(status: int = 200, body: bytes = b"", headers: dict[str, str] | None = None) -> Answers:
    return lambda _request: Say(status=status, body=body, headers=headers or {})


def no(problem: str, status: int, hub_time: str = "") -> Say:
    body = {"answer": "no", "problem": problem, "hub_time": hub_time or utc_text(utc_now())}
    return Say(status=status, body=msgspec.json.encode(body))


def test_a_position_is_asked_over_tls_and_signed(serve: Serve, files: Files) -> None:
    server = serve(says(body=encode_answer(HERE)))
    client = a_client(server, files)
    assert client.position(JOURNAL) == HERE
    assert client.position(JOURNAL) == HERE
    client.close()
    first, second = server.received
    assert (first.method, first.target) == ("GET", f"/v1/journals/{JOURNAL}/position")
    assert is_by_the_till(first)
    assert is_by_the_till(second)
    assert first.headers["authorization"] != second.headers["authorization"]
    assert "certificate=" not in first.headers["authorization"]
    assert first.headers["accept-encoding"] == "identity"
    assert (server.connections, client.reason, client.clock_off_s) == (1, None, 0)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, Accepted(seq=4, digest="ab" * 32)),
        (409, Gap(seq=2, digest="ab" * 32)),
        (409, Forked(seq=2, digest="", is_kept=True)),
    ],
)
def test_a_batch_goes_up_compressed(
    serve: Serve, files: Files, status: int, answer: Answer
) -> None:
    server = serve(says(status, encode_answer(answer)))
    client = a_client(server, files)
    batch = TillJournal(facts=20).batch()
    assert client.send(JOURNAL, batch) == answer
    client.close()
    (request,) = server.received
    assert (request.method, request.target) == ("POST", f"/v1/journals/{JOURNAL}/entries")
    assert decode_batch(opened(request.body, bytes_max=MESSAGE_BYTES_MAX)) == batch
    assert is_by_the_till(request)


@pytest.mark.parametrize(
    ("status", "answer"),
    [(409, Accepted(seq=4, digest="ab" * 32)), (200, Gap(seq=2, digest="ab" * 32))],
)
def test_an_answer_under_the_wrong_status_is_none(
    serve: Serve, files: Files, status: int, answer: Answer
) -> None:
    client = a_client(serve(says(status, encode_answer(answer))), files)
    with pytest.raises(Strange) as raised:
        client.send(JOURNAL, TillJournal().batch())
    client.close()
    assert raised.value.reason == "version"


def test_entries_that_do_not_compress_into_a_request_are_told(serve: Serve, files: Files) -> None:
    server = serve(says())
    client = a_client(server, files)
    till = TillJournal()
    till.record_raw(b"".join(hashlib.sha512(b"%d" % n).digest() for n in range(70_000)))
    with pytest.raises(Silent) as raised:
        client.send(JOURNAL, till.batch())
    assert raised.value.reason == "too_large"
    assert not server.received


def test_the_feed_is_asked_from_a_place(serve: Serve, files: Files) -> None:
    page = FeedPage(feed_id="a b/ü", last=9, head=9)
    server = serve(says(body=encode_feed_answer(page)))
    client = a_client(server, files)
    assert client.feed(Place(feed_id="a b/ü", position=7), limit=500, wait_s=25) == page
    (request,) = server.received
    assert request.target == "/v1/feed?feed=a%20b%2F%C3%BC&after=7&limit=500&wait=25"
    assert is_by_the_till(request)
    offer = SnapshotOffer(feed_id="f", position=1, parts=())
    server.answers = says(410, encode_feed_answer(offer))
    assert client.feed(Place(), limit=500, wait_s=0) == offer
    server.answers = says(200, encode_feed_answer(offer))
    with pytest.raises(Strange):
        client.feed(Place(), limit=500, wait_s=0)
    server.answers = says(410, encode_feed_answer(page))
    with pytest.raises(Strange):
        client.feed(Place(), limit=500, wait_s=0)
    client.close()


def test_parts_and_pictures_come_by_digest(serve: Serve, files: Files) -> None:
    server = serve(says(body=b"picture"))
    client = a_client(server, files)
    digest = hashlib.sha256(b"picture").hexdigest()
    assert client.part("ab" * 32) == b"picture", "whoever asked looks at the digest"
    assert client.picture(digest) == b"picture"
    assert client.picture("ab" * 32) is None
    server.answers = lambda _request: no("nothing_here", 404)
    assert client.part(digest) is client.picture(digest) is None
    server.answers = says(404, PORTAL, HTML)
    with pytest.raises(Strange) as raised:
        client.part(digest)
    client.close()
    assert raised.value.reason == "portal"
    assert server.received[0].target == f"/v1/snapshots/{'ab' * 32}"
    assert server.received[1].target == f"/v1/pictures/{digest}"


def test_a_journal_is_claimed_and_the_state_told(serve: Serve, files: Files) -> None:
    server = serve(says(204))
    client = a_client(server, files)
    claim = JournalClaim(public_key="ab" * 32, mode="live")
    client.claim(JOURNAL, claim)
    report = StatusReport(waiting=3, amount_at_risk_minor=1240, software_version="1")
    client.tell(report)
    client.close()
    first, second = server.received
    assert (first.method, first.target) == ("PUT", f"/v1/journals/{JOURNAL}")
    assert msgspec.json.decode(first.body, type=JournalClaim) == claim
    assert (second.method, second.target) == ("POST", "/v1/status")
    assert msgspec.json.decode(second.body, type=StatusReport) == report
    assert is_by_the_till(first)
    assert is_by_the_till(second)


def test_names_of_variants_are_told_and_an_older_hub_does_not_mind(
    serve: Serve, files: Files
) -> None:
    answer = Explained(to_explain=2)
    server = serve(says(body=msgspec.json.encode(answer)))
    client = a_client(server, files)
    said = OtherVariants(variants=(OtherVariant(variant_id="one", label="é", barcodes=("4",)),))
    assert client.explain(said) == answer
    (request,) = server.received
    assert (request.method, request.target) == ("POST", "/v1/variants")
    assert msgspec.json.decode(request.body, type=OtherVariants) == said
    assert is_by_the_till(request)
    server.answers = lambda _request: no("nothing_here", 404)
    assert client.explain(said) is None
    for answers, reason in (
        (says(404, PORTAL, HTML), "portal"),
        (says(200, b"{}"), "version"),
        (lambda _request: no("too_large", 413), "too_large"),  # so says an older hub of a long one
    ):
        server.answers = answers
        with pytest.raises((Silent, Strange)):
            client.explain(said)
        assert client.reason == reason
    client.close()


def test_a_request_to_enrol_is_not_signed(serve: Serve, files: Files) -> None:
    refused = NotEnrolled(problem="code_expired")
    server = serve(says(410, msgspec.json.encode(refused)))
    client = HubClient(HubAddress(url=server.url, fingerprint=files.fingerprint))
    request = EnrolRequest(
        code_name="ABCD", public_key="ab" * 32, proof="cd" * 32, software_version="1"
    )
    assert client.enrol(request) == refused
    client.close()
    assert "authorization" not in server.received[0].headers
    assert msgspec.json.decode(server.received[0].body, type=EnrolRequest) == request


# Who is at the other end -----------------------------------------------------------------------


def test_no_byte_of_a_request_goes_to_another_certificate(
    serve: Serve, files: Files, tmp_path: Path
) -> None:
    server = serve(says(body=encode_answer(HERE)), make_certificate(tmp_path))
    assert trouble_with(a_client(server, files)) == "wrong_certificate"
    assert (server.connections, server.received) == (1, [])


@pytest.mark.parametrize(("valid_from", "valid_to"), [(-9 * DAY, -DAY), (DAY, 9 * DAY)])
def test_the_dates_of_a_known_certificate_do_not_count(
    serve: Serve, tmp_path: Path, valid_from: timedelta, valid_to: timedelta
) -> None:
    """A till whose battery died thinks that it is 2019."""
    own = make_certificate(tmp_path, "elsewhere", valid_from=valid_from, valid_to=valid_to)
    client = a_client(serve(says(body=encode_answer(HERE)), own), own)
    assert client.position(JOURNAL) == HERE
    client.close()


def system_trusting(*authorities: Files) -> HubContext:
    """Return the context of a till whose system knows these authorities."""
    context = HubContext.trusting_the_system(Lines())
    for authority in authorities:
        context.load_verify_locations(cadata=authority.pem)
    return context


def test_a_certificate_that_the_system_trusts_needs_no_fingerprint(
    serve: Serve, files: Files
) -> None:
    server = serve(says(body=encode_answer(HERE)))
    client = a_client(server, None, context=system_trusting(files))
    assert client.position(JOURNAL) == HERE
    client.close()


def test_a_certificate_that_the_system_does_not_trust_is_wrong(serve: Serve) -> None:
    server = serve(says(body=encode_answer(HERE)))
    assert trouble_with(a_client(server, None)) == "wrong_certificate"
    assert not server.received


def test_a_certificate_for_another_name_is_wrong(serve: Serve, tmp_path: Path) -> None:
    own = make_certificate(tmp_path, "hub.example")
    server = serve(says(body=encode_answer(HERE)), own)
    assert trouble_with(a_client(server, None, context=system_trusting(own))) == "wrong_certificate"


@pytest.mark.parametrize(("valid_from", "valid_to"), [(-9 * DAY, -DAY), (DAY, 9 * DAY)])
def test_a_clock_that_makes_tls_fail_is_called_a_clock(
    serve: Serve, tmp_path: Path, valid_from: timedelta, valid_to: timedelta
) -> None:
    own = make_certificate(tmp_path, valid_from=valid_from, valid_to=valid_to)
    server = serve(says(body=encode_answer(HERE)), own)
    assert trouble_with(a_client(server, None, context=system_trusting(own))) == "clock"


def test_any_certificate_is_taken_only_to_see_which_it_is(serve: Serve, files: Files) -> None:
    context = HubContext.trusting(None, Lines())
    server = serve(says(body=encode_answer(HERE)))
    client = a_client(server, None, context=context)
    client.position(JOURNAL)
    client.close()
    assert context.seen == files.fingerprint


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE"])
def test_the_environment_leads_nowhere(
    serve: Serve, files: Files, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    other = serve(says(), None)
    monkeypatch.setenv(variable, other.url)
    client = a_client(serve(says(body=encode_answer(HERE))), files)
    assert client.position(JOURNAL) == HERE
    client.close()
    assert other.connections == 0


def test_a_proxy_that_is_named_is_used_and_sees_nothing(serve: Serve, files: Files) -> None:
    server = serve(says(body=encode_answer(HERE)))
    proxy = serve(says(403, PORTAL, HTML), None)
    client = HubClient(
        HubAddress(url=server.url, fingerprint=files.fingerprint, proxy=proxy.url),
        Who(till_id=TILL, sign=KEY.sign, certificate=CERTIFICATE),
    )
    assert trouble_with(client) == "no_network"
    assert [request.method for request in proxy.received] == ["CONNECT"]
    assert not server.received


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hub",
        "ftp://hub",
        "http://hub.example",
        "https://",
        "https://hub:x",
        "https://hub:0",
        "https://hub:99999",
        "https://hub/path",
        "https://hub?x",
        "https://me:secret@hub",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        base_of(url)


@pytest.mark.parametrize("url", ["https://10.0.0.2:8443", "https://[::1]:1", "http://localhost:1"])
def test_an_address_is_kept_as_it_is(url: str) -> None:
    assert base_of(url) == base_of(url + "/") == url


# What answers in the hub's place ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Say(body=PORTAL, headers=HTML), "portal"),
        (Say(body=PORTAL), "portal"),
        (Say(status=302, headers={"location": "https://wifi.example/"}), "portal"),
        (Say(status=403, body=PORTAL, headers=HTML), "portal"),
        (Say(status=403, body=b'{"error":"no"}'), "portal"),
        (Say(status=511, body=PORTAL, headers=HTML), "portal"),
        (Say(status=404, body=PORTAL, headers=HTML), "portal"),
        (Say(body=b"\x00\xffgarbage"), "version"),
        (Say(body=b'{"seq":-1,"digest":""}'), "version"),
        (Say(body=b"[" * ANSWER_BYTES_MAX), "version"),
        (Say(status=204), "version"),
        (Say(status=400, body=b"{}"), "version"),
        (no("nothing_here", 404), "version"),
        (no("method", 405), "version"),
        (no("not_our_message", 400), "version"),
        (no("revoked", 403), "revoked"),
        (no("certificate", 403), "other_organisation"),
        (no("unsigned", 401), "unknown"),
        (no("unknown", 401), "unknown"),
        (Say(status=413, body=PORTAL, headers=HTML), "too_large"),
        (Say(body=b" " * (ANSWER_BYTES_MAX + 1)), "too_large"),
        (Say(status=500, body=PORTAL, headers=HTML), "hub_error"),
        (Say(status=502, body=PORTAL, headers=HTML), "hub_error"),
        (Say(status=503), "hub_error"),
        (Say(status=429), "hub_error"),
        (Say(status=504, body=PORTAL, headers=HTML), "cut"),
        (Say(status=408), "cut"),
        (Raw(b""), "cut"),
        (Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"), "cut"),
        (Raw(b"HTTP/1.1 200 OK\r\n"), "cut"),
        (Raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "portal"),
    ],
)
def test_what_is_no_answer_is_sorted_by_what_a_person_can_do(
    serve: Serve, files: Files, said: Say | Raw, reason: Reason
) -> None:
    assert trouble_with(a_client(serve(lambda _request: said), files)) == reason


def test_a_page_of_a_feed_has_a_maximum_that_holds_while_it_is_read(
    serve: Serve, files: Files
) -> None:
    endless = b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n" + b" " * (
        PAGE_BYTES_MAX + 1
    )
    client = a_client(serve(lambda _request: Raw(endless)), files)
    with pytest.raises(Silent) as raised:
        client.feed(Place(), limit=1, wait_s=0)
    client.close()
    assert raised.value.reason == "too_large"


def test_nobody_there_is_no_network() -> None:
    client = HubClient(
        HubAddress(url="https://nobody.invalid"),
        Who(till_id=TILL, sign=KEY.sign, certificate=CERTIFICATE),
    )
    assert trouble_with(client) == "no_network"


def test_a_machine_on_which_no_hub_runs(files: Files) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = HubAddress(url=f"https://127.0.0.1:{port}", fingerprint=files.fingerprint)
    client = HubClient(address, Who(till_id=TILL, sign=KEY.sign, certificate=CERTIFICATE))
    assert trouble_with(client) == "hub_error"


def test_who_speaks_no_tls_is_not_the_hub(files: Files) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = HubAddress(
            url=f"https://127.0.0.1:{listening.getsockname()[1]}", fingerprint=files.fingerprint
        )

        def answer() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(100)
                line.sendall(b"HTTP/1.1 302 Found\r\nlocation: https://wifi.example/\r\n\r\n")
                line.recv(10_000)

        thread = threading.Thread(target=answer)
        thread.start()
        client = HubClient(address, Who(till_id=TILL, sign=KEY.sign, certificate=CERTIFICATE))
        assert trouble_with(client) == "portal"
        thread.join(HANG_GUARD_S)


def test_a_hub_that_says_nothing_is_given_up(serve: Serve, files: Files) -> None:
    server = serve(lambda _request: Hang())
    limits = Limits(connect_s=HANG_GUARD_S, read_s=0.05)
    assert trouble_with(a_client(server, files, limits=limits)) == "cut"


def test_an_answer_that_drips_for_ever_is_given_up(serve: Serve, files: Files) -> None:
    server = serve(says(body=encode_answer(HERE)))
    limits = Limits(connect_s=HANG_GUARD_S, read_s=HANG_GUARD_S, whole_s=-1)
    assert trouble_with(a_client(server, files, limits=limits)) == "cut"


def test_a_connection_that_went_stale_is_replaced_once(serve: Serve, files: Files) -> None:
    """A hub or a proxy closes what was idle; that is no trouble."""
    server = serve(lambda _request: Say(body=encode_answer(HERE), closes=True))
    client = a_client(server, files)
    assert [client.position(JOURNAL) for _ in range(3)] == [HERE] * 3
    server.answers = lambda _request: Raw(b"")
    assert trouble_with(client) == "cut"
    assert 4 <= server.connections <= 5


# Clocks, and hubs that forgot ------------------------------------------------------------------


@pytest.mark.parametrize("off", [timedelta(days=-4000), timedelta(hours=2)])
def test_a_till_whose_clock_is_off_signs_again_with_the_hubs_time(
    serve: Serve, files: Files, off: timedelta
) -> None:
    def answers(request: Received) -> Say:
        if is_by_the_till(request):
            return Say(body=encode_answer(HERE))
        return no("clock", 401)

    server = serve(answers)
    client = a_client(server, files, clock=lambda: utc_now() + off)
    assert client.position(JOURNAL) == HERE
    assert client.position(JOURNAL) == HERE
    client.close()
    assert len(server.received) == 3, "corrected once, for good"
    assert client.clock_off_s == pytest.approx(-off.total_seconds(), abs=HANG_GUARD_S)


@pytest.mark.parametrize("hub_time", ["2026-07-18T13:02:11.000000Z", "yesterday"])
def test_a_hub_that_is_never_content_with_the_time_is_told_so(
    serve: Serve, files: Files, hub_time: str
) -> None:
    server = serve(lambda _request: no("clock", 401, hub_time))
    assert trouble_with(a_client(server, files)) == "clock"
    assert len(server.received) <= 2


def test_a_hub_that_has_forgotten_the_till_is_shown_its_certificate(
    serve: Serve, files: Files
) -> None:
    """It was restored from a backup that is older than the enrolment."""

    def answers(request: Received) -> Say:
        said = read_authorization(request.headers["authorization"])
        if said.certificate == CERTIFICATE and is_by_the_till(request):
            return Say(body=encode_answer(HERE))
        return no("unknown", 401)

    server = serve(answers)
    client = a_client(server, files)
    assert client.position(JOURNAL) == HERE
    client.close()
    assert len(server.received) == 2


# Hanging up ------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_secure", [True, False])
def test_a_question_that_waits_is_ended_from_another_thread(
    serve: Serve, files: Files, is_secure: bool
) -> None:
    server = serve(lambda _request: Hang(), files if is_secure else None)
    client = a_client(server, files)
    reasons: list[Reason] = []
    thread = threading.Thread(target=lambda: reasons.append(trouble_with(client)))
    thread.start()
    assert server.is_asked.wait(HANG_GUARD_S)
    client.cancel()
    thread.join(HANG_GUARD_S / 2)
    assert reasons == ["cut"]
    assert trouble_with(client) == "cut", "no other begins"
    assert len(server.received) == 1


def test_the_bytes_of_one_entry_are_those_of_the_disk(serve: Serve, files: Files) -> None:
    till = TillJournal()
    till.record_raw(b"\x00\xff not even JSON", b"s")
    server = serve(says(body=encode_answer(Accepted(seq=2, digest="ab" * 32))))
    client = a_client(server, files)
    client.send(JOURNAL, till.batch(2))
    client.close()
    batch = decode_batch(opened(server.received[0].body, bytes_max=MESSAGE_BYTES_MAX))
    assert batch.entries == (Entry(b"\x00\xff not even JSON", b"s"),)
