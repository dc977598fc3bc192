"""The one page of the console: sign-in before, the desk after."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import HTMLResponse, Response

from bot.messages import TEXT_LIMIT
from helpline_console.conversations import OUTCOMES
from helpline_console.parts import PartsOf
from helpline_console.session import session_of
from helpline_console.words import LANGUAGE_COOKIE, LANGUAGES, chosen_language

YEAR_SECONDS = 365 * 24 * 3600
FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

router = APIRouter()
_templates = Jinja2Templates(FOLDER / "templates")


@router.get("/")
def page(request: Request, parts: PartsOf) -> HTMLResponse:
    """The page, in the language asked for; it holds words and the CSRF token of a live session, nobody's text."""
    language = chosen_language(request)
    session = session_of(request, parts)
    context = {
        "language": language,
        "languages": {code: parts.words.text(code, "language_name") for code in LANGUAGES},
        "words": parts.words.all(language),
        "csrf": session.csrf if session else "",
        "login": session.login if session else "",
        "must_change_password": session is not None and session.must_change_password,
        "text_limit": TEXT_LIMIT,
        "outcomes": OUTCOMES,
    }
    response = _templates.TemplateResponse(request, "console.html", context)
    _remember(response, language, is_https=parts.is_https)
    return response


@router.get("/words/{language}")
def words(language: str, parts: PartsOf) -> Response:
    """All words of one language, for switching without losing what is on the page."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    response = Response(json.dumps(parts.words.all(chosen)), media_type="application/json")
    _remember(response, chosen, is_https=parts.is_https)
    return response


def _remember(response: Response, language: str, *, is_https: bool) -> None:
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=YEAR_SECONDS, secure=is_https, httponly=True, samesite="strict"
    )
