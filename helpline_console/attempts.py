"""Slows down whoever guesses passwords: a growing delay, never a lock that a stranger could close."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

FREE_FAILURES = 5
LONGEST_DELAY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
MOST_KEYS = 10_000


@dataclass(frozen=True)
class _Record:
    failures: int
    last_failed_at: datetime

    @property
    def opens_at(self) -> datetime:
        return self.last_failed_at + delay_after(self.failures)


def delay_after(failures: int) -> timedelta:
    """How long the next try waits: nothing up to five failures, then 1 s doubling to 15 min."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES, 20)), LONGEST_DELAY)


def address_prefix(host: str | None) -> str:
    """The network that an address belongs to: /24 of IPv4, /56 of IPv6. Kept in memory only."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return "unknown"
    length = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network(f"{address}/{length}", strict=False).network_address)


class Attempts:
    """
    Failed sign-ins by login and, apart from that, by address prefix, for a day, in memory.

    A login that has signed in from a prefix before is not delayed there by failures that came from elsewhere:
    a stranger cannot keep the night shift out.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, ...], _Record] = OrderedDict()
        self._at_home: OrderedDict[tuple[str, str], None] = OrderedDict()

    def seconds_to_wait(self, login: str, prefix: str) -> int:
        """Whole seconds until this login may be tried from this prefix again; 0 is now."""
        now = self._clock()
        waits = [self._failed[key].opens_at - now for key in self._keys(login, prefix) if key in self._failed]
        longest = max(waits, default=timedelta(0))
        return max(0, -int(-longest.total_seconds() // 1))

    def failed(self, login: str, prefix: str) -> None:
        """Count one failure."""
        for key in self._keys(login, prefix):
            record = self._failed.pop(key, None)
            is_old = record is None or self._clock() - record.last_failed_at > FORGOTTEN_AFTER
            failures = 1 if record is None or is_old else record.failures + 1
            self._failed[key] = _Record(failures, self._clock())
        _shorten(self._failed)

    def succeeded(self, login: str, prefix: str) -> None:
        """Forget this login's failures here and remember that it is at home in this prefix."""
        for key in self._keys(login, prefix):
            self._failed.pop(key, None)
        self._at_home[login.casefold(), prefix] = None
        _shorten(self._at_home)

    def _keys(self, login: str, prefix: str) -> tuple[tuple[str, ...], ...]:
        if (login.casefold(), prefix) in self._at_home:
            return (("login at home", login.casefold(), prefix),)
        return (("login", login.casefold()), ("prefix", prefix))


def _shorten(records: OrderedDict[Key, Value]) -> None:
    while len(records) > MOST_KEYS:
        records.popitem(last=False)
