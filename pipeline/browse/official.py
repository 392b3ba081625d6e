"""The page that holds the timeline against the official record: what agrees, what does not, what either of them lacks."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.browse.picture import picture
from pipeline.browse.site import page, remember
from pipeline.check import check

SHOWN = 100  # rows of a list on the page; Datasette's views have all
TOLD = ("contradicted", "unlisted", "uncovered")
BESIDE = "SELECT * FROM agreement WHERE event_id = ?"
DIFFERENCES = "SELECT * FROM timeline_contradictions WHERE event_id = ? ORDER BY field"
APART = """
SELECT x.*, t.kind, coalesce(t.inspected, t.reported, t.date) AS date FROM (
    SELECT other_id, why FROM timeline_apart WHERE event_id = :event
    UNION SELECT event_id, why FROM timeline_apart WHERE other_id = :event
) x JOIN timeline t ON t.event_id = x.other_id ORDER BY date, other_id
"""


async def official(datasette: Datasette, request: Request) -> Response:
    """How far articles and the official record agree."""
    found = await remember(datasette, "official record", agreement)
    chart = await picture(datasette, "agreement")
    return await page(datasette, request, "official", {**found, "chart": chart, "shown": SHOWN})


def agreement(db: Database) -> dict[str, Any]:
    """The counts, and of each list its first rows and how many there are."""
    checked = check(db)
    names: dict[str, str] = dict(db.execute("SELECT id, name FROM authorities").fetchall())
    stored = {council_id for (council_id,) in db.execute("SELECT id FROM councils")}
    lists: dict[str, list[Any]] = {name: list(getattr(checked, name)) for name in TOLD}
    lists["uncovered"] = [
        {**row, "council": names[row["council_id"]], "stored": row["council_id"] in stored}
        for row in lists["uncovered"]
    ]
    return {
        "counts": checked.counts,
        "beyond": checked.beyond,
        "lists": {name: rows[:SHOWN] for name, rows in lists.items()},
        "lengths": {name: len(rows) for name, rows in lists.items()},
    }


def beside(db: Database, event_id: str) -> dict[str, Any]:
    """What the official record says of an event, and which other events it was not taken for."""
    (found,) = list(db.query(BESIDE, [event_id]))
    return {
        "official": found | {"differences": list(db.query(DIFFERENCES, [event_id]))},
        "apart": list(db.query(APART, {"event": event_id})),
    }
