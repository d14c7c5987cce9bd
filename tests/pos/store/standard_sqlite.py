"""A plug-in for pytest: as on a machine for which there is no newer SQLite.

python -m pytest -p tests.pos.store.standard_sqlite tests/pos/store
"""

from __future__ import annotations

import sys

assert "sqlite_utils" not in sys.modules, "it chooses its SQLite when it is imported"
sys.modules["pysqlite3"] = None  # type: ignore[assignment]  # importing it fails from here on
