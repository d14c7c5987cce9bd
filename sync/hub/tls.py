"""The certificate of a hub's connections: made by itself, or given by who runs it.

A hub on a field has no name that an authority would vouch for.  It makes its own certificate once;
tills take its fingerprint from the QR code of their enrolment and accept no other.
"""

from __future__ import annotations

import hashlib
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pos.clock import Now
from pos.disk import reason_of
from pos.errors import StorageUnavailable
from sync.hub.private_files import write_private

CERTIFICATE_NAME, KEY_NAME = "tls.crt", "tls.key"
LIFE = timedelta(days=3650)
BACKDATED = timedelta(days=400)
"""The clock of a till, or of this machine when it made the certificate, may be behind."""


class BadCertificate(Exception):
    """The files are not there, no certificate, or do not belong together; `args[0]` says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tls:
    """A certificate and its key, as files."""

    certificate: Path
    key: Path
    fingerprint: bytes  # SHA-256 of the certificate (DER)
    is_self_made: bool  # no authority vouches for it: tills must know its fingerprint


def own_certificate(folder: Path, names: Sequence[str], now: Now) -> Tls:
    """Return the certificate in a folder; make it if there is none.

    Args:
        folder: of the hub's data.
        names: host names and addresses under which tills reach the hub.
        now: the time.

    Raises:
        BadCertificate: what is there cannot be used.
        StorageUnavailable: it cannot be kept.
    """
    certificate, key = folder / CERTIFICATE_NAME, folder / KEY_NAME
    if not certificate.exists():
        _make(certificate, key, names, now)
    return given_certificate(certificate, key)


def given_certificate(certificate: Path, key: Path) -> Tls:
    """Return a certificate that was given, with all that stands before it up to an authority.

    Raises:
        BadCertificate: what is there cannot be used.
    """
    fingerprint, is_self_made = shown_certificate(certificate)
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise BadCertificate(str(key)) from error
    return Tls(certificate=certificate, key=key, fingerprint=fingerprint, is_self_made=is_self_made)


def shown_certificate(certificate: Path) -> tuple[bytes, bool]:
    """Return the fingerprint of a certificate that is shown to tills, and whether it is self-made.

    Raises:
        BadCertificate: the file is none.
    """
    try:
        leaf = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    except (OSError, ValueError, IndexError) as error:
        raise BadCertificate(str(certificate)) from error
    fingerprint = hashlib.sha256(leaf.public_bytes(Encoding.DER)).digest()
    return fingerprint, leaf.issuer == leaf.subject


def own_address() -> str:
    """Return under which address other machines of the network reach this one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))  # nothing is sent: it chooses a way out
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def own_names(*others: str) -> list[str]:
    """Return names and addresses of this machine, and others."""
    return list(
        dict.fromkeys(
            filter(
                None,
                [*others, own_address(), socket.gethostname(), "localhost", "127.0.0.1", "::1"],
            )
        )
    )


def _make(certificate: Path, key: Path, names: Sequence[str], now: Now) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Échoppe hub")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - BACKDATED)
        .not_valid_after(now() + LIFE)
        .add_extension(
            x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        key.unlink(missing_ok=True)  # one without a certificate: nobody has seen it
    except OSError as error:
        raise StorageUnavailable(reason=reason_of(error)) from error
    write_private(key, pem)
    write_private(certificate, made.public_bytes(Encoding.PEM))


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name.encode("idna").decode("ascii"))
