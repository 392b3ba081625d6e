"""The chart of grades, year by year."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts import plot
from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.words import count, listed, said, share

TALL = 260  # units
LETTER = 12  # units that a line of writing needs


def _rows(db: Database) -> list[Row]:
    rows = asked(db, "grades_by_year")
    sums = plot.totals(rows, "year", "inspections")
    return [{**row, "said": said("grade", row["grade"]), "of": sums[row["year"]]} for row in rows]


def _tell(rows: Sequence[Row]) -> str:
    """What the newer half of the inspections shows against the older."""
    sums = plot.totals(rows, "year", "inspections")
    begin = f"{count(sums.total(), 'full inspection')} with an overall grade"
    first, last = min(sums), max(sums)
    if first == last:
        return f"{begin}, all of {first}: {_spelt(rows)}."
    until = _middle(sums)
    told = [_shares([row for row in rows if (row["year"] <= until) is early]) for early in (True, False)]
    return f"{begin} from {first} to {last}. Up to {until}, {told[0]}; after that, {told[1]}."


def _middle(sums: Mapping[str, int]) -> str:
    """The year by which half of the inspections are over; not the last one."""
    seen = 0
    for year in sorted(sums)[:-1]:
        seen += sums[year]
        if seen * 2 >= sum(sums.values()):
            break
    return year


def _spelt(rows: Sequence[Row]) -> str:
    """The grades of rows, with their numbers."""
    sums = plot.totals(rows, "grade", "inspections")
    return listed([f"{sums[grade]} {said('grade', grade)}" for grade in plot.GRADES if sums[grade]])


def _shares(rows: Sequence[Row]) -> str:
    """How many are good, and how many inadequate, in words."""
    sums = plot.totals(rows, "grade", "inspections")
    good, bad = sums["outstanding"] + sums["good"], sums["inadequate"]
    return f"{share(good, sums.total())} were good or outstanding and {share(bad, sums.total())} inadequate"


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """Piles of inspections; a part tall enough is lettered with its grade's initial and its number."""
    piled = plot.stacked(rows, "year", "inspections")
    highest = max(row["end"] for row in piled)
    lettered = [
        {**row, "letters": f"{plot.INITIALS[row['grade']]} {row['inspections']}"}
        for row in piled
        if row["inspections"] * TALL / highest >= LETTER
    ]
    shown = plot.years(min(row["year"] for row in rows), max(row["year"] for row in rows))
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=shown), axis=plot.year_axis())
    y = alt.Y("start:Q", title="full inspections", axis=plot.counting(highest))
    bars = plot.of(piled).mark_bar().encode(x=x, y=y, y2="end", color=plot.by_grade(rows, palette))
    letters = plot.of(lettered).mark_text(fontSize=10)
    letters = letters.encode(x=x, y="middle:Q", text="letters:N", color=plot.on_grade(rows, palette))
    both = alt.layer(plot.marks(bars, rows), letters).resolve_scale(color="independent")
    return both.properties(width=plot.wide(len(shown)), height=TALL)


CHARTS = (
    Chart(
        "grades",
        "Overall grades of full inspections, year by year",
        {"year": "Year", "said": "Overall grade", "inspections": "Inspections", "of": "Of that year"},
        _rows,
        _tell,
        _plot,
        "No full inspection with an overall grade and a year.",
        "An inspection counts once, however many articles tell of it. Letters are the initials of grades.",
    ),
)
