"""Whom to call, as whole answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rasa_sdk import Tracker

from actions.numbers import Numbers
from actions.turn import Answer
from bot.knowledge import Knowledge
from bot.redflags.assessment import Assessment, RedFlag
from tests.actions.conftest import LANGUAGES

MONDAY_NOON = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo("Europe/Riga"))
CHILD = RedFlag("minor", "critical", 0, 5, "man ir 15")

Ask = Callable[..., tuple[str, list[str]]]


class Asked:
    """Asks for numbers on a Monday at noon; gives the texts, and the payloads of the last one's buttons."""

    def __init__(self, knowledge: Knowledge, run: Callable[..., Awaitable[dict[str, Any]]]) -> None:
        self.knowledge, self._run = knowledge, run

    async def __call__(self, language: str, text: str, **turn: Any) -> tuple[list[str], list[str]]:
        result = await self._run("action_numbers", language, text, **turn)
        texts = [response["text"] for response in result["responses"]]
        return texts, [button["payload"] for button in result["responses"][-1]["buttons"]]


@pytest.fixture
def asked(knowledge: Knowledge) -> Asked:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_action(Numbers(knowledge.at(MONDAY_NOON)))

    async def run(name: str, language: str, text: str, assessment: Assessment | None = None) -> dict[str, Any]:
        found = assessment.as_json() if assessment else None
        message: dict[str, Any] = {"text": text, "intent": {}, "entities": []}
        # The gateway's assessment comes with the metadata, the assistant's own with the message.
        message |= {"metadata": {"language": language, "assessment": found}, "assessment": found}
        tracker = {"sender_id": "x", "slots": {}, "latest_message": message, "events": [], "active_loop": {}}
        call = {"next_action": name, "sender_id": "x", "tracker": tracker, "domain": {}, "version": "3.6.21"}
        answered: dict[str, Any] = (await executor.run(call)).model_dump()
        return answered

    return Asked(knowledge, run)


def line(knowledge: Knowledge, language: str, entry: str) -> str:
    return f"• {knowledge.at(MONDAY_NOON).lines(language).line(knowledge.entry(entry))}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at_home(asked: Asked, knowledge: Knowledge, language: str) -> None:
    """Danger, the choice, the police, help without them, and so on; a line each, the day of the check at the end."""
    texts, payloads = await asked(language, "/ask_number")
    words, needs = knowledge.directory.words, knowledge.directory.needs
    title = {need: f"{needs[need].title[language]}:" for need in needs}
    blocks = [
        ("emergency", ["lv_112"]),
        ("police", ["lv_110"]),
        ("advice", ["lv_patverums", "lv_marta", "lv_116006", "lv_patverums_more"]),
        ("child", ["lv_116111", "lv_116000"]),
        ("crisis", ["lv_116123"]),
        ("abroad", ["eu", "lv_konsular"]),
        *([("ukraine", ["ua_527", "ua_lastrada", "ua_police"])] if language == "uk" else []),
    ]
    if language == "ru":
        assert "по-русски" in line(knowledge, language, "lv_116123")
    written = ["\n".join([title[need], *(line(knowledge, language, e) for e in entries)]) for need, entries in blocks]
    written.insert(1, words["two_doors"][language])

    assert "\n\n".join(texts) == "\n\n".join([*written, f"({knowledge.lines(language).checked(knowledge.entries())})"])
    assert payloads == ["/person", "/deny"]
    assert max(map(len, texts)) <= 1_800


async def test_in_another_country(asked: Asked, knowledge: Knowledge) -> None:
    """Where the police number is 112 itself, one block has both titles."""
    texts, _ = await asked("lv", "esmu Vācijā, kam zvanīt?")
    blocks = "\n\n".join(texts).split("\n\n")

    assert blocks[:3] == [
        "\n".join(["Ja briesmas ir tagad / Policija:", line(knowledge, "lv", "eu")]),
        "Ir divi ceļi, un izvēle ir jūsu: policija vai palīdzība bez policijas.",
        "\n".join(
            [
                "Padoms un palīdzība, arī bez policijas:",
                *(
                    line(knowledge, "lv", e)
                    for e in ("de_ht", "de_bav", "lv_patverums", "lv_marta", "lv_patverums_more")
                ),
            ]
        ),
    ]
    assert "110" not in "\n".join(texts)


SENTENCES = [
    ("ru", "я сейчас в Турции", ["no_line", "local_emergency"]),
    ("uk", "я в Норвегії", ["local_emergency"]),
    ("lv", "esmu Polijā", ["no_line"]),
    ("uk", "я зараз в Україні", []),
    ("lv", "esmu Latvijā", []),
]


@pytest.mark.parametrize(("language", "text", "keys"), SENTENCES)
async def test_where_no_number_is_known(
    asked: Asked, knowledge: Knowledge, language: str, text: str, keys: list[str]
) -> None:
    """It is said, and nothing is invented."""
    texts, _ = await asked(language, text)
    words = knowledge.directory.words
    told = [key for key in ("no_line", "local_emergency") if words[key][language].split("}")[-1] in texts[0]]

    assert told == keys


async def test_a_child_by_the_assessment(asked: Asked, knowledge: Knowledge) -> None:
    """The children's line comes right after danger, also when the age stood in an earlier sentence."""
    texts, _ = await asked("lv", "kam zvanīt", assessment=Assessment("lv", "question", "high", False, (CHILD,)))
    blocks = "\n\n".join(texts).split("\n\n")

    assert blocks[1].startswith(knowledge.need_title("lv", "child"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_countries_that_are_named(asked: Asked, knowledge: Knowledge, language: str) -> None:
    """Their lines follow under the name of the country."""
    text = {"lv": "numurs Norvēģijā", "ru": "номер в Норвегии", "uk": "номер в Норвегії"}[language]
    texts, _ = await asked(language, text)
    country = knowledge.directory.countries["NO"].name[language]

    assert f"({country}):\n{line(knowledge, language, 'no')}" in "\n\n".join(texts)


def test_the_answer_needs_no_clock(knowledge: Knowledge) -> None:
    """Without one, nothing is said about now."""
    message = {"text": "kam zvanīt", "metadata": {"language": "lv"}}
    action = Numbers(knowledge)
    tracker = Tracker("x", {}, message, [], False, None, {}, "")
    answer: Answer = action.answer(_turn(action, tracker))

    assert not any("tagad atbild" in reply.text for reply in answer.replies)


def _turn(action: Numbers, tracker: Tracker) -> Any:
    from actions.turn import Turn

    return Turn.of(tracker, action.questions)
