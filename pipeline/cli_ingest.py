"""The commands that read dumps, and that show what reading them came to."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli_parts import ENGINES, make_parts
from pipeline.command import as_json, console, database, in_words, report, say

if TYPE_CHECKING:
    from sqlite_utils import Database


@click.command()
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...")
@database
@click.option("--metadata", metavar="FILE", help="CSV or JSON lines: file, url, title, published, publisher, authors.")
@click.option("--columns", default="", metavar="FIELD=NAME,...", help="Names of columns that are not usual ones.")
@click.option("--limit", "limited", multiple=True, metavar="NAME=VALUE", help="Set a limit; may be repeated.")
@click.option("--again", is_flag=True, help="Read unchanged inputs again, too.")
@click.option("--processes", type=click.IntRange(1), help="Processes at work at once.  [default: one a core]")
@click.option("--parts", metavar="FOLDER", help="Make parts in Parquet there, for `load`, and no database.")
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True, help="Where parts are made.")
@click.option("--scheduler", metavar="ADDRESS", help="The scheduler of a Dask cluster.  [default: a cluster made here]")
@click.option("--strict", is_flag=True, help="Exit with 1 if an input gave no article.")
@as_json
@in_words
def ingest(
    dumps: tuple[str, ...], db: Path, limited: tuple[str, ...], *, strict: bool, as_json: bool, **given: Any
) -> None:
    """Read articles into a database.

    DUMP is a file of any of `ofsted-records formats`, a folder, a glob pattern in quotes, a table of a SQLite database
    (FILE:TABLE), an address such as s3://bucket/crawl/, or - for standard input. Inputs read before are skipped while
    neither they nor what the program knows changed; changed ones take the place of their old records. Every input
    leaves a row: an article, a duplicate of one, or a reject with its reason. Stopped by Ctrl-C, or killed, it goes on
    where it was when run again.

    \b
    Example:
      ofsted-records ingest articles/ --db records.db
    """
    from pipeline.database import opened
    from pipeline.ingest import Options, found
    from pipeline.ingest import ingest as run
    from pipeline.interrupt import asked_to_stop
    from pipeline.progress import progress
    from pipeline.read import limits
    from pipeline.runs import Watcher

    given["limits"] = limits(limited)
    parts, engine, scheduler = (given.pop(name) for name in ("parts", "engine", "scheduler"))
    if parts is None and (engine != "local" or scheduler):
        raise click.UsageError("--engine and --scheduler are for parts: name a folder for them with --parts")
    options = Options(dumps=dumps, **{name: value for name, value in given.items() if value is not None})
    if parts is not None:
        return make_parts(options, parts, engine, scheduler)
    documents = found(options, leave=db)
    with opened(db, create=True) as store, asked_to_stop(say) as stop:
        summary = run(options, documents, store, Watcher(progress, stop, say))
    report(summary, db, as_json=as_json)
    if strict and summary.rejects:
        raise click.ClickException(f"{len(summary.rejects)} of {summary.inputs} inputs gave no article")
    return None


@click.command()
@database
@as_json
@in_words
def runs(db: Path, *, as_json: bool) -> None:
    """List the runs of a database, the latest first.

    A run is `done`, `interrupted` by Ctrl-C, `failed` for the reason under `error`, or `running`: then it goes on still,
    or it was killed.

    \b
    Example:
      ofsted-records runs --db records.db
    """
    from pipeline.runs import runs as listed

    _print(db, listed, "Runs", as_json=as_json, leave=("options", "seconds"))


@click.command()
@database
@click.option("--reason", help="Only those with this reason.")
@click.option("--retry", is_flag=True, help="Read them again, from the dumps that they came from.")
@as_json
@in_words
def rejects(db: Path, reason: str | None, *, retry: bool, as_json: bool) -> None:
    """List the inputs that gave no article, each with its reason and its run, or read them again.

    \b
    Example:
      ofsted-records rejects --reason timed-out --retry --db records.db
    """
    from pipeline.database import opened
    from pipeline.interrupt import asked_to_stop
    from pipeline.progress import progress
    from pipeline.runs import Watcher
    from pipeline.runs import rejects as listed

    if not retry:
        return _print(db, lambda store: listed(store, reason), "Rejects", as_json=as_json, leave=("sha256",))
    from pipeline.ingest import retry as read_again

    with opened(db, create=True) as store, asked_to_stop(say) as stop:
        summaries = list(read_again(store, reason, Watcher(progress, stop, say)))
    if not summaries:
        say("nothing to read again")
    for summary in summaries:
        report(summary, db, as_json=as_json)
    return None


@click.command()
@database
@as_json
@in_words
def stats(db: Path, *, as_json: bool) -> None:
    """Count what articles gave, by publisher, layout and month: title, date, byline, body of normal length, record.

    \b
    Example:
      ofsted-records stats --db records.db
    """
    from pipeline.stats import stats as counted

    _print(db, counted, "What articles gave", as_json=as_json)


def _print(
    db: Path,
    rows: Callable[["Database"], Sequence[Mapping[str, Any]]],
    title: str,
    *,
    as_json: bool,
    leave: Sequence[str] = (),
) -> None:
    """Print rows of a database as a table, or all of them as JSON."""
    from pipeline.database import opened
    from pipeline.show_table import print_rows

    with opened(db) as store:
        found = rows(store)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    elif found:
        shown = [{name: value for name, value in row.items() if name not in leave} for row in found]
        print_rows(console(), title, shown)
    else:
        click.echo("none")


@click.command()
def formats() -> None:
    """List the formats that are read, told by their content, and what is read from each.

    \b
    Example:
      ofsted-records formats
    """
    from pipeline.read.formats import READERS

    for each in READERS:
        click.echo(f"{each.name:12}{each.about}")


COMMANDS = (ingest, formats, runs, rejects, stats)
