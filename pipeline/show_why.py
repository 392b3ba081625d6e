"""Records for a person who asks why: the way from the words of the article to each value."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text
from sqlite_utils import Database

from pipeline import store, timeline
from pipeline.show import STYLES, Mark, find, marked
from pipeline.why import Reason, in_words, sentence

RECORDS = """
SELECT i.*, c.name AS council, a.title AS story_title, a.body AS story_body
FROM inspections i JOIN record_order USING (record_id)
JOIN articles a USING (article_id) JOIN councils c ON c.id = i.council_id
LEFT JOIN timeline_records t USING (record_id)
WHERE ? IN (i.record_id, i.article_id, i.council_id, t.event_id) ORDER BY record_order.place
"""
READ = """
SELECT rule, cues, "values", voice FROM mentions
WHERE article_id = :article_id AND field = :field AND start = :start AND "end" = :end
    AND CASE kind WHEN 'date' THEN :what IN ('inspected', 'reported') WHEN 'delivery_body' THEN :what = 'council'
        ELSE :what = kind END
ORDER BY instr(:value, id) = 0, mention LIMIT 1
"""


def why(db: Database, name: str, console: Console) -> None:
    """Print a record, or all of an article, event or council: each value in its sentence, how it was read, why it is here."""
    timeline.refresh(db)
    records = list(db.query(RECORDS, [find(db, name).id]))
    for row in records:
        about = (f"record {row['record_id']}", row["council"], f"{row['role']} {row['kind']}", row["date"])
        console.print(Text(" · ".join(text for text in about if text), "bold"), soft_wrap=True)
        reasons = store.reasons(db, row["record_id"])
        for evidence in db.query("SELECT * FROM evidence WHERE record_id = ?", [row["record_id"]]):
            for line in _value(db, evidence, row[f"story_{evidence['field'] or 'body'}"], reasons):
                console.print(line, soft_wrap=True)
        if not reasons:
            console.print("  why these belong together was not recorded: read the article again with `ingest`")
        console.print()
    if not records:
        console.print("No records.")


def _value(db: Database, evidence: Mapping[str, Any], story: str, reasons: Sequence[Reason]) -> Iterator[Text]:
    """One value as lines: what it is, its words in their sentence, the rule that read them, what was decided of it."""
    what, start, end = (evidence[key] for key in ("what", "start", "end"))
    yield Text(f"  {what}: {evidence['value']}", STYLES[what])
    if start is None:
        yield Text("      no words of the article: inferred from other values")
        return
    first, last = sentence(story, start, end)
    yield Text("      ") + marked(story[first:last].rstrip(), [Mark(start - first, end - first, what)])
    own = [reason for reason in reasons if (reason.of_start, reason.of_end) == (start, end)]
    lines = dict.fromkeys([*reading(db, evidence), *in_words(own)])  # a date may go with several statements
    yield from (Text(f"      {line}") for line in lines)


def reading(db: Database, evidence: Mapping[str, Any]) -> Iterator[str]:
    """How the words of one value were read: the rule, and what it went by."""
    for row in db.query(READ, dict(evidence)):
        areas = json.loads(row["values"]) if evidence["what"] == "rating" else []
        parts = {"rule": [row["rule"]], "cues": json.loads(row["cues"]), "areas": areas, "said by": [row["voice"]]}
        yield "; ".join(f"{name} {', '.join(values)}" for name, values in parts.items() if any(values))
    if evidence["inferred"]:
        yield "inferred from these words, not said by them"
