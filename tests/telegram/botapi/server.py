"""The stand-in's HTTP side: `/bot<token>/METHOD` as Telegram has it, `/control/...` for who drives a test."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from dataclasses import asdict
from typing import Any, Self
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.telegram.botapi.methods import METHODS, ApiError
from tests.telegram.botapi.world import DEFAULT_KINDS, JSON, TOKEN, World

LONGEST_POLL_SECONDS = 50
BATCH_LIMIT = 100
PEOPLE = ("text", "edit", "photo", "voice", "sticker", "contact", "location", "document", "tap", "block", "unblock")
GROUPS = ("group_text", "added_to_group", "push")
FAULTS = ("throttle", "refuse", "fail", "garble", "quiet_week")
CONTROLS = frozenset((*PEOPLE, *GROUPS, *FAULTS))
"""The methods of `World` that `/control/<name>` calls with the JSON body as named arguments."""


class BotApi:
    """
    A Bot API server on 127.0.0.1 in a thread of its own.

    Args:
        token: The only token it knows; another one gets 401.
        port: 0 takes a free one.

    `url` is the address for `api_base_url`, `world` what a test plays with. A context manager; `stop` is safe twice.
    """

    def __init__(self, token: str = TOKEN, port: int = 0) -> None:
        self.world = World(token)
        self.token = token
        self._socket = socket.create_server(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        config = uvicorn.Config(
            application(self.world), log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="botapi", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.world.wait_for(lambda _: self._server.started)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Answer who still waits, close every connection and end the thread."""
        self.world.close()
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))


class Polls:
    """`getUpdates`: one at a time; a second one ends the first with 409, as the published server does."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        world.listen(self._wake)

    async def answer(self, given: JSON) -> list[JSON]:
        """The updates from the offset on, at once or as soon as there are some."""
        self._loop = asyncio.get_running_loop()
        if self._world.webhook_url:
            raise ApiError(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        self._allow(given)
        replaced = self._replace()
        try:
            return await self._wait(given, replaced)
        finally:
            if self._current is replaced:
                self._current = None

    async def _wait(self, given: JSON, replaced: asyncio.Event) -> list[JSON]:
        offset, limit = int(given.get("offset", 0)), min(int(given.get("limit", BATCH_LIMIT)), BATCH_LIMIT)
        deadline = asyncio.get_running_loop().time() + min(float(given.get("timeout", 0)), LONGEST_POLL_SECONDS)
        while True:
            self._news.clear()
            with self._world.changing():
                updates = self._world.queue.fetch(offset, max(limit, 1))
            left = deadline - asyncio.get_running_loop().time()
            if updates or left <= 0 or self._world.is_closed:
                return updates
            await self._any(replaced, left)
            if replaced.is_set():
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
                )

    async def _any(self, replaced: asyncio.Event, seconds: float) -> None:
        waiting = [asyncio.create_task(self._news.wait()), asyncio.create_task(replaced.wait())]
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()

    def _replace(self) -> asyncio.Event:
        if self._current is not None:
            self._current.set()
            self._world.overlaps += 1
        self._current = asyncio.Event()
        return self._current

    def _allow(self, given: JSON) -> None:
        allowed = given.get("allowed_updates")
        if allowed is None:
            return
        kinds = json.loads(allowed) if isinstance(allowed, str) else allowed
        self._world.allowed = tuple(kinds) or DEFAULT_KINDS

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._news.set)


def application(world: World) -> Starlette:
    """The stand-in as an ASGI application."""
    polls = Polls(world)

    async def method(request: Request) -> Response:
        name = request.path_params["method"].lower()
        with world.changing():
            world.calls[name] += 1
        try:
            result = await _call(world, polls, name, request)
        except ApiError as error:
            return _refusal(world, error)
        with world.changing():
            world.statuses[200] += 1
            cut = -3 if world.garbled[name] > 0 else None
            world.garbled[name] = max(0, world.garbled[name] - 1)
        return Response(json.dumps({"ok": True, "result": result})[:cut], media_type="application/json")

    async def control(request: Request) -> JSONResponse:
        name = request.path_params["name"]
        if name not in CONTROLS:
            return JSONResponse({"error": "not_found"}, status_code=404)
        return JSONResponse({"result": getattr(world, name)(**json.loads(await request.body() or b"{}"))})

    async def sent(request: Request) -> JSONResponse:
        after = int(request.query_params.get("after", 0))
        return JSONResponse({"sent": [asdict(message) for message in world.sent[after:]], "waiting": len(world.queue)})

    async def healthy(_: Request) -> JSONResponse:
        return JSONResponse({"ready": True})

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
            Route("/control/sent", sent, methods=["GET"]),
            Route("/control/health", healthy, methods=["GET"]),
            Route("/control/{name}", control, methods=["POST"]),
        ]
    )


async def _call(world: World, polls: Polls, name: str, request: Request) -> Any:
    if request.path_params["token"] != world.token:
        raise ApiError(401, "Unauthorized")
    given = await _parameters(request)
    _stumble(world, name, after_work=False)
    if name == "getupdates":
        result: Any = await polls.answer(given)
    elif name in METHODS:
        with world.changing():
            result = METHODS[name](world, given)
    else:
        raise ApiError(404, "Not Found")
    _stumble(world, name, after_work=True)
    return result


def _stumble(world: World, name: str, *, after_work: bool) -> None:
    with world.changing():
        fault = world.take_method_fault(name, after_work=after_work)
    if fault is not None:
        raise ApiError(fault.code, fault.description, fault.parameters)


async def _parameters(request: Request) -> JSON:
    body = await request.body()
    query = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            return query | json.loads(body or b"{}")
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse request JSON object") from None
    return query | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _refusal(world: World, error: ApiError) -> JSONResponse:
    with world.changing():
        world.statuses[error.code] += 1
    body: JSON = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.code)
