"""Make a till.db of this version for tests/databases, to be opened by all later ones.

    python scripts/freeze_database.py

A released file is never made again; one of a version that nobody has yet may be.  The key is not
secret, so that a test can give it to the till that opens the file.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import shutil
import sys
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlite_utils import Database

ROOT = Path(__file__).parent.parent
DATABASES = ROOT / "tests" / "databases"
sys.path.insert(0, str(ROOT))

from pos import __version__  # noqa: E402 the project is not on the path before
from pos.signing import KeyStore, TillKey  # noqa: E402 as above
from pos.store.migrations import till  # noqa: E402 as above
from tests.pos.store.tampering import a_till_that_sold  # noqa: E402 as above


def key_of(version: str) -> Ed25519PrivateKey:
    """Return the key that signs the frozen database of a version."""
    seed = hashlib.sha256(f"échoppe, frozen database {version}".encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)


def make_known_key(keys: KeyStore) -> TillKey:
    """Stand in for `KeyStore.make`: the one key that everybody may know."""
    return keys.keep(key_of(__version__))


def step_digests() -> dict[str, str]:
    """Return a digest of each migration step's code, however it is laid out."""
    steps = till.pending(Database(memory=True))
    return {
        step.name: hashlib.sha256(" ".join(inspect.getsource(step.fn).split()).encode()).hexdigest()
        for step in steps
    }


def main() -> None:
    """Write the database, and the digests of the steps that made it."""
    target = DATABASES / f"till-{__version__}.db"
    KeyStore.make = make_known_key  # type: ignore[assignment, method-assign]  # for this one run
    with tempfile.TemporaryDirectory() as folder:
        folders = a_till_that_sold(Path(folder))
        shutil.copyfile(folders.live, target)
    (DATABASES / "steps.json").write_text(json.dumps(step_digests(), indent=2) + "\n")
    print(target.relative_to(ROOT))


if __name__ == "__main__":
    main()
