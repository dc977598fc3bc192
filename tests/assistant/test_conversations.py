"""Conversations in three languages with the trained assistant, over its real channel and with its real actions."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge
from tests.assistant.scripts import SCRIPTS
from tests.assistant.servers import Conversation, Servers

LANGUAGES = ("lv", "ru", "uk")
pytestmark = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def talk(servers: Servers, language: str) -> Conversation:
    return servers.conversation(language)


def test_a_greeting_is_answered(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """The whole answer of the channel: text, buttons, intent, no signal."""
    reply = knowledge.reply(language, "utter_greet")
    answer = talk.says(SCRIPTS[language].greeting)

    assert (answer.status, answer.body) == (
        200,
        {
            "messages": [
                {"text": reply.text, "buttons": [{"title": b.title, "payload": b.payload} for b in reply.buttons]}
            ],
            "intent": "greet",
            "signals": [],
        },
    )


SIMPLE = [
    ("human", "are_you_human", "utter_are_you_human"),
    ("anonymous", "is_it_anonymous", "utter_is_it_anonymous"),
    ("thanks", "thanks", "utter_thanks"),
    ("goodbye", "goodbye", "utter_goodbye"),
    ("weather", "off_topic", "utter_off_topic"),
    ("insult", "abuse", "utter_abuse"),
    ("ask_check", "check_offer", "utter_ask_offer"),
    ("delete", "delete_data", "utter_ask_delete"),
]


@pytest.mark.parametrize("case", SIMPLE, ids=[case[0] for case in SIMPLE])
def test_a_line_gets_its_response(
    talk: Conversation, language: str, knowledge: Knowledge, case: tuple[str, str, str]
) -> None:
    """One answer, in the language of the conversation."""
    line, intent, response = case
    answer = talk.says(getattr(SCRIPTS[language], line))

    assert (answer.intent, answer.texts) == (intent, [knowledge.reply(language, response).text])


def test_a_pasted_offer_is_explained(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Signs in the visitor's own words, questions, numbers, the offer of a person, and then one question."""
    script = SCRIPTS[language]
    answer = talk.says(script.offer)
    signs, advice, numbers, begin, question = answer.texts

    assert answer.intent == "check_offer"
    assert script.evidence in signs
    assert knowledge.flag(language, "documents_taken").name in signs
    assert knowledge.text(language, "advice.ask_heading") in advice
    assert knowledge.text(language, "advice.next_high") in advice
    for entry in ("lv_112", "lv_110", "lv_patverums", "lv_marta"):
        assert knowledge.entry(entry).phones[0].display in numbers
    assert answer.body["messages"][2]["buttons"][0]["payload"] == "/person"
    assert begin == knowledge.text(language, "responses.check.begin")
    assert question == knowledge.reply(language, "utter_ask_check_stage").text
    assert max(map(len, answer.texts)) <= 3_500


def test_a_second_message_adds_to_the_first(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """What it adds is named, although another question is open; that one is asked again."""
    script = SCRIPTS[language]
    talk.says(script.offer)
    before = talk.story
    change, question = talk.says(script.second_offer).texts

    assert len(before.signs) >= 3
    assert set(talk.story.signs) > set(before.signs)
    assert knowledge.flag(language, "upfront_payment").name in change
    assert question == knowledge.reply(language, "utter_ask_check_stage").text


def test_yes_to_a_person_is_a_signal(talk: Conversation, language: str) -> None:
    """Agreeing is a signal without words: the gateway has the words."""
    talk.presses("in_trouble")
    talk.says("qxw zzqj")
    talk.says("qxw zzqj")
    answer = talk.says(SCRIPTS[language].yes)

    assert (answer.intent, answer.texts, answer.signals) == ("affirm", [], ["handoff"])


def test_no_is_accepted(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Nothing is pressed on anybody."""
    talk.says(SCRIPTS[language].offer)
    talk.presses("stop_check")
    answer = talk.says(SCRIPTS[language].no)

    assert (answer.texts, answer.signals) == ([knowledge.reply(language, "utter_alright").text], [])


def test_asking_for_a_person_is_a_signal(talk: Conversation, language: str) -> None:
    """At any time."""
    answer = talk.says(SCRIPTS[language].person)

    assert (answer.intent, answer.texts, answer.signals) == ("want_person", [], ["handoff"])


def test_numbers_are_said(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Two doors first, each number with its country."""
    answer = talk.says(SCRIPTS[language].numbers)
    whole = "\n".join(answer.texts)

    assert answer.intent == "ask_number"
    for entry in ("lv_112", "lv_110", "lv_patverums", "lv_marta", "lv_116111"):
        assert knowledge.entry(entry).phones[0].display in whole


def test_numbers_of_a_named_country_are_said(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Whoever names a country gets its lines."""
    whole = "\n".join(talk.says(SCRIPTS[language].number_abroad).texts)

    assert knowledge.entry("es_a21").phones[0].display in whole
    assert knowledge.entry("es_pol").phones[0].display in whole


def test_rights_are_said(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """All of them to choose from."""
    answer = talk.says(SCRIPTS[language].rights)

    assert answer.intent == "ask_rights"
    assert answer.texts == [knowledge.text(language, "talk.rights_heading")]


def test_deleting_needs_a_yes(talk: Conversation, language: str) -> None:
    """The question first, then the signal."""
    asked = talk.says(SCRIPTS[language].delete)
    answer = talk.says(SCRIPTS[language].yes)

    assert (asked.signals, answer.texts, answer.signals) == ([], [], ["delete"])


def test_a_no_keeps_everything(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """And says so."""
    talk.says(SCRIPTS[language].delete)
    answer = talk.says(SCRIPTS[language].no)

    assert (answer.texts, answer.signals) == ([knowledge.reply(language, "utter_kept").text], [])


def test_two_misses_offer_a_person(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """The first asks again, the second and third offer a person, and a yes calls one."""
    misses = [talk.says("хъ щщ ъъ" if language != "lv" else "qxw zzqj") for _ in range(3)]
    yes = talk.says(SCRIPTS[language].yes)

    assert [miss.intent for miss in misses] == ["nlu_fallback"] * 3
    assert [miss.texts[0] for miss in misses] == [
        knowledge.reply(language, name).text
        for name in ("utter_fallback", "utter_fallback_person", "utter_fallback_person")
    ]
    assert yes.signals == ["handoff"]


def test_another_language_is_a_signal(talk: Conversation, language: str, knowledge: Knowledge) -> None:
    """Answered in the language that was asked for."""
    asked = SCRIPTS[language].asked_language
    answer = talk.says(SCRIPTS[language].language)

    assert (answer.intent, answer.signals) == ("change_language", [f"language:{asked}"])
    assert answer.texts == [knowledge.reply(asked, "utter_language_changed").text]


BUTTONS = ["check_offer", "ask_number", "ask_rights", "in_trouble", "delete_data", "is_it_anonymous", "help", "deny"]


@pytest.mark.parametrize("intent", BUTTONS)
def test_a_button_is_its_intent(talk: Conversation, intent: str) -> None:
    """Whatever button is pressed, there are words."""
    answer = talk.presses(intent)

    assert (answer.status, answer.intent) == (200, intent)
    assert answer.texts


SLASHES = ["/emergency", "/restart", "/greet", "/delete_data", " /want_person", '/greet{"a": 1}', "/ greet", "//greet"]


@pytest.mark.parametrize("text", SLASHES)
def test_a_slash_forges_no_intent(talk: Conversation, text: str) -> None:
    """A typed command is a text like any other: no signal, and no conversation starts over."""
    answer = talk.says(text)

    assert answer.status == 200
    assert answer.signals == []
    assert answer.intent not in ("restart", "delete_data", "want_person")
