"""The console API: contract 3.3, whole values."""

from __future__ import annotations

import uuid
from typing import Any

from bot.messages import PAYLOADS
from bot.story import Fact
from tests.console.http_client import HttpClient
from tests.console.world import World, said

OFFER = said(
    "💰 Darbs Vācijā, 4000 € mēnesī! Vispirms iemaksā 150 eiro. Pasi atdod šoferim.",
    {"pay_too_good": "4000 € mēnesī", "upfront_payment": "iemaksā 150 eiro", "documents_taken": "Pasi atdod šoferim"},
    risk="high",
    kind="job_offer",
)
LOCKED_IN = said(
    "Мене замкнули, допоможіть",
    {"movement_restricted": "Мене замкнули"},
    risk="high",
    kind="in_trouble",
    emergency=True,
    language="uk",
)
QUESTION = said("Kur var pārbaudīt darba devēju?", kind="question")
AT = "2026-11-22T09:00:00Z"


def write(client: HttpClient, conversation_id: str, text: str, client_id: str | None = None) -> Any:
    body = {"client_id": client_id or str(uuid.uuid4()), "text": text}
    return client.post(f"/api/conversations/{conversation_id}/messages", json=body)


def text_of(message: dict[str, Any]) -> str:
    return "".join(segment["text"] for segment in message["segments"])


def test_the_queue_holds_who_waits_by_danger_then_time(world: World) -> None:
    """Every field of every card; who is still with the assistant is not in it."""
    client = world.signed_in()
    calm = world.waiting(QUESTION)
    world.clock.pass_time(minutes=3)
    danger = world.waiting(LOCKED_IN, language="uk", chat_id=10_000_001)
    offer = world.waiting(OFFER)
    world.visitor(OFFER)
    world.clock.pass_time(minutes=2)

    assert client.get("/api/queue").json() == {
        "waiting": [
            {
                "id": danger,
                "alias": world.alias(danger),
                "band": "red",
                "reasons": ["emergency", "movement_restricted"],
                "language": "uk",
                "channel": "telegram",
                "waiting_seconds": 120,
                "unreachable": False,
            },
            {
                "id": offer,
                "alias": world.alias(offer),
                "band": "orange",
                "reasons": ["documents_taken", "upfront_payment", "pay_too_good"],
                "language": "lv",
                "channel": "web",
                "waiting_seconds": 120,
                "unreachable": False,
            },
            {
                "id": calm,
                "alias": world.alias(calm),
                "band": "grey",
                "reasons": [],
                "language": "lv",
                "channel": "web",
                "waiting_seconds": 300,
                "unreachable": False,
            },
        ],
        "mine": [],
    }


def test_next_gives_the_most_urgent_and_tells_the_visitor(world: World) -> None:
    """The conversation is mine, the visitor reads that a person is there, in their language."""
    client = world.signed_in()
    world.waiting(QUESTION)
    danger = world.waiting(LOCKED_IN, language="uk")

    answer = client.post("/api/queue/next")
    conversation = answer.json()
    queue = client.get("/api/queue").json()

    assert answer.status_code == 200
    assert (conversation["id"], conversation["route"], conversation["claim_is_mine"]) == (danger, "human", True)
    assert [card["id"] for card in queue["mine"]] == [danger]
    assert world.seen_by_visitor(danger)[-1] == ("system", world.knowledge.text("uk", "system.operator_joined"))


def test_next_with_nobody_waiting_is_204(world: World) -> None:
    """Nothing to take, nothing said."""
    answer = world.signed_in().post("/api/queue/next")

    assert (answer.status_code, answer.content) == (204, b"")


def test_taking_a_conversation_twice_is_409_for_the_second(world: World) -> None:
    """Two operators cannot have the same visitor."""
    anna, berta = world.signed_in("anna"), world.signed_in("berta")
    conversation_id = world.waiting(QUESTION)

    first = anna.post(f"/api/conversations/{conversation_id}/take")
    second = berta.post(f"/api/conversations/{conversation_id}/take")

    assert (first.status_code, first.json()["id"]) == (200, conversation_id)
    assert (second.status_code, second.json()) == (
        409,
        {"error": "already_taken", "detail": "Šo sarunu pirmais paņēma cits operators."},
    )
    joined = world.knowledge.text("lv", "system.operator_joined")
    assert [text for _, text in world.seen_by_visitor(conversation_id)].count(joined) == 1


def test_a_conversation_shows_its_messages_with_their_evidence(world: World) -> None:
    """The whole answer: segments by code points, flags named in the operator's language, safety, summary."""
    client = world.signed_in()
    conversation_id = world.waiting(OFFER)
    words = world.app.state.parts.words

    def flag(flag_id: str, strength: str, quote: str) -> dict[str, Any]:
        name, why = words.flag("en", flag_id)
        quotes = [{"seq": 1, "text": quote}]
        seen = {"id": flag_id, "strength": strength, "name": name, "why": why, "quotes": quotes}
        return seen | {"withdrawn": False}

    assert client.get(f"/api/conversations/{conversation_id}?language=en").json() == {
        "id": conversation_id,
        "alias": world.alias(conversation_id),
        "route": "waiting",
        "band": "orange",
        "reasons": ["documents_taken", "upfront_payment", "pay_too_good"],
        "language": "lv",
        "channel": "web",
        "claim_is_mine": False,
        "summary": {
            "risk": "high",
            "kind": "job_offer",
            "flags": [
                flag("documents_taken", "critical", "Pasi atdod šoferim"),
                flag("upfront_payment", "strong", "iemaksā 150 eiro"),
                flag("pay_too_good", "weak", "4000 € mēnesī"),
            ],
            "answers": [],
        },
        "safety": {
            "identity_verified": False,
            "emergency": False,
            "minor": False,
            "movement_restricted": False,
            "easy_language": False,
            "disguised": False,
            "unreachable": False,
        },
        "messages": [
            {
                "seq": 1,
                "from": "visitor",
                "segments": [
                    {"text": "💰 Darbs Vācijā, ", "flags": []},
                    {"text": "4000 € mēnesī", "flags": ["pay_too_good"]},
                    {"text": "! Vispirms ", "flags": []},
                    {"text": "iemaksā 150 eiro", "flags": ["upfront_payment"]},
                    {"text": ". ", "flags": []},
                    {"text": "Pasi atdod šoferim", "flags": ["documents_taken"]},
                    {"text": ".", "flags": []},
                ],
                "at": AT,
                "delivery": "stored",
                "pressed": None,
            },
            {
                "seq": 2,
                "from": "system",
                "segments": [{"text": world.knowledge.text("lv", "system.waiting"), "flags": []}],
                "at": AT,
                "delivery": "stored",
                "pressed": None,
            },
        ],
    }


def test_easy_language_and_a_disguise_are_told_to_the_operator(world: World) -> None:
    """How to write to this visitor, and that whoever wrote the pasted text hid its words."""
    client = world.signed_in()
    conversation_id = world.waiting(said("D a r b s ārzemēs", is_disguised=True))
    world.frontdoor.set_easy(conversation_id, True)

    safety = client.get(f"/api/conversations/{conversation_id}").json()["safety"]

    assert (safety["easy_language"], safety["disguised"]) == (True, True)


def test_an_emergency_is_the_summary_whatever_follows(world: World) -> None:
    """The most dangerous message gives risk and kind; its safety lines stand."""
    client = world.signed_in()
    conversation_id = world.visitor(QUESTION, LOCKED_IN, said("labi", kind="other"))
    world.ask_for_person(conversation_id)

    conversation = client.get(f"/api/conversations/{conversation_id}").json()

    assert (conversation["band"], conversation["summary"]["risk"], conversation["summary"]["kind"]) == (
        "red",
        "high",
        "in_trouble",
    )
    assert conversation["safety"] == {
        "identity_verified": False,
        "emergency": True,
        "minor": False,
        "movement_restricted": True,
        "easy_language": False,
        "disguised": False,
        "unreachable": False,
    }


def test_a_conversation_without_messages_has_no_summary(world: World) -> None:
    """Nothing was assessed: risk and kind are unknown, not "none"."""
    conversation_id = world.waiting()

    conversation = world.signed_in().get(f"/api/conversations/{conversation_id}").json()

    assert conversation["summary"] == {"risk": None, "kind": None, "flags": [], "answers": []}


def test_a_corrected_flag_is_shown_as_such(world: World) -> None:
    """Last in the list and counted no more, its words still to be read."""
    conversation_id = world.visitor(OFFER)
    world.tells(conversation_id, "nē, pasi neņem", denied=("documents_taken",))
    world.ask_for_person(conversation_id)

    conversation = world.signed_in().get(f"/api/conversations/{conversation_id}").json()
    flags = [(flag["id"], flag["withdrawn"]) for flag in conversation["summary"]["flags"]]

    assert flags == [("upfront_payment", False), ("pay_too_good", False), ("documents_taken", True)]
    assert conversation["reasons"] == ["upfront_payment", "pay_too_good"]
    assert conversation["summary"]["risk"] == "medium"
    assert conversation["band"] == "orange"


def test_answers_of_the_guided_check_are_shown(world: World) -> None:
    """Question, answer and message; the flag that an answer means has it as evidence, and a button is named."""
    held = Fact("leave", "held", raises=(("movement_restricted", "critical"),))
    conversation_id = world.visitor(QUESTION)
    seq = world.tells(conversation_id, "/answer_leave_held", facts=(held,))
    world.ask_for_person(conversation_id)

    conversation = world.signed_in().get(f"/api/conversations/{conversation_id}?language=en").json()
    message = next(message for message in conversation["messages"] if message["seq"] == seq)

    assert conversation["summary"]["answers"] == [{"question": "leave", "answer": "held", "seq": seq}]
    assert conversation["summary"]["flags"][0]["quotes"] == [{"seq": seq, "text": "cannot leave freely"}]
    assert conversation["safety"]["movement_restricted"] is True
    assert message["pressed"] == "answer_leave_held"


def test_every_button_has_a_name_for_operators(world: World) -> None:
    """In both languages of the console."""
    words = world.app.state.parts.words
    names = {payload.removeprefix("/") for payload in PAYLOADS if not payload.startswith("/change_")} | {"change"}

    assert len(names) == 142
    for language in ("lv", "en"):
        assert {name for name in names if f"pressed_{name}" not in words.all(language)} == set()


def test_an_answer_reaches_the_visitor_once(world: World) -> None:
    """201, and 200 with the same number when the page sends the same client id again."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")
    client_id = str(uuid.uuid4())

    first = write(client, conversation_id, "Labdien! Es lasu.", client_id)
    again = write(client, conversation_id, "Labdien! Es lasu.", client_id)

    assert (first.status_code, first.json()) == (201, {"seq": 4})
    assert (again.status_code, again.json()) == (200, {"seq": 4})
    assert world.seen_by_visitor(conversation_id)[3:] == [("operator", "Labdien! Es lasu.")]


def test_an_answer_without_a_claim_is_409_and_not_sent(world: World) -> None:
    """Writing into a conversation that waits, or that somebody else holds, does nothing."""
    anna, berta = world.signed_in("anna"), world.signed_in("berta")
    conversation_id = world.waiting(QUESTION)
    refused = {"error": "not_yours", "detail": "Šī saruna vairs nav jūsu."}

    waiting = write(anna, conversation_id, "Labdien!")
    anna.post(f"/api/conversations/{conversation_id}/take")
    foreign = write(berta, conversation_id, "Labdien!")

    assert [(a.status_code, a.json()) for a in (waiting, foreign)] == [(409, refused), (409, refused)]
    assert "operator" not in [sender for sender, _ in world.seen_by_visitor(conversation_id)]


def test_a_lapsed_lease_gives_the_conversation_back(world: World) -> None:
    """A page that fell silent loses the claim: the conversation waits again, the late answer is 409."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")
    world.clock.pass_time(seconds=121)

    queue = client.get("/api/queue").json()
    late = write(client, conversation_id, "Vai esat tur?")

    assert ([card["id"] for card in queue["waiting"]], queue["mine"], late.status_code) == ([conversation_id], [], 409)


def test_renewing_keeps_every_claim(world: World) -> None:
    """An open page says so every half minute and loses nothing."""
    client = world.signed_in()
    one, other = world.waiting(QUESTION), world.waiting(OFFER)
    client.post("/api/queue/next")
    client.post("/api/queue/next")
    for _ in range(6):
        world.clock.pass_time(seconds=100)
        assert client.post("/api/claims/renew").status_code == 204

    assert {card["id"] for card in client.get("/api/queue").json()["mine"]} == {one, other}


def test_released_the_visitor_waits_again(world: World) -> None:
    """Back in the queue, and told so."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION, language="ru")
    client.post("/api/queue/next")

    answer = client.post(f"/api/conversations/{conversation_id}/release")
    queue = client.get("/api/queue").json()

    assert (answer.status_code, [card["id"] for card in queue["waiting"]], queue["mine"]) == (
        204,
        [conversation_id],
        [],
    )
    assert world.seen_by_visitor(conversation_id)[-1] == ("system", world.knowledge.text("ru", "system.operator_left"))


def test_returned_the_assistant_answers_again(world: World) -> None:
    """The conversation is out of the operators' sight, and the visitor is told."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION, language="uk")
    client.post("/api/queue/next")

    answer = client.post(f"/api/conversations/{conversation_id}/return-to-bot")

    assert answer.status_code == 204
    assert client.get("/api/queue").json() == {"waiting": [], "mine": []}
    assert client.get(f"/api/conversations/{conversation_id}").status_code == 404
    expected = ("system", world.knowledge.text("uk", "system.returned_to_bot"))
    assert world.seen_by_visitor(conversation_id)[-1] == expected


def test_closed_with_an_outcome(world: World) -> None:
    """The visitor reads a closing sentence; the conversation leaves the desk; a second close is refused."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")
    ending = {"outcome": "number_given"}

    first = client.post(f"/api/conversations/{conversation_id}/close", json=ending)
    second = client.post(f"/api/conversations/{conversation_id}/close", json=ending)

    assert (first.status_code, second.status_code, second.json()["error"]) == (204, 409, "not_yours")
    assert client.get("/api/queue").json() == {"waiting": [], "mine": []}
    assert world.seen_by_visitor(conversation_id)[-1] == ("system", world.knowledge.text("lv", "system.closed"))


def test_an_outcome_is_one_word(world: World) -> None:
    """Free text about a person cannot slip into the statistics."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")
    outcomes = ["", "Anna no Rīgas", "a b", "x" * 41, 5, None]

    answers = [client.post(f"/api/conversations/{conversation_id}/close", json={"outcome": o}) for o in outcomes]

    assert [(a.status_code, a.json()["error"]) for a in answers] == [(400, "malformed")] * 6


def test_a_visitor_without_a_language_is_told_in_the_default_one(world: World) -> None:
    """Latvian until a language is known."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION, language=None)
    client.post("/api/queue/next")

    assert world.seen_by_visitor(conversation_id)[-1] == (
        "system",
        world.knowledge.text("lv", "system.operator_joined"),
    )


def test_messages_of_the_wrong_size_are_refused(world: World) -> None:
    """Empty is malformed, 4,001 characters are too large, 4,000 of any script go out."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")

    answers = [write(client, conversation_id, text) for text in ("", " \n ", "ї" * 4001, "ї" * 4000)]

    assert [answer.status_code for answer in answers] == [400, 400, 413, 201]
    assert answers[2].json() == {"error": "too_large", "detail": "Teksts ir par garu."}


def test_a_shredded_conversation_is_not_found(world: World) -> None:
    """The visitor deleted everything: nothing can be read, written or closed."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")
    world.frontdoor.shred(conversation_id)
    here = f"/api/conversations/{conversation_id}"

    answers = [
        client.get(here),
        write(client, conversation_id, "Labdien!"),
        client.post(f"{here}/take"),
        client.post(f"{here}/release"),
        client.post(f"{here}/close", json={"outcome": "left"}),
    ]

    assert [(a.status_code, a.json()["error"]) for a in answers] == [(404, "not_found")] * 5


def test_a_late_message_of_the_visitor_is_in_the_transcript(world: World) -> None:
    """What the visitor writes while the operator reads is there at the next look."""
    client = world.signed_in()
    conversation_id = world.waiting(QUESTION)
    client.post("/api/queue/next")
    world.write(
        conversation_id, said("Un vēl kas: pasi jau paņēma", {"documents_taken": "pasi jau paņēma"}, risk="high")
    )

    conversation = client.get(f"/api/conversations/{conversation_id}").json()

    assert text_of(conversation["messages"][-1]) == "Un vēl kas: pasi jau paņēma"
    assert (conversation["band"], conversation["reasons"]) == ("orange", ["documents_taken"])


def test_the_language_of_the_console_follows_the_choice(world: World) -> None:
    """In the address, else the cookie that the page sets, else Latvian; an unknown one is Latvian."""
    client = world.client()
    seen = [client.get("/api/queue").json()["detail"], client.get("/api/queue?language=en").json()["detail"]]
    client.get("/words/en")
    seen.append(client.get("/api/queue").json()["detail"])
    seen.append(client.get("/api/queue?language=xx").json()["detail"])

    assert seen == ["Vispirms piesakieties.", "Sign in first.", "Sign in first.", "Sign in first."]


def test_an_operator_lowers_the_urgency(world: World) -> None:
    """Down with a reason is 204; not down is 409; the reason is needed; the queue follows."""
    client = world.signed_in()
    conversation_id = world.waiting(OFFER)
    client.post("/api/queue/next")
    path = f"/api/conversations/{conversation_id}/band"
    bodies = [
        {"band": "red", "reason": "jo"},
        {"band": "orange", "reason": "jo"},
        {"band": "yellow", "reason": " "},
        {"band": "blue", "reason": "jo"},
        {"band": "yellow", "reason": "Tikai jautā kolēģes vārdā"},
    ]

    answers = [client.post(path, json=body) for body in bodies]

    assert [answer.status_code for answer in answers] == [409, 409, 400, 400, 204]
    assert answers[0].json()["error"] == "band_not_lower"
    assert client.get("/api/queue").json()["mine"][0]["band"] == "yellow"


def test_numbers_come_from_the_directory_in_the_visitors_language(world: World) -> None:
    """A title for the operator, a text for the visitor, one for each need."""
    client = world.signed_in()
    needs = world.knowledge.directory.needs

    answer = client.get("/api/numbers/uk?language=en").json()

    assert answer == [
        {
            "need": need,
            "title": world.knowledge.need_title("en", need),
            "text": world.knowledge.numbers_block("uk", need),
        }
        for need in needs
    ]
    assert len(answer) == 7
    assert client.get("/api/numbers/en").status_code == 400
