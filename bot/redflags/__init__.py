"""
The engine: which words of a text are warning signs. One pure library for both environments.

Here stand the values that travel; `bot.redflags.engine` has the engine itself, which loads spaCy: a process that only
reads stored assessments must not pay for it.
"""

from bot.redflags.assessment import KINDS, RISKS, Assessment, RedFlag
from bot.redflags.errors import ModelMissing, RedFlagDataError

__all__ = ["KINDS", "RISKS", "Assessment", "ModelMissing", "RedFlag", "RedFlagDataError"]
