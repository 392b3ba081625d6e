"""Search over articles and findings: the words asked for, in their context."""

import re
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from sqlite_utils import Database

from pipeline.browse.site import page, read

SHOWN = 20  # results on a page
PHRASE = re.compile(r'"([^"]*)"|(\S+)')
OPEN, CLOSE = "\x02", "\x03"  # around a hit: no article has control characters
NEWEST = (
    3000  # hits that are ranked: those of a word that stands in every article would take seconds in a large database
)
BEST = """
SELECT "rowid" FROM (
    SELECT rowid, bm25({table}_fts) AS worse FROM {table}_fts WHERE {table}_fts MATCH :match ORDER BY rowid DESC LIMIT :newest
) ORDER BY worse, "rowid" LIMIT :limit OFFSET :offset
"""
SNIPPET = f"snippet({{table}}_fts, {{column}}, '{OPEN}', '{CLOSE}', '…', 48) AS snippet"
ARTICLES = f"""
SELECT a.rowid AS hit, a.article_id, a.title, a.publisher, a.published, {SNIPPET.format(table="articles", column=1)}
FROM articles_fts JOIN articles a ON a.rowid = articles_fts.rowid
WHERE articles_fts MATCH ? AND articles_fts.rowid IN ({{rows}})
"""  # noqa: S608 - constants
FINDINGS = f"""
SELECT f.rowid AS hit, f.record_id, f.polarity, i.article_id, i.date, i.council_id, c.name AS council,
    a.title, a.publisher, a.published, {SNIPPET.format(table="findings", column=0)}
FROM findings_fts JOIN findings f ON f.rowid = findings_fts.rowid JOIN inspections i USING (record_id)
JOIN councils c ON c.id = i.council_id JOIN articles a USING (article_id)
WHERE findings_fts MATCH ? AND findings_fts.rowid IN ({{rows}})
"""  # noqa: S608 - constants
NAMED = """
SELECT id, name, region FROM councils WHERE instr(lower(name), lower(?)) OR gss = upper(?) ORDER BY name LIMIT 8
"""
KINDS = {"articles": ARTICLES, "findings": FINDINGS}


async def search(datasette: Datasette, request: Request) -> Response:
    """Councils of that name, and articles or findings that have the words."""
    asked = request.args.get("q") or ""
    kind = "findings" if request.args.get("in") == "findings" else "articles"
    given = request.args.get("page") or "1"
    number = int(given) if re.fullmatch(r"[1-9]\d{0,2}", given) else 1
    found = await read(datasette, hits, asked, kind, number)
    context = {"q": asked, "kind": kind, "hits": found[:SHOWN], "page": number, "more": len(found) > SHOWN}
    context |= {"newest": NEWEST, "shown": SHOWN, "councils": await read(datasette, named, asked)}
    return await page(datasette, request, "search", context)


def hits(db: Database, asked: str, kind: str, number: int) -> list[dict[str, Any]]:
    """The hits of one page, the best first, and one of the next; each with its snippet in parts."""
    match = matching(asked)
    if not match:
        return []
    places = {"match": match, "newest": NEWEST, "limit": SHOWN + 1, "offset": (number - 1) * SHOWN}
    best = [row for (row,) in db.execute(BEST.format(table=kind), places).fetchall()]
    rows = db.query(KINDS[kind].format(rows=", ".join("?" * len(best))), [match, *best])
    found = {row["hit"]: row | {"parts": parts(row["snippet"])} for row in rows}
    return [found[hit] for hit in best]


def named(db: Database, asked: str) -> list[dict[str, Any]]:
    """The councils whose name has the words, or whose code they are."""
    name = " ".join(asked.split()).removesuffix(" council")
    return list(db.query(NAMED, [name, name])) if re.search(r"\w{3}", name) else []


def matching(asked: str) -> str:
    """What a person types as a query of FTS5: all of the words, those in quotation marks together.

    >>> matching('care leavers')
    '"care" "leavers"'
    >>> matching('"care leavers" near:bad*')
    '"care leavers" "near:bad*"'
    """
    straight = re.sub("[“”]", '"', asked).replace("\0", "")
    found = [phrase or word.replace('"', "") for phrase, word in PHRASE.findall(straight)]
    return " ".join(f'"{each}"' for each in found if re.search(r"\w", each))


def parts(snippet: str) -> list[tuple[str, bool]]:
    """A snippet as words and hits by turns.

    >>> parts('of \\x02care\\x03 leavers')
    [('of ', False), ('care', True), (' leavers', False)]
    """
    found = re.split(f"{OPEN}(.*?){CLOSE}", snippet, flags=re.DOTALL)
    return [(text, bool(place % 2)) for place, text in enumerate(found) if text]
