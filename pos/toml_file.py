"""Files that people write by hand: read as TOML, and what is wrong named by its place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pos.errors import BadConfiguration

_PLACE = re.compile(r"at line (\d+), column (\d+)")


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a file says.

    Raises:
        FileNotFoundError: there is no such file.
        BadConfiguration: it is not UTF-8 (`encoding`), not TOML (`syntax`, with the place as
            `line:column`) or cannot be read (`unreadable`).
    """
    try:
        # Editors of Windows put a mark before the text, which TOML does not know.
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BadConfiguration(path, (("", "unreadable"),)) from error
    except UnicodeDecodeError as error:
        raise BadConfiguration(path, (("", "encoding"),)) from error
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        place = ":".join(found.groups()) if found else ""
        raise BadConfiguration(path, ((place, "syntax"),)) from error
