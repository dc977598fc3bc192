"""The stand-in behaves like the published Bot API, seen through the real python-telegram-bot client."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.telegram.botapi import TOKEN, BotApi, UpdateQueue

ANN = 1_001
BEN = 1_002


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """The real client, connected to the stand-in."""
    async with Bot(TOKEN, base_url=f"{api.url}/bot") as client:
        yield client


def ids(queue: UpdateQueue, offset: int = 0, limit: int = 100) -> list[int]:
    """The ids that a fetch returns."""
    return [update["update_id"] for update in queue.fetch(offset, limit)]


def test_an_update_stays_until_a_higher_offset_is_asked() -> None:
    """Fetching confirms nothing; asking for the next one does."""
    queue = UpdateQueue(first_id=10)
    for _ in range(3):
        queue.push({})

    assert [ids(queue), ids(queue), ids(queue, 11), ids(queue, 11), ids(queue, 13), ids(queue)] == [
        [10, 11, 12],
        [10, 11, 12],
        [11, 12],
        [11, 12],
        [],
        [],
    ]


def test_an_offset_in_the_future_is_answered_from_the_head() -> None:
    """More than ten above the newest id: nothing is forgotten, the same head comes again and again."""
    queue = UpdateQueue(first_id=10)
    queue.push({})

    assert [ids(queue, 22), ids(queue, 22), ids(queue, 21), ids(queue)] == [[10], [10], [], []]


def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest() -> None:
    """-1 is the last update; what was before it is gone."""
    queue = UpdateQueue(first_id=10)
    for _ in range(3):
        queue.push({})

    assert [ids(queue, -1), ids(queue), ids(queue, -50)] == [[12], [12], [12]]


def test_a_limit_cuts_the_answer_and_forgets_nothing() -> None:
    """The rest comes with the next fetch."""
    queue = UpdateQueue(first_id=10)
    for _ in range(3):
        queue.push({})

    assert [ids(queue, limit=2), ids(queue, 12)] == [[10, 11], [12]]


def test_ids_start_anew_only_after_a_quiet_week() -> None:
    """A week in which an update waits is not quiet."""
    queue = UpdateQueue(first_id=10)
    queue.push({})
    with pytest.raises(ValueError, match="1 updates wait"):
        queue.restart(3)
    queue.fetch(11, 100)
    queue.restart(3)
    queue.push({})

    assert ids(queue) == [3]


async def test_a_long_poll_returns_as_soon_as_somebody_writes(api: BotApi, bot: Bot) -> None:
    """The waiting poll gets the new message, with everything Telegram tells of its writer."""
    waiting = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.to_thread(api.world.wait_for, lambda world: world.calls["getupdates"] == 1)
    api.world.text(ANN, "Labdien")

    (update,) = await waiting
    assert update.message is not None
    assert update.message.from_user is not None
    assert (update.message.text, update.message.from_user.username) == ("Labdien", "canary_user_1001")


async def test_only_allowed_kinds_of_updates_are_queued(api: BotApi, bot: Bot) -> None:
    """The last given list holds for everything after it."""
    await bot.get_updates(allowed_updates=["callback_query"])
    api.world.text(ANN, "never seen")
    api.world.tap(ANN, "/person")

    updates = await bot.get_updates()
    assert [(update.message, update.callback_query and update.callback_query.data) for update in updates] == [
        (None, "/person")
    ]


async def test_a_second_poll_ends_the_first_with_409(api: BotApi, bot: Bot) -> None:
    """Two pollers with one token: the older request loses."""
    first = asyncio.create_task(bot.get_updates(timeout=20))
    await asyncio.to_thread(api.world.wait_for, lambda world: world.calls["getupdates"] == 1)
    async with Bot(TOKEN, base_url=f"{api.url}/bot") as thief:
        await thief.get_updates(timeout=0)

    with pytest.raises(Conflict):
        await first
    assert api.world.overlaps == 1


async def test_a_webhook_keeps_polls_out_until_it_is_deleted(api: BotApi, bot: Bot) -> None:
    """409 while it stands; deleting it keeps what waits."""
    await bot.set_webhook("https://example.org/hook")
    api.world.text(ANN, "kept")
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook()

    assert len(await bot.get_updates()) == 1


async def test_sent_messages_are_kept_with_their_buttons(api: BotApi, bot: Bot) -> None:
    """What a test reads: text, rows of buttons, and all parameters as they came."""
    api.world.text(ANN, "hello")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Jā", callback_data="/affirm")]])
    await bot.send_message(ANN, "Vai turpinām?", reply_markup=markup, disable_notification=True)

    (sent,) = api.world.sent
    assert (sent.chat_id, sent.text, sent.buttons, sent.parameters["disable_notification"]) == (
        ANN,
        "Vai turpinām?",
        ((("Jā", "/affirm"),),),
        "true",
    )


async def test_impossible_messages_are_refused_with_400(api: BotApi, bot: Bot) -> None:
    """Unknown chat, empty, too long (also in UTF-16 units), payload over 64 bytes."""
    api.world.text(ANN, "hello")
    long_payload = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="й" * 33)]])
    cases = [(BEN, "hi", None), (ANN, "  ", None), (ANN, "x" * 4_097, None), (ANN, "😀" * 2_049, None)]
    seen = 0
    for chat_id, text, markup in [*cases, (ANN, "x", long_payload)]:
        with pytest.raises(BadRequest):
            await bot.send_message(chat_id, text, reply_markup=markup)
        seen += 1
    await bot.send_message(ANN, "x" * 4_096)

    assert (seen, len(api.world.sent)) == (5, 1)


async def test_who_blocked_the_bot_gets_nothing(api: BotApi, bot: Bot) -> None:
    """403, and an update that says so."""
    api.world.text(ANN, "hello")
    api.world.block(ANN)
    with pytest.raises(Forbidden):
        await bot.send_message(ANN, "still there?")
    updates = await bot.get_updates()

    assert updates[-1].my_chat_member is not None
    assert updates[-1].my_chat_member.new_chat_member.status == "kicked"


async def test_a_throttled_chat_is_told_how_long_to_wait(api: BotApi, bot: Bot) -> None:
    """429 for that chat as often as asked, nobody else."""
    api.world.text(ANN, "hello")
    api.world.text(BEN, "hello")
    api.world.throttle(ANN, 7)
    with pytest.raises(RetryAfter) as error:
        await bot.send_message(ANN, "one")
    await bot.send_message(BEN, "two")
    await bot.send_message(ANN, "three")

    assert error.value.retry_after == 7
    assert [sent.text for sent in api.world.sent] == ["two", "three"]


async def test_a_failure_after_the_work_looks_the_same_but_the_message_is_out(api: BotApi, bot: Bot) -> None:
    """A 500 does not tell whether the message was sent: a test can ask for either."""
    api.world.text(ANN, "hello")
    api.world.fail("sendMessage", 500)
    api.world.fail("sendMessage", 502, after_work=True)
    failures = 0
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(ANN, "one")
        failures += 1

    assert (failures, len(api.world.sent)) == (2, 1)


async def test_a_tap_is_answered_once(api: BotApi, bot: Bot) -> None:
    """The second answer, and one to a tap that never was, are too late."""
    query_id = api.world.tap(ANN, "/person")
    assert await bot.answer_callback_query(query_id)
    late = 0
    for known in (query_id, "123"):
        with pytest.raises(BadRequest):
            await bot.answer_callback_query(known)
        late += 1

    assert (late, api.world.answered_taps) == (2, [query_id])


async def test_messages_are_deleted_up_to_a_hundred_at_a_time(api: BotApi, bot: Bot) -> None:
    """Both sides' ids are taken."""
    message = api.world.text(ANN, "hello")
    await bot.delete_messages(ANN, [message["message_id"], 77])
    with pytest.raises(BadRequest):
        await bot.delete_messages(ANN, list(range(1, 102)))

    assert api.world.deleted == {ANN: [message["message_id"], 77]}


async def test_the_bot_leaves_groups(api: BotApi, bot: Bot) -> None:
    """And cannot write there afterwards."""
    api.world.group_text(-500, "hi all")
    await bot.leave_chat(-500)
    with pytest.raises(Forbidden):
        await bot.send_message(-500, "hello?")

    assert api.world.left == [-500]


async def test_a_wrong_token_gets_401_and_an_unknown_method_404(api: BotApi) -> None:
    """As the published server says it."""
    async with httpx.AsyncClient() as http:
        answers = [
            await http.get(f"{api.url}/bot1:wrong/getMe"),
            await http.get(f"{api.url}/bot{TOKEN}/makeCoffee"),
            await http.post(f"{api.url}/bot{TOKEN}/getMe", json={}),
        ]
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", base_url=f"{api.url}/bot").initialize()

    assert [(answer.status_code, answer.json()["ok"]) for answer in answers] == [
        (401, False),
        (404, False),
        (200, True),
    ]


async def test_a_bench_drives_it_over_http(api: BotApi, bot: Bot) -> None:
    """The control routes do what the Python functions do."""
    async with httpx.AsyncClient(base_url=f"{api.url}/control") as http:
        pushed = await http.post("/text", json={"chat_id": ANN, "text": "over HTTP"})
        await bot.send_message(ANN, "answer")
        seen = await http.get("/sent")
        unknown = await http.post("/tokens", json={})

    assert (pushed.status_code, unknown.status_code) == (200, 404)
    assert [message["text"] for message in seen.json()["sent"]] == ["answer"]


async def test_it_runs_alone() -> None:
    """`python -m tests.telegram.botapi` prints its address and its token, and serves until it is told to end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.telegram.botapi", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, token = (await process.stdout.readline()).decode().split()
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{url}/bot{token}/getMe")
    process.terminate()

    assert (answer.json()["result"]["username"], await process.wait()) == ("karogs_bot", 0)
