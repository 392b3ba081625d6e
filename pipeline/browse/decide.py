"""Deciding on a record: accept, reject, take back; each a form of one button that whoever has the cookie may send."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Forbidden, NotFound, Request, Response
from sqlite_utils import Database

from pipeline import review
from pipeline.browse.site import page, write
from pipeline.review import By
from pipeline.review_apply import says_of, was_of
from pipeline.review_values import ReviewError
from schemas.review import Order
from schemas.review import Review as Decision

T = TypeVar("T")
LOOKING_ONLY = "Only who opened the link printed at start may decide. Open it, and come back."


def reviewer(request: Request) -> str:
    """The name of whoever asks; raises Forbidden for those who may look only."""
    if not request.actor:
        raise Forbidden(LOOKING_ONLY)
    name: str = request.actor["id"]
    return name


def drawn(given: Mapping[str, str]) -> Order | None:
    """The order of the queue that a record came from."""
    order = given.get("order")
    return order if order in get_args(Order) else None  # type: ignore[return-value]  # one of the literals


def by(request: Request, given: Mapping[str, str]) -> By:
    """Who decides, with the note that goes with it."""
    return By(reviewer(request), given.get("note"), drawn(given))


async def decide(datasette: Datasette, request: Request) -> Response:
    """Take a decision on a record, or take the last one back, and go on."""
    if request.method != "POST":
        raise NotFound("Decisions are sent by the buttons of a record.")
    given, record_id = await request.post_vars(), request.url_vars["id"]
    who = by(request, given)
    return await settled(datasette, request, lambda db: _decided(db, record_id, given, who), onward(record_id, given))


def _decided(db: Database, record_id: str, given: Mapping[str, str], who: By) -> Decision:
    """The decision of one button."""
    if given.get("decision") == "undo":
        return review.undo(db, record_id, who)
    if given.get("decision") not in ("accept", "reject"):
        raise ReviewError("decision: expected accept, reject or undo")
    return review.decide(db, record_id, given["decision"], who, seen=given.get("seen") or None)  # type: ignore[arg-type]


async def settled(
    datasette: Datasette, request: Request, function: Callable[[Database], Decision], path: str
) -> Response:
    """What a decision leads to: the way on, or in words why it can't be taken."""
    try:
        await write(datasette, function)
    except ReviewError as error:
        context = {"title": "Not decided", "about": str(error), "back": path}
        return await page(datasette, request, "message", context, 409)
    return Response.redirect(path, status=303)


def onward(record_id: str, given: Mapping[str, str]) -> str:
    """Where somebody goes after a decision: the next of the queue, or the record itself."""
    if not (order := drawn(given)):
        return f"/record/{record_id}"
    if given.get("decision") == "undo":
        return "/queue?" + urlencode({"order": order, "at": record_id})
    return "/queue?" + urlencode({"order": order, "after": record_id, "done": given.get("decision", "correct")})


def standing(db: Database, record_id: str) -> dict[str, Any]:
    """What a page shows of the decisions on a record, and what its buttons need."""
    decisions = review.history(db, record_id)
    record = review.record(db, record_id)
    return {
        "decisions": [{"review": each, "changes": list(changes(each))} for each in decisions],
        "undoable": any(each.withdrawn is None for each in decisions),
        "seen": record and review.version_of(record),
    }


def changes(decision: Decision) -> list[tuple[str, str, str]]:
    """The fields that a correction changed, each with what was said before and since."""
    was, says = was_of(decision), says_of(decision)
    if was is None or says is None:
        return []
    before, after = plain(was), plain(says)
    return [(name, before[name], after[name]) for name in before if before[name] != after[name]]


def plain(record: Any) -> dict[str, str]:
    """The fields of a record that a person decides on, each as words."""
    shown = ("kind", "role", "inspected", "reported", "date", "framework", "inspectorate", "delivery_body", "direction")
    fields = {name: getattr(record, name) or "nothing" for name in shown}
    grades = "; ".join(f"{each.area}: {each.grade}" for each in record.ratings)
    found = "; ".join(f"{each.polarity}: “{each.text}”" for each in record.findings)
    return {"council": record.council.name} | fields | {"grades": grades or "none", "findings": found or "none"}
