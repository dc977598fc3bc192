"""Rights as questions and answers."""

from __future__ import annotations

from actions.pages import paragraphs
from actions.turn import Answer, KnowingAction, Turn
from bot.knowledge.topics import Topic
from bot.messages import RIGHTS, Button, Reply


class Rights(KnowingAction):
    """The right that somebody asks about, with its sources and their date; or the choice of all of them."""

    def name(self) -> str:
        return "action_rights"

    def answer(self, turn: Turn) -> Answer:
        """One reply: the answer, or the rights as buttons."""
        if turn.topic not in RIGHTS:
            return Answer([self._choice(turn)])
        right = self.knowledge.topic(turn.speech, turn.topic)
        others = Button(self.knowledge.text(turn.speech, "talk.more_rights"), "/ask_rights")
        person = self.knowledge.reply(turn.speech, "utter_offer_person").buttons[0]
        heading = self.knowledge.text(turn.speech, "talk.if_other") if turn.near else ""
        text = paragraphs(f"{right.title}\n{right.text}", self._sources(right, turn), heading)
        return Answer([Reply(text, (*self.choice_of(turn, turn.near), others, person))])

    def _choice(self, turn: Turn) -> Reply:
        if turn.near:
            asked = self.did_you_mean(turn)
            others = Button(self.knowledge.text(turn.speech, "talk.more_rights"), "/ask_rights")
            return Reply(asked.text, (*asked.buttons, others))
        rights = self.knowledge.rights(turn.speech)
        buttons = tuple(Button(right.title, f"/right_{right.id}") for right in rights)
        return Reply(self.knowledge.text(turn.speech, "talk.rights_heading"), buttons)

    def _sources(self, right: Topic, turn: Turn) -> str:
        names = ", ".join(self.knowledge.sources[source].name for source in right.sources)
        return self.knowledge.text(turn.speech, "talk.sources", date=f"{right.checked:%d.%m.%Y}", titles=names)
