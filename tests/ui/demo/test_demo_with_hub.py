"""The demo with its hub: two tills, a plug that is pulled, and a price that changes."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from pos.enrolment import read_enrolment
from tests.ui.demo.test_scripted_day import Played, play
from ui.demo import words
from ui.demo.command import Demonstration
from ui.demo.hub import OWNER, PASSWORD, DemoHub

pytestmark = pytest.mark.xdist_group("demo-hub")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("demo") / "out", "--language", "en")


def test_two_tills_and_a_hub_do_what_is_scripted(day: Played) -> None:
    assert day.status == 0, day.said
    for key in words.HUB_SCENES:
        assert words.say("en", key) in day.said


def test_the_hubs_page_is_named_with_its_login(day: Played) -> None:
    hub = DemoHub(day.demo.hub)
    said = words.say("en", "hub", address=hub.address, owner=OWNER, password=PASSWORD)
    assert said in day.said


def test_both_tills_belong_to_the_hub_under_numbers_of_their_own(day: Played) -> None:
    tills = []
    for folder in (day.demo, day.demo.beside):
        enrolment = read_enrolment(folder.folders, "training")
        assert enrolment is not None
        assert enrolment.fingerprint  # pinned, though its address was typed
        tills.append((enrolment.identity.stand, enrolment.identity.till))
    assert tills == [("GS", "1"), ("GS", "2")]


def test_each_of_its_scenes_leaves_a_picture(day: Played) -> None:
    names = {path.stem.partition("-")[2] for path in day.demo.pictures.glob("*.png")}
    assert {
        "all-sent",
        "second-till-sees-the-sale",
        "hub-unplugged",
        "hub-page",
        "all-sent-again",
        "new-price",
        "second-till-sees-the-price",
    } <= names


def test_without_the_hubs_libraries_the_demo_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find = importlib.util.find_spec

    def find_all_but_one(name: str, package: str | None = None) -> object:
        return None if name == "uvicorn" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find_all_but_one)
    demo = Demonstration(tmp_path / "out", "en", wants_hub=True)
    demo.set_up()
    assert words.say("en", "hub_missing") in capsys.readouterr().out
    assert (tmp_path / "out" / "data" / "training.db").exists()
    assert not (tmp_path / "out" / "hub").exists()
