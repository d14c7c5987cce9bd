"""The command's own reading of a plain start; everything else goes to the tools' parser."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ui.cli import window_options


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["--training"], {"--training": "yes"}),
        (["--data", "till", "--config=keys"], {"--data": "till", "--config": "keys"}),
    ],
)
def test_a_plain_start_needs_no_parser(arguments: list[str], options: dict[str, str]) -> None:
    assert window_options(arguments) == options


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["doctor"], ["--data", "till", "verify"], ["--data"], ["--training=1"]],
)
def test_whatever_else_is_asked_for_goes_to_the_parser(arguments: list[str]) -> None:
    assert window_options(arguments) is None


def test_the_window_starts_without_the_tools_parser() -> None:
    look = "import sys, ui.cli, ui.app; sys.exit('typer' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0
