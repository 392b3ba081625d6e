"""The site of one database, and what its pages share: reading, rendering, remembering, writing."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from jinja2 import Environment
from sqlite_utils import Database

from pipeline.browse.access import Access
from pipeline.database import opened
from pipeline.timeline import refresh

T = TypeVar("T")
View = Callable[[Datasette, Request], Awaitable[Response]]
DATA = "data"  # what Datasette calls the database, whatever its file is called: no page of ours has that path
LAG = 2  # seconds for which a page of many records is given again: at most so far it lags behind what is written
KEPT = 100  # such pages; a large one has 300 kB
FRESH = 10  # seconds for which figures of the whole database may lag behind a run that is writing


class Known(NamedTuple):
    """Something found out about the whole database."""

    state: tuple[int, ...]
    """The state of the file before."""
    found: Any
    when: float


@dataclass
class Site:
    """One database being served."""

    path: Path
    access: Access
    remembered: dict[str, Known] = field(default_factory=dict)
    """What was found out about the whole database."""
    locks: dict[str, asyncio.Lock] = field(default_factory=dict)
    finding: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """What is being found out anew."""
    templates: Environment | None = None
    pages: dict[tuple[str, str | None], tuple[Response, float]] = field(default_factory=dict)
    """Answers by address and reader, each with when it was made."""


SITES: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()


async def read(datasette: Datasette, function: Callable[..., T], *args: Any) -> T:
    """What a function of an open database finds out, in a thread of Datasette's; it must fetch all rows it asks for."""
    found: T = await datasette.get_database(DATA).execute_fn(lambda conn: function(Database(conn), *args))
    return found


async def remember(datasette: Datasette, name: str, function: Callable[[Database], T], lasting: float = FRESH) -> T:
    """The same of the whole database, under a name; found out anew, behind the back of whoever asks, once it has changed.

    Who asks first waits. Later ones get what was last found out, at most so many seconds and one question behind.
    """
    site = SITES[datasette]
    async with site.locks.setdefault(name, asyncio.Lock()):
        known = site.remembered.get(name)
        if known is None:
            known = site.remembered[name] = await _found(datasette, function)
    if known.state != _state(site.path) and time.monotonic() - known.when > lasting and name not in site.finding:
        site.finding[name] = asyncio.create_task(_renew(datasette, name, function))
    return known.found  # type: ignore[no-any-return]


async def _found(datasette: Datasette, function: Callable[[Database], Any]) -> Known:
    """What a function finds out now."""
    state = _state(SITES[datasette].path)
    return Known(state, await read(datasette, function), time.monotonic())


async def _renew(datasette: Datasette, name: str, function: Callable[[Database], Any]) -> None:
    """Find something out anew."""
    site = SITES[datasette]
    try:
        site.remembered[name] = await _found(datasette, function)
    finally:
        del site.finding[name]


def _state(path: Path) -> tuple[int, ...]:
    """When and how a database file and its write-ahead log last changed."""
    stats = [file.stat() for file in (path, Path(f"{path}-wal")) if file.exists()]
    return tuple(value for stat in stats for value in (stat.st_mtime_ns, stat.st_size))


def kept(view: View) -> View:
    """A page of many records, without forms that write, which is given again for a moment to whoever asks for the same."""

    async def page(datasette: Datasette, request: Request) -> Response:
        pages, now = SITES[datasette].pages, time.monotonic()
        key = (request.full_path, request.actor and request.actor["id"])
        known = pages.pop(key, None)
        if known is None or now - known[1] >= LAG:
            known = (await view(datasette, request), now)
        pages[key] = known
        while len(pages) > KEPT:
            pages.pop(next(iter(pages)))
        return known[0]

    return page


async def write(datasette: Datasette, function: Callable[[Database], T]) -> T:
    """What a function does to the database, on a connection of its own; the timeline follows."""

    def run() -> T:
        with opened(SITES[datasette].path) as db:
            done = function(db)
            refresh(db)
            return done

    return await asyncio.to_thread(run)  # it may have to wait for a run that writes, while pages are read


async def page(
    datasette: Datasette, request: Request, template: str, context: Mapping[str, Any], status: int = 200
) -> Response:
    """A page of ours."""
    found = _templates(datasette).get_template(f"site/{template}.html")
    given = {"actor": request.actor, "csrftoken": request.scope["csrftoken"]}
    return Response.html(found.render({**context, **given}), status=status)


def _templates(datasette: Datasette) -> Environment:
    """The templates; rendered in one go, for Datasette's own environment, which may wait at each value, takes twice as long."""
    site = SITES[datasette]
    if site.templates is None:
        site.templates = datasette.jinja_env.overlay(enable_async=False, auto_reload=False)
    return site.templates
