"""The findings, newest first: every sentence with its source, to be filtered, cited and taken away."""

import json
from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.browse.sheet import as_csv
from pipeline.browse.site import page, read, remember
from pipeline.charts.words import said
from schemas.article import Publisher
from schemas.inspection import Grade, Polarity, Theme

SHOWN = 30  # findings on a page
DATE = "CASE WHEN i.date < 'X' THEN i.date ELSE '' END"  # of events without a year, or a date: after all others
CONDITIONS = {
    "theme": "instr(f.themes, '\"' || :theme || '\"')",
    "polarity": "f.polarity = :polarity",
    "grade": "EXISTS (SELECT 1 FROM ratings r WHERE r.record_id = i.record_id AND +r.area = 'overall' AND +r.grade = :grade)",
    "year": f"{DATE} >= :year AND {DATE} < :year || 'X'",
    "council": "i.council_id = :council",
    "publisher": "a.publisher = :publisher",
    "after": f"({DATE}, i.record_id, f.finding) < (:after_date, :after_record, :after_finding)",
}
# Newest records first, in the order of their index, until the page is full: SQLite would sort all findings instead.
FINDINGS = """
SELECT f.record_id, f.finding, f.polarity, f.themes, f.text, f.attribution, f.quoted, i.date, i.kind, i.role, i.article_id,
    i.council_id, c.name AS council, a.title, a.publisher, a.published, a.url, {date} AS sorted,
    (SELECT grade FROM ratings r WHERE r.record_id = i.record_id AND r.area = 'overall' LIMIT 1) AS grade
FROM inspections i CROSS JOIN articles a USING (article_id) CROSS JOIN councils c ON c.id = i.council_id
CROSS JOIN findings f ON f.record_id = i.record_id
WHERE {conditions} ORDER BY {date} DESC, i.record_id DESC, f.finding DESC LIMIT {limit}
"""
CHOICES = {
    "theme": get_args(Theme),
    "polarity": get_args(Polarity),
    "grade": get_args(Grade),
    "publisher": get_args(Publisher),
}
COLUMNS = (
    "text", "polarity", "themes", "council", "date", "kind", "grade", "publisher", "title", "published", "url", "record_id",
)  # fmt: skip
MOST = 10_000  # rows of a csv file; Datasette's own `/data/findings.csv?_stream=1` has all


async def findings(datasette: Datasette, request: Request) -> Response:
    """The findings that fit the filters: a page of them, or a csv file."""
    filters = {name: value for name in (*CHOICES, "year", "council") if (value := request.args.get(name))}
    if request.args.get("format") == "csv":
        rows = await read(datasette, fitting, filters, None, MOST)
        return as_csv([row | {"themes": "; ".join(row["themes"])} for row in rows], "findings", COLUMNS)
    rows = await read(datasette, fitting, filters, request.args.get("after"), SHOWN + 1)
    choices = CHOICES | await remember(datasette, "places", places)
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    after = last and "~".join(str(last[key]) for key in ("sorted", "record_id", "finding"))
    context = {
        "findings": rows[:SHOWN],
        "filters": filters,
        "choices": choices,
        "next": after and "?" + urlencode(filters | {"after": after}),
        "csv": "?" + urlencode(filters | {"format": "csv"}),
    }
    return await page(datasette, request, "findings", context)


def fitting(db: Database, filters: Mapping[str, str], after: str | None, limit: int) -> list[dict[str, Any]]:
    """The findings that fit, the newest first, from the place after a given one."""
    parameters = dict(filters)
    if after and after.count("~") == 2:
        parameters |= dict(zip(("after_date", "after_record", "after_finding"), after.split("~"), strict=True))
        parameters["after"] = after
    conditions = " AND ".join(sql for name, sql in CONDITIONS.items() if name in parameters) or "1"
    sql = FINDINGS.format(conditions=conditions, limit=limit, date=DATE)
    return [row | {"themes": json.loads(row["themes"]), "cite": citation(row)} for row in db.query(sql, parameters)]


def citation(row: Mapping[str, Any]) -> str:
    """A finding as one quotes it: the words, of whom, and where they stand.

    >>> citation({"text": "Drift.", "council": "Leeds", "date": "2015", "title": "A", "publisher": "cypnow",
    ...           "published": "2015-03-01", "url": None})
    '“Drift.” On Leeds (2015), in “A”, CYP Now, 2015-03-01.'
    """
    about = f"On {row['council']}" + (f" ({row['date']})" if row["date"] else "")
    where = [
        f"“{row['title'] or 'untitled'}”",
        row["publisher"] != "other" and said("publisher", row["publisher"]),
        row["published"],
        row["url"],
    ]
    return f"“{row['text']}” {about}, in {', '.join(part for part in where if part)}."


def places(db: Database) -> dict[str, list[Any]]:
    """The years, councils and publishers to choose from."""
    years = "SELECT DISTINCT substr(date, 1, 4) FROM inspections WHERE date < 'X' ORDER BY 1 DESC"
    councils = "SELECT id, name FROM councils ORDER BY name"
    publishers = "SELECT DISTINCT publisher FROM articles ORDER BY publisher DESC"
    return {
        "publisher": [name for (name,) in db.execute(publishers).fetchall()],
        "year": [year for (year,) in db.execute(years).fetchall()],
        "council": [tuple(row) for row in db.execute(councils).fetchall()],
    }
