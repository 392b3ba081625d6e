"""Charts of what inspectors criticise: the commonest themes, by overall grade and by year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.grades import GRADES, WIDTH, marks
from pipeline.charts.words import said, share

SHOWN = 12  # themes; what can be compared at a glance
NAMES = 200  # units for the names of themes
FAINTEST, STRONGEST = 0.06, 0.62  # of the accent, behind numbers that must stay legible


def _rows(by: str, db: Database) -> list[Row]:
    """The commonest themes, most criticised first, each by grade, best first, or by year; what never was has 0."""
    found = asked(db, f"themes_by_{by}")
    sizes = {row[by]: row["events"] for row in found}
    totals: Counter[str] = Counter()
    for row in found:
        totals[row["theme"]] += row["criticised"]
    themes = sorted(totals, key=lambda theme: (-totals[theme], theme))[:SHOWN]
    known = {(row["theme"], row[by]): row["criticised"] for row in found}
    columns = [grade for grade in GRADES if grade in sizes] if by == "grade" else sorted(sizes)
    return [
        {
            "theme": theme, "said_theme": said("theme", theme), by: column, "said": said(by, column),
            "criticised": known.get((theme, column), 0), "of": sizes[column],
            "share": share(known.get((theme, column), 0), sizes[column]), "total": totals[theme],
        }
        for theme in themes for column in columns
    ]  # fmt: skip


def _tell(by: str, rows: Sequence[Row]) -> str:
    """The commonest theme of all, and the commonest of each grade or of the latest year."""
    whole = f"Criticised most: {rows[0]['said_theme']}, in {rows[0]['total']} inspections and visits."
    columns = list(dict.fromkeys(row[by] for row in rows))
    told = columns if by == "grade" else columns[-1:]
    tops = [max((row for row in rows if row[by] == column), key=lambda row: row["criticised"]) for column in told]
    spelt = "; ".join(f"{top['said']}: {top['said_theme']} ({top['criticised']} of {top['of']})" for top in tops)
    return f"{whole} {'By grade' if by == 'grade' else 'Latest year'}: {spelt}."


def _plot(by: str, rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A table of shares, the deeper the colour the larger; the number of inspections stands over each column."""
    sizes = {row[by]: row["of"] for row in rows}
    heads = {column: [said(by, column), f"of {of}" if by == "grade" else str(of)] for column, of in sizes.items()}
    cells = [{**row, "part": row["criticised"] / row["of"], "number": row["share"].rstrip("%")} for row in rows]
    names = {row["theme"]: row["said_theme"] for row in rows}
    base = alt.Chart(alt.Data(values=cells)).encode(
        x=alt.X(f"{by}:N", sort=list(sizes), title=None, axis=alt.Axis(
            orient="top", labelAngle=0, labelExpr=f"{heads}[datum.label]", ticks=False, domain=False,
            labelFontSize=12 if by == "grade" else 10, labelLimit=0, labelOverlap=False, labelPadding=18,
        )),
        y=alt.Y("theme:N", sort=list(names), title=None, axis=alt.Axis(
            labelExpr=f"{names}[datum.label]", ticks=False, domain=False, labelLimit=NAMES, minExtent=NAMES, maxExtent=NAMES,
        )),
    )  # fmt: skip
    tiles = base.mark_rect(color=palette["accent"], stroke=palette["ground"], strokeWidth=1).encode(
        opacity=alt.Opacity("part:Q", scale=alt.Scale(range=[FAINTEST, STRONGEST], domainMin=0), legend=None)
    )  # fmt: skip
    numbers = base.mark_text(color=palette["ink"], fontSize=12 if by == "grade" else 11).encode(text="number:N")
    return alt.layer(marks(tiles, rows), numbers).properties(
        width=max(WIDTH - NAMES, 28 * len(sizes)), height=alt.Step(25)
    )


def _chart(by: str) -> Chart:
    return Chart(
        f"themes_by_{by}",
        f"Themes criticised most, by {'overall grade' if by == 'grade' else 'year'}",
        {"said_theme": "Theme", "said": "Overall grade" if by == "grade" else "Year", "criticised": "Criticised in",
         "of": "Of inspections and visits", "share": "Share"},
        partial(_rows, by),
        partial(_tell, by),
        partial(_plot, by),
        "Numbers are percent of the inspections and visits of which articles tell findings; how many these are stands on top.",
    )  # fmt: skip


CHARTS = tuple(_chart(by) for by in ("grade", "year"))
