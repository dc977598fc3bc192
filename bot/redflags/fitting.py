"""Fitting linear heads with scikit-learn; only training imports this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.redflags.features import DIMENSION, Features

FEWEST = 8
"""A head with fewer examples is not learned; the lexicon alone decides."""
_TRUST = {"language": 30.0, "kind": 20.0, "flag": 20.0, "danger": 12.0, "emergency": 20.0}
"""How far each kind of head may follow its examples: the inverse of the regularisation (C)."""
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

    def chances(self, rows: csr_matrix) -> NDArray[np.float64]:
        """Probabilities of shape (rows, heads)."""
        return np.asarray(1.0 / (1.0 + np.exp(-(rows @ self.weights + self.bias))))


def matrix(rows: Sequence[Features]) -> csr_matrix:
    """The rows' features as one sparse matrix."""
    starts = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    stacked = csr_matrix((values, columns, starts), shape=(len(rows), DIMENSION), dtype=np.float64)
    stacked.sum_duplicates()
    return stacked


def learnable(heads: Sequence[Head]) -> list[Head]:
    """The heads with enough examples on both sides."""
    return [head for head in heads if min((head.labels == 1).sum(), (head.labels == 0).sum()) >= FEWEST]


def fit(rows: csr_matrix, heads: Sequence[Head], chosen: NDArray[np.int64]) -> Fit:
    """All heads fitted to the chosen rows."""
    jobs = (delayed(_fit_head)(rows, head, chosen) for head in heads)
    fitted = Parallel(n_jobs=_THREADS, prefer="threads")(jobs)  # liblinear works without the interpreter lock
    weights = np.stack([weight for weight, _ in fitted], axis=1)
    return Fit(weights.astype(np.float32), np.array([bias for _, bias in fitted], dtype=np.float32))


def _fit_head(rows: csr_matrix, head: Head, chosen: NDArray[np.int64]) -> tuple[NDArray[np.float32], float]:
    answered = chosen[head.labels[chosen] >= 0]
    labels = head.labels[answered]
    if labels.min() == labels.max():
        return np.zeros(DIMENSION, dtype=np.float32), 8.0 if labels[0] else -8.0
    trust = _TRUST[head.name.split(":")[0]]
    learner = LogisticRegression(C=trust, solver="liblinear", dual=True, class_weight=_weights(labels), max_iter=300)
    learner.fit(rows[answered], labels)
    return learner.coef_[0].astype(np.float32), float(learner.intercept_[0])


def _weights(labels: NDArray[np.int8]) -> dict[int, float]:
    """Rare answers weigh more, by the root of how rare they are."""
    share = max(float((labels == 1).mean()), 0.01)
    return {0: 1.0, 1: min(4.0, ((1 - share) / share) ** 0.5)}
