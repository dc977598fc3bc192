"""A browser without pages: cookies, headers and an address of its own, straight into the application."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI


class HttpClient:
    """Sends requests one after the other; `headers` go with every one, cookies are kept."""

    def __init__(self, app: FastAPI, origin: str, address: str = "127.0.0.1") -> None:
        self.headers: dict[str, str] = {}
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app=app, client=(address, 50000), raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=origin)

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        return self._runner.run(self._client.request(method, path, headers=headers, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()
