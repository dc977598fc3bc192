"""Whatever happens to the assistant or to the gateway itself, the visitor gets an answer and nothing is lost."""

from __future__ import annotations

import uuid

import pytest

from bot.knowledge import Knowledge
from tests.gateway.assistant import BAD_MANNERS, Assistant, said
from tests.gateway.installation import Installation, Visitor, eventually

CRIES = {
    "lv": "Palīdziet! Esmu ieslēgta dzīvoklī, viņš mani sit, šobrīd sit!",
    "ru": "Помогите! Меня заперли в квартире, он меня бьёт прямо сейчас!",
    "uk": "Допоможіть! Мене замкнули у квартирі, він мене б'є просто зараз!",
}


@pytest.mark.parametrize("manner", BAD_MANNERS)
def test_a_failing_assistant_is_replaced_by_numbers_and_a_person(
    installation: Installation, knowledge: Knowledge, manner: str
) -> None:
    """Dead, slow, failing, empty or unreadable: the same static answer, with the offer of a person."""
    assistant = installation.assistant
    assistant.manner = manner
    if manner == "dead":
        assistant.die()
    with installation.running(deadline_seconds=0.3) as visitor:
        visitor.opens("ru")
        visitor.writes("Здравствуйте, можно спросить про работу?")
        (answer,) = visitor.answers()

    unavailable = knowledge.reply("ru", "system.unavailable")
    assert answer["text"] == unavailable.text
    assert [button["payload"] for button in answer["buttons"]] == [button.payload for button in unavailable.buttons]
    assert "/person" in [button["payload"] for button in answer["buttons"]]


@pytest.mark.parametrize("language", CRIES)
@pytest.mark.parametrize("manner", ["well", "dead"])
def test_an_emergency_gets_the_static_text_first(
    installation: Installation, knowledge: Knowledge, language: str, manner: str
) -> None:
    """112 and the numbers come from the gateway itself; the assistant may only add to them."""
    installation.assistant.answer = said("Un tālāk")
    if manner == "dead":
        installation.assistant.die()
    with installation.running() as visitor:
        visitor.opens(language)
        visitor.writes(CRIES[language])
        visitor.is_settled(installation)
        answers = [message["text"] for message in visitor.answers()]

    expected = [knowledge.text(language, "system.emergency")]
    assert answers == (expected if manner == "dead" else [*expected, "Un tālāk"])


@pytest.mark.parametrize("route", ["waiting", "human"])
def test_an_emergency_gets_the_static_text_whoever_answers(
    visitor: Visitor, installation: Installation, knowledge: Knowledge, route: str
) -> None:
    """A person may be away from the screen; the numbers are not."""
    visitor.opens("lv")
    visitor.post("/v1/handoff")
    if route == "human":
        installation.desk.take("operator-1", installation.desk.waiting()[0].id)
    visitor.writes(CRIES["lv"])
    visitor.is_settled(installation)

    assert knowledge.text("lv", "system.emergency") in [message["text"] for message in visitor.answers(2)]
    assert visitor.reads()["route"] == route
    assert installation.assistant.questions == []


def test_an_emergency_rises_to_the_top_of_the_queue(visitor: Visitor, installation: Installation) -> None:
    """The operators see a red band with its reason."""
    visitor.opens("lv")
    visitor.writes(CRIES["lv"])
    visitor.is_settled(installation)
    visitor.post("/v1/handoff")
    (entry,) = installation.desk.waiting()

    assert (entry.band.value, entry.reasons[0]) == ("red", "emergency")


def test_a_late_answer_is_dropped_when_a_person_was_asked_for_meanwhile(
    installation: Installation, knowledge: Knowledge
) -> None:
    """The assistant does not talk into a conversation it no longer has."""
    installation.assistant.manner = "slow"
    with installation.running(deadline_seconds=10) as visitor:
        visitor.opens("lv")
        visitor.writes("Labdien!")
        eventually(lambda: installation.assistant.questions)
        visitor.post("/v1/handoff")
        visitor.is_settled(installation)
        answers = [message["text"] for message in visitor.answers()]

    duty = knowledge.text("lv", "system.duty_unknown")
    assert answers == [knowledge.text("lv", "system.waiting_nobody", duty=duty)]


def test_what_a_killed_gateway_left_is_answered_by_the_next_one(installation: Installation) -> None:
    """A message that was acknowledged is answered once, in order, without being asked for again."""
    opened = installation.frontdoor.open_web("lv")
    for text in ("Pirmā ziņa", "Otrā ziņa"):
        installation.frontdoor.receive(opened.conversation.id, text, channel_message_id=str(uuid.uuid4()))
    with installation.running() as visitor:
        visitor.token = opened.token
        answers = visitor.answers(2)

    assert [question["text"] for question in installation.assistant.questions] == ["Pirmā ziņa", "Otrā ziņa"]
    assert len(answers) == 2


def test_a_turn_killed_after_its_emergency_text_does_not_repeat_it(installation: Installation) -> None:
    """The static text belongs to its message and is written once."""
    opened = installation.frontdoor.open_web("lv")
    installation.frontdoor.receive(opened.conversation.id, CRIES["lv"], channel_message_id="1")
    item = installation.frontdoor.next_item(opened.conversation.id)
    assert item is not None
    emergency = installation.knowledge.reply("lv", "system.emergency")
    installation.frontdoor.assessed(item, installation.engine.assess(item.text), [emergency])
    with installation.running() as visitor:
        visitor.token = opened.token
        visitor.is_settled(installation)
        answers = [message["text"] for message in visitor.answers()]

    assert answers == [emergency.text, "Atbilde"]


def test_a_database_that_was_busy_is_asked_again(visitor: Visitor, installation: Installation) -> None:
    """The turn waits for the lock and goes on."""
    visitor.opens("lv")
    with installation.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
    refused = visitor.writes("Labdien!")
    with installation.database.writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE elsewhere RENAME TO inbox")
    accepted = visitor.writes("Labdien!")
    visitor.answers()

    assert (refused.status_code, accepted.status_code) == (503, 201)


def test_the_breaker_spares_visitors_the_wait(installation: Installation, assistant: Assistant) -> None:
    """After three failures the assistant is not asked for a while, and every visitor is answered at once."""
    assistant.manner = "status_500"
    with installation.running() as visitor:
        visitor.opens("lv")
        for number in range(1, 6):
            visitor.writes(f"Jautājums {number}")
            visitor.answers(number)
        readiness = visitor.http.get("/readyz").json()
        metrics = visitor.http.get("/metrics").text

    assert len(assistant.questions) == 3
    assert readiness == {"ready": True, "database": "up", "assistant": "up", "pending": 0}
    assert "karogs_assistant_breaker_open 1" in metrics
    assert 'karogs_inbound_total{kind="web"} 5' in metrics


def test_a_turn_that_cannot_succeed_ends_with_the_numbers(
    visitor: Visitor, installation: Installation, knowledge: Knowledge
) -> None:
    """A fault of ours must not leave somebody without any answer, nor block what they write next."""
    visitor.opens("lv")
    view = installation.frontdoor.by_token(visitor.token)
    assert view is not None
    installation.frontdoor.receive(view.id, "/no_such_button", channel_message_id="1", payload=True)
    visitor.writes("Labdien!")
    answers = [message["text"] for message in visitor.answers(2)]

    assert answers == [knowledge.text("lv", "system.unavailable"), "Atbilde"]
