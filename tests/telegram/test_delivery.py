"""The outbox on its way to Telegram: order, limits, refusals, repeats."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateway.telegram.client import Client
from bot.gateway.telegram.history import ChatHistory
from bot.gateway.telegram.pace import Health
from bot.gateway.telegram.sending import Done, Letter, Sender, keyboard
from bot.gateway.telegram.splitting import SEND_LIMIT, split_text, utf16_length
from bot.messages import Button, Reply
from tests.telegram.botapi import TOKEN, BotApi
from tests.telegram.botapi.methods import utf16_length as telegrams_length
from tests.telegram.conftest import Telegram
from tests.telegram.rig import QUICK

ANN = 1_001
BEN = 1_002


def open_chat(telegram: Telegram, chat_id: int) -> str:
    """A conversation with a chat that Telegram knows; its id."""
    telegram.world.chats[chat_id] = "private"
    return telegram.core.frontdoor.open_telegram(chat_id).id


def say(telegram: Telegram, conversation_id: str, *texts: str) -> None:
    """Put sentences in the outbox."""
    telegram.core.frontdoor.say(conversation_id, [Reply(text) for text in texts])


def deliveries(telegram: Telegram, chat_id: int) -> list[str]:
    """How the operator sees the delivery of each message."""
    return [message.delivery for message in telegram.core.transcript(chat_id)]


async def test_one_chats_429_holds_nobody_else(telegram: Telegram) -> None:
    """Twenty other chats get everything while the throttled one has to wait for ten minutes."""
    throttled = open_chat(telegram, ANN)
    others = {chat_id: open_chat(telegram, chat_id) for chat_id in range(5_000, 5_020)}
    telegram.world.throttle(ANN, 600)
    say(telegram, throttled, "1", "2", "3")
    await telegram.until(lambda: telegram.channel.health.throttled == 1)
    for conversation_id in others.values():
        say(telegram, conversation_id, "a", "b")
    await telegram.until(lambda: len(telegram.world.sent) == 40)

    assert {chat_id: telegram.world.sent_to(chat_id) for chat_id in (ANN, *others)} == {
        ANN: [],
        **{chat_id: ["a", "b"] for chat_id in others},
    }
    assert telegram.world.statuses[429] == 1


async def test_a_hold_is_as_long_as_telegram_asks(telegram: Telegram) -> None:
    """One refused attempt, then everything in order: nobody knocks in between."""
    conversation_id = open_chat(telegram, ANN)
    telegram.world.throttle(ANN, 1)
    say(telegram, conversation_id, "1", "2", "3")

    assert await telegram.sent(ANN, 3) == ["1", "2", "3"]
    assert (telegram.world.statuses[429], telegram.world.calls["sendmessage"]) == (1, 4)


async def test_two_throttled_chats_pause_everything_for_a_moment(telegram: Telegram) -> None:
    """Then it is the bot that is too fast; nothing is lost by it."""
    first, second = open_chat(telegram, ANN), open_chat(telegram, BEN)
    telegram.world.throttle(ANN, 1)
    telegram.world.throttle(BEN, 1)
    say(telegram, first, "1")
    say(telegram, second, "2")
    await telegram.sent(ANN, 1)
    await telegram.sent(BEN, 1)

    assert telegram.channel.health.throttled == 2
    assert sorted(sent.text for sent in telegram.world.sent) == ["1", "2"]


async def test_a_visitor_who_blocked_the_bot_is_marked_unreachable(telegram: Telegram) -> None:
    """The operator sees it; nothing is tried again; it ends when they write again."""
    telegram.world.text(ANN, "Labdien")
    await telegram.sent(ANN, 1)
    telegram.world.block(ANN)
    say(telegram, telegram.core.conversation_of(ANN), "are you there?")
    await telegram.until(lambda: telegram.channel.health.blocked == 1)
    await telegram.until(lambda: "failed" in deliveries(telegram, ANN))
    (waiting,) = telegram.core.desk.waiting()

    assert waiting.unreachable
    telegram.world.unblock(ANN)
    telegram.world.text(ANN, "back")
    await telegram.quiet()
    assert [entry.unreachable for entry in telegram.core.desk.waiting()] == [False]


async def test_a_rejected_message_does_not_stop_those_behind_it(telegram: Telegram) -> None:
    """Telegram's 400 is final for that message only, and the operator sees it."""
    conversation_id = open_chat(telegram, ANN)
    telegram.world.refuse(ANN, 400, "Bad Request: something new")
    say(telegram, conversation_id, "rejected", "taken")
    sent = await telegram.sent(ANN, 1)
    await telegram.until(lambda: deliveries(telegram, ANN)[:2] == ["failed", "sent"])

    assert (sent, telegram.channel.health.rejected) == (["taken"], 1)


@pytest.mark.parametrize("code", [500, 502, 503, 504])
async def test_a_failing_server_is_tried_again(telegram: Telegram, code: int) -> None:
    """Three failures, then it goes through, once and in order."""
    conversation_id = open_chat(telegram, ANN)
    telegram.world.fail("sendMessage", code, times=3)
    say(telegram, conversation_id, "1", "2")

    assert await telegram.sent(ANN, 2) == ["1", "2"]
    assert telegram.world.statuses[code] == 3


async def test_an_unclear_failure_rather_doubles_than_loses(telegram: Telegram) -> None:
    """The server took the message and failed then: it cannot be known, so it is sent again."""
    conversation_id = open_chat(telegram, ANN)
    telegram.world.fail("sendMessage", 500, after_work=True)
    say(telegram, conversation_id, "important", "next")

    assert await telegram.sent(ANN, 3) == ["important", "important", "next"]


async def test_a_long_text_goes_in_parts_and_its_buttons_under_the_last(telegram: Telegram) -> None:
    """A part that failed is repeated, those before it are not."""
    conversation_id = open_chat(telegram, ANN)
    paragraphs = [f"{number}. " + "слово " * 300 for number in range(1, 6)]
    telegram.world.fail("sendMessage", 500, skip=1)
    telegram.core.frontdoor.say(conversation_id, [Reply("\n\n".join(paragraphs), (Button("Jā", "/affirm"),))])
    sent = await telegram.sent(ANN, 3)

    assert [text.split()[0] for text in sent] == ["1.", "3.", "5."]
    assert [message.payloads for message in telegram.world.sent] == [(), (), ("/affirm",)]
    assert telegram.world.statuses[500] == 1
    assert " ".join(" ".join(sent).split()) == " ".join(" ".join(paragraphs).split())


async def test_operators_texts_are_protected_and_the_numbers_are_not(api: BotApi) -> None:
    """What a person wrote for this visitor cannot be forwarded; numbers and advice can be copied and saved."""
    api.world.chats[ANN] = "private"
    async with Client(TOKEN, api.url) as client:
        sender = Sender(client, ChatHistory(time.monotonic), QUICK, Health())
        results = [
            await sender.send(Letter(ANN, "112", (), is_operators=False), "1"),
            await sender.send(Letter(ANN, "Kur jūs esat?", (), is_operators=True), "2"),
        ]

    assert results == [Done(), Done()]
    assert [sent.parameters.get("protect_content") for sent in api.world.sent] == [None, "true"]


async def test_many_chats_keep_their_order_through_faults(telegram: Telegram) -> None:
    """Five chats, forty messages each, with 429, 500 and taken-but-failed answers in between: no inversion, no loss."""
    chats = {chat_id: open_chat(telegram, chat_id) for chat_id in range(6_000, 6_005)}
    for step in range(40):
        for chat_id, conversation_id in chats.items():
            say(telegram, conversation_id, f"{step:02}")
            if (step + chat_id) % 13 == 0:
                telegram.world.refuse(chat_id, 500, "Internal Server Error")
        if step == 20:
            telegram.world.throttle(6_002, 1)
            telegram.world.fail("sendMessage", 502, after_work=True)
        await asyncio.sleep(0)
    expected = [f"{step:02}" for step in range(40)]
    await telegram.until(lambda: all(telegram.world.sent_to(chat_id)[-1:] == ["39"] for chat_id in chats))
    await telegram.quiet()

    assert {chat_id: sorted(set(telegram.world.sent_to(chat_id))) for chat_id in chats} == dict.fromkeys(
        chats, expected
    )
    assert [telegram.world.sent_to(chat_id) == sorted(telegram.world.sent_to(chat_id)) for chat_id in chats] == [
        True
    ] * 5
    assert len(telegram.world.sent) == 201


async def test_a_chat_is_not_asked_for_while_its_message_is_being_marked(
    telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the core hands out and nobody carries is lost for a minute: a slow mark must not lead to that."""
    conversation_id = open_chat(telegram, ANN)
    mark = telegram.core.frontdoor.sent

    def slowly(delivery_id: int) -> None:
        mark(delivery_id)
        time.sleep(4 * QUICK.outbox_seconds)  # the outbox looks again in between

    monkeypatch.setattr(telegram.core.frontdoor, "sent", slowly)
    say(telegram, conversation_id, "1", "2", "3")

    assert await telegram.sent(ANN, 3) == ["1", "2", "3"]


@given(st.text(alphabet=st.sampled_from("аx😀\n .\u200d"), max_size=300), st.integers(4, 40))
def test_parts_are_whole_and_fit(text: str, limit: int) -> None:
    """Nothing but white space is lost at a cut; every part is what Telegram takes."""
    parts = split_text(text, limit)

    assert "".join("".join(parts).split()) == "".join(text.split())
    assert all(0 < telegrams_length(part) <= limit for part in parts)


def test_texts_are_cut_where_a_reader_would_pause() -> None:
    """Paragraph, line, sentence, word; a word only when it fills a part by itself."""
    assert split_text("a" * SEND_LIMIT) == ["a" * SEND_LIMIT]
    assert [
        split_text("first part\n\nsecond one", 16),
        split_text("first part\nsecond one", 16),
        split_text("first. Second one", 12),
        split_text("first second", 9),
        split_text("abcdefghij", 4),
        split_text("  \n ", 4),
    ] == [
        ["first part", "second one"],
        ["first part", "second one"],
        ["first.", "Second one"],
        ["first", "second"],
        ["abcd", "efgh", "ij"],
        [],
    ]


def test_length_is_counted_as_telegram_counts() -> None:
    """Letters are one, emoji two."""
    assert [utf16_length("aй"), utf16_length("😀")] == [2, 2]


def test_short_buttons_stand_in_pairs_and_long_ones_alone() -> None:
    """At most two in a row, and never a long word beside another."""
    made = keyboard(tuple(Button(title, "/help") for title in ("a", "b", "c", "d" * 21, "e", "f", "g")))
    assert made is not None

    assert [[button.text[0] for button in row] for row in made.inline_keyboard] == [
        ["a", "b"],
        ["c"],
        ["d"],
        ["e", "f"],
        ["g"],
    ]
    assert keyboard(()) is None
