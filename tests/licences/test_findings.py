"""What is found for a name, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import Knowledge
from bot.licences.findings import Finding, Outcome, findings_in, look_up
from bot.licences.listing import Kind, ListInfo, Status
from bot.licences.published import PublishedLists, publish
from bot.licences.rules import Rules
from bot.licences.vocabulary import Vocabulary
from bot.licences.wording import Wording
from tests.licences.conftest import (
    BAKERY,
    BEFORE,
    BRIDGE,
    CLOSED,
    GONE,
    LICENSED,
    LIST_DAY,
    NORTH,
    PAUSED,
    PERSONNEL,
    TODAY,
    UNION,
    published,
)

OUTCOMES = [
    ("Paraugs Baltijas Personāls", Outcome.LISTED, (PERSONNEL,)),
    ("SIA Testa Ziemeļu Ceļam", Outcome.LISTED, (NORTH,)),
    ("Izdomātais Darba Tilts", Outcome.RUN_OUT, (BRIDGE,)),
    ("Paraugs Apturētais", Outcome.SUSPENDED, (PAUSED,)),
    ("Paraugs Anulētais", Outcome.REVOKED, (GONE,)),
    ("Paraugs Baltijs Persnāls", Outcome.ALIKE, (PERSONNEL,)),
    ("Izdomātā Maiznīca", Outcome.NOT_LISTED, ()),
    ("Pavisam Cita Firma", Outcome.NOT_LISTED, ()),
]


@pytest.mark.parametrize(("name", "outcome", "entries"), OUTCOMES)
def test_outcomes(lists: PublishedLists, name: str, outcome: Outcome, entries: tuple[object, ...]) -> None:
    """Each thing that a list can say."""
    finding = look_up(name, lists, TODAY)

    assert len({outcome for _, outcome, _ in OUTCOMES}) == len(Outcome) - 1
    assert (finding.outcome, finding.entries) == (outcome, entries)


def test_a_licence_that_was_given_again(lists: PublishedLists) -> None:
    """The valid licence counts, the earlier end is not hidden."""
    assert look_up("Paraugs Baltijas Personāls", lists, TODAY).revoked_before == (BEFORE,)


def test_a_licence_that_was_revoked_after_it_was_given(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """An end after the beginning wins over a list that still names the company."""
    end = replace(BEFORE, ended=date(2026, 10, 1))
    lists = published(tmp_path / "lists.db", vocabulary, licensed=(PERSONNEL,), revoked=(end,))
    finding = look_up("Paraugs Baltijas Personāls", lists, TODAY)

    assert (finding.outcome, finding.entries) == (Outcome.REVOKED, (end,))


def test_an_end_without_a_day(tmp_path: Path, vocabulary: Vocabulary) -> None:
    """Then the newer list is believed."""
    end = replace(BEFORE, ended=None)
    for later, outcome in ((date(2026, 11, 15), Outcome.LISTED), (date(2026, 11, 17), Outcome.REVOKED)):
        infos = (ListInfo(Kind.LICENSED, LIST_DAY, 1, 0), (PERSONNEL,)), (ListInfo(Kind.REVOKED, later, 1, 0), (end,))
        publish(tmp_path / "lists.db", infos, vocabulary)
        assert look_up(PERSONNEL.name, PublishedLists(tmp_path / "lists.db", vocabulary), TODAY).outcome is outcome


def test_the_last_day_of_a_licence_counts(lists: PublishedLists) -> None:
    """It has run out on the day after."""
    assert look_up(BRIDGE.name, lists, date(2026, 10, 19)).outcome is Outcome.LISTED
    assert look_up(BRIDGE.name, lists, date(2026, 10, 20)).outcome is Outcome.RUN_OUT


def test_no_list(vocabulary: Vocabulary, tmp_path: Path) -> None:
    """Without a list nothing is claimed, neither without a file nor without the agency's list in it."""
    register = published(tmp_path / "lists.db", vocabulary, register=(BAKERY,))
    for lists in (PublishedLists(None, vocabulary), PublishedLists(tmp_path / "none.db", vocabulary), register):
        assert look_up("Izdomātā Maiznīca", lists, TODAY).outcome is Outcome.NO_LIST


def test_the_enterprise_register(lists: PublishedLists) -> None:
    """What it says stands beside what the agency says."""
    assert look_up("Izdomātā Maiznīca", lists, TODAY).companies == (BAKERY,)
    assert look_up("Paraugs Slēgtais", lists, TODAY).companies == (CLOSED,)


IN_TEXTS = [
    ('Darbs Vācijā, SIA "Paraugs Baltijas Personāls" un Testa Ziemeļu Ceļš', False, [PERSONNEL.name, NORTH.name]),
    ("Tur strādā paraugs baltijas personāls", False, []),
    ("reģ. nr. 40000000002", False, [NORTH.name]),
    ('SIA "Testa Ziemeļu Ceļš", reģ. nr. 40000000002', False, [NORTH.name]),
    ("Paraugs Baltijas personālam ir licence?", True, [PERSONNEL.name]),
    ("есть лицензия у Парагс Балтияс Персоналс?", True, [PERSONNEL.name]),
    ("vai jums ir licence?", True, []),
    ("Labdien, vai varat palīdzēt ar darbu?", False, []),
]


@pytest.mark.parametrize(("text", "is_question", "names"), IN_TEXTS)
def test_names_in_a_text(lists: PublishedLists, text: str, is_question: bool, names: list[str]) -> None:
    """By legal form, by a name that the lists know, by number, and by what a question asks about."""
    findings = findings_in(text, lists, TODAY, is_question=is_question)

    assert len(IN_TEXTS) == 8
    assert [finding.entries[0].name for finding in findings] == names


def test_words_that_may_be_no_name(lists: PublishedLists) -> None:
    """Small letters that no list has are told of only where the name was asked for."""
    assert findings_in("kaut kas pavisam cits", lists, TODAY, is_question=True) == ()
    (finding,) = findings_in("nezināmais mednieks", lists, TODAY, is_name=True)
    assert (finding.asked, finding.outcome) == ("nezināmais mednieks", Outcome.NOT_LISTED)
    (finding,) = findings_in("testa ziemeļu ceļš", lists, TODAY, is_question=True)
    assert finding.outcome is Outcome.LISTED


def test_another_number_than_the_lists_have(lists: PublishedLists) -> None:
    """Somebody may use the name of a licensed company."""
    (finding,) = findings_in('SIA "Testa Ziemeļu Ceļš", reģ. nr. 40000000099', lists, TODAY)

    assert finding.other_number


def test_a_long_text_is_read_quickly_enough_to_be_read_whole(lists: PublishedLists) -> None:
    """Four thousand characters with many names give three findings."""
    text = " ".join(f'SIA "Firma Numur{n}"' for n in range(160))

    assert len(findings_in(text, lists, TODAY)) == 3


class Said:
    """The sentences of one language, and the whole answer."""

    def __init__(self, knowledge: Knowledge, rules: Rules, language: str) -> None:
        self.knowledge, self.rules, self.language = knowledge, rules, language

    def told(self, *findings: Finding, text: str = "", today: date = TODAY) -> str:
        named = self.knowledge.directory.named_countries(text)
        return Wording(self.knowledge, self.rules, self.language, today, named).told(findings)

    def __call__(self, key: str, **values: object) -> str:
        return self.knowledge.text(self.language, f"licences.{key}", **values)

    def country(self, code: str) -> str:
        return self.knowledge.directory.countries[code].name[self.language]


@pytest.fixture(params=["lv", "ru", "uk"])
def said(request: pytest.FixtureRequest, knowledge: Knowledge, rules: Rules) -> Said:
    return Said(knowledge, rules, request.param)


def test_a_listed_company(said: Said, lists: PublishedLists) -> None:
    """Countries, services, last day; what it means and does not; where to look oneself."""
    company = said("company", name=PERSONNEL.name, registration="40000000001")
    services = ", ".join(said.rules.services[name].name[said.language] for name in ("consulting", "placement"))
    facts = [
        said("listed", company=company, date="16.11.2026"),
        said("countries", countries=", ".join(map(said.country, ("DE", "NL", "NO")))),
        said("services", services=services),
        said("licence_until", until="02.02.2028"),
        said("revoked_before", ended="01.03.2021"),
        said("not_registered", asked=PERSONNEL.name, date="16.11.2026"),
    ]

    assert said.told(look_up(PERSONNEL.name, lists, TODAY)).split("\n\n") == [
        "\n".join(facts),
        said("listed_means"),
        said("look_yourself", address="https://nva.gov.lv/lv/darbiekartosanas-pakalpojumi"),
    ]


COUNTRIES = [
    (NORTH, "darbs Vācijā", True),
    (NORTH, "darbs Anglijā", False),
    (NORTH, "darbs Anglijā un Vācijā", False),
    (NORTH, "darbs Latvijā", False),
    (UNION, "darbs Vācijā", False),
    (UNION, "darbs Norvēģijā", True),
    (replace(NORTH, countries=("Atlantīda",)), "darbs Vācijā", False),
    (replace(NORTH, countries=()), "darbs Vācijā", False),
]


@pytest.mark.parametrize(("entry", "text", "is_told"), COUNTRIES)
def test_a_licence_for_other_countries(said: Said, entry: object, text: str, is_told: bool) -> None:
    """It is told only when no country of the text fits and every country of the licence is known."""
    finding = Finding("x", Outcome.LISTED, (entry,), source=ListInfo(Kind.LICENSED, LIST_DAY, 1, 0))  # type: ignore[arg-type]
    wrong = said("wrong_country", countries="|").split("|")[0]

    assert len(COUNTRIES) == 8
    assert (wrong in said.told(finding, text=text)) is is_told


@pytest.mark.parametrize(
    ("name", "key", "meaning"),
    [
        (BRIDGE.name, "run_out", "run_out_means"),
        (PAUSED.name, "suspended", "suspended_means"),
        (GONE.name, "revoked_on", "revoked_means"),
        ("Paraugs Baltijs Persnāls", "alike", "alike_means"),
        ("Pavisam Cita Firma", "not_listed", "not_listed_means"),
    ],
)
def test_the_other_answers(said: Said, lists: PublishedLists, name: str, key: str, meaning: str) -> None:
    """Each with the day of the list and with what it means."""
    finding = look_up(name, lists, TODAY)
    company = [said("company", name=e.name, registration=e.registration) for e in finding.entries]
    values = {
        "asked": name,
        "date": "16.11.2026",
        "company": "".join(company),
        "companies": ", ".join(company),
        "until": "19.10.2026",
        "ended": "14.05.2025",
    }
    whole = said.told(finding)

    assert whole.startswith(said(key, **values))
    assert said(meaning) in whole
    assert "16.11.2026" in whole


def test_a_similar_name_with_a_revoked_licence(said: Said, lists: PublishedLists) -> None:
    """That it was revoked is said with it."""
    whole = said.told(look_up("Paraugs Anulētaas", lists, TODAY))
    company = said("company", name=GONE.name, registration="40000000011")

    assert said("revoked_on", company=company, date="16.11.2026", ended="14.05.2025") in whole


def test_without_a_list(said: Said, vocabulary: Vocabulary) -> None:
    """The answer says so and points to the agency's own page."""
    whole = said.told(look_up("Pavisam Cita Firma", PublishedLists(None, vocabulary), TODAY))

    assert whole.split("\n\n") == [
        said("no_list", asked="Pavisam Cita Firma"),
        said("look_yourself", address="https://nva.gov.lv/lv/darbiekartosanas-pakalpojumi"),
    ]


def test_an_old_list_says_that_it_is_old(said: Said, lists: PublishedLists) -> None:
    """After 31 days, as the data file says."""
    old = said("old_list", date="16.11.2026")

    assert old not in said.told(look_up(NORTH.name, lists, TODAY), today=date(2026, 12, 17))
    assert old in said.told(look_up(NORTH.name, lists, TODAY), today=date(2026, 12, 18))


def test_rows_that_could_not_be_read_are_told(said: Said) -> None:
    """A company may be in one of them."""
    info = ListInfo(Kind.LICENSED, LIST_DAY, 10, 2)

    assert said("unread_rows", count=2) in said.told(Finding("x", Outcome.NOT_LISTED, source=info))
    assert said("unread_rows", count=2) not in said.told(Finding("x", Outcome.LISTED, (NORTH,), source=info))


def test_registered_is_not_licensed(said: Said, lists: PublishedLists) -> None:
    """A company of the register is told with that; a closed one as closed."""
    bakery = said.told(look_up("Izdomātā Maiznīca", lists, TODAY))
    closed = said(
        "struck_off", company=said("company", name=CLOSED.name, registration="40000000022"), date="16.11.2026"
    )

    assert said("registered_means") in bakery
    assert closed in said.told(look_up("Paraugs Slēgtais", lists, TODAY))


def test_a_meaning_is_said_once(said: Said, lists: PublishedLists) -> None:
    """Two listed companies, one explanation."""
    whole = said.told(look_up(NORTH.name, lists, TODAY), look_up(UNION.name, lists, TODAY))

    assert whole.count(said("listed_means")) == 1


def test_every_status_and_kind_has_a_word_in_the_database() -> None:
    """The tables check the same words."""
    from bot.conversation.models import LicenceEntry, LicenceList

    assert LicenceEntry.__table__.c.status.type.enums == [status.value for status in Status]
    assert LicenceList.__table__.c.kind.type.enums == [kind.value for kind in Kind]
    assert len(LICENSED) == 5
