"""Whatever somebody writes, an answer comes back and never an exception."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import load_knowledge
from bot.knowledge.guide import caller_of, doors
from bot.licences.findings import findings_in
from bot.licences.published import PublishedLists
from bot.licences.rules import load_rules
from bot.licences.vocabulary import load_vocabulary
from bot.licences.wording import Wording
from tests.licences.conftest import DATA, LICENSED, REVOKED, TODAY, published

KNOWLEDGE = load_knowledge(DATA)
RULES = load_rules(DATA)
VOCABULARY = load_vocabulary(DATA)
PIECES = (
    "SIA",
    "AS",
    "ООО",
    "«",
    "»",
    '"',
    "“",
    ",",
    "\n",
    "licence",
    "Testa",
    "Ziemeļu",
    "Ceļš",
    "40000000002",
    "SIA\n",
    "&",
)

any_text = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@pytest.fixture(scope="module")
def shared_lists(tmp_path_factory: pytest.TempPathFactory) -> PublishedLists:
    path = tmp_path_factory.mktemp("lists") / "licences.db"
    return published(path, VOCABULARY, licensed=LICENSED, revoked=REVOKED)


@settings(max_examples=150, deadline=None)
@given(text=any_text, is_question=st.booleans(), is_name=st.booleans())
def test_licences(shared_lists: PublishedLists, text: str, is_question: bool, is_name: bool) -> None:
    """Names, quotes and numbers in any order."""
    findings = findings_in(text, shared_lists, TODAY, is_question=is_question, is_name=is_name)

    assert len(findings) <= 3
    assert Wording(KNOWLEDGE, RULES, "uk", date(2026, 11, 22)).told(findings)


@settings(max_examples=100, deadline=None)
@given(text=any_text)
def test_whom_to_call(text: str) -> None:
    """There is always somebody."""
    caller = caller_of(text, "ru", KNOWLEDGE.directory)

    assert doors(caller, KNOWLEDGE.lines("ru"))
