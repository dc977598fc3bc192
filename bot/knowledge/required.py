"""The written list of what must stand in the files of knowledge. A key that the code speaks is added here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import LANGUAGES, STORIES

DIRECTORY_FILE = "knowledge/directory.yml"
SOURCES_FILE = "knowledge/sources.yml"
FLAG_LIST_FILE = "redflags/flags.yml"

CONSOLE_LANGUAGES = ("lv", "en")
DIRECTORY_LANGUAGES = (*LANGUAGES, "en")

NEEDS = ("emergency", "advice", "child", "crisis", "abroad", "ukraine", "police")
HOURS_KINDS = ("always", "set", "differs", "unknown")
ENTRY_STATUSES = ("confirmed", "conflict")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DOORS = ("danger", "union", "there", "more_advice", "home")
PLACE = ("being", "myself", "between", "leaving")
DIRECTORY_WORDS: Mapping[str, frozenset[str]] = {
    "compiled": frozenset({"date"}),
    "unchecked": frozenset({"date"}),
    "from_abroad": frozenset({"number"}),
    "works_only_here": frozenset(),
    "speaks": frozenset(),
    "speaks_russian": frozenset(),
    "answers_now": frozenset(),
    "answers_until": frozenset({"time"}),
    "may_not_answer": frozenset(),
    "closed": frozenset(),
    "opens_today": frozenset({"time"}),
    "opens_tomorrow": frozenset({"time"}),
    "opens_on": frozenset({"day", "date", "time"}),
    "holiday": frozenset(),
    "local_time": frozenset(),
    **{
        f"on_{day}": frozenset()
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    },
    "two_doors": frozenset(),
    "no_line": frozenset({"country"}),
    "local_emergency": frozenset(),
}
"""The words of the directory and the values that each is given."""

FLAG_KEYS = ("name", "why", "honest", "ask")
TOPIC_KEYS = ("id", "title", "text", "sources", "checked")

RESPONSES = (
    "utter_greet",
    "utter_help",
    "utter_ask_offer",
    "utter_language_changed",
    "utter_offer_person",
    "utter_in_trouble",
    "utter_emergency_next",
    "utter_worried_about_someone",
    "utter_are_you_human",
    "utter_is_it_anonymous",
    "utter_ask_delete",
    "utter_kept",
    "utter_thanks",
    "utter_goodbye",
    "utter_off_topic",
    "utter_abuse",
    "utter_fallback",
    "utter_no_answer",
    "utter_did_you_mean",
    "utter_fallback_person",
    "utter_alright",
    "utter_child",
    "utter_in_trouble_on",
    "utter_worried_on",
)

SYSTEM = (
    "emergency",
    "emergency_again",
    "emergency_other",
    "emergency_crisis",
    "emergency_abroad",
    "unavailable",
    "waiting",
    "waiting_nobody",
    "duty",
    "duty_unknown",
    "alone",
    "operator_joined",
    "operator_left",
    "returned_to_bot",
    "closed",
    "deleted",
    "language_set",
    "easy_set",
    "ordinary_set",
    "empty",
    "too_long",
    "photo",
    "voice",
    "sticker",
    "contact",
    "group",
    "unsupported",
    "edited",
    "slow_down",
    "delete_question",
    "unreadable",
    "telegram_start",
    "telegram_help",
)

ADVICE: Mapping[str, frozenset[str]] = {
    "heading_flags": frozenset({"count"}),
    "flag_line": frozenset({"evidence", "name", "why"}),
    "honest_line": frozenset({"honest"}),
    "ask_heading": frozenset(),
    "next_high": frozenset(),
    "next_medium": frozenset(),
    "next_low": frozenset(),
    "next_none": frozenset(),
    "checklist": frozenset(),
    "offer_person": frozenset(),
    "call_heading": frozenset(),
    "more_flags": frozenset({"count"}),
    "context_line": frozenset(),
    "in_trouble_heading": frozenset(),
}
"""The keys of advice.yml and the values that each is given."""

LICENCES: Mapping[str, frozenset[str]] = {
    "heading": frozenset(),
    "ask_name": frozenset(),
    "company": frozenset({"name", "registration"}),
    "listed": frozenset({"company", "date"}),
    "licence_until": frozenset({"until"}),
    "countries": frozenset({"countries"}),
    "services": frozenset({"services"}),
    "wrong_country": frozenset({"countries"}),
    "revoked_before": frozenset({"ended"}),
    "listed_means": frozenset(),
    "run_out": frozenset({"company", "date", "until"}),
    "run_out_means": frozenset(),
    "suspended": frozenset({"company", "date"}),
    "suspended_means": frozenset(),
    "revoked": frozenset({"company", "date"}),
    "revoked_on": frozenset({"company", "date", "ended"}),
    "revoked_means": frozenset(),
    "alike": frozenset({"asked", "date", "companies"}),
    "alike_means": frozenset(),
    "not_listed": frozenset({"asked", "date"}),
    "not_listed_means": frozenset(),
    "no_list": frozenset({"asked"}),
    "no_list_yet": frozenset(),
    "other_number": frozenset(),
    "unread_rows": frozenset({"count"}),
    "old_list": frozenset({"date"}),
    "registered": frozenset({"company", "date"}),
    "struck_off": frozenset({"company", "date"}),
    "not_registered": frozenset({"asked", "date"}),
    "registered_means": frozenset(),
    "look_yourself": frozenset({"address"}),
}
"""The keys of licences.yml and the values that each is given."""

SELF_CHECK_QUESTIONS = 13

SELF_CHECK: Mapping[str, frozenset[str]] = {
    "begin": frozenset(),
    "number": frozenset({"number", "count"}),
    **{f"question_{number}": frozenset() for number in range(1, SELF_CHECK_QUESTIONS + 1)},
    "yes": frozenset(),
    "no": frozenset(),
    "skip": frozenset(),
    "stop": frozenset(),
    "again": frozenset(),
    "end_none": frozenset(),
    "end_some": frozenset({"count"}),
    "end_open": frozenset(),
    "grave": frozenset(),
}
"""The keys of self_check.yml and the values that each is given."""

STORY_TEXTS: Mapping[str, frozenset[str]] = {
    "heading": frozenset(),
    "question": frozenset(),
    "show_signs": frozenset(),
    "another": frozenset(),
    "after": frozenset(),
    **{f"{story}.{part}": frozenset() for story in STORIES for part in ("title", "story", "noticed")},
}
"""The keys of stories.yml and the values that each is given."""

TALK: Mapping[str, frozenset[str]] = {
    "rights_heading": frozenset(),
    "more_rights": frozenset(),
    "if_other": frozenset(),
    "sources": frozenset({"date", "titles"}),
    "signs_heard": frozenset(),
}
"""The keys of talk.yml and the values that each is given."""

EASY_FILES = frozenset({"responses", "system", "advice", "licences", "self_check", "stories", "talk"})
"""The files of texts that have an easy form beside them; the words of a page have not."""

VALUES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "advice": ADVICE,
    "licences": LICENCES,
    "self_check": SELF_CHECK,
    "stories": STORY_TEXTS,
    "talk": TALK,
}
"""The files of which every text may hold the given values and no others."""

BUTTONS: Mapping[str, frozenset[str]] = {
    "responses.utter_ask_delete": frozenset({"/delete", "/deny"}),
    "responses.utter_offer_person": frozenset({"/person", "/deny"}),
    "responses.utter_fallback_person": frozenset({"/person"}),
    "responses.utter_no_answer": frozenset({"/person"}),
    "responses.utter_did_you_mean": frozenset({"/person"}),
    "system.emergency": frozenset({"/person"}),
    "system.emergency_again": frozenset({"/person"}),
    "system.emergency_other": frozenset({"/person"}),
    "system.emergency_crisis": frozenset({"/person"}),
    "system.emergency_abroad": frozenset({"/person"}),
    "system.unavailable": frozenset({"/person"}),
    "system.waiting": frozenset({"/alone"}),
    "system.delete_question": frozenset({"/delete", "/keep"}),
    "system.easy_set": frozenset({"/ordinary"}),
    "system.telegram_start": frozenset({"/lv", "/ru", "/uk"}),
}
"""Buttons without which a text leads nowhere."""
