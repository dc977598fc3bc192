"""What helps now in the situation that somebody tells of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.numbers import caller_in, numbers_for, remembered
from actions.pages import paragraphs
from actions.turn import Answer, KnowingAction, Turn, data_folder
from bot.messages import SITUATIONS, Button, Reply

FILE = "dialogue/situations.yml"

NEXT_HOUR = "next_hour"


class Situation(KnowingAction):
    """The advice for a situation, whom to call about it, and the offer of a person."""

    def name(self) -> str:
        return "action_situation"

    @property
    def situations(self) -> Mapping[str, Mapping[str, Any]]:
        """What follows the advice for each situation."""
        return load_situations(data_folder())

    def answer(self, turn: Turn) -> Answer:
        """One reply, for the situation that was tapped or named; for none of them, what to do in the next hour."""
        tapped = (turn.button or "").removeprefix("situation_")
        named = tapped if tapped in SITUATIONS else self.topics.named_in(turn.text)
        reply = self.told(turn, named if named in SITUATIONS else NEXT_HOUR)
        return Answer([reply], remembered(caller_in(turn, self.knowledge.directory)))

    def shown(self, flags: Sequence[str]) -> str | None:
        """The situation that the first of these flags which means one stands for."""
        meant = {flag: name for name, meaning in self.situations.items() for flag in meaning.get("flags") or ()}
        return next((meant[flag] for flag in flags if flag in meant), None)

    def told(self, turn: Turn, situation: str) -> Reply:
        """The reply for one situation."""
        meaning = self.situations[situation]
        offer = self.knowledge.reply(turn.speech, "utter_offer_person")
        text = paragraphs(
            self.knowledge.topic(turn.speech, situation).text,
            self._numbers(turn, meaning.get("need")),
            offer.text,
        )
        return Reply(text, (offer.buttons[0], *self._others(turn, meaning.get("next") or ())))

    def _numbers(self, turn: Turn, need: str | None) -> str:
        """Of the country where they are, if they say so and it is not Latvia; else those that the situation needs."""
        caller = caller_in(turn, self.knowledge.directory)
        if caller.is_abroad:
            return paragraphs(*numbers_for(caller, self.knowledge.lines(turn.language)))
        return self.knowledge.numbers_block(turn.speech, need) if need else ""

    def _others(self, turn: Turn, situations: Sequence[str]) -> list[Button]:
        topics = [self.knowledge.topic(turn.speech, situation) for situation in situations]
        return [Button(topic.title, f"/situation_{topic.id}") for topic in topics]


@lru_cache(maxsize=1)
def load_situations(root: Path) -> Mapping[str, Mapping[str, Any]]:
    """For each situation the `need` of its numbers, those that may come `next`, and the `flags` that show it."""
    content: dict[str, dict[str, Any]] = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    if tuple(content) != SITUATIONS:
        raise ValueError(f"{FILE}: must hold {', '.join(SITUATIONS)} in this order")
    return content
