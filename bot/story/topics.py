"""Which right a message asks about, or which situation it tells of: known by phrases that staff write."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.messages import LANGUAGES, RIGHTS, TROUBLES
from bot.story.phrase_book import PhraseBook
from bot.story.phrase_file import parsed, read
from bot.story.wording import Phrase, sentences

TOPIC = "topic"
"""The key of a parsed message under which its topic stands, or None."""

NEAR_TOPICS = "near_topics"
"""The key under which those stand that it may be about as well, the likeliest first; none where the topic is sure."""

GRAVEST_FIRST = ("suicide", "child", "blackmail_images", "watched")
"""Of two situations in one message that which comes first here is answered."""

LAST = "next_hour"
LONGEST = 400
"""Characters above which a text is a pasted one, or a whole story that the engine reads."""


@dataclass(frozen=True)
class Topics:
    """The phrases of rights and troubles, of all languages together: people mix them."""

    book: PhraseBook[str]

    def named_in(self, text: str) -> str | None:
        """
        The id of the right or the situation that `text` speaks of; None when it names none.

        A grave situation comes before the others, of the others that with the longest phrase; what to do next is
        answered only where nothing else is named.
        """
        said = sentences(text, with_questions=True) if len(text) <= LONGEST else []
        lengths = self.book.lengths(said)
        grave = next((topic for topic in GRAVEST_FIRST if topic in lengths), None)
        return grave or max(lengths, key=lambda topic: (topic != LAST, lengths[topic]), default=None)


NO_TOPICS = Topics(PhraseBook({}))
"""Where no phrase is known."""


def load_topics(root: Path) -> Topics:
    """The phrases from `nlu_data/dialogue/topics/<language>.yml`. Raises QuestionsError."""
    phrases: dict[str, list[Phrase]] = {topic: [] for topic in (*TROUBLES, *RIGHTS)}
    for language in LANGUAGES:
        file = f"dialogue/topics/{language}.yml"
        content = read(root, file)
        for topic, known in phrases.items():
            known.extend(parsed(file, topic, content.get(topic)))
    return Topics(PhraseBook(phrases))
