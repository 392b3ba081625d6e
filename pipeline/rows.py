"""Records <-> rows: nested spans become columns (`evidence_start`), lists of words become JSON, and back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter
from sqlite_utils import Database

from schemas.base import Record

Row = dict[str, str | int | float | None]
LIST = TypeAdapter(list[str])


def columns(model: type[Record], leave: tuple[str, ...] = (), prefix: str = "") -> Iterator[tuple[str, str]]:
    """The columns of a schema with their descriptions, in order; lists of records have tables of their own."""
    for name, field in model.model_fields.items():
        inner = _record_in(field.annotation)
        if name in leave or (inner and _is_list(field.annotation)):
            continue
        if inner:
            whole = (
                "" if any(_record_in(part.annotation) for part in inner.model_fields.values()) else field.description
            )
            for column, description in columns(inner, prefix=f"{prefix}{name}_"):
                yield column, f"{whole} {description}".strip()
        else:
            yield prefix + name, field.description or ""


def to_row(record: Record, leave: tuple[str, ...] = ()) -> Row:
    """One record as one row, with the columns that `columns` names."""
    row: Row = {}
    for name, inner, several in _shape(type(record)):
        value = getattr(record, name)
        if name in leave or (inner and several):
            continue
        if not inner:
            row[name] = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
        elif value is None:
            row |= {f"{name}_{column}": None for column, _ in columns(inner)}
        else:
            row |= {f"{name}_{column}": cell for column, cell in to_row(value).items()}
    return row


def insert(db: Database, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert rows that have the same columns, cells as `to_row` gives them; ten times as fast as sqlite-utils.

    That looks the table up and writes the statement anew each time, which was half of the time that storing took.
    """
    given = list(rows)
    if given:
        names = ", ".join(f'"{name}"' for name in given[0])
        marks = ", ".join("?" * len(given[0]))
        sql = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names of our tables and columns
        with db.atomic():
            db.conn.executemany(sql, [tuple(row.values()) for row in given])


def to_fields(model: type[Record], row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The field values that a row holds for a schema, ready for validation; fields without columns are left out."""
    fields: dict[str, Any] = {}
    for name, inner, several in _shape(model):
        column = prefix + name
        if inner and not several:
            nested = to_fields(inner, row, prefix=f"{column}_")
            may_lack = NoneType in get_args(model.model_fields[name].annotation)
            empty = may_lack and all(value is None for value in nested.values())
            if nested:
                fields[name] = None if empty else nested
        elif column in row:
            fields[name] = LIST.validate_json(row[column]) if several else row[column]
    return fields


@cache
def _shape(model: type[Record]) -> tuple[tuple[str, type[Record] | None, bool], ...]:
    """The fields of a schema, each with the schema inside it, if any, and whether it holds several values."""
    fields = ((name, field.annotation) for name, field in model.model_fields.items())
    return tuple((name, _record_in(annotation), _is_list(annotation)) for name, annotation in fields)


def _is_list(annotation: Any) -> bool:
    """Whether a field holds several values."""
    return get_origin(annotation) is tuple


def _record_in(annotation: Any) -> type[Record] | None:
    """The schema inside an annotation: of `Span`, `Span | None` and `tuple[Span, ...]` it is Span."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, Record):
            return part
    return None
