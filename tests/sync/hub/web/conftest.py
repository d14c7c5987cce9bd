from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.hub.web.house import House, built


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with built(tmp_path) as house:
        yield house


@pytest.fixture(scope="module")
def still_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which nothing happens, for tests that only look."""
    with built(tmp_path_factory.mktemp("hub")) as house:
        yield house
