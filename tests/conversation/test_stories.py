"""The story of a conversation: kept through restarts, the same for the gateway and the console, gone when shredded."""

from __future__ import annotations

from pathlib import Path

from bot.conversation import Database, Desk, Frontdoor, load_gateway_vault
from bot.conversation.stories import story_of
from bot.conversation.transition import found
from bot.messages import Band, Reply
from bot.redflags.assessment import Assessment, RedFlag
from bot.story import Fact, Story, Telling, Voice
from tests.conversation.conftest import DANGEROUS, SUSPICIOUS, WAIT, Clock, say, web_with

RUSH = Assessment("ru", "job_offer", "medium", False, (RedFlag("pressure_to_decide", "strong", 0, 4, "сей "),))
QUIET = Assessment("ru", "question", "none", False)
TAKEN = Fact("documents", "taken", raises=(("documents_taken", "critical"),))


def story(frontdoor: Frontdoor, conversation_id: str) -> Story:
    """The story before the next message."""
    frontdoor.receive(conversation_id, "?", channel_message_id="next")
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    return item.story


def waiting_band(frontdoor: Frontdoor, desk: Desk, conversation_id: str) -> tuple[Band, tuple[str, ...]]:
    """Band and reasons as the queue shows them."""
    frontdoor.request_handoff(conversation_id, WAIT)
    (entry,) = desk.waiting()
    return entry.band, entry.reasons


def test_signs_of_several_messages_add_up(frontdoor: Frontdoor, desk: Desk) -> None:
    """Two messages to check make one conversation that is dangerous."""
    conversation_id, _ = web_with(frontdoor, "viens", SUSPICIOUS)
    say(frontdoor, conversation_id, "divi", RUSH)

    assert story(frontdoor, conversation_id).risk == "high"
    assert waiting_band(frontdoor, desk, conversation_id) == (
        Band.ORANGE,
        ("upfront_payment", "pressure_to_decide"),
    )


def test_a_correction_leaves_the_reasons_but_not_the_band(frontdoor: Frontdoor, desk: Desk) -> None:
    """What was corrected is no reason any more; only an operator finds a conversation less urgent."""
    conversation_id, _ = web_with(frontdoor, "viens", DANGEROUS)
    frontdoor.receive(conversation_id, "nē", channel_message_id="2")
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    frontdoor.assessed(item, QUIET, telling=Telling.of(item.seq, QUIET, denied=("documents_taken",)))
    frontdoor.settle(item, [])

    assert waiting_band(frontdoor, desk, conversation_id) == (Band.ORANGE, ("no_contract",))


def test_what_the_assistant_understood_raises_the_band(frontdoor: Frontdoor, desk: Desk) -> None:
    """An answer of the guided check, given with a button, is in the console with its message."""
    conversation_id, _ = web_with(frontdoor)
    frontdoor.receive(conversation_id, "/answer_documents_taken", channel_message_id="2", payload=True)
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    telling = Telling(item.seq, "lv", facts=(TAKEN,))
    frontdoor.settle(item, [Reply("Sapratu.")], telling=telling)

    assert waiting_band(frontdoor, desk, conversation_id) == (Band.ORANGE, ("documents_taken",))
    transcript = desk.transcript("anybody", conversation_id)
    assert [message.telling for message in transcript.messages if message.seq == item.seq] == [telling]
    assert transcript.story.facts == {"documents": TAKEN}


def test_what_was_understood_counts_when_a_person_took_over_meanwhile(frontdoor: Frontdoor, desk: Desk) -> None:
    """The late answer is dropped; what the visitor said is not."""
    conversation_id, _ = web_with(frontdoor)
    frontdoor.receive(conversation_id, "paņēma", channel_message_id="2")
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    frontdoor.request_handoff(conversation_id, WAIT)
    settled = frontdoor.settle(item, [Reply("Sapratu.")], telling=Telling(item.seq, "lv", facts=(TAKEN,)))

    assert not settled.delivered
    assert desk.waiting()[0].reasons == ("documents_taken",)


def test_the_second_look_replaces_the_first(frontdoor: Frontdoor) -> None:
    """A message has one telling."""
    conversation_id, _ = web_with(frontdoor)
    frontdoor.receive(conversation_id, "atbilde", channel_message_id="2")
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    frontdoor.assessed(item, SUSPICIOUS)
    reply = Telling.of(item.seq, SUSPICIOUS, voice=Voice.REPLY)
    frontdoor.settle(item, [], telling=reply)

    assert story(frontdoor, conversation_id).tellings == (reply,)


def test_the_story_survives_a_restart(database: Database, keys: Path, clock: Clock) -> None:
    """The next gateway goes on with it."""
    conversation_id, _ = web_with(Frontdoor(database, load_gateway_vault(keys), clock), "viens", SUSPICIOUS)

    again = Frontdoor(database, load_gateway_vault(keys), clock)
    assert story(again, conversation_id) == Story((Telling.of(1, SUSPICIOUS),))


def test_a_story_holds_no_word(database: Database, keys: Path, clock: Clock) -> None:
    """Even opened with the gateway's key: ids, offsets and numbers."""
    vault = load_gateway_vault(keys)
    conversation_id, _ = web_with(Frontdoor(database, vault, clock), "пришли аванс сегодня", SUSPICIOUS)
    with database.reading() as session:
        kept = str(story_of(vault, found(session, conversation_id)).as_json())

    assert "upfront_payment" in kept
    assert not any("а" <= letter <= "я" for letter in kept)
