"""Invented stories of each form of exploitation: what would you have noticed?"""

from __future__ import annotations

from actions.pages import paragraphs
from actions.turn import Answer, KnowingAction, Turn
from bot.messages import STORIES, Button, Reply


class Stories(KnowingAction):
    """The list of stories, one story with its question, or the signs in it."""

    def name(self) -> str:
        return "action_stories"

    def answer(self, turn: Turn) -> Answer:
        """One reply, by the button that was pressed."""
        step, _, story = (turn.button or "").partition("_")
        if story not in STORIES:
            return Answer([self._list(turn)])
        return Answer([self._signs(turn, story) if step == "signs" else self._story(turn, story)])

    def _list(self, turn: Turn) -> Reply:
        buttons = tuple(Button(self._text(turn, f"{story}.title"), f"/story_{story}") for story in STORIES)
        return Reply(self._text(turn, "heading"), buttons)

    def _story(self, turn: Turn, story: str) -> Reply:
        text = paragraphs(self._text(turn, f"{story}.story"), self._text(turn, "question"))
        return Reply(text, (Button(self._text(turn, "show_signs"), f"/signs_{story}"), self._another(turn)))

    def _signs(self, turn: Turn, story: str) -> Reply:
        text = paragraphs(self._text(turn, f"{story}.noticed"), self._text(turn, "after"))
        person = self.knowledge.reply(turn.speech, "utter_offer_person").buttons[0]
        check = next(b for b in self.knowledge.reply(turn.speech, "utter_greet").buttons if b.payload == "/check_offer")
        return Reply(text, (self._another(turn), check, person))

    def _another(self, turn: Turn) -> Button:
        return Button(self._text(turn, "another"), "/stories")

    def _text(self, turn: Turn, key: str) -> str:
        return self.knowledge.text(turn.speech, f"stories.{key}")
