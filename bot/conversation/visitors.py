"""How a visitor finds their conversation again: a web token's hash, or a Telegram chat's keyed hash."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.conversation.minute import minute_of
from bot.conversation.models import Conversation, TelegramChat, WebVisitor
from bot.conversation.outbox import chat_place
from bot.conversation.transition import new_id
from bot.conversation.vault import GatewayVault, VisitorVault
from bot.conversation.views import ConversationView
from bot.messages import Band, Channel, Route

CONSONANTS, VOWELS = "bdgklmnprstvz", "aeiou"


def new_alias() -> str:
    """A word without a meaning and two digits, like "Lamino 42": how operators call a conversation."""
    syllables = "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(3))
    return f"{syllables.capitalize()} {secrets.randbelow(90) + 10}"


def view_of(conversation: Conversation) -> ConversationView:
    return ConversationView(
        conversation.id,
        conversation.alias,
        conversation.route,
        conversation.language,
        conversation.channel,
        conversation.is_easy,
    )


def open_conversation(session: Session, channel: Channel, language: str | None, now: datetime) -> Conversation:
    """A new conversation with the assistant."""
    conversation = Conversation(
        id=new_id(),
        alias=new_alias(),
        channel=channel,
        language=language,
        route=Route.BOT,
        band=Band.GREY,
        bot_sender=new_id(),
        last_activity_at=minute_of(now),
    )
    session.add(conversation)
    session.flush()
    return conversation


def remember_web(session: Session, conversation: Conversation, visitor: VisitorVault) -> None:
    session.add(WebVisitor(conversation_id=conversation.id, token_hash=visitor.token_hash, public_key=visitor.public))


def remember_chat(session: Session, conversation: Conversation, vault: GatewayVault, chat_id: int) -> None:
    chat = vault.seal(str(chat_id).encode(), chat_place(conversation.id))
    session.add(TelegramChat(conversation_id=conversation.id, chat_hash=vault.chat_hash(chat_id), chat=chat))
    session.flush()


def find_web(session: Session, visitor: VisitorVault) -> Conversation | None:
    return session.scalar(select(Conversation).join(WebVisitor).where(WebVisitor.token_hash == visitor.token_hash))


def find_chat(session: Session, vault: GatewayVault, chat_id: int) -> Conversation | None:
    return session.scalar(
        select(Conversation).join(TelegramChat).where(TelegramChat.chat_hash == vault.chat_hash(chat_id))
    )
