"""Charts of grades: by year, and by area."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
from sqlite_utils import Database

from pipeline.charts.chart import Chart, Row, asked
from pipeline.charts.words import count, listed, said, share

GRADES = ("outstanding", "good", "requires_improvement", "adequate", "inadequate")  # best first
INITIALS = dict(zip(GRADES, "OGRAI", strict=True))
AREAS = ("overall", "help_and_protection", "children_in_care", "care_leavers", "adoption", "leadership")
WIDTH = 620  # units, here and in all charts; a page shows them as pixels, or smaller
TALL = 260
NAMES = 160  # units for the names of areas
LETTER = 12  # units that a line of writing needs


def by_colour(palette: Mapping[str, str], grades: Sequence[str]) -> Any:
    """The colours of grades, with a legend of their initials and names, best first."""
    shown = [grade for grade in GRADES if grade in grades]
    names = {grade: f"{INITIALS[grade]}  {said('grade', grade)}" for grade in shown}
    return alt.Color(
        "grade:N",
        sort=None,
        scale=alt.Scale(domain=shown, range=[palette[grade] for grade in shown]),
        legend=alt.Legend(labelExpr=f"{names}[datum.label]"),
    )


def on_colour(palette: Mapping[str, str], grades: Sequence[str]) -> Any:
    """The colours of writing on grades."""
    shown = [grade for grade in GRADES if grade in grades]
    return alt.Color(
        "grade:N", scale=alt.Scale(domain=shown, range=[palette[f"on_{grade}"] for grade in shown]), legend=None
    )


def marks(chart: Any, rows: Sequence[Row]) -> Any:
    """Marks that say their words, and lead somewhere if their rows do."""
    linked = {"href": "href:N"} if any("href" in row for row in rows) else {}
    return chart.encode(description="words:N", **linked)


def years(first: str, last: str) -> list[str]:
    """All years from one to another, those without a row, too."""
    return [str(year) for year in range(int(first), int(last) + 1)]


def _stacked(rows: Sequence[Row], by: str, what: str) -> list[Row]:
    """Rows with the place of each in the pile of its year or area, worst grade at the bottom, or first."""
    reached: Counter[str] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: -GRADES.index(row["grade"])):
        start = reached[row[by]]
        reached[row[by]] += row[what]
        found.append({**row, "start": start, "end": reached[row[by]], "middle": (start + reached[row[by]]) / 2})
    return found


def _by_year(db: Database) -> list[Row]:
    rows = asked(db, "grades_by_year")
    totals = _totals(rows, "year", "inspections")
    return [{**row, "said": said("grade", row["grade"]), "of": totals[row["year"]]} for row in rows]


def _totals(rows: Sequence[Row], by: str, what: str) -> Counter[str]:
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row[by]] += row[what]
    return totals


def _tell_years(rows: Sequence[Row]) -> str:
    """What the newer half of the inspections shows against the older, in sentences."""
    totals = _totals(rows, "year", "inspections")
    whole, seen = sum(totals.values()), 0
    first, last = min(totals), max(totals)
    begin = f"{count(whole, 'full inspection')} with an overall grade from {first} to {last}"
    if first == last:
        return f"{count(whole, 'full inspection')} with an overall grade, all of {first}: {_spelt(rows)}."
    for year in sorted(totals):
        seen += totals[year]
        if seen * 2 >= whole:
            break
    until = min(year, str(int(last) - 1))
    halves = [[row for row in rows if (row["year"] <= until) is early] for early in (True, False)]
    told = [f"{_good(half)} were good or outstanding and {_bad(half)} inadequate" for half in halves]
    return f"{begin}. Until {until} {told[0]}; since then {told[1]}."


def _spelt(rows: Sequence[Row]) -> str:
    totals = _totals(rows, "grade", "inspections")
    return listed([f"{totals[grade]} {said('grade', grade)}" for grade in GRADES if totals[grade]])


def _good(rows: Sequence[Row]) -> str:
    return _share(rows, ("outstanding", "good"))


def _bad(rows: Sequence[Row]) -> str:
    return _share(rows, ("inadequate",))


def _share(rows: Sequence[Row], grades: Sequence[str]) -> str:
    whole = sum(row["inspections"] for row in rows)
    return share(sum(row["inspections"] for row in rows if row["grade"] in grades), whole)


def _plot_years(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """Piles of inspections; a part tall enough is lettered with its grade's initial and its number."""
    piled = _stacked(rows, "year", "inspections")
    highest = max(row["end"] for row in piled)
    lettered = [
        {**row, "letters": f"{INITIALS[row['grade']]} {row['inspections']}"}
        for row in piled if row["inspections"] * TALL / highest >= LETTER
    ]  # fmt: skip
    shown = {row["grade"] for row in rows}
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=years(min(r["year"] for r in rows), max(r["year"] for r in rows))),
              axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelFontSize=11))  # fmt: skip
    y = alt.Y("start:Q", title="full inspections", axis=alt.Axis(tickMinStep=1, format="d"))
    bars = alt.Chart(alt.Data(values=piled)).mark_bar().encode(x=x, y=y, y2="end", color=by_colour(palette, shown))
    letters = alt.Chart(alt.Data(values=lettered)).mark_text(fontSize=10).encode(
        x=x, y=alt.Y("middle:Q"), text="letters:N", color=on_colour(palette, shown)
    )  # fmt: skip
    return alt.layer(marks(bars, rows), letters).resolve_scale(color="independent").properties(width=WIDTH, height=TALL)


def _by_area(db: Database) -> list[Row]:
    """How many of today's councils hold which grade in each area."""
    from pipeline.charts.england import hexagons  # noqa: PLC0415 - which imports this module

    counted = Counter(
        (row["area"], row["grade"]) for row in asked(db, "latest_grades")
        if row["area"] in AREAS and row["council_id"] in hexagons()
    )  # fmt: skip
    wholes = {area: sum(n for (of, _), n in counted.items() if of == area) for area in AREAS}
    return [
        {
            "area": area, "said_area": said("area", area), "grade": grade, "said": said("grade", grade),
            "councils": counted[area, grade], "of": wholes[area], "share": share(counted[area, grade], wholes[area]),
        }
        for area in AREAS for grade in GRADES if counted[area, grade]
    ]  # fmt: skip


def _tell_areas(rows: Sequence[Row]) -> str:
    """The areas with most and fewest good grades."""
    good = _totals([row for row in rows if row["grade"] in ("outstanding", "good")], "area", "councils")
    wholes = {row["area"]: row["of"] for row in rows}
    ranked = sorted(wholes, key=lambda area: (-good[area] / wholes[area], AREAS.index(area)))
    told = [f"{said('area', area)} ({share(good[area], wholes[area])} of {wholes[area]})" for area in ranked]
    if len(told) == 1:
        return f"Good or outstanding at the latest grade known: {told[0]}."
    return f"Councils are most often good or outstanding in {told[0]}, least often in {told[-1]}."


def _plot_areas(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """A bar an area, all of one length; a part wide enough is lettered with its initial and share."""
    parts = [{**row, "part": 100 * row["councils"] / row["of"]} for row in rows]
    piled = _stacked([{**row, "councils": row["part"]} for row in parts], "area", "councils")
    lettered = [
        {**row, "letters": f"{INITIALS[row['grade']]} {row['share']}"}
        for row in piled
        if row["part"] * WIDTH / 100 >= 40
    ]
    shown = {row["grade"] for row in rows}
    wholes = {row["area"]: row["of"] for row in rows}
    names = {area: f"{said('area', area)} ({of})" for area, of in wholes.items()}
    y = alt.Y(
        "area:N",
        sort=list(wholes),
        title=None,
        axis=alt.Axis(labelExpr=f"{names}[datum.label]", ticks=False, domain=False, minExtent=NAMES, maxExtent=NAMES),
    )
    x = alt.X("start:Q", title="share of councils, % (how many of them)", scale=alt.Scale(domain=[0, 100]))
    bars = alt.Chart(alt.Data(values=piled)).mark_bar().encode(x=x, x2="end", y=y, color=by_colour(palette, shown))
    letters = alt.Chart(alt.Data(values=lettered)).mark_text().encode(
        x=alt.X("middle:Q"), y=y, text="letters:N", color=on_colour(palette, shown)
    )  # fmt: skip
    return (
        alt.layer(marks(bars, rows), letters)
        .resolve_scale(color="independent")
        .properties(width=WIDTH - NAMES, height=alt.Step(34))
    )


CHARTS = (
    Chart(
        "grades",
        "Overall grades of full inspections, year by year",
        {"year": "Year", "said": "Overall grade", "inspections": "Inspections", "of": "Of that year"},
        _by_year,
        _tell_years,
        _plot_years,
        "An inspection counts once, however many articles tell of it. Letters are the initials of grades.",
    ),
    Chart(
        "areas",
        "Latest grades of today's councils, by area",
        {"said_area": "Area", "said": "Grade", "councils": "Councils", "of": "Of councils graded", "share": "Share"},
        _by_area,
        _tell_areas,
        _plot_areas,
        "The latest full inspection that the articles tell of; areas came and went with the frameworks.",
    ),
)
