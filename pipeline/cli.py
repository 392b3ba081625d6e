"""The command line: one command per verb, nothing else.

Exit codes: 0 done; 1 something is wrong (one sentence on stderr) or, under --strict, an input was rejected; 2 usage;
130 stopped by Ctrl-C.
Heavy modules are imported inside the commands, so that help comes at once.
"""

from pathlib import Path

import click

from pipeline import (
    cli_browse,
    cli_check,
    cli_diff,
    cli_export,
    cli_ingest,
    cli_parts,
    cli_query,
    cli_report,
    cli_review,
)
from pipeline.command import PATH, console, database, in_words


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ofsted-records", prog_name="ofsted-records")
def main() -> None:
    """Read Ofsted inspections of council children's services out of press articles, each value with its words."""


for topic in (cli_browse, cli_check, cli_diff, cli_export, cli_ingest, cli_parts, cli_query, cli_report, cli_review):
    for command in topic.COMMANDS:
        main.add_command(command)


@main.command()
@click.argument("name")
@database
@click.option("--why", is_flag=True, help="Show how each value of the records was read, and why it is on its record.")
@in_words
def show(name: str, db: Path, *, why: bool) -> None:
    """Show an article or a record with its evidence, a council's inspections, or one of them and who tells of it.

    NAME is an article's id or source, a council's name or ONS code, a record's id, or an inspection's (`e-…`); its
    beginning will do where only one thing begins so.

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
