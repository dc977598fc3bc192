"""The engine: which words of a text are warning signs. One pure library for both environments."""

from bot.redflags.assessment import KINDS, RISKS, Assessment, RedFlag
from bot.redflags.engine import Engine, load_engine, load_trained
from bot.redflags.errors import ModelMissing, RedFlagDataError

__all__ = [
    "KINDS",
    "RISKS",
    "Assessment",
    "Engine",
    "ModelMissing",
    "RedFlag",
    "RedFlagDataError",
    "load_engine",
    "load_trained",
]
