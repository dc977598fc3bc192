"""
The story that the gateway goes on with, sealed to the route key: flag ids, offsets and numbers, no words.

The console does not open it. It makes the same story from what is kept, under its own key, with each message.
"""

from __future__ import annotations

import logging

from bot.conversation.body import pack, unpack
from bot.conversation.errors import Unreadable
from bot.conversation.models import Conversation
from bot.conversation.sealing import Place
from bot.conversation.vault import GatewayVault
from bot.story import Story

logger = logging.getLogger(__name__)


def story_of(vault: GatewayVault, conversation: Conversation) -> Story:
    """The story so far; an empty one when there is none or it does not open with this key."""
    if conversation.story is None:
        return Story()
    try:
        return Story.from_json(unpack(vault.open(conversation.story, _place(conversation.id)))["tellings"])
    except Unreadable:
        logger.error("a story does not open: is route.key the key of this database?")
        return Story()


def keep_story(vault: GatewayVault, conversation: Conversation, story: Story) -> None:
    """Puts the story in the place of the one before; the conversation must be locked."""
    conversation.story = vault.seal(pack({"tellings": story.as_json()}), _place(conversation.id))


def _place(conversation_id: str) -> Place:
    return Place("conversation", "story", conversation_id, conversation_id)
