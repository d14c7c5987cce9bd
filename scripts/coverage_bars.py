"""Hold the coverage of branches against the bars in pyproject.toml; prints only what is under one.

Usage: coverage_bars.py COVERAGE.json
       coverage_bars.py --config      prints coverage.py's settings for the complete files alone
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Covered:
    """How much of one file ran; a unit is a line or a way out of a branch."""

    file: str
    units: int
    reached: int
    missing: str

    @property
    def complete(self) -> bool:
        return self.reached == self.units


def read_covered(report: dict[str, Any]) -> list[Covered]:
    """Return one entry for each file of coverage.py's JSON report."""
    return [
        Covered(
            file=file,
            units=entry["summary"]["num_statements"] + entry["summary"]["num_branches"],
            reached=entry["summary"]["covered_lines"] + entry["summary"]["covered_branches"],
            missing=", ".join(
                [f"line {line}" for line in entry["missing_lines"]]
                + [f"{start}→{end}" for start, end in entry["missing_branches"]]
            ),
        )
        for file, entry in sorted(report["files"].items())
    ]


def find_faults(files: list[Covered], *, complete: list[str], elsewhere_percent: int) -> list[str]:
    """Return a sentence for each bar that is not reached.

    Args:
        files: what was measured.
        complete: files, or folders ending in `/`, of which every branch must have run.
        elsewhere_percent: what all other files must reach together.
    """
    faults = []
    listed: set[str] = set()
    for pattern in complete:
        matched = [f for f in files if f.file == pattern or _is_inside(f.file, pattern)]
        if not matched:
            faults.append(f"{pattern}: listed as complete in pyproject.toml, but not measured")
        listed.update(f.file for f in matched)
    faults += [
        f"{f.file}: not reached: {f.missing}" for f in files if f.file in listed and not f.complete
    ]
    others = [f for f in files if f.file not in listed]
    units, reached = sum(f.units for f in others), sum(f.reached for f in others)
    if reached * 100 < elsewhere_percent * units:
        faults.append(
            f"all others together: {reached * 100 // units} %, not {elsewhere_percent} %. Worst:"
        )
        worst = sorted(others, key=lambda f: f.reached - f.units)[:10]
        faults += [f"  {f.file}: {f.reached} of {f.units}" for f in worst]
    return faults


def _is_inside(file: str, folder: str) -> bool:
    return folder.endswith("/") and file.startswith(folder)


def config_of(complete: list[str], exclude_also: list[str]) -> str:
    """Return settings that measure these files only: the others would take a third more time.

    What pyproject.toml says need not run (such as `assert_never`) need not run here either.
    """
    patterns = [f"{one}*" if one.endswith("/") else one for one in complete]
    run = "\n    ".join(["[run]\nbranch = true\ninclude =", *patterns])
    return "\n    ".join([f"{run}\n\n[report]\nexclude_also =", *exclude_also]) + "\n"


def main() -> int:
    if sys.argv[1] == "--config":
        exclude_also = _tools()["coverage"]["report"]["exclude_also"]
        print(config_of(_bars()["complete"], exclude_also), end="")
        return 0
    report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if not report["meta"]["branch_coverage"]:
        sys.exit("No branch of any package ran: is this the report of the whole suite?")
    faults = find_faults(read_covered(report), **_bars())
    if faults:
        print("Coverage of branches:", *faults, sep="\n  ", file=sys.stderr)
    return 1 if faults else 0


def _bars() -> dict[str, Any]:
    bars: dict[str, Any] = _tools()["echoppe"]["coverage"]
    return bars


def _tools() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        tools: dict[str, Any] = tomllib.load(file)["tool"]
    return tools


if __name__ == "__main__":
    sys.exit(main())
