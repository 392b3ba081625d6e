"""The chart of movers: councils whose overall grade went up or down, the latest first."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts import plot
from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.words import count, day, listed, month, said

SHOWN = 20  # moves; what can be read at a glance
NAMES = 220  # units for months and councils
HEIGHTS = {1: "inadequate", 2: "requires improvement", 3: "good", 4: "outstanding"}
WAYS = ("up", "down")


def _rows(db: Database) -> list[Row]:
    """The latest moves, with how many there are of each way."""
    found = asked(db, "movers")
    sums = {way: sum(row["direction"] == way for row in found) for way in WAYS}
    return [
        {
            **row, **sums, "said_from": said("grade", row["from_grade"]), "said_to": said("grade", row["to_grade"]),
            "when_from": day(row["from_date"]), "when": day(row["to_date"]), "place": place,
        }
        for place, row in enumerate(found[:SHOWN])
    ]  # fmt: skip


def _tell(rows: Sequence[Row]) -> str:
    """How many moves went which way, the latest, and the longest of those shown."""
    latest = rows[0]
    far = [row for row in rows if abs(row["from_height"] - row["to_height"]) >= 2]
    leaps = listed([f"{row['council']} {row['direction']} to {row['said_to']}" for row in far])
    return (
        f"Overall grades went up {count(latest['up'], 'time')} and down {count(latest['down'], 'time')}. "
        f"The latest: {latest['council']}, from {latest['said_from']} to {latest['said_to']} ({latest['when']})."
        + (f" Of those shown, by two grades or more: {leaps}." if far else "")
    )


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """An arrow a move, on the four places of the scale; it points where it goes, up in one colour, down in another."""
    names = {str(row["place"]): f"{month(row['to_date'])}  {row['council']}" for row in rows}
    heights = {str(height): words for height, words in HEIGHTS.items()}
    axis = alt.Axis(
        orient="top",
        values=list(HEIGHTS),
        format="d",
        labelExpr=plot.spelt(heights),
        ticks=False,
        domain=False,
        labelOverlap=False,
    )
    x = alt.X("from_height:Q", title=None, axis=axis, scale=alt.Scale(domain=[0.6, 4.4], nice=False, zero=False))
    colour = alt.Color("direction:N", scale=alt.Scale(domain=WAYS, range=[palette[way] for way in WAYS]), legend=None)
    points = alt.Scale(domain=WAYS, range=["triangle-right", "triangle-left"])
    base = plot.of(rows).encode(y=alt.Y("place:O", title=None, axis=plot.named(names, NAMES)), color=colour)
    lines = base.mark_rule(strokeWidth=3).encode(x=x, x2="to_height")
    starts = base.mark_point(filled=True, size=50, opacity=1).encode(x="from_height:Q")
    heads = base.mark_point(filled=True, size=190, opacity=1)
    heads = heads.encode(x="to_height:Q", shape=alt.Shape("direction:N", scale=points, legend=None))
    return alt.layer(lines, starts, plot.marks(heads, rows)).properties(width=plot.WIDTH - NAMES, height=alt.Step(23))


CHARTS = (
    Chart(
        "movers",
        "The latest changes of overall grade",
        {"council": "Council", "said_from": "From", "when_from": "Inspection before", "said_to": "To", "when": "Inspection",
         "direction": "Direction"},
        _rows,
        _tell,
        _plot,
        "No council whose grade changed from one dated full inspection to the next.",
        "Each full inspection against the council's one before, of those that the articles tell of.",
    ),
)  # fmt: skip
