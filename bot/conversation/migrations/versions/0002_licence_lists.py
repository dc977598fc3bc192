"""Public lists of licensed recruitment firms and companies"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def words(name: str, *members: str) -> sa.Enum:
    """A column of words that the database checks."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    op.create_table(
        "licence_list",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", words("kind", "licensed", "revoked", "register"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_list")),
    )
    op.create_index(
        "ix_licence_list_current",
        "licence_list",
        ["kind"],
        unique=True,
        sqlite_where=sa.text("current"),
        postgresql_where=sa.text("current"),
    )
    op.create_table(
        "licence_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column(
            "status",
            words("status", "listed", "suspended", "revoked", "registered", "struck_off"),
            nullable=False,
        ),
        sa.Column("registration", sa.String(length=11), nullable=True),
        sa.Column("licence", sa.String(length=200), nullable=True),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["list_id"], ["licence_list.id"], name=op.f("fk_licence_entry_list_id_licence_list"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_entry")),
    )
    op.create_index(op.f("ix_licence_entry_list_id"), "licence_entry", ["list_id"])


def downgrade() -> None:
    op.drop_table("licence_entry")
    op.drop_table("licence_list")
