"""A server at head office has no screen: the hub runs where there is no Qt at all."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import ssl
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.sync.hub.serving import HANG_GUARD_S

ROOT = Path(__file__).parents[3]
OF_QT = ("PySide6", "shiboken6", "pyside6", "pytestqt", "pytest_qt")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the Python of an environment that has everything but Qt."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    packages = folder / "packages"
    packages.mkdir()
    for one in Path(sysconfig.get_path("purelib")).iterdir():
        if not one.name.startswith(OF_QT) and one.suffix != ".pth":
            (packages / one.name).symlink_to(one)
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = folder / "venv" / "lib" / version / "site-packages"
    (own / "echoppe.pth").write_text(f"{packages}\n{ROOT}\n", encoding="utf-8")
    return folder / "venv" / "bin" / "python"


def hub(python: Path, *arguments: str | Path) -> list[str]:
    program = "from sync.hub.cli import main; main()"
    return [str(python), "-c", program, *(str(one) for one in arguments)]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_there_is_no_qt_in_this_environment(python: Path) -> None:
    tried = subprocess.run(
        [python, "-c", "import PySide6"],
        capture_output=True,
        check=False,
        text=True,
        env=environment(),
    )
    assert "ModuleNotFoundError" in tried.stderr


def test_a_hub_is_made_and_serves_without_qt(python: Path, tmp_path: Path) -> None:
    data = tmp_path / "hub"
    subprocess.run(
        hub(python, "init", "--data", data, "--owner", "Zoé", "--training"),
        input="a password that nobody guesses\n",
        text=True,
        check=True,
        capture_output=True,
        env=environment(),
    )
    process = subprocess.Popen(
        hub(python, "serve", "--data", data, "--port", "0", "--host", "127.0.0.1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    try:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], HANG_GUARD_S)[0], "it does not start"
        address = re.search(r"https://\S+", process.stdout.readline())
        assert address is not None
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with urlopen(f"{address[0]}/health", context=context, timeout=HANG_GUARD_S) as answer:  # noqa: S310 because it is ours
            assert json.load(answer)["ok"] is True
        with urlopen(f"{address[0]}/login", context=context, timeout=HANG_GUARD_S) as page:  # noqa: S310 because it is ours
            assert b"<form" in page.read()
        process.send_signal(signal.SIGTERM)
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=HANG_GUARD_S)
    assert process.returncode == 0, errors
