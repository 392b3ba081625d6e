"""The page of a council: its inspections over the years, its grades by area, visits, what was found."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from extractors.lexicon import rows
from pipeline.browse.site import page, read

HISTORY = """
SELECT i.*, a.title, a.publisher, a.published,
    (SELECT grade FROM ratings r WHERE r.record_id = i.record_id AND r.area = 'overall' ORDER BY rating LIMIT 1) AS overall,
    (SELECT count(*) FROM findings f WHERE f.record_id = i.record_id) AS findings
FROM inspections i JOIN articles a USING (article_id) WHERE council_id = :id
ORDER BY coalesce(date, 'X') < 'X' DESC, date DESC, role, record_id LIMIT 200
"""
THEMES = """
SELECT t.value AS theme, sum(f.polarity = 'strength') AS strengths, sum(f.polarity = 'weakness') AS weaknesses
FROM inspections i JOIN findings f USING (record_id) JOIN json_each(f.themes) t
WHERE i.council_id = ? GROUP BY theme ORDER BY count(*) DESC
"""


async def council(datasette: Datasette, request: Request) -> Response:
    """The history of a council."""
    found = await read(datasette, history, request.url_vars["id"])
    if found is None:
        raise NotFound("No record is about a council with this id.")
    return await page(datasette, request, "council", found)


def history(db: Database, council_id: str) -> dict[str, Any] | None:
    """All that the page of a council shows."""
    known = {row["id"]: row for row in rows("councils")}
    for row in list(db.query("SELECT * FROM councils WHERE id = ?", [council_id])):
        about = known.get(council_id, {})
        family = {
            name: [{"id": other, "name": known[other]["name"]} for other in about.get(name, "").split("|") if other in known]
            for name in ("predecessors", "successors")
        }
        return {
            "council": row | {"official_name": about.get("official_name"), "end_date": about.get("end_date")},
            "family": family,
            "events": list(db.query(HISTORY, {"id": council_id})),
            "themes": list(db.query(THEMES, [council_id])),
        }
    return None
