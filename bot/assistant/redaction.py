"""What is left of a tracker when all words are taken out: enough for the rules to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MOST_EVENTS = 80
"""Events kept besides slots: rules look back over two turns of five events each."""

_SESSION_METADATA = "session_started_metadata"


def redacted(dialogue: Mapping[str, Any]) -> dict[str, Any]:
    """The dialogue with intents, actions and slots, without texts, metadata and message ids."""
    events = [_redacted_event(event) for event in dialogue["events"] if event.get("name") != _SESSION_METADATA]
    slots = {event["name"]: event for event in events if event["event"] == "slot"}
    others = [event for event in events if event["event"] != "slot"]
    # Slots last: the start of a session, which is among the others, empties them.
    return {"name": dialogue["name"], "events": [*others[-MOST_EVENTS:], *slots.values()]}


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
