"""The commands that ask saved questions: one under `query` for each file of `queries/`, with an option per parameter."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import as_json, console, database, in_words
from pipeline.questions import Question, questions

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 10_000  # columns; to ask how wide a table would be if it could
FOLDED = 2  # lines of the average row that can still be read as one


@click.group(invoke_without_command=True)
@click.pass_context
def query(context: click.Context) -> None:
    """Ask a saved question of a database.

    Without the name of one it lists them. `query QUESTION --help` says what it can be told, and what its columns mean.
    Each inspection counts once, however many articles tell of it.

    \b
    Example:
      ofsted-records query movers --before inadequate --db records.db
    """
    if context.invoked_subcommand is None:
        width = max(map(len, questions())) + 2
        for each in questions().values():
            options = " ".join(f"--{parameter.name}" for parameter in each.parameters)
            click.echo(f"{each.name:{width}}{each.title}\n{'':{width}}{options}")


def _command(question: Question) -> click.Command:
    """The command that asks one question."""

    @click.command(question.name, help="\n\n".join(_help(question)), short_help=question.title)
    @database
    @click.option("--csv", "as_csv", is_flag=True, help="Print CSV.")
    @as_json
    @in_words
    def command(db: Path, *, as_csv: bool, as_json: bool, **given: str | None) -> None:
        from pipeline.database import opened
        from pipeline.query import ask

        with opened(db) as store:
            answer = ask(store, question.name, given)
        if as_json:
            click.echo(json.dumps(answer.rows, indent=2, ensure_ascii=False))
        elif as_csv:
            _print_csv(answer.columns, answer.rows)
        elif answer.rows:
            _print_text(console(), question.title, answer.rows)
        else:
            click.echo("none")

    command.params[:0] = list(_options(question))
    return command


def _options(question: Question) -> Iterator[click.Option]:
    """An option per parameter of a question."""
    for each in question.parameters:
        metavar = each.type if "|" in each.type else each.type.upper()
        default = f"  [default: {each.default}]" if each.default else ""
        yield click.Option(
            [f"--{each.name}"], metavar=metavar, help=f"{each.about[0].upper()}{each.about[1:]}.{default}"
        )


def _help(question: Question) -> Iterator[str]:
    """The paragraphs of a question's help."""
    yield f"{question.title}."
    yield question.about
    if question.columns:
        width = max(map(len, question.columns)) + 2
        yield "\b\nColumns:\n" + "\n".join(f"  {name:{width}}{about}" for name, about in question.columns.items())


def _print_text(screen: "Console", title: str, rows: list[dict[str, object]]) -> None:
    """Print rows as a table, or one below the other where a table would be too wide to read; without empty columns."""
    from rich.table import Table

    filled = [name for name in rows[0] if any(row[name] not in (None, "[]") for row in rows)]
    texts = [["" if row[name] is None else str(row[name]) for name in filled] for row in rows]
    table = Table(title=title, title_justify="left")
    for name in filled:
        table.add_column(name, overflow="fold")
    for cells in texts:
        table.add_row(*cells)
    wide = screen.measure(table, options=screen.options.update(max_width=WIDEST))
    if wide.minimum <= screen.width and wide.maximum <= FOLDED * screen.width:
        return screen.print(table)
    screen.print(title)
    for cells in texts:
        screen.print()
        for name, cell in zip(filled, cells, strict=True):
            if cell:
                screen.print(f"{name}: {cell}", soft_wrap=not screen.is_terminal)
    return None


def _print_csv(columns: list[str], rows: list[dict[str, object]]) -> None:
    """Print rows under a header; a cell that a spreadsheet would run as a formula is made text."""
    from pipeline.spreadsheet import safe

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe(value) for value in row.values()] for row in rows)


for each in questions().values():
    query.add_command(_command(each))

COMMANDS = (query,)
