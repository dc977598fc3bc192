"""A text checked without a conversation: the API and the form without JavaScript. Nothing is stored."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import inspect

from bot.knowledge import Knowledge
from bot.messages import TEXT_LIMIT
from bot.redflags.engine import Engine
from tests.gateway.installation import Installation, Visitor
from tests.gateway.test_answers_without_the_assistant import CRIES
from tests.gateway.test_conversations import OFFER


def rows(installation: Installation) -> int:
    """Rows in all tables."""
    with installation.database.reading() as session:
        tables = [name for name in inspect(session.connection()).get_table_names() if name != "alembic_version"]
        counts = [session.connection().exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one() for name in tables]
    assert len(tables) > 5
    return sum(counts)


@pytest.mark.parametrize("language", OFFER)
def test_a_check_says_what_was_found_in_words(
    visitor: Visitor, installation: Installation, engine: Engine, knowledge: Knowledge, language: str
) -> None:
    """The engine's assessment, each flag with its name, why, what is honest and what to ask."""
    content = visitor.http.post("/v1/check", json={"text": OFFER[language]}).json()
    assessment = engine.assess(OFFER[language])
    texts = [knowledge.flag(language, flag.id) for flag in assessment.flags]

    assert {name: content[name] for name in ("language", "kind", "risk", "emergency")} == {
        "language": language,
        "kind": assessment.kind,
        "risk": assessment.risk,
        "emergency": False,
    }
    assert content["flags"] == [
        {**vars(flag), "name": text.name, "why": text.why, "honest": text.honest, "ask": text.ask}
        for flag, text in zip(assessment.flags, texts, strict=True)
    ]
    assert len(content["flags"]) > 0
    assert content["advice"] == knowledge.text(language, f"advice.next_{assessment.risk}")
    assert rows(installation) == 0


def test_a_check_can_be_explained_in_another_language(visitor: Visitor, knowledge: Knowledge) -> None:
    """A Latvian offer explained in Ukrainian."""
    content = visitor.http.post("/v1/check", json={"text": OFFER["lv"], "language": "uk"}).json()

    assert content["language"] == "lv"
    assert content["flags"][0]["name"] == knowledge.flag("uk", content["flags"][0]["id"]).name


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 400, "empty"),
        ({"text": "x" * (TEXT_LIMIT + 1)}, 413, "too_long"),
        ({}, 400, "malformed"),
        ({"text": "x", "language": "en"}, 400, "malformed"),
    ],
)
def test_a_bad_check_is_refused(visitor: Visitor, body: object, status: int, code: str) -> None:
    """As a message would be."""
    answer = visitor.http.post("/v1/check", json=body)

    assert (answer.status_code, answer.json()["error"]) == (status, code)


@pytest.mark.parametrize("language", OFFER)
def test_the_form_shows_the_words_that_warn(visitor: Visitor, installation: Installation, language: str) -> None:
    """Marked in the text itself, with why and what to ask; no script is needed."""
    page = visitor.http.post("/check", data={"text": OFFER[language], "language": language})

    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "<mark>" in page.text
    assert "180" in unescape(page.text)
    assert rows(installation) == 0


def test_the_form_puts_the_numbers_first_in_an_emergency(visitor: Visitor, knowledge: Knowledge) -> None:
    """Before anything about warning signs."""
    page = unescape(visitor.http.post("/check", data={"text": CRIES["ru"], "language": "ru"}).text)

    assert page.index(knowledge.text("ru", "system.emergency")) < page.index("<h2")


def test_the_form_shows_text_as_text(visitor: Visitor) -> None:
    """Whatever is pasted."""
    page = visitor.http.post("/check", data={"text": OFFER["lv"] + "<img src=x onerror=alert(1)></textarea>"}).text

    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"text=", "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"text=" + b"x" * 4_001, "application/x-www-form-urlencoded", 413),
        (b"text=" + b"x" * 60_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=b" for _ in range(9)), "application/x-www-form-urlencoded", 400),
        (b"text=\xff", "application/x-www-form-urlencoded", 400),
        (b"text=x", "multipart/form-data; boundary=x", 400),
        (b"text=x", "text/plain", 400),
        (b'{"text": "x"}', "application/json", 400),
    ],
)
def test_a_bad_form_is_refused(visitor: Visitor, body: bytes, kind: str, status: int) -> None:
    """Only a small urlencoded form is read."""
    answer = visitor.http.post("/check", content=body, headers={"Content-Type": kind})

    assert answer.status_code == status


def test_a_form_of_four_thousand_cyrillic_characters_fits(visitor: Visitor) -> None:
    """Each takes six bytes on the way."""
    assert visitor.http.post("/check", data={"text": "щ" * TEXT_LIMIT}).status_code == 200


def test_broken_percent_signs_are_only_text(visitor: Visitor) -> None:
    """As they stand, or as replacement characters."""
    page = visitor.http.post(
        "/check", content=b"text=50%25+%zz+%ff+ok", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )

    assert page.status_code == 200
