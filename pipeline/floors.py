"""Scores on gold may rise, never fall: the floors of `corpus/floors.json`, how they are measured and raised.

    python -m pipeline.floors                          # every corpus that is there: its figures beside its floors
    python -m pipeline.floors --update                 # raise the floors to the figures
    python -m pipeline.floors --update --allow-lower   # lower them too, where a fall is meant and explained

`floors.json` names corpora, with paths from the file's own folder. A corpus that does not lie there is passed over.
"""

import json
import math
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from pipeline.database import opened
from pipeline.export import export
from pipeline.ingest import Options, found, ingest
from pipeline.score import Scores, score_export
from pipeline.score_report import figure

FILE = Path(__file__).parent.parent / "corpus" / "floors.json"
FLOORED = ("_f1", "_accuracy", "_right", "found")  # ends of the names of the figures that have floors
DIGITS = 3


@dataclass(frozen=True)
class Corpus:
    """Articles with their gold, and the figures that the program must reach on them."""

    name: str
    articles: Path
    gold: Path
    floors: Mapping[str, float]

    @property
    def there(self) -> bool:
        """Whether its articles lie where the file says."""
        return self.articles.is_dir() and self.gold.is_dir()


class FloorError(Exception):
    """A floor would have to be lowered, or the file of floors is wrong."""


def corpora(path: Path) -> list[Corpus]:
    """The corpora of a file of floors, there or not."""
    try:
        return [
            Corpus(name, path.parent / entry["articles"], path.parent / entry["gold"], entry["floors"])
            for name, entry in json.loads(path.read_text(encoding="utf-8")).items()
        ]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        wanted = "an object of {name: {articles, gold, floors}}"
        raise FloorError(f"{path}: expected {wanted}, as corpus/README.md describes; got: {error!r}") from error


def export_of(articles: Path, folder: Path) -> Path:
    """Take a folder of articles the whole path: `folder/records.db` and the export made of it, which is returned."""
    options = Options(dumps=(str(articles),))
    with opened(folder / "records.db", create=True) as db:
        ingest(options, found(options), db)
        export(db, folder / "export", "jsonl")
    return folder / "export"


def measured(corpus: Corpus) -> Scores:
    """The scores of a corpus, by the whole path from its articles."""
    with tempfile.TemporaryDirectory() as folder:
        return score_export(export_of(corpus.articles, Path(folder)), corpus.gold, corpus.articles)


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """The figures that do not reach their floor, in words."""
    short = {name: floor for name, floor in floors.items() if figures.get(name, 0.0) < floor}
    return [f"{name} is {figures.get(name, 0.0):.{DIGITS}f}, its floor {floor}" for name, floor in short.items()]


def raised(corpus: Corpus, figures: Mapping[str, float], *, allow_lower: bool) -> dict[str, float]:
    """The floors at the figures, rounded down so that the same run reaches them; refuses to lower one unasked."""
    fallen = below(figures, corpus.floors)
    if fallen and not allow_lower:
        advice = "mend the fall, or lower the floors with --allow-lower and say why in the commit"
        raise FloorError(f"{corpus.name}: {'; '.join(fallen)}: {advice}")
    scale = 10**DIGITS
    return {name: math.floor(value * scale) / scale for name, value in figures.items() if name.endswith(FLOORED)}


def write(floors: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Put new floors, by name of their corpus, into a file of floors; what else it says stays."""
    table = json.loads(path.read_text(encoding="utf-8"))
    for name, figures in floors.items():
        table[name]["floors"] = dict(figures)
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def table(corpus: Corpus, scores: Scores) -> str:
    """The figures of a corpus beside their floors, as text."""
    lines = [f"{corpus.name:28s} score  floor"]
    for name, value in scores.figures.items():
        floor = figure(corpus.floors[name]) if name in corpus.floors else ""
        lines.append(f"{name:28s} {figure(value):>5s}  {floor}".rstrip())
    return "\n".join([*lines, ""])


@click.command(help=__doc__)
@click.option("--update", is_flag=True, help="Raise the floors to the figures.")
@click.option("--allow-lower", is_flag=True, help="With --update: lower floors too.")
def main(*, update: bool, allow_lower: bool) -> None:
    """Measure every corpus that is there."""
    new = {}
    for corpus in corpora(FILE):
        if not corpus.there:
            click.echo(f"{corpus.name}: not there, passed over")
            continue
        scores = measured(corpus)
        if update:
            try:
                new[corpus.name] = raised(corpus, scores.figures, allow_lower=allow_lower)
            except FloorError as error:
                raise click.ClickException(str(error)) from error
        click.echo(table(corpus, scores))
    if update:
        write(new, FILE)


if __name__ == "__main__":
    main()
