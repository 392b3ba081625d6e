"""The chart of agreement: what the official record says of the events that the articles tell of."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.grades import WIDTH, marks
from pipeline.charts.words import count, said, share

VERDICTS = ("confirmed", "contradicted", "unlisted", "outside")
NAMES = 260  # units for the words of verdicts


def _rows(db: Database) -> list[Row]:
    """A row a verdict; none where nothing was checked."""
    found = {row["verified"]: row["events"] for row in asked(db, "agreement")}
    whole = sum(found.values())
    return [
        {"verified": verdict, "said": said("verified", verdict), "events": found.get(verdict, 0),
         "share": share(found.get(verdict, 0), whole)}
        for verdict in VERDICTS if found
    ]  # fmt: skip


def _tell(rows: Sequence[Row]) -> str:
    """How many of the events that could be compared agree."""
    events = {row["verified"]: row["events"] for row in rows}
    compared = events["confirmed"] + events["contradicted"]
    return (
        f"Of {count(compared, 'event')} found in the official record, {events['confirmed']} agree with it "
        f"({share(events['confirmed'], compared)}); {events['unlisted']} it should hold but does not, "
        f"and {events['outside']} are outside what it holds."
    )


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A bar a verdict, with its number."""
    names = {row["verified"]: row["said"] for row in rows}
    y = alt.Y("verified:N", sort=list(names), title=None, axis=alt.Axis(
        labelExpr=f"{names}[datum.label]", ticks=False, domain=False, labelLimit=NAMES, minExtent=NAMES, maxExtent=NAMES,
    ))  # fmt: skip
    base = alt.Chart(alt.Data(values=list(rows))).encode(
        y=y, x=alt.X("events:Q", title="events", axis=alt.Axis(tickMinStep=1, format="d"))
    )
    bars = base.mark_bar(color=palette["accent"])
    numbers = base.mark_text(align="left", dx=5, color=palette["ink"]).encode(text="events:Q")
    return alt.layer(marks(bars, rows), numbers).properties(width=WIDTH - NAMES - 40, height=alt.Step(30))


CHARTS = (
    Chart(
        "agreement",
        "Agreement with the official record",
        {"said": "The official record", "events": "Events", "share": "Share"},
        _rows,
        _tell,
        _plot,
        "What the official record says is kept beside what articles say, and never in its place.",
    ),
)
