"""The tidy tables as an Excel workbook: a sheet per table behind a readme sheet, headers frozen, addresses that can be clicked.

Every text is written as a text, never as a formula. What Excel has no room for is said in words: a table with too many rows
stops the export, a text too long for a cell is cut where it says so.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.export import card, schema
from pipeline.export.dataset import Dataset, cell
from pipeline.export.fault import ExportError
from pipeline.export.tables import Table

READ = 'pandas.read_excel("ofsted-records.xlsx", sheet_name="inspections")'
NAME = "ofsted-records.xlsx"
ROWS = 1_048_576  # of a sheet, its header among them
CHARACTERS = 32_767  # of a cell, in UTF-16
KEPT = 32_000  # characters of a text that is cut
LINKS = 65_530  # of a sheet
ADDRESS = 2_079  # characters of a link
DAYS = ("published", "modified")  # always whole days; the dates of events (EDTF) often are none, and stay texts
WIDTH = 18  # characters of a column
MADE = datetime(2000, 1, 1)  # fixed, so that the same rows give the same bytes
LINK = re.compile(r"\[([^]]+)\]\(([^)]+)\)")
README = ("sheet", "column", "type", "meaning")


def write(dataset: Dataset, folder: Path) -> None:
    """Write the workbook, a row at a time."""
    import xlsxwriter  # noqa: PLC0415 - slow to import
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415 - as above

    for table in dataset.tables:
        if (count := dataset.count(table)) >= ROWS:
            raise ExportError(
                f"{table.name} has {count:,} rows, a sheet of Excel room for {ROWS - 1:,}: choose fewer records "
                "(--council, --since …) or another format"
            )
    options = {"constant_memory": True, "tmpdir": str(folder)}
    book = xlsxwriter.Workbook(folder / NAME, options)
    try:
        _fill(book, dataset)
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _fill(book: Any, dataset: Dataset) -> None:
    """Write every sheet; the readme, which comes first, last, when it is known what had to be cut."""
    book.set_properties({"title": card.TITLE, "created": MADE})
    formats = {"head": book.add_format({"bold": True}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
    readme = book.add_worksheet("readme")
    for table in dataset.tables:
        _write_table(book.add_worksheet(table.name), dataset, table, formats)
    _write_readme(readme, dataset, formats["head"])


def _write_table(sheet: Any, dataset: Dataset, table: Table, formats: dict[str, Any]) -> None:
    """Write one table under its header."""
    _head(sheet, [column.name for column in table.columns], formats["head"])
    writers = [_writer(sheet, column.name, formats["day"]) for column in table.columns]
    number, cut = 0, 0
    for number, row in enumerate(dataset.rows(table), 1):
        for place, (writer, value) in enumerate(zip(writers, row, strict=True)):
            if value is not None:
                cut += _put(sheet, number, place, cell(value), writer)
    sheet.autofilter(0, 0, number, len(table.columns) - 1)
    if cut:
        dataset.notes.append(
            f"xlsx: {cut} texts of {table.name} are longer than a cell of Excel holds ({CHARACTERS:,} characters) and are "
            "cut where it says so; the other formats have them whole"
        )


def _head(sheet: Any, names: Sequence[str], bold: Any) -> None:
    """Write a header that stays in sight."""
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(names) - 1, WIDTH)
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, bold)


def _put(sheet: Any, row: int, place: int, value: Any, text: Callable[[int, int, str], None]) -> bool:
    """Write one value by its type; whether it was cut."""
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif not isinstance(value, str):
        sheet.write_number(row, place, value)
    else:
        short = shortened(value)
        text(row, place, short)
        return short != value
    return False


def shortened(text: str) -> str:
    """A text as it fits into a cell; one that does not is cut, and says so at its end.

    >>> shortened("short"), shortened("x" * 40_000)[-58:]
    ('short', 'xxxxx … [cut here: 40,000 characters, of which 32,000 fit]')
    """
    if len(text) <= CHARACTERS // 2 or len(text.encode("utf-16-le")) // 2 <= CHARACTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * KEPT].decode("utf-16-le", "ignore")
    return f"{kept} … [cut here: {len(text):,} characters, of which {len(kept):,} fit]"


def _writer(sheet: Any, name: str, day: Any) -> Callable[[int, int, str], None]:
    """How the texts of a column are written: as links, as days, or as they are."""
    left = LINKS

    def link(row: int, place: int, text: str) -> None:
        nonlocal left
        if text.startswith(("http://", "https://")) and len(text) <= ADDRESS and left:
            left -= 1
            sheet.write_url(row, place, text, string=text)
        else:
            sheet.write_string(row, place, text)

    def dated(row: int, place: int, text: str) -> None:
        try:
            sheet.write_datetime(row, place, date.fromisoformat(text), day)
        except ValueError:  # no day, or one before 1900, which Excel does not know
            sheet.write_string(row, place, text)

    return link if name == "url" else dated if name in DAYS else sheet.write_string


def _write_readme(sheet: Any, dataset: Dataset, bold: Any) -> None:
    """Write the card, and beneath it every column of every sheet."""
    for place, width in enumerate((1, 3, 2, 4)):
        sheet.set_column(place, place, width * WIDTH)
    lines = [line for line in card.text(dataset).splitlines() if not line.startswith("| ---")]
    for row, line in enumerate(lines):
        for place, text in enumerate(_plain(line)):
            sheet.write_string(row, place, text, bold if line.startswith("#") else None)
    start = len(lines) + 1
    for place, name in enumerate(README):
        sheet.write_string(start, place, name, bold)
    described = [(table.name, column) for table in dataset.tables for column in table.columns]
    for row, (name, column) in enumerate(described, start + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        for place, text in enumerate((column.name, schema.words(column), column.about), 1):
            sheet.write_string(row, place, text)


def _plain(line: str) -> list[str]:
    """A line of markdown as cells.

    >>> _plain("## What"), _plain("| a | 1 |"), _plain("- [CYP Now](https://x.org/): its `body`")
    (['What'], ['a', '1'], ['• CYP Now (https://x.org/): its body'])
    """
    text = LINK.sub(r"\1 (\2)", line).replace("`", "").replace("**", "")
    if text.startswith("|"):
        return [part.strip() for part in text.strip("| ").split(" | ")]
    return [re.sub("^#+ ", "", text) if text.startswith("#") else re.sub("^- ", "• ", text)]
