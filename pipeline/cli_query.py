"""The commands that ask saved questions: one under `query` for each file of `queries/`, with an option per parameter."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.command import as_json, console, database, in_words
from pipeline.questions import Question, questions


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
        for each in questions().values():
            options = " ".join(f"--{parameter.name}" for parameter in each.parameters)
            click.echo(f"{each.name:20}{each.title}\n{'':20}{options}")


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
        from pipeline.summary import print_rows

        with opened(db) as store:
            answer = ask(store, question.name, given)
        if as_json:
            click.echo(json.dumps(answer.rows, indent=2, ensure_ascii=False))
        elif as_csv:
            _print_csv(answer.columns, answer.rows)
        elif answer.rows:
            print_rows(console(), question.title, answer.rows)
        else:
            click.echo("none")

    command.params[:0] = list(_options(question))
    return command


def _options(question: Question) -> Iterator[click.Option]:
    """An option per parameter of a question."""
    for each in question.parameters:
        metavar = each.type if "|" in each.type else each.type.upper()
        default = f"  [default: {each.default}]" if each.default else ""
        yield click.Option([f"--{each.name}"], metavar=metavar, help=f"{each.about[0].upper()}{each.about[1:]}.{default}")


def _help(question: Question) -> Iterator[str]:
    """The paragraphs of a question's help."""
    yield f"{question.title}."
    yield question.about
    if question.columns:
        width = max(map(len, question.columns)) + 2
        yield "\b\nColumns:\n" + "\n".join(f"  {name:{width}}{about}" for name, about in question.columns.items())


def _print_csv(columns: list[str], rows: list[dict[str, object]]) -> None:
    """Print rows under a header; a cell that a spreadsheet would run as a formula is made text."""
    from pipeline.export.tidy import cell

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row.values()] for row in rows)


for each in questions().values():
    query.add_command(_command(each))

COMMANDS = (query,)
