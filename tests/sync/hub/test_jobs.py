"""The background of a hub: nothing stops it, and nobody waits for it longer than a moment."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.errors import StorageUnavailable
from sync.hub.jobs import Background
from sync.hub.log import LOGGER, JsonLines, log, log_trouble
from sync.hub.news import News
from sync.hub.presence import Presence
from sync.hub.store.database import HubDatabase
from sync.hub.store.overview import till_of
from sync.hub.store.tills import Till
from tests.sync.hub.serving import HANG_GUARD_S, House, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with a_house(tmp_path) as made:
        yield made


def test_a_job_that_breaks_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def broken() -> int:
        raise ZeroDivisionError

    def away() -> int:
        raise StorageUnavailable(reason="SQLITE_FULL")

    def good() -> int:
        done.append("good")
        return 3

    background = Background(lambda: (broken, away, good))
    with caplog.at_level(logging.ERROR):
        assert background.step() == (3, True)
    assert done == ["good"]


def test_it_goes_on_while_there_is_something_to_do_and_when_it_is_woken() -> None:
    waiting = [5]
    is_empty, is_woken = threading.Event(), threading.Event()

    def job() -> int:
        if waiting[0] == 0:
            (is_woken if is_empty.is_set() else is_empty).set()
            return 0
        waiting[0] -= 1
        return 1

    background = Background(lambda: (job,))
    background.start()
    assert is_empty.wait(HANG_GUARD_S)
    background.wake()
    assert is_woken.wait(HANG_GUARD_S)
    background.stop()
    assert not any(thread.name == "hub-jobs" for thread in threading.enumerate())


def test_stopping_what_never_began_is_no_trouble() -> None:
    Background(lambda: ()).stop()


def test_what_a_till_said_is_not_lost_when_the_disk_says_no(tmp_path: Path, house: House) -> None:
    device = house.device()
    presence = Presence(house.clock)
    presence.note(device.till_id, waiting=7)
    presence.note_revoked(
        Till(till_id="lost", stand="GS", till="9", public_key=b"", certificate=b"")
    )
    (tmp_path / "full").mkdir()
    full = HubDatabase.open(tmp_path / "full" / "hub.db")
    full.close()
    shutil.rmtree(tmp_path / "full")
    with pytest.raises(StorageUnavailable):
        presence.write(full)
    presence.note(device.till_id, waiting=8)
    assert presence.write(house.hub.database) == 1
    assert presence.write(house.hub.database) == 0
    with house.hub.database.read() as connection:
        till = till_of(connection, device.till_id)
    assert till is not None
    assert till.waiting == 8


def test_news_wakes_everybody_who_waits_for_it() -> None:
    news = News()

    async def wait_and_tell() -> None:
        waiting = [
            asyncio.create_task(news.wait_beyond("feed", 5, seconds=HANG_GUARD_S)) for _ in range(3)
        ]
        await asyncio.sleep(0)
        assert news.is_anybody_waiting
        news.tell("feed", 5)  # what they know
        await asyncio.sleep(0)
        assert not any(task.done() for task in waiting)
        threading.Thread(target=news.tell, args=("feed", 6)).start()
        await asyncio.gather(*waiting)
        assert not news.is_anybody_waiting

    asyncio.run(wait_and_tell())


@pytest.mark.parametrize(
    "say",
    [
        lambda news: news.tell("feed", 6),
        lambda news: news.tell("another feed", 1),
        lambda news: news.end(),
    ],
)
def test_nobody_waits_for_what_is_known_already(say: Callable[[News], None]) -> None:
    news = News()
    say(news)
    asyncio.run(asyncio.wait_for(news.wait_beyond("feed", 5, seconds=600), HANG_GUARD_S))


def test_whoever_waits_in_vain_goes_on_when_the_time_is_up() -> None:
    news = News()
    news.tell("feed", 4)  # this process has not heard of what was read from the database
    asyncio.run(news.wait_beyond("feed", 5, seconds=0.01))


def test_a_line_of_the_log_is_json_and_says_nothing_that_somebody_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(ValueError, match="Zoé") as typed:
        int("Zoé Martin, 4970 1012 3456 7890")
    with caplog.at_level(logging.ERROR):
        log_trouble("request", typed.value)
    line = JsonLines().format(caplog.records[-1])
    said = json.loads(line)
    assert (said["event"], said["error"], said["level"]) == ("request", "ValueError", "error")
    assert said["places"][0].startswith("test_jobs.py:")
    assert "Zoé" not in line
    library = logging.LogRecord("x", logging.WARNING, "", 1, "%s is here", ("Zoé",), None)
    assert "Zoé" not in JsonLines().format(library)
    with caplog.at_level(logging.INFO, LOGGER.name):
        log("request", ms=1.5)
    assert json.loads(JsonLines().format(caplog.records[-1]))["ms"] == 1.5
