"""What Telegram's side knows: the chats, what people send, what the bot sent, and the faults a test asks for."""

from __future__ import annotations

import itertools
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.botapi.update_queue import UpdateQueue

TOKEN = "7000000001:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"
"""The token of the stand-in's bot: it has the shape of a real one and opens nothing."""

BOT_ID = 7_000_000_001
JSON = dict[str, Any]
DEFAULT_KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")


@dataclass(frozen=True)
class Sent:
    """One `sendMessage` that the server took: `buttons` are the rows of (title, payload)."""

    chat_id: int
    message_id: int
    text: str
    buttons: tuple[tuple[tuple[str, str], ...], ...]
    parameters: JSON = field(compare=False)

    @property
    def payloads(self) -> tuple[str, ...]:
        """The payloads of all its buttons, in order."""
        return tuple(payload for row in self.buttons for _, payload in row)


@dataclass
class Fault:
    """What one method answers instead of doing its work: *times* times."""

    code: int
    description: str
    parameters: JSON
    times: int
    after_work: bool = False
    skip: int = 0


class World:
    """
    Telegram as one bot sees it. Every method may be called from any thread.

    What people do: `text`, `edit`, `photo`, `voice`, `sticker`, `contact`, `location`, `document`, `tap`, `block`,
    `unblock`, `group_text`, `added_to_group`, `push`. What the server does: `throttle`, `refuse`, `fail`,
    `garble`, `quiet_week`.
    What it saw: `sent`, `sent_to`, `calls`, `answered_taps`, `commands`, `left`, `deleted`, `overlaps`.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.queue = UpdateQueue()
        self.allowed: tuple[str, ...] = DEFAULT_KINDS
        self.webhook_url = ""
        self.chats: dict[int, str] = {}
        self.blocked: set[int] = set()
        self.open_taps: set[str] = set()
        self.answered_taps: list[str] = []
        self.commands: dict[str, list[JSON]] = {}
        self.left: list[int] = []
        self.deleted: dict[int, list[int]] = defaultdict(list)
        self.edited: list[JSON] = []
        self.calls: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.overlaps = 0
        self.is_closed = False
        self.garbled: Counter[str] = Counter()
        self._sent: list[Sent] = []
        self._message_ids = itertools.count(1)
        self._chat_faults: dict[int, list[Fault]] = defaultdict(list)
        self._method_faults: dict[str, list[Fault]] = defaultdict(list)
        self._changed = threading.Condition(threading.RLock())
        self._listeners: list[Callable[[], None]] = []

    # what people do

    def text(self, chat_id: int, text: str, **more: Any) -> JSON:
        """A person writes *text* in their private chat; *more* are further fields of the message."""
        return self._message(chat_id, text=text, **more)

    def edit(self, chat_id: int, message_id: int, text: str, edit_date: int | None = None) -> JSON:
        """The person changes an earlier message."""
        message = self._new_message(chat_id, text=text) | {
            "message_id": message_id,
            "edit_date": int(time.time()) if edit_date is None else edit_date,
        }
        self.push({"edited_message": message})
        return message

    def photo(self, chat_id: int, caption: str | None = None) -> JSON:
        """A photo, with a caption or without."""
        photo = [{"file_id": "AgAC-canary-file", "file_unique_id": "AQAD", "width": 90, "height": 51, "file_size": 900}]
        return self._message(chat_id, photo=photo, **({} if caption is None else {"caption": caption}))

    def voice(self, chat_id: int) -> JSON:
        """A voice message."""
        return self._message(chat_id, voice={"file_id": "AwAC-canary-file", "file_unique_id": "AgAD", "duration": 2})

    def sticker(self, chat_id: int) -> JSON:
        """A sticker."""
        sticker = {
            "file_id": "CAAC-canary-file",
            "file_unique_id": "AgAE",
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
        return self._message(chat_id, sticker=sticker)

    def contact(self, chat_id: int) -> JSON:
        """A contact card of somebody."""
        return self._message(chat_id, contact={"phone_number": "+37120000099", "first_name": "Canary-contact"})

    def location(self, chat_id: int) -> JSON:
        """A place on the map."""
        return self._message(chat_id, location={"latitude": 56.9496, "longitude": 24.1052})

    def document(self, chat_id: int, caption: str | None = None, mime_type: str = "application/pdf") -> JSON:
        """A file."""
        document = {
            "file_id": "BQAC-canary-file",
            "file_unique_id": "AgAF",
            "file_name": "canary.pdf",
            "mime_type": mime_type,
        }
        return self._message(chat_id, document=document, **({} if caption is None else {"caption": caption}))

    def tap(self, chat_id: int, payload: str, message_id: int | None = None) -> str:
        """The person taps the button that carries *payload*; returns the id of the callback query."""
        with self._changed:
            query_id = str(4_000_000_000_000_000_000 + next(self._message_ids))
            self.open_taps.add(query_id)
            message = self._new_message(chat_id, text="…") | {"from": self.me()}
            if message_id is not None:
                message["message_id"] = message_id
            self.push(
                {
                    "callback_query": {
                        "id": query_id,
                        "from": person(chat_id),
                        "message": message,
                        "chat_instance": "-77",
                        "data": payload,
                    }
                }
            )
            return query_id

    def block(self, chat_id: int) -> None:
        """The person stops the bot: sends fail with 403, and the bot hears of it."""
        with self._changed:
            self._private(chat_id)
            self.blocked.add(chat_id)
            self.push({"my_chat_member": self._membership(chat_id, "member", "kicked")})

    def unblock(self, chat_id: int) -> None:
        """The person starts the bot again."""
        with self._changed:
            self.blocked.discard(chat_id)
            self.push({"my_chat_member": self._membership(chat_id, "kicked", "member")})

    def group_text(self, chat_id: int, text: str, sender_id: int = 5_001, kind: str = "supergroup") -> JSON:
        """Somebody writes in a group (*chat_id* below zero) where the bot is."""
        with self._changed:
            self.chats[chat_id] = kind
            message = {
                "message_id": next(self._message_ids),
                "date": int(time.time()),
                "chat": {"id": chat_id, "type": kind, "title": "Canary-group"},
                "from": person(sender_id),
                "text": text,
            }
            self.push({"message": message})
            return message

    def added_to_group(self, chat_id: int, sender_id: int = 5_001) -> None:
        """Somebody adds the bot to a group."""
        with self._changed:
            self.chats[chat_id] = "group"
            member = {
                "chat": {"id": chat_id, "type": "group", "title": "Canary-group"},
                "from": person(sender_id),
                "date": int(time.time()),
                "old_chat_member": {"user": self.me(), "status": "left"},
                "new_chat_member": {"user": self.me(), "status": "member"},
            }
            self.push({"my_chat_member": member})

    def push(self, update: JSON) -> int | None:
        """Queue any update, whatever its shape; None when `allowed_updates` leaves its kind out."""
        with self._changed:
            kinds = [kind for kind in update if kind in DEFAULT_KINDS]
            if kinds and not set(kinds) & set(self.allowed):
                return None
            update_id = self.queue.push(update)
        self._announce()
        return update_id

    # what the server does

    def throttle(self, chat_id: int, retry_after_seconds: int, times: int = 1) -> None:
        """Answer the next *times* sends to this chat with 429."""
        fault = Fault(
            429,
            f"Too Many Requests: retry after {retry_after_seconds}",
            {"retry_after": retry_after_seconds},
            times,
        )
        with self._changed:
            self._chat_faults[chat_id].append(fault)

    def refuse(self, chat_id: int, code: int, description: str, times: int = 1) -> None:
        """Answer the next *times* sends to this chat with an error."""
        with self._changed:
            self._chat_faults[chat_id].append(Fault(code, description, {}, times))

    def fail(self, method: str, code: int, times: int = 1, *, after_work: bool = False, skip: int = 0) -> None:
        """Answer *times* calls of *method* with *code* after sparing *skip*; `after_work`: do the work first."""
        fault = Fault(code, "Internal Server Error", {}, times, after_work, skip)
        with self._changed:
            self._method_faults[method.lower()].append(fault)

    def garble(self, method: str, times: int = 1) -> None:
        """Cut the next *times* good answers of *method* off before their end."""
        with self._changed:
            self.garbled[method.lower()] += times

    def quiet_week(self, first_id: int) -> None:
        """Seven days without an update pass: the ids start anew."""
        with self._changed:
            self.queue.restart(first_id)

    # what it saw

    @property
    def sent(self) -> list[Sent]:
        """Every message that the bot sent, oldest first."""
        with self._changed:
            return list(self._sent)

    def sent_to(self, chat_id: int) -> list[str]:
        """The texts sent to one chat, oldest first."""
        return [message.text for message in self.sent if message.chat_id == chat_id]

    def wait_for(self, condition: Callable[[World], bool], seconds: float = 20.0) -> None:
        """Return when *condition* holds; AssertionError after *seconds*."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not condition(self):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not within {seconds} s; {len(self._sent)} messages sent, {self.calls}")
                self._changed.wait(min(left, 0.2))

    def wait_for_sent(self, count: int, chat_id: int | None = None, seconds: float = 20.0) -> list[Sent]:
        """All sent messages (of one chat) once there are at least *count*."""

        def chosen() -> list[Sent]:
            return [message for message in self._sent if chat_id in (None, message.chat_id)]

        self.wait_for(lambda _: len(chosen()) >= count, seconds)
        return chosen()

    def wait_until_fetched(self, seconds: float = 20.0) -> None:
        """Return when the bot has confirmed every update."""
        self.wait_for(lambda world: len(world.queue) == 0, seconds)

    # for the server

    def listen(self, listener: Callable[[], None]) -> None:
        """Call *listener* after each new update."""
        self._listeners.append(listener)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock while state changes; wakes those who wait."""
        with self._changed:
            yield
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing will happen any more: who waits for updates goes away empty."""
        self.is_closed = True
        self._announce()

    def me(self) -> JSON:
        """The bot itself as a `User`."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "K", "username": "karogs_bot"}

    def next_message_id(self) -> int:
        """The id of a new message; the bot's own and people's share one row."""
        return next(self._message_ids)

    def keep_sent(self, sent: Sent) -> None:
        """Remember what the bot sent."""
        self._sent.append(sent)

    def take_chat_fault(self, chat_id: int) -> Fault | None:
        """The next fault planned for sends to this chat."""
        return _take(self._chat_faults[chat_id])

    def take_method_fault(self, method: str, *, after_work: bool) -> Fault | None:
        """The next fault planned for *method*."""
        faults = self._method_faults[method.lower()]
        return _take(faults) if faults and faults[0].after_work == after_work else None

    def _message(self, chat_id: int, **content: Any) -> JSON:
        with self._changed:
            message = self._new_message(chat_id, **content)
            self.push({"message": message})
            return message

    def _new_message(self, chat_id: int, **content: Any) -> JSON:
        self._private(chat_id)
        return {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": {
                "id": chat_id,
                "type": "private",
                "first_name": f"Canary-first-{chat_id}",
                "last_name": f"Canary-last-{chat_id}",
                "username": f"canary_user_{chat_id}",
            },
            "from": person(chat_id),
            **content,
        }

    def _private(self, chat_id: int) -> None:
        self.chats.setdefault(chat_id, "private")

    def _membership(self, chat_id: int, old: str, new: str) -> JSON:
        return {
            "chat": {"id": chat_id, "type": "private", "first_name": f"Canary-first-{chat_id}"},
            "from": person(chat_id),
            "date": int(time.time()),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }

    def _member(self, status: str) -> JSON:
        return {"user": self.me(), "status": status} | ({"until_date": 0} if status == "kicked" else {})

    def _announce(self) -> None:
        with self._changed:
            self._changed.notify_all()
        for listener in self._listeners:
            listener()


def person(chat_id: int) -> JSON:
    """A `User` with every field that must never reach the core."""
    return {
        "id": chat_id,
        "is_bot": False,
        "first_name": f"Canary-first-{chat_id}",
        "last_name": f"Canary-last-{chat_id}",
        "username": f"canary_user_{chat_id}",
        "language_code": "de",
    }


def _take(faults: list[Fault]) -> Fault | None:
    if not faults:
        return None
    fault = faults[0]
    if fault.skip > 0:
        fault.skip -= 1
        return None
    fault.times -= 1
    if fault.times <= 0:
        faults.pop(0)
    return fault
