"""What Alembic runs around the steps: in the transaction that the hub began, with its lock."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
