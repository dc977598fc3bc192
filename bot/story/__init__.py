"""
Several messages are one story: what a conversation has shown so far, from which message, and what was corrected.

Pure, without words of the visitor: ids, offsets and numbers. `bot.story.listening` alone needs the engine.
"""

from bot.story.change import Change
from bot.story.story import Evidence, Story
from bot.story.telling import Fact, Mark, Telling, Voice

__all__ = ["Change", "Evidence", "Fact", "Mark", "Story", "Telling", "Voice"]
