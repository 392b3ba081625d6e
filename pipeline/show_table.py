"""Rows as a table for a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table


def print_table(rows: Sequence[dict[str, Any]], keys: Sequence[str], console: Console) -> None:
    """Print rows as a table; columns without any value are left out, and ids, which are there to be copied, stay whole."""
    table = Table()
    filled = [key for key in keys if any(row[key] is not None for row in rows)]
    for key in filled:
        longest = max(len(str(row[key])) for row in rows) if key.endswith("_id") else None
        table.add_column(key, min_width=longest)
    for row in rows:
        table.add_row(*("" if row[key] is None else str(row[key]) for key in filled))
    console.print(table if rows else "No records.")


def print_rows(console: Console, title: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Print rows of the same columns as a table; nothing where there are none."""
    if not rows:
        return
    table = Table(title=title, title_justify="left")
    for name in rows[0]:
        table.add_column(name, overflow="fold")  # a path is never cut short
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table)
