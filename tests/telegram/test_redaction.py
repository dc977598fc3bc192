"""The bot token and what people write stand in no log."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import httpx
import pytest
from telegram.error import NetworkError

from bot.gateway.telegram import TokenRefused
from bot.gateway.telegram.redaction import guard_logs, redact
from tests.telegram.botapi import TOKEN, BotApi
from tests.telegram.rig import Core, WireAssistant, build_channel, running, until

ANN = 1_001


@pytest.fixture
def everything() -> Iterator[io.StringIO]:
    """All that any logger says, at the lowest level."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield said
    root.removeHandler(handler)
    root.setLevel(level)


async def test_a_whole_life_of_the_channel_logs_neither_token_nor_words(
    api: BotApi, core: Core, assistant: WireAssistant, everything: io.StringIO
) -> None:
    """Polls, answers, faults of every kind, at DEBUG: no token, no text, no name, no chat id."""
    world = api.world
    for chat_id in (ANN, 917_555_001):
        world.text(chat_id, "Canary-words")
        world.contact(chat_id)
        world.photo(chat_id, "Canary-caption")
        world.tap(chat_id, "/person")
        world.tap(chat_id, "Canary-payload")
    world.group_text(-917_555_002, "Canary-group")
    world.push({"message": {"Canary": "Canary"}})
    for code in (400, 403, 429, 500, 502):
        world.fail("sendMessage", code)
        world.fail("answerCallbackQuery", code)
        world.fail("getUpdates", code)
        world.fail("setMyCommands", code)
    world.garble("getUpdates", 2)
    world.garble("sendMessage", 2)
    channel, turns = build_channel(core, api.url, TOKEN, assistant.url)
    logging.getLogger("telegram").setLevel(logging.DEBUG)
    async with running(channel, turns):
        await until(lambda: world.calls["sendmessage"] >= 9 and not core.frontdoor.pending())
        world.fail("getUpdates", 409)
        await until(lambda: channel.health.conflicts > 0)
    log = everything.getvalue()

    assert [word for word in (TOKEN, TOKEN.split(":")[1], "Canary", "canary", "917555") if word in log] == []
    assert log.count("bot.gateway.telegram") >= 5


async def test_a_refused_token_is_not_logged_either(
    core: Core, assistant: WireAssistant, everything: io.StringIO
) -> None:
    """python-telegram-bot puts it into the error's text: "The token `…` was rejected"."""
    secret = "7000000009:AAE-refused-token-refused-token-12"
    with BotApi() as api:
        channel, _ = build_channel(core, api.url, secret, assistant.url)
        with pytest.raises(TokenRefused) as refused:
            await channel.run()

    assert secret not in everything.getvalue()
    assert secret not in repr(refused.getrepr(style="long").reprcrash)


def test_other_peoples_log_lines_are_cleaned(everything: io.StringIO) -> None:
    """Message, arguments and traceback of any logger, also of httpx at INFO."""
    guard_logs(TOKEN)
    log = logging.getLogger("somebody.else")
    log.info("GET https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("unknown token 123456789:AAF-some-other-token-of-a-bot_1")
    try:
        raise NetworkError(f"httpx.ConnectError: https://api.telegram.org/bot{TOKEN}/getMe")
    except NetworkError:
        log.exception("failed")
    logging.getLogger("httpx").setLevel(logging.INFO)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:9/bot{TOKEN}/getMe", trust_env=False)
    said = everything.getvalue()

    assert (TOKEN in said, "AAF-some-other" in said, said.count("[token]")) == (False, False, 3)
    assert "NetworkError" in said


def test_redacting_leaves_everything_else() -> None:
    """Times, phone numbers and short ids are not tokens."""
    lines = ["12:30", "+371 28612120", "id 1234567:abc", "7000000001:"]

    assert [redact(line) for line in lines] == lines
    assert redact(f"x{TOKEN} y") == "x[token] y"
