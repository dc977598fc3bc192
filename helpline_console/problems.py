"""Errors as answers: {"error": code, "detail": sentence}, the sentence in the operator's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from bot.conversation import ConversationError, WeakPassword
from helpline_console.words import Words, chosen_language

STATUS_OF = {"not_found": 404}
"""Errors of a conversation are 409, a conflict with its state, unless named here."""

CODE_OF = {404: "not_found", 405: "not_allowed"}


class Problem(Exception):
    """A refusal that the console itself decides; `values` fill the sentence `console.error_<code>`."""

    def __init__(self, status: int, code: str, *, headers: Mapping[str, str] | None = None, **values: Any) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = headers
        self.values = values


def wait(status: int, code: str, seconds: int) -> Problem:
    """A refusal until *seconds* have passed."""
    return Problem(status, code, headers={"Retry-After": str(seconds)}, seconds=seconds)


def answer(words: Words, request: Request, problem: Problem) -> JSONResponse:
    """The problem as the response that every error has."""
    detail = words.error(chosen_language(request), problem.code, **problem.values)
    content = {"error": problem.code, "detail": detail}
    return JSONResponse(content, status_code=problem.status, headers=problem.headers)


def install(app: FastAPI, words: Words) -> None:
    """Make every refusal of *app* look the same."""

    async def on_problem(request: Request, error: Exception) -> JSONResponse:
        return answer(words, request, problem_of(error))

    for kind in (Problem, ConversationError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, on_problem)


def problem_of(error: Exception) -> Problem:
    """The problem behind an exception that a route let through; nothing of what was sent is repeated."""
    match error:
        case Problem():
            return error
        case WeakPassword():
            return Problem(400, error.code, minimum=error.minimum)
        case ConversationError():
            return Problem(STATUS_OF.get(error.code, 409), error.code)
        case RequestValidationError():
            return Problem(413, "too_large") if _only_too_long(error) else Problem(400, "malformed")
        case HTTPException():
            return Problem(error.status_code, CODE_OF.get(error.status_code, "malformed"), headers=error.headers)
    return Problem(500, "internal")


def _only_too_long(error: RequestValidationError) -> bool:
    return all(detail["type"] == "string_too_long" for detail in error.errors())
