"""Four processes behind one address, one PostgreSQL: a till may find any of them, each time."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.feed import StandListed
from pos.enrolment import Enrolment
from pos.ids import JournalId
from sync.enrol import Machine, enrol
from sync.enrolment_protocol import Invitation, JournalClaim
from sync.feed_protocol import FeedAnswer, FeedPage, SnapshotOffer
from sync.hub import enrolment
from sync.hub.hub import Hub, Place, Seen
from sync.hub.store import catalogue, examining
from sync.hub.verification import examine
from sync.hub_client import HubAddress, HubClient, Who
from sync.protocol import Accepted
from sync.pull import Place as FeedPosition
from tests.sync.hub.serving import HANG_GUARD_S
from tests.sync.journals import TillJournal, a_key

ROOT = Path(__file__).parents[3]
PROGRAM = "from sync.hub.cli import main; main()"
PROCESSES = 4
TILLS = 6
ENTRIES = 450


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *(str(one) for one in arguments)]


def options(place: Place) -> list[str | Path]:
    return ["--data", place.data, "--database", place.database_url, "--key-file", place.key]


@contextmanager
def served(place: Place) -> Iterator[subprocess.Popen[str]]:
    """Run one of the processes."""
    process = subprocess.Popen(
        command("serve", *options(place), "--port", "0", "--host", "127.0.0.1", "--no-tls"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"LC_ALL": "C"},
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(HANG_GUARD_S) == 0
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=HANG_GUARD_S)


def address_of(process: subprocess.Popen[str]) -> str:
    """Wait until a process serves, and return where."""
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], 3 * HANG_GUARD_S)[0], "a hub does not start"
    found = re.search(r"http://\S+", process.stdout.readline())
    assert found is not None
    return found[0]


@pytest.fixture
def place(tmp_path: Path, postgresql_address: str) -> Place:
    """Give a hub on PostgreSQL."""
    made = Place(
        data=tmp_path / "first", database_url=postgresql_address, key_file=tmp_path / "its.key"
    )
    subprocess.run(
        command("init", *options(made), "--owner", "Zoé", "--training"),
        cwd=ROOT,
        input="a password that nobody guesses\n",
        text=True,
        check=True,
        capture_output=True,
    )
    return made


def join(hub: Hub, address: str, number: int) -> Enrolment:
    code = enrolment.invite(hub.gate, "GS").code
    invitation = Invitation(address=address, fingerprint=b"", code=code, expires_at=0)
    return enrol(invitation, Machine(public_key=a_key(number).public))


def lines(joined: Enrolment, addresses: list[str], number: int) -> list[HubClient]:
    who = Who(
        till_id=joined.till_id,
        sign=a_key(number).sign,
        certificate=bytes.fromhex(joined.certificate),
    )
    return [HubClient(HubAddress(url=address), who) for address in addresses]


def send_all(joined: Enrolment, addresses: list[str], number: int) -> str:
    """Send a journal, each batch twice, and each time through another process."""
    journal_id = JournalId(f"01931f2a-7c4e-7b1a-9a53-{number:012d}")
    journal = TillJournal(journal_id, a_key(100 + number), facts=ENTRIES - 1)
    hubs = lines(joined, addresses, number)
    claim = JournalClaim(public_key=a_key(100 + number).public.hex(), mode="training")
    hubs[number % PROCESSES].claim(journal_id, claim)
    for turn, first in enumerate(range(1, ENTRIES + 1, 50)):
        batch = journal.batch(first, first + 49)
        for again in (0, 1):
            answer = hubs[(number + turn + again) % PROCESSES].send(journal_id, batch)
            assert isinstance(answer, Accepted), answer
    for hub in hubs:
        assert hub.position(journal_id) == journal.end()
        hub.close()
    return journal_id


def say(hub: Hub, stand: StandListed) -> None:
    with hub.database.write() as connection:
        catalogue.put_stands(connection, [stand])


def hear_through_every_process(hub: Hub, joined: Enrolment, addresses: list[str]) -> None:
    """See that whoever waits at any process hears of a change, whichever numbers it."""
    while hub.step_jobs():  # that tills came is news as well
        pass
    waiting = lines(joined, addresses, 1)
    offer = waiting[0].feed(FeedPosition(feed_id="", position=0), limit=500, wait_s=0)
    assert isinstance(offer, SnapshotOffer)
    position = offer.position
    while isinstance(page := ask(waiting[0], offer, position, wait_s=0), FeedPage) and page.changes:
        position = page.last
    with ThreadPoolExecutor(PROCESSES) as beside:
        asked = [beside.submit(ask, line, offer, position, wait_s=25) for line in waiting]
        say(hub, StandListed(stand="NEW", name="Neuf"))
        heard = [one.result(HANG_GUARD_S) for one in asked]
    assert [page.last for page in heard if isinstance(page, FeedPage)] == [position + 1] * PROCESSES
    for line in waiting:
        line.close()


def ask(line: HubClient, offer: SnapshotOffer, position: int, *, wait_s: int) -> FeedAnswer:
    place = FeedPosition(feed_id=offer.feed_id, position=position)
    return line.feed(place, limit=500, wait_s=wait_s)


def test_every_till_may_speak_to_any_process_at_any_time(place: Place) -> None:
    with ExitStack() as stack:
        places = [
            replace(place, data=place.data.parent / f"process-{number}")
            for number in range(PROCESSES)
        ]
        processes = [stack.enter_context(served(one)) for one in places]
        addresses = [address_of(one) for one in processes]
        hub = Hub.open(place)
        stack.callback(hub.close)
        say(hub, StandListed(stand="GS", name="Grande scène"))
        hub.seen = Seen(address=addresses[0], trusted=True)
        tills = [join(hub, addresses[number % PROCESSES], number) for number in range(1, TILLS + 1)]
        with ThreadPoolExecutor(TILLS) as beside:
            sent = list(beside.map(send_all, tills, [addresses] * TILLS, range(1, TILLS + 1)))
        with hub.database.read() as connection:
            assert examining.count_entries(connection) == (TILLS, TILLS * ENTRIES)
        assert [one.flaws for one in examine(hub.database)] == [()] * len(set(sent))
        hear_through_every_process(hub, tills[0], addresses)
