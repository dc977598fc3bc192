"""Runs the steps on the connection that `bot.conversation.database.migrate` has opened, in its transaction."""

from __future__ import annotations

from alembic import context

from bot.conversation.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
