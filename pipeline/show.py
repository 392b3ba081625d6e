"""One article, council, event or record for a person to look at: every value beside the words that it was read from."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.text import Text
from sqlite_utils import Database

from pipeline import show_timeline, timeline
from pipeline.show_table import print_table

STYLES = {
    "council": "cyan",
    "kind": "yellow",
    "inspected": "magenta",
    "reported": "magenta",
    "rating": "bold red",
    "finding": "green",
}
ARTICLE_TABLE = ("role", "council", "kind", "date", "overall", "other_grades", "strengths", "weaknesses", "record_id")
CONTEXT = 60  # characters on each side of a quotation
ALIKE = 60  # of 100; below that a suggestion has little to do with what was asked for


class NoSuchNameError(Exception):
    """Nothing, or more than one thing, goes by a name: says which names come close."""


class Name(NamedTuple):
    """One way to ask for something."""

    text: str
    what: str
    """`article`, `record`, `event` or `council`."""
    id: str


class Mark(NamedTuple):
    """A stretch of text and what was read from it."""

    start: int
    end: int
    what: str


def show(db: Database, name: str, console: Console) -> None:
    """Print whatever goes by that name: an article, a record, an event of the timeline or a council."""
    timeline.refresh(db)
    found = find(db, name)
    printers = {"article": article, "record": record, "event": show_timeline.event, "council": show_timeline.council}
    printers[found.what](db, found.id, console)


def names(db: Database) -> Iterator[Name]:
    """Everything that can be asked for, under each of its names; a copy stands for the article that is kept."""
    for row in db.query(SOURCES):
        for text in (row["article_id"], row["source"], row["source"].rpartition("/")[2]):
            yield Name(text, "article", row["article_id"])
    for row in db.query("SELECT record_id FROM inspections ORDER BY record_id"):
        yield Name(row["record_id"], "record", row["record_id"])
    for row in db.query("SELECT event_id FROM timeline ORDER BY event_id"):
        yield Name(row["event_id"], "event", row["event_id"])
    for row in db.query("SELECT name, gss, id FROM councils ORDER BY id"):
        yield from (Name(text, "council", row["id"]) for text in row.values() if text)


SOURCES = """
SELECT source, article_id FROM articles UNION ALL SELECT source, article_id FROM duplicates ORDER BY source
"""


def find(db: Database, name: str) -> Name:
    """What goes by a name, in whole or by its beginning; raises NoSuchNameError with the names that come close."""
    known, wanted = list(names(db)), name.casefold().strip()
    for matches in (
        [each for each in known if each.text.casefold() == wanted],
        [each for each in known if wanted and each.text.casefold().startswith(wanted)],
    ):
        things = list({(each.what, each.id): each for each in reversed(matches)}.values())
        if len(things) == 1:
            return things[0]
        if things:
            listed = _listed(each.text for each in reversed(things))
            raise NoSuchNameError(f"{name!r} may be any of: {listed}; give more of it")
    texts = {each.text.casefold(): each.text for each in reversed(known)}  # a council's name, not its id
    close = process.extract(
        name, list(texts.values()), scorer=fuzz.WRatio, processor=str.casefold, limit=5, score_cutoff=ALIKE
    )
    advice = f"did you mean {_listed(text for text, _, _ in close)}?" if close else "nothing has a name like it"
    raise NoSuchNameError(f"no article, record, event or council is called {name!r}: {advice}")


def _listed(texts: Iterable[str]) -> str:
    """At most five names, quoted."""
    found = list(texts)
    return ", ".join(repr(text) for text in found[:5]) + (" …" if len(found) > 5 else "")


def article(db: Database, article_id: str, console: Console) -> None:
    """Print an article with its evidence marked, a legend, and its records."""
    (row,) = db.query("SELECT * FROM articles WHERE article_id = ?", [article_id])
    evidence = list(db.query("SELECT * FROM evidence WHERE article_id = ? AND start IS NOT NULL", [article_id]))
    marks = {
        field: sorted({Mark(each["start"], each["end"], each["what"]) for each in evidence if each["field"] == field})
        for field in ("title", "body")
    }
    console.print(marked(row["title"] or "(no headline)", marks["title"]), soft_wrap=True)
    about = [row["publisher"], row["published"], row["source"], row["url"], f"article {row['article_id']}"]
    console.print(" · ".join(text for text in about if text), soft_wrap=True)
    console.print()
    console.print(marked(row["body"], marks["body"]), soft_wrap=not console.is_terminal)
    console.print()
    console.print(legend({each["what"] for each in evidence}))
    history = db.query("SELECT * FROM article_records WHERE article_id = ? ORDER BY role, council, date", [article_id])
    print_table(list(history), ARTICLE_TABLE, console)


def marked(text: str, marks: Sequence[Mark]) -> Text:
    """The text with each marked stretch in brackets, after the name of what was read there; colours only add to it."""
    opening = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    edges = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    out = Text()
    for here, following in zip(edges, [*edges[1:], len(text)], strict=True):
        for mark in marks:
            if mark.end == here:
                out.append("]", STYLES[mark.what])
        for mark in opening:
            if mark.start == here:
                out.append(f"[{mark.what}: ", STYLES[mark.what])
        inside = [mark for mark in marks if mark.start <= here < mark.end]
        innermost = min(inside, key=lambda mark: mark.end - mark.start, default=None)
        out.append(text[here:following], STYLES[innermost.what] if innermost else None)
    return out


def legend(kinds: Iterable[str]) -> Text:
    """The names of the kinds of evidence, each in its style."""
    shown = [Text(f"[{kind}: …]", STYLES[kind]) for kind in STYLES if kind in set(kinds)]
    return Text("Evidence: ") + Text("  ").join(shown) if shown else Text("No evidence: no record was read from it.")


RULES = """
SELECT e.*, (
    SELECT group_concat(DISTINCT m.rule)
    FROM mentions m
    WHERE m.article_id = e.article_id AND m.start = e.start AND m."end" = e."end" AND m.field = e.field
) AS rules
FROM evidence e WHERE e.record_id = ?
"""


def record(db: Database, record_id: str, console: Console) -> None:
    """Print a record: first its plain fields, then each value with its words in context and the rule that read them."""
    (row,) = db.query("SELECT * FROM inspections WHERE record_id = ?", [record_id])
    (story,) = db.query("SELECT title, body, source FROM articles WHERE article_id = ?", [row["article_id"]])
    for name, value in row.items():
        if value is not None and not name.startswith("evidence_"):
            console.print(f"{name}: {value}", soft_wrap=True)
    console.print(f"source: {story['source']}", soft_wrap=True)
    for event in db.query("SELECT event_id, how FROM timeline_records WHERE record_id = ?", [record_id]):
        console.print(f"event: {event['event_id']} ({event['how']})", soft_wrap=True)
    for each in db.query(RULES, [record_id]):
        console.print()
        console.print(Text(f"{each['what']}: {each['value']}", STYLES[each["what"]]), soft_wrap=True)
        if each["start"] is None:
            console.print("    no words of the article: inferred from other values")
            continue
        said = "inferred from" if each["inferred"] else "read from"
        where = f"{each['field']} {each['start']}-{each['end']}"
        console.print(f"    {said} {where}, rule: {each['rules'] or 'not recorded'}", soft_wrap=True)
        quote = quotation(story[each["field"]], Mark(each["start"], each["end"], each["what"]))
        console.print(Text("    ") + quote, soft_wrap=True)


def quotation(text: str, mark: Mark) -> Text:
    """A marked stretch with some words on each side, on one line."""
    first, last = max(0, mark.start - CONTEXT), min(len(text), mark.end + CONTEXT)
    inner = marked(text[first:last].replace("\n", " "), [Mark(mark.start - first, mark.end - first, mark.what)])
    return Text("…" if first else "") + inner + Text("…" if last < len(text) else "")
