"""`python -m tests.talks ADDRESS`: holds all conversations, also the open ones, with a running Karogs."""

from __future__ import annotations

import sys

from bot.commands.places import default_places
from bot.knowledge import load_knowledge
from bot.messages import LANGUAGES
from tests.talks.talk import read_talks
from tests.talks.visitor import Visitor


def main(address: str) -> None:
    """Prints each turn that is not as expected, then how many conversations went well, by language and folder."""
    knowledge = load_knowledge(default_places().nlu_data)
    for language in LANGUAGES:
        for folder in ("", "open/"):
            talks, well = read_talks(language, folder), 0
            for talk in talks:
                visitor = Visitor(address, talk, knowledge)
                faults = [(turn, turn.faults(visitor.says(turn.words))) for turn in talk.turns]
                well += not any(found for _, found in faults)
                for turn, found in faults:
                    if found:
                        print(f"{language}: {talk.name}: {turn.words!r}: {'; '.join(found)}")
            print(f"{folder}{language}: {well} of {len(talks)} went well")


if __name__ == "__main__":
    main(sys.argv[1])
