"""Scores -> text: the figures, the reliability of confidences, and the facts gained and lost since an earlier scoring.

    report(scores)                                  # figures, reliability and phenomena, for a terminal
    report(scores, errors=True)                     # every difference from gold first
    report_json(scores)                             # the same figures for a program
    save_facts(scores.facts, path)                  # one JSON object a line, sorted
    compare_facts(scores.facts, path)               # what was gained and lost against such a file

Facts gained and lost show what a change of rules does; a figure alone hides one gain behind one loss.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from pipeline.score import ScoreError, Scores
from pipeline.score_count import Fact, Judged
from pipeline.score_phenomena import as_text

EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)  # where the bins of confidence begin; the last one holds 1 too


class Bin(NamedTuple):
    """The records of one role whose confidence lies between two edges."""

    role: str
    low: float
    high: float
    records: int
    confidence: float
    """Mean of what the records say; where it equals `right` the confidences are calibrated."""
    right: float
    """Share that is wholly right."""


def reliability(judged: Sequence[Judged]) -> list[Bin]:
    """What records said of themselves against what they were worth, by role and bin; empty bins are left out."""
    bins = []
    for role in sorted({record.role for record in judged}):
        for low, high in zip(EDGES, (*EDGES[1:], 1.0), strict=True):
            inside = [
                record
                for record in judged
                if record.role == role and low <= record.confidence and (record.confidence < high or high == 1.0)
            ]
            if inside:
                mean = sum(record.confidence for record in inside) / len(inside)
                right = sum(record.right for record in inside) / len(inside)
                bins.append(Bin(role, low, high, len(inside), mean, right))
    return bins


def report(scores: Scores, *, errors: bool = False) -> str:
    """The scores as text: with `errors` each difference from gold; figures, reliability of confidences, phenomena."""
    lines = list(scores.misses) if errors else []
    lines += [f"{name:28s} {figure(value)}" for name, value in scores.figures.items()]
    bins = reliability(scores.judged)
    if bins:
        lines += ["", f"{'role':10s} {'confidence':>11s} {'records':>8s} {'said':>6s} {'right':>6s}"]
    for row in bins:
        span = f"{row.low:.2f}-{row.high:.2f}"
        lines.append(f"{row.role:10s} {span:>11s} {row.records:8d} {row.confidence:6.3f} {row.right:6.3f}")
    if scores.phenomena:
        lines += ["", *as_text(scores.phenomena)]
    return "\n".join(lines)


def figure(value: float) -> str:
    """A figure as it is printed: counts whole, shares with three digits."""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def report_json(scores: Scores) -> str:
    """The figures as one JSON object, with the bins under `reliability` and the rows under `phenomena`."""
    bins = [row._asdict() for row in reliability(scores.judged)]
    rows = [row._asdict() for row in scores.phenomena]
    return json.dumps({**scores.figures, "reliability": bins, "phenomena": rows}, indent=1)


def save_facts(facts: Iterable[Fact], path: Path) -> None:
    """Write facts as JSON lines, sorted, so that two files can be compared line by line too."""
    lines = [json.dumps(asdict(fact), ensure_ascii=False) + "\n" for fact in sorted(facts)]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise ScoreError(f"{path}: the facts can't be written: {error.strerror}; name a file elsewhere") from error


def load_facts(path: Path) -> list[Fact]:
    """The facts that `save_facts` wrote."""
    try:
        return [Fact(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError, TypeError) as error:
        raise ScoreError(f"{path}: expected facts saved by `ofsted-records score --save` ({error})") from error


def compare_facts(facts: Iterable[Fact], path: Path) -> str:
    """Facts that were lost (-) and gained (+) since those in `path`, each marked `right` or `wrong` by gold."""
    now, before = set(facts), set(load_facts(path))
    gained, lost = sorted(now - before), sorted(before - now)
    lines = [_change("-", fact) for fact in lost] + [_change("+", fact) for fact in gained]
    return "\n".join([*lines, f"{_sum(gained)} gained, {_sum(lost)} lost"])


def _change(sign: str, fact: Fact) -> str:
    mark = "right" if fact.right else "wrong"
    return f"{sign} {mark}: {fact.article}: {fact.council} {fact.role}: {fact.what} {fact.value}"


def _sum(facts: Sequence[Fact]) -> str:
    right = sum(fact.right for fact in facts)
    return f"{right} right and {len(facts) - right} wrong"
