"""What every test gets: no display needed, no warning overlooked, no trace left on the machine."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sync.hub.store.database import HubDatabase
    from tests.postgres import Cluster

# A test that wants a real display names its platform; all others are the same everywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The tests' words and numbers do not change with the language of whoever runs them.
os.environ["LC_ALL"] = "C.UTF-8"

# No deadline: a slow machine is not a bug. What has a time limit is measured in bench/.
settings.register_profile("echoppe", deadline=None, print_blob=True)
settings.register_profile(
    "soak",
    deadline=None,
    max_examples=5_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("echoppe")


SEEDS_RUN, SECONDS = "seeds simulated", "seconds simulating"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how fast the simulation was, whichever processes ran it."""
    properties = [
        one for report in terminalreporter.getreports("passed") for one in report.user_properties
    ]
    seeds = sum(value for name, value in properties if name == SEEDS_RUN)
    took_s = sum(value for name, value in properties if name == SECONDS)
    if seeds:
        terminalreporter.write_line(f"simulation: {seeds} seeds, {seeds / took_s:.1f} a second")


ONE_WALK = (
    "tests/ui/looks/",
    "tests/ui/demo/test_demo_with_hub.py",
    "tests/ui/demo/test_scripted_day.py",
)


class _Together(LoadScopeScheduling):  # type: ignore[misc]  # because xdist ships no types
    """Gives a worker one test after the other, but all of what shares a dear fixture to one.

    WORKAROUND https://github.com/pytest-dev/pytest-xdist: with pytest 9 the marks of
    `--dist loadgroup` do not reach the scheduler.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((one for one in ONE_WALK if nodeid.startswith(one)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Let tests that share a dear fixture run in one process."""
    return _Together(config, log)


class _Overlooked(logging.Handler):
    """Collects what was logged as a warning or worse and that the test did not say it expects."""

    def __init__(self, expected: logging.Handler) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._expected = expected

    def emit(self, record: logging.LogRecord) -> None:
        # `caplog.at_level(logging.WARNING)` is how a test says that it expects one.
        if self._expected.level != record.levelno:
            self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_warning_is_overlooked(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test when anything was logged as a warning or worse.

    A test that expects one says so: `with caplog.at_level(logging.WARNING): …`. Qt's own warnings
    fail a test through pytest-qt, Python's through `filterwarnings`.
    """
    overlooked = _Overlooked(caplog.handler)
    root = logging.getLogger()
    root.addHandler(overlooked)
    yield
    root.removeHandler(overlooked)
    if overlooked.messages:
        pytest.fail("logged, and not expected: " + "; ".join(overlooked.messages), pytrace=False)


@pytest.fixture(autouse=True)
def folders_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep keys, settings and data of the person who runs the tests out of reach."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Give a real PostgreSQL, started by the first test that wants it, one a process."""
    from tests.postgres import programs, running_cluster

    if programs() is None:
        pytest.skip(reason="no PostgreSQL here: scripts/system-packages run test installs it")
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """Give the name of a database that is up to date, to be copied."""
    from sync.hub.store.database import HubDatabase

    with postgres.administration() as connection:
        connection.execute("CREATE DATABASE hub_template")
    HubDatabase.open(postgres.url("hub_template")).close()
    return "hub_template"


@pytest.fixture
def sqlite_address(tmp_path: Path) -> str:
    """Give the path of a hub's own database that is not there yet."""
    return str(tmp_path / "hub.db")


@pytest.fixture
def postgresql_address(postgres: Cluster, postgres_template: str) -> Iterator[str]:
    """Give the URL of a hub's own database in a real PostgreSQL."""
    url = postgres.new_database(postgres_template)
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def hub_address(request: pytest.FixtureRequest) -> str:
    """Give where a hub's database is, once on SQLite and once on PostgreSQL."""
    address: str = request.getfixturevalue(f"{request.param}_address")
    return address


@pytest.fixture
def hub_database(hub_address: str) -> Iterator[HubDatabase]:
    """Give a hub's database, once on SQLite and once on PostgreSQL."""
    from sync.hub.store.database import HubDatabase

    database = HubDatabase.open(hub_address)
    yield database
    database.close()
