"""`karogs check`, as a shell runs it."""

from __future__ import annotations

import json
import subprocess

from bot.commands.check import marked
from bot.commands.places import default_places
from bot.redflags import Assessment, RedFlag
from bot.redflags.engine import Engine

KAROGS = default_places().project / ".venv" / "bin" / "karogs"


def karogs(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([KAROGS, *words], input=stdin, capture_output=True, text=True, check=False, timeout=300)


def test_lines_are_answered_in_their_order(engine: Engine) -> None:
    """Each object with an id and a text gets one line, whatever the text holds."""
    texts = ["Labdien", "", "Паспорт сдаёте координатору", "рядок\u2028далі", "💶" * 50]
    lines = "\n".join(json.dumps({"id": f"x{n}", "text": text}) for n, text in enumerate(texts))

    done = karogs("check", "--jsonl", stdin=lines)

    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert done.returncode == 0
    assert answers == [{"id": f"x{n}", **engine.assess(text).as_json()} for n, text in enumerate(texts)]


def test_broken_line_is_named(engine: Engine) -> None:
    """A line that is no such object ends the run with its number."""
    done = karogs("check", "--jsonl", stdin='{"id": "a", "text": "Labdien"}\n{"id": "b"}\n')

    assert done.returncode == 1
    assert done.stderr == 'karogs check: line 2: must be a JSON object with "id" and "text"\n'
    assert len(done.stdout.splitlines()) == 1


def test_one_object_for_programs(engine: Engine) -> None:
    """--json prints one object of the contract."""
    done = karogs("check", "--json", "Jāiemaksā 200 eiro par vietu")

    assert json.loads(done.stdout) == engine.assess("Jāiemaksā 200 eiro par vietu").as_json()


def test_people_read_reasons_and_questions(engine: Engine) -> None:
    """Without an option the text is shown with its flags marked, why, and what to ask."""
    done = karogs("check", "Pirms darba jāiemaksā 200 eiro par vietu")

    assert "⟦" in done.stdout
    assert "→" in done.stdout
    assert done.returncode == 0


def test_flags_are_marked_where_they_stand() -> None:
    """Brackets and numbers enclose the evidence, also where two flags share words."""
    flags = (RedFlag("a", "weak", 0, 4, "abcd"), RedFlag("b", "weak", 2, 6, "cdef"))

    assert marked("abcdef!", Assessment("lv", "other", "low", False, flags)) == "⟦ab⟦cd⟧[1]ef⟧[2]!"


def test_words_that_show_two_flags_are_marked_once() -> None:
    """With both numbers behind them."""
    flags = (RedFlag("a", "weak", 0, 4, "abcd"), RedFlag("b", "weak", 0, 4, "abcd"))

    assert marked("abcd!", Assessment("lv", "other", "low", False, flags)) == "⟦abcd⟧[1,2]!"
