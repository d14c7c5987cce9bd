"""Figures, and tables of them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing beside its limit."""

    what: str
    measured: str
    target: str
    beside: str = ""  # what else was measured in the same run
    is_met: bool | None = None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def spread(values: Sequence[float]) -> str:
    """Return median, 95th and 99th percentile and maximum."""
    return (
        f"p50 {statistics.median(values):.2f}  p95 {percentile(values, 0.95):.2f}"
        f"  p99 {percentile(values, 0.99):.2f}  max {max(values):.2f}"
    )


def table(title: str, figures: Sequence[Figure]) -> str:
    """Return figures as lines of a Markdown table."""
    marks = {True: "met", False: "MISSED", None: "–"}
    rows = [
        f"| {f.what} | {f.measured} | {f.target} | {f.beside} | {marks[f.is_met]} |"
        for f in figures
    ]
    head = "| what | measured | target | beside, in the same run | |\n|---|---|---|---|---|"
    return f"### {title}\n\n{head}\n" + "\n".join(rows) + "\n"
