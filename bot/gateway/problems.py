"""What the edge refuses, and how it says so: a word for programs, a sentence in the visitor's language."""

from __future__ import annotations

from starlette.responses import JSONResponse

from bot.gateway.limits import whole_seconds
from bot.knowledge import Knowledge


class Problem(Exception):
    """A request that is refused: `code` is the error word, `status` the HTTP status."""

    code = "malformed"
    status = 400
    headers: dict[str, str] = {}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__(self.code)


class Malformed(Problem):
    """The body is not the JSON object that was asked for."""


class Empty(Problem):
    """The text holds nothing but white space."""

    code = "empty"


class UnknownToken(Problem):
    """No token, or one whose conversation does not exist (any more)."""

    code = "unknown_token"
    status = 401
    headers = {"WWW-Authenticate": "Bearer"}  # noqa: RUF012


class TooLong(Problem):
    """The text has more characters than one message may have."""

    code = "too_long"
    status = 413


class TooLarge(Problem):
    """The body has more bytes than a request may have."""

    code = "too_large"
    status = 413


class SlowDown(Problem):
    """Too many requests; `wait` seconds from now one more is welcome."""

    code = "slow_down"
    status = 429

    def __init__(self, wait: float) -> None:
        super().__init__()
        self.headers = {"Retry-After": str(whole_seconds(wait))}


class Crowded(SlowDown):
    """A network opened too many conversations; the answer carries the emergency numbers."""

    code = "crowded"


class Unavailable(Problem):
    """Nothing can be stored now; the answer carries the emergency numbers."""

    code = "unavailable"
    status = 503


def problem_response(problem: Problem, knowledge: Knowledge, language: str) -> JSONResponse:
    """The answer of contract 3.2 to a refused request."""
    return error_response(problem.code, problem.status, knowledge, language, problem.headers)


def error_response(
    code: str, status: int, knowledge: Knowledge, language: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """`{"error", "detail"}` with the sentence `page.error_<code>` of the knowledge."""
    detail = knowledge.text(language, f"page.error_{code}")
    return JSONResponse({"error": code, "detail": detail}, status, headers)
