"""Which messages can still be taken out of a chat."""

from __future__ import annotations

from bot.gateway.telegram.history import KEPT_SECONDS, ChatHistory


def test_each_message_is_given_once_and_then_forgotten() -> None:
    """Ascending, without doubles, per chat."""
    history = ChatHistory(lambda: 0.0)
    for message_id in (3, 1, 3):
        history.note(1_001, message_id)
    history.note(1_002, 9)

    assert [history.take(1_001), history.take(1_001), history.take(1_002), history.take(5)] == [[1, 3], [], [9], []]


def test_messages_older_than_two_days_are_left_out() -> None:
    """Telegram would refuse the whole request for them."""
    now = 0.0
    history = ChatHistory(lambda: now)
    history.note(1_001, 1)
    now = KEPT_SECONDS - 1.0
    history.note(1_001, 2)
    now = KEPT_SECONDS + 0.0

    assert history.take(1_001) == [2]


def test_memory_is_bounded() -> None:
    """The chats heard longest ago and the oldest messages go first."""
    history = ChatHistory(lambda: 0.0, chats=2, messages=3)
    for chat_id in (1, 2, 1, 3):
        for message_id in range(10 * chat_id, 10 * chat_id + 5):
            history.note(chat_id, message_id)

    assert [history.take(chat_id) for chat_id in (1, 2, 3)] == [[12, 13, 14], [], [32, 33, 34]]
