"""Is this firm licensed? What the public lists say of the companies that a message names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from rasa_sdk.events import SlotSet

from actions.pages import paragraphs
from actions.turn import Answer, KnowingAction, Turn, data_folder, lists_file, shared_knowledge
from bot.knowledge import Knowledge
from bot.licences.findings import findings_in
from bot.licences.listing import Kind
from bot.licences.published import PublishedLists
from bot.licences.rules import Rules, load_rules
from bot.licences.vocabulary import load_vocabulary
from bot.licences.wording import Wording
from bot.messages import Reply

MISS = "nlu_fallback"

_RIGA = ZoneInfo("Europe/Riga")


@dataclass(frozen=True)
class LicenceCheck:
    """The lists and the words about them. `clock` gives the present moment, with its zone."""

    knowledge: Knowledge
    rules: Rules
    lists: PublishedLists
    clock: Callable[[], datetime]

    @property
    def has_list(self) -> bool:
        """Whether any public list was imported."""
        return any(self.lists.info(kind) for kind in Kind)

    def without_list(self, speech: str) -> str:
        """That there is no list to look in, and where it is."""
        address = self.knowledge.text(speech, "licences.look_yourself", address=self.rules.public_search)
        return paragraphs(self.knowledge.text(speech, "licences.no_list_yet"), address)

    def told(self, turn: Turn, *, is_question: bool = False, is_name: bool = False) -> str:
        """What the lists say of the companies in the message; empty when it names none."""
        today = self.clock().astimezone(_RIGA).date()
        findings = findings_in(turn.text, self.lists, today, is_question=is_question, is_name=is_name)
        named = self.knowledge.directory.named_countries(turn.text)
        return Wording(self.knowledge, self.rules, turn.speech, today, named).told(findings) if findings else ""

    def reply(self, turn: Turn) -> Reply | None:
        """The same under a heading, to stand beside the explanation of an offer; None when it names no company."""
        told = self.told(turn)
        heading = self.knowledge.text(turn.speech, "licences.heading")
        return Reply(paragraphs(heading, told)) if told else None


@lru_cache(maxsize=1)
def shared_licence_check(clock: Callable[[], datetime]) -> LicenceCheck:
    """The licence check of this process, its words loaded once. Raises KnowledgeError."""
    lists = PublishedLists(lists_file(), load_vocabulary(data_folder()))
    return LicenceCheck(shared_knowledge(), load_rules(data_folder()), lists, clock)


class Licences(KnowingAction):
    """Answers whether a company is on the lists; asks for its name where the question has none."""

    def __init__(self, check: LicenceCheck) -> None:
        super().__init__(check.knowledge)
        self._check = check

    def name(self) -> str:
        return "action_licences"

    def answer(self, turn: Turn) -> Answer:
        """
        What the lists say, with the offer of a person; or the question for the name, where there is a list.

        What is not understood after an answer and names no company is a miss, after which a person is offered.
        """
        was_asked = bool(turn.slots.get("licence_name_asked"))
        told = self._check.told(turn, is_question=True, is_name=was_asked)
        if told:
            buttons = self.knowledge.reply(turn.speech, "utter_offer_person").buttons
            return Answer([Reply(told, buttons)], [SlotSet("licence_name_asked", False)])
        is_miss = turn.intent == MISS
        if not is_miss and not self._check.has_list:
            return Answer([Reply(self._check.without_list(turn.speech))], [SlotSet("licence_name_asked", False)])
        asking = Reply(self.knowledge.text(turn.speech, "licences.ask_name"))
        reply = self.knowledge.reply(turn.speech, "utter_fallback_person") if is_miss else asking
        return Answer([reply], [SlotSet("licence_name_asked", not is_miss)])
