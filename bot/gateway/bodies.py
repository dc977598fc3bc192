"""What a visitor sends, read with a cap and taken apart without a library's help."""

from __future__ import annotations

import asyncio
import json
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from bot.gateway.problems import Empty, Malformed, TooLarge, TooLong
from bot.messages import TEXT_LIMIT

BODY_LIMIT = 16 * 1024
"""Bytes of one request's body."""

BODY_SECONDS = 10.0
"""Within which the whole body must have arrived."""

Body = TypeVar("Body", bound=BaseModel)


async def read_body(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """The request's body; raises `TooLarge` as soon as it grows over `limit` bytes, before it is complete."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:12]) > limit:
        raise TooLarge
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise TooLarge
    except TimeoutError:
        raise Malformed from None
    return bytes(body)


async def read_json(request: Request, model: type[Body]) -> Body:
    """The request's JSON object as `model`; raises `Malformed` for anything else."""
    try:
        return model.model_validate(readable(json.loads(await read_body(request))))
    except (ValueError, ValidationError, RecursionError):
        raise Malformed from None


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form, the last one of each name; raises `Malformed` for anything else."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Malformed
    try:
        # A character of Cyrillic takes six bytes here, and a text at the limit must fit.
        body = (await read_body(request, limit=BODY_LIMIT * 3)).decode("ascii")
        return dict(parse_qsl(body, keep_blank_values=True, errors="replace", max_num_fields=8))
    except ValueError:
        raise Malformed from None


def readable(value: Any) -> Any:
    """`value` with lone surrogates, which no text can hold when stored, replaced by U+FFFD."""
    match value:
        case str():
            return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        case dict():
            return {key: readable(item) for key, item in value.items()}
        case _:
            return value


def checked_text(text: str) -> str:
    """`text` when it can be one message; raises `Empty` or `TooLong`."""
    if not text.strip():
        raise Empty
    if len(text) > TEXT_LIMIT:
        raise TooLong
    return text
