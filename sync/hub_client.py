"""A till's line to its hub: one exchange at a time, over HTTPS.

No redirect is followed and no proxy of the environment is used: a till speaks to the one address
that it was enrolled with, and what a desktop session sets for its browser must not stop a stand's
sales.  Who needs a proxy names it in the address that is kept.

Every request may be repeated: an entry's number names it, and nothing else changes the hub.  So a
connection that has gone stale is replaced without a word, once.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from pos import __version__
from pos.clock import Now, from_utc_text, utc_now, utc_text
from pos.ids import JournalId
from sync import hub_answers
from sync.enrolment_protocol import (
    REQUEST_BYTES_MAX,
    EnrolAnswer,
    EnrolRequest,
    JournalClaim,
    StatusReport,
)
from sync.feed_protocol import PAGE_BYTES_MAX, PART_BYTES_MAX, FeedAnswer
from sync.hub_answers import Reply
from sync.joining_protocol import EXPLAINED_MAX, Explained, OtherVariants
from sync.packing import packed
from sync.protocol import (
    ANSWER_BYTES_MAX,
    Answer,
    Batch,
    NotOurMessage,
    Position,
    decode_position,
    encode_batch,
)
from sync.pull import Place
from sync.secure import HubContext, Lines
from sync.signing import Request, Sign, authorization, body_digest
from sync.trouble import Reason, Silent, Strange, reason_of, trouble

if TYPE_CHECKING:
    import httpx2

CONNECT_MAX_S = 5.0
READ_MAX_S = 30.0
"""Between two pieces of an answer; a long poll takes 25 s, and proxies cut at 30."""

WHOLE_MAX_S = 300.0
"""For a whole answer, however slowly it drips."""

PICTURE_BYTES_MAX = 20_000_000
PACKED_MAX = 4 * 1024 * 1024
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ReadT = TypeVar("ReadT")


class BadAddress(ValueError):
    """This is no address that a till may speak to: https, a name and perhaps a port."""


class HubAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a hub is, and how it is known."""

    url: str  # https://10.0.0.2:8443
    fingerprint: bytes = b""  # SHA-256 of its certificate (DER); empty: the system vouches
    proxy: str = ""  # http://10.0.0.1:3128


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """As whom a till asks."""

    till_id: str
    sign: Sign
    certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a till waits."""

    connect_s: float = CONNECT_MAX_S
    read_s: float = READ_MAX_S
    whole_s: float = WHOLE_MAX_S


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    method: str
    target: str
    body: bytes = b""
    answer_max: int = ANSWER_BYTES_MAX
    is_signed: bool = True


def base_of(url: str) -> str:
    """Return an address as it is used: without what follows the port.

    Raises:
        BadAddress: it is none, has a path or a password, or is in clear text beyond this machine.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise BadAddress(url) from error
    is_secure = parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)
    has_more = parts.path not in {"", "/"} or parts.query or parts.fragment or "@" in parts.netloc
    if not host or not is_secure or has_more or port == 0:
        raise BadAddress(url)
    return f"{parts.scheme}://{parts.netloc}"


class HubClient:
    """Speaks with one hub; one thread at a time asks, and any may `cancel`.

    Implements `sync.push.HubPort` and `sync.pull.FeedPort`.  What it raises is `trouble.Silent` or
    `trouble.Strange`, each with a reason; `reason` holds the last exchange's.
    """

    def __init__(
        self,
        address: HubAddress,
        who: Who | None = None,
        *,
        now: Now = utc_now,
        limits: Limits | None = None,
        context: HubContext | None = None,
    ) -> None:
        self._base = base_of(address.url)
        self._address = address
        self._who = who
        self._now = now
        self._limits = limits or Limits()
        self._context = context
        self._lines = context.lines if context is not None else Lines()
        self._client: httpx2.Client | None = None
        self._may_be_stale = False
        self._ahead = timedelta(0)  # the hub's clock, of this machine's
        self.reason: Reason | None = None

    @property
    def clock_off_s(self) -> int:
        """Return how far this machine's clock was behind the hub's when it was last corrected."""
        return round(self._ahead.total_seconds())

    def position(self, journal_id: JournalId) -> Position:
        """Return how far the hub has a journal."""
        question = _Question(method="GET", target=f"{_journal(journal_id)}/position")
        return self._ask(question, {200: decode_position})

    def send(self, journal_id: JournalId, batch: Batch) -> Answer:
        """Send entries."""
        body = packed(encode_batch(batch))
        if len(body) > PACKED_MAX:
            raise self._fails("too_large", f"{len(body)} bytes")
        question = _Question(method="POST", target=f"{_journal(journal_id)}/entries", body=body)
        return self._ask(question, {200: hub_answers.accepted, 409: hub_answers.not_accepted})

    def claim(self, journal_id: JournalId, claim: JournalClaim) -> None:
        """Say that a journal is this till's, before anything of it is sent."""
        body = msgspec.json.encode(claim)
        question = _Question(method="PUT", target=_journal(journal_id), body=body)
        self._ask(question, {204: hub_answers.nothing})

    def feed(self, place: Place, *, limit: int, wait_s: int) -> FeedAnswer:
        """Return what is behind a place; the hub waits up to `wait_s` for something to be there."""
        target = (
            f"/v1/feed?feed={quote(place.feed_id, safe='')}&after={place.position}"
            f"&limit={limit}&wait={wait_s}"
        )
        question = _Question(method="GET", target=target, answer_max=PAGE_BYTES_MAX)
        return self._ask(question, {200: hub_answers.page, 410: hub_answers.offer})

    def part(self, digest: str) -> bytes | None:
        """Return a part of a snapshot as it travels; None if the hub has no such part."""
        question = _Question(
            method="GET", target=f"/v1/snapshots/{digest}", answer_max=PART_BYTES_MAX
        )
        return self._ask(question, {200: hub_answers.as_it_is, 404: hub_answers.none})

    def picture(self, digest: str) -> bytes | None:
        """Return a picture by its SHA-256 in hex; None if the hub has none, or another."""
        question = _Question(
            method="GET", target=f"/v1/pictures/{digest}", answer_max=PICTURE_BYTES_MAX
        )
        body = self._ask(question, {200: hub_answers.as_it_is, 404: hub_answers.none})
        return body if body is None or hashlib.sha256(body).hexdigest() == digest else None

    def tell(self, report: StatusReport) -> None:
        """Say how much is only on this till."""
        body = msgspec.json.encode(report)
        question = _Question(method="POST", target="/v1/status", body=body)
        self._ask(question, {204: hub_answers.nothing})

    def explain(self, said: OtherVariants) -> Explained | None:
        """Say what this till calls its own variants; None if the hub does not ask."""
        body, at = msgspec.json.encode(said), "/v1/variants"
        question = _Question(method="POST", target=at, body=body, answer_max=EXPLAINED_MAX)
        return self._ask(question, {200: hub_answers.explained, 404: hub_answers.none})

    def health(self) -> None:
        """See whether a hub is there at all."""
        question = _Question(method="GET", target="/health", is_signed=False)
        self._ask(question, {200: hub_answers.health})

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Ask to belong to the hub's organisation."""
        body = msgspec.json.encode(request)
        question = _Question(
            method="POST",
            target="/v1/enrol",
            body=body,
            is_signed=False,
            answer_max=REQUEST_BYTES_MAX,
        )
        return self._ask(question, dict.fromkeys((200, 403, 404, 410), hub_answers.enrolment))

    def cancel(self) -> None:
        """End the exchange that is going on, from any thread, and let no other begin."""
        self._lines.cut()

    def close(self) -> None:
        """Give the connections back; the thread that asks does it."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _ask(self, question: _Question, readers: Mapping[int, Callable[[bytes], ReadT]]) -> ReadT:
        self.reason = None
        reply = self._exchange(question)
        read = readers.get(reply.status)
        if read is None:
            raise self._fails(hub_answers.reason_of(reply), f"status {reply.status}")
        try:
            return read(reply.body)
        except NotOurMessage as error:
            raise self._fails(hub_answers.reason_of(reply), str(error)) from error

    def _exchange(self, question: _Question) -> Reply:
        """Ask; once more where the hub says how to be understood."""
        with_certificate = is_corrected = False
        while True:
            reply = self._attempt(question, with_certificate=with_certificate)
            no = reply.no if question.is_signed else None
            if no is None:
                return reply
            if no.problem == "clock" and not is_corrected:
                is_corrected = self._correct_clock(no.hub_time)
                if not is_corrected:
                    return reply
            elif no.problem == "unknown" and not with_certificate:
                with_certificate = True
            else:
                return reply

    def _correct_clock(self, hub_time: str) -> bool:
        try:
            self._ahead = from_utc_text(hub_time) - self._now()
        except ValueError:
            return False
        return True

    def _attempt(self, question: _Question, *, with_certificate: bool) -> Reply:
        import httpx2

        while True:
            may_be_stale, self._may_be_stale = self._may_be_stale, False
            try:
                reply = self._send(question, with_certificate=with_certificate)
            except (httpx2.HTTPError, OSError) as error:
                is_broken = isinstance(error, httpx2.NetworkError | httpx2.ProtocolError)
                if may_be_stale and is_broken and not self._lines.is_cut:
                    continue
                raise self._fails(_reason_of_http(error), repr(error)) from error
            self._may_be_stale = True
            return reply

    def _send(self, question: _Question, *, with_certificate: bool) -> Reply:
        client = self._connected()
        request = client.build_request(
            question.method,
            self._base + question.target,
            content=question.body or None,
            extensions={"trace": self._watch},
        )
        if question.is_signed:
            request.headers["Authorization"] = self._signature(
                request, question.body, with_certificate=with_certificate
            )
        stop_at = time.monotonic() + self._limits.whole_s
        response = client.send(request, stream=True)
        try:
            pieces, size = [], 0
            for piece in response.iter_raw():
                pieces.append(piece)
                size += len(piece)
                if size > question.answer_max:
                    raise self._fails("too_large", f"more than {question.answer_max} bytes")
                if time.monotonic() > stop_at:
                    raise self._fails("cut", "too slow")
        finally:
            response.close()
        return Reply(
            status=response.status_code,
            media_type=response.headers.get("content-type", ""),
            body=b"".join(pieces),
        )

    def _signature(self, request: httpx2.Request, body: bytes, *, with_certificate: bool) -> str:
        who = self._who
        assert who is not None, "who asks has enrolled"
        signed = Request(
            method=request.method,
            target=request.url.raw_path.decode("ascii"),
            body_sha256=body_digest(body),
            time=utc_text(self._now() + self._ahead),
            nonce=secrets.token_urlsafe(12),
        )
        certificate = who.certificate if with_certificate else b""
        return authorization(signed, till_id=who.till_id, sign=who.sign, certificate=certificate)

    def _connected(self) -> httpx2.Client:
        if self._client is None:
            import httpx2

            if self._context is None:
                self._context = self._trust()
            proxy = httpx2.Proxy(self._address.proxy) if self._address.proxy else None
            self._client = httpx2.Client(
                transport=httpx2.HTTPTransport(
                    verify=self._context,
                    trust_env=False,
                    proxy=proxy,
                    limits=httpx2.Limits(max_connections=1, keepalive_expiry=READ_MAX_S),
                ),
                trust_env=False,
                timeout=httpx2.Timeout(self._limits.read_s, connect=self._limits.connect_s),
                headers={"User-Agent": f"echoppe/{__version__}", "Accept-Encoding": "identity"},
            )
            for needless in ("Accept", "Connection"):  # what holds if nothing is said
                del self._client.headers[needless]
        return self._client

    def _trust(self) -> HubContext:
        if self._address.fingerprint:
            return HubContext.trusting(self._address.fingerprint, self._lines)
        return HubContext.trusting_the_system(self._lines)

    def _watch(self, event: str, details: Mapping[str, object]) -> None:
        """Note the connection, so that it can be hung up before anything was read from it."""
        if event == "connection.connect_tcp.complete":
            stream: Any = details["return_value"]
            try:
                self._lines.add(stream.get_extra_info("socket"))
            except OSError:
                stream.close()
                raise

    def _fails(self, reason: Reason, detail: str = "") -> Silent | Strange:
        self.reason = reason
        return trouble(reason, detail)


def _journal(journal_id: JournalId) -> str:
    return f"/v1/journals/{quote(journal_id, safe='')}"


def _reason_of_http(error: Exception) -> Reason:
    import httpx2

    reason = reason_of(error)
    if reason is not None:
        return reason
    match error:
        case httpx2.ConnectError() | httpx2.ConnectTimeout() | httpx2.ProxyError():
            return "no_network"
        case httpx2.RemoteProtocolError() if not _is_end(error):
            return "portal"  # what it says is no HTTP
        case _:
            return "cut"


def _is_end(error: Exception) -> bool:
    """Return whether the other side hung up; the library says it in words only."""
    return any(words in str(error) for words in ("disconnected", "closed connection"))
