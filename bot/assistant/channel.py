"""The only way into Rasa: three routes for the gateway, over loopback, that repeat nobody's words."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot.assistant import silent_log
from bot.assistant.turn import MalformedTurn, Turn, answer, parsed_button
from bot.messages import LANGUAGES
from bot.redflags.assessment import Assessment

_log = logging.getLogger(__name__)


class KarogsChannel(InputChannel):
    """POST message, DELETE conversations/<sender>, GET health, under /webhooks/karogs."""

    def __init__(self) -> None:
        # Rasa's command line has set its own logging up by now, and no word of a visitor has come yet.
        silent_log.install()

    @classmethod
    def name(cls) -> str:
        return "karogs"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Rasa's handler is not used: it would swallow what the answer must carry."""
        routes = Blueprint("karogs_webhook", __name__)
        routes.add_route(take_message, "/message", methods=["POST"])
        routes.add_route(delete_conversation, "/conversations/<sender>", methods=["DELETE"])
        routes.add_route(tell_health, "/health", methods=["GET"])
        return routes


class WholeTexts(CollectingOutputChannel):
    """Collects what is said; Rasa's own collector tears a text into one message per paragraph."""

    async def send_text_message(self, recipient_id: str, text: str, **kwargs: Any) -> None:
        """Keeps the text in one piece."""
        await self._persist_message(self._message(recipient_id, text=text))


async def take_message(request: Request) -> HTTPResponse:
    """One turn: 200 with the answer, 422 for a request that breaks the contract, 500 without a word on any failure."""
    try:
        turn = Turn.from_json(request.json)
    except (MalformedTurn, InvalidUsage) as error:
        detail = str(error) if isinstance(error, MalformedTurn) else "the body must be JSON"
        return json({"error": "malformed", "detail": detail}, status=422)
    try:
        return json(await _take_turn(request.app.ctx.agent, turn))
    except Exception as error:  # the edge: whatever it is, no word of it may be logged or answered
        _log.error("a turn failed: %s", type(error).__name__)
        return json({"error": "turn_failed"}, status=500)


async def delete_conversation(request: Request, sender: str) -> HTTPResponse:
    """Forgets a conversation, known or not: 204."""
    _forget(request.app.ctx.agent, sender)
    return empty(status=204)


async def tell_health(request: Request) -> HTTPResponse:
    """200 from the moment when turns with and without an action have worked; 503 before."""
    context = request.app.ctx
    if not getattr(context, "is_warm", False):
        context.is_warm = await _warm_up(context.agent)
    return json({"ready": context.is_warm}, status=200 if context.is_warm else 503)


async def _take_turn(agent: Agent, turn: Turn) -> dict[str, Any]:
    output = WholeTexts()
    message = UserMessage(turn.text, output, turn.sender, input_channel="karogs", metadata=turn.metadata)
    # Parsed here, so that the answer can name the intent; Rasa does not parse again what is parsed.
    message.parse_data = parsed_button(turn.intent) if turn.intent else await agent.processor.parse_message(message)
    message.text = message.parse_data["text"]
    await agent.handle_message(message)
    return answer(output.messages, message.parse_data["intent"]["name"])


async def _warm_up(agent: Agent) -> bool:
    """Whether a text and a button with an action get an answer in every language; it also fills all caches."""
    if agent is None or not agent.is_ready():
        return False
    sender, quiet = f"warm-up-{uuid.uuid4().hex}", Assessment(LANGUAGES[0], "other", "none", False)
    try:
        for language in LANGUAGES:
            for intent in (None, "ask_number"):
                if not (await _take_turn(agent, Turn(sender, "…", intent, language, 1, quiet)))["messages"]:
                    return False
    except Exception as error:
        _log.error("the warm-up failed: %s", type(error).__name__)
        return False
    finally:
        _forget(agent, sender)
    return True


def _forget(agent: Agent, sender: str) -> None:
    # Agent wraps every store in one that falls back on errors; ours is inside.
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    store.forget(sender)
