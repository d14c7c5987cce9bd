"""What tills ask for, at /v1: who asks is known before anything else is looked at.

Bytes in, bytes out.  What takes long is done by few threads; whoever waits for a body, or for news,
holds none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from urllib.parse import parse_qsl

import anyio
import msgspec

from pos.clock import from_utc_text, utc_text
from pos.ids import JournalId
from sync.enrolment_protocol import (
    REQUEST_BYTES_MAX,
    EnrolRequest,
    JournalClaim,
    NotEnrolled,
    RequestProblem,
    StatusReport,
)
from sync.feed_protocol import FEED_ID_MAX, PAGE_CHANGES_MAX, WAIT_MAX_S, FeedAnswer, FeedPage
from sync.hub import enrolment, feed, interpret
from sync.hub.hub import Hub
from sync.hub.ingest import examine, take_in
from sync.hub.messages import (
    PATIENCE,
    Answer,
    Patience,
    Receive,
    Refusal,
    Scope,
    Send,
    header,
    no,
    read_body,
)
from sync.hub.store import aliases, catalogue, tills
from sync.hub.store.tills import Till
from sync.joining_protocol import MESSAGE_BYTES_MAX as VARIANTS_BYTES
from sync.joining_protocol import OtherVariants
from sync.packing import opened
from sync.protocol import (
    MESSAGE_BYTES_MAX,
    SEQ_MAX,
    Accepted,
    NotOurMessage,
    decode_batch,
    encode_answer,
)
from sync.signing import (
    CLOCK_OFF_MAX_S,
    Authorization,
    Certificate,
    NotCertified,
    NotSigned,
    Request,
    body_digest,
    is_claim_proved,
    is_signed,
    read_authorization,
)

COMPRESSED_BYTES_MAX = 4 * 1024 * 1024
SMALL_BYTES_MAX = 4096
THREADS = 8
"""Of them all but some milliseconds of each request are the disk's and the database's."""

_UNAUTHORISED: dict[RequestProblem, int] = {
    "unsigned": 401,
    "unknown": 401,
    "clock": 401,
    "revoked": 403,
    "certificate": 403,
}

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_HEX = r"[0-9a-f]{64}"

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request by a till that is known."""

    till: Till
    name: str  # what the path names: a journal, a digest
    query: bytes
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One thing that tills may ask for."""

    method: str
    template: str
    work: Callable[[Devices, Asked], Answer]
    body_max: int = 0

    def name_in(self, path: str) -> str | None:
        """Return what a path names, if it is one of this route."""
        pattern = self.template.replace("{journal}", f"({_UUID})").replace("{digest}", f"({_HEX})")
        found = re.fullmatch(pattern, path, re.ASCII)
        return None if found is None else "".join(found.groups())


class Devices:
    """The part of the hub that tills speak to, as an ASGI application."""

    def __init__(self, hub: Hub, *, patience: Patience = PATIENCE) -> None:
        self.hub = hub
        self._patience = patience
        self._threads = anyio.CapacityLimiter(THREADS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._answer(scope, receive)
        except Refusal as refusal:
            answer = no(refusal.status, refusal.problem, self.hub.clock(), closes=refusal.closes)
        await answer.send(send)

    async def _answer(self, scope: Scope, receive: Receive) -> Answer:
        method, path = scope["method"], scope["path"]
        if path == "/health":
            scope["template"] = path
            return await self._in_thread(self._health)
        if (method, path) == ("POST", "/v1/enrol"):
            scope["template"] = path
            body = await read_body(
                scope, receive, bytes_max=REQUEST_BYTES_MAX, patience=self._patience
            )
            until = anyio.current_time() + enrolment.GUESS_S
            answer = await self._in_thread(lambda: self._enrol(body))
            if answer.status == 403:
                await anyio.sleep_until(until)
            return answer
        route = next(
            (r for r in ROUTES if r.method == method and r.name_in(path) is not None), None
        )
        asked = await self._authenticated(scope, receive, route)
        if route is None:
            is_path = any(other.name_in(path) is not None for other in ROUTES)
            raise Refusal(405, "method") if is_path else Refusal(404, "nothing_here")
        return await self._served(scope, route, asked)

    async def _served(self, scope: Scope, route: Route, asked: Asked) -> Answer:
        scope["template"] = route.template
        if route.work is not Devices.feed:
            return await self._in_thread(lambda: route.work(self, asked))
        wait = _numbers(asked.query, FEED_NUMBERS)["wait"]
        page, answer = await self._in_thread(lambda: self._page(asked))
        if wait and isinstance(page, FeedPage) and page.last == page.head and not page.changes:
            await self.hub.news.wait_beyond(page.feed_id, page.head, seconds=wait)
            _, answer = await self._in_thread(lambda: self._page(asked))
        return answer

    # Who asks ----------------------------------------------------------------------------

    async def _authenticated(self, scope: Scope, receive: Receive, route: Route | None) -> Asked:
        """Return a request once it is known who made it; nothing of it is looked at before."""
        try:
            said = read_authorization((header(scope, b"authorization") or b"").decode("ascii"))
        except (NotSigned, UnicodeDecodeError) as error:
            raise self._unauthorised("unsigned") from error
        known = await self._in_thread(lambda: self._known(said))
        if known.is_revoked:
            if is_signed(_signed_part(scope, said, b""), said.signature, known.public_key):
                self.hub.presence.note_revoked(known)
            raise self._unauthorised("revoked")
        body_max = SMALL_BYTES_MAX if route is None else route.body_max
        body = await read_body(scope, receive, bytes_max=body_max, patience=self._patience)
        if not is_signed(_signed_part(scope, said, body), said.signature, known.public_key):
            raise self._unauthorised("unsigned")
        self._check_clock(said)
        if not known.certificate:  # so far only its certificate says that it is one of ours
            known = await self._in_thread(lambda: self._readmitted(said))
        scope["till_id"] = known.till_id
        name = None if route is None else route.name_in(scope["path"])
        return Asked(till=known, name=name or "", query=bytes(scope["query_string"]), body=body)

    def _known(self, said: Authorization) -> Till:
        """Return who says to ask; without its certificate, it is not in the database (yet)."""
        with self.hub.database.read() as connection:
            till = tills.till_of(connection, said.till_id)
        if till is not None:
            return till
        if not said.certificate:
            raise self._unauthorised("unknown")
        shown = self._certified(said)
        return Till(
            till_id=shown.till_id,
            stand=shown.stand,
            till=shown.till,
            public_key=bytes.fromhex(shown.public_key),
            certificate=b"",
        )

    def _certified(self, said: Authorization) -> Certificate:
        try:
            certificate = enrolment.certified(self.hub.gate, said.certificate)
        except NotCertified as error:
            raise self._unauthorised("certificate") from error
        if certificate.till_id != said.till_id:
            raise self._unauthorised("certificate")
        return certificate

    def _readmitted(self, said: Authorization) -> Till:
        """Take a till in again that a database from a backup does not know."""
        try:
            till = enrolment.readmit(self.hub.gate, said.certificate)
        except NotCertified as error:
            raise self._unauthorised("certificate") from error
        if till is None or till.is_revoked:
            raise self._unauthorised("revoked")
        return till

    def _check_clock(self, said: Authorization) -> None:
        try:
            off = from_utc_text(said.time) - self.hub.clock()
        except ValueError as error:  # the 31st of June
            raise self._unauthorised("unsigned") from error
        is_off = abs(off) > timedelta(seconds=CLOCK_OFF_MAX_S)
        off_s = max(-CLOCK_OFF_SAID_MAX_S, min(int(off.total_seconds()), CLOCK_OFF_SAID_MAX_S))
        self.hub.presence.note_clock(said.till_id, off_s, is_refused=is_off)
        if is_off:
            raise self._unauthorised("clock")

    def _unauthorised(self, problem: RequestProblem) -> Refusal:
        return Refusal(_UNAUTHORISED[problem], problem)

    async def _in_thread(self, work: Callable[[], ResultT]) -> ResultT:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)

    # What is asked -----------------------------------------------------------------------

    def _health(self) -> Answer:
        self.hub.check()
        return Answer(body=msgspec.json.encode({"ok": True, "version": self.hub.version}))

    def _enrol(self, body: bytes) -> Answer:
        request = _decoded(body, EnrolRequest)
        answer = enrolment.enrol(self.hub.gate, request)
        if isinstance(answer, NotEnrolled):
            status = 403 if answer.problem == "proof" else 410
            return Answer(status=status, body=msgspec.json.encode(answer))
        self.hub.wake()
        return Answer(body=msgspec.json.encode(answer))

    def position(self, asked: Asked) -> Answer:
        position = self.hub.journals.position(JournalId(asked.name))
        return Answer(body=encode_answer(position))

    def entries(self, asked: Asked) -> Answer:
        try:
            batch = decode_batch(opened(asked.body, bytes_max=MESSAGE_BYTES_MAX))
        except NotOurMessage as error:
            raise Refusal(400, "not_our_message") from error
        examined = examine(JournalId(asked.name), batch)
        with self.hub.journals.work(JournalId(asked.name)) as work:
            answer = take_in(work, examined)
            interpret.note_answer(work.connection, asked.name, answer, now=self.hub.clock)
        self.hub.turns.brought(len(batch.entries))
        self.hub.wake()
        return Answer(
            status=200 if isinstance(answer, Accepted) else 409, body=encode_answer(answer)
        )

    def claim(self, asked: Asked) -> Answer:
        said = _decoded(asked.body, JournalClaim)
        till_id = asked.till.till_id
        is_proved = is_claim_proved(said, journal_id=asked.name, till_id=till_id)
        key = bytes.fromhex(said.public_key) if is_proved else None
        if self.hub.claim(asked.name, till_id=till_id, mode=said.mode, key=key):
            self.hub.wake()
        return Answer(status=204)

    def feed(self, asked: Asked) -> Answer:
        raise AssertionError("served by `_served`, because it may wait")

    def _page(self, asked: Asked) -> tuple[FeedAnswer, Answer]:
        numbers = _numbers(asked.query, FEED_NUMBERS)
        feed_id = _query(asked.query).get("feed", "")
        if len(feed_id) > FEED_ID_MAX:
            raise Refusal(400, "bad_parameter")
        self.hub.presence.note(asked.till.till_id, feed_position=numbers["after"])
        question = feed.Question(
            till_id=asked.till.till_id,
            feed_id=feed_id,
            after=numbers["after"],
            limit=numbers["limit"],
        )
        page = feed.answer_till(self.hub.database, question, now=self.hub.clock)
        status = 200 if isinstance(page, FeedPage) else 410
        return page, Answer(status=status, body=msgspec.json.encode(page))

    def snapshot(self, asked: Asked) -> Answer:
        part = feed.parts(self.hub.database, asked.name)
        if part is None:
            raise Refusal(404, "nothing_here")
        return Answer(body=part, media_type=b"application/zstd")

    def picture(self, asked: Asked) -> Answer:
        with self.hub.database.read() as connection:
            picture = catalogue.picture_with(connection, bytes.fromhex(asked.name))
        if picture is None:
            raise Refusal(404, "nothing_here")
        body, media_type = picture
        return Answer(body=body, media_type=media_type.encode())

    def status(self, asked: Asked) -> Answer:
        said = _decoded(asked.body, StatusReport)
        self.hub.presence.note(asked.till.till_id, **msgspec.structs.asdict(said))
        return Answer(status=204)

    def variants(self, asked: Asked) -> Answer:
        said = _decoded(asked.body, OtherVariants)
        with self.hub.database.write() as connection:
            answer = aliases.propose(connection, said.variants, utc_text(self.hub.clock()))
        return Answer(body=msgspec.json.encode(answer))


CLOCK_OFF_SAID_MAX_S = 2**31 - 1

FEED_NUMBERS = {
    # name: (least, most, unless said)
    "after": (0, SEQ_MAX, 0),
    "limit": (1, PAGE_CHANGES_MAX, PAGE_CHANGES_MAX),
    "wait": (0, WAIT_MAX_S, 0),
}

ROUTES = (
    Route(
        method="POST",
        template="/v1/journals/{journal}/entries",
        work=Devices.entries,
        body_max=COMPRESSED_BYTES_MAX,
    ),
    Route(method="GET", template="/v1/journals/{journal}/position", work=Devices.position),
    Route(
        method="PUT",
        template="/v1/journals/{journal}",
        work=Devices.claim,
        body_max=SMALL_BYTES_MAX,
    ),
    Route(method="GET", template="/v1/feed", work=Devices.feed),
    Route(method="GET", template="/v1/snapshots/{digest}", work=Devices.snapshot),
    Route(method="GET", template="/v1/pictures/{digest}", work=Devices.picture),
    Route(method="POST", template="/v1/status", work=Devices.status, body_max=SMALL_BYTES_MAX),
    Route(method="POST", template="/v1/variants", work=Devices.variants, body_max=VARIANTS_BYTES),
)


def _signed_part(scope: Scope, said: Authorization, body: bytes) -> Request:
    """Return what a till has signed, if this is its request."""
    target = bytes(scope["raw_path"]).decode("latin-1")
    if scope["query_string"]:
        target += "?" + bytes(scope["query_string"]).decode("latin-1")
    return Request(
        method=scope["method"],
        target=target,
        body_sha256=body_digest(body),
        time=said.time,
        nonce=said.nonce,
    )


def _decoded(body: bytes, kind: type[ResultT]) -> ResultT:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(400, "not_our_message") from error


def _query(query: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=16)
    except ValueError as error:  # not ASCII, or too many
        raise Refusal(400, "bad_parameter") from error
    return dict(pairs)


def _numbers(query: bytes, known: dict[str, tuple[int, int, int]]) -> dict[str, int]:
    said = _query(query)
    numbers = {}
    for name, (least, most, usual) in known.items():
        text = said.get(name, str(usual))
        if not re.fullmatch(r"[0-9]{1,16}", text, re.ASCII) or not least <= int(text) <= most:
            raise Refusal(400, "bad_parameter")
        numbers[name] = int(text)
    return numbers
