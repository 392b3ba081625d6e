"""The first pages: what is in the database, and its councils."""

from datetime import datetime
from functools import partial
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.browse.picture import picture
from pipeline.browse.sheet import as_csv
from pipeline.browse.site import page, remember
from pipeline.charts.chart import asked

COUNTS = """
SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM duplicates) AS duplicates,
    (SELECT count(*) FROM rejects) AS rejects, (SELECT count(*) FROM inspections) AS inspections,
    (SELECT count(*) FROM timeline) AS events, (SELECT count(*) FROM councils) AS councils,
    (SELECT count(*) FROM findings) AS findings
"""
YEARS = """
SELECT coalesce(substr(published, 1, 4), '') AS year, publisher, count(*) AS articles,
    sum((SELECT count(*) FROM inspections i WHERE i.article_id = a.article_id)) AS records
FROM articles a GROUP BY year, publisher ORDER BY year DESC, publisher
"""
SHOWN = ("grades", "map_overall", "areas", "themes_by_grade", "coverage")  # charts of the first page
AREAS = ("overall", "help_and_protection", "children_in_care", "care_leavers", "adoption", "leadership")


async def home(datasette: Datasette, request: Request) -> Response:
    """What the database holds, and the ways into it."""
    found = await remember(datasette, "contents", contents)
    shown = [await picture(datasette, name) for name in SHOWN]
    return await page(datasette, request, "home", found | {"charts": [each for each in shown if each.svg]})


def contents(db: Database) -> dict[str, Any]:
    """Counts, articles by year and publisher, and the last run."""
    years: dict[str, dict[str, Any]] = {}
    for row in db.query(YEARS):
        year = years.setdefault(row["year"], {"records": 0, "publishers": {}})
        year["publishers"][row["publisher"]] = row["articles"]
        year["records"] += row["records"]
    publishers = sorted({name for year in years.values() for name in year["publishers"]})
    run = next(iter(list(db.query("SELECT * FROM runs ORDER BY run DESC LIMIT 1"))), None)
    return {
        "counts": next(iter(list(db.query(COUNTS)))),
        "names": [name for (name,) in db.execute("SELECT name FROM councils ORDER BY name")],
        "years": years,
        "publishers": publishers,
        "run": run and run | {"day": datetime.fromisoformat(run["started"]).date()},
    }


async def councils(datasette: Datasette, request: Request) -> Response:
    """Every council with its latest grades, or those of one grade in one area."""
    if request.url_vars["csv"]:
        return as_csv(
            await remember(datasette, "latest grades", partial(asked, question="latest_grades")), "latest_grades"
        )
    found = await remember(datasette, "councils", latest)
    chosen = {name: request.args.get(name) for name in ("area", "grade") if request.args.get(name)}
    if len(chosen) == 2:
        found = [each for each in found if each["grades"].get(chosen["area"], {}).get("grade") == chosen["grade"]]
    return await page(datasette, request, "councils", {"councils": found, "chosen": chosen, "areas": AREAS})


def latest(db: Database) -> list[dict[str, Any]]:
    """Each council with its latest grade by area, of full inspections as the timeline has them."""
    found = {row["id"]: row | {"grades": {}} for row in db.query("SELECT * FROM councils ORDER BY name")}
    for row in asked(db, "latest_grades"):
        found[row["council_id"]]["grades"][row["area"]] = row
    return list(found.values())
