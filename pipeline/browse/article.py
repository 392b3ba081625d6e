"""The page of an article: its text with every mention, its records, its copies, and the file it came from."""

import json
from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from pipeline.browse.marking import LABELS, Mark, nested, paragraphs
from pipeline.browse.raw import original
from pipeline.browse.site import page, read

RECORDS = """
SELECT i.*, c.name AS council FROM inspections i JOIN councils c ON c.id = i.council_id
WHERE article_id = ? ORDER BY role, c.name, coalesce(i.date, 'X'), record_id
"""
GRADES = "SELECT * FROM ratings JOIN inspections USING (record_id) WHERE article_id = ? ORDER BY record_id, rating"
EVIDENCE = "SELECT * FROM evidence WHERE article_id = ? AND start IS NOT NULL"
MENTIONS = "SELECT * FROM mentions WHERE article_id = ? ORDER BY start, mention"
DECIDED = "decided by a person"  # in place of the rule, for words that no rule read


async def article(datasette: Datasette, request: Request) -> Response:
    """An article with its evidence."""
    found = await read(datasette, story, request.url_vars["id"])
    if found is None:
        raise NotFound("No article has this id. It may be a copy by now, or have changed: search for its words.")
    return await page(datasette, request, "article", found)


async def raw(datasette: Datasette, request: Request) -> Response:
    """The same article as its source has it, as inert text."""
    found = await read(datasette, source, request.url_vars["id"])
    if found is None:
        raise NotFound("No article has this id.")
    return await page(datasette, request, "raw", found)


def story(db: Database, article_id: str, record_id: str | None = None) -> dict[str, Any] | None:
    """All that the page of an article shows; with the mentions of one record only, where one is named."""
    for row in list(db.query("SELECT * FROM articles WHERE article_id = ?", [article_id])):
        records = {each["record_id"]: each | {"grades": []} for each in db.query(RECORDS, [article_id])}
        for rating in db.query(GRADES, [article_id]):
            records[rating["record_id"]]["grades"].append(rating)
        marks = _marks(db, article_id, records)
        if record_id:
            marks = {field: [mark for mark in found if _supports(mark, record_id)] for field, found in marks.items()}
        return {
            "article": row | {name: json.loads(row[name]) for name in ("authors", "tags", "captions")},
            "title": nested(row["title"] or "", marks["title"], 0, len(row["title"] or "")),
            "paragraphs": paragraphs(row["body"], marks["body"]),
            "mentions": len(marks["title"]) + len(marks["body"]),
            "shown": [kind for kind in LABELS if any(m.about["kind"] == kind for f in marks.values() for m in f)],
            "records": list(records.values()),
            "copies": list(db.query("SELECT source, reason FROM duplicates WHERE article_id = ?", [article_id])),
        }
    return None


def _marks(db: Database, article_id: str, records: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Mark]]:
    """Every mention of an article, by field, with the records that it supports."""
    supports: dict[tuple[Any, ...], dict[str, Mapping[str, Any]]] = {}
    values: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for each in db.query(EVIDENCE, [article_id]):
        place = (each["field"], each["start"], each["end"])
        supports.setdefault(place, {})[each["record_id"]] = records[each["record_id"]]
        values.setdefault(place, each)
    abouts = [_about(mention) for mention in db.query(MENTIONS, [article_id])]
    read_by_rule = {about["place"] for about in abouts}
    abouts += [_decided(place, each) for place, each in values.items() if place not in read_by_rule]
    marks: dict[str, list[Mark]] = {"title": [], "body": []}
    for number, about in enumerate(sorted(abouts, key=lambda about: about["place"][1:])):
        field, start, end = about["place"]
        about |= {"number": f"{field}-{number}", "records": list(supports.get(about["place"], {}).values())}
        marks[field].append(Mark(start, end, about))
    return marks


def _supports(mark: Mark, record_id: str) -> bool:
    """Whether a mention is evidence of a record."""
    return any(record["record_id"] == record_id for record in mark.about["records"])


def _about(mention: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says of a mention."""
    kind = mention["id"] if mention["kind"] == "finding" else mention["kind"]
    more = json.loads(mention["values"])
    value = ", ".join(more) if mention["kind"] == "finding" else mention["id"]
    said = {}
    if mention["kind"] != "finding" and more != [mention["id"]]:
        said["areas" if kind == "rating" else "as"] = ", ".join(more)
    said |= {"rule": mention["rule"], "cues": ", ".join(json.loads(mention["cues"])), "said by": mention["voice"] or ""}
    place = (mention["field"], mention["start"], mention["end"])
    return {"kind": kind, "value": value, "said": {name: text for name, text in said.items() if text}, "place": place}


def _decided(place: tuple[Any, ...], evidence: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says of words that a value stands on though no rule read them."""
    what, value = evidence["what"], evidence["value"]
    kind = value.split(":")[0] if what == "finding" else {"inspected": "date", "reported": "date"}.get(what, what)
    return {"kind": kind, "value": value, "said": {"rule": DECIDED}, "place": place}


def source(db: Database, article_id: str) -> dict[str, Any] | None:
    """An article's source as it lies in its dump, or why it can't be had."""
    sql = """SELECT a.article_id, a.title, a.source, a.sha256, r.options
             FROM articles a JOIN inputs i USING (source) LEFT JOIN runs r USING (run) WHERE article_id = ?"""
    for row in list(db.query(sql, [article_id])):
        text, why = original(row["source"], row["sha256"], row["options"])
        return {"article": row, "text": text, "why": why}
    return None
