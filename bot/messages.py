"""The values that cross a boundary between processes and packages. Nothing here imports the project."""

from __future__ import annotations

import enum
from dataclasses import dataclass

LANGUAGES = ("lv", "ru", "uk")
"""The languages that visitors are answered in, the first one being the default."""

TEXT_LIMIT = 4_000
"""Characters of one visitor's message; longer ones are refused at the edge (Telegram's own limit is 4,096)."""


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
    LATVIAN = "/lv"
    RUSSIAN = "/ru"
    UKRAINIAN = "/uk"


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

    @property
    def intent(self) -> str:
        """The assistant's name of this intent, without the slash."""
        return self.value[1:]


PAYLOADS = frozenset(p.value for kind in (GatewayPayload, IntentPayload) for p in kind)
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
