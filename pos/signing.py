"""The till's key: make, load, sign, verify.

The private key lies in the config folder, outside the data, so that a copied data folder cannot
sign.  Its file is readable by its owner only and wrapped with the machine's identity.  That stops
a copied file from working elsewhere; it does not stop somebody who runs programs as the till's
user on the till itself: no file can.
"""

from __future__ import annotations

import os
import platform
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pos.disk import sync_folder
from pos.errors import KeyMissing

ENTRY_CONTEXT = b"echoppe-journal-1\0"

_MAGIC = b"ECHOPPE-KEY-1\n"
_SALT_BYTES = 16
_NONCE_BYTES = 12


def fingerprint(public_key: bytes) -> str:
    """Return the first 16 hex digits of SHA-256 of a public key: a name for people and files."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(public_key)
    return digest.finalize().hex()[:16]


class TillKey:
    """One till's Ed25519 key."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of a message."""
        return self._private.sign(message)

    def sign_entry(self, digest: str) -> bytes:
        """Return the signature of a journal entry with this digest."""
        return self.sign(ENTRY_CONTEXT + bytes.fromhex(digest))


def verifier(public_key: bytes) -> Callable[[bytes, bytes], bool]:
    """Return `verify(message, signature)` for a public key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
    except ValueError:  # not a key: nothing verifies with it
        return lambda _message, _signature: False

    def verify(message: bytes, signature: bytes) -> bool:
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


def entry_verifier(public_key: bytes) -> Callable[[str, bytes], bool]:
    """Return `verify(digest, signature)` for the entries of one journal."""
    verify = verifier(public_key)
    return lambda digest, signature: verify(ENTRY_CONTEXT + bytes.fromhex(digest), signature)


class KeyStore:
    """The keys in a config folder, one file each, named by fingerprint."""

    def __init__(self, folder: Path, machine_id: Callable[[], bytes] | None = None) -> None:
        self._folder = folder
        self._machine_id = machine_id or this_machine

    def make(self) -> TillKey:
        """Make a new key and keep it, durably."""
        return self.keep(Ed25519PrivateKey.generate())

    def keep(self, private: Ed25519PrivateKey) -> TillKey:
        """Keep a key, durably, wrapped for this machine."""
        key = TillKey(private)
        salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher(salt).encrypt(nonce, private.private_bytes_raw(), key.public)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(fingerprint(key.public))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + salt + nonce + sealed)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._folder)
        return key

    def load(self, public_key: bytes) -> TillKey:
        """Return the key that belongs to a public key.

        Raises:
            KeyMissing: it is not here, not readable, or wrapped for another machine.
        """
        name = fingerprint(public_key)
        try:
            content = self._path(name).read_bytes()
        except OSError as error:
            raise KeyMissing(name) from error
        magic, rest = content[: len(_MAGIC)], content[len(_MAGIC) :]
        salt, rest = rest[:_SALT_BYTES], rest[_SALT_BYTES:]
        nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        if magic != _MAGIC or len(nonce) != _NONCE_BYTES:
            raise KeyMissing(name)
        try:
            raw = self._cipher(salt).decrypt(nonce, sealed, public_key)
        except InvalidTag as error:
            raise KeyMissing(name) from error
        return TillKey(Ed25519PrivateKey.from_private_bytes(raw))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _cipher(self, salt: bytes) -> ChaCha20Poly1305:
        kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=b"echoppe till key")
        return ChaCha20Poly1305(kdf.derive(self._machine_id()))


def this_machine() -> bytes:
    """Return what tells this machine from others: its machine id, else its name."""
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            text = path.read_text().strip()
        except OSError:
            continue
        if text:
            return text.encode()
    return platform.node().encode() or b"unnamed"
