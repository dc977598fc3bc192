"""Reads nlu_data/knowledge/directory.yml and names whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge.directory import Country, Directory, Entry, Need, Phone, PlaceWords
from bot.knowledge.documents import Document
from bot.knowledge.hours import ALWAYS, Hours, Schedule, Span, Words, days_of, spans_of
from bot.knowledge.placeholders import value_names
from bot.knowledge.required import (
    DIRECTORY_FILE,
    DIRECTORY_LANGUAGES,
    DIRECTORY_WORDS,
    DOORS,
    ENTRY_STATUSES,
    HOURS_KINDS,
    NEEDS,
    PLACE,
    WEEKDAYS,
)


def load_directory(root: Path, source_ids: frozenset[str]) -> Directory:
    """The directory of the data folder `root`. Raises KnowledgeError."""
    document = Document.read(root, DIRECTORY_FILE)
    content = document.mapping()
    compiled = _date(document, content, "file", "compiled")
    countries = _countries(document, content)
    entries = _entries(document, content, compiled, countries, source_ids)
    limits = document.mapping_of(document.required(content, "file", "check"), "file", "check")
    place = document.mapping_of(document.required(content, "file", "place"), "file", "place")
    return Directory(
        compiled=compiled,
        soon_days=_days(document, limits, "soon_days"),
        late_days=_days(document, limits, "late_days"),
        entries=entries,
        countries=countries,
        needs=_needs(document, content, "needs", NEEDS, entries),
        doors=_needs(document, content, "doors", DOORS, entries),
        words=_words_table(document, content),
        place=PlaceWords(
            *(frozenset(_strings(document, document.required(place, "place", k), "place", k)) for k in PLACE)
        ),
    )


def _words_table(document: Document, content: Mapping[str, Any]) -> Mapping[str, Words]:
    table = document.mapping_of(document.required(content, "file", "words"), "words", "words")
    words = {key: _words(document, document.required(table, "words", key), "words", key) for key in DIRECTORY_WORDS}
    for key, in_languages in words.items():
        for language, text in in_languages.items():
            if value_names(text) != DIRECTORY_WORDS[key]:
                raise document.error(
                    "words", f"{key}.{language}", f"must hold the values {sorted(DIRECTORY_WORDS[key])}"
                )
    return words


def _countries(document: Document, content: Mapping[str, Any]) -> Mapping[str, Country]:
    table = document.mapping_of(document.required(content, "file", "countries"), "countries", "countries")
    countries = {}
    for code, value in table.items():
        country = document.mapping_of(value, "countries", code)
        name = _words(document, document.required(country, code, "name"), code, "name")
        stems = _strings(document, country.get("stems", []), code, "stems")
        countries[code] = Country(code, name, stems, _zone(document, country, code), country.get("in_union") is True)
    return countries


def _zone(document: Document, country: Mapping[str, Any], code: str) -> str:
    zone = document.sentence(document.required(country, code, "zone"), code, "zone")
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError):
        raise document.error(code, "zone", f"{zone} is not a time zone") from None


def _needs(
    document: Document, content: Mapping[str, Any], part: str, names: Sequence[str], entries: Mapping[str, Entry]
) -> Mapping[str, Need]:
    table = document.mapping_of(document.required(content, "file", part), part, part)
    needs = {}
    for name in names:
        need = document.mapping_of(document.required(table, part, name), part, name)
        ids = _strings(document, document.required(need, name, "entries"), name, "entries")
        for entry_id in ids:
            if entry_id not in entries:
                raise document.error(f"{part}.{name}", entry_id, "is not an entry of the directory")
        title = _words(document, document.required(need, name, "title"), name, "title")
        stems = _strings(document, need.get("stems", []), name, "stems")
        needs[name] = Need(name, title, ids, need.get("by_clock") is True, stems)
    return needs


def _entries(
    document: Document,
    content: Mapping[str, Any],
    compiled: date,
    countries: Mapping[str, Country],
    source_ids: frozenset[str],
) -> Mapping[str, Entry]:
    listed = document.required(content, "file", "entries")
    if not isinstance(listed, list) or not listed:
        raise document.error("file", "entries", "must be a list")
    entries: dict[str, Entry] = {}
    for number, value in enumerate(listed, start=1):
        entry = _entry(document, document.mapping_of(value, f"entry {number}", "content"), number, compiled)
        if entry.id in entries:
            raise document.error(entry.id, "id", "stands twice")
        if entry.country not in countries:
            raise document.error(entry.id, "country", f"{entry.country} is not in countries")
        _refuse_unknown(document, entry.id, "sources", entry.sources, source_ids)
        entries[entry.id] = entry
    return entries


def _entry(document: Document, value: Mapping[str, Any], number: int, compiled: date) -> Entry:
    entry_id = document.sentence(document.required(value, f"entry {number}", "id"), f"entry {number}", "id")

    def words(key: str) -> Words:
        return _words(document, document.required(value, entry_id, key), entry_id, key)

    def strings(key: str) -> tuple[str, ...]:
        return _strings(document, document.required(value, entry_id, key), entry_id, key)

    status = document.sentence(document.required(value, entry_id, "status"), entry_id, "status")
    if status not in ENTRY_STATUSES:
        raise document.error(entry_id, "status", f"must be one of {', '.join(ENTRY_STATUSES)}")
    return Entry(
        id=entry_id,
        country=document.sentence(document.required(value, entry_id, "country"), entry_id, "country"),
        categories=strings("categories"),
        name=words("name"),
        phones=_phones(document, value, entry_id),
        hours=_hours(document, value, entry_id),
        cost=words("cost") if value.get("cost") is not None else None,
        languages=strings("languages") if value.get("languages") is not None else None,
        audience=words("audience"),
        sources=strings("sources"),
        status=status,
        checked=_date(document, value, entry_id, "checked") if "checked" in value else compiled,
        region=document.sentence(value["region"], entry_id, "region") if "region" in value else None,
    )


def _phones(document: Document, value: Mapping[str, Any], entry_id: str) -> tuple[Phone, ...]:
    listed = document.required(value, entry_id, "phones")
    if not isinstance(listed, list) or not listed:
        raise document.error(entry_id, "phones", "must be a list with at least one number")
    return tuple(_phone(document, item, entry_id) for item in listed)


def _phone(document: Document, item: Any, entry_id: str) -> Phone:
    phone = document.mapping_of(item, entry_id, "phones")
    numbers: dict[str, str | None] = {}
    for key in ("display", "dial_inside_country", "dial_from_abroad", "works_only_in"):
        number = document.required(phone, entry_id, key)
        if number is None and key in ("dial_from_abroad", "works_only_in"):
            numbers[key] = None
            continue
        # YAML reads an unquoted 112 or 0800… as a number and loses its zeros.
        numbers[key] = document.sentence(number, entry_id, f"phones.{key}")
    if (numbers["dial_from_abroad"] is None) != (numbers["works_only_in"] is not None):
        raise document.error(entry_id, "phones.works_only_in", "must be set exactly where dial_from_abroad is not")
    note = _words(document, phone["note"], entry_id, "phones.note") if phone.get("note") is not None else None
    return Phone(
        display=str(numbers["display"]),
        note=note,
        dial_inside_country=str(numbers["dial_inside_country"]),
        dial_from_abroad=numbers["dial_from_abroad"],
        works_only_in=numbers["works_only_in"],
        hours=_hours(document, phone, entry_id) if "hours" in phone else None,
    )


def _hours(document: Document, value: Mapping[str, Any], entry_id: str) -> Hours:
    hours = document.mapping_of(document.required(value, entry_id, "hours"), entry_id, "hours")
    kind = document.sentence(document.required(hours, entry_id, "kind"), entry_id, "hours.kind")
    if kind not in HOURS_KINDS:
        raise document.error(entry_id, "hours.kind", f"must be one of {', '.join(HOURS_KINDS)}")
    text = _words(document, document.required(hours, entry_id, "text"), entry_id, "hours.text")
    return Hours(kind, text, _schedules(document, hours, entry_id, kind))


def _schedules(document: Document, hours: Mapping[str, Any], entry_id: str, kind: str) -> tuple[Schedule, ...]:
    readings = hours.get("readings", [{"always": True}] if kind == "always" else [])
    if kind == "set" and "weekly" in hours:
        readings = [hours]
    if not isinstance(readings, list) or (kind == "differs") != (len(readings) > 1) or (kind == "unknown" and readings):
        raise document.error(entry_id, "hours.readings", "must be a list with what each source says, where they differ")
    return tuple(
        _schedule(document, document.mapping_of(one, entry_id, "hours.readings"), entry_id) for one in readings
    )


def _schedule(document: Document, reading: Mapping[str, Any], entry_id: str) -> Schedule:
    if reading.get("always") is True:
        return ALWAYS
    weekly: dict[str, tuple[Span, ...]] = {}
    listed = document.mapping_of(document.required(reading, entry_id, "weekly"), entry_id, "hours.weekly")
    for day, times in listed.items():
        if day not in WEEKDAYS:
            raise document.error(entry_id, f"hours.weekly.{day}", f"must be one of {', '.join(WEEKDAYS)}")
        try:
            weekly[day] = spans_of(document.sentence(times, entry_id, f"hours.weekly.{day}"))
        except ValueError:
            raise document.error(entry_id, f"hours.weekly.{day}", "must be hours such as 9:00-17:00") from None
    on_holidays = document.required(reading, entry_id, "on_holidays")
    if not isinstance(on_holidays, bool):
        raise document.error(entry_id, "hours.on_holidays", "must be true or false: do they answer on public holidays?")
    return Schedule(tuple(days_of(weekly, WEEKDAYS)), on_holidays)


def _words(document: Document, value: Any, entry: str, key: str) -> Words:
    words = document.mapping_of(value, entry, key)
    for language in DIRECTORY_LANGUAGES:
        if language not in words:
            raise document.error(entry, f"{key}.{language}", "is missing")
    return {name: document.sentence(words[name], entry, f"{key}.{name}") for name in DIRECTORY_LANGUAGES}


def _strings(document: Document, value: Any, entry: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise document.error(entry, key, "must be a list")
    return tuple(document.sentence(item, entry, key) for item in value)


def _days(document: Document, limits: Mapping[str, Any], key: str) -> int:
    value = document.required(limits, "check", key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise document.error("check", key, "must be a number of days")
    return value


def _date(document: Document, content: Mapping[str, Any], entry: str, key: str) -> date:
    value = document.required(content, entry, key)
    if not isinstance(value, date):
        raise document.error(entry, key, "must be a date such as 2026-11-22")
    return value


def _refuse_unknown(document: Document, entry: str, key: str, ids: tuple[str, ...], known: frozenset[str]) -> None:
    for unknown in sorted(set(ids) - known):
        raise document.error(entry, key, f"{unknown} is not in sources.yml")
