"""What must never leave the conversation: words in logs, names in pages, markup made of words."""

from __future__ import annotations

import logging
import re

import pytest

from bot.gateway.pages import WEB
from bot.knowledge import Knowledge
from tests.gateway.assistant import BAD_MANNERS
from tests.gateway.installation import Installation, Visitor

MARKED = "marked-phrase-7731"
ADDRESS = "203.0.113.77"


@pytest.mark.parametrize("manner", ["well", *BAD_MANNERS])
def test_no_log_holds_what_was_written_or_by_whom(
    installation: Installation, caplog: pytest.LogCaptureFixture, manner: str
) -> None:
    """Not at the most talkative level of anything in the process, whether all goes well or nothing does."""
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "bot", "uvicorn", "sqlalchemy.engine"):
        caplog.set_level(logging.INFO, logger=name)
    installation.assistant.manner = manner
    if manner == "dead":
        installation.assistant.die()
    with installation.running(deadline_seconds=0.3) as visitor:
        headers = {"X-Forwarded-For": ADDRESS, "User-Agent": MARKED}
        visitor.opens("lv", **headers)
        visitor.writes(f"Labdien, {MARKED}")
        visitor.answers()
        visitor.http.post("/v1/check", json={"text": MARKED}, headers=headers)
        visitor.http.post("/check", data={"text": MARKED}, headers=headers)
        visitor.http.post("/v1/messages", content=MARKED.encode(), headers=visitor.headers)
        with installation.database.writing() as session:
            session.connection().exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
        assert visitor.writes(MARKED).status_code == 503
        token = visitor.token

    assert "gateway started" in caplog.text
    assert "request failed: OperationalError" in caplog.text
    for secret in (MARKED, ADDRESS, token):
        assert secret not in caplog.text


FORBIDDEN = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\(|Function\(",
    r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\b|serviceWorker|Notification|pushState",
    r"document\.title|new Audio|vibrate",
    r"https?://",
    r"\bon[a-z]+\s*=\s*[\"']|style\s*=\s*[\"']|javascript:",
)


def test_the_pages_files_hold_nothing_forbidden() -> None:
    """No markup from text, no storage, no sound, no other site, nothing inline."""
    files = sorted(path for path in WEB.rglob("*") if path.suffix in (".js", ".css", ".html"))
    found = [
        (path.name, hit.group())
        for path in files
        for pattern in FORBIDDEN
        for hit in re.finditer(pattern, path.read_text("utf-8").replace("https://…", ""))
    ]

    assert len(files) >= 12
    assert found == []


@pytest.mark.parametrize("language", ["lv", "ru", "uk"])
def test_the_first_look_tells_nothing(shared_visitor: Visitor, knowledge: Knowledge, language: str) -> None:
    """Somebody who glances at the screen or the history sees a chat about offers."""
    page = shared_visitor.http.get("/", headers={"Accept-Language": language}).text
    title = re.search("<title>(.*)</title>", page)
    telling = re.compile("tirdzniec|торговл|торгівл|karogs|upur|жертв|verdz|рабств|policij|полиц|поліц", re.IGNORECASE)

    assert title is not None
    assert title.group(1) == knowledge.text(language, "page.title")
    assert telling.findall(title.group(1)) == []
    assert telling.findall(knowledge.text(language, "page.first_line")) == []


def test_every_word_of_the_page_is_there_in_every_language(knowledge: Knowledge) -> None:
    """A key that the page uses and one language lacks would show an empty button."""
    names = set()
    for path in sorted(WEB.rglob("*")):
        match path.suffix:
            case ".html":
                names |= set(re.findall(r"(?<![.\w])words\.([a-z_]+)", path.read_text("utf-8")))
                names |= set(re.findall(r'data-word(?:-label|-placeholder)?="([a-z_]+)"', path.read_text("utf-8")))
            case ".js":
                names |= set(re.findall(r'(?:word|note|say)\((?:\w+, )?"([a-z_]+)"', path.read_text("utf-8")))
                names |= set(re.findall(r'"((?:held|not)_[a-z]+|sending|sent)"', path.read_text("utf-8")))

    assert len(names) >= 40
    for language in knowledge.languages:
        keys = set(knowledge.keys(language, "page."))
        assert {name for name in names if f"page.{name}" not in keys} == set()
