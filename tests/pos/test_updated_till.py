"""A till that is updated hears again what the version before could not understand."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos import bootstrap
from pos.domain.feed_place import FeedNotTaken, FeedTaken, PlaceInFeed
from pos.reports.catalogue import CountCatalogue
from pos.reports.hub import FeedPlace
from tests.builders import a_product, a_till
from tests.feed_items import FEED, join_hub, listed, page, take_snapshot

SHIRT = a_product()


def test_an_updated_till_asks_its_hub_for_all_that_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = a_till(tmp_path)
    join_hub(till, *listed(SHIRT), position=7)
    till.close()
    monkeypatch.setattr(bootstrap, "__version__", "99.0.0")
    till = a_till(tmp_path)
    assert till.ask(FeedPlace()).feed_id == "", "as if it had never heard of the hub"
    assert till.ask(CountCatalogue()).products == 1, "what it sells stays on sale"
    assert isinstance(till.execute(page(8, *listed(SHIRT))), FeedNotTaken)
    assert isinstance(take_snapshot(till, *listed(SHIRT), position=8), FeedTaken)
    till.close()


def test_a_till_that_is_only_started_again_goes_on_where_it_was(tmp_path: Path) -> None:
    till = a_till(tmp_path)
    join_hub(till, *listed(SHIRT), position=7)
    till.close()
    till = a_till(tmp_path)
    assert till.ask(FeedPlace()) == PlaceInFeed(feed_id=FEED, position=7)
    till.close()
