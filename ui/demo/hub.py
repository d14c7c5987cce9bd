"""The demo's hub: the program `echoppe-hub` beside the tills, as a process of its own.

The till's program knows nothing of how a hub works.  So this starts the same commands that a person
would type, in a folder of the demo's, and reads what they say.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sync.enrolment_protocol import Invitation
from ui.demo import CATALOGUE, FESTIVAL, PICTURES, SELLER, STAND_CODE, STAND_NAME, TAX_CLASSES

OWNER, PASSWORD = "camille", "ventaraille-demo"
"""Of the demo's hub; printed, because nothing on it is worth a secret."""

NORTH_CODE, NORTH_NAME = "SN", "Scène Nord"
NORTH_PIECES = 4
MANAGER = "CAMILLE"
HOST = "127.0.0.1"
QUANTITY, PRICE = "Variant Inventory Qty", "Variant Price"

READY_MAX_S = 30
COMMAND_MAX_S = 60
_NEEDS = ("fastapi", "uvicorn", "sqlalchemy", "alembic", "jinja2")
_CALL = "from sync.hub.cli import main; main()"
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_ADDRESS = re.compile(r"https://\S+?(?=[\s.,]*$|\s)", re.MULTILINE)


class HubFailed(Exception):
    """A command of the hub did not do what it should; `args[0]` is what it said."""


def has_hub() -> bool:
    """Say whether the hub's libraries are installed here."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDS)


@dataclass(slots=True)
class DemoHub:
    """A hub in a folder, started and stopped."""

    folder: Path
    _process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """Return where tills and browsers find it."""
        return f"https://{HOST}:{self._port()}"

    @property
    def is_there(self) -> bool:
        """Say whether it was made."""
        return (self.folder / "ready").exists()

    @property
    def is_plugged(self) -> bool:
        """Say whether it runs."""
        return self._process is not None and self._process.poll() is None

    def make(self) -> None:
        """Make a training organisation with two stands and the demo's catalogue.

        Raises:
            HubFailed: a command said no.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        seller = self._file("seller.toml", _seller())
        self._run(
            *("init", "--owner", OWNER, "--training"),
            *("--seller", str(seller), "--name", FESTIVAL),
            typed=f"{PASSWORD}\n",
        )
        stands = self._file("stands.csv", f"stand,name\n{NORTH_CODE},{NORTH_NAME}\n")
        self._run("import", "stands", str(stands))
        self.bring(CATALOGUE, STAND_CODE, "--pictures", str(PICTURES))
        self.bring(self._catalogue("north.csv", _north), NORTH_CODE)
        (self.folder / "ready").touch()

    def bring(self, catalogue: Path, stand: str = "", *more: str) -> None:
        """Bring the hub's catalogue up to date, as head office does.

        Raises:
            HubFailed: the file was refused.
        """
        classes = [f"--tax-class={name}={tax}" for name, tax in TAX_CLASSES.items()]
        of_stand = ("--stand", stand) if stand else ()
        self._run("import", "products", str(catalogue), *of_stand, *classes, *more)

    def change_price(self, name: str, price: str) -> None:
        """Let head office change the prices of a product, in a file as a shop exports it.

        Raises:
            HubFailed: the file was refused.
        """
        with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
            handles = {row["Handle"] for row in csv.DictReader(file) if row["Title"] == name}

        def changed(row: dict[str, str]) -> dict[str, str]:
            return row | {PRICE: price} if row["Handle"] in handles and row[PRICE] else row

        self.bring(self._catalogue("changed.csv", changed))

    def plug_in(self) -> None:
        """Start it, and return once it answers.

        Raises:
            HubFailed: it did not start.
        """
        if self.is_plugged:
            return
        log = (self.folder / "serve.log").open("w", encoding="utf-8")
        with log:
            self._process = subprocess.Popen(
                [*_command(self.folder, "serve"), "--host", HOST, "--port", str(self._port())],
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
            )
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            raise HubFailed((self.folder / "serve.log").read_text(encoding="utf-8")[-500:])

    def pull_the_plug(self) -> None:
        """Stop it as a power cut does."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()

    def invite(self) -> Invitation:
        """Return a code for one more till at the demo's stand, as somebody would type it.

        Raises:
            HubFailed: the hub gave none.
        """
        said = self._run("enrol", "--stand", STAND_CODE)
        code, address = _CODE.search(said), _ADDRESS.search(said)
        if code is None or address is None:
            raise HubFailed(said)
        return Invitation(address=address.group(), fingerprint=b"", code=code.group(), expires_at=0)

    def _run(self, *words: str, typed: str = "") -> str:
        try:
            done = subprocess.run(
                _command(self.folder, *words),
                input=typed,
                capture_output=True,
                encoding="utf-8",
                timeout=COMMAND_MAX_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise HubFailed(str(error)) from error
        if done.returncode != 0:
            raise HubFailed((done.stderr or done.stdout).strip()[-500:])
        return done.stdout

    def _port(self) -> int:
        """Return the port that this demo's tills know; a free one, the first time."""
        kept = self.folder / "port.json"
        try:
            return int(json.loads(kept.read_text(encoding="ascii")))
        except (OSError, ValueError):
            with socket.socket() as free:
                free.bind((HOST, 0))
                port = int(free.getsockname()[1])
            kept.write_text(json.dumps(port), encoding="ascii")
            return port

    def _file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def _catalogue(self, name: str, change: Callable[[dict[str, str]], dict[str, str]]) -> Path:
        """Write the demo's catalogue with another content of its rows."""
        path = self.folder / name
        with (
            CATALOGUE.open(encoding="utf-8-sig", newline="") as source,
            path.open("w", encoding="utf-8", newline="") as target,
        ):
            rows = csv.DictReader(source)
            writer = csv.DictWriter(target, rows.fieldnames or ())
            writer.writeheader()
            writer.writerows(change(row) for row in rows)
        return path


def _north(row: dict[str, str]) -> dict[str, str]:
    """Let the other stand have what the demo's own has sold out, and nothing else."""
    if row.get(QUANTITY, "") == "":
        return row
    return row | {QUANTITY: str(NORTH_PIECES) if row[QUANTITY] == "0" else "0"}


def _command(folder: Path, *words: str) -> list[str]:
    split = 2 if words[0] == "import" else 1
    ours = [*words[:split], "--data", str(folder), *words[split:]]
    return [sys.executable, "-c", _CALL, *ours]


def _seller() -> str:
    """Return the demo's seller as the file that `echoppe-hub init` reads."""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in SELLER.items()]
    return "\n".join(
        (
            "[seller]",
            *lines,
            "[stand]",
            f'code = "{STAND_CODE}"',
            f'name = "{STAND_NAME}"',
            "[till]",
            'code = "1"',
            "[manager]",
            f'code = "{MANAGER}"',
            f'name = "{MANAGER.capitalize()}"',
            "",
        )
    )
