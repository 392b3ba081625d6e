"""The chart of coverage: what each publisher has in the database, by year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.grades import WIDTH, marks, years
from pipeline.charts.words import count, listed, said

UNDATED = "no date"


def _rows(db: Database) -> list[Row]:
    return [{**row, "said": said("publisher", row["publisher"])} for row in asked(db, "coverage")]


def _tell(rows: Sequence[Row]) -> str:
    """How many articles each publisher has, how many give records, and the years without any."""
    articles: Counter[str] = Counter()
    for row in rows:
        articles[row["said"]] += row["articles"]
    dated = sorted({row["year"] for row in rows} - {UNDATED})
    empty = [year for year in years(dated[0], dated[-1]) if year not in dated] if dated else []
    told = listed([f"{number:,} of {publisher}" for publisher, number in articles.most_common()])
    span = f" from {dated[0]} to {dated[-1]}" if dated else ", none with a date"
    return (
        f"{count(sum(articles.values()), 'article')}{span}: {told}; {sum(row['with_records'] for row in rows):,} give records."
        + (f" No article of {listed(empty)}." if empty else "")
    )


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A row of bars a publisher: all articles pale, those with records in front of them."""
    dated = sorted({row["year"] for row in rows} - {UNDATED})
    shown = (years(dated[0], dated[-1]) if dated else []) + [UNDATED] * any(row["year"] == UNDATED for row in rows)
    x = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=shown),
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelFontSize=11),
    )
    y = alt.Y("articles:Q", title="articles", axis=alt.Axis(tickMinStep=1, format="d", tickCount=4))
    what = alt.Color("what:N", scale=alt.Scale(
        domain=["all articles", "those that give records"], range=[palette["pale"], palette["accent"]],
    ))  # fmt: skip
    base = alt.Chart(alt.Data(values=list(rows))).encode(x=x)
    bars = base.transform_calculate(what="'all articles'").mark_bar().encode(y=y, color=what)
    front = base.transform_calculate(what="'those that give records'").mark_bar(width=alt.RelativeBandSize(0.5)).encode(
        y="with_records:Q", color=what
    )  # fmt: skip
    numbers = base.mark_text(dy=-6, fontSize=10, color=palette["faint"]).encode(y="articles:Q", text="articles:Q")
    facet = alt.Row(
        "said:N",
        title=None,
        header=alt.Header(labelOrient="top", labelAnchor="start", labelColor=palette["ink"], labelFontSize=13),
    )
    return alt.layer(marks(bars, rows), front, numbers).properties(width=WIDTH, height=130).facet(row=facet, spacing=14)


CHARTS = (
    Chart(
        "coverage",
        "Articles by publisher and year",
        {"said": "Publisher", "year": "Year of publication", "articles": "Articles", "with_records": "With records"},
        _rows,
        _tell,
        _plot,
        "Copies of one article count once.",
    ),
)
