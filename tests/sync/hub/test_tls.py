"""The certificate of a hub: made once, or given, and never shown to anybody else."""

from __future__ import annotations

import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from sync.hub.tls import (
    BadCertificate,
    given_certificate,
    own_address,
    own_certificate,
    own_names,
)


def now() -> datetime:
    return datetime(2026, 7, 18, 12, 0, tzinfo=UTC)


def test_a_certificate_is_made_once_for_ten_years_with_all_names(tmp_path: Path) -> None:
    names = ["10.0.0.2", "fe80::1", "hub.local", "stand-é.local"]
    tls = own_certificate(tmp_path, names, now)
    assert tls.is_self_made
    leaf = x509.load_pem_x509_certificate(tls.certificate.read_bytes())
    held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert held.get_values_for_type(x509.DNSName) == [
        "hub.local",
        "stand-\u00e9.local".encode("idna").decode(),
    ]
    assert [str(one) for one in held.get_values_for_type(x509.IPAddress)] == ["10.0.0.2", "fe80::1"]
    assert leaf.not_valid_before_utc.year == 2025, "the clock of a till may be a year behind"
    assert leaf.not_valid_after_utc.year == 2036
    assert stat.S_IMODE(tls.key.stat().st_mode) == 0o600
    again = own_certificate(tmp_path, ["elsewhere"], now)
    assert again.fingerprint == tls.fingerprint


def test_its_fingerprint_is_what_the_other_side_sees(tmp_path: Path) -> None:
    tls = own_certificate(tmp_path, ["localhost"], now)
    pem = tls.certificate.read_text()
    digest = x509.load_pem_x509_certificate(pem.encode()).fingerprint
    assert tls.fingerprint == digest(SHA256())
    assert len(ssl.PEM_cert_to_DER_cert(pem)) > 200


def test_a_key_without_its_certificate_is_replaced(tmp_path: Path) -> None:
    """The power went out between the two files."""
    (tmp_path / "tls.key").write_bytes(b"half")
    assert own_certificate(tmp_path, ["localhost"], now).is_self_made


def test_what_is_no_certificate_or_not_its_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    tls = own_certificate(tmp_path, ["localhost"], now)
    other = own_certificate(tmp_path / "other", ["localhost"], now)
    for certificate, key, named in (
        (tmp_path / "none.crt", tls.key, "none.crt"),
        (tls.key, tls.key, "tls.key"),
        (tls.certificate, other.key, "other"),
        (tls.certificate, tmp_path / "none.key", "none.key"),
    ):
        with pytest.raises(BadCertificate) as bad:
            given_certificate(certificate, key)
        assert named in str(bad.value)


def test_a_certificate_of_an_authority_is_not_self_made(tmp_path: Path) -> None:
    tls = own_certificate(tmp_path, ["localhost"], now)
    own = x509.load_pem_x509_certificate(tls.certificate.read_bytes())
    private = load_pem_private_key(tls.key.read_bytes(), None)
    authority = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An authority")])
    given = (
        x509.CertificateBuilder()
        .subject_name(own.subject)
        .issuer_name(authority)
        .public_key(own.public_key())
        .serial_number(7)
        .not_valid_before(own.not_valid_before_utc)
        .not_valid_after(own.not_valid_after_utc)
        .sign(private, SHA256())  # type: ignore[arg-type]  # because ours is an EC key
    )
    path = tmp_path / "given.crt"
    path.write_bytes(given.public_bytes(Encoding.PEM))
    assert not given_certificate(path, tls.key).is_self_made


def test_this_machine_has_an_address_and_names() -> None:
    names = own_names("", "hub.example.org", "localhost")
    assert names[0] == "hub.example.org"
    assert own_address() in names
    assert len(names) == len(set(names))
