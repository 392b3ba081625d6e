"""Datasette over one database, with our pages, templates and checks."""

import os
from pathlib import Path
from typing import Any

from datasette import handle_exception
from datasette.app import Datasette
from datasette.database import Database as Served
from datasette.plugins import pm

from pipeline.browse import plugin
from pipeline.browse.access import Access
from pipeline.browse.site import DATA, SITES, Site
from pipeline.database import SCHEMAS
from pipeline.rows import columns

HERE = Path(__file__).parent
WORKINGS = (
    "_sqlite_migrations",
    "extracted",
    "fingerprints",
    "timeline_rules",
    "timeline_stale",
)  # listed only when asked for
STYLES = ["/charts.css", "/static/site.css", "/static/datasette.css"]  # of Datasette's own pages


def serve(path: Path, access: Access) -> Datasette:
    """The site of one database, which Datasette opens for reading only.

    The database must be up to date: see `pipeline.database.opened`.
    """
    if not pm.is_registered(plugin):
        pm.register(plugin)
    handle_exception.rich = None  # it prints a page of local variables for each address that is not there
    site = Datasette(
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
        settings={"allow_download": False, "suggest_facets": False, "default_cache_ttl": 0},
        metadata={"title": "Ofsted records", "extra_css_urls": STYLES, "databases": {DATA: {"tables": _tables()}}},
    )
    site.remove_database("_memory")
    mutable = os.access(path.absolute().parent, os.W_OK) and os.access(path, os.W_OK)
    site.add_database(Served(site, path=str(path.absolute()), is_mutable=mutable), name=DATA)
    SITES[site] = Site(path, access)
    return site


def _tables() -> dict[str, Any]:
    """What the columns of the tables mean, as Datasette shows it above them, and which tables it leaves out."""
    told = {table: {"columns": dict(columns(schema, ("article", "council")))} for table, schema in SCHEMAS.items()}
    return told | {table: {"hidden": True} for table in WORKINGS}
