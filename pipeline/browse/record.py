"""The page of a record: every value with its words, why it is there, and what people decided about it."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from pipeline import store
from pipeline.browse.decide import standing
from pipeline.browse.marking import Mark, nested
from pipeline.browse.official import beside
from pipeline.browse.site import page, read
from pipeline.show_why import reading
from pipeline.why import in_words, sentence

RECORD = """
SELECT i.*, c.name AS council, c.gss, c.region FROM inspections i JOIN councils c ON c.id = i.council_id
WHERE record_id = ?
"""
ARTICLE = "SELECT article_id, title, body, publisher, published, url, source FROM articles WHERE article_id = ?"
EVIDENCE = "SELECT * FROM evidence WHERE record_id = ?"
EVENT = """
SELECT t.*, r.how FROM timeline_records r JOIN timeline t USING (event_id) WHERE r.record_id = ?
"""
JUDGED = "SELECT area, grade FROM official WHERE official_id = ? ORDER BY area"
KINDS = {"inspected": "date", "reported": "date"}


async def record(datasette: Datasette, request: Request) -> Response:
    """A record with its evidence."""
    record_id = request.url_vars["id"]
    found = await read(datasette, told, record_id)
    decided = await read(datasette, standing, record_id)
    if found is None and not decided["decisions"]:
        raise NotFound("No record has this id. Its article may have been read again: search for its council.")
    return await page(datasette, request, "record" if found else "rejected", decided | (found or {"id": record_id}))


def told(db: Database, record_id: str) -> dict[str, Any] | None:
    """All that the page of a record shows."""
    for row in list(db.query(RECORD, [record_id])):
        (story,) = list(db.query(ARTICLE, [row["article_id"]]))
        reasons = store.reasons(db, record_id)
        values = [_value(db, each, story, reasons) for each in list(db.query(EVIDENCE, [record_id]))]
        ratings = list(db.query("SELECT * FROM ratings WHERE record_id = ? ORDER BY rating", [record_id]))
        found = {"record": row, "article": story, "values": values, "ratings": ratings}
        return found | {"event": event(db, record_id)}
    return None


def event(db: Database, record_id: str) -> dict[str, Any] | None:
    """The event of the timeline that a record tells of, with what the official record says of it."""
    for row in list(db.query(EVENT, [record_id])):
        judged = {each["area"]: each["grade"] for each in db.query(JUDGED, [row["official_id"]])}
        return row | beside(db, row["event_id"]) | {"judged": judged}
    return None


def _value(db: Database, evidence: dict[str, Any], story: dict[str, Any], reasons: list[Any]) -> dict[str, Any]:
    """One value: its words in their sentence, how they were read, why they were put here."""
    what, start, end = (evidence[key] for key in ("what", "start", "end"))
    kind = evidence["value"].split(":")[0] if what == "finding" else KINDS.get(what, what)
    shown = evidence | {"kind": kind, "sentence": None, "lines": []}
    if start is not None:
        text = story[evidence["field"]] or ""
        first, last = sentence(text, start, end)
        mark = Mark(start, end, {"kind": kind})
        own = [reason for reason in reasons if (reason.of_start, reason.of_end) == (start, end)]
        shown["sentence"] = nested(text, [mark], first, max(first, len(text[:last].rstrip())))
        shown["lines"] = list(dict.fromkeys([*reading(db, evidence), *in_words(own)]))
    return shown
