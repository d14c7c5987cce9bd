"""The TLS of a till: who is at the other end, and a way to hang up from another thread.

A hub's certificate is known by its SHA-256, from the enrolment; then nothing else about it counts,
neither names nor dates: a till with a wrong clock must not be locked out.  It is compared at the
end of the handshake, in which the other side has proved to hold the certificate's key, and before
any byte of a request is sent.  Without a fingerprint the system's authorities vouch, for the name
and the dates too.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
import weakref
from contextlib import suppress
from typing import Self

from sync.trouble import WrongCertificate


class Lines:
    """The open connections of a client, to be hung up from any thread."""

    def __init__(self) -> None:
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        """Return whether somebody hung up for good."""
        return self._is_cut

    def add(self, line: socket.socket) -> None:
        """Note an open connection.

        Raises:
            ConnectionAbortedError: all was hung up already.
        """
        with self._lock:
            if self._is_cut:
                raise ConnectionAbortedError
            self._sockets.add(line)

    def cut(self) -> None:
        """End all connections now, whoever reads from them, and let no new one come."""
        with self._lock:
            self._is_cut = True
            lines = list(self._sockets)
        for line in lines:
            with suppress(OSError):  # it was closed already
                # Not `line.shutdown`: that of TLS takes the TLS away under the reading thread.
                socket.socket.shutdown(line, socket.SHUT_RDWR)


class HubContext(ssl.SSLContext):
    """What a till wants of a connection to its hub."""

    lines: Lines
    fingerprint: bytes | None  # None: whoever it is, `seen` says it
    seen: bytes = b""

    @classmethod
    def trusting_the_system(cls, lines: Lines) -> Self:
        """Return what the system's authorities have to vouch for."""
        context = cls._new(lines)
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
        return context

    @classmethod
    def trusting(cls, fingerprint: bytes | None, lines: Lines) -> Self:
        """Return what takes this certificate only; None takes any, to see which it is."""
        context = cls._new(lines)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.fingerprint = fingerprint
        return context

    @classmethod
    def _new(cls, lines: Lines) -> Self:
        context = cls(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.sslsocket_class = _HubSocket
        context.lines = lines
        context.fingerprint = None
        return context

    def meet(self, certificate: bytes | None) -> None:
        """Look at the certificate (DER) of the other side.

        Raises:
            WrongCertificate: it is another.
        """
        self.seen = hashlib.sha256(certificate or b"").digest()
        if self.fingerprint is not None and self.seen != self.fingerprint:
            raise WrongCertificate(f"it is {self.seen.hex()}")


class _HubSocket(ssl.SSLSocket):
    """A connection that nobody can write to before the certificate was looked at."""

    def do_handshake(self, block: bool = False) -> None:
        context = self.context
        assert isinstance(context, HubContext)
        context.lines.add(self)
        super().do_handshake(block)
        context.meet(self.getpeercert(binary_form=True))
