"""Questions about licences, held with the trained assistant. No list is imported where it runs."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge
from tests.assistant.servers import Conversation, Servers

LINES = {
    "lv": ("vai viņiem ir licence?", "Nordika Paraugs", "vai SIA Nordika Paraugs ir licence?"),
    "ru": ("а у них есть лицензия?", "Nordika Paraugs", "есть ли лицензия у SIA Nordika Paraugs?"),
    "uk": ("чи є в них ліцензія?", "Nordika Paraugs", "чи має ліцензію SIA Nordika Paraugs?"),
}

pytestmark = pytest.mark.parametrize("language", LINES)


@pytest.fixture
def talk(servers: Servers, language: str) -> Conversation:
    return servers.conversation(language)


def test_a_company_is_asked_about(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Without a list the answer says so, points to the agency's page and offers a person."""
    answer = talk.says(LINES[language][2])

    assert answer.intent == "ask_licence"
    assert answer.texts[0].startswith(knowledge.text(language, "licences.no_list", asked="Nordika Paraugs"))
    assert "nva.gov.lv" in answer.texts[0]
    assert answer.payloads == ["/person", "/deny"]


def test_without_a_list_no_name_is_asked_for(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Nothing is promised that cannot be done."""
    answer = talk.says(LINES[language][0])

    assert answer.intent == "ask_licence"
    assert answer.texts[0].startswith(knowledge.text(language, "licences.no_list_yet"))
    assert "nva.gov.lv" in answer.texts[0]
