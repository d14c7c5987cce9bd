"""`make bench`: the tables, each figure beside its limit measured in the same run."""

from __future__ import annotations

import argparse
import json
import sqlite3  # allowed: the floor is measured without any layer of ours
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.figures import Figure, percentile, spread, table
from bench.stand import stand

LARGE, SMALL = 50_000, 300
JOURNAL_SALES = 100_000
SIZES = (300, 5_000, 50_000, 200_000)
SALE_BYTES = 2_600  # body, digest, signature and derived rows of a sale of one line


def main() -> None:
    """Measure what was asked for, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="a shorter journal, two sizes")
    options = parser.parse_args()
    sales = 2_000 if options.quick else JOURNAL_SALES
    sizes = SIZES[:2] if options.quick else SIZES
    print(_machine(), flush=True)
    print(_tasks(), flush=True)
    print(table("Cold start", _cold(sales)), flush=True)
    runs = {size: _run("bench.window_run", str(size), "0") for size in sizes}
    large = LARGE if LARGE in runs else max(runs)
    print(table(f"In use, {large} variants", _in_use(runs[large])), flush=True)
    print(_growth(runs))


def _machine() -> str:
    load = Path("/proc/loadavg").read_text().split()[0]
    return f"Python {sys.version.split()[0]}, load {load} at the start\n"


def _tasks() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench.tasks"], capture_output=True, check=False, text=True
    )
    return f"### The eight standard tasks\n\n{done.stdout or done.stderr}"


def _cold(sales: int) -> list[Figure]:
    for variants in (SMALL, LARGE):
        stand(variants, sales)
    took: dict[str, list[float]] = {"bare": [], "small": [], "large": []}
    for _ in range(4):
        took["bare"].append(_start("bare"))
        took["small"].append(_start(str(SMALL), str(sales)))
        took["large"].append(_start(str(LARGE), str(sales)))
    medians = {name: statistics.median(values[1:]) for name, values in took.items()}
    ratio = medians["large"] / medians["small"]
    what = f"new process → first scan on screen, {LARGE} variants, {sales} sales"
    return [
        Figure(
            what,
            f"{medians['large']:.0f} ms",
            "≤ 1000 ms",
            f"bare Qt window {medians['bare']:.0f} ms",
            medians["large"] <= 1000,
        ),
        Figure(
            "the same against 300 variants",
            f"{ratio:.2f} ×",
            "≤ 1.3 ×",
            f"300 variants {medians['small']:.0f} ms",
            ratio <= 1.3,
        ),
    ]


def _start(*what: str) -> float:
    begun = str(time.clock_gettime_ns(time.CLOCK_MONOTONIC))
    command = [sys.executable, "-m", "bench.cold_start", begun, *what]
    return float(
        subprocess.run(command, capture_output=True, check=True, text=True).stdout.split()[-1]
    )


def _run(module: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *arguments]
    stand(int(arguments[0]), int(arguments[1]))
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _in_use(run: dict[str, Any]) -> list[Figure]:  # long: one table, row by row
    floor = _raw_commits(len(run["pay"]))
    pay_ratio = statistics.median(run["pay"]) / statistics.median(floor)
    return [
        Figure(
            "scan → line painted, ms",
            spread(run["scan"]),
            "p95 ≤ 16",
            "",
            percentile(run["scan"], 0.95) <= 16,
        ),
        Figure(
            "search keystroke → tiles painted, ms",
            spread(run["search"]),
            "p95 ≤ 16",
            "",
            percentile(run["search"], 0.95) <= 16,
        ),
        Figure(
            "Pay → durable and acknowledged, ms",
            spread(run["pay"]),
            "p50 ≤ 4 × raw commit",
            f"raw {spread(floor)}; ratio {pay_ratio:.1f}",
            pay_ratio <= 4,
        ),
        Figure(
            "longest gap of a 5 ms beat in 1000 sales, ms",
            f"{run['gap']:.0f}",
            "≤ 50",
            f"idle {run['idle_gap']:.0f}",
            run["gap"] <= 50,
        ),
        Figure(
            "resident memory after 1000 sales",
            f"{run['memory_mb']:.0f} MB",
            "≤ 190 MB",
            "",
            run["memory_mb"] <= 190,
        ),
        Figure(
            "bytes of a 5-line receipt with native QR",
            str(run["receipt_bytes"]),
            "≤ 1300",
            "",
            run["receipt_bytes"] <= 1300,
        ),
        Figure(
            "Pay → last byte at a TCP printer, ms",
            spread(run["print"]),
            "p95 ≤ 100",
            "",
            percentile(run["print"], 0.95) <= 100,
        ),
    ]


def _raw_commits(count: int) -> list[float]:
    """Commit as many bytes as a sale with plain SQLite, WAL and FULL: the floor."""
    took = []
    with tempfile.TemporaryDirectory(dir="build") as folder:
        db = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, body BLOB)")
        body = b"x" * SALE_BYTES
        for seq in range(1, count + 1):
            begun = time.perf_counter_ns()
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO entry VALUES (?, ?)", [seq, body])
            db.execute("COMMIT")
            took.append((time.perf_counter_ns() - begun) / 1e6)
        db.close()
    return took


def _growth(runs: dict[int, dict[str, Any]]) -> str:
    lines = [
        "### As it grows\n",
        "| variants | scan p95 ms | search p95 ms | pay p50 ms | memory MB |",
        "|---|---|---|---|---|",
    ]
    for size, run in runs.items():
        scan, search = percentile(run["scan"], 0.95), percentile(run["search"], 0.95)
        pay, memory = statistics.median(run["pay"]), run["memory_mb"]
        lines.append(f"| {size} | {scan:.1f} | {search:.1f} | {pay:.2f} | {memory:.0f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
