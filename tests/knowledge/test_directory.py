"""The help directory: only numbers that may be shown, each with its country, hours and the day of its sources."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from bot.knowledge import Knowledge
from tests.knowledge.conftest import DATA

DIRECTORY_LANGUAGES = ("lv", "ru", "uk", "en")


def test_every_line_prints_country_and_day(knowledge: Knowledge) -> None:
    """A number without its country is dangerous: 116123 is another service in Ukraine."""
    entries = knowledge.entries()
    assert len(entries) == 31
    for entry in entries:
        for language in DIRECTORY_LANGUAGES:
            line = knowledge.entry_line(language, entry.id)
            assert knowledge.directory.countries[entry.country].name[language] in line
            assert entry.hours.text[language] in line
            assert "22.11.2026" in line
            assert all(phone.display in line for phone in entry.phones)


def test_a_whole_line_in_each_language(knowledge: Knowledge) -> None:
    """Name, number, country, hours, cost, the visitor's language where they are known to speak it, day."""
    assert {language: knowledge.entry_line(language, "lv_116123") for language in DIRECTORY_LANGUAGES} == {
        "lv": "Krīzes tālrunis (biedrība “Skalbes”): 116123 — Latvija; visu diennakti; bez maksas; runā latviski; "
        "avoti skatīti 22.11.2026",
        "ru": "Кризисный телефон («Skalbes»): 116123 — Латвия; круглосуточно; бесплатно; говорят по-русски; "
        "источники сверены 22.11.2026",
        "uk": "Кризовий телефон («Skalbes»): 116123 — Латвія; цілодобово; безкоштовно; розмовляють російською; "
        "джерела звірено 22.11.2026",
        "en": "Crisis helpline (Skalbes): 116123 — Latvia; 24 hours a day; free; English is spoken; "
        "sources read 22.11.2026",
    }


def test_hours_in_conflict_are_said_so(knowledge: Knowledge) -> None:
    """The sources contradict each other on one line; it says so and points to 112."""
    entry = knowledge.entry("lv_patverums")

    assert (entry.status, entry.hours.kind, len(entry.hours.schedules)) == ("conflict", "differs", 2)
    assert "avoti atšķiras" in entry.hours.text["lv"]
    assert "112" in entry.hours.text["lv"]


def test_numbers_of_one_country_only_say_so(knowledge: Knowledge) -> None:
    """A Ukrainian short number does not work from Latvia."""
    line = knowledge.entry_line("uk", "ua_527")

    assert line.startswith(
        "Національна гаряча лінія з протидії торгівлі людьми та консультування мігрантів: "
        "527 (з українських мобільних), 0 800 505 501 — Україна (діє лише в цій країні);"
    )


def test_a_foreign_number_is_also_given_for_callers_from_abroad(knowledge: Knowledge) -> None:
    """Somebody may ask from Latvia for a line in Norway."""
    assert "22 33 11 60 (no ārzemēm +4722331160)" in knowledge.entry_line("lv", "no")


def test_blocks_are_short(knowledge: Knowledge) -> None:
    """A block is two to four lines, each with a number, and a line with the day."""
    needs = knowledge.directory.needs
    assert list(needs) == ["emergency", "advice", "child", "crisis", "abroad", "ukraine", "police"]
    for need in needs:
        lines = knowledge.numbers_block("ru", need).splitlines()
        assert 2 <= len(lines) <= 4
        assert lines[-1] == "(источники сверены 22.11.2026)"
    assert knowledge.numbers_block("lv", "emergency").splitlines()[0] == (
        "• Vienotais ārkārtas palīdzības tālrunis: 112 — Latvija; ārkārtas numurs; bez maksas"
    )


def test_entries_are_found_by_country_and_category(knowledge: Knowledge) -> None:
    """Both filters at once."""
    assert [entry.id for entry in knowledge.entries(country="UA", category="children")] == ["ua_children"]
    assert [entry.id for entry in knowledge.entries(country="ES")] == ["es_pol", "es_a21"]
    assert knowledge.entries(country="XX") == ()


def test_countries_are_heard_in_a_text(knowledge: Knowledge) -> None:
    """In three languages, in any case."""
    heard = knowledge.directory.named_countries
    assert heard("kam zvanīt Vācijā?") == ("DE",)
    assert heard("куда звонить в Норвегии или Испании") == ("ES", "NO")
    assert heard("номер у Німеччині") == ("DE",)
    assert heard("(Vācijā)") == ("DE",)
    assert heard("Apvienotajā Karalistē") == ("GB",)
    assert heard("darbs Eiropas Savienībā") == ("EU",)
    assert heard("kur zvanīt") == ()


def test_a_language_is_no_country(knowledge: Knowledge) -> None:
    """Who speaks a language is not where it is spoken."""
    heard = knowledge.directory.named_countries
    for text in ("angļu valoda", "английский язык", "англійська", "poļu, vācu un ukraiņu", "по-польски", "українською"):
        assert heard(text) == ()


def test_no_text_holds_a_number_of_its_own() -> None:
    """Outside of the directory no data file holds anything that looks like a number of a helpline."""
    files = [*sorted((DATA / "knowledge").rglob("*.yml")), *sorted((DATA / "domain").rglob("*.yml"))]
    texts = [file for file in files if file.name not in ("directory.yml", "sources.yml")]
    assert len(texts) >= 18
    number = re.compile(r"(?<![\d._])(?:\+\d|11[0-8]|116\d{3}|1547|527|102)(?!\d)")
    found = [f"{file.name}: {match}" for file in texts for match in number.findall(_words_of(file))]

    assert found == []


def _words_of(file: Path) -> str:
    def words(value: object) -> str:
        if isinstance(value, dict):
            return "\n".join(words(item) for item in value.values())
        if isinstance(value, list):
            return "\n".join(words(item) for item in value)
        return re.sub(r"\{[^}]*\}", " ", str(value))

    return words(yaml.safe_load(file.read_text(encoding="utf-8")))
