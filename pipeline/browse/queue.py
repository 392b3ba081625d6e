"""The queue: one record after the other, beside its article, with what a person decides by."""

from functools import partial
from typing import Any, get_args

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.browse.article import story
from pipeline.browse.decide import standing
from pipeline.browse.record import told
from pipeline.browse.site import page, read, remember
from pipeline.review_queue import DRAWN, LOOKED_AT, Waiting, estimate
from pipeline.review_queue import queue as waiting
from schemas.review import Order

SOON = 2  # seconds for which the estimate may lag: who decides looks for it
LASTING = 300  # seconds for which the order of the queue is kept; records decided since are left out at once


async def queue(datasette: Datasette, request: Request) -> Response:
    """The next record of an order, after the one that was looked at, or the one asked for."""
    order: Order = request.args.get("order") if request.args.get("order") in get_args(Order) else "confidence"
    line = await remember(datasette, f"queue by {order}", partial(waiting, order=order), LASTING)
    found = await read(datasette, shown, order, line, request.args.get("after"), request.args.get("at"))
    done = {"done": request.args.get("done"), "after": request.args.get("after")}
    context = found | done | {"order": order, "orders": get_args(Order), "length": len(line)}
    context["estimate"] = await remember(datasette, "estimate", estimate, SOON)
    return await page(datasette, request, "queue", context)


def shown(db: Database, order: Order, line: list[Waiting], after: str | None, at: str | None) -> dict[str, Any]:
    """What the page shows of one record of the queue, or that none is left."""
    chosen = at or _following(db, order, [each.record_id for each in line], after)
    record = told(db, chosen) if chosen else None
    if record is None or chosen is None:
        return {"record": None}
    why = next((each.why for each in line if each.record_id == chosen), None)
    return record | standing(db, chosen) | {"why": why, "story": story(db, record["record"]["article_id"], chosen)}


def _following(db: Database, order: Order, line: list[str], after: str | None) -> str | None:
    """The first record behind a given one that is still there and undecided."""
    start = line.index(after) + 1 if after in line else 0
    return next((each for each in line[start:] if _waits(db, each, order)), None)


def _waits(db: Database, record_id: str, order: Order) -> bool:
    """Whether a record of the queue waits for a decision still."""
    decided = DRAWN if order == "random" else LOOKED_AT
    sql = f"""SELECT EXISTS (SELECT 1 FROM inspections WHERE record_id = :id) AND NOT EXISTS (
        SELECT 1 FROM reviews r WHERE r.record_id = :id AND r.withdrawn IS NULL AND {decided})"""  # noqa: S608
    return bool(db.execute(sql, {"id": record_id}).fetchone()[0])
