"""Records <-> rows: nested spans become columns (`evidence_start`), lists of words become JSON, and back."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import TypeAdapter

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
    for name, inner in _cells(type(record)):
        if name in leave:
            continue
        value = getattr(record, name)
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


@cache
def _cells(model: type[Record]) -> tuple[tuple[str, type[Record] | None], ...]:
    """The fields of a schema that become columns of its row, with the schema inside each; a row is made in no time so."""
    fields = [(name, _record_in(field.annotation), field.annotation) for name, field in model.model_fields.items()]
    return tuple((name, inner) for name, inner, annotation in fields if not (inner and _is_list(annotation)))


def _is_list(annotation: Any) -> bool:
    """Whether a field holds several values."""
    return get_origin(annotation) is tuple


def _record_in(annotation: Any) -> type[Record] | None:
    """The schema inside an annotation: of `Span`, `Span | None` and `tuple[Span, ...]` it is Span."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, Record):
            return part
    return None
