"""Whom to call: for danger now, for advice without the police, and for what the visitor's words name."""

from __future__ import annotations

from actions.pages import pages, paragraphs
from actions.turn import Answer, KnowingAction, Turn
from bot.messages import Reply

_ALWAYS = ("emergency", "advice")
_MORE = ("child", "crisis", "abroad")


class Numbers(KnowingAction):
    """Two doors first: the police, and help without the police."""

    def name(self) -> str:
        return "action_numbers"

    def answer(self, turn: Turn) -> Answer:
        """The numbers of the countries that the text names, else those for every need."""
        countries = self.knowledge.directory.named_countries(turn.text)
        first = paragraphs(*(self._block(turn.language, need) for need in _ALWAYS))
        second = self._of_countries(turn.language, countries) or self._of_needs(turn.language)
        buttons = self.knowledge.reply(turn.language, "utter_offer_person").buttons
        *texts, last = pages([first, *second], limit=1_800)
        return Answer([*(Reply(text) for text in texts), Reply(last, buttons)])

    def _of_countries(self, language: str, countries: tuple[str, ...]) -> list[str]:
        entries = [entry for country in countries for entry in self.knowledge.entries(country=country)]
        lines = [f"• {self.knowledge.entry_line(language, entry.id)}" for entry in entries]
        return ["\n".join(lines)] if lines else []

    def _of_needs(self, language: str) -> list[str]:
        needs = (*_MORE, "ukraine") if language == "uk" else _MORE
        return [self._block(language, need) for need in needs]

    def _block(self, language: str, need: str) -> str:
        return f"{self.knowledge.need_title(language, need)}:\n{self.knowledge.numbers_block(language, need)}"
