"""The engine that the commands use."""

from __future__ import annotations

from tests.redflags.conftest import engine

__all__ = ["engine"]
