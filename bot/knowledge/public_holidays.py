"""Public holidays by country, from the `holidays` library."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def public_holidays(country: str, region: str | None = None) -> Container[date]:
    """The public holidays of a country (code) and of its region, where they differ inside it; empty where not known."""
    try:
        return holidays.country_holidays(country, subdiv=region)
    except NotImplementedError:
        return frozenset()
