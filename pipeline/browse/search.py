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
ARTICLES = f"""
SELECT a.article_id, a.title, a.publisher, a.published,
    snippet(articles_fts, 1, '{OPEN}', '{CLOSE}', '…', 40) AS snippet
FROM articles_fts JOIN articles a ON a.rowid = articles_fts.rowid
WHERE articles_fts MATCH :match ORDER BY articles_fts.rank LIMIT :limit OFFSET :offset
"""  # noqa: S608 - two constants
FINDINGS = f"""
SELECT f.record_id, f.polarity, i.article_id, i.date, i.council_id, c.name AS council, a.title, a.publisher, a.published,
    snippet(findings_fts, 0, '{OPEN}', '{CLOSE}', '…', 60) AS snippet
FROM findings_fts JOIN findings f ON f.rowid = findings_fts.rowid JOIN inspections i USING (record_id)
JOIN councils c ON c.id = i.council_id JOIN articles a USING (article_id)
WHERE findings_fts MATCH :match ORDER BY findings_fts.rank LIMIT :limit OFFSET :offset
"""  # noqa: S608 - two constants
KINDS = {"articles": ARTICLES, "findings": FINDINGS}


async def search(datasette: Datasette, request: Request) -> Response:
    """Articles, or findings, that have the words."""
    asked = request.args.get("q") or ""
    kind = "findings" if request.args.get("in") == "findings" else "articles"
    given = request.args.get("page") or "1"
    number = int(given) if re.fullmatch(r"[1-9]\d{0,2}", given) else 1
    found = await read(datasette, hits, asked, kind, number)
    context = {"q": asked, "kind": kind, "hits": found[:SHOWN], "page": number, "more": len(found) > SHOWN}
    return await page(datasette, request, "search", context)


def hits(db: Database, asked: str, kind: str, number: int) -> list[dict[str, Any]]:
    """The hits of one page, the best first, and one of the next; each with its snippet in parts."""
    match = matching(asked)
    if not match:
        return []
    places = {"match": match, "limit": SHOWN + 1, "offset": (number - 1) * SHOWN}
    return [row | {"parts": parts(row["snippet"])} for row in db.query(KINDS[kind], places)]


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
