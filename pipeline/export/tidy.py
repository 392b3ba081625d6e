"""The tidy tables as CSV, joined by article_id, record_id and council_id.

A cell that a spreadsheet would run as a formula gets an apostrophe in front (`=HYPERLINK(...)` in a headline is text).
Lists are JSON in one cell; empty cells are values not known.
"""

import csv
from pathlib import Path

from sqlite_utils import Database

FORMULA = ("=", "+", "-", "@", "\t", "\r")
TABLES = {
    "articles": "SELECT a.*, c.duplicates FROM articles a JOIN article_copies c USING (article_id) ORDER BY a.source",
    "inspections": "SELECT i.* FROM inspections i JOIN record_order USING (record_id) ORDER BY place",
    "ratings": "SELECT r.* FROM ratings r JOIN record_order USING (record_id) ORDER BY place, rating",
    "findings": "SELECT f.* FROM findings f JOIN record_order USING (record_id) ORDER BY place, finding",
    "councils": "SELECT * FROM councils ORDER BY id",
    "rejects": "SELECT * FROM rejects ORDER BY source",
}


def write(db: Database, folder: Path) -> None:
    """Write one CSV file per table: UTF-8, a header line, line feeds between rows."""
    for name, sql in TABLES.items():
        rows = db.execute(sql)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column[0] for column in rows.description])
            writer.writerows([cell(value) for value in row] for row in rows)


def cell(value: object) -> object:
    """A value as it is written: text that a spreadsheet would run is made text again.

    >>> cell("=1+1"), cell(-1), cell("good")
    ("'=1+1", -1, 'good')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
