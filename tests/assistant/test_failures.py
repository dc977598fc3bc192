"""What the gateway sees when a part of the assistant is missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bot.knowledge import Knowledge
from tests.assistant.servers import Servers, request


def test_without_actions_an_answer_is_empty(servers: Servers, knowledge: Knowledge) -> None:
    """An empty answer is how a failure looks; what needs no action goes on, and all goes on when it is back."""
    talk = servers.conversation("uk")
    servers.kill_actions()
    try:
        numbers, greeting, person = talk.presses("ask_number"), talk.says("Добрий день!"), talk.presses("help")
    finally:
        servers.start_actions()

    assert (numbers.status, numbers.texts, numbers.signals) == (200, [], [])
    assert greeting.texts == [knowledge.reply("uk", "utter_greet").text]
    assert person.texts == [knowledge.reply("uk", "utter_help").text]
    assert talk.presses("ask_number").texts


def test_health_is_told_after_the_warm_up(servers: Servers) -> None:
    """The fixture waited for it."""
    health = request("GET", f"{servers.url}/health")

    assert (health.status, health.body) == (200, {"ready": True})


def test_messages_of_one_visitor_at_once_are_all_answered(servers: Servers) -> None:
    """They wait for one another, not for a second each."""
    talk = servers.conversation("lv")
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(talk.presses, ["help"] * 5))

    assert [answer.status for answer in answers] == [200] * 5
    assert all(answer.texts for answer in answers)


def test_rasa_s_own_doors_are_closed(servers: Servers) -> None:
    """No API of Rasa's server, no other channel; the root only greets."""
    root = servers.url.removesuffix("/webhooks/karogs")
    doors = ["/conversations/x/tracker", "/model/parse", "/status", "/domain", "/webhooks/rest/webhook", "/socket.io"]

    assert [request("GET", f"{root}{door}").status for door in doors] == [404] * len(doors)
