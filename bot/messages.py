"""The values that cross a boundary between processes and packages. Nothing here imports the project."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("lv", "ru", "uk")
"""The languages that visitors are answered in, the first one being the default."""

EASY_LANGUAGES = {language: f"{language}-easy" for language in LANGUAGES}
"""The easy form of each language: short sentences, plain words."""

SPEECHES = (*LANGUAGES, *EASY_LANGUAGES.values())
"""All that a visitor may be spoken to in."""

TEXT_LIMIT = 4_000
"""Characters of one visitor's message; longer ones are refused at the edge (Telegram's own limit is 4,096)."""


def speech(language: str, *, is_easy: bool) -> str:
    """A language, or its easy form."""
    return EASY_LANGUAGES[language] if is_easy else language


def language_of(speech: str) -> str:
    """The language of a speech: that of its easy form, too."""
    return speech.removesuffix("-easy")


class Route(str, enum.Enum):
    """Who answers the visitor now."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"
    CLOSED = "closed"


class Channel(str, enum.Enum):
    """Where the visitor writes."""

    WEB = "web"
    TELEGRAM = "telegram"


class Sender(str, enum.Enum):
    """Who said a message."""

    VISITOR = "visitor"
    ASSISTANT = "assistant"
    OPERATOR = "operator"
    SYSTEM = "system"


class Band(str, enum.Enum):
    """How soon a person must look, most urgent first."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREY = "grey"


class GatewayPayload(str, enum.Enum):
    """Buttons that the gateway carries out itself."""

    PERSON = "/person"
    ALONE = "/alone"
    DELETE = "/delete"
    KEEP = "/keep"
    LATVIAN = "/lv"
    RUSSIAN = "/ru"
    UKRAINIAN = "/uk"
    EASY = "/easy"
    ORDINARY = "/ordinary"


class IntentPayload(str, enum.Enum):
    """Buttons that go to the assistant as the intent of the same name."""

    CHECK_OFFER = "/check_offer"
    ASK_NUMBER = "/ask_number"
    ASK_RIGHTS = "/ask_rights"
    IN_TROUBLE = "/in_trouble"
    DELETE_DATA = "/delete_data"
    IS_IT_ANONYMOUS = "/is_it_anonymous"
    HELP = "/help"
    AFFIRM = "/affirm"
    DENY = "/deny"
    GUIDED_CHECK = "/guided_check"
    ASK_BACK = "/ask_back"
    THEIR_ANSWER = "/their_answer"
    SKIP = "/skip"
    STOP_CHECK = "/stop_check"
    CORRECT = "/correct"
    SELF_CHECK = "/self_check"
    STORIES = "/stories"
    WORRIED_ABOUT_SOMEONE = "/worried_about_someone"


ANSWERS: Mapping[str, tuple[str, ...]] = {
    "stage": ("before", "there"),
    "leave": ("free", "held"),
    "documents": ("kept", "copies", "taken"),
    "money": ("none", "upfront", "debt", "send"),
    "contract": ("read", "later", "none"),
    "employer": ("known", "unknown"),
    "travel": ("own", "address", "unknown"),
    "circle": ("told", "untold", "secret"),
    "age": ("adult", "minor"),
}
"""The questions of the guided check in the order in which they are asked, each with the answers that it knows."""


@dataclass(frozen=True)
class Tap:
    """A button of the guided check: an answer to a question, or (`answer` None) the wish to answer it anew."""

    question: str
    answer: str | None

    @property
    def payload(self) -> str:
        """`/answer_contract_none`, `/change_contract`."""
        return f"/change_{self.question}" if self.answer is None else f"/answer_{self.question}_{self.answer}"


TAPS: Mapping[str, Tap] = {
    tap.payload: tap
    for question, answers in ANSWERS.items()
    for tap in (Tap(question, None), *(Tap(question, answer) for answer in answers))
}
"""The taps of the guided check by their payloads."""

RIGHTS = (
    "help_without_police", "anonymous_advice", "service_180", "after_help", "way_home", "compensation",
    "court_support", "consent_does_not_matter", "forced_to_break_law", "reflection_three_days", "written_contract",
    "minimum_wage", "agency_licence", "before_leaving",
)  # fmt: skip
"""What a person has a right to, each a question with its answer."""

TROUBLES = (
    "next_hour", "watched", "suicide", "child", "friend", "afraid_of_police", "afraid_of_status", "no_papers_abroad",
    "unpaid_wages", "debt", "documents_kept", "sham_marriage_before", "sham_marriage_now", "blackmail_images",
    "paid_already", "sent_documents", "far_partner", "refugee_lodging", "refugee_ride", "temporary_protection",
)  # fmt: skip
"""What a person may be in the middle of."""

CONCERNS = (
    "may_i_go", "is_usual", "passport_photo", "friend_is_happy", "name_given", "no_work_there", "lodging_deducted",
    "deposit_for_room", "fee_for_job", "borrow_for_job", "trial_period", "hours_and_rest", "visa_or_permit",
    "hostess_work", "account_in_my_name", "online_job", "how_to_refuse", "need_money", "partner_pressure",
    "he_may_be_kind", "leave_partner", "talk_to_them", "they_go_anyway", "no_contact", "adult_decides", "ransom",
    "harm_by_telling", "where_to_go", "where_am_i", "cannot_speak", "language_of_lines", "no_calls",
    "how_to_report", "fear_for_children", "money_back", "what_is_trafficking", "who_is_behind", "will_you_tell",
    "cannot_read", "my_choice_of_work",
)  # fmt: skip
"""What people ask next: about the offer, a partner, somebody else, getting out, and us."""

SITUATIONS = (*TROUBLES, *CONCERNS)
"""What is answered with what helps now."""

STORIES = (
    "labour", "sexual", "sham_marriage", "forced_criminality", "forced_begging", "document_fraud", "servitude", "child",
)  # fmt: skip
"""A short invented story for each form of exploitation that has been described in Latvia."""

CHOICES: Mapping[str, str] = {
    **{f"/right_{right}": "ask_rights" for right in RIGHTS},
    **{f"/situation_{situation}": "situation" for situation in SITUATIONS},
    **{f"/story_{story}": "stories" for story in STORIES},
    **{f"/signs_{story}": "stories" for story in STORIES},
}
"""Buttons that choose something out of a list, with the intent that each is of."""

ASSISTANT_PAYLOADS = frozenset(payload.value for payload in IntentPayload) | TAPS.keys() | CHOICES.keys()
"""What is sent to the assistant, without its slash, as a button that was pressed."""

PAYLOADS = frozenset(payload.value for payload in GatewayPayload) | ASSISTANT_PAYLOADS
"""Every payload that a button may carry: the allow-list."""


@dataclass(frozen=True)
class Button:
    """One tap answer: the title in the visitor's language, the payload from `PAYLOADS`."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One text to the visitor, with its buttons."""

    text: str
    buttons: tuple[Button, ...] = ()
