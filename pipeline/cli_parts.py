"""The commands for dumps that are too large for one machine: parts are made, here or on a cluster, and brought together."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import as_json, database, in_words, report, say

if TYPE_CHECKING:
    from pipeline.ingest import Options

ENGINES = ("local", "dask")


def make_parts(options: "Options", out: str, engine: str, scheduler: str | None) -> None:
    """Make the parts of a dump that are not made yet, and say of each that it is done; raises if one is not."""
    try:
        from pipeline.parts import PartsError, here, plan

        if engine == "dask":
            from pipeline.engine_dask import spread
    except ImportError as error:
        raise click.ClickException(
            f"parts need {error.name}, which is not installed: pip install '.[dask]' in the program's folder"
        ) from error
    parts = plan(options, out)
    say(f"{len(parts)} parts to make")
    failed = 0
    for part, fault in spread(parts, scheduler) if engine == "dask" else here(parts):
        failed += fault is not None
        say(f"part {part.number}: {fault or 'done'}")
    if failed:
        raise PartsError(f"{failed} parts are not made; the same command tries them again, and only them")
    click.echo(f"all parts are made; next: ofsted-records load {out} --db records.db")


@click.command()
@click.argument("parts")
@database
@as_json
@in_words
def load(parts: str, db: Path, *, as_json: bool) -> None:
    """Read parts into a database.

    PARTS is the folder, or the address, that `ofsted-records ingest --parts` filled. Copies are found across parts, and the
    database is the same as that of one machine. Stopped or killed, it goes on where it was when run again.

    \b
    Example:
      ofsted-records load parts/ --db records.db
    """
    from pipeline.database import opened
    from pipeline.interrupt import asked_to_stop
    from pipeline.runs import Watcher

    try:
        from pipeline.load import load as bring_together
    except ImportError as error:
        raise click.ClickException(
            f"parts need {error.name}, which is not installed: pip install '.[dask]' in the program's folder"
        ) from error
    with opened(db, create=True) as store, asked_to_stop(say) as stop:
        summary = bring_together(parts, store, Watcher(stop=stop, say=say))
    report(summary, db, as_json=as_json)


COMMANDS = (load,)
