"""The tracker store: intents and actions are kept for a while, words never."""

from __future__ import annotations

import json

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.redaction import MOST_EVENTS
from bot.assistant.tracker_store import PrivateTrackerStore

MARK = "zzMARKEDPHRASEzz"
DOMAIN = Domain.from_dict(
    {
        "intents": ["greet"],
        "slots": {"offer_asked": {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        "actions": ["action_check_offer"],
    }
)


def tracker(sender: str, turns: int = 1) -> DialogueStateTracker:
    made = DialogueStateTracker(sender, DOMAIN.slots)
    made.update(SlotSet("session_started_metadata", {"language": MARK}))
    made.update(SessionStarted())
    for _ in range(turns):
        parsed = {
            "text": MARK,
            "intent": {"name": "greet", "confidence": 0.9},
            "entities": [],
            "assessment": {"x": MARK},
        }
        made.update(UserUttered(MARK, parsed["intent"], [], parsed, metadata={"language": MARK}))
        made.update(ActionExecuted("action_check_offer"))
        made.update(SlotSet("offer_asked", True))
        made.update(BotUttered(MARK, {"buttons": [MARK]}, {"utter_action": MARK}))
        made.update(ActionExecuted("action_listen"))
    return made


async def test_no_word_is_kept() -> None:
    """Neither of the visitor nor of the answers, in whatever place Rasa puts them."""
    store = PrivateTrackerStore(DOMAIN)
    await store.save(tracker("a"))

    assert MARK not in json.dumps(list(store._kept.values()))
    assert MARK not in str(vars(store))


async def test_intents_actions_and_slots_are_kept() -> None:
    """What the rules look at comes back."""
    store = PrivateTrackerStore(DOMAIN)
    await store.save(tracker("a"))
    found = await store.retrieve("a")

    assert found is not None
    assert found.latest_message.intent == {"name": "greet", "confidence": 0.9}
    assert found.latest_action_name == "action_listen"
    assert found.get_slot("offer_asked") is True


async def test_a_long_talk_stays_small() -> None:
    """The oldest events leave, slots stay, before the rest; one that is set to what it was is kept once."""
    store = PrivateTrackerStore(DOMAIN)
    await store.save(tracker("a", turns=100))
    events = json.loads(store._kept["a"][1])["events"]

    assert len(events) == MOST_EVENTS + 1
    assert events[0] == {"event": "slot", "timestamp": events[0]["timestamp"], "name": "offer_asked"} | {
        "value": True,
        "metadata": {},
    }


async def test_slots_stay_where_they_were_set() -> None:
    """Rules look at them as they were at each step."""
    store = PrivateTrackerStore(DOMAIN)
    await store.save(tracker("a", turns=2))
    events = json.loads(store._kept["a"][1])["events"]

    assert [event["event"] for event in events] == [
        "session_started",
        "user",
        "action",
        "slot",
        "bot",
        "action",
        "user",
        "action",
        "bot",
        "action",
    ]


async def test_a_conversation_is_forgotten_after_its_life() -> None:
    """Nothing has to be asked for that."""
    store = PrivateTrackerStore(DOMAIN, life_seconds=0.0)
    await store.save(tracker("a"))

    assert await store.retrieve("a") is None
    assert list(await store.keys()) == []


async def test_the_oldest_conversation_leaves_when_there_are_too_many() -> None:
    """Memory has an end."""
    store = PrivateTrackerStore(DOMAIN, most_conversations=2)
    for sender in ("a", "b", "a", "c"):
        await store.save(tracker(sender))

    assert list(await store.keys()) == ["a", "c"]


async def test_a_conversation_is_forgotten_on_demand() -> None:
    """Twice is as good as once."""
    store = PrivateTrackerStore(DOMAIN)
    await store.save(tracker("a"))
    store.forget("a")
    store.forget("a")

    assert await store.retrieve("a") is None


@pytest.mark.parametrize("broker", [object()])
async def test_no_broker_is_told_anything(broker: object) -> None:
    """An event broker would get every word."""
    assert PrivateTrackerStore(DOMAIN, broker).event_broker is None
