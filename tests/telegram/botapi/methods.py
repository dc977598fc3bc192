"""The methods of the Bot API that the stand-in carries out, with the limits and the wording of the published server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from tests.telegram.botapi.world import JSON, Sent, World

TEXT_LIMIT = 4_096
PAYLOAD_LIMIT_BYTES = 64
DELETE_LIMIT = 100
COMMAND_LIMIT = 100


class ApiError(Exception):
    """What the server answers with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: JSON | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}


def get_me(world: World, _: JSON) -> JSON:
    return world.me() | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def send_message(world: World, given: JSON) -> JSON:
    chat_id = _reachable(world, given)
    text = str(given.get("text", ""))
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    rows = _rows(given.get("reply_markup"))
    message_id = world.next_message_id()
    world.keep_sent(Sent(chat_id, message_id, text, rows, given))
    return _message(world, chat_id, message_id, text)


def edit_message_text(world: World, given: JSON) -> JSON:
    chat_id = _reachable(world, given)
    world.edited.append(given)
    return _message(world, chat_id, int(given["message_id"]), str(given.get("text", "")))


def edit_message_reply_markup(world: World, given: JSON) -> JSON:
    chat_id = _reachable(world, given)
    world.edited.append(given)
    return _message(world, chat_id, int(given["message_id"]), "…")


def delete_message(world: World, given: JSON) -> bool:
    world.deleted[_reachable(world, given)].append(int(given["message_id"]))
    return True


def delete_messages(world: World, given: JSON) -> bool:
    ids = json.loads(given["message_ids"]) if isinstance(given["message_ids"], str) else given["message_ids"]
    if not 1 <= len(ids) <= DELETE_LIMIT:
        raise ApiError(400, "Bad Request: message identifiers must be 1-100")
    world.deleted[_reachable(world, given)].extend(int(message_id) for message_id in ids)
    return True


def answer_callback_query(world: World, given: JSON) -> bool:
    query_id = str(given.get("callback_query_id", ""))
    if query_id not in world.open_taps:
        raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    world.open_taps.discard(query_id)
    world.answered_taps.append(query_id)
    return True


def set_my_commands(world: World, given: JSON) -> bool:
    commands = json.loads(given["commands"]) if isinstance(given["commands"], str) else given["commands"]
    for command in commands:
        name, description = command["command"], command["description"]
        if not (1 <= len(name) <= 32 and name.isascii() and name == name.lower()):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    if len(commands) > COMMAND_LIMIT:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    world.commands[str(given.get("language_code", ""))] = commands
    return True


def send_chat_action(world: World, given: JSON) -> bool:
    _reachable(world, given)
    return True


def leave_chat(world: World, given: JSON) -> bool:
    chat_id = int(given["chat_id"])
    if world.chats.get(chat_id) in (None, "private"):
        raise ApiError(400, "Bad Request: chat not found")
    world.left.append(chat_id)
    return True


def set_webhook(world: World, given: JSON) -> bool:
    world.webhook_url = str(given.get("url", ""))
    _drop(world, given)
    return True


def delete_webhook(world: World, given: JSON) -> bool:
    world.webhook_url = ""
    _drop(world, given)
    return True


def get_webhook_info(world: World, _: JSON) -> JSON:
    return {"url": world.webhook_url, "has_custom_certificate": False, "pending_update_count": len(world.queue)}


Method = Callable[[World, JSON], Any]
METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "sendchataction": send_chat_action,
    "leavechat": leave_chat,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}
"""By lower-case name (the server does not care about case). `getUpdates` waits, so the server has it itself."""


def utf16_length(text: str) -> int:
    """How long Telegram finds *text*: UTF-16 units, the strictest reading of its limits."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _reachable(world: World, given: JSON) -> int:
    try:
        chat_id = int(given["chat_id"])
    except (KeyError, ValueError):
        raise ApiError(400, "Bad Request: chat_id is empty") from None
    if chat_id not in world.chats:
        raise ApiError(400, "Bad Request: chat not found")
    if chat_id in world.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if chat_id in world.left:
        raise ApiError(403, "Forbidden: bot is not a member of the group chat")
    fault = world.take_chat_fault(chat_id)
    if fault is not None:
        raise ApiError(fault.code, fault.description, fault.parameters)
    return chat_id


def _rows(markup: Any) -> tuple[tuple[tuple[str, str], ...], ...]:
    if markup is None:
        return ()
    try:
        keyboard = (json.loads(markup) if isinstance(markup, str) else markup)["inline_keyboard"]
        rows = tuple(tuple((button["text"], button["callback_data"]) for button in row) for row in keyboard)
    except (ValueError, KeyError, TypeError):
        raise ApiError(400, "Bad Request: can't parse reply keyboard markup JSON object") from None
    for row in rows:
        for title, payload in row:
            if not title or not 1 <= len(payload.encode()) <= PAYLOAD_LIMIT_BYTES:
                raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


def _message(world: World, chat_id: int, message_id: int, text: str) -> JSON:
    return {
        "message_id": message_id,
        "date": int(time.time()),
        "chat": {"id": chat_id, "type": world.chats[chat_id]},
        "from": world.me(),
        "text": text,
    }


def _drop(world: World, given: JSON) -> None:
    if str(given.get("drop_pending_updates", "false")).lower() == "true":
        world.queue.clear()
