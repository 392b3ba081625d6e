"""The site of one database: Datasette set up, and what our pages share: reading, rendering, remembering, writing."""

import asyncio
import os
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette import handle_exception
from datasette.app import Datasette
from datasette.database import Database as Served
from datasette.plugins import pm
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.browse.access import Access
from pipeline.database import SCHEMAS, opened
from pipeline.rows import columns
from pipeline.timeline import refresh

T = TypeVar("T")
HERE = Path(__file__).parent
DATA = "data"  # what Datasette calls the database, whatever its file is called: no page of ours has that path
FRESH = 10  # seconds for which figures of the whole database may lag behind a run that is writing


@dataclass
class Site:
    """One database being served."""

    path: Path
    access: Access
    remembered: dict[str, tuple[tuple[int, ...], float, Any]] = field(default_factory=dict)
    """What was found out about the whole database: the state of the file then, the time, the answer."""
    lock: threading.Lock = field(default_factory=threading.Lock)


SITES: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()


def serve(path: Path, access: Access) -> Datasette:
    """Datasette over one database, which it opens for reading only, with our pages, templates and checks.

    The database must be up to date: see `pipeline.database.opened`.
    """
    from pipeline.browse import plugin  # noqa: PLC0415 - it imports the pages, which import this module

    if not pm.is_registered(plugin):
        pm.register(plugin)
    handle_exception.rich = None  # it prints a page of local variables for each address that is not there
    site = Datasette(
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
        settings={"allow_download": False, "suggest_facets": False, "default_cache_ttl": 0},
        metadata={"title": "Ofsted records", "databases": {DATA: {"tables": _columns()}}},
    )
    site.remove_database("_memory")
    mutable = os.access(path.absolute().parent, os.W_OK) and os.access(path, os.W_OK)
    site.add_database(Served(site, path=str(path.absolute()), is_mutable=mutable), name=DATA)
    SITES[site] = Site(path, access)
    return site


def _columns() -> dict[str, Any]:
    """What the columns of the tables mean, as Datasette shows it above them."""
    return {table: {"columns": dict(columns(schema, ("article", "council")))} for table, schema in SCHEMAS.items()}


async def read(datasette: Datasette, function: Callable[..., T], *args: Any) -> T:
    """What a function of an open database finds out, in a thread of Datasette's; it must fetch all rows it asks for."""
    found: T = await datasette.get_database(DATA).execute_fn(lambda conn: function(Database(conn), *args))
    return found


async def remember(datasette: Datasette, function: Callable[[Database], T], lasting: float = FRESH) -> T:
    """The same of the whole database, found out anew only where the database has changed and so many seconds have passed."""
    site = SITES[datasette]

    def find(db: Database) -> T:
        with site.lock:  # of several that ask at once one works
            state, when, found = site.remembered.get(function.__qualname__, ((), 0.0, None))
            now = _state(site.path)
            if state != now and (not state or time.monotonic() - when > lasting):
                found = function(db)
                site.remembered[function.__qualname__] = (now, time.monotonic(), found)
        return found  # type: ignore[no-any-return]

    return await read(datasette, find)


def _state(path: Path) -> tuple[int, ...]:
    """When and how a database file and its write-ahead log last changed."""
    stats = [file.stat() for file in (path, Path(f"{path}-wal")) if file.exists()]
    return tuple(value for stat in stats for value in (stat.st_mtime_ns, stat.st_size))


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
    html = await datasette.render_template(f"site/{template}.html", dict(context), request=request)
    return Response.html(html, status=status)
