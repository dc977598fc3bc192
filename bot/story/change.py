"""What a message changed in the story: the reason to say "that changes it"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.redflags.assessment import RISKS
from bot.story.story import Story


@dataclass(frozen=True)
class Change:
    """
    The difference between two states of a story.

    `raised` and `dropped` are flags that stand now and did not, or the other way round; `before` and `after` the risk.
    """

    before: str
    after: str
    raised: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    @classmethod
    def between(cls, before: Story, after: Story) -> Change:
        """The change from one story to the next."""
        raised = tuple(flag for flag in after.signs if flag not in before.signs)
        dropped = tuple(flag for flag in before.signs if flag not in after.signs)
        return cls(before.risk, after.risk, raised, dropped)

    @property
    def is_up(self) -> bool:
        """Whether it looks more dangerous now."""
        return RISKS.index(self.after) > RISKS.index(self.before)

    @property
    def is_down(self) -> bool:
        """Whether it looks less dangerous now."""
        return RISKS.index(self.after) < RISKS.index(self.before)

    @property
    def is_any(self) -> bool:
        """Whether there is anything to tell."""
        return self.before != self.after or bool(self.raised or self.dropped)
