"""The tables of a dataset: the one list that every format writes, each column as its schema describes it.

To add a table, add a line to TABLES. Where its rows hang on something new, `chosen.sql` says which of those are chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from pydantic import Field

from pipeline.rows import Column, typed
from schemas.article import Article
from schemas.base import Record
from schemas.inspection import Council, Finding, Inspection, Rating
from schemas.reject import Reject
from schemas.timeline import TimelineContradiction, TimelineEvent, TimelineRating, TimelineRecord, TimelineWitness

Text = Literal["none", "evidence", "full"]


class ArticleLine(Article):
    """One article kept, with the sources of its copies; offsets count in code points of its body (or title, if so said)."""

    duplicates: tuple[str, ...] = Field(())
    """Other sources of the same article: exact, near or truncated copies; the fullest one is kept."""


@dataclass(frozen=True)
class Table:
    """One table of a dataset."""

    name: str
    model: type[Record]
    """The schema of its rows; lists of records in it have tables of their own."""
    key: tuple[str, ...]
    """The columns that tell its rows apart; one that is neither in the schema nor a link counts places on a record."""
    of: str
    """What its rows hang on, and are chosen with: `chosen_<of>` of `chosen.sql`."""
    by: str
    """The column of it, and of the table, that names that."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Columns that name a row of another table by its key."""
    beside: str = ""
    """A view with columns that the table in the database lacks, joined by the key."""
    story: tuple[str, ...] = ()
    """Columns that hold an article's own text, beyond quoted words."""
    left: tuple[str, ...] = ()
    """Columns that are left out of this dataset."""

    @property
    def about(self) -> str:
        """What a row of it is."""
        return " ".join((self.model.__doc__ or "").split())

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Its columns: the key first, then the links, then the rest in the order of the schema."""
        known = {column.name: column for column in typed(self.model, ("article", "council"))}
        for name, other in self.links.items():
            known.setdefault(name, Column(name, f"See `{other}.{named(other).key[0]}`."))
        for name in self.key:
            known.setdefault(name, Column(name, "Its place on the record, from 0.", "integer"))
        names = dict.fromkeys((*self.key, *self.links, *known))
        return tuple(known[name] for name in names if name not in self.left)

    def letting_out(self, text: Text) -> "Table":
        """The same table with the columns that a choice of text lets out: quoted words stand in those named `text`."""
        quoted = tuple(column.name for column in self.columns if f"_{column.name}".endswith("_text"))
        return replace(self, left={"none": (*self.story, *quoted), "evidence": self.story, "full": ()}[text])

    @property
    def sql(self) -> str:
        """The query for its chosen rows, in the order of what they hang on and of their key."""
        names = ", ".join(f'"{column.name}"' for column in self.columns)
        beside = f"JOIN {self.beside} USING ({self.key[0]})" if self.beside else ""
        order = ", ".join(f'"{name}"' for name in self.key if name != self.by)
        return f"""SELECT {names} FROM temp.chosen_{self.of} AS chosen CROSS JOIN {self.name} USING ({self.by}) {beside}
                   ORDER BY chosen.nth{order and ", "}{order}"""  # noqa: S608 - names of TABLES and of our schemas


TABLES = (
    Table("articles", ArticleLine, ("article_id",), "articles", "article_id", beside="article_copies",
          story=("standfirst", "captions", "body")),
    Table("councils", Council, ("id",), "councils", "id"),
    Table("inspections", Inspection, ("record_id",), "records", "record_id",
          {"article_id": "articles", "council_id": "councils"}),
    Table("ratings", Rating, ("record_id", "rating"), "records", "record_id", {"record_id": "inspections"}),
    Table("findings", Finding, ("record_id", "finding"), "records", "record_id", {"record_id": "inspections"}),
    Table("timeline", TimelineEvent, ("event_id",), "events", "event_id", {"council_id": "councils"}),
    Table("timeline_ratings", TimelineRating, ("event_id", "area"), "events", "event_id", {"event_id": "timeline"}),
    Table("timeline_contradictions", TimelineContradiction, ("event_id", "field"), "events", "event_id",
          {"event_id": "timeline"}),
    Table("timeline_records", TimelineRecord, ("record_id",), "records", "record_id",
          {"record_id": "inspections", "event_id": "timeline"}),
    Table("timeline_witnesses", TimelineWitness, ("event_id", "field", "record_id"), "records", "record_id",
          {"record_id": "inspections", "event_id": "timeline"}),
    Table("rejects", Reject, ("source",), "rejects", "source"),
)  # fmt: skip


def named(name: str) -> Table:
    """The table of that name."""
    return next(table for table in TABLES if table.name == name)
