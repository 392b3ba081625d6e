"""Correcting a record, and adding one that is missing, by a form beside the article.

Words of the article are given by selecting them, which notes their place, or by typing them; of a longer stretch its
first and last words will do, with `…` between. Only what differs from the record as it was shown is given on.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from pipeline import review, store
from pipeline.browse.article import story
from pipeline.browse.decide import by, drawn, onward, reviewer, settled
from pipeline.browse.site import page, read
from pipeline.review import By
from pipeline.review_values import CHOICES, ReviewError
from schemas.inspection import Inspection
from schemas.mention import Span
from schemas.review import Review as Decision

PLAIN = ("kind", "role", "inspected", "reported", "framework", "inspectorate", "delivery_body", "direction")
TOLD = ("council", "kind", "inspected", "reported")  # fields that keep their words
MORE = 2  # empty rows for grades and findings that are missing
GAP = re.compile(r"\s*(?:…|\.\.\.)\s*")
Form = Mapping[str, Any]


async def correct(datasette: Datasette, request: Request) -> Response:
    """The form for one record, and what is sent by it."""
    reviewer(request)
    record_id = request.url_vars["id"]
    record = await read(datasette, review.record, record_id)
    if record is None:
        raise NotFound("No record has this id.")
    if request.method != "POST":
        return await _form(datasette, request, record.article.article_id, record)
    form = form_of(await request.post_body())
    who = by(request, form)
    return await settled(datasette, request, lambda db: _corrected(db, record, form, who), onward(record_id, form))


async def add(datasette: Datasette, request: Request) -> Response:
    """The form for a record that is missing, and what is sent by it."""
    reviewer(request)
    article_id = request.url_vars["id"]
    if request.method != "POST":
        return await _form(datasette, request, article_id, None)
    form = form_of(await request.post_body())
    who = by(request, form)
    return await settled(datasette, request, lambda db: _added(db, article_id, form, who), f"/article/{article_id}")


async def _form(datasette: Datasette, request: Request, article_id: str, record: Inspection | None) -> Response:
    """The article, and beside it the values of a record in fields, or empty ones."""
    found = await read(datasette, story, article_id, record and record.record_id)
    if found is None:
        raise NotFound("No article has this id.")
    blank: list[Any] = [None] * MORE
    context = {
        "story": found,
        "record": record,
        "choices": CHOICES,
        "ratings": [*(record.ratings if record else ()), *blank],
        "findings": [*(record.findings if record else ()), *blank],
        "seen": record and review.version_of(record),
        "order": drawn(request.args),
    }
    return await page(datasette, request, "correct", context)


def form_of(body: bytes) -> dict[str, Any]:
    """What a form sends: a text by field; several by one whose name ends in `themes`.

    >>> form_of(b"kind=send&finding.0.themes=planning&finding.0.themes=voice")
    {'kind': 'send', 'finding.0.themes': ['planning', 'voice']}
    """
    form: dict[str, Any] = {}
    for name, value in parse_qsl(body.decode("utf-8"), keep_blank_values=True):
        if name.endswith("themes"):
            form.setdefault(name, []).append(value)
        else:
            form[name] = value.replace("\r\n", "\n")
    return form


def _corrected(db: Database, record: Inspection, form: Form, who: By) -> Decision:
    """Correct a record by what was sent."""
    body = _body(db, record.article.article_id)
    given = differing(record, form, body)
    if not given:
        raise ReviewError("Nothing was changed in the form; to say that the record is right, accept it.")
    seen = form.get("seen") or None
    return review.decide(
        db, record.record_id, "correct", who, given=given, selected=words(form, "selected", body), seen=seen
    )


def _added(db: Database, article_id: str, form: Form, who: By) -> Decision:
    """Add a record by what was sent."""
    body = _body(db, article_id)
    given = differing(None, form, body)
    return review.add(db, article_id, who, given=given, selected=words(form, "selected", body))


def _body(db: Database, article_id: str) -> str:
    """The text that places count in."""
    article = store.article(db, article_id)
    return article.body if article else ""


def differing(record: Inspection | None, form: Form, body: str) -> dict[str, Any]:
    """The values in a form that are not those of the record, in the shape of `pipeline.review_values.Values`."""
    given: dict[str, Any] = {}
    council = form.get("council", "").strip()
    if council and (record is None or council not in (record.council.id, record.council.name)):
        given["council"] = council
    for name in PLAIN:
        value = form.get(name, "").strip() or None
        if name in form and value != (getattr(record, name) if record else None):
            given[name] = value
    evidence = {
        name: new
        for name in TOLD
        if (new := _new(form, name, getattr(record.evidence, name) if record else None, body))
    }
    ratings, findings = list(_ratings(record, form, body)), list(_findings(record, form, body))
    if ratings != [{"area": each.area, "grade": each.grade} for each in (record.ratings if record else ())]:
        given["ratings"] = ratings
    if findings != [_kept(each) for each in (record.findings if record else ())]:
        given["findings"] = findings
    return given | ({"evidence": evidence} if evidence else {})


def words(form: Form, name: str, body: str) -> dict[str, Any]:
    """The stretch of the article that a field of words names: by its place, by its words, by its first and last words.

    >>> words({"x.words": "a … d"}, "x", "of a b c d")
    {'start': 3, 'end': 10}
    """
    text = form.get(f"{name}.words", "").strip()
    place = [form.get(f"{name}.{end}", "") for end in ("start", "end")]
    if not text:
        return {}
    if all(each.isdigit() for each in place):
        start, end = map(int, place)
        if body[start:end].strip() == text:
            return {"start": start, "end": end}
    first, *rest = GAP.split(text) if text not in body else [text]
    if rest and (start := body.find(first)) >= 0 and (end := body.find(rest[-1], start + len(first))) >= 0:
        return {"start": start, "end": end + len(rest[-1])}
    return {"text": text}


def _new(form: Form, name: str, known: Span | None, body: str) -> dict[str, Any]:
    """Words that a form gives for a value in place of those known."""
    text = form.get(f"{name}.words", "").strip()
    return {} if known and text == known.text.strip() else words(form, name, body)


def _rows(form: Form, kind: str, marker: str) -> Iterator[tuple[int, str]]:
    """The numbers of the rows of a list in a form that are filled in, each with the value that says so."""
    number = 0
    while f"{kind}.{number}.{marker}" in form:
        if value := form[f"{kind}.{number}.{marker}"]:
            yield number, value
        number += 1


def _ratings(record: Inspection | None, form: Form, body: str) -> Iterator[dict[str, Any]]:
    """The grades in a form; one without a grade is taken out."""
    known = record.ratings if record else ()
    for number, grade in _rows(form, "rating", "grade"):
        old = known[number].evidence if number < len(known) else None
        found = _new(form, f"rating.{number}", old, body)
        yield {"area": form.get(f"rating.{number}.area"), "grade": grade} | ({"evidence": found} if found else {})


def _findings(record: Inspection | None, form: Form, body: str) -> Iterator[dict[str, Any]]:
    """The findings in a form; one without a polarity is taken out."""
    known = record.findings if record else ()
    for number, polarity in _rows(form, "finding", "polarity"):
        old = known[number] if number < len(known) else None
        row = f"finding.{number}"
        themes = form.get(f"{row}.themes", [])
        if old and set(themes) == set(old.themes):
            themes = list(old.themes)  # a browser sends them in the order of its menu
        said = {"polarity": polarity, "themes": themes, "quoted": bool(form.get(f"{row}.quoted"))}
        said["attribution"] = form.get(f"{row}.attribution") or "inspectors"
        found = _new(form, row, old.evidence if old else None, body)
        yield (_kept(old) if old else {}) | said | ({"evidence": found} if found else {})


def _kept(finding: Any) -> dict[str, Any]:
    """A finding as it is, in the shape in which a form gives it."""
    place = {name: getattr(finding.evidence, name) for name in ("start", "end", "field")}
    fields = {name: getattr(finding, name) for name in ("quoted", "polarity", "attribution")}
    return fields | {"themes": list(finding.themes), "evidence": place}
