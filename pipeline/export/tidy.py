"""The tidy tables as CSV, joined by article_id, record_id and council_id.

A cell that a spreadsheet would run as a formula gets an apostrophe in front (`=HYPERLINK(...)` in a headline is text); so
does one that begins so behind apostrophes of its own: taking one off gives back what was there.
Lists are JSON in one cell; empty cells are values not known.
"""

import csv
from pathlib import Path

from pipeline.export.dataset import Dataset
from pipeline.spreadsheet import safe

READ = 'pandas.read_csv("inspections.csv")'


def write(dataset: Dataset, folder: Path) -> None:
    """Write one CSV file per table: UTF-8, a header line, line feeds between rows."""
    for table in dataset.tables:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in table.columns])
            writer.writerows([safe(value) for value in row] for row in dataset.rows(table))
