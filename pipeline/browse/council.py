"""The page of a council: its timeline, its grades by area over the years, visits between, what was found."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from extractors.tables import rows
from pipeline.browse.site import page, read

TELLERS = 8  # articles named for one event; the page of each record leads to the others
QUOTES = 3  # for each theme
VISITS = ("monitoring_visit", "focused_visit")
EVENTS = """
SELECT * FROM timeline WHERE council_id = ?
ORDER BY coalesce(date, 'X') < 'X' DESC, date DESC, event_id
"""
RATINGS = """
SELECT r.* FROM timeline t JOIN timeline_ratings r USING (event_id) WHERE t.council_id = ?
"""
TELLING = """
SELECT r.event_id, r.record_id, r.how, i.role, i.article_id, a.title, a.publisher, a.published
FROM timeline t JOIN timeline_records r USING (event_id) JOIN inspections i USING (record_id) JOIN articles a USING (article_id)
WHERE t.council_id = ? AND r.place <= ? ORDER BY r.event_id, r.place
"""
DISAGREEING = """
SELECT w.*, a.title, a.article_id
FROM timeline t JOIN timeline_witnesses w USING (event_id) JOIN inspections i USING (record_id) JOIN articles a USING (article_id)
WHERE t.council_id = ? AND NOT w.agrees AND t.disputed != '[]'
"""
OFFICIAL = "SELECT * FROM agreement WHERE council_id = ? AND official_id IS NOT NULL"
DIFFERING = """
SELECT x.* FROM timeline t JOIN timeline_contradictions x USING (event_id) WHERE t.council_id = :council ORDER BY field
"""
APART = """
SELECT x.event_id, x.other_id, x.why FROM timeline t JOIN timeline_apart x USING (event_id) WHERE t.council_id = :council
UNION SELECT x.other_id, x.event_id, x.why FROM timeline t JOIN timeline_apart x USING (event_id) WHERE t.council_id = :council
"""
QUOTED = """
SELECT * FROM (
    SELECT t.value AS theme, f.polarity, f.text, i.date, i.record_id, a.article_id, a.title, a.publisher, a.published,
        sum(f.polarity = 'strength') OVER (PARTITION BY t.value) AS strengths,
        sum(f.polarity = 'weakness') OVER (PARTITION BY t.value) AS weaknesses,
        row_number() OVER (PARTITION BY t.value ORDER BY i.date >= 'X', i.date DESC, i.record_id, f.finding) AS place
    FROM inspections i JOIN findings f USING (record_id) JOIN json_each(f.themes) t JOIN articles a USING (article_id)
    WHERE i.council_id = ?
) WHERE place <= ? ORDER BY strengths + weaknesses DESC, theme, place
"""


async def council(datasette: Datasette, request: Request) -> Response:
    """The history of a council."""
    found = await read(datasette, history, request.url_vars["id"])
    if found is None:
        raise NotFound("No record is about a council with this id.")
    return await page(datasette, request, "council", found)


def history(db: Database, council_id: str) -> dict[str, Any] | None:
    """All that the page of a council shows."""
    for row in list(db.query("SELECT * FROM councils WHERE id = ?", [council_id])):
        events = _events(db, council_id)
        graded = sorted((event for event in events if event["grades"]), key=lambda event: event["date"] or "X")
        return {
            "council": row | _known(db, council_id),
            "events": events,
            "graded": graded,
            "areas": list(dict.fromkeys(area for area in AREAS for event in graded if area in event["grades"])),
            "spells": list(spells(events)),
            "themes": _themes(db, council_id),
        }
    return None


AREAS = (
    "overall", "help_and_protection", "children_in_care", "adoption", "care_leavers", "leadership", "safeguarding", "lscb",
    "other",
)  # fmt: skip


@cache
def _councils() -> Mapping[str, Mapping[str, str]]:
    """The table of councils by id."""
    return {row["id"]: row for row in rows("councils")}


def _known(db: Database, council_id: str) -> dict[str, Any]:
    """What the table of councils says of one; its relatives, with a link where the database has records of them."""
    known = _councils()
    about = known.get(council_id, {})
    stored = {row["id"] for row in db.query("SELECT id FROM councils")}
    relatives = {
        kind: [
            {"id": other, "name": known[other]["name"], "stored": other in stored}
            for other in about.get(kind, "").split("|")
            if other in known
        ]
        for kind in ("predecessors", "successors")
    }
    return relatives | {"official_name": about.get("official_name"), "end_date": about.get("end_date")}


def _events(db: Database, council_id: str) -> list[dict[str, Any]]:
    """The events of the timeline, the latest first: their grades, who tells of them, who disagrees, the official report."""
    events: dict[str, dict[str, Any]] = {}
    for row in db.query(EVENTS, [council_id]):
        lists: dict[str, Any] = {"grades": {}, "tellers": [], "disagreeing": [], "differing": [], "apart": []}
        events[row["event_id"]] = row | lists | {"disputed": json.loads(row["disputed"]), "official": None}
    for rating in db.query(RATINGS, [council_id]):
        events[rating["event_id"]]["grades"][rating["area"]] = rating
    for teller in db.query(TELLING, [council_id, TELLERS]):
        events[teller["event_id"]]["tellers"].append(teller)
    for witness in db.query(DISAGREEING, [council_id]):
        if witness["field"] in events[witness["event_id"]]["disputed"]:
            events[witness["event_id"]]["disagreeing"].append(witness)
    for report in db.query(OFFICIAL, [council_id]):
        events[report["event_id"]]["official"] = report
    for name, sql in (("differing", DIFFERING), ("apart", APART)):
        for row in db.query(sql, {"council": council_id}):
            events[row["event_id"]][name].append(row)
    for event in events.values():
        event["apart"] = [each | {"event": events[each["other_id"]]} for each in event["apart"]]
    return list(events.values())


def spells(events: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each graded inspection, the latest first, with the visits between it and the next graded one (or until now)."""
    visits: list[Mapping[str, Any]] = []
    until: Mapping[str, Any] | None = None
    for event in events:
        if event["date"] is None or event["date"] >= "X":
            continue
        if event["overall"] and event["kind"] not in VISITS:
            yield {"event": event, "until": until, "visits": visits[::-1]}
            until, visits = event, []
        elif event["kind"] in VISITS:
            visits.append(event)


def _themes(db: Database, council_id: str) -> list[dict[str, Any]]:
    """The themes of what was found, the commonest first, each with its newest quotes."""
    themes: dict[str, dict[str, Any]] = {}
    for row in db.query(QUOTED, [council_id, QUOTES]):
        counts = {name: row[name] for name in ("theme", "strengths", "weaknesses")}
        themes.setdefault(row["theme"], counts | {"quotes": []})["quotes"].append(row)
    return list(themes.values())
