"""The check of the coverage can itself fail."""

from __future__ import annotations

from pathlib import Path

import coverage

from scripts.coverage_bars import Covered, config_of, find_faults, read_covered

MONEY = Covered(file="pos/money.py", units=10, reached=10, missing="")
TILL = Covered(file="pos/till.py", units=10, reached=9, missing="line 7")
BASKET = Covered(file="pos/domain/basket.py", units=10, reached=9, missing="4→6")


def test_bars_that_are_reached_say_nothing() -> None:
    assert not find_faults([MONEY, TILL], complete=["pos/money.py"], elsewhere_percent=90)


def test_a_branch_never_taken_in_a_complete_file_is_named() -> None:
    faults = find_faults([MONEY, BASKET], complete=["pos/domain/"], elsewhere_percent=90)
    assert faults == ["pos/domain/basket.py: not reached: 4→6"]


def test_a_listed_file_that_has_gone_is_a_fault() -> None:
    assert find_faults([MONEY], complete=["pos/cash.py"], elsewhere_percent=90)


def test_all_other_files_are_measured_together() -> None:
    worse = Covered(file="ui/app.py", units=10, reached=7, missing="line 1")
    assert not find_faults([MONEY, MONEY, TILL, worse], complete=[], elsewhere_percent=90)
    assert find_faults([TILL, worse], complete=[], elsewhere_percent=90)


def test_a_complete_file_does_not_pull_the_others_up() -> None:
    worse = Covered(file="ui/app.py", units=10, reached=7, missing="line 1")
    assert find_faults([MONEY, worse], complete=["pos/money.py"], elsewhere_percent=80)


def test_lines_and_branches_count_alike() -> None:
    summary = {
        "num_statements": 5,
        "num_branches": 2,
        "covered_lines": 5,
        "covered_branches": 1,
    }
    entry = {"summary": summary, "missing_lines": [], "missing_branches": [[4, 6]]}
    assert read_covered({"files": {"pos/till.py": entry}}) == [
        Covered(file="pos/till.py", units=7, reached=6, missing="4→6")
    ]


def test_the_settings_for_complete_files_leave_out_what_the_others_leave_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rc"
    left_out = ["assert_never\\(", r"^\s*\.\.\.$"]
    path.write_text(config_of(["pos/domain/", "sync/push.py"], left_out))
    read = coverage.Coverage(config_file=str(path))
    assert read.get_option("run:include") == ["pos/domain/*", "sync/push.py"]
    assert read.get_option("report:exclude_also") == left_out
