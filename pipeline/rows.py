"""Records <-> rows: nested spans become columns (`evidence_start`), lists of words become JSON, and back."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import TypeAdapter
from sqlite_utils import Database

from schemas.base import Record

Row = dict[str, str | int | float | None]
LIST = TypeAdapter(list[str])
Type = Literal["text", "integer", "number", "boolean", "list"]
TYPES: Mapping[type, Type] = {str: "text", int: "integer", float: "number", bool: "boolean"}


class Column(NamedTuple):
    """A column: what stands in it."""

    name: str
    about: str
    """What it means."""
    type: Type = "text"
    """A `list` holds texts; the database has it as JSON."""
    empty: bool = False
    """Whether it may hold nothing."""
    allowed: tuple[str, ...] = ()
    """The only values allowed, of a list those of its items; none where any will do."""


TOP = Column("", "")  # above the fields of a schema that is nested in none


def columns(model: type[Record], leave: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The columns of a schema with their descriptions, in order; lists of records have tables of their own."""
    yield from ((column.name, column.about) for column in typed(model, leave))


def typed(model: type[Record], leave: tuple[str, ...] = (), above: Column = TOP) -> Iterator[Column]:
    """The columns of a schema, with all that is known of them; those of a nested one begin with the name of `above`."""
    for part in _parts(model):
        if part.name in leave or (part.inner and part.many):
            continue
        empty = above.empty or part.empty
        if part.inner:
            whole = any(each.inner for each in _parts(part.inner))
            yield from typed(
                part.inner, above=Column(f"{above.name}{part.name}_", "" if whole else part.about, empty=empty)
            )
        else:
            about, (type_, allowed) = f"{above.about} {part.about}".strip(), _type(part.annotation)
            yield Column(above.name + part.name, about, type_, empty, allowed)


def _type(annotation: Any) -> tuple[Type, tuple[str, ...]]:
    """The type that an annotation of a field stands for, and the values that it allows."""
    if NoneType in get_args(annotation):
        return _type(next(part for part in get_args(annotation) if part is not NoneType))
    if get_origin(annotation) is tuple:
        return "list", _type(get_args(annotation)[0])[1]
    if get_origin(annotation) is Literal:
        return "text", get_args(annotation)
    return TYPES[annotation], ()


def to_row(record: Record, leave: tuple[str, ...] = ()) -> Row:
    """One record as one row, with the columns that `columns` names."""
    row: Row = {}
    for part in _parts(type(record)):
        value = getattr(record, part.name)
        if part.name in leave or (part.inner and part.many):
            continue
        if not part.inner:
            row[part.name] = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
        elif value is None:
            row |= {f"{part.name}_{column}": None for column, _ in columns(part.inner)}
        else:
            row |= {f"{part.name}_{column}": cell for column, cell in to_row(value).items()}
    return row


def insert(db: Database, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert rows that have the same columns, cells as `to_row` gives them.

    Not by sqlite-utils, which looks the table up and writes the statement anew each time.
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
    for part in _parts(model):
        column = prefix + part.name
        if part.inner and not part.many:
            nested = to_fields(part.inner, row, prefix=f"{column}_")
            if nested:
                nothing = part.empty and all(value is None for value in nested.values())
                fields[part.name] = None if nothing else nested
        elif column in row:
            fields[part.name] = LIST.validate_json(row[column]) if part.many else row[column]
    return fields


class _Part(NamedTuple):
    """A field of a schema, as far as rows go."""

    name: str
    about: str
    annotation: Any
    inner: type[Record] | None
    """The schema of what it holds, if that is a record."""
    many: bool
    """Whether it holds several values."""
    empty: bool
    """Whether it may hold nothing."""


@cache
def _parts(model: type[Record]) -> tuple[_Part, ...]:
    """The fields of a schema; looked at once, because every row that is read or written asks."""
    return tuple(
        _Part(
            name=name,
            about=field.description or "",
            annotation=field.annotation,
            inner=_record_in(field.annotation),
            many=get_origin(field.annotation) is tuple,
            empty=NoneType in get_args(field.annotation),
        )
        for name, field in model.model_fields.items()
    )


def _record_in(annotation: Any) -> type[Record] | None:
    """The schema inside an annotation: of `Span`, `Span | None` and `tuple[Span, ...]` it is Span."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, Record):
            return part
    return None
