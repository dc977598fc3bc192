"""The engine: which words of a text are warning signs. One pure library for both environments."""

from bot.redflags.assessment import KINDS, RISKS, Assessment, RedFlag

__all__ = ["KINDS", "RISKS", "Assessment", "RedFlag"]
