"""The command that tells what changed from one database or export to another."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import PATH, as_json, in_words, say

if TYPE_CHECKING:
    from pipeline.diff import Difference, Field

PLACES = ("_start", "_end", "_field")  # where words stand: of no interest to a person as long as they are the same


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, a row per field.")
@as_json
@in_words
def diff(old: Path, new: Path, *, as_csv: bool, as_json: bool) -> None:
    """List the records gained, lost and changed from OLD to NEW, field by field.

    OLD and NEW are databases, or folders that `export` wrote, in any format but xlsx and spacy. Neither is written to. A
    record whose date, kind or role changed is a changed one. Who read a record, and who looked at it, is no change.
    The exit code is 0 whether they differ or not.

    \b
    Example:
      ofsted-records diff monday.db records.db
    """
    from pipeline.diff import compared

    counts: Counter[str] = Counter()
    with compared(old, new) as differences:
        counted = _counted(differences, counts)
        if as_csv or as_json:
            (_print_csv if as_csv else _print_json)(counted)
        else:
            for each in counted:
                click.echo("\n".join(_lines(each)))
    summary = ", ".join(f"{counts[what]} {what}" for what in ("gained", "lost", "changed"))
    (say if as_csv or as_json else click.echo)(f"records: {summary}" if counts else "the records are the same")


def _counted(differences: "Iterator[Difference]", counts: Counter[str]) -> "Iterator[Difference]":
    """The differences, counted as they pass."""
    for each in differences:
        counts[each.change.what] += 1
        yield each


def _print_json(differences: "Iterator[Difference]") -> None:
    """Print a JSON list, an element a line, as it comes."""
    separator = "[\n"
    for each in differences:
        click.echo(separator + each.model_dump_json(), nl=False)
        separator = ",\n"
    click.echo("[]" if separator == "[\n" else "\n]")


def _print_csv(differences: "Iterator[Difference]") -> None:
    """Print a row per field, under the names of `Change` and `Field`."""
    from pipeline.changes import Change
    from pipeline.diff import Field
    from pipeline.spreadsheet import safe

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*Change.model_fields, *Field.model_fields])
    for each in differences:
        head = each.change.model_dump().values()
        writer.writerows([safe(value) for value in (*head, *field.model_dump().values())] for field in each.fields)


def _lines(each: "Difference") -> Iterator[str]:
    """One difference for a person: which record, and of a changed one what says something else."""
    change = each.change
    about = (change.council, change.kind, change.date or "no date", change.source, f"record {change.record_id}")
    yield f"{change.what:8} {' · '.join(about)}"
    if change.what == "changed":
        shown = [field for field in each.fields if not field.field.endswith(PLACES)]
        yield from (f"           {_line(field)}" for field in shown)
        if not shown:
            yield "           only where its evidence stands"
    elif grades := [f"{field.part} {field.new or field.old}" for field in each.fields if field.field == "rating"]:
        yield f"           {', '.join(grades)}"


def _line(field: "Field") -> str:
    """One field for a person."""
    if field.field in ("rating", "finding") and field.part:
        what = "gained" if field.old is None else "lost"
        return f"{field.field} {what}: {field.new or field.old} ({field.part})"
    name = f"{field.field} of {field.part}" if field.part else field.field
    return f"{name}: {field.old or '(none)'} → {field.new or '(none)'}"


COMMANDS = (diff,)
