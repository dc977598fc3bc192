"""A visitor who says one thing at a time and waits until all of the answer is there."""

from __future__ import annotations

import time
import uuid
from typing import Any

import httpx

from bot.knowledge import Knowledge
from bot.messages import speech
from tests.talks.talk import Heard, Talk

PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.02


class Visitor:
    """One conversation through the visitor API at `address`."""

    def __init__(self, address: str, talk: Talk, knowledge: Knowledge) -> None:
        self._http = httpx.Client(base_url=address, timeout=20, trust_env=False)
        opened = self._http.post("/v1/conversations", json={"language": talk.language, "easy": talk.is_easy}).json()
        self._http.headers["Authorization"] = f"Bearer {opened['token']}"
        spoken = speech(talk.language, is_easy=talk.is_easy)
        self._first_words = {
            knowledge.text(language, f"system.{name}", numbers="").split("\n")[0]
            for language in (spoken, *knowledge.languages)
            for name in ("emergency", "emergency_again", "emergency_other", "emergency_crisis", "emergency_abroad")
        }

    def says(self, words: str) -> Heard:
        """What comes back. After the first words of an emergency there is always more."""
        message = {"client_id": str(uuid.uuid4()), "text": words}
        while (sent := self._http.post("/v1/messages", json=message)).status_code == 429:
            time.sleep(float(sent.headers["Retry-After"]))
        if sent.status_code == 401:
            return Heard((), (), "deleted")
        assert sent.status_code == 201, sent.text
        return self._answer(int(sent.json()["seq"]))

    def _answer(self, seq: int) -> Heard:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            response = self._http.get("/v1/messages", params={"after": seq})
            if response.status_code == 401:
                return Heard(("",), (), "deleted")
            answer = response.json()
            if self._is_whole(answer):
                payloads = [button["payload"] for message in answer["messages"] for button in message["buttons"]]
                # The route of the same answer may be a moment older than its messages.
                route = self._http.get("/v1/messages", params={"after": seq}).json()["route"]
                return Heard([message["text"] for message in answer["messages"]], payloads, route)
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"no answer within {PATIENCE_SECONDS:.0f} s")

    def _is_whole(self, answer: dict[str, Any]) -> bool:
        texts = [message["text"] for message in answer["messages"]]
        is_first = len(texts) == 1 and texts[0].split("\n")[0] in self._first_words
        return bool(texts) and not (is_first and answer["route"] == "bot")
