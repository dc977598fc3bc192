"""What Rasa tells an action about the visitor's message, and the edge of every action."""

from __future__ import annotations

import logging
import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.knowledge import Knowledge, load_knowledge
from bot.messages import LANGUAGES, Reply
from bot.redflags.assessment import Assessment

DATA_VARIABLE = "KAROGS_NLU_DATA"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Seen:
    """What this conversation has shown before: ids of red flags in the order of their first sight, and the risk."""

    flags: tuple[str, ...] = ()
    risk: str = "none"


@dataclass(frozen=True)
class Turn:
    """
    The visitor's latest message.

    `assessment` is None when they pressed a button; `was_asked` says whether they were asked to paste the offer.
    """

    language: str
    text: str
    assessment: Assessment | None
    seen: Seen
    was_asked: bool = False

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """The turn that Rasa's tracker ends with."""
        message = tracker.latest_message
        found = message.get("assessment")
        language = (message.get("metadata") or {}).get("language")
        return cls(
            language=language if language in LANGUAGES else LANGUAGES[0],
            text=message.get("text") or "",
            assessment=Assessment.from_json(found) if found else None,
            seen=Seen(tuple(tracker.get_slot("flags_seen") or ()), tracker.get_slot("risk_seen") or "none"),
            was_asked=bool(tracker.get_slot("offer_asked")),
        )


@dataclass(frozen=True)
class Answer:
    """What an action says, and the events it leaves in Rasa's tracker."""

    replies: Sequence[Reply] = ()
    events: Sequence[dict[str, Any]] = field(default_factory=tuple)


@lru_cache(maxsize=1)
def shared_knowledge() -> Knowledge:
    """The knowledge of this process, loaded once. Raises KnowledgeError."""
    return load_knowledge(Path(os.environ.get(DATA_VARIABLE, "nlu_data")))


class KnowingAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk has no types
    """An action that answers from knowledge. Subclasses give `name` and `answer`."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge or shared_knowledge()

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    @abstractmethod
    def answer(self, turn: Turn) -> Answer:
        """What to say in this turn."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says the answer. A failure says nothing: the gateway takes silence for one and gives the numbers itself."""
        try:
            answer = self.answer(Turn.of(tracker))
        except Exception as error:  # the edge: rasa-sdk would answer with the visitor's words in the error
            _log.error("%s failed: %s", type(self).__name__, type(error).__name__)
            return []
        for reply in answer.replies:
            dispatcher.utter_message(text=reply.text, buttons=[vars(button).copy() for button in reply.buttons])
        return list(answer.events)
