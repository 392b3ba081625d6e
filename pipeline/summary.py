"""What a run came to: counts that account for every input, and the newest records."""

from rich.console import Console
from rich.table import Table
from sqlite_utils import Database

from pipeline import changes
from pipeline.changes import Change
from pipeline.runs import Run, replaced
from pipeline.show_table import print_rows
from pipeline.stats import warnings
from schemas.base import Record

NEWEST = 10  # rows of a list; what fits a screen below the counts


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

    run: int
    """Number of the run."""
    interrupted: bool
    """Whether it was stopped before the end of the dump."""
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
    gained: int
    """Records that the database did not hold before."""
    lost: int
    """Records that it does not hold any more."""
    changed: int
    """Records that say something else."""
    changes: tuple[Change, ...]
    """Each of these, where the database held records of inputs that were read again."""
    warnings: tuple[str, ...]
    """Where fewer articles give what earlier ones gave (see `pipeline.stats`), or took the place of those of another dump."""


COUNTS = """
WITH kept AS (SELECT * FROM articles JOIN given USING (source)),
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
WHERE source IN (SELECT source FROM given) ORDER BY source
"""
RECENT = """
SELECT date, council, kind, overall, strengths, weaknesses, title FROM council_history
WHERE first_hand > 0 AND event_id IN (
    SELECT event_id FROM timeline_records JOIN inspections USING (record_id) JOIN articles USING (article_id)
    WHERE source IN (SELECT source FROM given)
)
ORDER BY coalesce(date, 'X') LIKE 'X%', date DESC, council, event_id LIMIT :newest
"""


def summarise(db: Database, run: Run) -> Summary:
    """Count what the database holds from the inputs that a run was given, and what the run did to it."""
    (counts,) = db.query(COUNTS)
    kinds = changes.counts(db)
    return Summary(
        run=run.number, interrupted=run.interrupted, unchanged=run.given["unchanged"],
        rejects=tuple(RejectedInput.model_validate(row) for row in db.query(REJECTS)),
        newest=tuple(db.query(RECENT, {"newest": NEWEST})),
        gained=kinds["gained"], lost=kinds["lost"], changed=kinds["changed"],
        changes=changes.changes(db) if run.given["again"] else (),
        warnings=(*replaced(db, run.number), *warnings(db, run.number)), **counts,
    )  # fmt: skip


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
    if summary.changes:
        held = f"{summary.gained} gained, {summary.lost} lost, {summary.changed} changed"
        counts.add_row("", f"records against what the database held: {held}")
    console.print(counts)
    print_rows(console, f"Newest inspections (at most {NEWEST})", summary.newest)
    listed = [change.model_dump() for change in summary.changes[:NEWEST]]
    print_rows(console, f"Records gained, lost and changed (at most {NEWEST}; --json lists all)", listed)
