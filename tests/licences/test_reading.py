"""Lists as offices write them: encodings, delimiters, titles above the headings, rows that cannot be used."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.knowledge import Knowledge, KnowledgeError
from bot.licences.dates import dates_in
from bot.licences.errors import ListRefused
from bot.licences.listing import Entry, Kind, Rejected, Status
from bot.licences.reading import entries_of, open_list
from bot.licences.rules import Rules, load_rules
from bot.licences.vocabulary import load_vocabulary
from tests.licences.conftest import BAKERY, BRIDGE, CLOSED, DATA, GONE, PERSONNEL, SAMPLES, UNION

HEADINGS = ["Komersanta nosaukums", "Reģistrācijas Nr.", "Valstis", "Derīguma termiņš"]
ROW = ['SIA "Paraugs"', "40000000001", "Vācija", "02.02.2028"]
SAMPLE = Entry('SIA "Paraugs"', Status.LISTED, "40000000001", None, ("DE",), (), None, date(2028, 2, 2))


class Reader:
    """Reads a file with the rules and countries that are shipped."""

    def __init__(self, rules: Rules, knowledge: Knowledge) -> None:
        self.rules, self.countries = rules, knowledge.directory.named_countries

    def __call__(self, path: Path, kind: Kind | None = None) -> list[Entry | Rejected]:
        return list(entries_of(open_list(path, self.rules, kind), self.rules, self.countries))


@pytest.fixture
def read(rules: Rules, knowledge: Knowledge) -> Reader:
    return Reader(rules, knowledge)


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_the_agencys_list(read: Reader, rules: Rules) -> None:
    """Titles above the headings, several countries and services in a cell, the day from the title."""
    path = SAMPLES / "licensed_sample.csv"
    file = open_list(path, rules)

    assert (file.layout.kind, file.day) == (Kind.LICENSED, date(2026, 11, 16))
    assert [entry for entry in read(path) if entry in (PERSONNEL, BRIDGE)] == [PERSONNEL, BRIDGE]
    assert len(read(path)) == 4


def test_the_list_of_revoked_licences(read: Reader, rules: Rules) -> None:
    """Known by the day of the end; the day of the list stands in words."""
    path = SAMPLES / "revoked_sample.csv"
    file = open_list(path, rules)

    assert (file.layout.kind, file.day) == (Kind.REVOKED, date(2026, 11, 16))
    assert read(path)[0] == GONE


def test_the_enterprise_register(read: Reader, rules: Rules) -> None:
    """The headings of its open data; a closed company is struck off."""
    path = SAMPLES / "register_sample.csv"

    assert open_list(path, rules).layout.kind is Kind.REGISTER
    assert [entry for entry in read(path) if entry.name == BAKERY.name] == [BAKERY]
    closed = read(path)[2]
    assert isinstance(closed, Entry)
    assert (closed.name, closed.status, closed.ended) == (CLOSED.name, CLOSED.status, CLOSED.ended)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1257"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_delimiters(read: Reader, tmp_path: Path, encoding: str, delimiter: str) -> None:
    """Whatever a spreadsheet program chose, Latvian letters and cells arrive."""
    lines = [delimiter.join(HEADINGS), delimiter.join(['"SIA ""Paraugs"""', *ROW[1:]])]

    assert read(written(tmp_path / "list.csv", "\r\n".join(lines), encoding)) == [SAMPLE]


def test_a_workbook(read: Reader, rules: Rules, tmp_path: Path) -> None:
    """Dates and numbers as cells of their own types, headings on the second sheet, empty rows between."""
    book = Workbook()
    book.active.append(["Par sarakstu (paraugs)"])
    sheet = book.create_sheet("Saraksts")
    sheet.append(["Saraksts uz", datetime(2026, 11, 16)])
    sheet.append([])
    sheet.append(HEADINGS)
    sheet.append([ROW[0], 40000000001, ROW[2], datetime(2028, 2, 2)])
    sheet.append([])
    sheet.append(['SIA "Otrais"', 40000000002.0, "Norvēģija\nDānija", date(2027, 1, 1)])
    path = tmp_path / "list.xlsx"
    book.save(path)

    assert open_list(path, rules).day == date(2026, 11, 16)
    assert read(path) == [
        SAMPLE,
        Entry('SIA "Otrais"', Status.LISTED, "40000000002", None, ("NO", "DK"), (), None, date(2027, 1, 1)),
    ]


REJECTED = [
    (["", *ROW[1:]], "has no name"),
    (["---", *ROW[1:]], "has no letters in its name"),
    ([ROW[0], "4000000001", *ROW[2:]], "has a registration number of 10 digits; it must have 11"),
    ([ROW[0], ROW[1], "", ROW[3]], "has no countries: for which country the licence is cannot be said"),
    ([*ROW[:3], "vakar"], "has no readable date under until: vakar"),
    ([*ROW[:3], "31.02.2028"], "has no readable date under until: 31.02.2028"),
    (ROW, "says the same as row 2"),
]


@pytest.mark.parametrize(("row", "reason"), REJECTED, ids=[reason for _, reason in REJECTED])
def test_a_rejected_row_has_its_number_and_reason(read: Reader, tmp_path: Path, row: list[str], reason: str) -> None:
    """The rows around it are taken."""
    lines = [HEADINGS, ROW, row, ["SIA Pēdējā", "", "Somija", ""]]
    text = "\n".join("\t".join(cell.replace('"', "") for cell in line) for line in lines)
    result = read(written(tmp_path / "list.csv", text))

    assert len(REJECTED) == 7
    assert [item for item in result if isinstance(item, Rejected)] == [Rejected(3, reason)]
    assert [item.name for item in result if isinstance(item, Entry)] == ["SIA Paraugs", "SIA Pēdējā"]


def test_a_state_column(read: Reader, tmp_path: Path) -> None:
    """One list may hold valid, suspended and revoked licences; an unknown word is no guess."""
    states = ["Spēkā", "Apturēta", "Anulēta", "", "zaļa"]
    rows = [f"SIA N{n};Vācija;{state}" for n, state in enumerate(states)]
    result = read(written(tmp_path / "list.csv", "\n".join(["Nosaukums;Valsts;Licences statuss", *rows])))

    assert [item.status for item in result if isinstance(item, Entry)] == [
        Status.LISTED,
        Status.SUSPENDED,
        Status.REVOKED,
        Status.LISTED,
    ]
    assert result[-1] == Rejected(6, "has a state that nlu_data/licences/lists.yml does not know: zaļa")


def test_words_that_are_not_known_are_kept(read: Reader, tmp_path: Path) -> None:
    """A country or service that nobody foresaw is told in the list's own words."""
    text = "Nosaukums;Valsts;Pakalpojumi\nSIA Paraugs;Atlantīda, Vācija;Lidošana"

    assert read(written(tmp_path / "list.csv", text)) == [
        Entry("SIA Paraugs", Status.LISTED, countries=("Atlantīda", "DE"), services=("Lidošana",))
    ]


def test_unknown_headings_are_refused_by_name(read: Reader, tmp_path: Path) -> None:
    """The administrator learns what to add to the data file."""
    path = written(tmp_path / "list.csv", "Firma;Kur\nSIA Paraugs;Vācija")
    with pytest.raises(ListRefused, match=r"The fullest row was: Firma \| Kur\. Add its headings to nlu_data"):
        read(path)


UNREADABLE = [
    ("list.pdf", b"%PDF", "only CSV and XLSX"),
    ("list.xlsx", b"not a workbook", "is not a readable XLSX file"),
    ("list.csv", b"Nosaukums;\x81\x8d\xff\xfe\x00", "neither UTF-8 nor Windows-1257"),
    ("list.csv", b"", "no row has the headings"),
]


@pytest.mark.parametrize(("name", "content", "problem"), UNREADABLE)
def test_unreadable_files(read: Reader, tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    """One sentence, no traceback."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ListRefused, match=problem):
        read(tmp_path / name)


def test_a_missing_file(read: Reader, tmp_path: Path) -> None:
    """It is said by name."""
    with pytest.raises(ListRefused, match=r"nowhere\.csv: there is no such file"):
        read(tmp_path / "nowhere.csv")


def test_dates() -> None:
    """Every way in which an office writes a day, in the order of the text; no day is invented."""
    text = "no 03.02.2025. līdz 2028-02-02, 2026. gada 16. novembrī, 31/12/2026, 45.45.2026 un 2026. gada 5. zaļumā"

    assert dates_in(text) == (date(2025, 2, 3), date(2028, 2, 2), date(2026, 11, 16), date(2026, 12, 31))


def test_the_samples_say_that_they_are_samples() -> None:
    """Nobody may take them for a list."""
    names = sorted(path.name for path in SAMPLES.iterdir())
    assert names == ["README.md", "licensed_sample.csv", "register_sample.csv", "revoked_sample.csv"]
    assert UNION.name in (SAMPLES / "licensed_sample.csv").read_text(encoding="utf-8").replace('""', '"')
    for name in names[1:]:
        assert "Paraugs" in (SAMPLES / name).read_text(encoding="utf-8")


def test_the_public_search_has_a_source(rules: Rules, knowledge: Knowledge) -> None:
    """The address that visitors are sent to was read in a source."""
    assert knowledge.sources[rules.public_search_source].ref == rules.public_search


BROKEN = [
    ("licences/lists.yml", "known_by: [name, registration, form]", "known_by: [name, colour]", "register: colour"),
    ("licences/lists.yml", "form: [", "colour: [", "register: colour"),
    ("licences/lists.yml", "status: registered", "status: fine", "status: fine"),
    ("licences/lists.yml", "most_rejected: 0.1", "most_rejected: 10", "file: most_rejected"),
    ("licences/lists.yml", "  register:", "  phonebook:", "lists: phonebook"),
    ("licences/names.yml", "connectors: [", "connector: [", "file: connectors"),
]


@pytest.mark.parametrize(("file", "old", "new", "place"), BROKEN, ids=[case[2] for case in BROKEN])
def test_a_broken_data_file_is_refused(tmp_path: Path, file: str, old: str, new: str, place: str) -> None:
    """The error names file, entry and key."""
    shutil.copytree(DATA / "licences", tmp_path / "licences")
    path = tmp_path / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    assert len(BROKEN) == 6
    with pytest.raises(KnowledgeError, match=f"^{file}: {place}: "):
        load_rules(tmp_path)
        load_vocabulary(tmp_path)
