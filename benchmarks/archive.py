"""Makes archives of any size from our own articles: `python -m benchmarks.archive OUT --articles 20000`.

Every document is a function of the seed and its number, so an archive of any size is made without holding it, and the
same on every machine. Articles are put together from sentences of `corpus/`, their words mixed, each with its own lead of
council, month, figure and name, so that they are not twins of one another. Those that are not relevant have no sentence
that names an inspectorate or a council. Twins are made by the operations of `benchmarks/pairs.py`; broken documents can't
become articles.
"""

import argparse
import calendar
import csv
import html
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

from benchmarks import pairs
from benchmarks.pairs import Draft
from extractors.tables import rows
from schemas.article import RawArticle

HERE = Path(__file__).parent
CORPORA = ("sample", "practice/articles", "heldout/articles")
STOP = re.compile(r"(?<=[.?!”\"’]) (?=[A-Z“\"‘])")
WHOLE = re.compile(r"[A-Z“‘\"].*[.?!”’\"]")
INSPECTORATE = re.compile(r"(?i)ofsted|inspect|watchdog")
COPIES = (pairs.cut, pairs.light_edits, pairs.template, pairs.two_crawls, pairs.other_address, pairs.furniture)
FOLDER = 1000  # documents in a folder
MIXED = 3  # one word in so many is put from elsewhere: sentences are few, and articles would be twins in passages
HEAVY = (50_000, 150_000)  # bytes of a page as sites serve them, furniture and scripts and all
Kind = Literal["relevant", "other", "twin", "broken"]


@dataclass(frozen=True)
class Plan:
    """What an archive is to hold; the shares are of all documents, and the rest are articles on something else."""

    articles: int
    relevant: float = 0.1
    twins: float = 0.1
    broken: float = 0.03
    seed: int = 4
    heavy: bool = False
    """Whether pages weigh 50 to 150 KB."""

    def kind(self, number: int) -> Kind:
        """What the document of a number is."""
        place = self.random(number, "kind").random()
        for kind, share in (("broken", self.broken), ("twin", self.twins), ("relevant", self.relevant)):
            if place < share:
                return kind if kind != "twin" or number else "other"
            place -= share
        return "other"

    def random(self, number: int, purpose: str) -> Random:
        """The chances of one document, independent of all others."""
        return Random(f"{self.seed} {number} {purpose}")


@cache
def words() -> dict[str, list[str]]:
    """The sentences and names that leads are made of."""
    return tomllib.loads((HERE / "archive.toml").read_text(encoding="utf-8"))


@cache
def councils() -> list[str]:
    """Councils of England that run children's services."""
    return sorted(
        {row["name"] for row in rows("councils") if row["childrens_services"] == "true" and not row["end_date"]}
    )


@cache
def sentences(relevant: bool) -> list[str]:
    """Sentences for bodies: findings of inspectors, or what speaks of no inspection."""
    if relevant:
        with (pairs.CORPUS / "sentences.csv").open(encoding="utf-8", newline="") as file:
            return [row["text"] for row in csv.DictReader(file) if row["kind"] != "none"]
    bodies = (article.body for folder in CORPORA for article in pairs.articles(pairs.CORPUS / folder))
    found = {piece for body in bodies for line in body.split("\n") for piece in STOP.split(line)}
    whole = (piece for piece in found if WHOLE.fullmatch(piece) and 8 <= len(piece.split()) <= 40)
    return sorted(
        piece for piece in whole if not (INSPECTORATE.search(piece) or any(name in piece for name in councils()))
    )


def draft(plan: Plan, number: int) -> Draft:
    """The parts of an article."""
    random, relevant = plan.random(number, "words"), plan.kind(number) == "relevant"
    pick = {name: random.choice(words()[name]) for name in ("first_names", "last_names", "grades", "places")}
    said = {
        "council": random.choice(councils()), "place": pick["places"], "grade": pick["grades"],
        "month": random.choice(calendar.month_name[1:]), "year": random.randint(2014, 2025),
        "number": random.randint(20, 9000), "name": f"{pick['first_names']} {pick['last_names']}",
    }  # fmt: skip
    lead = random.choice(words()["relevant" if relevant else "other"]).format(**said)
    mixed = random.sample(sentences(False), random.randint(10, 20))
    parts = Draft("", (), "", tuple(" ".join(mixed[start : start + 2]) for start in range(0, len(mixed), 2)), "", "")
    paragraphs = [lead, *pairs.edited(parts, random, MIXED).paragraphs]
    paragraphs += random.sample(sentences(True), random.randint(6, 16)) if relevant else []
    publisher = random.choice(["cypnow", "communitycare"])
    published = f"{said['year']}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    title = " ".join(lead.split()[:9]).rstrip(",.")
    return Draft(title, (said["name"],), published, tuple(paragraphs), publisher, f"{pairs.SITES[publisher]}/{number}")


def document(plan: Plan, number: int) -> RawArticle | bytes:
    """The document of a number; bytes for a broken one."""
    kind, random = plan.kind(number), plan.random(number, "form")
    if kind == "broken":
        return random.choice(BROKEN)(random)
    if kind == "twin":
        before = next((each for each in _earlier(random, number) if plan.kind(each) in ("relevant", "other")), None)
        copy = before is not None and random.choice(COPIES)(draft(plan, before), random)
        if copy:
            return copy
    return pairs.page(draft(plan, number))


def _earlier(random: Random, number: int) -> Iterator[int]:
    """Numbers of earlier documents, drawn at random."""
    return (random.randrange(number) for _ in range(99))


BROKEN: tuple[Callable[[Random], bytes], ...] = (
    lambda random: b"",
    lambda random: b"\x89PNG\r\n\x1a\n" + random.randbytes(2000),
    lambda random: random.randbytes(3000),
    lambda random: f"<html><body><h1>Not found {random.random()}</h1></body></html>".encode(),
)


def page(plan: Plan, number: int) -> tuple[str, bytes]:
    """The name and the bytes of one file of a folder."""
    made = document(plan, number)
    name = f"{number // FOLDER:04}/{number:07}"
    if isinstance(made, bytes):
        return f"{name}.html", made
    if made.media == "text":
        return f"{name}.txt", made.content.encode()
    content = made.content
    if plan.heavy:
        content = content.replace("</body>", _padding(plan.random(number, "padding"), len(content)) + "</body>")
    return f"{name}.html", content.encode()


def _padding(random: Random, there: int) -> str:
    """What a site serves around a story: scripts, menus, teasers of other stories."""
    size, pieces = random.randint(*HEAVY) - there, ["<script>window.dataLayer=window.dataLayer||[];"]
    pieces += [f"dataLayer.push({{'id':{random.random()}}});" for _ in range(size // 70)]
    pieces.append("</script>")
    while sum(map(len, pieces)) < size:
        entries = (f'<a href="/{random.random()}">{html.escape(each)}</a>' for each in words()["furniture"])
        items = "".join(f'<li class="menu-item">{entry}</li>' for entry in entries)
        pieces.append(f'<aside class="widget"><ul>{items}</ul></aside>')
    return "".join(pieces)


def write_folder(plan: Plan, out: Path) -> None:
    """A folder of pages and texts."""
    for number in range(plan.articles):
        name, data = page(plan, number)
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def write_jsonl(plan: Plan, out: Path) -> None:
    """A file with a row per article; broken ones are rows without a story, or no JSON."""
    with out.open("w", encoding="utf-8") as file:
        for number in range(plan.articles):
            made = document(plan, number)
            if isinstance(made, bytes):
                file.write('{"url": null, "text": ""}\n' if number % 2 else '{"url": "http://a.org/\n')
                continue
            parts = {
                "url": made.url,
                "publisher": made.publisher,
                "text" if made.media == "text" else "html": made.content,
            }
            file.write(json.dumps(parts, ensure_ascii=False) + "\n")


WRITERS = {"folder": write_folder, "jsonl": write_jsonl}


def main() -> None:
    """Write an archive, and print how many documents of each kind it has."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--format", choices=WRITERS, default="folder")
    parser.add_argument("--articles", type=int, default=1000)
    for name in ("relevant", "twins", "broken"):
        parser.add_argument(f"--{name}", type=float, default=getattr(Plan, name), metavar="SHARE")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--heavy", action="store_true", help="pages of 50 to 150 KB")
    given = vars(parser.parse_args())
    out, writer = given.pop("out"), WRITERS[given.pop("format")]
    plan = Plan(**given)
    writer(plan, out)
    print(json.dumps(Counter(plan.kind(number) for number in range(plan.articles))))


if __name__ == "__main__":
    main()
