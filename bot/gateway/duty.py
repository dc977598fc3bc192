"""What is said to somebody who asks for a person: that one will come, or honestly that nobody is there now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation import Frontdoor
from bot.knowledge import Knowledge
from bot.knowledge.hours import Hours, Schedule
from bot.messages import Reply, language_of

COUNTRY = "LV"
"""Operators keep the hours and the public holidays of Latvia."""


@dataclass(frozen=True)
class Duty:
    """`schedule` is when operators usually are there; None where nobody promised anything."""

    frontdoor: Frontdoor
    knowledge: Knowledge
    schedule: Schedule | None = None

    def waiting(self, spoken: str, *, is_child: bool = False) -> Reply:
        """The answer to the wish for a person at this moment; for a child with the children's line before all else."""
        if self.frontdoor.is_somebody_on_duty():
            reply = self.knowledge.reply(spoken, "system.waiting")
        else:
            reply = self.knowledge.reply(spoken, "system.waiting_nobody", duty=self._duty(spoken))
        if not is_child:
            return reply
        child = self.knowledge.reply(spoken, "utter_child").text
        return replace(reply, text=f"{child}\n\n{reply.text}")

    def _duty(self, spoken: str) -> str:
        if self.schedule is None or self.knowledge.clock is None:
            return self.knowledge.text(spoken, "system.duty_unknown")
        hours = Hours("set", {}, (self.schedule,))
        opening = self.knowledge.lines(language_of(spoken)).opening(hours, COUNTRY)
        return self.knowledge.text(spoken, "system.duty", opening=opening)
