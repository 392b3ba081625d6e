"""The command that shows a database on one page."""

from pathlib import Path

import click

from pipeline.command import PATH, database, in_words


@click.command()
@database
@click.option("--html", type=PATH, help="Write a page for a browser; it follows light and dark, and needs no network.")
@click.option("--pdf", type=PATH, help="Write pages to print, with all tables.")
@click.option("--png", type=PATH, help="Write one long picture, without tables.")
@click.option("--gold", type=PATH, help="Folder of gold files, to say how right the records of these articles are.")
@in_words
def report(db: Path, html: Path | None, pdf: Path | None, png: Path | None, gold: Path | None) -> None:
    """Show a database on one page: numbers, charts with their findings in words and as tables, and how right it is.

    An inspection counts once, however many articles tell of it. The same database gives the same bytes. Charts need the
    extra `report`.

    \b
    Example:
      ofsted-records report --db records.db --html report.html --pdf report.pdf
    """
    if not (html or pdf or png):
        raise click.UsageError("name a file to write: --html, --pdf or --png")
    from pipeline.database import opened
    from pipeline.report.contents import contents
    from pipeline.report.set import write

    with opened(db) as store:
        made = contents(store, gold)
    for out in write(made, html=html, pdf=pdf, png=png):
        click.echo(click.format_filename(out))


COMMANDS = (report,)
