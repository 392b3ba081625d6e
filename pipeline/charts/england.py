"""The map of England: a hexagon for each of today's councils, with its latest known grade."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

import altair as alt
from sqlite_utils import Database

from extractors.authorities import register
from pipeline.charts import plot
from pipeline.charts.chart import HERE, Chart, Row, asked
from pipeline.charts.words import count, day, listed, said

AREAS = ("overall", "help_and_protection", "children_in_care", "care_leavers", "adoption", "leadership")
ACROSS = 36  # units from one hexagon to the next
RISE = ACROSS * 3**0.5 / 2
SIZE = (2 * ACROSS / 3**0.5) ** 2  # of a symbol, in which half of its root is drawn as 1
HEXAGON = "M0,-1L0.866,-0.5L0.866,0.5L0,1L-0.866,0.5L-0.866,-0.5Z"
LONGEST = 5  # letters of a name in its hexagon


class MapError(Exception):
    """`map.csv` is wrong: says where, and what was expected."""


@cache
def hexagons() -> Mapping[str, tuple[int, int]]:
    """Column and row of each of today's councils with children's services; odd rows stand half a hexagon to the right."""
    with (HERE / "map.csv").open(encoding="utf-8", newline="") as file:
        found = {row["council_id"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}
    wanted = {id for id, row in register().items() if row.childrens_services and not row.end}
    if wanted != found.keys() or len(set(found.values())) != len(found):
        wrong = ", ".join(sorted(wanted ^ found.keys())) or "two in one place"
        raise MapError(f"map.csv: expected each of today's councils once, in a place of its own; wrong: {wrong}")
    return found


def short(name: str) -> str:
    """A name as short as a hexagon needs it: its beginning, or an initial and the beginning of the next word of weight.

    >>> short("Leeds"), short("Northumberland"), short("North Tyneside"), short("Kingston upon Hull")
    ('Leeds', 'North', 'N Tyn', 'K Hul')
    """
    words = [word for word in name.replace("-", " ").split() if word[0].isupper()]
    return name[:LONGEST] if len(words) == 1 else f"{words[0][0]} {words[1][: LONGEST - 2]}"


def _rows(area: str, db: Database) -> list[Row]:
    """A row a council, those without a grade, too; none where no council has one."""
    latest = {row["council_id"]: row for row in asked(db, "latest_grades") if row["area"] == area}
    if not latest.keys() & hexagons().keys():
        return []
    return [_row(id, latest.get(id)) for id in sorted(hexagons(), key=lambda id: register()[id].council.name)]


def _row(id: str, latest: Row | None) -> Row:
    """A council with its hexagon."""
    column, row = hexagons()[id]
    council = register()[id].council
    grade = latest["grade"] if latest else plot.NONE
    return {
        "council_id": id, "council": council.name, "region": council.region, "grade": grade, "said": said("grade", grade),
        "date": latest["date"] if latest else None, "when": day(latest["date"]) if latest else None,
        "x": (column + row % 2 / 2) * ACROSS, "y": row * RISE, "short": short(council.name),
        "initial": plot.INITIALS.get(grade, "–"),
    }  # fmt: skip


def _tell(area: str, rows: Sequence[Row]) -> str:
    """How many councils hold which grade, and where most of the worst are."""
    grades = Counter(row["grade"] for row in rows)
    told = listed([f"{grades[grade]} {said('grade', grade)}" for grade in plot.GRADES if grades[grade]])
    what = "overall" if area == "overall" else f"for {said('area', area)}"
    known = count(len(rows) - grades[plot.NONE], "council")
    worst = Counter(row["region"] for row in rows if row["grade"] == "inadequate").most_common(2)
    most = (
        f" No region has more inadequate ones than {in_region(worst[0][0])} ({worst[0][1]})." if len(worst) == 2 else ""
    )
    return (
        f"Latest grades {what} of {known}: {told}; of {grades[plot.NONE]} none is known."
        f"{most if most and worst[0][1] > worst[1][1] else ''}"
    )


def in_region(region: str) -> str:
    """A region as a sentence has it.

    >>> in_region("North West"), in_region("London")
    ('the North West', 'London')
    """
    return region if region in ("London", "Yorkshire and the Humber") else f"the {region}"


def _plot(rows: Sequence[Row], palette: Mapping[str, str]) -> Any:
    """Hexagons with the grade's initial and the beginning of the council's name."""
    width, height = (max(row[axis] for row in rows) for axis in "xy")
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-ACROSS / 2, width + ACROSS / 2], nice=False, zero=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[height + RISE * 2 / 3, -RISE * 2 / 3], nice=False, zero=False))
    base = plot.of(rows).encode(x=x, y=y)
    edge = {"stroke": palette["edge"], "strokeWidth": 1}
    tiles = base.mark_point(shape=HEXAGON, size=SIZE, filled=True, opacity=1, **edge)
    tiles = tiles.encode(color=plot.by_grade(rows, palette))
    ink = plot.on_grade(rows, palette)
    letters = base.mark_text(fontSize=12, fontWeight="bold", dy=-5).encode(text="initial:N", color=ink)
    places = base.mark_text(fontSize=8.5, dy=7).encode(text="short:N", color=ink)
    all_ = alt.layer(plot.marks(tiles, rows), letters, places).resolve_scale(color="independent")
    return all_.properties(width=width + ACROSS, height=height + RISE * 4 / 3)


def _chart(area: str) -> Chart:
    what = "overall grade" if area == "overall" else f"grade for {said('area', area)}"
    return Chart(
        f"map_{area}",
        f"Latest {what} of each council",
        {"council": "Council", "region": "Region", "said": "Grade", "when": "Inspection"},
        partial(_rows, area),
        partial(_tell, area),
        _plot,
        f"No {what} of any of today's councils.",
        "A hexagon a council, near its neighbours; the letter is the grade's initial, under it the beginning of the name. "
        "Abolished councils have none, and their grades do not pass to those that followed.",
    )


CHARTS = tuple(_chart(area) for area in AREAS)
