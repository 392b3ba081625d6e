"""Charts of what inspectors criticise: the commonest themes, by overall grade and by year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts import plot
from pipeline.charts.chart import Chart, Row, saved
from pipeline.charts.words import said, share

SHOWN = 12  # themes; what can be compared at a glance
NAMES = 200  # units for the names of themes
COLUMN = 28  # units that two figures need
FAINTEST, STRONGEST = 0.06, 0.55  # of the accent, behind numbers that must stay legible


def _rows(by: str, db: Database) -> list[Row]:
    """The commonest themes, most criticised first, each by grade, best first, or by year; what never was has 0."""
    found = [row for row in saved(db, "themes", by=by) if row["part"] is not None and row["criticised"]]
    sizes = {row["part"]: row["events"] for row in found}
    sums = plot.totals(found, "theme", "criticised")
    known = Counter({(row["theme"], row["part"]): row["criticised"] for row in found})
    columns = [grade for grade in plot.GRADES if grade in sizes] if by == "grade" else sorted(sizes)
    return [
        {
            "theme": theme, "said_theme": said("theme", theme), by: str(column), "said": said(by, str(column)),
            "criticised": known[theme, column], "of": sizes[column], "share": share(known[theme, column], sizes[column]),
            "total": sums[theme],
        }
        for theme in sorted(sums, key=lambda theme: (-sums[theme], theme))[:SHOWN] for column in columns
    ]  # fmt: skip


def _tell(by: str, rows: Sequence[Row]) -> str:
    """The commonest theme of all, and the commonest of each grade or of the latest year."""
    whole = f"Criticised most: {rows[0]['said_theme']}, in {count_of(rows[0]['total'])}."
    columns = list(dict.fromkeys(row[by] for row in rows))
    told = columns if by == "grade" else columns[-1:]
    tops = [max((row for row in rows if row[by] == column), key=lambda row: row["criticised"]) for column in told]
    spelt = "; ".join(f"{top['said']}: {top['said_theme']} ({top['criticised']} of {top['of']})" for top in tops)
    return f"{whole} {'By grade' if by == 'grade' else 'In the latest year'}: {spelt}."


def count_of(number: int) -> str:
    """A number of events in words.

    >>> count_of(1), count_of(2)
    ('1 inspection or visit', '2 inspections and visits')
    """
    return "1 inspection or visit" if number == 1 else f"{number:,} inspections and visits"


def _plot(by: str, rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A table of shares, the deeper the colour the larger; the number of inspections stands over each column."""
    sizes = {row[by]: row["of"] for row in rows}
    heads = {column: [said(by, column), f"of {of}" if by == "grade" else str(of)] for column, of in sizes.items()}
    names = {row["theme"]: row["said_theme"] for row in rows}
    cells = [{**row, "part": row["criticised"] / row["of"], "number": row["share"].rstrip("%")} for row in rows]
    small = 12 if by == "grade" else 10
    axis = alt.Axis(
        orient="top",
        labelAngle=0,
        labelExpr=plot.spelt(heads),
        ticks=False,
        domain=False,
        labelFontSize=small,
        labelLimit=0,
        labelOverlap=False,
        labelPadding=18,
    )  # fmt: skip - the padding is the second line of the heads
    base = plot.of(cells).encode(
        x=alt.X(f"{by}:N", sort=list(sizes), title=None, axis=axis),
        y=alt.Y("theme:N", sort=list(names), title=None, axis=plot.named(names, NAMES)),
    )
    depth = alt.Opacity("part:Q", scale=alt.Scale(range=[FAINTEST, STRONGEST], domainMin=0), legend=None)
    tiles = base.mark_rect(color=palette["accent"], stroke=palette["ground"], strokeWidth=1).encode(opacity=depth)
    numbers = base.mark_text(color=palette["ink"]).encode(text="number:N")
    width = max(plot.WIDTH - NAMES, COLUMN * len(sizes))
    return alt.layer(plot.marks(tiles, rows), numbers).properties(width=width, height=alt.Step(25))


def _chart(by: str) -> Chart:
    return Chart(
        f"themes_by_{by}",
        f"Themes criticised most, by {'overall grade' if by == 'grade' else 'year'}",
        {"said_theme": "Theme", "said": "Overall grade" if by == "grade" else "Year", "criticised": "Criticised in",
         "of": "Of inspections and visits", "share": "Share"},
        partial(_rows, by),
        partial(_tell, by),
        partial(_plot, by),
        f"No criticism in an inspection with {'an overall grade' if by == 'grade' else 'a year'}.",
        "Numbers are percent of the inspections and visits of which articles tell findings; how many these are stands on top.",
    )  # fmt: skip


CHARTS = tuple(_chart(by) for by in ("grade", "year"))
