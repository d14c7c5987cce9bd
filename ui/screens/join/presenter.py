"""Joining a hub: by a scanned code, or by an address and a code that are typed. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol
from urllib.parse import urlsplit

from sync.enrolment_code import NotACode, NotAnInvitation, read_code, read_invitation
from sync.enrolment_protocol import QR_PREFIX, Invitation
from ui.screens.join import wording

ADDRESS_MAX, CODE_MAX = 200, 20
PORT = 8443
"""Where a hub listens unless it is told otherwise."""

Phase = Literal["asking", "founding", "done"]


class JoinView(Protocol):
    """What joining needs of its widgets."""

    def show_typed(self, address: str, code: str) -> None: ...
    def show_join(self, text: str, *, is_wrong: bool, is_busy: bool) -> None: ...


class JoinPresenter:
    """Reads what is scanned or typed, and says how it goes; somebody else does the joining.

    What is typed has no fingerprint to pin: the one-time code itself proves both sides to each
    other, over the certificate that each of them sees.
    """

    def __init__(
        self, view: JoinView, join: Callable[[Invitation], None], *, asks_first: bool = False
    ) -> None:
        """Take who joins; `asks_first` where a scan alone would change too much."""
        self._view, self._join = view, join
        self._asks_first = asks_first
        self._scanned: Invitation | None = None
        self._address = self._code = ""
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Say whether a hub is being asked."""
        return self._is_busy

    def begin(self) -> None:
        """Show empty fields."""
        self._scanned, self._address, self._code, self._is_busy = None, "", "", False
        self._view.show_typed("", "")
        self._say("")

    def type_address(self, text: str) -> None:
        """Take what was typed as the hub's address."""
        self._address, self._scanned = text, None
        self._say("")

    def type_code(self, text: str) -> None:
        """Take what was typed as the code."""
        self._code, self._scanned = text, None
        self._say("")

    def scanned(self, candidates: tuple[str, ...]) -> None:
        """Take a scanned code; the first reading that is an invitation counts."""
        if self._is_busy:
            return
        for text in candidates:
            try:
                invitation = read_invitation(text)
            except NotAnInvitation:
                continue
            self._take(invitation)
            return
        ours = any(text.startswith(QR_PREFIX) for text in candidates)
        self._say(wording.damaged_code() if ours else wording.another_code(), is_wrong=True)

    def _take(self, invitation: Invitation) -> None:
        self._address, self._code = _host(invitation.address), invitation.code
        self._view.show_typed(self._address, self._code)
        self._scanned = invitation
        if self._asks_first:
            self._say(wording.press_to_join())
        else:
            self.join()

    def join(self) -> None:
        """Ask the hub, unless what is typed cannot be right."""
        if self._is_busy:
            return
        invitation = self._scanned or self._typed()
        if invitation is None:
            return
        self._is_busy = True
        self._say(wording.asking(_host(invitation.address)))
        self._join(invitation)

    def _typed(self) -> Invitation | None:
        """Return what was typed as an invitation; None, and said why, if it is none."""
        address = hub_address(self._address)
        if address is None:
            self._say(wording.no_address(), is_wrong=True)
            return None
        try:
            code = read_code(self._code)
        except NotACode:
            self._say(wording.no_code(), is_wrong=True)
            return None
        return Invitation(address=address, fingerprint=b"", code=code, expires_at=0)

    def reached(self, phase: Phase) -> None:
        """Say how far it is."""
        self._say(wording.phase(phase))

    def failed(self, sentence: str) -> None:
        """Say why this did not work; what is typed stays."""
        self._is_busy = False
        self._say(sentence, is_wrong=True)

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        self._view.show_join(text, is_wrong=is_wrong, is_busy=self._is_busy)


def hub_address(typed: str) -> str | None:
    """Return what somebody typed as an address of a hub: `10.0.0.2` is https://10.0.0.2:8443."""
    text = typed.strip()
    if not text or len(text) > ADDRESS_MAX or any(sign.isspace() for sign in text):
        return None
    has_scheme = "://" in text
    try:
        parts = urlsplit(text if has_scheme else f"https://{text}")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        return None
    if parts.path not in {"", "/"} or parts.query:
        return None
    if port is None and not has_scheme:
        return f"{parts.scheme}://{parts.netloc}:{PORT}"
    return f"{parts.scheme}://{parts.netloc}"


def _host(address: str) -> str:
    return urlsplit(address).netloc or address
