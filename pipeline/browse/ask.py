"""Saved questions as pages: a form made of the parameters of each, its answer as a table, as CSV and as JSON.

They are those of `ofsted-records query`, checked and worded in the same way, which Datasette's own saved queries would not be.
"""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from sqlite_utils import Database

from pipeline.browse.sheet import as_csv
from pipeline.browse.site import page, read, remember
from pipeline.query import QueryError, ask, values
from pipeline.questions import Question, questions

SHOWN = 100  # rows on a page; the files have all
LASTING = 60  # seconds for which an answer may lag behind a run that is writing
NAMED = "SELECT id, name FROM councils"
TOLD_IN = "SELECT article_id FROM articles WHERE source = ?"


async def every(datasette: Datasette, request: Request) -> Response:
    """All questions that can be asked."""
    return await page(datasette, request, "questions", {"questions": questions()})


async def question(datasette: Datasette, request: Request) -> Response:
    """One question, its form, and its answer."""
    name, kind = request.url_vars["name"], request.url_vars["kind"]
    if name not in questions():
        raise NotFound("No question has this name.")
    asked = questions()[name]
    given = {each: value for each in request.args if (value := request.args[each].strip())}
    try:
        if not kind:
            return await _page(datasette, request, asked, await _answer(datasette, name, given), 200)
        answer = await read(datasette, ask, name, given)
    except QueryError as error:
        if kind:
            return Response.text(str(error), status=400)
        return await _page(datasette, request, asked, {"wrong": str(error)}, 400)
    if kind == "json":
        return Response(json.dumps(answer.rows, ensure_ascii=False), content_type="application/json; charset=utf-8")
    return as_csv(answer.rows, name, answer.columns)


async def _answer(datasette: Datasette, name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """What the page shows of an answer; that of a question without parameters, which may take seconds, is remembered."""
    find = partial(shown, name=name, given=given)
    return await (read(datasette, find) if given else remember(datasette, f"question {name}", find, LASTING))


async def _page(
    datasette: Datasette, request: Request, asked: Question, found: Mapping[str, Any], status: int
) -> Response:
    """The page of a question, whether it could be answered or not."""
    given = {each.name: request.args.get(each.name) or "" for each in asked.parameters}
    choices = await read(datasette, lambda db: {each.name: values(db, each) for each in asked.parameters})
    about = {"question": asked, "given": given, "choices": choices, "query": request.query_string, "shown": SHOWN}
    return await page(datasette, request, "question", {**about, **found}, status)


def shown(db: Database, name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """The first rows of an answer, without columns that are empty in all of them, and where their names lead."""
    columns, first, length = ask(db, name, given, SHOWN)
    filled = [column for column in columns if any(row[column] not in (None, "", "[]") for row in first)]
    ids = {named: council_id for council_id, named in db.execute(NAMED)} if "council" in filled else {}
    sources = {row["source"] for row in first} if "source" in filled else ()
    articles = {source: found[0] for source in sources if (found := db.execute(TOLD_IN, [source]).fetchone())}
    return {"columns": filled, "rows": first, "length": length, "councils": ids, "articles": articles}
