"""How long a visitor's message takes to the operator's screen: the console's own event stream and page data."""

from __future__ import annotations

import asyncio
import json
import time

import httpx

from bot.commands.load import Visitor
from bot.commands.trial import Trial


async def seconds_to_screen(running: Trial, visitor: Visitor, count: int) -> list[float]:
    """For each of the visitor's messages, the time until the operator who holds the conversation has its text."""
    async with httpx.AsyncClient(base_url=running.console, timeout=20.0, trust_env=False) as http:
        signed_in = await http.post("/api/login", json=running.operator)
        http.headers["X-CSRF-Token"] = signed_in.json()["csrf"]
        await visitor.http.post("/v1/handoff", headers=visitor.headers)
        taken = await http.post("/api/queue/next", json={})
        conversation = taken.json()["id"]
        times = []
        async with http.stream("GET", "/api/events", timeout=600.0) as stream:
            lines = stream.aiter_lines()
            for number in range(count):
                text = f"ziņa numur {number}"
                started = time.perf_counter()
                await visitor.send(text)
                while not await _shows(http, conversation, text):
                    await _next_event(lines)
                times.append(time.perf_counter() - started)
                await asyncio.sleep(1.6)  # below the limit on one visitor's messages
        return times


async def _next_event(lines: object) -> None:
    async for line in lines:  # type: ignore[attr-defined]
        if line.startswith("data:"):
            return


async def _shows(http: httpx.AsyncClient, conversation: str, text: str) -> bool:
    shown = (await http.get(f"/api/conversations/{conversation}")).json()
    return text in json.dumps(shown, ensure_ascii=False)
