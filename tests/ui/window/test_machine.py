"""Banners before the trouble: disk, battery, clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pos.clock import utc_now
from pos.machine import BatteryLow, DiskLow
from tests.builders import a_till, folders_in
from tests.ui.window.cashier import Cashier
from tests.ui.window.conftest import Opens


def test_a_banner_comes_and_goes_with_its_cause(cashier: Cashier) -> None:
    warned = cashier.app.watch.warned
    warned.emit((DiskLow(free_bytes=900_000_000), BatteryLow(percent=9)))
    assert [banner.split()[0] for banner in cashier.banners()] == ["Only", "Battery"]
    warned.emit((DiskLow(free_bytes=800_000_000),))
    (banner,) = cashier.banners()
    assert "800 MB" in banner
    warned.emit(())
    assert cashier.banners() == ()


def test_a_till_whose_clock_went_back_says_so_when_it_opens(opens: Opens, tmp_path: Path) -> None:
    a_till(tmp_path, now=lambda: utc_now() + timedelta(days=2)).close()
    cashier = opens(folders_in(tmp_path))
    cashier.until(lambda: any("clock" in banner for banner in cashier.banners()))
