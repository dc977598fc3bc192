"""What Rasa tells an action about the visitor's message, and the edge of every action."""

from __future__ import annotations

import logging
import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.knowledge import Knowledge, load_knowledge
from bot.messages import ANSWERS, LANGUAGES, RIGHTS, SITUATIONS, SPEECHES, TAPS, Button, Reply, Tap
from bot.redflags.assessment import Assessment
from bot.story import Story, Telling
from bot.story.heeding import heeded
from bot.story.questions import Questions, load_questions
from bot.story.topics import NEAR_TOPICS, TOPIC
from bot.story.wording import asks

SHORT_TEXT = 60
"""Characters of a message that may be a bare answer to a question."""

DATA_VARIABLE = "KAROGS_NLU_DATA"
LISTS_VARIABLE = "KAROGS_LICENCES"
SLOT_PREFIX = "check_"
"""The form's slots are the questions of the guided check with this before their names."""

_HEARD_PARTS = 2
"""The slot `check_heard` holds the number of a message and the signal of what the form understood in it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Turn:
    """
    The visitor's latest message.

    `story` is that of the offer that the conversation is about, with this message, whose number is `seq`; `assessment`
    is None and `text` empty when a button was pressed, whose payload without its slash is `button`. `topic` is the
    situation or the right that it is about, `near` those that it may be about as well, the likeliest first. `speech` is
    the language that they are answered in, or its easy form. `requested` is the open question of the guided check,
    `asked_in_form` the slot that any form asks for, `slots` what Rasa knows of all of them. `was_asked` says whether
    they were asked to paste the offer, `is_fresh` whether nothing answered them yet.
    """

    language: str
    text: str
    intent: str
    assessment: Assessment | None
    story: Story
    seq: int = 1
    tap: Tap | None = None
    speech: str = LANGUAGES[0]
    button: str | None = None
    topic: str | None = None
    near: tuple[str, ...] = ()
    requested: str | None = None
    asked_in_form: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    was_asked: bool = False
    is_fresh: bool = True

    @classmethod
    def of(cls, tracker: Tracker, questions: Questions) -> Turn:
        """The turn that Rasa's tracker ends with; an answer that the form just understood is in its story."""
        message = tracker.latest_message
        heard = message.get("metadata") or {}
        language, assessment = heard.get("language"), heard.get("assessment")
        language = language if language in LANGUAGES else LANGUAGES[0]
        speech = heard.get("speech")
        button = message.get("button")
        requested = (tracker.slots.get("requested_slot") or "").removeprefix(SLOT_PREFIX)
        return cls(
            language=language,
            speech=speech if speech in SPEECHES else language,
            button=button,
            topic=_topic(button, message),
            near=() if button else tuple(message.get(NEAR_TOPICS) or ()),
            asked_in_form=tracker.slots.get("requested_slot"),
            text="" if button else message.get("text") or "",
            intent=(message.get("intent") or {}).get("name") or "",
            assessment=Assessment.from_json(assessment) if assessment else None,
            story=_story(heard, tracker.slots.get("check_heard") or (), questions).of_last_offer,
            seq=heard.get("seq") or 1,
            tap=TAPS.get(f"/{button}"),
            requested=requested if requested in ANSWERS else None,
            slots=dict(tracker.slots),
            was_asked=bool(tracker.slots.get("offer_asked")),
            is_fresh=_is_fresh(tracker.events),
        )

    @property
    def asks(self) -> bool:
        """Whether the message holds a question."""
        return asks(self.text)

    @property
    def before(self) -> Story:
        """The story without this message."""
        return self.story.until(self.seq)

    @property
    def telling(self) -> Telling:
        """What this message added."""
        return self.story.telling(self.seq) or Telling(self.seq, self.language)

    def told(self, telling: Telling) -> Story:
        """The story in which this message has another telling."""
        return self.story.hearing(telling)


@dataclass(frozen=True)
class Answer:
    """What an action says, what it asks the gateway to do, and the events it leaves in Rasa's tracker."""

    replies: Sequence[Reply] = ()
    events: Sequence[dict[str, Any]] = field(default_factory=tuple)
    signals: Sequence[str] = ()


@lru_cache(maxsize=1)
def shared_knowledge() -> Knowledge:
    """The knowledge of this process, loaded once. Raises KnowledgeError."""
    return load_knowledge(data_folder())


@lru_cache(maxsize=1)
def shared_questions() -> Questions:
    """The questions of the guided check, loaded once. Raises QuestionsError."""
    return load_questions(data_folder())


class KnowingAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk has no types
    """
    An action that answers from knowledge. Subclasses give `name` and `answer`.

    Made only where all data can be read: raises KnowledgeError, QuestionsError.
    """

    def __init__(self, knowledge: Knowledge | None = None, questions: Questions | None = None) -> None:
        self.knowledge = knowledge or shared_knowledge()
        self.questions = questions or shared_questions()

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    @abstractmethod
    def answer(self, turn: Turn) -> Answer:
        """What to say in this turn."""

    def choice_of(self, turn: Turn, topics: Iterable[str]) -> list[Button]:
        """A button for each situation or right."""
        named = [self.knowledge.topic(turn.speech, topic) for topic in topics]
        return [Button(one.title, f"/{'right' if one.id in RIGHTS else 'situation'}_{one.id}") for one in named]

    def did_you_mean(self, turn: Turn) -> Reply:
        """What the message may be about, to choose from; where nothing is near, that there is no sure answer."""
        if not turn.near:
            return self.knowledge.reply(turn.speech, "utter_no_answer")
        asked = self.knowledge.reply(turn.speech, "utter_did_you_mean")
        return Reply(asked.text, (*self.choice_of(turn, turn.near), *asked.buttons))

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Says the answer. A failure says nothing: the gateway takes silence for one and gives the numbers itself."""
        try:
            answer = self.answer(Turn.of(tracker, self.questions))
        except Exception as error:  # the edge: rasa-sdk would answer with the visitor's words in the error
            _log.error("%s failed: %s", type(self).__name__, type(error).__name__)
            return []
        for reply in answer.replies:
            dispatcher.utter_message(text=reply.text, buttons=[vars(button).copy() for button in reply.buttons])
        for signal in answer.signals:
            dispatcher.utter_message(json_message={"signal": signal})
        return list(answer.events)


def data_folder() -> Path:
    """The folder nlu_data."""
    return Path(os.environ.get(DATA_VARIABLE, "nlu_data"))


def lists_file() -> Path | None:
    """The file with the public lists; None where no list was imported."""
    path = os.environ.get(LISTS_VARIABLE)
    return Path(path) if path else None


def _topic(button: str | None, message: Mapping[str, Any]) -> str | None:
    """What was tapped in a list of topics, else what `IntentGate` found in the text."""
    tapped = (button or "").removeprefix("situation_").removeprefix("right_")
    topic = tapped if button else message.get(TOPIC)
    return topic if topic in SITUATIONS or topic in RIGHTS else None


def _story(heard: Mapping[str, Any], understood: Sequence[Any], questions: Questions) -> Story:
    story = Story.from_json(heard.get("story") or ())
    seq = heard.get("seq")
    if len(understood) != _HEARD_PARTS or understood[0] != seq:
        return story
    telling = story.telling(seq) or Telling(seq, heard["language"])
    return story.hearing(heeded(telling, (str(understood[1]),), questions))


def _is_fresh(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether at most one action (the form itself, which asks) has run since the visitor's message."""
    ran = 0
    for event in reversed(events):
        if event.get("event") == "user":
            break
        ran += event.get("event") == "action"
    return ran <= 1
