from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from pos import examination
from pos.clock import Now
from pos.codec import digest_of
from pos.examination import DISK_FAIL_BYTES, Finding, examine, personal_words, settings_or_usual
from pos.folders import Folders
from pos.founding import Place, continue_with_new_journal
from pos.machine import DISK_LOW_BYTES, MachineState
from pos.settings import Settings
from pos.setup import set_up
from tests.builders import AFTERNOON, a_cash_sale, a_till, folders_in
from tests.fakes import SteppingClock
from tests.pos.test_seller_file import seller_file

SOON = SteppingClock.fixed(AFTERNOON + timedelta(minutes=5))


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return the folders of a till that sold something on a Saturday afternoon."""
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    till.close()
    return folders_in(tmp_path)


def look(folders: Folders, now: Now = SOON) -> dict[str, Finding]:
    return {finding.key: finding for finding in examine(folders, now)}


def levels(folders: Folders, now: Now = SOON) -> dict[str, str]:
    """Return what is not as it should be."""
    return {key: one.level for key, one in look(folders, now).items() if one.level != "ok"}


def tamper(folders: Folders, statement: str) -> None:
    db = sqlite3.connect(folders.live)
    db.execute("DROP TRIGGER journal_keeps_entries_as_written")
    db.execute("DROP TRIGGER journal_keeps_every_entry")
    db.execute(statement)
    db.commit()
    db.close()


def test_a_till_that_is_well_has_nothing_to_say_against_it(folders: Folders) -> None:
    found = look(folders)
    assert levels(folders) == {}
    assert found["journal"].values == {
        "file": "till.db",
        "mode": "live",
        "ordinal": 1,
        "entries": 3,
        "last": "2026-07-18 13:02 UTC",
    }
    assert found["tail"].values == {"file": "till.db", "entries": 3}
    assert {"key", "clock", "disk", "settings_usual", "scanner_usual", "sqlite"} <= set(found)


def test_looking_changes_nothing(folders: Folders) -> None:
    files = {
        p: p.read_bytes() for p in folders.data.parent.rglob("*") if p.suffix in {".db", ".key"}
    }
    examine(folders, SOON)
    assert {path: path.read_bytes() for path in files} == files


def test_a_till_that_sells_can_be_looked_at(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    till.execute(a_cash_sale())
    assert levels(folders_in(tmp_path)) == {}
    till.execute(a_cash_sale())
    till.close()


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    found = levels(folders_in(tmp_path))
    assert found == {"folder_missing": "warn", "not_set_up": "warn"}
    assert not (tmp_path / "data").exists()


def test_a_training_till_only_is_not_set_up(tmp_path: Path) -> None:
    a_till(tmp_path, mode="training").close()
    assert levels(folders_in(tmp_path)) == {"not_set_up": "warn"}


@pytest.mark.parametrize(
    ("version", "key", "level"),
    [
        ("3.40.1", "sqlite_wal_reset", "warn"),
        ("3.51.2", "sqlite_wal_reset", "warn"),
        ("3.51.3", "sqlite", "ok"),
        ("3.53.4", "sqlite", "ok"),
    ],
)
def test_sqlite_with_its_known_bug_is_said(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, version: str, key: str, level: str
) -> None:
    monkeypatch.setattr(examination, "sqlite_version", lambda: version)
    assert look(folders)[key] == Finding(key=key, level=level, values={"version": version})  # type: ignore[arg-type]  # a level


def test_a_library_that_is_missing_is_said(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name == "msgspec":
            raise metadata.PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(metadata, "version", version)
    assert look(folders)["library_missing"].values == {"name": "msgspec"}
    assert levels(folders) == {"library_missing": "fail"}


@pytest.mark.parametrize(
    ("free_bytes", "level"),
    [
        (DISK_LOW_BYTES, "ok"),
        (DISK_LOW_BYTES - 1, "warn"),
        (DISK_FAIL_BYTES, "warn"),
        (DISK_FAIL_BYTES - 1, "fail"),
    ],
)
def test_a_disk_that_fills_up_is_said_before_it_is_full(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, free_bytes: int, level: str
) -> None:
    state = MachineState(free_bytes=free_bytes, battery_percent=None, on_mains=None)
    monkeypatch.setattr(examination, "machine_state", lambda _folder: state)
    found = look(folders)
    assert found["disk"].level == level
    assert "battery" not in found


@pytest.mark.parametrize(
    ("percent", "on_mains", "level"), [(15, False, "ok"), (14, False, "warn"), (14, True, "ok")]
)
def test_a_battery_that_runs_out_is_said(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, percent: int, on_mains: bool, level: str
) -> None:
    state = MachineState(free_bytes=None, battery_percent=percent, on_mains=on_mains)
    monkeypatch.setattr(examination, "machine_state", lambda _folder: state)
    found = look(folders)
    assert found["battery"] == Finding(key="battery", level=level, values={"percent": percent})  # type: ignore[arg-type]  # a level
    assert "disk" not in found


def test_a_folder_that_may_not_be_written_is_said(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _mode: path != folders.config)  # root may all
    assert look(folders)["folder_closed"].values["name"] == "config"
    assert levels(folders) == {"folder_closed": "fail"}


def test_settings_are_said_or_what_is_wrong_with_them(folders: Folders) -> None:
    folders.settings.write_text('theme = "night"\n[scanner.calibration]\n"é" = "2"\n')
    found = look(folders)
    assert found["settings"].values["theme"] == "night"
    assert found["scanner"].values == {"characters": 1}
    assert settings_or_usual(folders).theme == "night"
    folders.settings.write_text('theme = "dusk"\ncolour = 1\n')
    assert look(folders)["settings_wrong"].values == {"fields": "theme, colour"}
    assert settings_or_usual(folders) == Settings()
    folders.settings.write_bytes(b"\xff")
    assert look(folders)["settings_wrong"].values == {"fields": "encoding"}


def test_a_key_of_another_machine_is_said(folders: Folders) -> None:
    shutil.rmtree(folders.keys)
    assert levels(folders) == {"key_missing": "fail"}


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_a_key_that_others_may_read_is_said(folders: Folders) -> None:
    (key,) = folders.keys.iterdir()
    assert look(folders)["key"].values == {"file": "till.db", "key": key.stem}
    key.chmod(0o644)
    assert look(folders)["key_open"].values["mode"] == "0644"
    assert levels(folders) == {"key_open": "fail"}


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE journal SET body = CAST(body || ' ' AS BLOB) WHERE seq = 2", "digest"),
        ("UPDATE journal SET signature = zeroblob(64) WHERE seq = 3", "signature"),
        ("UPDATE journal SET body = CAST('{}' AS BLOB) WHERE seq = 3", "digest"),
        ("DELETE FROM journal WHERE seq = 2", "gap"),
    ],
)
def test_a_changed_entry_near_the_end_is_named(
    folders: Folders, statement: str, reason: str
) -> None:
    tamper(folders, statement)
    found = look(folders)
    assert found["tail_broken"].level == "fail"
    assert found["tail_broken"].values["reason"] == reason


def test_an_older_copy_in_place_is_said(folders: Folders, tmp_path: Path) -> None:
    older = tmp_path / "older.db"
    shutil.copyfile(folders.live, older)
    till = a_till(tmp_path, now=SOON)
    till.execute(a_cash_sale())
    till.close()
    shutil.copyfile(older, folders.live)
    assert look(folders)["rolled_back"].values == {"file": "till.db", "seen": 4, "found": 3}


def test_a_journal_that_this_machine_does_not_remember_is_said(folders: Folders) -> None:
    shutil.rmtree(folders.anchors)
    assert levels(folders) == {"no_anchor": "warn"}


@pytest.mark.parametrize("content", [b"", b"damaged" * 1000])
def test_a_file_that_is_no_journal_is_said(folders: Folders, content: bytes) -> None:
    folders.live.write_bytes(content)
    found = look(folders)
    assert found["journal_closed"].level == "fail"
    assert found["journal_closed"].values["file"] == "till.db"
    assert found["clock"].level == "ok"


@pytest.mark.parametrize("place", [0, -1], ids=["early", "late"])
def test_a_damaged_page_is_said(tmp_path: Path, place: int) -> None:
    """Early, the file does not even open; late, it opens and says who it is."""
    till = a_till(tmp_path)
    for _ in range(60):
        till.execute(a_cash_sale())
    till.close()
    folders = folders_in(tmp_path)
    content = bytearray(folders.live.read_bytes())
    pages = sorted({found.start() // 4096 for found in re.finditer(b"SaleCompleted", content)})
    start = pages[place] * 4096
    content[start : start + 4096] = b"\xa5" * 4096
    folders.live.write_bytes(bytes(content))
    found = look(folders)["journal_closed"]
    assert found.values == {"file": "till.db", "reason": "StorageDamaged SQLITE_CORRUPT"}


def test_a_journal_that_was_set_aside_is_history(folders: Folders) -> None:
    """Its key may be gone: that may be why it was set aside."""
    shutil.rmtree(folders.keys)
    continue_with_new_journal(Place(folders, "live", SOON), "key_missing")
    assert levels(folders) == {}
    files = [f.values["file"] for f in examine(folders, SOON) if f.key == "journal"]
    assert files[0] == "till.db"
    assert str(files[1]).startswith("set-aside/")


@pytest.mark.parametrize(
    ("now", "key", "level"),
    [
        (datetime(1970, 1, 1, 0, 5, tzinfo=UTC), "clock_unset", "fail"),
        (AFTERNOON - timedelta(days=1), "clock_behind", "fail"),
        (AFTERNOON - timedelta(minutes=4), "clock", "ok"),
        (AFTERNOON + timedelta(days=300), "clock", "ok"),
        (AFTERNOON + timedelta(days=500), "clock_ahead", "warn"),
    ],
)
def test_a_clock_that_does_not_fit_the_journal_is_said(
    folders: Folders, now: datetime, key: str, level: str
) -> None:
    assert look(folders, SteppingClock.fixed(now))[key].level == level


def test_names_and_addresses_are_known_so_that_they_can_be_left_out(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    assert personal_words(folders) == frozenset()
    set_up(folders, seller_file(tmp_path))
    words = {
        *("Les Disques du Quai", "12345678200010", "FR11123456782"),
        *("12 rue des Ateliers", "44000 Nantes"),
    }
    assert personal_words(folders) == words | {"Zoé Martin"}
    folders.live.write_bytes(b"damaged" * 1000)  # the machine remembers the seller all the same
    assert personal_words(folders) == words


@pytest.mark.parametrize("key", ["no key", "", "aé"])
def test_an_opening_that_names_no_key_is_said(folders: Folders, key: str) -> None:
    """Somebody wrote over the first entry and its digest: the look goes on; nothing verifies."""
    with closing(sqlite3.connect(folders.live)) as db:
        (body,) = db.execute("SELECT body FROM journal WHERE seq = 1").fetchone()
    opening = json.loads(body)
    opening["fact"]["public_key"] = key
    forged = json.dumps(opening, ensure_ascii=False).encode()
    values = f"body = x'{forged.hex()}', digest = x'{digest_of(forged)}'"
    tamper(folders, f"UPDATE journal SET {values} WHERE seq = 1")
    found = look(folders)
    assert found["key_missing"].level == "fail"
    assert found["tail_broken"].values["reason"] == "signature"
    assert found["clock"].level == "ok"
