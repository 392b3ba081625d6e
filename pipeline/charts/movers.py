"""The chart of movers: councils whose overall grade went up or down, the latest first."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.grades import WIDTH, marks
from pipeline.charts.words import count, day, listed, month, said

SHOWN = 20  # moves; the table of all is asked for by `movers.sql`
NAMES = 230  # units for councils and dates
HEIGHTS = {1: "inadequate", 2: "requires improvement", 3: "good", 4: "outstanding"}


def _rows(db: Database) -> list[Row]:
    """The latest moves, with how many there are of their direction."""
    found = asked(db, "movers")
    totals = {way: sum(row["direction"] == way for row in found) for way in ("up", "down")}
    return [
        {
            **row, "said_from": said("grade", row["from_grade"]), "said_to": said("grade", row["to_grade"]),
            "when_from": day(row["from_date"]), "when": day(row["to_date"]), "place": place, "totals": totals,
        }
        for place, row in enumerate(found[:SHOWN])
    ]  # fmt: skip


def _tell(rows: Sequence[Row]) -> str:
    """How many moves went which way, and the longest of those shown."""
    totals = rows[0]["totals"]
    latest = rows[0]
    far = [row for row in rows if abs(row["from_height"] - row["to_height"]) >= 2]
    leaps = listed([f"{row['council']} {row['direction']} to {row['said_to']}" for row in far])
    return (
        f"Overall grades went up {count(totals['up'], 'time')} and down {count(totals['down'], 'time')}. "
        f"The latest: {latest['council']}, from {latest['said_from']} to {latest['said_to']} ({latest['when']})."
        + (f" By two grades or more: {leaps}." if far else "")
    )


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """An arrow a move, on the four places of the scale; it points where it goes, up in one colour, down in another."""
    moves = [
        {
            **{key: value for key, value in row.items() if key != "totals"},
            "label": f"{month(row['to_date'])}  {row['council']}",
        }
        for row in rows
    ]
    names = {str(row["place"]): row["label"] for row in moves}
    heights = {str(height): words for height, words in HEIGHTS.items()}
    scale = alt.Scale(domain=[0.6, 4.4], nice=False, zero=False)
    axis = alt.Axis(
        orient="top",
        values=list(HEIGHTS),
        labelExpr=f"{heights}[datum.value]",
        ticks=False,
        domain=False,
        labelOverlap=False,
    )
    y = alt.Y("place:O", title=None, axis=alt.Axis(
        labelExpr=f"{names}[datum.label]", ticks=False, domain=False, labelLimit=NAMES, minExtent=NAMES, maxExtent=NAMES,
    ))  # fmt: skip
    ways = ["up", "down"]
    colour = alt.Color("direction:N", scale=alt.Scale(domain=ways, range=[palette[way] for way in ways]), legend=None)
    base = alt.Chart(alt.Data(values=moves)).encode(y=y, color=colour)
    lines = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("from_height:Q", title=None, scale=scale, axis=axis), x2="to_height"
    )
    starts = base.mark_point(filled=True, size=50, opacity=1).encode(x="from_height:Q")
    heads = base.mark_point(filled=True, size=190, opacity=1).encode(
        x="to_height:Q",
        shape=alt.Shape(
            "direction:N", scale=alt.Scale(domain=ways, range=["triangle-right", "triangle-left"]), legend=None
        ),
    )
    return alt.layer(lines, starts, marks(heads, rows)).properties(width=WIDTH - NAMES, height=alt.Step(23))


CHARTS = (
    Chart(
        "movers",
        f"The latest changes of overall grade (at most {SHOWN})",
        {"council": "Council", "said_from": "From", "when_from": "Inspection before", "said_to": "To", "when": "Inspection",
         "direction": "Direction"},
        _rows,
        _tell,
        _plot,
        "Each full inspection against the council's one before, of those that the articles tell of.",
    ),
)  # fmt: skip
