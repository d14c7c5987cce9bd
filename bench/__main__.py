"""`make bench`: the tables, each figure beside its limit measured in the same runs.

python -m bench            everything; about half an hour, the first time longer
python -m bench --targets  all that has a target, without the table of how it grows; eight minutes
python -m bench --quick    a shorter journal, two sizes, fewer sales; a few minutes
python -m bench --hub      a hub and many tills instead (`bench.hub_*`); half an hour the first time
python -m bench --docs     the same, and the tables go into docs/performance.md
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Figure, each, noise, number, p50, p95, p99, table
from bench.stand import ROOT, barcode, copy_of, stand

RUNS = 3
SMALL, LARGE, SEARCHED = 300, 50_000, 100_000
DOCS = Path("docs") / "performance.md"
BEGIN, END = "<!-- figures: written by python -m bench --docs -->", "<!-- end of figures -->"
HUB_BEGIN = "<!-- figures of a hub: written by python -m bench --hub --docs -->"
HUB_END = "<!-- end of figures of a hub -->"
HUB = (
    *("hub_ingest", "hub_postgres", "hub_crowd", "hub_grown", "hub_new_till", "hub_busy_till"),
    *("hub_price", "hub_wire", "hub_stages"),
)

Runs = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    sizes: tuple[int, ...]
    journal: int  # sales in the journal
    sales: int  # sold in a row


FULL = Plan(sizes=(300, 5_000, 50_000, 100_000, 200_000), journal=100_000, sales=1_000)
TARGETS = Plan(sizes=(300, 50_000, 100_000), journal=100_000, sales=1_000)
QUICK = Plan(sizes=(300, 50_000), journal=2_000, sales=200)


def main() -> None:
    """Measure what was asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="a shorter journal, two sizes")
    parser.add_argument("--targets", action="store_true", help="three sizes, all else as ever")
    parser.add_argument("--hub", action="store_true", help="a hub and many tills")
    parser.add_argument("--docs", action="store_true", help=f"write the tables into {DOCS}")
    options = parser.parse_args()
    if options.hub:
        _hub(is_quick=options.quick, to_docs=options.docs)
        return
    plan = QUICK if options.quick else TARGETS if options.targets else FULL
    begun = time.monotonic()
    parts = [_machine(plan)]
    cold = {size: _colds(size, plan.journal) for size in plan.sizes}
    parts.append(table("Cold start", _cold(cold, plan)))
    runs: dict[int, Runs] = {size: [] for size in plan.sizes}
    for _ in range(RUNS):  # one after the other, so that a noisy minute hits all sizes
        for size in plan.sizes:
            runs[size].append(_window(size, plan))
    parts.append(table("In use", _in_use(runs)))
    parts.append(_growth(runs, cold))
    parts.append(_other("bench.phases", str(LARGE)))
    parts.append(f"### The eight standard tasks\n\n{_other('bench.tasks')}")
    parts.append(f"Load at the end {_load()}; it took {(time.monotonic() - begun) / 60:.0f} min.\n")
    text = "\n".join(parts)
    print(text)
    if options.docs:
        _write(text, BEGIN, END)


def _hub(*, is_quick: bool, to_docs: bool) -> None:
    """Measure a hub, one module after the other."""
    begun = time.monotonic()
    parts = [_where()]
    for module in HUB:
        parts.append(_other(f"bench.{module}", *(["--quick"] if is_quick else [])))
        print(parts[-1], flush=True)
    parts.append(f"Load at the end {_load()}; it took {(time.monotonic() - begun) / 60:.0f} min.\n")
    if to_docs:
        _write("\n".join(parts), HUB_BEGIN, HUB_END)


def _load() -> str:
    return Path("/proc/loadavg").read_text().split()[0]


def _where() -> str:
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC on {len(models)} × {models[0]},"
        f" Python {sys.version.split()[0]}; load {_load()} at the start."
    )


def _machine(plan: Plan) -> str:
    return (
        f"{_where()} Offscreen; {RUNS} runs, {plan.sales} sales in a row in each, a journal of"
        f" {plan.journal} sales for the cold start.\n"
    )


def _other(module: str, *arguments: str) -> str:
    """Return what another program of this package prints."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    return done.stdout or done.stderr


def _colds(variants: int, sales: int) -> dict[str, list[float]]:
    """Start so often, each time beside a bare window; the first of each warms the page cache."""
    folders = stand(variants, sales)
    took: dict[str, list[float]] = {"till": [], "bare": []}
    for _ in range(RUNS + 1):
        copy = copy_of(folders)
        took["till"].append(_start(str(copy.data), str(copy.config), barcode(3)))
        took["bare"].append(_start("bare"))
    return {name: values[1:] for name, values in took.items()}


def compiled() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiled, as on any till."""
    usual = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return usual | {"PYTHONPYCACHEPREFIX": str((ROOT / "pycache").absolute())}


def _start(*what: str) -> float:
    begun = str(time.clock_gettime_ns(time.CLOCK_MONOTONIC))
    command = [sys.executable, "-m", "bench.cold_start", begun, *what]
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, timeout=120, env=compiled()
    )
    if not done.stdout:
        sys.exit(done.stderr)
    return float(done.stdout.split()[-1])


def _cold(cold: dict[int, dict[str, list[float]]], plan: Plan) -> list[Figure]:
    large, small = cold[LARGE], cold[SMALL]
    bare = statistics.median(large["bare"])
    ratios = tuple(a / b for a, b in zip(sorted(large["till"]), sorted(small["till"]), strict=True))
    return [
        Figure(
            f"new process → first scan on the screen; {LARGE} variants, {plan.journal} sales",
            tuple(large["till"]),
            1_000,
            beside=f"a bare Qt window {number(bare)} ms",
            ratio=statistics.median(large["till"]) / bare,
        ),
        Figure(
            f"the same against {SMALL} variants",
            ratios,
            1.3,
            "×",
            beside=f"{SMALL} variants {number(statistics.median(small['till']))} ms",
        ),
    ]


def _window(size: int, plan: Plan) -> dict[str, Any]:
    stand(size)
    command = [sys.executable, "-m", "bench.window_run", str(size), "0", str(plan.sales)]
    done = subprocess.run(
        command, capture_output=True, check=False, text=True, timeout=900, env=compiled()
    )
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _in_use(sizes: dict[int, Runs]) -> list[Figure]:  # long: one table, row by row
    runs = sizes[LARGE]
    searched = SEARCHED if SEARCHED in sizes else LARGE

    def all_of(name: str, of_size: int = LARGE) -> list[list[float]]:
        return [run[name] for run in sizes[of_size]]

    tight = statistics.median(each(all_of("raw_tight"), p50))
    raw, raw99 = statistics.median(each(all_of("raw"), p50)), each(all_of("raw"), p99)
    pay = statistics.median(each(all_of("pay"), p50))
    idle = statistics.median(run["idle_gap"] for run in runs)
    gaps = tuple(run["gap"] for run in runs)
    wal = runs[0]["sale_bytes"]
    search_cpu = statistics.median(each(all_of("search_cpu", searched), p50))
    scan_cpu = statistics.median(each(all_of("scan_cpu"), p50))
    return [
        Figure(
            f"scan → line painted, {LARGE} variants, p95",
            each(all_of("scan"), p95),
            16,
            beside=f"one frame at 60 Hz; processor time p50 {number(scan_cpu)} ms",
        ),
        Figure(
            f"search keystroke → tiles painted, {searched} variants, p95",
            each(all_of("search", searched), p95),
            16,
            beside=f"one frame at 60 Hz; processor time p50 {number(search_cpu)} ms",
        ),
        Figure(
            "Pay → durable and acknowledged on the UI thread, p50",
            each(all_of("pay"), p50),
            4 * raw,
            beside=f"raw WAL/FULL commit of {wal} bytes after the same pause, p50 {number(raw)} ms;"
            f" without pauses {number(tight)} ms",
            ratio=pay / raw,
        ),
        Figure(
            "the same, p99, beside the raw one",
            each(all_of("pay"), p99),
            None,
            beside=f"raw p99 {number(statistics.median(raw99))} ms ({noise(raw99)})",
            ratio=statistics.median(each(all_of("pay"), p99)) / statistics.median(raw99),
        ),
        Figure(
            "longest gap of a 5 ms beat while selling",
            gaps,
            50,
            beside=f"two idle seconds {number(idle)} ms",
            ratio=statistics.median(gaps) / idle,
        ),
        Figure(
            "resident memory after the sales", tuple(run["memory_mb"] for run in runs), 190, "MB"
        ),
        Figure(
            "5-line receipt with native QR",
            tuple(run["receipt_bytes"] for run in runs),
            1_300,
            "bytes",
        ),
        Figure(
            "Pay → last byte at a TCP printer, p95",
            each(all_of("print"), p95),
            100,
            beside=f"p50 {number(statistics.median(each(all_of('print'), p50)))} ms",
        ),
    ]


def _growth(runs: dict[int, Runs], cold: dict[int, dict[str, list[float]]]) -> str:
    """Return all of it at each size; min–max of the runs in brackets."""
    heads = (
        *("variants", "cold start ms", "scan p95 ms", "search p95 ms", "pay p50 ms"),
        *("pay p99 ms", "gap ms", "memory MB", "print p95 ms"),
    )
    lines = [
        "### As it grows\n",
        f"| {' | '.join(heads)} |",
        "|" + "---|" * len(heads),
    ]
    for size, of_size in runs.items():
        cells = [
            tuple(cold[size]["till"]),
            each([run["scan"] for run in of_size], p95),
            each([run["search"] for run in of_size], p95),
            each([run["pay"] for run in of_size], p50),
            each([run["pay"] for run in of_size], p99),
            tuple(run["gap"] for run in of_size),
            tuple(run["memory_mb"] for run in of_size),
            each([run["print"] for run in of_size], p95),
        ]
        shown = (f"{number(statistics.median(cell))} ({noise(cell)})" for cell in cells)
        lines.append(f"| {size} | {' | '.join(shown)} |")
    return "\n".join(lines) + "\n"


def _write(text: str, begin: str, end: str) -> None:
    page = DOCS.read_text(encoding="utf-8")
    before, begun, rest = page.partition(begin)
    _, ended, after = rest.partition(end)
    assert begun, "the page says from where"
    assert ended, "and up to where"
    DOCS.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
