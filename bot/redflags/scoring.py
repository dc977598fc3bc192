"""Scores of assessments against labelled messages; the same figures as the project's evaluation scorer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.redflags.assessment import Assessment
from bot.redflags.examples import Example

Pair = tuple[Example, Assessment]


def share(part: int, whole: int) -> float | None:
    """part / whole, or None of nothing."""
    return part / whole if whole else None


def f1(true: int, false: int, missed: int) -> float | None:
    """The harmonic mean of precision and recall from counts; None when nothing was there to find."""
    return 2 * true / (2 * true + false + missed) if true + false + missed else None


def figures(pairs: Sequence[Pair]) -> dict[str, float | None]:
    """The figures of one group of messages, each between 0 and 1."""
    dangerous = [out for gold, out in pairs if gold.danger == "dangerous"]
    legit = [out for gold, out in pairs if gold.danger == "legit"]
    urgent = [out for gold, out in pairs if gold.emergency]
    calm = [out for gold, out in pairs if not gold.emergency]
    true, false, missed = flag_counts(pairs)
    per_flag = [
        score
        for flag in true | missed
        if true[flag] + missed[flag] >= 3 and (score := f1(true[flag], false[flag], missed[flag])) is not None
    ]
    return {
        "danger_recall": share(sum(out.is_alarm for out in dangerous), len(dangerous)),
        "false_alarm": share(sum(out.is_alarm for out in legit), len(legit)),
        "emergency_recall": share(sum(out.emergency for out in urgent), len(urgent)),
        "false_emergency": share(sum(out.emergency for out in calm), len(calm)),
        "language": share(sum(gold.language == out.language for gold, out in pairs), len(pairs)),
        "kind": share(sum(gold.kind == out.kind for gold, out in pairs), len(pairs)),
        "flags_micro_f1": f1(true.total(), false.total(), missed.total()),
        "flags_macro_f1": sum(per_flag) / len(per_flag) if per_flag else None,
    }


def flag_counts(pairs: Sequence[Pair]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """For each flag how often it was rightly found, wrongly found and missed; `maybe` flags count as neither."""
    true: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for gold, out in pairs:
        got = {flag.id for flag in out.flags}
        true.update(gold.flags & got)
        missed.update(gold.flags - got)
        false.update(got - gold.flags - gold.maybe)
    return true, false, missed


def faults(gold: Example, out: Assessment) -> list[str]:
    """What the assessment gets wrong, worst first; [] when nothing. Flags that may be there are no fault."""
    got = {flag.id for flag in out.flags}
    missed, invented = sorted(gold.flags - got), sorted(got - gold.flags - gold.maybe)
    found = [
        ("emergency missed", gold.emergency and not out.emergency),
        ("danger missed", gold.danger == "dangerous" and not out.is_alarm),
        ("false emergency", out.emergency and not gold.emergency),
        ("false alarm", gold.danger == "legit" and out.is_alarm),
        (f"flags missed: {' '.join(missed)}", missed),
        (f"flags not there: {' '.join(invented)}", invented),
        (f"kind: {out.kind}", gold.kind != out.kind),
        (f"language: {out.language}", gold.language != out.language),
    ]
    return [name for name, is_wrong in found if is_wrong]


def table(pairs: Sequence[Pair]) -> str:
    """The figures as text, a line a group: all, each language, each style."""
    groups: dict[str, list[Pair]] = {"all": list(pairs)}
    for gold, out in pairs:
        for name in (gold.language, *(f"style:{style}" for style in gold.style)):
            groups.setdefault(name, []).append((gold, out))
    lines = []
    for name, part in groups.items():
        shown = (f"{key}={value:.3f}" for key, value in figures(part).items() if value is not None)
        lines.append(f"{name:20} n={len(part):<5} {' '.join(shown)}")
    return "\n".join(lines)
