"""Two databases or exports -> the records gained, lost and changed from the older to the newer, field by field.

    with compared(old, new) as differences:  # an iterator: nothing is held but the ids of records that one side lacks
        for each in differences: ...

What counts as a change, and which records are one record under two ids, is `pipeline.changes`, as for a run.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipeline.changes import Change, change, pairs, said, select
from pipeline.diff_read import sides
from schemas.base import Record

PARTS = {"ratings": "area", "findings": "text"}  # what tells the grades and the findings of one record apart
ONLY = """
SELECT i.record_id, i.article_id, coalesce(a.source, i.article_id) AS source, i.council_id AS council, i.kind, i.role, i.date
FROM {here}.inspections i LEFT JOIN {here}.articles a USING (article_id)
WHERE i.record_id NOT IN (SELECT record_id FROM {there}.inspections)
ORDER BY source, council, i.record_id
"""
BOTH = """
SELECT new.*, old.said AS before FROM ({new}) new JOIN ({old}) old USING (record_id)
WHERE new.said != old.said ORDER BY source, council, record_id
"""


class Field(Record):
    """One thing that the older side says of a record and the newer one does not, or the other way round."""

    part: str | None
    """Of a grade, its area; of a finding, its words; nothing for the record itself."""
    field: str
    """The field; `rating` or `finding` where one side does not have the part at all."""
    old: str | None
    """What the older side says, as text; nothing where it says nothing."""
    new: str | None
    """What the newer side says."""


class Difference(Record):
    """One record gained, lost or changed, with all that is said of it on one side only."""

    change: Change
    """What happened to which record."""
    fields: tuple[Field, ...]
    """What it says now, or said before: of one that changed, only what is not the same."""


@contextmanager
def compared(old: Path, new: Path) -> Iterator[Iterator[Difference]]:
    """The differences from `old` to `new`, changed records first, then lost and gained ones: by source and council.

    Raises a DiffError for what is neither a database nor an export. Neither is written to.
    """
    with sides(old, new) as db:
        yield _differences(db)


def _differences(db: Database) -> Iterator[Difference]:
    """What `compared` gives, of the schemas `old` and `new` of a connection."""
    columns = said(db, "old", "new")
    olds, news = select(columns, "old"), select(columns, "new")
    lost, gained = (
        list(db.query(ONLY.format(here=here, there=there))) for here, there in (("old", "new"), ("new", "old"))
    )
    same = pairs(lost, gained)
    for row in db.query(BOTH.format(old=olds, new=news)):
        yield Difference(change=change("changed", row), fields=tuple(fields(row["before"], row["said"])))
    for row in gained:
        if row["record_id"] in same:
            renamed = Field(part=None, field="record_id", old=same[row["record_id"]], new=row["record_id"])
            told = fields(_said(db, olds, same[row["record_id"]]), _said(db, news, row["record_id"]))
            yield Difference(change=change("changed", row), fields=(renamed, *told))
    for row in lost:
        if row["record_id"] not in set(same.values()):
            yield Difference(change=change("lost", row), fields=tuple(fields(_said(db, olds, row["record_id"]), None)))
    for row in gained:
        if row["record_id"] not in same:
            yield Difference(
                change=change("gained", row), fields=tuple(fields(None, _said(db, news, row["record_id"])))
            )


def _said(db: Database, records: str, record_id: str) -> str:
    """All that one record says, as JSON."""
    (row,) = db.query(f"{records} WHERE i.record_id = ?", [record_id])
    return str(row["said"])


def fields(old: str | None, new: str | None) -> Iterator[Field]:
    """What differs between all that two records say (see `pipeline.changes.select`); None says nothing."""
    before, after = (json.loads(text) if text else dict.fromkeys(PARTS, ()) for text in (old, new))
    yield from _plain(None, before, after, leave=PARTS)
    for name, key in PARTS.items():
        olds, news = _by_key(before[name], key), _by_key(after[name], key)
        for each in dict.fromkeys([*olds, *news]):
            if each in olds and each in news:
                yield from _plain(each[0], olds[each], news[each])
            else:
                yield Field(part=each[0], field=name[:-1], old=_gist(olds.get(each)), new=_gist(news.get(each)))


def _plain(
    part: str | None, old: Mapping[str, Any], new: Mapping[str, Any], leave: Iterable[str] = ()
) -> Iterator[Field]:
    """The plain fields that differ."""
    for name in dict.fromkeys([*new, *old]):
        if name not in leave and old.get(name) != new.get(name):
            yield Field(part=part, field=name, old=old.get(name), new=new.get(name))


def _by_key(parts: Iterable[Mapping[str, Any]], key: str) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Parts by what tells them apart, and a number where two of a record share that."""
    seen: Counter[str] = Counter()
    found = {}
    for part in parts:
        found[part[key] or "", seen[part[key] or ""]] = part
        seen[part[key] or ""] += 1
    return found


def _gist(part: Mapping[str, Any] | None) -> str | None:
    """What a grade or a finding comes to: `good`; `weakness: workforce, leadership`."""
    if part is None:
        return None
    return part["grade"] if "grade" in part else f"{part['polarity']}: {', '.join(json.loads(part['themes']))}"
