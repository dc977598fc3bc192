"""The console's words and the code that says them."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import Knowledge
from bot.redflags import KINDS, RISKS
from helpline_console.conversations import OUTCOMES
from helpline_console.page import FOLDER, STATIC
from helpline_console.words import LANGUAGES, Words

SCRIPTS = sorted(STATIC.glob("*.js"))
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
PYTHON = sorted(FOLDER.glob("*.py"))
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTML|\beval\b"
    r"|new Function|localStorage|sessionStorage|indexedDB|\|\s*safe|Markup\(|javascript:|https?://(?!www\.w3\.org/)"
)
FAMILIES = ("flag_", "why_", "band_", "language_", "channel_", "route_", "sender_", "delivery_", "risk_", "kind_")
KEY = re.compile(r"""["']([a-z]+(?:_[a-z]+)*)["']|words\.([a-z_]+)""")
MORE_FAMILIES = ("strength_", "outcome_", "error_", "waiting_count_", "pressed_")


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> Words:
    return Words(knowledge)


def said_in_code() -> set[str]:
    """Every key that a script or the template names as a whole."""
    source = "\n".join(path.read_text() for path in [*SCRIPTS, *TEMPLATES, *PYTHON])
    return {key for pair in KEY.findall(source) for key in pair if key}


def test_both_languages_say_the_same_things(words: Words) -> None:
    """No key is missing, none is empty, and the values each takes are the same."""
    latvian, english = (words.all(language) for language in LANGUAGES)
    values = [{key: set(re.findall(r"\{\w+\}", text)) for key, text in w.items()} for w in (latvian, english)]

    assert values[0] == values[1]
    assert len(latvian) >= 200
    assert [key for key in latvian if not latvian[key].strip() or not english[key].strip()] == []


def test_every_word_of_the_page_exists(words: Words) -> None:
    """Keys in the template's data-word attributes and in the scripts' say(…) are in the file."""
    source = "\n".join(path.read_text() for path in [*SCRIPTS, *TEMPLATES])
    named = set(re.findall(r"""data-word(?:-[a-z]+)?="([a-z_]+)\"""", source)) | set(
        re.findall(r"""say\("([a-z_]+)\"""", source)
    )

    assert sorted(key for key in named if key not in words.all("lv")) == []
    assert len(named) >= 50


def test_every_word_of_the_file_is_used(words: Words) -> None:
    """A word that nothing says any more is deleted."""
    used = said_in_code()
    families = FAMILIES + MORE_FAMILIES

    assert sorted(key for key in words.all("lv") if key not in used and not key.startswith(families)) == []
    assert len(used) >= 100


def test_every_value_of_the_contract_has_a_word(words: Words, knowledge: Knowledge) -> None:
    """Flags with their reasons, kinds, risks and outcomes."""
    flags = list(knowledge.flags["lv"])
    keys = [f"flag_{flag}" for flag in flags] + [f"why_{flag}" for flag in flags]
    keys += [f"kind_{kind}" for kind in KINDS] + [f"risk_{risk}" for risk in RISKS]
    keys += [f"outcome_{outcome}" for outcome in OUTCOMES]

    assert [key for key in keys if key not in words.all("en")] == []
    assert (len(flags), len(keys)) == (30, 78)


def test_the_words_never_say_victim(words: Words) -> None:
    """Neither language calls anybody that; nothing is ever "safe" about an offer."""
    everything = " ".join(text.casefold() for language in LANGUAGES for text in words.all(language).values())

    assert [word for word in ("victim", "upur", "jūs tagad esat drošībā", "you are safe") if word in everything] == []


def test_a_flag_newer_than_the_words_shows_by_its_id(words: Words) -> None:
    """Nothing breaks when the engine learns a flag first."""
    assert words.flag("en", "brand_new") == ("brand_new", "")


def test_no_code_of_the_page_parses_text_as_markup() -> None:
    """No way for text to become HTML, script or a foreign address; nothing is kept in the browser's storage."""
    found = [
        (path.name, match.group())
        for path in [*SCRIPTS, *TEMPLATES, STATIC / "console.css"]
        for match in FORBIDDEN.finditer(path.read_text())
    ]

    assert found == []
    assert (len(SCRIPTS) >= 11, len(TEMPLATES) >= 1) == (True, True)
