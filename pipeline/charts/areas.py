"""The chart of grades, area by area: what today's councils were last told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts import plot
from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.england import AREAS, hexagons
from pipeline.charts.words import said, share

NAMES = 170  # units for the names of areas
LETTERS = 40  # units that an initial and a share need


def _rows(db: Database) -> list[Row]:
    """How many of today's councils hold which grade in each area."""
    latest = [row for row in asked(db, "latest_grades") if row["council_id"] in hexagons()]
    counted = Counter((row["area"], row["grade"]) for row in latest)
    wholes = Counter(row["area"] for row in latest)
    return [
        {
            "area": area, "said_area": said("area", area), "grade": grade, "said": said("grade", grade),
            "councils": counted[area, grade], "of": wholes[area], "share": share(counted[area, grade], wholes[area]),
        }
        for area in AREAS for grade in plot.GRADES if counted[area, grade]
    ]  # fmt: skip


def _tell(rows: Sequence[Row]) -> str:
    """The areas with most and fewest good grades."""
    good = plot.totals([row for row in rows if row["grade"] in ("outstanding", "good")], "area", "councils")
    wholes = {row["area"]: row["of"] for row in rows}
    ranked = sorted(wholes, key=lambda area: (-good[area] / wholes[area], AREAS.index(area)))
    told = [f"{said('area', area)} ({share(good[area], wholes[area])} of {wholes[area]})" for area in ranked]
    if len(told) == 1:
        return f"Good or outstanding at the latest grade known: {told[0]}."
    return f"Most often good or outstanding: {told[0]}; least often: {told[-1]}."


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A bar an area, all of one length; a part wide enough is lettered with its initial and share."""
    width = plot.WIDTH - NAMES
    piled = plot.stacked([{**row, "part": 100 * row["councils"] / row["of"]} for row in rows], "area", "part")
    lettered = [
        {**row, "letters": f"{plot.INITIALS[row['grade']]} {row['share']}"}
        for row in piled
        if row["part"] * width / 100 >= LETTERS
    ]
    names = {row["area"]: f"{row['said_area']} ({row['of']})" for row in rows}
    y = alt.Y("area:N", sort=list(names), title=None, axis=plot.named(names, NAMES))
    x = alt.X("start:Q", title="share of councils, % (how many of them)", scale=alt.Scale(domain=[0, 100]))
    bars = plot.of(piled).mark_bar().encode(x=x, x2="end", y=y, color=plot.by_grade(rows, palette, columns=3))
    letters = plot.of(lettered).mark_text()
    letters = letters.encode(x="middle:Q", y=y, text="letters:N", color=plot.on_grade(rows, palette))
    both = alt.layer(plot.marks(bars, rows), letters).resolve_scale(color="independent")
    return both.properties(width=width, height=alt.Step(34))


CHARTS = (
    Chart(
        "areas",
        "Latest grades of today's councils, by area",
        {"said_area": "Area", "said": "Grade", "councils": "Councils", "of": "Of councils graded", "share": "Share"},
        _rows,
        _tell,
        _plot,
        "No grade of a full inspection of any of today's councils.",
        "The latest full inspection that the articles tell of; areas came and went with the frameworks.",
    ),
)
