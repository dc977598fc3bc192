"""The first words in an emergency: the gateway's own, said at once and without the assistant."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.knowledge.guide import Caller, caller_of, doors
from bot.messages import Reply, language_of
from bot.redflags import Assessment
from bot.story import Story
from bot.story.topics import Topics

CRISIS = "suicide"

NEEDED_IN_A_HURRY = ("emergency", "police", "home")
"""The doors of somebody abroad that fit on a screen."""


@dataclass(frozen=True)
class Alarm:
    """Chooses the words by who is in danger, and where. `topics` know by phrases who does not want to live."""

    knowledge: Knowledge
    topics: Topics

    def reply(self, spoken: str, text: str, before: Story, assessment: Assessment) -> Reply:
        """The words to the message `text` after the story `before`, in the speech `spoken`; short the second time."""
        if assessment.kind == "third_party":
            return self._said(spoken, "emergency_again" if before.emergency else "emergency_other")
        if self.topics.named_in(text) == CRISIS:
            return self._said(spoken, "emergency_crisis")
        if before.emergency:
            return self._said(spoken, "emergency_again")
        caller = caller_of(text, language_of(spoken), self.knowledge.directory, is_in_trouble=True)
        if caller.is_abroad:
            return self._said(spoken, "emergency_abroad", numbers=self._numbers_there(caller))
        return self._said(spoken, "emergency")

    def _numbers_there(self, caller: Caller) -> str:
        """The emergency number and the police of that country, and the consul; not more in a hurry."""
        lines = self.knowledge.lines(caller.language)
        wanted = {door.need: door.entries for door in doors(caller, lines) if door.need in NEEDED_IN_A_HURRY}
        entries = {entry.id: entry for found in wanted.values() for entry in found}
        unknown = "" if "emergency" in wanted else f"{lines.directory.words['local_emergency'][lines.language]}\n"
        return f"{unknown}{lines.block(list(entries.values()))}"

    def _said(self, spoken: str, name: str, **values: object) -> Reply:
        return self.knowledge.reply(spoken, f"system.{name}", **values)
