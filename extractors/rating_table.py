"""Tables of grades: a row or a column heads each grade with its area."""

from collections.abc import Iterator

from spacy.tokens import Span

from extractors.rating_claim import GRADES, Claim, areas_between, grade_marks
from extractors.reading import ROW, Reading


def row_claims(reading: Reading, row: Span) -> Iterator[Claim]:
    """The claims of a table row: each cell's grade, of the area that the row or the column is headed by; of the service as a
    whole where neither names one and a council heads the row.
    """
    head = _header(reading, row)
    first = row.start_char + row.text.find(ROW)
    whole = head[0] != row.start_char and bool(reading.spans("councils", row.start_char, first))
    inside = areas_between(reading, row.start_char, row.end_char)
    for mark in grade_marks(reading, row):
        if mark.id_ not in GRADES:
            continue
        column = row.text[: mark.start_char - row.start_char].count(ROW)
        start, end = _cell(head, column)
        areas = inside or areas_between(reading, start, end)
        times = _times(head[1], column)
        if (areas or (whole and _heads_grades(reading, start, end))) and times is not None:
            words = ((time.id_, time.text) for time in reading.spans("times", start, end))
            told = next((word for word in words if word[0] in ("previous", "current")), ())
            yield Claim(mark, mark.id_, "table-row", areas, times or told)


def _heads_grades(reading: Reading, start: int, end: int) -> bool:
    """Whether the cell that heads a column speaks of grades, or of when they were given: "Rating", "Previous", "2017"."""
    nouns = [mark for mark in reading.spans("judging", start, end) if mark.id_ == "noun"]
    return bool(nouns or reading.spans("times", start, end)) or any(
        letter.isdigit() for letter in reading.article.body[start:end]
    )


def _times(head: str, column: int) -> tuple[str, ...] | None:
    """What columns that are headed by years say of time: of two, the earlier is the inspection before; None of any older."""
    cells = [cell.strip() for cell in head.split(ROW)]
    years = sorted({cell for cell in cells if cell.isdecimal() and len(cell) == len("2016")}, reverse=True)
    if len(years) < 2 or column >= len(cells) or cells[column] not in years:
        return ()
    times = [("current", years[0]), ("previous", "then", years[1])]
    return dict(zip(years, times, strict=False)).get(cells[column])


def _header(reading: Reading, row: Span) -> tuple[int, str]:
    """Offset and text of the first row of the table that a row stands in."""
    rows = [block for block in reading.blocks if block.start <= row.start_char]
    head = rows[-1]
    for block in reversed(rows):
        if block.kind != "row":
            break
        head = block
    return head.start, reading.article.body[head.start : head.end]


def _cell(head: tuple[int, str], column: int) -> tuple[int, int]:
    """Offsets of a column's cell in the header row."""
    cells = head[1].split(ROW)
    column = min(column, len(cells) - 1)
    start = head[0] + sum(len(cell) + len(ROW) for cell in cells[:column])
    return start, start + len(cells[column])
