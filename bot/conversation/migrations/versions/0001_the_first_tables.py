"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def words(name: str, *members: str, length: int = 20) -> sa.Enum:
    """A column of words that the database checks."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=length)


def upgrade() -> None:
    op.create_table(
        "closing_count",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("band", words("band", "red", "orange", "yellow", "grey"), nullable=False),
        sa.Column("channel", words("channel", "web", "telegram"), nullable=False),
        sa.Column("language", sa.String(length=7), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("week", "outcome", "band", "channel", "language", name=op.f("pk_closing_count")),
    )
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("alias", sa.String(length=20), nullable=False),
        sa.Column("channel", words("channel", "web", "telegram"), nullable=False),
        sa.Column("language", words("language", "lv", "ru", "uk", length=2), nullable=True),
        sa.Column("route", words("route", "bot", "waiting", "human", "closed"), nullable=False),
        sa.Column("band", words("band", "red", "orange", "yellow", "grey"), nullable=False),
        sa.Column("bot_sender", sa.String(length=32), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("operator_id", sa.String(length=32), nullable=True),
        sa.Column("claim_epoch", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("had_human", sa.Boolean(), nullable=False),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(route = 'human') = (lease_until IS NOT NULL)", name=op.f("ck_conversation_lease_while_human")
        ),
        sa.CheckConstraint(
            "(route = 'human') = (operator_id IS NOT NULL)", name=op.f("ck_conversation_operator_while_human")
        ),
        sa.CheckConstraint("route <> 'waiting' OR waiting_since IS NOT NULL", name=op.f("ck_conversation_waits_since")),
        sa.CheckConstraint(
            "route NOT IN ('bot', 'closed') OR waiting_since IS NULL", name=op.f("ck_conversation_waits_no_more")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_last_activity_at"), ["last_activity_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_conversation_route_lease_until"), ["route", "lease_until"], unique=False)

    op.create_table(
        "feed_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("kind", words("kind", "message", "route", "queue"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_event")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "operator",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("one_time", sa.Boolean(), nullable=False),
        sa.Column("switched_off", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operator")),
        sa.UniqueConstraint("login", name=op.f("uq_operator_login")),
    )
    op.create_table(
        "tombstone",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_tombstone")),
    )
    op.create_table(
        "band_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("source", words("source", "red", "orange", "yellow", "grey"), nullable=False),
        sa.Column("target", words("target", "red", "orange", "yellow", "grey"), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_band_change_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_band_change")),
    )
    with op.batch_alter_table("band_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_band_change_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "content_key",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recipient", words("recipient", "console", "visitor"), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_content_key_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "segment", "recipient", name=op.f("pk_content_key")),
    )
    op.create_table(
        "message",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sender", words("sender", "visitor", "assistant", "operator", "system"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin_hash", sa.String(length=64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("assessment", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "assessment IS NULL OR sender = 'visitor'", name=op.f("ck_message_only_visitors_are_assessed")
        ),
        sa.CheckConstraint("seq > 0", name=op.f("ck_message_seq")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_message_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_message")),
        sa.UniqueConstraint("conversation_id", "origin_hash", name=op.f("uq_message_conversation_id_origin_hash")),
    )
    op.create_table(
        "operator_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("operator_id", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operator.id"], name=op.f("fk_operator_session_operator_id_operator"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_operator_session")),
    )
    with op.batch_alter_table("operator_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_operator_session_operator_id"), ["operator_id"], unique=False)

    op.create_table(
        "routing_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("source", words("source", "bot", "waiting", "human", "closed"), nullable=False),
        sa.Column("target", words("target", "bot", "waiting", "human", "closed"), nullable=False),
        sa.Column(
            "event",
            words(
                "event",
                "asked_for_person",
                "went_on_alone",
                "taken",
                "released",
                "lease_ran_out",
                "returned_to_bot",
                "ended",
                "wrote_again",
            ),
            nullable=False,
        ),
        sa.Column("actor", words("actor", "visitor", "operator", "system"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_routing_event_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_event")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("routing_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_routing_event_conversation_id"), ["conversation_id"], unique=False)

    op.create_table(
        "telegram_chat",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("chat_hash", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_telegram_chat_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_telegram_chat")),
        sa.UniqueConstraint("chat_hash", name=op.f("uq_telegram_chat_chat_hash")),
    )
    op.create_table(
        "web_visitor",
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_web_visitor_conversation_id_conversation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_web_visitor")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_visitor_token_hash")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["message.conversation_id", "message.seq"],
            name=op.f("fk_inbox_conversation_id_seq_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("conversation_id", "seq", name=op.f("uq_inbox_conversation_id_seq")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("state", words("state", "queued", "sending", "sent", "failed"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("courier", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "(payload IS NULL) = (state IN ('sent', 'failed'))", name=op.f("ck_outbox_payload_until_done")
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id", "seq"],
            ["message.conversation_id", "message.seq"],
            name=op.f("fk_outbox_conversation_id_seq_message"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("conversation_id", "seq", name=op.f("uq_outbox_conversation_id_seq")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_open",
            ["conversation_id", "id"],
            unique=False,
            sqlite_where=sa.text("payload IS NOT NULL"),
            postgresql_where=sa.text("payload IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_open",
            sqlite_where=sa.text("payload IS NOT NULL"),
            postgresql_where=sa.text("payload IS NOT NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("inbox")
    op.drop_table("web_visitor")
    op.drop_table("telegram_chat")
    with op.batch_alter_table("routing_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_routing_event_conversation_id"))

    op.drop_table("routing_event")
    with op.batch_alter_table("operator_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operator_session_operator_id"))

    op.drop_table("operator_session")
    op.drop_table("message")
    op.drop_table("content_key")
    with op.batch_alter_table("band_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_band_change_conversation_id"))

    op.drop_table("band_change")
    op.drop_table("tombstone")
    op.drop_table("operator")
    op.drop_table("feed_event")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_route_lease_until"))
        batch_op.drop_index(batch_op.f("ix_conversation_last_activity_at"))

    op.drop_table("conversation")
    op.drop_table("closing_count")
