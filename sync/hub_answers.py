"""What a hub's answers mean, by status: read here, or sorted into why there is none."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from sync.enrolment_protocol import EnrolAnswer
from sync.feed_protocol import FeedAnswer, FeedPage, SnapshotOffer, decode_feed_answer
from sync.joining_protocol import Explained
from sync.protocol import Accepted, Answer, NotOurMessage, decode_answer
from sync.trouble import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back."""

    status: int
    media_type: str
    body: bytes

    @property
    def is_page(self) -> bool:
        """Return whether it is made for a browser: no hub says such a thing to a till."""
        return "html" in self.media_type or self.body.lstrip()[:1] == b"<"

    @property
    def no(self) -> No | None:
        """Return what a hub says that refuses a request; None if this is none."""
        if self.status < 400:
            return None
        try:
            return _noes.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None


class No(msgspec.Struct, frozen=True, kw_only=True, tag_field="answer", tag="no"):
    """`Unauthorised`, and every other no of a hub; problems of a newer one are only words."""

    problem: str
    hub_time: str = ""


class _Health(msgspec.Struct):
    ok: bool


_noes = msgspec.json.Decoder(No)
_enrolments: msgspec.json.Decoder[EnrolAnswer] = msgspec.json.Decoder(EnrolAnswer)

_REASONS: dict[str, Reason] = {
    "clock": "clock",
    "revoked": "revoked",
    "unknown": "unknown",
    "unsigned": "unknown",
    "certificate": "other_organisation",
}
_CUT, _TOO_LARGE, _BUSY = frozenset({408, 504}), 413, 429
_GATES = frozenset({401, 403, 407, 511})


def reason_of(reply: Reply) -> Reason:
    """Return why an answer is none that was hoped for."""
    no = reply.no
    if no is not None and no.problem in _REASONS:
        return _REASONS[no.problem]
    if reply.status == _TOO_LARGE:
        return "too_large"
    if reply.status in _CUT:
        return "cut"
    if reply.status == _BUSY or (reply.status >= 500 and reply.status not in _GATES):
        return "hub_error"  # or a proxy before it, whose page says so
    if no is not None:
        return "version"  # it is a hub, and it does not know what this till wants
    is_gate = 300 <= reply.status < 400 or reply.status in _GATES
    return "portal" if reply.is_page or is_gate else "version"


def nothing(_body: bytes) -> None:
    """Read that it was done."""


def none(body: bytes) -> None:
    """Read that something is not there: only a hub knows that."""
    try:
        _noes.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error


def as_it_is(body: bytes) -> bytes:
    """Read bytes whose digest the caller looks at."""
    return body


def accepted(body: bytes) -> Answer:
    """Read the answer 200 to a batch."""
    answer = decode_answer(body)
    if not isinstance(answer, Accepted):
        raise NotOurMessage("200, but not accepted")
    return answer


def not_accepted(body: bytes) -> Answer:
    """Read the answer 409 to a batch."""
    answer = decode_answer(body)
    if isinstance(answer, Accepted):
        raise NotOurMessage("409, but accepted")
    return answer


def page(body: bytes) -> FeedAnswer:
    """Read the answer 200 to the question what is new."""
    answer = decode_feed_answer(body)
    if not isinstance(answer, FeedPage):
        raise NotOurMessage("200, but no page")
    return answer


def offer(body: bytes) -> FeedAnswer:
    """Read the answer 410 to the question what is new."""
    answer = decode_feed_answer(body)
    if not isinstance(answer, SnapshotOffer):
        raise NotOurMessage("410, but no offer")
    return answer


def explained(body: bytes) -> Explained:
    """Read what a hub says to the names of a till's variants."""
    try:
        return msgspec.json.decode(body, type=Explained)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error


def health(body: bytes) -> None:
    """Read that a hub is there and works."""
    try:
        if not msgspec.json.decode(body, type=_Health).ok:
            raise NotOurMessage("not well")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error


def enrolment(body: bytes) -> EnrolAnswer:
    """Read the answer to a till that asks to belong to an organisation."""
    try:
        return _enrolments.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotOurMessage(str(error)) from error
