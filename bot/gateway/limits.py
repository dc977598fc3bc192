"""How often a visitor may write and a network may open conversations; kept in memory, no address in clear."""

from __future__ import annotations

import enum
import hashlib
import hmac
import ipaddress
import math
import secrets
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """At most `count` events in any `seconds` seconds."""

    count: int
    seconds: float


MESSAGE_RATES = (Rate(5, 5.0), Rate(20, 60.0), Rate(200, 3_600.0))
"""One a second with a burst of five, twenty a minute, two hundred an hour."""

CROWDED_MESSAGE_RATES = (Rate(1, 5.0), Rate(6, 60.0))
"""For conversations that a network opened beyond its share."""

OPENING_RATE = Rate(6, 3_600.0)
REFUSAL_RATE = Rate(60, 3_600.0)
CHECK_RATES = (Rate(10, 10.0), Rate(60, 60.0))


class Opening(enum.Enum):
    """How a new conversation is let in: as usual, on a tighter rate, or not at all."""

    FREE = "free"
    CROWDED = "crowded"
    REFUSED = "refused"


class Windows:
    """Sliding windows by key for several rates at once; forgets the keys seen longest ago beyond `size`."""

    def __init__(self, clock: Callable[[], float], size: int = 20_000) -> None:
        self._clock = clock
        self._size = size
        self._events: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str, rates: tuple[Rate, ...]) -> float:
        """Seconds until one more event of `key` fits all `rates`; 0 when it fits now."""
        events = self._events.get(key, deque())
        now = self._clock()
        full = (events[-rate.count] + rate.seconds - now for rate in rates if len(events) >= rate.count)
        return max(0.0, *full, 0.0)

    def count(self, key: str, rates: tuple[Rate, ...]) -> None:
        """Adds one event of `key` now."""
        events = self._events.setdefault(key, deque(maxlen=max(rate.count for rate in rates)))
        events.append(self._clock())
        self._events.move_to_end(key)
        while len(self._events) > self._size:
            self._events.popitem(last=False)


@dataclass(frozen=True)
class Rates:
    """All rates of the edge; the defaults are those of an installation in use."""

    message: tuple[Rate, ...] = MESSAGE_RATES
    crowded: tuple[Rate, ...] = CROWDED_MESSAGE_RATES
    opening: Rate = OPENING_RATE
    refusal: Rate = REFUSAL_RATE
    check: tuple[Rate, ...] = CHECK_RATES


class Limits:
    """
    Limits protect capacity and never a rule above them: a first message and an emergency are always let in.

    Addresses are known only as an HMAC of their /24 or /56 prefix under a key that lives as long as the process.
    The machine's own address is not limited: a proxy that hides addresses must not make all visitors one.
    """

    def __init__(self, clock: Callable[[], float], rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._windows = Windows(clock)
        self._key = secrets.token_bytes(32)
        self._crowded: OrderedDict[str, None] = OrderedDict()

    def opening(self, address: str | None) -> tuple[Opening, float]:
        """How a conversation from `address` may open now, and for a refused one the seconds to wait. Counts it."""
        prefix = self._prefix(address)
        if prefix is None:
            return Opening.FREE, 0.0
        key = f"open:{prefix}"
        rates = (self._rates.opening, self._rates.refusal)
        wait = self._windows.wait(key, (self._rates.refusal,))
        if wait > 0:
            return Opening.REFUSED, wait
        is_crowded = self._windows.wait(key, (self._rates.opening,)) > 0
        self._windows.count(key, rates)
        return (Opening.CROWDED if is_crowded else Opening.FREE), 0.0

    def crowd(self, conversation_id: str) -> None:
        """Puts a conversation on the tighter rate."""
        self._crowded[conversation_id] = None
        while len(self._crowded) > 20_000:
            self._crowded.popitem(last=False)

    def message_wait(self, conversation_id: str) -> float:
        """Seconds until the conversation may write again; 0 when it may now."""
        return self._windows.wait(f"message:{conversation_id}", self._message_rates(conversation_id))

    def message_received(self, conversation_id: str) -> None:
        self._windows.count(f"message:{conversation_id}", self._message_rates(conversation_id))

    def check_wait(self, address: str | None) -> float:
        """Seconds until `address` may have another text checked; counts the check when it may now."""
        prefix = self._prefix(address)
        if prefix is None:
            return 0.0
        wait = self._windows.wait(f"check:{prefix}", self._rates.check)
        if wait == 0:
            self._windows.count(f"check:{prefix}", self._rates.check)
        return wait

    def _message_rates(self, conversation_id: str) -> tuple[Rate, ...]:
        return self._rates.crowded if conversation_id in self._crowded else self._rates.message

    def _prefix(self, address: str | None) -> str | None:
        network = network_of(address)
        if network is None:
            return None
        return hmac.new(self._key, network.encode(), hashlib.sha256).hexdigest()


def network_of(address: str | None) -> str | None:
    """The /24 or /56 network of an address; None for the machine itself and for what is no address."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return None
    length = 24 if parsed.version == 4 else 56
    return str(ipaddress.ip_network((parsed.packed, length), strict=False))


def whole_seconds(wait: float) -> int:
    """`wait` as a Retry-After value: whole seconds, at least 1."""
    return max(1, math.ceil(wait))
