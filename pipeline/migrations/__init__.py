"""The tables, as a list of steps: a database of any age opens by taking the steps that it has not taken yet.

A step is a file, `m001_initial.sql` and so on. One that has been released is history and is never edited; a change of the
tables is a new file with the next number. Columns carry the names of the schema fields; nested spans are flattened
(`evidence_start`), lists of words are JSON.
"""

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database, Migrations

migrations = Migrations("ofsted-records")


def _step(sql: str) -> Callable[[Database], None]:
    """What takes one step."""

    def take(db: Database) -> None:
        db.executescript(sql)

    return take


for path in sorted(Path(__file__).parent.glob("m*.sql")):
    migrations(name=path.stem)(_step(path.read_text(encoding="utf-8")))
