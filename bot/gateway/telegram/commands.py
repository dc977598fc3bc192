"""The bot's commands: what each one stands for, and the menu that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge import Knowledge
from bot.messages import GatewayPayload, IntentPayload

PAYLOAD_OF_COMMAND = {
    "person": GatewayPayload.PERSON.value,
    "numbers": IntentPayload.ASK_NUMBER.value,
    "rights": IntentPayload.ASK_RIGHTS.value,
    "lv": GatewayPayload.LATVIAN.value,
    "ru": GatewayPayload.RUSSIAN.value,
    "uk": GatewayPayload.UKRAINIAN.value,
    "easy": GatewayPayload.EASY.value,
    "selfcheck": IntentPayload.SELF_CHECK.value,
    "stories": IntentPayload.STORIES.value,
}
"""Commands that are the same as tapping a button."""

SENTENCE_OF_COMMAND = {
    "start": "system.telegram_start",
    "help": "system.telegram_help",
    "delete": "system.delete_question",
}
"""Commands answered with one sentence, without the assistant; nothing is stored of them."""

_MENU = (
    ("person", "/person"),
    ("numbers", "/ask_number"),
    ("rights", "/ask_rights"),
    ("selfcheck", "/self_check"),
    ("stories", "/stories"),
    ("easy", "/easy"),
    ("delete", "/delete_data"),
    ("help", "/help"),
    ("lv", "/lv"),
    ("ru", "/ru"),
    ("uk", "/uk"),
)
_TITLES_FROM = (
    "utter_greet",
    "utter_help",
    "system.telegram_help",
    "system.telegram_start",
    "system.alone",
    "system.closed",
)


@dataclass(frozen=True)
class Command:
    """A command that a person typed: a button's `payload` or a `sentence` to answer with, and the words after it."""

    payload: str | None
    sentence: str | None
    rest: str


def read_command(text: str) -> Command | None:
    """The command at the start of *text*; None when there is none that we know: then it is text like any other."""
    if not text.startswith("/"):
        return None
    word, _, rest = text[1:].partition(" ")
    name = word.partition("@")[0].lower()
    payload, sentence = PAYLOAD_OF_COMMAND.get(name), SENTENCE_OF_COMMAND.get(name)
    if payload is None and sentence is None:
        return None
    return Command(payload, sentence, "" if name == "start" else rest.strip())


def menu(knowledge: Knowledge, language: str) -> list[tuple[str, str]]:
    """
    Pairs of command and description for the menu of a phone that speaks *language*.

    The descriptions are the titles of the buttons that do the same, so the menu says nothing that a person looking
    over the shoulder would not see in the chat. A command without such a button is left out.
    """
    titles = {
        button.payload: button.title
        for key in reversed(_TITLES_FROM)
        for button in knowledge.reply(language, key).buttons
    }
    return [(name, titles[payload]) for name, payload in _MENU if payload in titles]
