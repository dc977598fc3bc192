"""The first words in an emergency: the gateway's own, said at once and without the assistant."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.knowledge import Knowledge
from bot.knowledge.guide import Caller, caller_of, doors
from bot.messages import Reply, language_of
from bot.redflags import Assessment
from bot.story import Story
from bot.story.story import HARM
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
        """
        The words to the message `text` after the story `before`, in the speech `spoken`; short the second time.

        Latvian numbers are left out only for who says in so many words that they are in another country. A country that
        is named otherwise may be where somebody comes from, or is to be taken: its lines are added.
        """
        if assessment.kind == "third_party":
            return self._said(spoken, "emergency_again" if before.emergency else "emergency_other")
        caller = caller_of(text, language_of(spoken), self.knowledge.directory)
        is_harmed = any(flag.id in HARM for flag in assessment.flags)
        if self.topics.named_in(text) == CRISIS and not is_harmed:
            crisis = self._said(spoken, "emergency_crisis")
            return _with(crisis, self._numbers_there(caller)) if caller.is_abroad else crisis
        if before.emergency:
            return self._said(spoken, "emergency_again")
        if caller.is_abroad:
            return self._said(spoken, "emergency_abroad", numbers=self._numbers_there(caller))
        return _with(self._said(spoken, "emergency"), self._lines_named(caller))

    def _numbers_there(self, caller: Caller) -> str:
        """The emergency number and the police of that country, and the consul; not more in a hurry."""
        lines = self.knowledge.lines(caller.language)
        wanted = {door.need: door.entries for door in doors(caller, lines) if door.need in NEEDED_IN_A_HURRY}
        entries = {entry.id: entry for found in wanted.values() for entry in found}
        unknown = "" if "emergency" in wanted else f"{lines.directory.words['local_emergency'][lines.language]}\n"
        return f"{unknown}{lines.block(list(entries.values()))}"

    def _lines_named(self, caller: Caller) -> str:
        """The lines of the one country that was named, under its name; not those that answer in Ukraine alone."""
        lines = self.knowledge.lines(caller.language)
        found = [door for door in doors(caller, lines) if door.need == "there" and door.country != "UA"]
        if len(found) != 1:
            return ""
        return f"{found[0].title(lines)}:\n{lines.block(found[0].entries)}"

    def _said(self, spoken: str, name: str, **values: object) -> Reply:
        return self.knowledge.reply(spoken, f"system.{name}", **values)


def _with(reply: Reply, more: str) -> Reply:
    return replace(reply, text=f"{reply.text}\n\n{more}") if more else reply
