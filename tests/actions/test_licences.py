"""Is this firm licensed? As Rasa's call gets it answered, and beside the explanation of an offer."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.licences import LicenceCheck, Licences
from bot.knowledge import Knowledge
from bot.licences.published import PublishedLists
from bot.licences.rules import load_rules
from bot.licences.vocabulary import load_vocabulary
from tests.actions.conftest import LANGUAGES, payloads, said, slots_of
from tests.licences.conftest import DATA, GONE, NORTH, published

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
QUESTIONS = {
    "lv": "vai SIA Testa Ziemeļu Ceļš ir licence?",
    "ru": "есть ли лицензия у SIA Testa Ziemeļu Ceļš?",
    "uk": "чи має ліцензію SIA Testa Ziemeļu Ceļš?",
}
NAMELESS = {"lv": "vai viņiem ir licence?", "ru": "у них есть лицензия?", "uk": "чи є в них ліцензія?"}


def check(knowledge: Knowledge, lists: PublishedLists) -> LicenceCheck:
    return LicenceCheck(knowledge, load_rules(DATA), lists, lambda: NOON)


@pytest.fixture
def lists(tmp_path: Path) -> PublishedLists:
    return published(tmp_path / "licences.db", load_vocabulary(DATA), licensed=(NORTH,), revoked=(GONE,))


async def asked(
    action: Licences, language: str, text: str, intent: str = "ask_licence", slots: dict[str, Any] | None = None
) -> dict[str, Any]:
    executor = ActionExecutor()
    executor.register_action(action)
    message = {"text": text, "intent": {"name": intent}, "entities": [], "metadata": {"language": language}}
    tracker = {"sender_id": "x", "slots": slots or {}, "latest_message": message, "events": [], "active_loop": {}}
    call = {"next_action": action.name(), "sender_id": "x", "tracker": tracker, "domain": {}, "version": "3.6.21"}
    answered: dict[str, Any] = (await executor.run(call)).model_dump()
    return answered


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_listed_company(knowledge: Knowledge, lists: PublishedLists, language: str) -> None:
    """What the list says, what it means, and a person to talk to."""
    result = await asked(Licences(check(knowledge, lists)), language, QUESTIONS[language])
    company = knowledge.text(language, "licences.company", name=NORTH.name, registration="40000000002")
    (text,) = said(result)

    assert text.startswith(knowledge.text(language, "licences.listed", company=company, date="16.11.2026"))
    assert knowledge.text(language, "licences.listed_means") in text
    assert payloads(result) == ["/person", "/deny"]
    assert slots_of(result) == {"licence_name_asked": False}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_question_without_a_name(knowledge: Knowledge, lists: PublishedLists, language: str) -> None:
    """The name is asked for, and what comes next is taken for it."""
    result = await asked(Licences(check(knowledge, lists)), language, NAMELESS[language])

    assert said(result) == [knowledge.text(language, "licences.ask_name")]
    assert slots_of(result) == {"licence_name_asked": True}


async def test_a_name_that_was_asked_for(knowledge: Knowledge, lists: PublishedLists) -> None:
    """Small letters are a name then; before, they are words."""
    action = Licences(check(knowledge, lists))
    before = await asked(action, "lv", "mednieku rasa")
    after = await asked(action, "lv", "mednieku rasa", slots={"licence_name_asked": True})

    assert said(before) == [knowledge.text("lv", "licences.ask_name")]
    not_listed = knowledge.text("lv", "licences.not_listed", asked="mednieku rasa", date="16.11.2026")
    assert said(after)[0].startswith(not_listed)


async def test_what_is_not_understood_after_an_answer(knowledge: Knowledge, lists: PublishedLists) -> None:
    """Another company is answered about; anything else is a miss, and a person is offered: nothing loops."""
    action = Licences(check(knowledge, lists))
    other = await asked(action, "lv", "un SIA Paraugs Anulētais?", intent="nlu_fallback")
    miss = await asked(action, "lv", "bla bla", intent="nlu_fallback")

    assert GONE.name in said(other)[0]
    assert said(miss) == [knowledge.text("lv", "responses.utter_fallback_person")]
    assert slots_of(miss) == {"licence_name_asked": False}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_list(knowledge: Knowledge, language: str) -> None:
    """Nothing was imported: the answer says so and names the agency's page."""
    nothing = PublishedLists(None, load_vocabulary(DATA))
    (text,) = said(await asked(Licences(check(knowledge, nothing)), language, QUESTIONS[language]))

    assert text.startswith(knowledge.text(language, "licences.no_list", asked="Testa Ziemeļu Ceļš"))
    assert "https://nva.gov.lv/lv/darbiekartosanas-pakalpojumi" in text


async def test_no_list_and_no_name(knowledge: Knowledge) -> None:
    """Where there is nothing to look in, no name is asked for."""
    nothing = PublishedLists(None, load_vocabulary(DATA))
    result = await asked(Licences(check(knowledge, nothing)), "lv", NAMELESS["lv"])

    assert said(result)[0].startswith(knowledge.text("lv", "licences.no_list_yet"))
    assert slots_of(result) == {"licence_name_asked": False}


class Offered:
    """What the check says beside an offer."""

    def __init__(self, checked: LicenceCheck) -> None:
        self._checked = checked

    def __call__(self, language: str, text: str) -> str | None:
        reply = self._checked.reply(_Message(language, text))  # type: ignore[arg-type]
        return reply.text if reply else None


class _Message:
    """The two things of a turn that the check reads."""

    def __init__(self, language: str, text: str) -> None:
        self.speech, self.text = language, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_an_offer(knowledge: Knowledge, lists: PublishedLists, language: str) -> None:
    """Only where a company is named; a licence for another country is said to be one."""
    offered = Offered(check(knowledge, lists))
    text = offered(language, 'SIA "Testa Ziemeļu Ceļš" piedāvā darbu Vācijā, 3000 eiro.')
    country = knowledge.directory.countries["DE"].name[language]

    assert text is not None
    assert text.startswith(knowledge.text(language, "licences.heading"))
    assert knowledge.text(language, "licences.wrong_country", countries=country) in text
    assert offered(language, "Darbs Vācijā, 3000 eiro, pasi nododiet birojā.") is None
