"""Serving an edge with uvicorn, caged as the security notes ask: no access log, no names of servers, small frames."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import uvicorn
from fastapi import FastAPI

log = logging.getLogger("karogs")


def serve(app: FastAPI, host: str, port: int, *duties: Callable[[], Awaitable[None]]) -> None:
    """Serves the app until a signal ends it; `duties` run beside it and end with it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "httpcore", "telegram", "sqlalchemy", "uvicorn.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    asyncio.run(_serve(app, host, port, duties))


async def _serve(app: FastAPI, host: str, port: int, duties: tuple[Callable[[], Awaitable[None]], ...]) -> None:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        server_header=False,
        date_header=False,
        log_config=None,
        ws="none",
        limit_concurrency=1000,
        timeout_graceful_shutdown=5,
    )
    tasks = [asyncio.ensure_future(duty()) for duty in duties]
    await uvicorn.Server(config).serve()
    for task in tasks:
        task.cancel()


async def every(seconds: float, duty: Callable[[], object]) -> None:
    """Runs the duty in a thread, again and again; a failure is logged by its class and tried again."""
    while True:
        try:
            await asyncio.to_thread(duty)
        except Exception as error:
            log.error("a duty failed: %s", type(error).__name__)
        await asyncio.sleep(seconds)
