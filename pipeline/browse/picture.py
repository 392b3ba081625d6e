"""Charts as pages: the picture, whose marks lead to what they count, its table, and the table as a csv file."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from pipeline.browse.sheet import sheet
from pipeline.browse.site import page, remember
from pipeline.charts import charts, drawn
from pipeline.charts.chart import Drawing
from pipeline.charts.colours import css

LASTING = 60  # seconds for which a picture may lag behind a run that is writing: drawing takes one or more
LEADS = {
    "grades": "/data/timeline?kind__in=inspection,reinspection&overall={grade}&date__startswith={year}",
    "areas": "/councils?area={area}&grade={grade}",
    "map": "/council/{council_id}",
    "movers": "/council/{council_id}#{event_id}",
    "themes_by_grade": "/findings?theme={theme}&grade={grade}&polarity=weakness",
    "themes_by_year": "/findings?theme={theme}&year={year}&polarity=weakness",
    "coverage": "/data/articles?publisher={publisher}&published__startswith={year}",
    "agreement": "/data/timeline?verified={verified}",
}
NOWHERE = {"year": "no date", "grade": "none"}  # values of a mark that leads to nothing


def lead(name: str, row: Mapping[str, Any]) -> str | None:
    """Where a mark of a chart leads: to the rows that it counts."""
    if any(row.get(key) == value for key, value in NOWHERE.items()):
        return None
    address = LEADS["map" if name.startswith("map_") else name]
    return address.format_map({key: quote(str(value), safe="") for key, value in row.items()})


def draw(db: Database, name: str) -> Drawing:
    """One chart, in the colours of the page, with the ways to its records."""
    return drawn(db, name, link=partial(lead, name))


async def picture(datasette: Datasette, name: str) -> Drawing:
    """One chart, as it was last drawn."""
    return await remember(datasette, f"chart {name}", partial(draw, name=name), LASTING)


async def prepared(datasette: Datasette) -> None:
    """Draw all charts once."""
    for name in charts():
        await picture(datasette, name)


async def chart(datasette: Datasette, request: Request) -> Response:
    """The page of one chart, or its table as a csv file."""
    name = request.url_vars["name"]
    if name not in charts():
        raise NotFound(f"No chart has this name; there are {', '.join(charts())}.")
    found = await picture(datasette, name)
    if request.url_vars["csv"]:
        return sheet(found.columns, found.rows, name)
    names = {each: known.title for each, known in charts().items()}
    return await page(datasette, request, "chart", {"chart": found, "names": names})


async def colours(request: Request) -> Response:
    """The colours of the charts, as a style sheet."""
    return Response(css(), content_type="text/css; charset=utf-8")
