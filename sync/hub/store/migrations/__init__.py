"""The steps that bring a hub's database from any version up to this one, run by Alembic.

A step that was released is never changed and imports nothing from the program.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


class HubTooNew(Exception):
    """A newer version of the program made this database; it was left as it is."""

    def __init__(self, revision: str) -> None:
        super().__init__(revision)
        self.revision = revision


def migrate(connection: Connection) -> None:
    """Bring the schema up to this version, inside the caller's transaction and lock.

    Raises:
        HubTooNew: it has a step that this version does not know.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    steps = ScriptDirectory.from_config(config)
    known = {step.revision for step in steps.walk_revisions()}
    applied = MigrationContext.configure(connection).get_current_heads()
    for revision in applied:
        if revision not in known:
            raise HubTooNew(revision)
    if set(applied) != set(steps.get_heads()):
        command.upgrade(config, "head")
