"""Rows -> a csv file to be kept."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from datasette.utils.asgi import Response

from pipeline.spreadsheet import safe


def as_csv(rows: Iterable[Mapping[str, Any]], name: str, columns: Sequence[str] | None = None) -> Response:
    """Rows with the given columns, or all those of the first row, as the answer to a request for a file."""
    found = list(rows)
    names = columns or list(found[0] if found else ())
    return sheet(names, ([row[each] for each in names] for row in found), name)


def sheet(heading: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response:
    """A table as a file; a cell that a spreadsheet would run is made text."""
    out = io.StringIO()
    csv.writer(out).writerows([heading, *([safe(value) for value in row] for row in rows)])
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
