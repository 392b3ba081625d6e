"""What charts share in how they are drawn: the scale of grades, marks that say what they show, axes of names."""

import itertools
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from pipeline.charts.chart import Row
from pipeline.charts.words import said

GRADES = ("outstanding", "good", "requires_improvement", "adequate", "inadequate")  # best first
INITIALS = dict(zip(GRADES, "OGRAI", strict=True))
NARROWEST = 320  # units, of a chart with few columns: a legend needs as much
COLUMN = 64  # units, at most, of one column
MARKS = 6  # of an axis of numbers, at most, beside its zero
UNDATED = "no date"  # in place of a year
NONE = "none"  # in place of a grade, where none is known
FITS = 0.85  # of a width, as one font measures it: fonts of pages are wider
WIDTH = 620  # units, of all charts; a page shows them as pixels, or smaller


def of(rows: Sequence[Row]) -> Any:
    """A chart of rows."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def marks(chart: Any, rows: Sequence[Row]) -> Any:
    """Marks that say their words, and lead somewhere if their rows do."""
    linked = {"href": "href:N"} if any("href" in row for row in rows) else {}
    return chart.encode(description="words:N", **linked)


def by_grade(rows: Sequence[Row], palette: Mapping[str, str], columns: int = 0) -> Any:
    """The colours of grades, with a legend of their initials and names, best first; all in one line unless told."""
    shown = _grades(rows)
    names = {grade: f"{INITIALS.get(grade, '–')}  {said('grade', grade)}" for grade in shown}
    scale = alt.Scale(domain=shown, range=[palette[grade] for grade in shown])
    return alt.Color("grade:N", scale=scale, legend=alt.Legend(labelExpr=spelt(names), columns=columns))


def on_grade(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """The colours of writing on grades."""
    shown = _grades(rows)
    scale = alt.Scale(domain=shown, range=[palette[f"on_{grade}"] for grade in shown])
    return alt.Color("grade:N", scale=scale, legend=None)


def _grades(rows: Sequence[Row]) -> list[str]:
    """The grades of rows, best first."""
    found = {row["grade"] for row in rows}
    return [grade for grade in (*GRADES, NONE) if grade in found]


def spelt(names: Mapping[str, str | Sequence[str]]) -> str:
    """The expression of Vega that gives a label its name; a name of several parts stands on as many lines."""
    return f"{json.dumps(names)}[datum.label]"


def named(names: Mapping[str, str], width: int) -> Any:
    """An axis of names, with room for those of a width; longer ones are cut."""
    return alt.Axis(
        labelExpr=spelt(names), ticks=False, domain=False, labelLimit=width * FITS, minExtent=width, maxExtent=width
    )


def year_axis() -> Any:
    """An axis of years, and of what has none; where they stand too close, some are left out."""
    lines = f"datum.label == '{UNDATED}' ? split(datum.label, ' ') : datum.label"
    return alt.Axis(labelAngle=0, labelOverlap="greedy", labelFontSize=11, labelExpr=lines)


def counting(most: int) -> Any:
    """An axis of whole numbers, with a handful of marks."""
    step = next(
        step
        for step in itertools.chain.from_iterable((10**n, 2 * 10**n, 5 * 10**n) for n in itertools.count())
        if most / step <= MARKS
    )
    return alt.Axis(values=list(range(0, most + step, step)), format="d")


def wide(columns: int) -> int:
    """The width of a chart of so many columns: few are not drawn out."""
    return min(WIDTH, max(NARROWEST, COLUMN * columns))


def years(first: str, last: str) -> list[str]:
    """All years from one to another, those without a row, too."""
    return [str(year) for year in range(int(first), int(last) + 1)]


def totals(rows: Sequence[Row], by: str, what: str) -> Counter[str]:
    """The sums of one number over rows that have something in common."""
    found: Counter[str] = Counter()
    for row in rows:
        found[row[by]] += row[what]
    return found


def stacked(rows: Sequence[Row], by: str, what: str) -> list[Row]:
    """Rows with the place of each in the pile of its year or area, worst grade first."""
    reached: dict[str, float] = {}
    found = []
    for row in sorted(rows, key=lambda row: -GRADES.index(row["grade"])):
        start = reached.get(row[by], 0)
        end = reached[row[by]] = start + row[what]
        found.append({**row, "start": start, "end": end, "middle": (start + end) / 2})
    return found
