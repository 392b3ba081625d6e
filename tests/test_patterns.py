"""Hard patterns, each in both directions, from article to records; and the score on wording never tuned to."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from made import article, unsieved

from schemas.inspection import Inspection

FOLDER = Path(__file__).parent
CASES = tomllib.loads((FOLDER / "patterns.toml").read_text(encoding="utf-8"))["case"]
HELDOUT = tomllib.loads((FOLDER / "heldout" / "ratings.toml").read_text(encoding="utf-8"))
FIELDS = {"text", "published", "title", "captions", "expected"}
DEFAULTS = {"role": "current", "kind": "inspection", "ratings": {}, "inspected": None, "reported": None}


def records(case: dict[str, Any]) -> tuple[Inspection, ...]:
    """What is read of the case's article."""
    captions = tuple(case.get("captions", ()))
    return unsieved(
        article(case["text"].strip(), title=case.get("title"), published=case.get("published"), captions=captions)
    ).inspections


def told(record: Inspection, *, findings: bool) -> dict[str, Any]:
    """A record as a case writes it, in full."""
    event = {name: getattr(record, name) for name in ("role", "kind", "inspected", "reported")}
    event |= {"council": record.council.id, "ratings": {rating.area: rating.grade for rating in record.ratings}}
    ordered = sorted(record.findings, key=lambda finding: finding.evidence.start)
    return event | ({"findings": [finding.polarity for finding in ordered]} if findings else {})


def in_order(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events in an order that does not hang on that of the text, their keys in order too."""
    return sorted(({key: event[key] for key in sorted(event)} for event in events), key=repr)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"].replace(" ", "-"),
            marks=[pytest.mark.xfail(reason=case["known_miss"])] if "known_miss" in case else [],
        )
        for case in CASES
    ],
)
def test_pattern(case: dict[str, Any]) -> None:
    findings = any("findings" in event for event in case["expected"])
    expected = [DEFAULTS | ({"findings": []} if findings else {}) | event for event in case["expected"]]
    assert in_order([told(record, findings=findings) for record in records(case)]) == in_order(expected)


def test_cases_are_well_formed() -> None:
    assert len(CASES) >= 80
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert len(HELDOUT["case"]) >= 60
    for case in [*CASES, *HELDOUT["case"]]:
        assert case.keys() <= FIELDS | {"id", "known_miss"}, case
        for event in case["expected"]:
            assert event.keys() <= DEFAULTS.keys() | {"council", "findings"}, case


def test_heldout_ratings_floor() -> None:
    hits = said = wanted = 0
    for case in HELDOUT["case"]:
        events = [told(record, findings=False) for record in records(case)]
        found, expected = facts(events), facts([DEFAULTS | event for event in case["expected"]])
        hits, said, wanted = hits + len(found & expected), said + len(found), wanted + len(expected)
    score = 2 * hits / (said + wanted)
    print(f"held-out ratings: P {hits / said:.3f}, R {hits / wanted:.3f}, F1 {score:.3f}, floor {HELDOUT['floor']}")
    assert score >= HELDOUT["floor"]


def facts(events: list[dict[str, Any]]) -> set[tuple[str, str, str, str]]:
    """Who got which grade where, as news or as history."""
    return {
        (event["council"], event["role"], area, grade) for event in events for area, grade in event["ratings"].items()
    }
