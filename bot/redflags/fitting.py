"""Fitting linear heads with scikit-learn; only training imports this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.redflags.vocabulary import Row
from bot.redflags.weighing import Weighing, heard_by, weighed

FEWEST = 8
"""A head with fewer examples is not learned; the lexicon alone decides."""
_TRUST = 0.3
"""How far a head may follow its examples: the inverse of the regularisation (C); flat between 0.15 and 0.6."""
_LOG_ODDS = 4.5
"""What a distance of 1 from a border means: log odds as logistic regression gave them, which the weighing expects."""
_NEAR_ENOUGH = 1.0
"""When the learner may stop; a smaller value takes longer and changes no figure (measured down to 0.5)."""
_WEIGHING_TRUST = 0.2
"""The same as `_TRUST`, for the weighing; flat between 0.05 and 1."""
PROCESSES = 2
_SEED = 0
"""liblinear draws at random: the same messages must always make the same model, here and on any other machine."""


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
    return [head for head in heads if _is_learnable(head.labels)]


def fit(rows: csr_matrix, heads: Sequence[Head], chosen: NDArray[np.int64]) -> Fit:
    """All heads fitted to the chosen rows."""
    seen = rows[chosen]
    jobs = (delayed(_fit_head)(seen, head.labels[chosen]) for head in heads)
    # Processes, not threads: liblinear's source of chance is one for all threads, so their order would count.
    fitted = Parallel(n_jobs=PROCESSES)(jobs)
    weights = np.stack([weight for weight, _ in fitted], axis=1)
    return Fit(weights.astype(np.float32), np.array([bias for _, bias in fitted], dtype=np.float32))


def weigh(heads: Sequence[Head], margins: NDArray[np.float64], chosen: NDArray[np.int64]) -> Weighing:
    """
    The weighing of all heads that the chosen rows can teach, fitted to them.

    Args:
        margins: of shape (rows, heads), from models that have not seen the row.
    """
    names = [head.name for head in heads]
    rows = weighed(names, margins)
    anew = [head for head in heads if _is_learnable(head.labels[chosen])]
    weights, bias = np.zeros((rows.shape[1], len(anew)), dtype=np.float32), np.zeros(len(anew), dtype=np.float32)
    for number, head in enumerate(anew):
        answered, columns = chosen[head.labels[chosen] >= 0], heard_by(head.name, names)
        # Few columns and many rows: Newton's steps find the very optimum, in a tenth of the time of the default.
        learner = LogisticRegression(C=_WEIGHING_TRUST, solver="newton-cholesky")
        learner.fit(rows[np.ix_(answered, columns)], head.labels[answered])
        weights[columns, number], bias[number] = learner.coef_[0], learner.intercept_[0]
    return Weighing(tuple(head.name for head in anew), weights, bias)


def _fit_head(rows: csr_matrix, labels: NDArray[np.int8]) -> tuple[NDArray[np.float32], float]:
    answered = np.flatnonzero(labels >= 0)
    labels = labels[answered]
    if len(labels) == 0 or labels.min() == labels.max():
        return np.zeros(rows.shape[1], dtype=np.float32), 8.0 if labels.any() else -8.0
    # Half the time of logistic regression, and a little better on unseen batches (docs/recognition.md).
    learner = LinearSVC(
        C=_TRUST, dual=True, class_weight=_weights(labels), max_iter=300, tol=_NEAR_ENOUGH, random_state=_SEED
    )
    learner.fit(rows if len(answered) == rows.shape[0] else rows[answered], labels)
    return (_LOG_ODDS * learner.coef_[0]).astype(np.float32), _LOG_ODDS * float(learner.intercept_[0])


def _is_learnable(labels: NDArray[np.int8]) -> bool:
    return bool(min((labels == 1).sum(), (labels == 0).sum()) >= FEWEST)


def _weights(labels: NDArray[np.int8]) -> dict[int, float]:
    """Rare answers weigh more, by the root of how rare they are."""
    share = max(float((labels == 1).mean()), 0.01)
    return {0: 1.0, 1: min(4.0, ((1 - share) / share) ** 0.5)}
