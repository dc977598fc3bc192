"""A real browser in front of the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.console.world import PASSWORD, World

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Headless Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """What a page did besides showing: nothing of it is wanted."""

    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


class Operator:
    """An operator at their own browser, with what it did on the way."""

    def __init__(self, browser: Browser, world: World, *, size: Any = DESKTOP, language: str = "lv") -> None:
        self.world = world
        self.context = browser.new_context(viewport=size)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.watched = Watched()
        self._watch()
        self.page.goto(f"{world.origin}/?language={language}")
        self.page.wait_for_selector("#sign-in-button:enabled")

    def _watch(self) -> None:
        def asked(request: Request) -> None:
            if not request.url.startswith(self.world.origin):
                self.watched.foreign.append(request.url)

        self.page.on("request", asked)
        self.page.on("pageerror", lambda error: self.watched.errors.append(str(error)))
        self.page.on("console", lambda said: self.watched.errors.append(said.text) if said.type == "error" else None)
        self.page.on("dialog", lambda dialog: (self.watched.dialogs.append(dialog.message), dialog.dismiss()))

    def sign_in(self, login: str = "anna", password: str = PASSWORD) -> Operator:
        self.page.fill("#login", login)
        self.page.fill("#password", password)
        self.page.press("#password", "Enter")
        self.page.wait_for_selector('body[data-connection="live"]')
        return self

    def open(self, conversation_id: str) -> None:
        self.page.click(f'[data-key="{conversation_id}"] .queue-card')
        self.page.wait_for_selector("#conversation:not([hidden])")

    def cards(self, name: str = "waiting") -> list[str]:
        """Conversation ids in the list, from top to bottom."""
        keys = self.page.locator(f"#{name} > li").all()
        return [str(card.get_attribute("data-key")) for card in keys]

    def wait_for_text(self, selector: str, text: str) -> None:
        self.page.locator(selector).filter(has_text=text).first.wait_for()
