"""`python -m tests.talks ADDRESS`: holds all conversations, also the open ones, with a running Karogs."""

from __future__ import annotations

import sys

from bot.commands.places import default_places
from bot.knowledge import load_knowledge
from bot.messages import LANGUAGES
from tests.talks.talk import Turn, read_talks
from tests.talks.visitor import Visitor


def main(address: str) -> None:
    """Prints each turn that is not as expected, then how many conversations went well, by language and folder."""
    knowledge = load_knowledge(default_places().nlu_data)
    for language in LANGUAGES:
        for folder in ("", "open/"):
            talks, well = read_talks(language, folder), 0
            for talk in talks:
                visitor = Visitor(address, talk, knowledge)
                faults = [(turn.words, found) for turn in talk.turns if (found := _faults(visitor, turn))]
                well += not faults
                for words, found in faults:
                    print(f"{language}: {talk.name}: {words!r}: {'; '.join(found)}")
            print(f"{folder}{language}: {well} of {len(talks)} went well")


def _faults(visitor: Visitor, turn: Turn) -> list[str]:
    try:
        return turn.faults(visitor.says(turn.words))
    except AssertionError as silence:  # an open conversation may end where nobody answers any more
        return [str(silence)]


if __name__ == "__main__":
    main(sys.argv[1])
