"""The command line: one command per verb, nothing else.

Exit codes: 0 done; 1 something is wrong (one sentence on stderr) or, under --strict, an input was rejected; 2 usage.
Heavy modules are imported inside the commands, so that help comes at once.
"""

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.read import Document

P = ParamSpec("P")
T = TypeVar("T")
OURS = ("pipeline", "extractors", "schemas")
STEP = 100  # inputs between two lines of progress in a pipe
WIDTH = 160  # columns of tables in a pipe

PATH = click.Path(path_type=Path, readable=False)  # whoever opens a file says what is wrong with it

database = click.option("--db", type=PATH, default=Path("records.db"), show_default=True, help="The database.")


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
@click.option("--metadata", type=PATH, help="CSV or JSON lines: file, url, title, published, publisher, authors.")
@click.option(
    "--columns", "names", default="", metavar="FIELD=NAME,...", help="Names of columns that are not usual ones."
)
@click.option(
    "--limit", "limited", multiple=True, metavar="NAME=VALUE", help="Set a limit of reading; may be repeated."
)
@click.option("--strict", is_flag=True, help="Exit with 1 if an input gave no article.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@in_words
def ingest(
    dumps: tuple[str, ...],
    db: Path,
    metadata: Path | None,
    names: str,
    limited: tuple[str, ...],
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """Read articles into a database.

    DUMP is a file of any of `ofsted-records formats`, a folder, a glob pattern in quotes, a table of a SQLite database
    (FILE:TABLE), or - for standard input. Inputs read before are skipped while neither they nor the
    program changed; changed ones take the place of their old records. Every input leaves a row: an article, a duplicate
    of one, or a reject with its reason.

    \b
    Example:
      ofsted-records ingest articles/ --db records.db
    """
    from pipeline.database import opened
    from pipeline.read import columns, documents, limits, load_metadata
    from pipeline.run import ingest as run
    from pipeline.summary import show as show_summary

    sidecars = load_metadata(metadata) if metadata else {}
    found = documents(dumps, sidecars, columns(names), limits(limited))
    with opened(db, create=True) as store:
        summary = run(found, store, progress=_progress)
    for reject in summary.rejects:
        click.echo(f"rejected {reject.source}: {reject.reason}: {reject.message}", err=True)
    if as_json:
        click.echo(summary.model_dump_json(indent=2))
    else:
        show_summary(summary, console())
    if strict and summary.rejects:
        raise click.ClickException(f"{len(summary.rejects)} of {summary.inputs} inputs gave no article")


def _progress(documents: Iterable["Document"]) -> Iterable["Document"]:
    """The documents one by one: with a bar on a terminal, with a line now and then in a pipe."""
    if not sys.stderr.isatty():
        return _lines(documents)
    from rich.progress import track

    return track(documents, description="Reading", console=console(stderr=True))


def _lines(documents: Iterable["Document"]) -> Iterator["Document"]:
    """The documents one by one, with a line on stderr after so many."""
    for number, item in enumerate(documents, 1):
        yield item
        if number % STEP == 0:
            click.echo(f"{number} inputs read", err=True)


@main.command()
def formats() -> None:
    """List the formats that are read, told by their content, and what is read from each.

    \b
    Example:
      ofsted-records formats
    """
    from pipeline.read.formats import READERS

    for each in READERS:
        click.echo(f"{each.name:12}{each.about}")


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
