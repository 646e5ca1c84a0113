"""Alembic's entry: runs the steps on the connection that the caller hands over."""

from alembic import context

from kiosk.cache.schema import ledger_metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=ledger_metadata,
    transaction_per_migration=False,
)
context.run_migrations()
