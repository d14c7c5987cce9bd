"""Something at the other end of a real socket that says what a test wants to hear, or nothing."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HANG_GUARD_S = 60
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Files:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path
    fingerprint: bytes

    @property
    def pem(self) -> str:
        return self.certificate.read_text()


def make_certificate(
    folder: Path,
    name: str = "127.0.0.1",
    *,
    valid_from: timedelta = -DAY,
    valid_to: timedelta = DAY,
) -> Files:
    """Make a certificate that vouches for itself, for an address or a name."""
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + valid_from)
        .not_valid_after(now + valid_to)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = Files(
        certificate=folder / "tls.crt",
        key=folder / "tls.key",
        fingerprint=hashlib.sha256(certificate.public_bytes(Encoding.DER)).digest(),
    )
    files.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Say:
    """An answer."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    closes: bool = False  # without a word: the next request finds nobody

    def raw(self) -> bytes:
        lines = [f"HTTP/1.1 {self.status} Said", f"content-length: {len(self.body)}"]
        if self.status == 204:
            lines.pop()
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True)
class Raw:
    """Bytes, and then the connection ends."""

    data: bytes


class Hang:
    """Say nothing until the other side or the test gives up."""


Answers = Callable[[Received], Say | Raw | Hang]


class TlsServer:
    """Listens on a port of this machine; `answers` decides what is said."""

    def __init__(self, files: Files | None, answers: Answers) -> None:
        self.answers = answers
        self.received: list[Received] = []
        self.connections = 0
        self.is_asked = threading.Event()
        self._stops = threading.Event()
        self._context: ssl.SSLContext | None = None
        self._scheme = "http"
        if files is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(files.certificate, files.key)
            self._scheme = "https"
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._lines: list[socket.socket] = []

    @property
    def port(self) -> int:
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        return f"{self._scheme}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stops.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for line in self._lines:
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(HANG_GUARD_S)
            assert not thread.is_alive()

    def _start(self, work: Callable[..., None], *values: object) -> None:
        thread = threading.Thread(target=work, args=values, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._lines.append(line)
            self._start(self._serve, line)

    def _serve(self, line: socket.socket) -> None:
        try:
            if self._context is not None:
                line = self._context.wrap_socket(line, server_side=True)
                self._lines.append(line)
            with line:
                self._answer_all(line)
        except (OSError, ValueError):  # whoever asked has hung up
            line.close()

    def _answer_all(self, line: socket.socket) -> None:
        with line.makefile("rb") as stream:
            while (request := _read(stream.readline, stream.read)) is not None:
                self.received.append(request)
                said = self.answers(request)
                self.is_asked.set()
                if isinstance(said, Hang):
                    self._stops.wait(HANG_GUARD_S)
                    return
                line.sendall(said.raw() if isinstance(said, Say) else said.data)
                if isinstance(said, Raw) or said.closes:
                    return


def _read(readline: Callable[[], bytes], read: Callable[[int], bytes]) -> Received | None:
    first = readline().decode("latin-1").split()
    if len(first) != 3:
        return None
    headers = {}
    while (line := readline().strip()) != b"":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    body = read(int(headers.get("content-length", "0")))
    return Received(method=first[0], target=first[1], headers=headers, body=body)
