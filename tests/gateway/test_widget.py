"""The loader on a partner's page: a link, or a frame where the helpline allows one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect

from bot.knowledge import Knowledge
from tests.gateway.installation import Installation, Visitor


class Partner:
    """A partner's site; its page loads the widget of `helpline`."""

    def __init__(self) -> None:
        self.helpline = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def page(self) -> str:
        return f'<!doctype html><p>Partner</p><script src="{self.helpline}/widget.js" data-language="ru"></script>'

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(partner: Partner) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(partner.page.encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Keeps the tests' output quiet."""

    return Handler


@pytest.fixture
def partner() -> Iterator[Partner]:
    """A partner's site."""
    site = Partner()
    yield site
    site.close()


def test_a_partners_page_gets_a_link(
    browser: Browser, shared_visitor: Visitor, knowledge: Knowledge, partner: Partner
) -> None:
    """To a window of its own, which does not learn where it was opened from."""
    partner.helpline = shared_visitor.url
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(partner.origin)
        expect(page.locator("a")).to_have_text(knowledge.text("ru", "page.widget_label"))
        with context.expect_page() as opened:
            page.locator("a").click()
        opened.value.wait_for_load_state()

        assert opened.value.locator("html").get_attribute("lang") == "ru"
        assert opened.value.evaluate("[document.referrer, opener === null]") == ["", True]
        assert page.locator("iframe").count() == 0


def test_nobody_frames_the_chat_unasked(browser: Browser, shared_visitor: Visitor, partner: Partner) -> None:
    """The browser itself refuses."""
    partner.helpline = shared_visitor.url
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", hear)
        page.goto(partner.origin)
        page.evaluate(
            "url => document.body.append(Object.assign(document.createElement('iframe'), {src: url}))",
            shared_visitor.url,
        )
        page.wait_for_event("console", lambda message: "frame-ancestors" in message.text)

    assert any("frame-ancestors 'none'" in complaint for complaint in complaints)


def test_an_allowed_partner_may_frame_the_chat(
    browser: Browser, installation: Installation, knowledge: Knowledge, partner: Partner
) -> None:
    """Only after a click, and the chat in the frame works."""
    with installation.running(frame_ancestors=(partner.origin,)) as visitor, browser.new_context() as context:
        partner.helpline = visitor.url
        page = context.new_page()
        page.goto(partner.origin)
        assert page.locator("iframe").count() == 0
        page.get_by_role("button", name=knowledge.text("ru", "page.widget_label")).click()
        chat = page.frame_locator("iframe")
        chat.locator("#text").fill("Здравствуйте")
        chat.locator("#text").press("Enter")

        expect(chat.locator(".from-assistant p")).to_have_text("Atbilde")
