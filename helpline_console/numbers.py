"""Numbers to give to a visitor, in the visitor's language: out of the directory, never typed from memory."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from helpline_console.parts import PartsOf
from helpline_console.session import SignedIn
from helpline_console.words import chosen_language

router = APIRouter(prefix="/api")


class Numbers(BaseModel):
    """What answers one need: the title for the operator, the text for the visitor."""

    need: str
    title: str
    text: str


@router.get("/numbers/{visitor_language}")
def numbers(
    visitor_language: Literal["lv", "ru", "uk"], session: SignedIn, request: Request, parts: PartsOf
) -> list[Numbers]:
    """Every need of the directory, in its order."""
    knowledge, language = parts.knowledge, chosen_language(request)
    return [
        Numbers(
            need=need,
            title=knowledge.need_title(language, need),
            text=knowledge.numbers_block(visitor_language, need),
        )
        for need in knowledge.directory.needs
    ]
