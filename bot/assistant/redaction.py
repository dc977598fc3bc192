"""What is left of a tracker when all words are taken out: enough for the rules to go on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

MOST_EVENTS = 200
"""Events kept besides slots: a form of nine questions, with an interruption at each, must not lose its beginning."""

_SESSION_METADATA = "session_started_metadata"


def redacted(dialogue: Mapping[str, Any]) -> dict[str, Any]:
    """The dialogue with intents, actions and slots, without texts, metadata and message ids."""
    events = (_redacted_event(event) for event in dialogue["events"] if event.get("name") != _SESSION_METADATA)
    return {"name": dialogue["name"], "events": _latest(_changing(events))}


def _changing(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without slots that are set to what they were."""
    values: dict[str, Any] = {}
    kept = []
    for event in events:
        if event["event"] == "slot":
            if event["name"] in values and values[event["name"]] == event["value"]:
                continue
            values[event["name"]] = event["value"]
        elif event["event"] == "session_started":
            values.clear()
        kept.append(event)
    return kept


def _latest(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The last events in their order: rules look at the slots as they were at each step. Older slots go before them."""
    others = [index for index, event in enumerate(events) if event["event"] != "slot"]
    start = others[-MOST_EVENTS] if len(others) > MOST_EVENTS else 0
    older = {event["name"]: event for event in events[:start] if event["event"] == "slot"}
    return [*older.values(), *events[start:]]


def _redacted_event(event: Mapping[str, Any]) -> dict[str, Any]:
    kind, when = event["event"], event.get("timestamp")
    if kind == "user":
        return {"event": kind, "timestamp": when, "text": "", "parse_data": _redacted_parse(event), "metadata": {}}
    if kind == "bot":
        return {"event": kind, "timestamp": when, "text": "", "data": {}, "metadata": {}}
    return dict(event) | {"metadata": {}}


def _redacted_parse(event: Mapping[str, Any]) -> dict[str, Any]:
    intent = (event.get("parse_data") or {}).get("intent") or {}
    return {"text": "", "entities": [], "intent": {key: intent.get(key) for key in ("name", "confidence")}}
