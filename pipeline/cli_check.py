"""The command that holds what was read against the official record."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import as_json, console, database, in_words

if TYPE_CHECKING:
    from pipeline.check import Name

LISTS: tuple["Name", ...] = ("confirmed", "contradicted", "unlisted", "outside", "uncovered")
SHOWN: tuple["Name", ...] = ("contradicted", "unlisted")


@click.command()
@database
@click.option("--council", metavar="NAME", help="Only this council: its name, id or ONS code.")
@click.option("--list", "lists", multiple=True, type=click.Choice(LISTS), help="Print this list; may be repeated.")
@as_json
@in_words
def check(db: Path, council: str | None, lists: tuple["Name", ...], *, as_json: bool) -> None:
    """Hold the timeline against Ofsted's own reports, June 2013 to March 2025.

    An event is `confirmed` where all that can be compared agrees with the report, `contradicted` where something
    differs, `unlisted` where there is no such report, and `outside` where the record can't speak of it: a visit, an
    abolished council, an event before or after it. `uncovered` are official inspections that no article tells of.
    Without --list the contradicted and the unlisted are printed. What the articles say is never changed.

    \b
    Example:
      ofsted-records check --council Sandwell --list outside --db records.db
    """
    from pipeline.check import check as checked
    from pipeline.check import show
    from pipeline.database import opened

    with opened(db) as store:
        found = checked(store, council)
    if as_json:
        click.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    else:
        show(found, lists or SHOWN, console())


COMMANDS = (check,)
