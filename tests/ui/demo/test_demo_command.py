"""Where a demo may live, and when it opens a window."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest
from typer.testing import CliRunner

from pos.lock import TillLock
from ui.cli_tools import add_tools, app
from ui.demo import PICTURES
from ui.demo.command import has_display
from ui.demo.stand import DemoFolder, NotOurs, clear, is_set_up, lock_demo, set_up
from ui.demo.words import HUB_SCENES, SCENES, SENTENCES

add_tools()


@pytest.mark.parametrize(
    ("environment", "system", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"QT_QPA_PLATFORM": "offscreen:enable_fonts"}, "linux", False),
        ({"QT_QPA_PLATFORM": "eglfs"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_window_opens_where_somebody_can_see_it(
    environment: dict[str, str], system: str, seen: bool
) -> None:
    assert has_display(environment, system) is seen


def a_stand(tmp_path: Path) -> DemoFolder:
    demo = DemoFolder(tmp_path / "out")
    with lock_demo(demo):
        set_up(demo)
    return demo


def test_a_stand_is_set_up_once(tmp_path: Path) -> None:
    demo = a_stand(tmp_path)
    assert is_set_up(demo)
    journal = demo.folders.training.read_bytes()
    with lock_demo(demo):
        set_up(demo)
    assert demo.folders.training.stat().st_size >= len(journal)
    assert len(list(demo.folders.pictures.iterdir())) == len(list(PICTURES.iterdir()))


def test_a_demo_never_sells(tmp_path: Path) -> None:
    demo = a_stand(tmp_path)
    assert not demo.folders.live.exists()
    assert demo.folders.training.exists()


def test_setting_up_again_completes_what_was_interrupted(tmp_path: Path) -> None:
    demo = a_stand(tmp_path)
    demo.mark.write_text("", encoding="ascii")
    assert not is_set_up(demo)
    with lock_demo(demo):
        set_up(demo)
    assert is_set_up(demo)


def test_a_fresh_demo_forgets_the_old_one_but_not_its_lock(tmp_path: Path) -> None:
    demo = a_stand(tmp_path)
    with lock_demo(demo):
        clear(demo)
        assert [path.name for path in demo.folders.data.iterdir()] == ["till.lock"]
    assert not is_set_up(demo)
    with lock_demo(demo):
        set_up(demo)
    assert is_set_up(demo)


@pytest.mark.parametrize("theirs", ["data/till.db", "config/keys/a.key", "pictures/cat.png"])
def test_what_no_demo_made_is_left_alone(tmp_path: Path, theirs: str) -> None:
    demo = DemoFolder(tmp_path)
    (tmp_path / theirs).parent.mkdir(parents=True)
    (tmp_path / theirs).write_text("mine", encoding="utf-8")
    with pytest.raises(NotOurs):
        lock_demo(demo)
    assert (tmp_path / theirs).read_text(encoding="utf-8") == "mine"


def test_a_till_that_sells_is_left_alone_even_in_a_folder_of_a_demo(tmp_path: Path) -> None:
    demo = a_stand(tmp_path)
    demo.folders.live.write_text("sales", encoding="utf-8")
    ended = CliRunner().invoke(app, ["demo", "--fresh", "--scripted", "--out", str(demo.out)])
    assert ended.exit_code == 2
    assert demo.folders.live.read_text(encoding="utf-8") == "sales"
    assert demo.folders.training.exists()


def test_a_scripted_day_does_not_disturb_a_demo_that_is_open(tmp_path: Path) -> None:
    demo = a_stand(tmp_path)
    with TillLock(demo.folders.data):
        arguments = ["demo", "--scripted", "--language", "en", "--out", str(demo.out)]
        ended = CliRunner().invoke(app, arguments)
    assert ended.exit_code == 3
    assert "Close it first" in ended.output


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = CliRunner().invoke(app, ["demo", "--scripted", "--out", str(tmp_path / "file" / "out")])
    assert ended.exit_code == 3
    assert "Impossible" in ended.output


@pytest.mark.parametrize("key", [*SENTENCES, *SCENES, *HUB_SCENES])
def test_a_sentence_says_the_same_in_both_languages(key: str) -> None:
    english, french = (_values(text) for text in (SENTENCES | SCENES | HUB_SCENES)[key])
    assert english == french


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
