"""The command that writes datasets."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.command import PATH, database, in_words, say

if TYPE_CHECKING:
    from pipeline.export.tables import Text


@click.command()
@click.argument("out", type=PATH)
@database
@click.option("--format", "format", default="jsonl", show_default=True, metavar="FORMAT", help="One of those below.")
@click.option("--council", "councils", multiple=True, metavar="COUNCIL", help="Name, id or ONS code; may be repeated.")
@click.option("--since", metavar="DATE", help="Leave out what lies before this day, month or year.")
@click.option("--until", metavar="DATE", help="Leave out what lies after this day, month or year.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Kind of inspection; may be repeated.")
@click.option(
    "--publisher", "publishers", multiple=True, metavar="NAME", help="cypnow, communitycare or other; likewise."
)
@click.option("--min-confidence", type=click.FloatRange(0, 1), metavar="SHARE", help="Leave out less sure records.")
@click.option("--reviewed", is_flag=True, help="Only records that a person accepted or corrected.")
@click.option("--where", metavar="SQL", help="A condition over the columns of inspections.")
@click.option(
    "--text",
    type=click.Choice(["none", "evidence", "full"]),
    help="How much of the articles' words goes out.  [default: evidence; of jsonl: full]",
)
@in_words
def export(out: Path, db: Path, format: str, text: "Text | None", **given: Any) -> None:
    """Export the records to a folder, as a dataset with its description.

    OUT is a new or empty folder, or an older export, which is replaced as a whole. Each export has a card (README.md), a
    data dictionary and JSON Schemas.

    \b
    jsonl        an article, or a record with all that is in it, a line
    csv          a table a file, for a spreadsheet
    parquet      the same tables, typed, with real lists
    xlsx         the same tables as sheets of a workbook
    sqlite       the same tables as a database with keys and views
    datapackage  csv and datapackage.json, for Frictionless tools
    spacy        texts with marks, to train a model on; needs --text full
    hf           Parquet and a card, for the library datasets

    Filters choose records; articles, grades, findings and councils go with them. A record that tells of 2016 counts as
    inside any span of dates with a day in 2016; one whose year is not known counts as outside.

    Text of articles is others' work: by default only the words that a value was read from go out (evidence). jsonl has
    the whole, because its offsets point into it.

    \b
    Example:
      ofsted-records export dataset/ --db records.db --format csv --council Havering --since 2015
    """
    from pipeline.database import opened
    from pipeline.export import EXPORTERS
    from pipeline.export import export as write
    from pipeline.export.choice import Filters

    if format not in EXPORTERS:
        raise click.BadParameter(f"{format!r} is not one of {', '.join(EXPORTERS)}", param_hint="--format")
    filters = Filters(**given)
    with opened(db) as store:
        done = write(store, out, format, filters, text)
    for note in [*([str(done.chosen)] if filters.said() else []), *done.notes]:
        say(note)
    click.echo("\n".join(f"{click.format_filename(out)}/{file}" for file in done.files))


COMMANDS = (export,)
