"""Who answers at a moment: by the clock of the line's country, its weekdays and its public holidays."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge import Knowledge
from bot.knowledge.clock import Answering, availability
from bot.knowledge.hours import ALWAYS, Hours, Schedule, schedule_of, spans_of
from bot.knowledge.public_holidays import public_holidays

RIGA = ZoneInfo("Europe/Riga")
WEEKDAYS = Schedule(((spans_of("9:00-17:00"),) * 5) + ((), ()), on_holidays=False)
NOON_TO_TEN = Schedule((spans_of("12:00-22:00"),) * 7, on_holidays=True)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RIGA)


def told(hours: Hours, moment: str, zone: str = "Europe/Riga") -> tuple[str, str | None, str | None, bool]:
    found = availability(hours, at(moment), zone, public_holidays("LV"))
    until, opens = (None if day is None else f"{day:%Y-%m-%d %H:%M}" for day in (found.until, found.opens))
    return found.answering.value, until, opens, found.is_holiday


def hours(*schedules: Schedule) -> Hours:
    return Hours("set", {}, schedules)


CASES = [
    # Sunday, Monday before and at the opening, and at the closing
    (WEEKDAYS, "2026-11-22 12:00", ("later", None, "2026-11-23 09:00", False)),
    (WEEKDAYS, "2026-11-23 08:59", ("later", None, "2026-11-23 09:00", False)),
    (WEEKDAYS, "2026-11-23 09:00", ("now", "2026-11-23 17:00", None, False)),
    (WEEKDAYS, "2026-11-23 16:59", ("now", "2026-11-23 17:00", None, False)),
    (WEEKDAYS, "2026-11-23 17:00", ("later", None, "2026-11-24 09:00", False)),
    # Friday evening
    (WEEKDAYS, "2026-11-27 18:00", ("later", None, "2026-11-30 09:00", False)),
    # 18 November, Christmas from Thursday to the weekend, and a Sunday holiday that is kept on Monday
    (WEEKDAYS, "2026-11-18 12:00", ("later", None, "2026-11-19 09:00", True)),
    (WEEKDAYS, "2026-11-18 20:00", ("later", None, "2026-11-19 09:00", False)),
    (WEEKDAYS, "2026-12-24 12:00", ("later", None, "2026-12-28 09:00", True)),
    (WEEKDAYS, "2025-05-05 12:00", ("later", None, "2025-05-06 09:00", True)),
    # every day, holidays as well
    (NOON_TO_TEN, "2026-12-25 11:59", ("later", None, "2026-12-25 12:00", False)),
    (NOON_TO_TEN, "2026-12-25 12:00", ("now", "2026-12-25 22:00", None, False)),
    (NOON_TO_TEN, "2026-12-25 22:00", ("later", None, "2026-12-26 12:00", False)),
    (ALWAYS, "2026-12-25 03:00", ("now", None, None, False)),
]


@pytest.mark.parametrize(("schedule", "moment", "expected"), CASES)
def test_one_schedule(schedule: Schedule, moment: str, expected: tuple[object, ...]) -> None:
    """Open from the first minute to the last but one; the next opening skips weekends and holidays."""
    assert len(CASES) == 14
    assert told(hours(schedule), moment) == expected


def test_over_midnight() -> None:
    """A span to 24:00 and one from 0:00 are one."""
    night = Schedule((spans_of("0:00-6:00, 22:00-24:00"),) * 7, on_holidays=True)

    assert told(hours(night), "2026-11-23 23:00") == ("now", "2026-11-24 06:00", None, False)
    assert told(hours(night), "2026-11-23 05:59") == ("now", "2026-11-23 06:00", None, False)


def test_sources_that_differ() -> None:
    """All say open: it answers, until the earliest closing. None does: it is closed. Else nobody knows."""
    both = hours(ALWAYS, WEEKDAYS)

    assert told(both, "2026-11-23 12:00") == ("now", "2026-11-23 17:00", None, False)
    assert told(both, "2026-11-23 20:00") == ("differs", None, None, False)
    assert told(both, "2026-11-18 12:00") == ("differs", None, None, False)
    assert told(hours(NOON_TO_TEN, WEEKDAYS), "2026-11-22 06:00") == ("later", None, "2026-11-23 09:00", False)


def test_hours_that_no_source_states() -> None:
    """Nothing is claimed."""
    assert told(hours(), "2026-11-23 12:00") == ("unknown", None, None, False)


def test_the_clock_of_the_lines_own_country() -> None:
    """At 9:30 in Riga it is 8:30 in Amsterdam."""
    assert told(hours(WEEKDAYS), "2026-11-23 09:30", "Europe/Amsterdam")[0] == "later"
    assert told(hours(WEEKDAYS), "2026-11-23 10:00", "Europe/Amsterdam")[0] == "now"
    assert told(hours(WEEKDAYS), "2026-11-23 17:30", "Europe/Amsterdam")[0] == "now"


def test_a_day_on_which_the_clock_is_put_forward() -> None:
    """29 March 2026: the wall clock counts."""
    every_day = Schedule((spans_of("3:00-5:00"),) * 7, on_holidays=True)
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=timezone.utc)  # 4:30 in Riga, where 3:30 did not exist

    assert availability(hours(every_day), moment, "Europe/Riga", ()).answering is Answering.NOW


def test_public_holidays_of_a_region() -> None:
    """Bavaria has holidays of its own; a country without any known has none."""
    epiphany = date(2027, 1, 6)

    assert epiphany in public_holidays("DE", "BY")
    assert epiphany not in public_holidays("DE")
    assert date(2026, 12, 25) not in public_holidays("EU")


@pytest.mark.parametrize("text", ["", "9-17", "9:00", "17:00-9:00", "9:00-9:00", "25:00-26:00", "9:00-24:30", "vakar"])
def test_hours_that_are_none(text: str) -> None:
    """A mistake in the file is not guessed at."""
    with pytest.raises(ValueError, match=text or "^$"):
        spans_of(text)


SAID = [
    ("lv", "lv_116006", "2026-11-23 12:00", "tagad atbild, līdz 22:00, katru dienu 12:00–22:00"),
    ("lv", "lv_116006", "2026-11-23 09:00", "tagad neatbild, atbildēs šodien no 12:00, katru dienu 12:00–22:00"),
    ("ru", "lv_116006", "2026-11-23 22:30", "сейчас не отвечают, ответят завтра с 12:00, ежедневно 12:00–22:00"),
    ("uk", "lv_marta", "2026-11-28 12:00", "зараз не відповідають, відповідатимуть у понеділок (30.11.) з 10:00,"),
    (
        "lv",
        "lv_marta",
        "2026-12-24 12:00",
        "šodien ir svētku diena, tagad neatbild, atbildēs pirmdien (28.12.) no 10:00,",
    ),
    ("lv", "lv_116123", "2026-11-23 03:00", "tagad atbild, visu diennakti"),
    ("lv", "lv_patverums", "2026-11-23 03:00", "šajā stundā var arī neatbildēt, par darba laiku avoti atšķiras"),
    ("lv", "lv_patverums", "2026-11-23 10:00", "tagad atbild, līdz 17:00, par darba laiku avoti atšķiras"),
    ("lv", "lv_112", "2026-11-23 10:00", "— Latvija; ārkārtas numurs; bez maksas"),
    ("en", "nl", "2026-11-23 12:00", "answers now, until 17:00 (local time there), working days 9:00–17:00"),
    ("en", "fi", "2026-11-23 12:00", "answers now, 24 hours a day"),
    ("en", "gb", "2026-11-23 12:00", "(works only in this country); every day of the year; the hours are not clear"),
]


@pytest.mark.parametrize(("language", "entry", "moment", "sentence"), SAID)
def test_said_in_words(knowledge: Knowledge, language: str, entry: str, moment: str, sentence: str) -> None:
    """Whether somebody answers now, until when or from when on, before the hours themselves."""
    assert len(SAID) == 12
    assert sentence in knowledge.at(at(moment)).entry_line(language, entry)


def test_a_second_number_has_hours_of_its_own(knowledge: Knowledge) -> None:
    """They stand beside it."""
    line = knowledge.at(at("2026-11-23 18:00")).entry_line("lv", "lv_patverums_more")

    assert "+371 25565098 (tagad neatbild, atbildēs rīt no 9:00, darba dienās 9–17) — Latvija" in line
    assert "— Latvija; tagad atbild, līdz 20:00, darba dienās 9–20" in line


def test_without_a_moment_nothing_is_said_about_now(knowledge: Knowledge) -> None:
    """A page that is printed does not know when it is read."""
    assert "tagad" not in knowledge.entry_line("lv", "lv_116006")


def test_who_answers_now_is_said_first(knowledge: Knowledge) -> None:
    """In blocks that are ordered by the clock; danger keeps its order."""
    night = knowledge.at(at("2026-11-22 21:00"))

    assert night.numbers_block("lv", "advice").startswith("• Atbalsta tālrunis noziegumos cietušajiem: 116006")
    assert knowledge.numbers_block("lv", "advice").startswith("• Biedrība “Patvērums “Drošā māja””")
    assert night.numbers_block("lv", "emergency").startswith("• Vienotais ārkārtas palīdzības tālrunis: 112")


def test_an_entry_that_was_not_checked_for_too_long(knowledge: Knowledge) -> None:
    """After the limit every line says so."""
    compiled = datetime.combine(knowledge.directory.compiled, datetime.min.time(), tzinfo=RIGA)
    last, late = (compiled + timedelta(days=knowledge.directory.late_days + extra, hours=12) for extra in (0, 1))

    assert "nav pārbaudīts" not in knowledge.at(last).entry_line("lv", "no")
    assert "kopš 22.11.2026 nav pārbaudīts, numurs var būt mainījies" in knowledge.at(late).entry_line("lv", "no")


def test_hours_of_duty_are_written_by_hand() -> None:
    """Days as names or from one to another; a day without hours, and a holiday, has nobody."""
    schedule = schedule_of("mon-wed,fri 9:00-13:00, 14:00-21:00; sun 10:00-12:00")

    long, short = spans_of("9:00-13:00, 14:00-21:00"), spans_of("10:00-12:00")
    assert schedule == Schedule((long, long, long, (), long, (), short), on_holidays=False)


@pytest.mark.parametrize("text", ["", "mon", "mon 9-17", "someday 9:00-17:00", "fri-mon 9:00-17:00", "mon 17:00-9:00"])
def test_hours_of_duty_that_nobody_can_read(text: str) -> None:
    """The settings refuse them."""
    with pytest.raises(ValueError):
        schedule_of(text)
