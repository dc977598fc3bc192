"""Intents by what is done about them, and how sure the classifier must be of one."""

from __future__ import annotations

GUESS_BELOW = 0.33
"""Below, the classifier guesses: a row of letters that means nothing gets up to 0.3."""

SURE_FROM = 0.6

ASKED_IN_WORDS = frozenset({"want_person", "delete_data", "emergency", "in_trouble"})
"""What is done for who clearly asks for it, before anything else."""

TALK = frozenset(
    {
        "greet", "help", "change_language", "ask_number", "ask_licence", "ask_rights", "are_you_human",
        "is_it_anonymous", "affirm", "deny", "thanks", "goodbye", "abuse", "worried_about_someone", "guided_check",
        "stop_check", "ask_back", "no_reply", "skip", "correct", "self_check", "stories", "easy_language",
        "ordinary_language",
    }
)  # fmt: skip
"""What a visitor says to the assistant, and no recruiter to them."""

CLEAR_TALK = (TALK | ASKED_IN_WORDS) - {"ask_rights", "worried_about_someone", "affirm", "deny", "in_trouble"}
"""What is said for itself: words of it that also occur in examples of a topic do not make it one."""

PLAIN = frozenset({"is_it_anonymous", "are_you_human", "help", "delete_data", "ask_number"})
"""Clear talk that is believed even where the classifier only guesses."""
