"""The chart of coverage: what each publisher has in the database, by year."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts import plot
from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.words import count, listed, said

KINDS = {"all articles": "pale", "those that give records": "accent"}


def _rows(db: Database) -> list[Row]:
    return [{**row, "said": said("publisher", row["publisher"])} for row in asked(db, "coverage")]


def _dated(rows: Sequence[Row]) -> list[str]:
    """The years with articles."""
    return sorted({row["year"] for row in rows} - {plot.UNDATED})


def _tell(rows: Sequence[Row]) -> str:
    """How many articles each publisher has, how many give records, and the years without any."""
    sums = plot.totals(rows, "said", "articles")
    dated = _dated(rows)
    empty = [year for year in plot.years(dated[0], dated[-1]) if year not in dated] if dated else []
    told = listed([f"{number:,} of {publisher}" for publisher, number in sums.most_common()])
    span = f" {span_of(dated)}" if dated else ", none with a date"
    records = sum(row["with_records"] for row in rows)
    gaps = f" None is of {listed(empty)}." if empty else ""
    return f"{count(sums.total(), 'article')}{span}: {told}; records were read from {records:,}.{gaps}"


def span_of(dated: Sequence[str]) -> str:
    """First and last year.

    >>> span_of(["2019"]), span_of(["2009", "2011"])
    ('of 2019', 'from 2009 to 2011')
    """
    return f"of {dated[0]}" if dated[0] == dated[-1] else f"from {dated[0]} to {dated[-1]}"


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A row of bars a publisher: all articles pale, those with records in front of them."""
    dated = _dated(rows)
    shown = (plot.years(dated[0], dated[-1]) if dated else []) + [plot.UNDATED] * any(
        row["year"] == plot.UNDATED for row in rows
    )
    y = alt.Y("articles:Q", title="articles", axis=plot.counting(max(row["articles"] for row in rows)))
    kind = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=[palette[name] for name in KINDS.values()]))
    base = plot.of(rows).encode(x=alt.X("year:O", title=None, scale=alt.Scale(domain=shown), axis=plot.year_axis()))
    whole, part = (base.transform_calculate(kind=f"'{name}'") for name in KINDS)
    bars = whole.mark_bar().encode(y=y, color=kind)
    front = part.mark_bar(width=alt.RelativeBandSize(0.5)).encode(y="with_records:Q", color=kind)
    numbers = base.mark_text(dy=-6, fontSize=10, color=palette["faint"]).encode(y="articles:Q", text="articles:Q")
    header = alt.Header(labelOrient="top", labelAnchor="start", labelColor=palette["ink"], labelFontSize=13)
    layers = alt.layer(plot.marks(bars, rows), front, numbers).properties(width=plot.wide(len(shown)), height=130)
    return layers.facet(row=alt.Row("said:N", title=None, header=header), spacing=14)


CHARTS = (
    Chart(
        "coverage",
        "Articles by publisher and year",
        {"said": "Publisher", "year": "Year of publication", "articles": "Articles", "with_records": "With records"},
        _rows,
        _tell,
        _plot,
        "No articles.",
        "Copies of one article count once.",
    ),
)
