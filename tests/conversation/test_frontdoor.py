"""The visitor's side: nothing is lost, nothing is stored twice, nobody talks over an operator."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.conversation import (
    ConversationView,
    Database,
    Desk,
    Frontdoor,
    InboxItem,
    NotFound,
    Received,
    Settled,
    VisitorMessage,
    load_gateway_vault,
)
from bot.messages import Button, Channel, Reply, Route, Sender
from tests.conversation.conftest import (
    ALONE,
    BYE,
    DANGEROUS,
    EMERGENCY,
    QUIET,
    WAIT,
    Clock,
    say,
    telegram_with,
    waiting_with,
    web_with,
)

MINUTE = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)
ANSWER = Reply("Atbilde", (Button("Cilvēks", "/person"),))


def item_of(frontdoor: Frontdoor, conversation_id: str) -> InboxItem:
    item = frontdoor.next_item(conversation_id)
    assert item is not None
    return item


def texts(frontdoor: Frontdoor, conversation: tuple[str, str]) -> list[tuple[str, str]]:
    return [(message.sender.value, message.text) for message in frontdoor.messages(*conversation)]


def test_a_web_conversation_is_found_by_its_token_alone(frontdoor: Frontdoor) -> None:
    """A new conversation is with the assistant; a wrong token finds nothing."""
    opened = frontdoor.open_web("ru")
    view = opened.conversation
    assert view == ConversationView(view.id, view.alias, Route.BOT, "ru", Channel.WEB)
    assert frontdoor.by_token(opened.token) == view
    assert frontdoor.by_token(opened.token + "x") is None
    assert frontdoor.by_token("") is None
    assert len(opened.token) == 43


def test_a_chat_has_one_conversation(frontdoor: Frontdoor) -> None:
    """Opening it again finds the same one; another chat gets another."""
    assert frontdoor.by_chat(-5) is None
    view = frontdoor.open_telegram(-5)
    assert (view.route, view.language, view.channel) == (Route.BOT, None, Channel.TELEGRAM)
    assert frontdoor.open_telegram(-5) == frontdoor.by_chat(-5) == frontdoor.view(view.id) == view
    assert frontdoor.open_telegram(5).id != view.id


def test_a_chat_opened_by_many_threads_at_once_has_one_conversation(frontdoor: Frontdoor) -> None:
    """Eight simultaneous updates of a new chat end in one conversation."""
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(frontdoor.open_telegram(42).id)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found))) == (8, 1)


def test_a_message_delivered_twice_is_stored_once(frontdoor: Frontdoor) -> None:
    """The second delivery gets the same number and makes no work."""
    opened = frontdoor.open_web("lv")
    conversation_id = opened.conversation.id
    first = frontdoor.receive(conversation_id, "Labdien", channel_message_id="a")
    again = frontdoor.receive(conversation_id, "Labdien", channel_message_id="a")
    other = frontdoor.receive(conversation_id, "Labdien", channel_message_id="b")
    assert [first, again, other] == [Received(1, True), Received(1, False), Received(2, True)]
    assert texts(frontdoor, (conversation_id, opened.token)) == [("visitor", "Labdien")] * 2


def test_the_same_channel_id_in_another_conversation_is_another_message(frontdoor: Frontdoor) -> None:
    """Telegram numbers messages per chat."""
    ids = [frontdoor.open_telegram(chat).id for chat in (1, 2)]
    assert [frontdoor.receive(i, "x", channel_message_id="7") for i in ids] == [Received(1, True)] * 2


def test_a_message_delivered_again_after_its_answer_makes_no_work(frontdoor: Frontdoor) -> None:
    """Settled stays settled."""
    conversation_id, _ = web_with(frontdoor, "Labdien")
    assert frontdoor.receive(conversation_id, "Labdien", channel_message_id="m-Labdien") == Received(1, False)
    assert frontdoor.next_item(conversation_id) is None
    assert frontdoor.pending() == []


def test_work_comes_back_in_order_until_it_is_settled(frontdoor: Frontdoor) -> None:
    """The same item is offered until it is settled; conversations that wait longest come first."""
    ids = [frontdoor.open_web("lv").conversation.id for _ in range(3)]
    for conversation_id, text in itertools.product((ids[2], ids[0]), ("viens", "divi")):
        frontdoor.receive(conversation_id, text, channel_message_id=text)
    assert frontdoor.pending() == [ids[2], ids[0]]
    first = item_of(frontdoor, ids[2])
    assert item_of(frontdoor, ids[2]) == first
    assert (first.text, first.seq, first.route, first.language, first.is_payload) == (
        "viens",
        1,
        Route.BOT,
        "lv",
        False,
    )
    frontdoor.settle(first, [])
    assert item_of(frontdoor, ids[2]).text == "divi"
    frontdoor.settle(item_of(frontdoor, ids[2]), [])
    assert frontdoor.pending() == [ids[0]]


def test_work_survives_a_restart(database: Database, keys: Path, clock: Clock, frontdoor: Frontdoor) -> None:
    """Another process with the route key goes on where the first one stopped."""
    conversation_id = frontdoor.open_web("uk").conversation.id
    frontdoor.receive(conversation_id, "/check_offer", channel_message_id="1", payload=True)
    restarted = Frontdoor(database, load_gateway_vault(keys), clock)
    assert restarted.pending() == [conversation_id]
    item = item_of(restarted, conversation_id)
    assert (item.text, item.is_payload) == ("/check_offer", True)
    assert restarted.settle(item, [ANSWER]) == Settled(Route.BOT, True)


def test_the_visitor_reads_what_was_written_before_and_after_a_restart(
    database: Database, keys: Path, clock: Clock, frontdoor: Frontdoor
) -> None:
    """Every segment's key is sealed to the visitor as well; buttons, language and the minute are there."""
    conversation = web_with(frontdoor, "Pirms")
    restarted = Frontdoor(database, load_gateway_vault(keys), clock)
    clock.forward(minutes=2)
    restarted.receive(conversation[0], "Pēc", channel_message_id="2")
    restarted.settle(item_of(restarted, conversation[0]), [ANSWER])
    later = datetime(2026, 11, 23, 10, 2, tzinfo=timezone.utc)
    assert restarted.messages(*conversation) == [
        VisitorMessage(1, Sender.VISITOR, "Pirms", "lv", (), MINUTE),
        VisitorMessage(2, Sender.ASSISTANT, "Atbilde", "lv", (), MINUTE),
        VisitorMessage(3, Sender.VISITOR, "Pēc", "lv", (), later),
        VisitorMessage(4, Sender.ASSISTANT, "Atbilde", "lv", ANSWER.buttons, later),
    ]
    assert [message.seq for message in restarted.messages(*conversation, after=3)] == [4]
    assert restarted.messages(*conversation, after=4) == []


def test_another_visitors_token_opens_nothing(frontdoor: Frontdoor) -> None:
    """Neither the wrong token nor the wrong conversation."""
    mine, theirs = web_with(frontdoor), web_with(frontdoor)
    for conversation_id, token in ((mine[0], theirs[1]), (theirs[0], mine[1]), (mine[0], "nothing")):
        with pytest.raises(NotFound):
            frontdoor.messages(conversation_id, token)


def test_an_assessment_is_kept_once_and_its_replies_go_out_at_once(frontdoor: Frontdoor) -> None:
    """The emergency text stands before the assistant's answer; a repeated call adds nothing."""
    opened = frontdoor.open_web("lv")
    conversation_id = opened.conversation.id
    frontdoor.receive(conversation_id, "Palīgā", channel_message_id="1")
    item = item_of(frontdoor, conversation_id)
    for _ in range(2):
        frontdoor.assessed(item, EMERGENCY, [Reply("112")])
    assert texts(frontdoor, (conversation_id, opened.token)) == [("visitor", "Palīgā"), ("assistant", "112")]
    assert frontdoor.settle(item, [ANSWER], intent="emergency") == Settled(Route.BOT, True)
    assert frontdoor.settle(item, [ANSWER]) == Settled(Route.BOT, False)
    assert [text for _, text in texts(frontdoor, (conversation_id, opened.token))] == ["Palīgā", "112", "Atbilde"]


def test_a_late_answer_of_the_assistant_is_dropped(frontdoor: Frontdoor, desk: Desk) -> None:
    """Somebody asked for a person, or an operator took over, while the assistant was thinking."""
    conversation = web_with(frontdoor)
    frontdoor.receive(conversation[0], "Vēl", channel_message_id="2")
    late = item_of(frontdoor, conversation[0])
    frontdoor.request_handoff(conversation[0], WAIT)
    assert frontdoor.settle(late, [ANSWER]) == Settled(Route.WAITING, False)

    frontdoor.receive(conversation[0], "Un vēl", channel_message_id="3")
    later = item_of(frontdoor, conversation[0])
    desk.take("operator", conversation[0])
    assert frontdoor.settle(later, [ANSWER]) == Settled(Route.HUMAN, False)
    assert [text for sender, text in texts(frontdoor, conversation) if sender == "assistant"] == ["Atbilde"]
    assert frontdoor.pending() == []


def test_the_emergency_text_goes_out_even_while_a_person_is_waited_for(frontdoor: Frontdoor) -> None:
    """No route keeps the numbers back."""
    conversation = web_with(frontdoor)
    frontdoor.request_handoff(conversation[0], WAIT)
    frontdoor.receive(conversation[0], "Mani sit", channel_message_id="2")
    frontdoor.assessed(item_of(frontdoor, conversation[0]), EMERGENCY, [Reply("112")])
    assert texts(frontdoor, conversation)[-1] == ("assistant", "112")


def test_a_request_for_a_person_stands_once(frontdoor: Frontdoor, desk: Desk) -> None:
    """Asking again while waiting or talking changes nothing and says nothing twice."""
    conversation = web_with(frontdoor)
    assert [frontdoor.request_handoff(conversation[0], WAIT) for _ in range(2)] == [Route.WAITING] * 2
    assert [text for _, text in texts(frontdoor, conversation)].count(WAIT.text) == 1
    desk.take("operator", conversation[0])
    assert frontdoor.request_handoff(conversation[0], WAIT) is Route.HUMAN
    assert frontdoor.withdraw_handoff(conversation[0], ALONE) is Route.HUMAN
    assert texts(frontdoor, conversation)[-1] == ("system", WAIT.text)


def test_a_visitor_may_go_on_alone_while_nobody_came(frontdoor: Frontdoor, desk: Desk) -> None:
    """The request is gone from the queue; without a request nothing happens."""
    conversation = web_with(frontdoor)
    assert frontdoor.withdraw_handoff(conversation[0], ALONE) is Route.BOT
    frontdoor.request_handoff(conversation[0], WAIT)
    assert frontdoor.withdraw_handoff(conversation[0], ALONE) is Route.BOT
    assert desk.waiting() == []
    assert texts(frontdoor, conversation)[2:] == [("system", WAIT.text), ("system", ALONE.text)]


def test_every_phase_with_the_assistant_has_a_name_of_its_own(frontdoor: Frontdoor) -> None:
    """The assistant cannot join what was said before a person was asked for with what is said after."""
    conversation_id, _ = web_with(frontdoor)
    senders = []
    for number in range(3):
        frontdoor.receive(conversation_id, "x", channel_message_id=f"{number}")
        item = item_of(frontdoor, conversation_id)
        senders.append(item.sender)
        frontdoor.settle(item, [])
        frontdoor.request_handoff(conversation_id, WAIT)
        frontdoor.withdraw_handoff(conversation_id, ALONE)
    assert len(set(senders)) == 3
    assert conversation_id not in senders


def test_a_new_message_opens_a_closed_conversation_again(frontdoor: Frontdoor, desk: Desk) -> None:
    """The assistant answers; asking for a person straight away works as well."""
    conversation = web_with(frontdoor)
    for message in ("2", "3"):
        frontdoor.request_handoff(conversation[0], WAIT)
        desk.take("operator", conversation[0])
        desk.close("operator", conversation[0], "advice", BYE)
        if message == "3":
            assert frontdoor.request_handoff(conversation[0], WAIT) is Route.WAITING
            break
        frontdoor.receive(conversation[0], "Vēl kas", channel_message_id=message)
        assert item_of(frontdoor, conversation[0]).route is Route.BOT
        assert frontdoor.settle(item_of(frontdoor, conversation[0]), [ANSWER]) == Settled(Route.BOT, True)


def test_the_chosen_language_holds_for_what_follows(frontdoor: Frontdoor) -> None:
    """Messages keep the language in which they were said."""
    opened = frontdoor.open_web(None)
    conversation_id = opened.conversation.id
    say(frontdoor, conversation_id, "Labdien")
    frontdoor.set_language(conversation_id, "uk")
    assert frontdoor.view(conversation_id) == ConversationView(
        conversation_id, opened.conversation.alias, Route.BOT, "uk", Channel.WEB
    )
    say(frontdoor, conversation_id, "Добрий день")
    assert [m.language for m in frontdoor.messages(conversation_id, opened.token)] == [None, None, "uk", "uk"]


def test_the_system_may_speak_without_a_question(frontdoor: Frontdoor) -> None:
    """Such as that a photo cannot be read."""
    conversation = web_with(frontdoor)
    frontdoor.say(conversation[0], [Reply("Attēlu nevaru izlasīt."), Reply("Uzrakstiet.")])
    assert texts(frontdoor, conversation)[2:] == [("system", "Attēlu nevaru izlasīt."), ("system", "Uzrakstiet.")]


def test_any_unicode_is_stored_and_given_back(frontdoor: Frontdoor) -> None:
    """Zero bytes, directions, emoji; lone surrogates become the replacement character everywhere alike."""
    opened = frontdoor.open_web("lv")
    text = '\x00\u202eabc\u200b😀\ud800 \'quote" --; {"a": 1}'
    frontdoor.receive(opened.conversation.id, text, channel_message_id="\ud800")
    expected = text.replace("\ud800", "\ufffd")
    assert item_of(frontdoor, opened.conversation.id).text == expected
    assert texts(frontdoor, (opened.conversation.id, opened.token)) == [("visitor", expected)]


def test_messages_of_many_threads_are_numbered_without_gap_or_double(frontdoor: Frontdoor) -> None:
    """Eight writers, ten messages each, one conversation."""
    opened = frontdoor.open_web("lv")
    conversation_id = opened.conversation.id

    def write(writer: int) -> None:
        for number in range(10):
            frontdoor.receive(conversation_id, "x", channel_message_id=f"{writer}-{number}")

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [message.seq for message in frontdoor.messages(conversation_id, opened.token)] == list(range(1, 81))


def test_a_shredded_conversation_is_gone_for_everybody(frontdoor: Frontdoor, desk: Desk) -> None:
    """No token, queue or method finds it; what was being worked on is refused; shredding again is fine."""
    conversation_id = waiting_with(frontdoor)
    opened = frontdoor.open_web("lv")
    gone = opened.conversation.id
    frontdoor.receive(gone, "x", channel_message_id="1")
    item = item_of(frontdoor, gone)
    frontdoor.request_handoff(gone, WAIT)
    assert frontdoor.shred(gone) is True
    assert frontdoor.shred(gone) is True
    assert [entry.id for entry in desk.waiting()] == [conversation_id]
    assert (frontdoor.by_token(opened.token), frontdoor.view(gone), frontdoor.next_item(gone)) == (None, None, None)
    assert frontdoor.pending() == []
    attempts: list[Callable[[], object]] = [
        lambda: frontdoor.receive(gone, "x", channel_message_id="1"),
        lambda: frontdoor.assessed(item, QUIET),
        lambda: frontdoor.settle(item, [ANSWER]),
        lambda: frontdoor.request_handoff(gone, WAIT),
        lambda: frontdoor.withdraw_handoff(gone, ALONE),
        lambda: frontdoor.set_language(gone, "lv"),
        lambda: frontdoor.say(gone, [ANSWER]),
        lambda: frontdoor.messages(gone, opened.token),
        lambda: desk.take("operator", gone),
        lambda: desk.transcript("operator", gone),
    ]
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()


def test_a_chat_that_was_shredded_starts_anew(frontdoor: Frontdoor) -> None:
    """The same chat id leads to a new conversation without a past."""
    gone = telegram_with(frontdoor, 7)
    frontdoor.shred(gone)
    assert frontdoor.by_chat(7) is None
    fresh = frontdoor.open_telegram(7)
    assert fresh.id != gone
    assert frontdoor.deliveries() == []


def test_the_band_only_rises_with_what_the_visitor_writes(frontdoor: Frontdoor, desk: Desk) -> None:
    """A quiet message after a dangerous one changes nothing."""
    conversation_id = waiting_with(frontdoor, "a", QUIET)
    bands = []
    for text, assessment in (("b", DANGEROUS), ("c", QUIET), ("d", EMERGENCY), ("e", QUIET)):
        say(frontdoor, conversation_id, text, assessment)
        bands.append(desk.waiting()[0].band.value)
    assert bands == ["orange", "orange", "red", "red"]


@pytest.mark.parametrize("strange", ["", "nothing", "\x00", "\ud800", "' OR 1=1 --", "A" * 32, "0" * 10_000])
def test_what_cannot_be_an_id_is_simply_not_found(frontdoor: Frontdoor, desk: Desk, strange: str) -> None:
    """Whatever stands in an address never reaches the database's grammar."""
    assert (frontdoor.view(strange), frontdoor.by_token(strange)) == (None, None)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: frontdoor.receive(strange, "x", channel_message_id="1"),
        lambda: frontdoor.request_handoff(strange, WAIT),
        lambda: frontdoor.messages(strange, strange),
        lambda: desk.take("one", strange),
        lambda: desk.transcript("one", strange),
        lambda: desk.write("one", strange, "c", "x"),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()
