"""Two people at two screens: the visitor's chat page and the operator's console in real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.console.browsing import DESKTOP, PHONE, chromium
from tests.e2e.installation import Karogs
from tests.e2e.scripts import Script

PATIENCE_MS = 45_000


@contextmanager
def two_screens(karogs: Karogs) -> Iterator[tuple[Page, Page, list[str]]]:
    """The visitor's page at phone size, the operator's at desktop size, and every foreign address they asked for."""
    expect.set_options(timeout=PATIENCE_MS)
    foreign: list[str] = []
    with chromium() as browser:
        visitor = _page(browser, PHONE, karogs.visitor, foreign)
        operator = _page(browser, DESKTOP, karogs.console, foreign)
        yield visitor, operator, foreign


def _page(browser: Browser, size: Any, address: str, foreign: list[str]) -> Page:
    page = browser.new_context(viewport=size).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("request", lambda asked: None if asked.url.startswith(address) else foreign.append(asked.url))
    page.goto(address)
    return page


def paste(visitor: Page, script: Script) -> None:
    """The visitor pastes the offer and reads the answer."""
    visitor.fill("#text", script.offer)
    visitor.click("#send")
    expect(visitor.locator(".from-assistant").first).to_be_visible()


def ask_for_a_person(visitor: Page) -> None:
    """Until the page says that the request stands."""
    visitor.click("#person")
    expect(visitor.locator("#route[data-route=waiting]")).to_be_visible()


def sign_in_and_take(operator: Page, karogs: Karogs) -> None:
    """The operator's half, until the conversation is open."""
    operator.fill("#login", karogs.ready["operator"]["login"])
    operator.fill("#password", karogs.ready["operator"]["password"])
    operator.press("#password", "Enter")
    operator.wait_for_selector('body[data-connection="live"]')
    expect(operator.locator("#waiting .queue-card").first).to_be_visible()
    operator.keyboard.press("n")
    expect(operator.locator("#messages mark").first).to_be_visible()


def picture(page: Page, folder: Path, name: str) -> None:
    page.screenshot(path=str(folder / f"{name}.png"))
