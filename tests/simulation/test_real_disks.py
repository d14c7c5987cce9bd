"""The same weekends with a hub's real database, and with the real ones of tills."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.simulation.checks import check
from tests.simulation.hub_disk import HubDisk, MemoryDisk
from tests.simulation.real_hub import RealDisk
from tests.simulation.real_till import RealCatalogue
from tests.simulation.till_disk import Catalogue, MemoryCatalogue
from tests.simulation.world import World

TILLS_MAX = 4
SEEDS = 6
SEEDS_OF_SOAK = 200


def live_through(seed: int, folder: Path, *, real_hub: bool, real_tills: bool) -> None:
    """Run one seed; what is not real is in memory."""

    def make_disk(chance: random.Random) -> HubDisk:
        return RealDisk(folder, chance) if real_hub else MemoryDisk(chance)

    def make_catalogue(till_id: str, stand: str) -> Catalogue:
        return RealCatalogue(folder, till_id, stand) if real_tills else MemoryCatalogue(till_id)

    world = World(seed, make_disk=make_disk, make_catalogue=make_catalogue, tills_max=TILLS_MAX)
    try:
        world.run()
        check(world)
    finally:
        world.close()


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_hub_with_a_real_database_lives_through_it(seed: int, tmp_path: Path) -> None:
    live_through(seed, tmp_path, real_hub=True, real_tills=False)


@pytest.mark.parametrize("seed", range(SEEDS, SEEDS + SEEDS // 2))
def test_tills_with_real_databases_live_through_it(seed: int, tmp_path: Path) -> None:
    live_through(seed, tmp_path, real_hub=False, real_tills=True)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 100 + SEEDS_OF_SOAK))
def test_weekends_with_nothing_but_real_databases(seed: int, tmp_path: Path) -> None:
    live_through(seed, tmp_path, real_hub=True, real_tills=True)
