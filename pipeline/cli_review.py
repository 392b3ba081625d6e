"""The command by which people decide about records, and carry decisions elsewhere."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import PATH, console, database, in_words, say

if TYPE_CHECKING:
    from sqlite_utils import Database

    from pipeline.review_ask import Asked
    from schemas.review import Order


@click.command()
@database
@click.option(
    "--order",
    type=click.Choice(["confidence", "disagreement", "random"]),
    default="confidence",
    show_default=True,
    help="Which records come first.",
)
@click.option("--by", metavar="NAME", help="Who decides.  [default: asked for]")
@click.option("--list", "listed", is_flag=True, help="List the decisions, and how far the records are right.")
@click.option(
    "--export", "out", type=PATH, metavar="FILE", help="Write the decisions to a file, to be carried elsewhere."
)
@click.option("--import", "given", type=PATH, metavar="FILE", help="Take in the decisions of such a file.")
@click.option("--gold", type=PATH, metavar="FOLDER", help="Make gold of the articles that are reviewed whole.")
@in_words
def review(
    db: Path, order: "Order", by: str | None, *, listed: bool, out: Path | None, given: Path | None, gold: Path | None
) -> None:
    """Accept, correct and reject records, one by one.

    Records come with the least sure first, or those that others deny, or at random, for an estimate of how many are
    right. Decisions are kept apart from what was extracted and applied over it, also when articles are read again. On a
    terminal a key is enough; in a pipe each line is a key or an answer.

    \b
    Example:
      ofsted-records review --order random --by "Ann Other" --db records.db
    """
    tasks: list[Callable[[Database], None]] = []
    if given:
        tasks.append(lambda store: _import(store, given))
    if out:
        tasks.append(lambda store: _export(store, out))
    if gold:
        tasks.append(lambda store: _gold(store, gold, db))
    if listed:
        tasks.append(_list)
    from pipeline.database import opened

    with opened(db) as store:
        for task in tasks:
            task(store)
        if not tasks:
            _ask(store, order, by)


def _ask(store: "Database", order: "Order", by: str | None) -> None:
    """Go through the queue with the person at the keyboard, or the lines of a pipe."""
    from pipeline.review_ask import review as session

    terminal = sys.stdin.isatty()
    if not by and not terminal:
        raise click.UsageError("in a pipe --by is needed: decisions are kept with who took them")
    name = by or click.prompt("Your name")
    done = session(store, order, name, console(), _keyboard() if terminal else _lines())
    say(f"{done} decisions taken by {name}")


def _keyboard() -> "Asked":
    """A terminal: one key, or a line."""
    from pipeline.review_ask import Asked

    def line(question: str) -> str:
        return str(click.prompt(question, default="", show_default=False))

    return Asked(click.getchar, line)


def _lines() -> "Asked":
    """A pipe: a line for each key and each answer; at its end the sitting ends."""
    from pipeline.review_ask import Asked

    def line(question: str) -> str:
        click.echo(f"{question}: ", nl=False)
        answer = sys.stdin.readline()
        click.echo(answer.rstrip("\n"))
        return answer

    return Asked(lambda: line("key") or "q", line)


def _list(store: "Database") -> None:
    """Print every decision, and what those drawn at random say of all records."""
    from pipeline.review_listing import print_reviews

    print_reviews(store, console())


def _export(store: "Database", out: Path) -> None:
    """Write the decisions."""
    from pipeline.review_exchange import export_reviews

    click.echo(f"{export_reviews(store, out)} decisions written to {click.format_filename(out)}")


def _import(store: "Database", given: Path) -> None:
    """Take in decisions, and say where people disagree."""
    from pipeline.review_exchange import import_reviews

    done = import_reviews(store, given)
    click.echo(
        f"{done.new} decisions taken in, {done.known} were here already, {done.withdrawn} of these are taken back"
    )
    if done.waiting:
        click.echo(f"{done.waiting} wait for an article that is not here: they are applied when it is read")
    for conflict in done.conflicts:
        say(f"conflict: {conflict}")


def _gold(store: "Database", folder: Path, db: Path) -> None:
    """Write gold files."""
    from pipeline.review_gold import write_gold

    files = write_gold(store, folder)
    names = click.format_filename(folder), click.format_filename(db)
    if files:
        click.echo(f"{len(files)} articles are gold in {names[0]}: ofsted-records score {names[1]} --gold {names[0]}")
    else:
        click.echo("no article is reviewed whole yet: each of its records needs a decision")


COMMANDS = (review,)
