"""The whole path as two people see it, each in a browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.browser import ask_for_a_person, paste, sign_in_and_take, two_screens
from tests.e2e.installation import Karogs
from tests.e2e.scripts import SCRIPTS


def test_visitor_and_operator_meet(karogs: Karogs) -> None:
    """A paste in one browser becomes a marked conversation in the other, and the answer comes back without a reload."""
    script = SCRIPTS[0]
    with two_screens(karogs) as (visitor, operator, foreign):
        paste(visitor, script)
        ask_for_a_person(visitor)
        sign_in_and_take(operator, karogs)

        assert script.quote in " ".join(operator.locator("#messages mark").all_text_contents())
        operator.fill("#draft", script.operator)
        operator.keyboard.press("Control+Enter")
        expect(visitor.locator(".from-operator", has_text=script.operator)).to_be_visible()
        visitor.fill("#text", script.thanks)
        visitor.keyboard.press("Enter")
        expect(operator.locator("#messages", has_text=script.thanks)).to_be_visible()
        assert foreign == []
