"""Records <-> rows: nested spans become columns (`evidence_start`), lists of words become JSON, and back."""

import json
from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic import TypeAdapter

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
    for name, field in model.model_fields.items():
        inner, empty = _record_in(field.annotation), above.empty or NoneType in get_args(field.annotation)
        if name in leave or (inner and _is_list(field.annotation)):
            continue
        if inner:
            whole = any(_record_in(part.annotation) for part in inner.model_fields.values())
            about = "" if whole else field.description or ""
            yield from typed(inner, above=Column(f"{above.name}{name}_", about, empty=empty))
        else:
            about = f"{above.about} {field.description or ''}".strip()
            type_, allowed = _type(field.annotation)
            yield Column(above.name + name, about, type_, empty, allowed)


def _type(annotation: Any) -> tuple[Type, tuple[str, ...]]:
    """The type that an annotation of a field stands for, and the values that it allows."""
    if NoneType in get_args(annotation):
        return _type(next(part for part in get_args(annotation) if part is not NoneType))
    if _is_list(annotation):
        return "list", _type(get_args(annotation)[0])[1]
    if get_origin(annotation) is Literal:
        return "text", get_args(annotation)
    return TYPES[annotation], ()


def to_row(record: Record, leave: tuple[str, ...] = ()) -> Row:
    """One record as one row, with the columns that `columns` names."""
    row: Row = {}
    for name, field in type(record).model_fields.items():
        value, inner = getattr(record, name), _record_in(field.annotation)
        if name in leave or (inner and _is_list(field.annotation)):
            continue
        if not inner:
            row[name] = json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
        elif value is None:
            row |= {f"{name}_{column}": None for column, _ in columns(inner)}
        else:
            row |= {f"{name}_{column}": cell for column, cell in to_row(value).items()}
    return row


def to_fields(model: type[Record], row: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The field values that a row holds for a schema, ready for validation; fields without columns are left out."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        inner, column = _record_in(field.annotation), prefix + name
        if inner and not _is_list(field.annotation):
            nested = to_fields(inner, row, prefix=f"{column}_")
            empty = all(value is None for value in nested.values()) and NoneType in get_args(field.annotation)
            if nested:
                fields[name] = None if empty else nested
        elif column in row:
            fields[name] = LIST.validate_json(row[column]) if _is_list(field.annotation) else row[column]
    return fields


def _is_list(annotation: Any) -> bool:
    """Whether a field holds several values."""
    return get_origin(annotation) is tuple


def _record_in(annotation: Any) -> type[Record] | None:
    """The schema inside an annotation: of `Span`, `Span | None` and `tuple[Span, ...]` it is Span."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, Record):
            return part
    return None
