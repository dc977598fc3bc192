"""What a visitor's browser opens: the chat, its files, the form without JavaScript, the widget's loader."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from bot.gateway.bodies import checked_text, read_form
from bot.gateway.findings import findings_of
from bot.gateway.languages import requested_language
from bot.gateway.parts import PartsOf
from bot.gateway.problems import Problem, SlowDown
from bot.messages import LANGUAGES

router = APIRouter()


@router.get("/")
async def chat_page(request: Request, parts: PartsOf) -> Response:
    """The chat."""
    return HTMLResponse(parts.pages.chat(_page_language(request)), headers={"Vary": "Accept-Language"})


@router.get("/page/{name}")
async def page_file(name: str, parts: PartsOf) -> Response:
    """One of the chat's own files."""
    file = parts.pages.files.get(name)
    if file is None:
        raise HTTPException(404)
    return Response(file.content, media_type=file.media_type)


@router.get("/favicon.ico")
async def icon() -> Response:
    """Nothing: a tab without a picture says the least."""
    return Response(status_code=204)


@router.get("/widget.js")
async def widget(parts: PartsOf) -> Response:
    """The loader, the only file that other sites may use."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(parts.pages.widget(), media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/check")
async def empty_form(request: Request, parts: PartsOf) -> Response:
    """The form without JavaScript."""
    return HTMLResponse(parts.pages.form(_page_language(request)), headers={"Vary": "Accept-Language"})


@router.post("/check")
async def checked_form(request: Request, parts: PartsOf) -> Response:
    """The form with what was found in the text; nothing is stored."""
    form = await read_form(request)
    language = form.get("language", "")
    language = language if language in LANGUAGES else _page_language(request)
    # Browsers send line ends of a form as CR LF and count each as one character.
    text = form.get("text", "").replace("\r\n", "\n")
    try:
        checked_text(text)
        wait = parts.limits.check_wait(request.client.host if request.client else None)
        if wait > 0:
            raise SlowDown(wait)
    except Problem as problem:
        error = parts.knowledge.text(language, f"page.error_{problem.code}")
        return HTMLResponse(parts.pages.form(language, text, error=error), problem.status, headers=problem.headers)
    assessment = await asyncio.to_thread(parts.engine.assess, text)
    findings = findings_of(assessment, parts.knowledge, language)
    return HTMLResponse(parts.pages.form(language, text, findings))


def _page_language(request: Request) -> str:
    chosen = request.query_params.get("language", "")
    return chosen if chosen in LANGUAGES else requested_language(request.headers.get("accept-language"))
