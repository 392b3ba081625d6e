"""What a run came to: counts that account for every input, and the newest records."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from schemas.base import Record

NEWEST = 10  # rows; what fits a screen below the counts


class RejectedInput(Record):
    """One input that gave no article."""

    source: str
    """Path in the dump."""
    reason: str
    """Stable code."""
    message: str
    """What was found, and what was expected."""


class Summary(Record):
    """The outcome of one run; `inputs` = `articles` + `duplicates` + the number of `rejects`, always."""

    inputs: int
    """Inputs read."""
    unchanged: int
    """Inputs that the database held already, read by the same program."""
    articles: int
    """Articles kept."""
    relevant: int
    """Articles kept that speak of an inspection of a council's children's services."""
    duplicates: int
    """Copies of articles kept."""
    rejects: tuple[RejectedInput, ...]
    """Inputs that gave no article."""
    councils: int
    """Councils with a record from these inputs."""
    inspections: int
    """Records from these inputs."""
    ratings: int
    """Grades from these inputs."""
    findings: int
    """Findings from these inputs."""
    newest: tuple[dict[str, str | int | None], ...]
    """The latest records of these inputs, by date of the event."""


COUNTS = """
WITH given AS (SELECT value AS source FROM json_each(:sources)),
kept AS (SELECT * FROM articles JOIN given USING (source)),
told AS (SELECT i.record_id, i.council_id FROM inspections i JOIN kept USING (article_id))
SELECT
    (SELECT count(*) FROM inputs JOIN given USING (source)) AS inputs,
    (SELECT count(*) FROM kept) AS articles,
    (SELECT count(*) FROM kept WHERE relevant) AS relevant,
    (SELECT count(*) FROM duplicates JOIN given USING (source)) AS duplicates,
    (SELECT count(DISTINCT council_id) FROM told) AS councils,
    (SELECT count(*) FROM told) AS inspections,
    (SELECT count(*) FROM ratings JOIN told USING (record_id)) AS ratings,
    (SELECT count(*) FROM findings JOIN told USING (record_id)) AS findings
"""
REJECTS = """
SELECT source, reason, message FROM rejects
WHERE source IN (SELECT value FROM json_each(:sources)) ORDER BY source
"""
RECENT = """
SELECT date, council, h.kind, overall, strengths, weaknesses, h.title
FROM council_history h JOIN articles USING (article_id)
WHERE source IN (SELECT value FROM json_each(:sources)) AND role = 'current'
ORDER BY coalesce(date, 'X') LIKE 'X%', date DESC, council, record_id LIMIT :newest
"""


def summarise(db: Database, sources: Sequence[str], unchanged: int) -> Summary:
    """Count what the database holds from these sources."""
    given = {"sources": json.dumps(sources), "newest": NEWEST}
    (counts,) = db.query(COUNTS, given)
    rejects = tuple(RejectedInput.model_validate(row) for row in db.query(REJECTS, given))
    return Summary(unchanged=unchanged, rejects=rejects, newest=tuple(db.query(RECENT, given)), **counts)


def show(summary: Summary, console: Console) -> None:
    """Print a summary for a person."""
    counts = Table(show_header=False, box=None)
    unchanged = f" ({summary.unchanged} of them unchanged)" if summary.unchanged else ""
    counts.add_row(str(summary.inputs), f"inputs read{unchanged}")
    counts.add_row(str(summary.articles), f"articles kept, {summary.relevant} of them about a council's inspection")
    counts.add_row(str(summary.duplicates), "copies of these")
    counts.add_row(str(len(summary.rejects)), "rejects")
    for reason in sorted({reject.reason for reject in summary.rejects}):
        counts.add_row(str(sum(reject.reason == reason for reject in summary.rejects)), f"  {reason}")
    counts.add_row(str(summary.inspections), f"inspections of {summary.councils} councils")
    counts.add_row(str(summary.ratings), "grades")
    counts.add_row(str(summary.findings), "findings")
    console.print(counts)
    if summary.newest:
        table = Table(*summary.newest[0], title=f"Newest inspections (at most {NEWEST})", title_justify="left")
        for row in summary.newest:
            table.add_row(*("" if value is None else str(value) for value in row.values()))
        console.print(table)
