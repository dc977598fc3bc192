"""What a visitor's conversation is, over the API of contract 3.2."""

from __future__ import annotations

import json
import uuid

import pytest

from bot.knowledge import Knowledge
from bot.messages import TEXT_LIMIT
from bot.story import Story
from tests.gateway.assistant import Assistant, said
from tests.gateway.installation import Installation, Visitor, eventually

OFFER = {
    "lv": "Piedāvājam darbu Vācijā! Pirms izbraukšanas jāsamaksā 180 eiro par vietas rezervāciju.",
    "ru": "Предлагаем работу в Германии! До выезда нужно заплатить 180 евро за бронирование места.",
    "uk": "Пропонуємо роботу в Німеччині! Перед виїздом треба заплатити 180 євро за бронювання місця.",
}


def test_a_new_conversation_comes_with_its_token(visitor: Visitor) -> None:
    """Opening gives the only key, a name that tells nothing, and nobody's words yet."""
    answer = visitor.opens("uk")
    content = answer.json()

    assert answer.status_code == 201
    assert set(content) == {"token", "conversation", "messages"}
    assert len(content["token"]) >= 43
    assert content["messages"] == []
    assert content["conversation"] == {
        "alias": content["conversation"]["alias"],
        "route": "bot",
        "language": "uk",
    }


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
def test_an_offer_is_answered_in_the_language_it_was_written_in(
    visitor: Visitor, assistant: Assistant, installation: Installation, language: str
) -> None:
    """Nobody has to choose a language first."""
    assistant.answer = said("…", buttons=(("→", "/person"), ("x", "/not_allowed")))
    visitor.opens()
    visitor.writes(OFFER[language])
    (answer,) = visitor.answers()

    assert (answer["from"], answer["language"]) == ("assistant", language)
    assert answer["buttons"] == [{"title": "→", "payload": "/person"}]
    heard = installation.listener.hear(OFFER[language], 1, Story())
    assert assistant.questions[0] | {"sender": ""} == {
        "sender": "",
        "seq": 1,
        "text": OFFER[language],
        "intent": None,
        "language": language,
        "easy": False,
        "assessment": heard.assessment.as_json(),
        "story": [heard.telling.as_json()],
    }


def test_a_chosen_language_outlives_what_is_pasted(visitor: Visitor, assistant: Assistant) -> None:
    """Somebody who chose Ukrainian and pastes a Latvian offer is answered in Ukrainian."""
    visitor.opens("uk")
    visitor.writes(OFFER["lv"])
    visitor.answers()

    assert assistant.questions[0]["language"] == "uk"


def test_the_language_can_be_changed_at_any_time(visitor: Visitor, assistant: Assistant) -> None:
    """By the switch of the page, and by a button in the chat."""
    visitor.opens("lv")
    changed = visitor.post("/v1/language", {"language": "ru"})
    visitor.writes(OFFER["lv"])
    visitor.answers()
    visitor.writes("/uk")
    confirmation = visitor.answers(2)[-1]

    assert (changed.status_code, changed.json()) == (200, {"language": "ru"})
    assert assistant.questions[0]["language"] == "ru"
    assert confirmation["language"] == "uk"


def test_the_same_message_is_stored_once(visitor: Visitor, assistant: Assistant) -> None:
    """A page that did not hear the answer may send again."""
    visitor.opens()
    client_id = str(uuid.uuid4())
    first, second, shouted = (
        visitor.writes("Labdien!", client_id=given) for given in (client_id, client_id, client_id.upper())
    )
    visitor.answers()

    assert [(answer.status_code, answer.json()) for answer in (first, second, shouted)] == [
        (201, {"seq": 1}),
        (200, {"seq": 1}),
        (200, {"seq": 1}),
    ]
    assert len(assistant.questions) == 1


def test_messages_are_read_from_where_one_stopped(visitor: Visitor) -> None:
    """`after` names the last seq that was seen."""
    visitor.opens("lv")
    visitor.writes("Labdien!")
    visitor.answers()
    everything = visitor.reads()

    assert everything["route"] == "bot"
    assert [message["seq"] for message in everything["messages"]] == [1, 2]
    assert visitor.reads(after=1)["messages"] == everything["messages"][1:]
    assert visitor.reads(after=2)["messages"] == []
    assert set(everything["messages"][0]) == {"seq", "from", "text", "language", "buttons", "at"}


def test_asking_for_a_person_silences_the_assistant(visitor: Visitor, assistant: Assistant) -> None:
    """The request stands, is confirmed once, and the visitor can change their mind."""
    visitor.opens("lv")
    asked = [visitor.post("/v1/handoff") for _ in range(2)]
    visitor.writes("Es gaidu.")
    (confirmation,) = visitor.answers()

    assert [answer.status_code for answer in asked] == [202, 202]
    assert visitor.reads()["route"] == "waiting"
    assert [button["payload"] for button in confirmation["buttons"]] == ["/alone"]
    assert assistant.questions == []

    visitor.writes("/alone")
    eventually(lambda: visitor.reads()["route"] == "bot")


def test_a_person_is_called_when_the_assistant_says_so(visitor: Visitor, assistant: Assistant) -> None:
    """Asking in words is the same as pressing the button."""
    assistant.answer = said("Labi.", signals=("handoff",))
    visitor.opens("lv")
    visitor.writes("Gribu runāt ar cilvēku")
    eventually(lambda: visitor.reads()["route"] == "waiting")

    assert [message["from"] for message in visitor.answers()] == ["system"]


def test_an_operator_writes_into_the_same_chat(
    visitor: Visitor, installation: Installation, assistant: Assistant
) -> None:
    """While a person answers, the assistant is not even asked."""
    visitor.opens("lv")
    visitor.post("/v1/handoff")
    (entry,) = installation.desk.waiting()
    installation.desk.take("operator-1", entry.id)
    visitor.writes("Vai jūs esat cilvēks?")
    visitor.is_settled(installation)
    installation.desk.write("operator-1", entry.id, str(uuid.uuid4()), "Jā, labdien.")
    answers = [message for message in visitor.answers() if message["from"] == "operator"]

    assert visitor.reads()["route"] == "human"
    assert [answer["text"] for answer in answers] == ["Jā, labdien."]
    assert assistant.questions == []


def test_everything_can_be_deleted(visitor: Visitor, installation: Installation) -> None:
    """After the answer the token opens nothing, and the text is in no file of the database."""
    visitor.opens("lv")
    visitor.writes("Īpaša frāze, kuru meklēsim.")
    visitor.answers()
    gone = visitor.deletes()
    after = [visitor.deletes(), visitor.writes("Vai te kāds ir?"), visitor.post("/v1/handoff")]

    assert (gone.status_code, gone.content) == (204, b"")
    assert [answer.status_code for answer in after] == [401, 401, 401]
    assert installation.frontdoor.pending() == []


@pytest.mark.parametrize("way", ["button", "words"])
def test_everything_can_be_deleted_from_within_the_chat(visitor: Visitor, assistant: Assistant, way: str) -> None:
    """By the button below the question, or by confirming in words."""
    assistant.answer = said("Labi.", signals=("delete",))
    visitor.opens("lv")
    visitor.writes("/delete" if way == "button" else "Jā, dzēsiet visu ārā")
    eventually(lambda: visitor.http.get("/v1/messages", headers=visitor.headers).status_code == 401)

    assert len(eventually(lambda: assistant.forgotten)) == 1


def test_buttons_reach_the_assistant_as_intents(visitor: Visitor, assistant: Assistant) -> None:
    """The payload is the text; only listed payloads are buttons."""
    visitor.opens("ru")
    visitor.writes("/ask_number")
    visitor.answers(1)

    assert assistant.questions[0] | {"sender": ""} == {
        "sender": "",
        "seq": 1,
        "text": "",
        "intent": "ask_number",
        "language": "ru",
        "easy": False,
        "assessment": None,
        "story": [],
    }


@pytest.mark.parametrize("text", ["/restart", '/greet{"language": "x"}', " /session_start", "/", "/person "])
def test_a_leading_slash_is_only_text(visitor: Visitor, assistant: Assistant, text: str) -> None:
    """What looks like a command reaches the assistant disarmed."""
    visitor.opens("lv")
    visitor.writes(text)
    visitor.answers()

    assert (assistant.questions[0]["text"], assistant.questions[0]["intent"]) == ("\u2060" + text, None)


def test_deleting_is_offered_while_one_waits(visitor: Visitor, knowledge: Knowledge) -> None:
    """The assistant is silent then, the question about deleting is not."""
    visitor.opens("lv")
    visitor.post("/v1/handoff")
    visitor.writes("/delete_data")

    assert visitor.answers(2)[-1]["text"] == knowledge.text("lv", "system.delete_question")
    visitor.writes("/keep")
    assert visitor.answers(3)[-1]["text"] == knowledge.reply("lv", "utter_kept").text


def test_a_no_to_something_else_keeps_silent_while_one_waits(visitor: Visitor, knowledge: Knowledge) -> None:
    """The button of an older question: nobody asked about deleting."""
    visitor.opens("lv")
    visitor.post("/v1/handoff")
    visitor.writes("/deny")
    visitor.writes("/delete_data")

    assert visitor.answers(2)[1]["text"] == knowledge.text("lv", "system.delete_question")


UNUSUAL = {
    "four thousand characters": "ā" * TEXT_LIMIT,
    "beyond the basic plane": "🚩" * 1_000,
    "bidirectional controls": "\u202eanna\u202c \u2067x\u2069 \u200f",
    "combining marks": "e" + "\u0301" * 500,
    "zero and controls": "a\x00b\x07\x1b[31m",
    "byte order mark": "\ufeffteksts",
    "only invisible": "\u200b\u2060",
    "private use and unassigned": "\ue000\U000e0001\U0010ffff",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{7*7}} {numbers:emergency} ${x} %s",
    "line ends": "viens\r\ndivi\n\ntrīs\u2028četri",
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_any_text_is_kept_as_it_was(visitor: Visitor, name: str) -> None:
    """Nothing that fits the limits is refused, changed or lost."""
    visitor.opens("lv")
    sent = visitor.writes(UNUSUAL[name])

    assert sent.status_code == 201
    assert visitor.reads()["messages"][0]["text"] == UNUSUAL[name]
    visitor.answers()


def test_a_lone_surrogate_becomes_a_replacement_character(visitor: Visitor) -> None:
    """No text can hold it when it is stored."""
    visitor.opens("lv")
    body = json.dumps({"client_id": str(uuid.uuid4()), "text": "a\ud800b 🚩"})
    sent = visitor.http.post("/v1/messages", content=body, headers=visitor.headers)

    assert sent.status_code == 201
    assert visitor.reads()["messages"][0]["text"] == "a\ufffdb 🚩"
