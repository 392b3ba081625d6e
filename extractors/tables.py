"""The only door to the tables of `lexicons/`: csv files with a header, one row a thing.

Apart from `lexicon.py`, so that a command that needs a table need not load a language library.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicons"


class TableError(Exception):
    """A table is wrong: says which file, which row, which column, and what was expected."""


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `lexicons/<name>.csv`."""
    path = FOLDER / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    except OSError as error:
        raise TableError(f"{path.name}: expected a csv file with a header, got: {error!r}") from error
