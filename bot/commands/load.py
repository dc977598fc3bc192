"""Visitors who write at a given pace and note when they are answered: the load of bench and drill."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import httpx

_PATIENCE_SECONDS = 30.0
_AGAIN_SECONDS = 0.2


@dataclass
class Visitor:
    """One conversation: what was sent (client id → text) and acknowledged, and what came back."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    acknowledged: dict[str, int] = field(default_factory=dict)

    async def send(self, text: str) -> int:
        """The message's number once it is acknowledged; sent again, with the same id, until it is."""
        client_id = str(uuid.uuid4())
        body = {"client_id": client_id, "text": text}
        while True:
            try:
                answer = await self.http.post("/v1/messages", json=body, headers=self.headers)
                if answer.status_code in {200, 201}:
                    self.acknowledged[client_id] = answer.json()["seq"]
                    return self.acknowledged[client_id]
            except httpx.TransportError:
                pass
            await asyncio.sleep(_AGAIN_SECONDS)

    async def seconds_to_answer(self, text: str) -> float:
        """From sending the text to the first word that is not the visitor's own, over the event stream."""
        async with asyncio.timeout(_PATIENCE_SECONDS):
            stream = self._events()
            waiting = asyncio.ensure_future(self._first_answer(stream))
            await asyncio.sleep(0.05)
            started = time.perf_counter()
            await self.send(text)
            return await waiting - started

    async def messages(self) -> list[dict[str, object]]:
        """All messages of the conversation, asked for until the gateway answers."""
        while True:
            try:
                answer = await self.http.get("/v1/messages", headers=self.headers)
                if answer.status_code == 200:
                    return list(answer.json()["messages"])
            except httpx.TransportError:
                pass
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _first_answer(self, events: AsyncIterator[dict[str, object]]) -> float:
        async for message in events:
            if message.get("from") in {"assistant", "system", "operator"}:
                return time.perf_counter()
        raise ConnectionError("the event stream ended")

    async def _events(self) -> AsyncIterator[dict[str, object]]:
        async with self.http.stream("GET", "/v1/events", headers=self.headers, timeout=_PATIENCE_SECONDS) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data:"):
                    yield json.loads(line[5:])


async def visitors(address: str, count: int, language: str | None = None) -> list[Visitor]:
    """So many open conversations over one connection pool."""
    limits = httpx.Limits(max_connections=500, max_keepalive_connections=100)
    http = httpx.AsyncClient(base_url=address, timeout=20.0, trust_env=False, limits=limits)
    return [await _opened(http, language) for _ in range(count)]


async def _opened(http: httpx.AsyncClient, language: str | None) -> Visitor:
    answer = await http.post("/v1/conversations", json={"language": language})
    answer.raise_for_status()
    return Visitor(http, {"Authorization": f"Bearer {answer.json()['token']}"})


async def paced(address: str, texts: Sequence[str], per_second: float) -> list[float]:
    """Each text in a conversation of its own, begun at the given pace; the seconds to each first answer."""
    people = await visitors(address, len(texts))
    begun = time.perf_counter()
    tasks = []
    for number, (visitor, text) in enumerate(zip(people, texts, strict=True)):
        await asyncio.sleep(max(0.0, begun + number / per_second - time.perf_counter()))
        tasks.append(asyncio.ensure_future(visitor.seconds_to_answer(text)))
    return list(await asyncio.gather(*tasks))
