"""Weighing: danger, emergency and kind are judged anew from what all heads say."""

from __future__ import annotations

import numpy as np

from bot.redflags.weighing import Weighing, weighed

HEADS = ("danger", "flag:secrecy", "flag:threats")


def test_all_margins_and_the_greatest_flags_are_weighed() -> None:
    """Beside every margin stand the four greatest of flags, as far as there are any, and how many are expected."""
    row = weighed(HEADS, np.array([[-1.0, 0.0, 20.0]]))[0]

    assert row[:3].tolist() == [-1.0, 0.0, 9.0]
    assert row[3:7].tolist() == [9.0, 0.0, -9.0, -9.0]
    assert np.isclose(row[7], 0.5 + 1 / (1 + np.exp(-9)))


def test_a_flag_can_raise_danger_and_keeps_its_own_probability() -> None:
    """A weighed head follows the weights; a flag keeps what its own margin says."""
    weights = np.zeros((8, 1), dtype=np.float32)
    weights[1] = 1.0
    weighing = Weighing(("danger",), weights, np.zeros(1, dtype=np.float32))

    chances = weighing.chances(HEADS, np.array([[-5.0, 3.0, 0.0]]))[0]

    assert np.allclose(chances, [1 / (1 + np.exp(-3)), 1 / (1 + np.exp(-3)), 0.5])
