from __future__ import annotations

import os
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import BadConfiguration, StorageUnavailable
from pos.settings import SENTENCES, PrinterSettings, ScannerSettings, Settings
from pos.settings_file import CALIBRATION_MAX, load_settings, save_settings

seconds = st.floats(0.1, 60)
printers = st.builds(
    PrinterSettings,
    kind=st.just("preview"),
    host=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    port=st.integers(1, 65_535),
    folder=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    columns=st.sampled_from([32, 42, 48]),
    native_qr=st.booleans(),
    drawer=st.booleans(),
    connect_timeout_s=seconds,
    write_timeout_s=seconds,
)
calibrations = st.dictionaries(st.text(), st.text(), max_size=10)
any_settings = st.builds(
    Settings,
    language=st.sampled_from(["auto", "fr", "en"]),
    theme=st.sampled_from(["day", "night"]),
    sound=st.booleans(),
    printer=printers,
    scanner=st.builds(ScannerSettings, calibration=calibrations),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "till.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(BadConfiguration) as bad:
        load_settings(path)
    assert bad.value.path == path
    return list(bad.value.problems)


def fields_of(kind: type[msgspec.Struct], prefix: str = "") -> list[str]:
    """Return every field of the settings, as in `printer.port`."""
    fields = []
    for field in msgspec.structs.fields(kind):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            fields += fields_of(field.type, f"{prefix}{field.name}.")
        else:
            fields.append(f"{prefix}{field.name}")
    return fields


def test_each_field_has_a_sentence() -> None:
    assert set(SENTENCES) == set(fields_of(Settings))
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())


def test_a_till_without_settings_has_the_usual_ones(path: Path) -> None:
    assert load_settings(path) == Settings()
    assert load_settings(written(path, "")) == Settings()


def test_a_field_alone_leaves_the_others_as_usual(path: Path) -> None:
    settings = load_settings(written(path, '[printer]\nkind = "network"\nhost = "10.0.0.7"\n'))
    assert settings.printer == PrinterSettings(kind="network", host="10.0.0.7")
    assert settings.theme == "day"


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    @given(any_settings)
    def come_back(settings: Settings) -> None:
        save_settings(tmp_path / "till.toml", settings)
        assert load_settings(tmp_path / "till.toml") == settings

    come_back()


def test_a_calibration_keeps_what_the_scanner_garbles(path: Path) -> None:
    garbled = {"&": "1", "é": "2", '"': "3", "'": "4", "\\": "5", "\x7f": "6", "": "7", "a.b": "8"}
    settings = Settings(scanner=ScannerSettings(calibration=garbled))
    save_settings(path, settings)
    assert load_settings(path) == settings


def test_a_saved_file_explains_itself(path: Path) -> None:
    save_settings(path, Settings())
    text = path.read_text(encoding="utf-8")
    for sentence in SENTENCES.values():
        assert f"# {sentence}\n" in text
    assert set(tomllib.loads(text)) == set(Settings.__struct_fields__)


def test_a_mark_before_the_text_is_no_mistake(path: Path) -> None:
    written(path, "")
    path.write_bytes(b'\xef\xbb\xbftheme = "night"\n')
    assert load_settings(path).theme == "night"


@pytest.mark.parametrize(
    ("text", "field", "problem"),
    [
        ('theme = "dusk"', "theme", "choice"),
        ("theme = 1", "theme", "choice"),
        ('colour = "red"', "colour", "unknown"),
        ("printer = 1", "printer", "type"),
        ('[printer]\nport = "9100"', "printer.port", "type"),
        ("[printer]\nport = 91.5", "printer.port", "type"),
        ("[printer]\nport = true", "printer.port", "type"),
        ("[printer]\nport = 0", "printer.port", "range"),
        ("[printer]\nport = 65536", "printer.port", "range"),
        ("[printer]\ncolumns = 40", "printer.columns", "choice"),
        ("[printer]\nconnect_timeout_s = 0", "printer.connect_timeout_s", "range"),
        ("[printer]\nconnect_timeout_s = nan", "printer.connect_timeout_s", "range"),
        ("[printer]\nwrite_timeout_s = 61", "printer.write_timeout_s", "range"),
        ("[printer]\nwrite_timeout_s = inf", "printer.write_timeout_s", "range"),
        ('[printer]\npaper = "80 mm"', "printer.paper", "unknown"),
        ('[printer]\nkind = "network"', "printer.host", "missing"),
        ('[printer]\nkind = "network"\nhost = "  "', "printer.host", "missing"),
        ('[printer]\nkind = "file"', "printer.folder", "missing"),
        ('[printer]\nkind = "network"\nhost = "a\\u0000b"', "printer.host", "syntax"),
        ('[printer]\nkind = "file"\nfolder = "a\\u0000b"', "printer.folder", "syntax"),
        ('[scanner]\ncalibration = "é2"', "scanner.calibration", "type"),
        ('[scanner.calibration]\n"é" = 2', "scanner.calibration", "type"),
    ],
)
def test_a_wrong_field_is_named(path: Path, text: str, field: str, problem: str) -> None:
    assert problems_of(written(path, text)) == [(field, problem)]


def test_all_problems_are_named_at_once(path: Path) -> None:
    text = 'theme = "dusk"\ncolour = 1\n[printer]\nport = "x"\npaper = 1\n'
    assert problems_of(written(path, text)) == [
        ("theme", "choice"),
        ("colour", "unknown"),
        ("printer.port", "type"),
        ("printer.paper", "unknown"),
    ]
    text = '[printer]\nkind = "network"\nport = 0\n'
    assert problems_of(written(path, text)) == [
        ("printer.host", "missing"),
        ("printer.port", "range"),
    ]


def test_a_place_in_the_file_is_named_by_line_and_column(path: Path) -> None:
    ((place, problem),) = problems_of(written(path, 'theme = "day"\n[printer\n'))
    assert problem == "syntax"
    assert place.startswith("2:")


def test_a_file_that_stops_too_early_is_said(path: Path) -> None:
    assert problems_of(written(path, 'theme = """day')) == [("", "syntax")]


def test_text_in_another_encoding_is_said(path: Path) -> None:
    written(path, "")
    path.write_bytes('host = "café"'.encode("latin-1"))
    assert problems_of(path) == [("", "encoding")]


def test_a_folder_in_the_place_of_the_file_is_said(path: Path) -> None:
    path.mkdir(parents=True)
    assert problems_of(path) == [("", "unreadable")]


def test_the_longest_times_and_the_last_port_are_possible(path: Path) -> None:
    text = "[printer]\nconnect_timeout_s = 60\nwrite_timeout_s = 60.0\nport = 65535\n"
    printer = load_settings(written(path, text)).printer
    assert (printer.connect_timeout_s, printer.write_timeout_s, printer.port) == (60, 60, 65_535)
    assert problems_of(written(path, "[printer]\nwrite_timeout_s = 0")) == [
        ("printer.write_timeout_s", "range")
    ]


def test_a_calibration_is_bounded(path: Path) -> None:
    fits = "".join(f'"{number}" = "x"\n' for number in range(CALIBRATION_MAX))
    settings = load_settings(written(path, f"[scanner.calibration]\n{fits}"))
    assert len(settings.scanner.calibration) == CALIBRATION_MAX
    entries = f'{fits}"one more" = "x"\n'
    found = problems_of(written(path, f"[scanner.calibration]\n{entries}"))
    assert found == [("scanner.calibration", "length")]


def test_settings_that_the_next_start_would_refuse_are_not_saved(path: Path) -> None:
    save_settings(path, Settings(theme="night"))
    with pytest.raises(BadConfiguration) as bad:
        save_settings(path, Settings(printer=PrinterSettings(kind="network")))
    assert bad.value.problems == (("printer.host", "missing"),)
    assert load_settings(path).theme == "night"


@pytest.mark.skipif(os.name != "posix", reason="a folder cannot take the file's place elsewhere")
def test_settings_that_cannot_be_saved_leave_the_old_ones(path: Path) -> None:
    save_settings(path, Settings(theme="night"))
    path.with_name("till.toml.new").mkdir()  # as a full or read-only disk, for root too
    with pytest.raises(StorageUnavailable):
        save_settings(path, Settings())
    assert load_settings(path).theme == "night"


@pytest.mark.parametrize("content", [b'theme = "pink"\n', b"theme =\n", b"\xff"])
def test_a_wrong_file_is_kept_beside_when_settings_are_saved(path: Path, content: bytes) -> None:
    """Somebody's printer may be written in it."""
    path.parent.mkdir()
    path.write_bytes(content)
    kept = save_settings(path, Settings(theme="night"))
    assert kept == path.with_name("till.toml.bad")
    assert kept.read_bytes() == content
    assert load_settings(path).theme == "night"


def test_a_second_wrong_file_does_not_take_the_place_of_the_first(path: Path) -> None:
    written(path, "first =")
    save_settings(path, Settings())
    kept = save_settings(written(path, "second ="), Settings())
    assert kept is not None
    assert kept.name == "till.toml.bad2"
    assert path.with_name("till.toml.bad").read_text(encoding="utf-8") == "first ="


def test_a_file_that_is_right_is_replaced_and_nothing_kept(path: Path) -> None:
    save_settings(path, Settings(theme="night"))
    assert save_settings(path, Settings()) is None
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_in_the_place_of_the_file_is_moved_aside(path: Path) -> None:
    path.mkdir(parents=True)
    kept = save_settings(path, Settings(theme="night"))
    assert kept is not None
    assert kept.is_dir()
    assert load_settings(path).theme == "night"
