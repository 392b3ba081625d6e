"""The dataset card: what a dataset is, made from what and how, how right, what is missing, whose it is, how to cite it."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pipeline.export.dataset import Dataset
from pipeline.version import version

NAME = "README.md"
TITLE = "Ofsted inspections of council children's services, as told by the trade press"
ABOUT = (
    "Records of Ofsted inspections of English councils' children's services, read by a program out of articles of CYP Now "
    "and Community Care: grades, dates and findings."
)
TEMPLATE = Path(__file__).with_name("card.md")
CREDITS = Path(__file__).with_name("credits.toml")
QUALITY = Path(__file__).parent.parent / "quality.md"
RUNS = """SELECT DISTINCT r.run, substr(r.started, 1, 10) AS day, r.version
    FROM runs r JOIN inputs i ON i.run = r.run JOIN articles a ON a.source = i.source
    JOIN temp.chosen_articles USING (article_id) ORDER BY r.run"""
EXTRACTORS = """SELECT DISTINCT extractor_version FROM inspections JOIN temp.chosen_records USING (record_id)
    ORDER BY extractor_version"""
ARTICLES = """SELECT publisher, count(*) AS articles, min(published) AS first, max(published) AS last
    FROM articles JOIN temp.chosen_articles USING (article_id) GROUP BY publisher ORDER BY publisher"""
PUBLISHERS = {"cypnow": "CYP Now", "communitycare": "Community Care", "other": "other sites"}


def write(dataset: Dataset, folder: Path) -> None:
    """Write the card, behind the head that a format may have given it."""
    with (folder / NAME).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text(dataset))


def text(dataset: Dataset) -> str:
    """The card, in markdown."""
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 - slow to import

    template = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False).from_string(  # noqa: S701 - markdown
        TEMPLATE.read_text(encoding="utf-8")
    )
    published = list(dataset.db.query(ARTICLES))
    days = [row[end] for row in published for end in ("first", "last") if row[end]]
    return template.render(
        title=TITLE, about=ABOUT, format=dataset.format.name, form=dataset.format.about, read=dataset.format.read,
        tables=[(table, dataset.count(table)) for table in dataset.tables], filters=filters(dataset),
        chosen=dataset.chosen, notes=dataset.notes, text=dataset.text, credits=credits_(),
        articles=_list([f"{row['articles']:,} articles of {PUBLISHERS[row['publisher']]}" for row in published]),
        first=min(days, default=None), last=max(days, default=None), version=version(), runs=_list(runs(dataset)),
        extractors=_list([row["extractor_version"] for row in dataset.db.query(EXTRACTORS)]),
        quality=QUALITY.read_text(encoding="utf-8").strip(), records=dataset.chosen.records,
    )  # fmt: skip


def filters(dataset: Dataset) -> str:
    """The filters as they were given."""
    said = dataset.filters.said().items()
    return "; ".join(f"{name} `{', '.join(value) if isinstance(value, tuple) else value}`" for name, value in said)


def runs(dataset: Dataset) -> list[str]:
    """The runs that gave the articles of a dataset: number, day and version."""
    return [f"run {row['run']} ({row['day']}, version {row['version']})" for row in dataset.db.query(RUNS)]


def _list(names: Sequence[str]) -> str:
    """Names in a row; a dash for none."""
    return ", ".join(names) or "none"


@cache
def credits_() -> list[dict[str, str]]:
    """The sources that a dataset draws on, as `credits.toml` lists them."""
    found: list[dict[str, str]] = tomllib.loads(CREDITS.read_text(encoding="utf-8"))["source"]
    return found


def licences(table: str) -> list[dict[str, str]]:
    """The licences that one table is under, as a data package names them."""
    own = [each for each in credits_() if each.get("table") == table]
    return [{"name": each["name"], "title": each["licence"], "path": each["licence_path"]} for each in own]
