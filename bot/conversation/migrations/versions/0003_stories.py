"""The story of a conversation, and what each message added to it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("story", sa.LargeBinary(), nullable=True))
    op.add_column("message", sa.Column("telling", sa.LargeBinary(), nullable=True))
