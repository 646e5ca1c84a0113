"""Alembic's entry: runs the steps on the connection that the caller hands over."""

from alembic import context

from kiosk.backend.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
