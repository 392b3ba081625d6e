"""The command line: one command per verb, nothing else.

Exit codes: 0 done; 1 something is wrong (one sentence on stderr) or, under --strict, an input was rejected; 2 usage;
130 stopped by Ctrl-C.
Heavy modules are imported inside the commands, so that help comes at once.
"""

import functools
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console
    from sqlite_utils import Database

    from pipeline.summary import Summary

P = ParamSpec("P")
T = TypeVar("T")
OURS = ("pipeline", "extractors", "schemas")
WIDTH = 160  # columns of tables in a pipe

PATH = click.Path(path_type=Path, readable=False)  # whoever opens a file says what is wrong with it

database = click.option("--db", type=PATH, default=Path("records.db"), show_default=True, help="The database.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def in_words(command: Callable[P, T]) -> Callable[P, T]:
    """Make the exceptions that this project defines, whose messages are for people, end a command with that message."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except Exception as error:
            if type(error).__module__.partition(".")[0] in OURS:
                raise click.ClickException(str(error)) from error
            raise

    return run


def console(*, stderr: bool = False) -> "Console":
    """A console that prints text as it is: brackets in an article are no markup."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=None if stream.isatty() else WIDTH)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ofsted-records", prog_name="ofsted-records")
def main() -> None:
    """Read Ofsted inspections of council children's services out of press articles, each value with its words."""


@main.command()
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...")
@database
@click.option("--metadata", metavar="FILE", help="CSV or JSON lines: file, url, title, published, publisher.")
@click.option("--again", is_flag=True, help="Read unchanged inputs again, too.")
@click.option("--processes", type=click.IntRange(1), help="Processes at work at once.  [default: one a core]")
@click.option("--time-limit", "seconds", type=click.FloatRange(0, min_open=True), help="Seconds a document may take.")
@click.option("--memory-limit", "megabytes", type=click.IntRange(1), help="Megabytes a process may claim.")
@click.option("--strict", is_flag=True, help="Exit with 1 if an input gave no article.")
@as_json
@in_words
def ingest(dumps: tuple[str, ...], db: Path, *, strict: bool, as_json: bool, **given: Any) -> None:
    """Read articles into a database.

    DUMP is a file, a folder, or a glob pattern in quotes. Inputs read before are skipped while neither they nor what
    the program knows changed; changed ones take the place of their old records. Every input leaves a row: an article, a
    duplicate of one, or a reject with its reason. Stopped by Ctrl-C, or killed, it goes on where it was when run again.

    \b
    Example:
      ofsted-records ingest articles/ --db records.db
    """
    from pipeline.database import opened
    from pipeline.ingest import Options
    from pipeline.ingest import ingest as run
    from pipeline.interrupt import asked_to_stop
    from pipeline.progress import progress
    from pipeline.runs import Watcher

    options = Options(dumps=dumps, **{name: value for name, value in given.items() if value is not None})
    with opened(db, create=True) as store, asked_to_stop(_say) as stop:
        summary = run(options, store, Watcher(progress, stop, _say))
    _report(summary, as_json=as_json)
    if strict and summary.rejects:
        raise click.ClickException(f"{len(summary.rejects)} of {summary.inputs} inputs gave no article")


def _say(message: str) -> None:
    """One line for whoever watches."""
    click.echo(message, err=True)


def _report(summary: "Summary", *, as_json: bool) -> None:
    """Print what a run came to; a run that was interrupted ends the program."""
    from pipeline.interrupt import CODE
    from pipeline.summary import show

    for reject in summary.rejects:
        _say(f"rejected {reject.source}: {reject.reason}: {reject.message}")
    for warning in summary.warnings:
        _say(f"warning: {warning}")
    if as_json:
        click.echo(summary.model_dump_json(indent=2))
    else:
        show(summary, console())
    if summary.interrupted:
        _say(f"interrupted after {summary.inputs} inputs; the same command goes on from here")
        sys.exit(CODE)


@main.command()
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


@main.command()
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
        return _print(db, lambda store: listed(store, reason), "Rejects", as_json=as_json)
    from pipeline.ingest import retry as read_again

    with opened(db, create=True) as store, asked_to_stop(_say) as stop:
        summaries = list(read_again(store, reason, Watcher(progress, stop, _say)))
    for summary in summaries:
        _report(summary, as_json=as_json)
    return None


@main.command()
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
    from pipeline.summary import print_rows

    with opened(db) as store:
        found = rows(store)
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
    elif found:
        shown = [{name: value for name, value in row.items() if name not in leave} for row in found]
        print_rows(console(), title, shown)
    else:
        click.echo("none")


@main.command()
@click.argument("name")
@database
@click.option("--why", is_flag=True, help="Show how each value of the records was read, and why it is on its record.")
@in_words
def show(name: str, db: Path, *, why: bool) -> None:
    """Show an article, a council or a record with its evidence.

    NAME is an article's id or source, a council's name or ONS code, or a record's id; its beginning will do where only
    one thing begins so.

    \b
    Example:
      ofsted-records show Havering --db records.db
    """
    from pipeline.database import opened
    from pipeline.show import show as print_named
    from pipeline.show_why import why as print_why

    with opened(db) as store:
        (print_why if why else print_named)(store, name, console())


@main.command()
@click.argument("out", type=PATH)
@database
@click.option("--format", "format", default="jsonl", show_default=True, metavar="FORMAT", help="jsonl or csv.")
@in_words
def export(out: Path, db: Path, format: str) -> None:
    """Export the records to a folder.

    OUT is a new or empty folder, or an older export, which is replaced as a whole. jsonl: articles and inspections with
    all evidence, and JSON Schemas. csv: tables of articles, inspections, ratings, findings, councils and rejects; a
    cell that a spreadsheet would run as a formula (=, +, -, @ or a tab first) gets an apostrophe in front.

    \b
    Example:
      ofsted-records export dataset/ --db records.db --format csv
    """
    from pipeline.database import opened
    from pipeline.export import EXPORTERS
    from pipeline.export import export as write

    if format not in EXPORTERS:
        raise click.BadParameter(f"{format!r} is not one of {', '.join(EXPORTERS)}", param_hint="--format")
    with opened(db) as store:
        files = write(store, out, format)
    click.echo("\n".join(f"{click.format_filename(out)}/{file}" for file in files))


@main.command()
@click.argument("path", metavar="DB|EXPORT", type=PATH)
@click.option("--gold", type=PATH, required=True, help="Folder of gold files.")
@click.option("--raw", type=PATH, help="Folder of the articles: for bodies of text articles, and to tell damaged ones.")
@click.option("--errors", is_flag=True, help="List each difference from gold.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--against", type=PATH, help="List the facts gained and lost since those saved in this file.")
@click.option("--save", type=PATH, help="Save the facts that were read, one JSON object a line.")
@in_words
def score(
    path: Path, gold: Path, raw: Path | None, *, errors: bool, as_json: bool, against: Path | None, save: Path | None
) -> None:
    """Score a database, or a jsonl export, against gold.

    \b
    Example:
      ofsted-records score records.db --gold corpus/gold
    """
    from pipeline.score import score as score_path
    from pipeline.score_report import compare_facts, report, report_json, save_facts

    scores = score_path(path, gold, raw)
    click.echo(report_json(scores) if as_json else report(scores, errors=errors))
    if against:
        click.echo(compare_facts(scores.facts, against), err=as_json)
    if save:
        save_facts(scores.facts, save)
