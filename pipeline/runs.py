"""Runs: when the program was run, with what, what it did, and what stopped it.

The row of a run is brought up to date together with each article, so what it says is right even if the run is killed; a
run whose `status` is `running` though nobody runs it was killed.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Literal

from sqlite_utils import Database

from pipeline import changes
from pipeline.database import writing
from pipeline.read import Document
from pipeline.version import version

State = Literal["new", "again", "unchanged"]
Progress = Callable[[Iterable[Document]], Iterable[Document]]


@dataclass(frozen=True)
class Watcher:
    """Whoever watches a run, and may stop it."""

    progress: Progress = iter
    """Is handed the documents and hands them back one by one."""
    stop: Callable[[], bool] = lambda: False
    """Is asked after each article."""
    say: Callable[[str], None] = lambda _: None
    """Is told what makes the run wait."""


UNWATCHED = Watcher()


GIVEN = """
DROP TABLE IF EXISTS temp.given;
CREATE TEMP TABLE given (source TEXT PRIMARY KEY, state TEXT NOT NULL, before INTEGER);
"""
GIVE = "INSERT INTO given VALUES (:source, :state, (SELECT run FROM inputs WHERE source = :source))"
BEGIN = """
INSERT INTO runs (started, status, version, options) VALUES (:started, 'running', :version, :options)
"""
PROGRESS = "UPDATE runs SET inputs = :inputs, unchanged = :unchanged, seconds = :seconds WHERE run = :run"
END = """
UPDATE runs SET
    ended = :ended, status = :status, error = :error, seconds = :seconds, gained = :gained, lost = :lost,
    changed = :changed, inputs = :inputs, unchanged = :unchanged,
    articles = (SELECT count(*) FROM articles JOIN given USING (source)),
    duplicates = (SELECT count(*) FROM duplicates JOIN given USING (source)),
    rejects = (SELECT count(*) FROM rejects JOIN given USING (source))
WHERE run = :run
"""

REPLACED = """
SELECT count(*), min(source) FROM given
JOIN runs older ON older.run = given.before JOIN runs newer ON newer.run = :run
WHERE state = 'again' AND json_type(older.options, '$.dumps') = 'array' AND NOT EXISTS (
    SELECT 1 FROM json_each(older.options, '$.dumps') o JOIN json_each(newer.options, '$.dumps') n USING (value)
    WHERE value <> '-'
)
"""


@dataclass
class Run:
    """One run, while it goes on."""

    db: Database
    number: int
    watcher: Watcher
    given: Counter[State] = field(default_factory=Counter)
    """Inputs that it was given, by what it had to do with them."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Time spent in each stage, that of all workers together."""
    interrupted: bool = False
    """Whether somebody asked for it to stop."""

    def give(self, source: str, state: State) -> None:
        """Note that a source was given to the run and is dealt with."""
        self.db.execute(GIVE, {"source": source, "state": state})
        self.given[state] += 1

    def progress(self) -> None:
        """Write how far it is, in the transaction of an article."""
        self.db.execute(PROGRESS, self._values())

    def end(self, status: str, error: str | None = None) -> None:
        """Write what it came to."""
        found = changes.counts(self.db)
        counts = {name: found[name] for name in ("gained", "lost", "changed")}
        ended = {"ended": _now(), "status": status, "error": error}
        with writing(self.db, self.watcher.say, patient=status != "failed"):
            self.db.execute(END, self._values() | counts | ended)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the time spent on something to a stage."""
        start = perf_counter()
        try:
            yield
        finally:
            self.spend({stage: perf_counter() - start})

    def spend(self, seconds: Mapping[str, float]) -> None:
        """Count time to stages."""
        for stage, spent in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent

    def _values(self) -> dict[str, object]:
        """What is counted on the way."""
        seconds = json.dumps({stage: round(spent, 3) for stage, spent in self.seconds.items()})
        given = {"inputs": self.given.total(), "unchanged": self.given["unchanged"]}
        return {"run": self.number, "seconds": seconds, **given}


@contextmanager
def running(db: Database, options: Mapping[str, object], watcher: Watcher) -> Iterator[Run]:
    """A run from its beginning to its end, whatever ends it; its row says so, unless the database can't be written."""
    db.executescript(GIVEN)
    changes.watch(db)
    with writing(db, watcher.say):
        cursor = db.execute(BEGIN, {"started": _now(), "version": version(), "options": json.dumps(options)})
    run = Run(db, int(cursor.lastrowid or 0), watcher)
    try:
        yield run
    except KeyboardInterrupt:
        run.end("interrupted")
        raise
    except BaseException as error:
        with suppress(sqlite3.Error):  # it may be the very fault
            run.end("failed", f"{type(error).__name__}: {error}")
        raise
    run.end("interrupted" if run.interrupted else "done")


def _now() -> str:
    """The time of day, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def runs(db: Database) -> list[dict[str, Any]]:
    """Every run, the latest first; options and seconds are JSON."""
    return list(db.query("SELECT * FROM runs ORDER BY run DESC"))


def rejects(db: Database, reason: str | None = None) -> list[dict[str, Any]]:
    """The inputs that gave no article, each with the run that read it, by reason and source."""
    sql = """SELECT r.*, i.run FROM rejects r JOIN inputs i USING (source)
             WHERE :reason IS NULL OR reason = :reason ORDER BY reason, source"""
    return list(db.query(sql, {"reason": reason}))


def replaced(db: Database, run: int) -> Iterator[str]:
    """A warning, while the run goes on, where inputs took the place of those that another dump had given."""
    replaced, example = db.execute(REPLACED, {"run": run}).fetchone()
    if replaced:
        yield (
            f"{replaced} inputs took the place of those of the same name that another dump had given, {example} for one; "
            "to keep both, give each dump a folder of its own, and ingest the folder that holds these"
        )
