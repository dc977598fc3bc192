"""Fitting linear heads with scikit-learn; only training imports this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.redflags.vocabulary import Row
from bot.redflags.weighing import FLAG, Weighing, weighed

FEWEST = 8
"""A head with fewer examples is not learned; the lexicon alone decides."""
_TRUST = 20.0
"""How far a head may follow its examples: the inverse of the regularisation (C); flat between 6 and 60."""
_NEAR_ENOUGH = 0.05
"""When the learner may stop; a smaller value takes longer and changes no figure (measured)."""
_MOST_OTHERS = 5_000
"""So many rows that say no are enough for a flag: it is rare, and each row costs time."""
_WEIGHING_TRUST = 0.05
_THREADS = 2


@dataclass(frozen=True)
class Head:
    """One question to learn: for each row 1 or 0, or -1 where the row does not answer it."""

    name: str
    labels: NDArray[np.int8]


@dataclass(frozen=True)
class Fit:
    """Weights of shape (columns, heads) and biases of heads, in the order of the heads."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def margins(self, rows: csr_matrix) -> NDArray[np.float32]:
        """How far each head leans to yes, of shape (rows, heads)."""
        return np.asarray(rows @ self.weights + self.bias, dtype=np.float32)


def matrix(rows: Sequence[Row], columns: int) -> csr_matrix:
    """The rows as one sparse matrix of so many columns."""
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    places = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    return csr_matrix((values, places, starts), shape=(len(rows), columns), dtype=np.float64)


def learnable(heads: Sequence[Head]) -> list[Head]:
    """The heads with enough examples on both sides."""
    return [head for head in heads if min((head.labels == 1).sum(), (head.labels == 0).sum()) >= FEWEST]


def fit(rows: csr_matrix, heads: Sequence[Head], chosen: NDArray[np.int64]) -> Fit:
    """All heads fitted to the chosen rows."""
    jobs = (delayed(_fit_head)(rows, head, chosen) for head in heads)
    fitted = Parallel(n_jobs=_THREADS, prefer="threads")(jobs)  # liblinear works without the interpreter lock
    weights = np.stack([weight for weight, _ in fitted], axis=1)
    return Fit(weights.astype(np.float32), np.array([bias for _, bias in fitted], dtype=np.float32))


def weigh(heads: Sequence[Head], margins: NDArray[np.float64], chosen: NDArray[np.int64]) -> Weighing:
    """
    The weighing of all heads that are no flags, fitted to the chosen rows.

    Args:
        margins: of shape (rows, heads), from models that have not seen the row.
    """
    rows = weighed([head.name for head in heads], margins)
    anew = [head for head in heads if not head.name.startswith(FLAG)]
    fitted = []
    for head in anew:
        answered = chosen[head.labels[chosen] >= 0]
        fitted.append(LogisticRegression(C=_WEIGHING_TRUST, max_iter=2000).fit(rows[answered], head.labels[answered]))
    weights = np.stack([one.coef_[0] for one in fitted], axis=1)
    bias = np.array([one.intercept_[0] for one in fitted])
    return Weighing(tuple(head.name for head in anew), weights.astype(np.float32), bias.astype(np.float32))


def _fit_head(rows: csr_matrix, head: Head, chosen: NDArray[np.int64]) -> tuple[NDArray[np.float32], float]:
    answered = _enough(head, chosen)
    labels = head.labels[answered]
    if len(labels) == 0 or labels.min() == labels.max():
        return np.zeros(rows.shape[1], dtype=np.float32), 8.0 if labels.any() else -8.0
    learner = LogisticRegression(
        C=_TRUST, solver="liblinear", dual=True, class_weight=_weights(labels), max_iter=300, tol=_NEAR_ENOUGH
    )
    learner.fit(rows[answered], labels)
    return learner.coef_[0].astype(np.float32), float(learner.intercept_[0])


def _enough(head: Head, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    yes, no = chosen[head.labels[chosen] == 1], chosen[head.labels[chosen] == 0]
    if len(no) > _MOST_OTHERS and head.name.startswith(FLAG):
        no = np.random.default_rng(0).choice(no, _MOST_OTHERS, replace=False)
    return np.sort(np.concatenate([yes, no]))


def _weights(labels: NDArray[np.int8]) -> dict[int, float]:
    """Rare answers weigh more, by the root of how rare they are."""
    share = max(float((labels == 1).mean()), 0.01)
    return {0: 1.0, 1: min(4.0, ((1 - share) / share) ** 0.5)}
