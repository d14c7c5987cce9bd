"""Figures, and tables of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing beside its limit; what the runs measured, one value each."""

    what: str
    runs: tuple[float, ...]
    target: float | None  # the median of the runs must not be above it (or not below)
    unit: str = "ms"
    beside: str = ""  # the limit, or what else was measured in the same runs
    ratio: float | None = None  # of the median to what is beside it
    is_at_least: bool = False  # the target is a least, not a most

    @property
    def value(self) -> float:
        """Return the median of the runs."""
        return statistics.median(self.runs)

    @property
    def wanted(self) -> str:
        """Return the target in words; "–" for none."""
        sign = "≥" if self.is_at_least else "≤"
        return "–" if self.target is None else f"{sign} {number(self.target)} {self.unit}"

    @property
    def mark(self) -> str:
        """Say whether the target is reached; nothing where there is none."""
        if self.target is None:
            return ""
        is_met = self.value >= self.target if self.is_at_least else self.value <= self.target
        return "met" if is_met else "MISSED"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def p50(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return percentile(values, 0.95)


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile."""
    return percentile(values, 0.99)


def each(
    runs: Sequence[Sequence[float]], of: Callable[[Sequence[float]], float]
) -> tuple[float, ...]:
    """Return one value for each run."""
    return tuple(of(run) for run in runs)


def number(value: float) -> str:
    """Return a number with three figures or so."""
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def noise(runs: Sequence[float]) -> str:
    """Return the least and the most of the runs."""
    return f"{number(min(runs))}–{number(max(runs))}"


def table(title: str, figures: Sequence[Figure]) -> str:
    """Return figures as lines of a Markdown table."""
    rows = [
        f"| {f.what} | {number(f.value)} {f.unit} | {f.wanted} | {f.beside} |"
        f" {number(f.ratio) + ' ×' if f.ratio is not None else ''} | {noise(f.runs)} | {f.mark} |"
        for f in figures
    ]
    head = (
        "| what | measured | target | beside it, in the same runs | ratio | min–max | |\n"
        "|---|---|---|---|---|---|---|"
    )
    return f"### {title}\n\n{head}\n" + "\n".join(rows) + "\n"
