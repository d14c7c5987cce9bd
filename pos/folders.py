"""Where a till keeps its things.

The data folder may be copied, backed up and handed to an accountant.  The config folder holds
what makes this machine this till: keys, anchors, `till.toml`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Folders:
    """The two folders of a till."""

    data: Path
    config: Path

    @property
    def live(self) -> Path:
        """Return the database that sells."""
        return self.data / "till.db"

    @property
    def training(self) -> Path:
        """Return the database of training."""
        return self.data / "training.db"

    @property
    def pictures(self) -> Path:
        """Return the folder of product pictures, named by product id."""
        return self.data / "pictures"

    @property
    def set_aside(self) -> Path:
        """Return the folder of journals that could not be continued."""
        return self.data / "set-aside"

    @property
    def reports(self) -> Path:
        """Return the folder of crash reports."""
        return self.data / "reports"

    @property
    def keys(self) -> Path:
        """Return the folder of private keys."""
        return self.config / "keys"

    @property
    def anchors(self) -> Path:
        """Return the folder of anchors."""
        return self.config / "anchors"

    @property
    def settings(self) -> Path:
        """Return the file of device settings."""
        return self.config / "till.toml"

    def journals(self) -> list[Path]:
        """Return every database with a journal, the one that sells first."""
        current = [path for path in (self.live, self.training) if path.exists()]
        return current + sorted(self.set_aside.glob("*.db"))


def default_folders(data: Path | None = None, config: Path | None = None) -> Folders:
    """Return the folders to use: as given, else by environment, else the system's usual ones."""
    dirs = platformdirs.PlatformDirs("echoppe", appauthor=False)
    usual_data, usual_config = dirs.user_data_path, dirs.user_config_path
    if usual_data == usual_config:  # Windows and macOS: a copied data folder takes no key along
        usual_data, usual_config = usual_data / "data", usual_config / "config"
    return Folders(
        data=(data or Path(os.environ.get("ECHOPPE_DATA") or usual_data)).absolute(),
        config=(config or Path(os.environ.get("ECHOPPE_CONFIG") or usual_config)).absolute(),
    )
