"""Parts -> a database: outcomes that were come to elsewhere take the same way as those of one machine.

Copies are found across parts, because every article is placed among all that are stored.
"""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from pipeline import engines, run
from pipeline.extraction import Extraction
from pipeline.ingest import Options
from pipeline.job import Job, Outcome
from pipeline.parts import MANIFEST, Folder, PartsError
from pipeline.read import Document
from pipeline.rows import to_fields
from pipeline.runs import UNWATCHED, Watcher, running
from pipeline.summary import Summary
from pipeline.version import stages
from pipeline.why import Reason
from schemas.article import Article
from schemas.inspection import Inspection
from schemas.mention import Mention
from schemas.reject import Rejected

MENTIONS = TypeAdapter(tuple[Mention, ...])
INSPECTIONS = TypeAdapter(tuple[Inspection, ...])
REASONS = TypeAdapter(dict[str, tuple[Reason, ...]])


def load(address: str, db: Database, watcher: Watcher = UNWATCHED) -> Summary:
    """Bring parts together in a database; raises `PartsError` where some are not made yet, before anything is written."""
    folder = Folder(address)
    manifest = json.loads(folder.read(MANIFEST) or "null")
    if manifest is None:
        raise PartsError(
            f"{address}: no {MANIFEST} there; make parts with `ofsted-records ingest DUMP --parts {address}`"
        )
    made = [folder.made(number) for number in range(manifest["parts"])]
    missing = [number for number, said in enumerate(made) if not said]
    if missing:
        raise PartsError(
            f"{address}: {len(missing)} of {manifest['parts']} parts are not made yet, the first of them {missing[0]}; "
            "give the command that makes them again: it makes only these"
        )
    if any(said["program"] != stages().extract for said in made):
        raise PartsError(f"{address}: made by another version of this program; make the parts again with this one")
    options = Options.model_validate(manifest["options"], strict=False)
    with running(db, manifest["options"], watcher) as this, engines.local(options.processes, options.limits) as engine:
        found = (pair for number in range(manifest["parts"]) for pair in outcomes_in(folder, number))
        return run.keep(this, found, engine)


def outcomes_in(folder: Folder, number: int) -> Iterator[tuple[Job, Outcome]]:
    """The outcomes of one part."""
    for row in folder.rows(number, "rejects"):
        document = Document(row["source"], None)
        yield Job(row["key"], document), Outcome(row["stage"], rejected=_rejected(row))
    for row in folder.rows(number, "articles"):
        article = Article.model_validate(to_fields(Article, row), strict=False)
        clean = article.model_copy(update={"relevant": False})
        read = None
        if row["mentions"] is not None:
            mentions = MENTIONS.validate_json(row["mentions"])
            inspections = INSPECTIONS.validate_json(row["inspections"])
            reasons = REASONS.validate_json(row["reasons"])
            read = Extraction(article, mentions, inspections, reasons, parsed=row["parsed"])
        prints = frozenset(row["fingerprints"])
        yield Job(row["key"], clean), Outcome(row["stage"], clean, read, _rejected(row), prints)


def _rejected(row: dict[str, Any]) -> Rejected | None:
    """Why a row gave no article, or nothing was read of it."""
    return Rejected(row["reason"], row["message"], row["sha256"]) if row["reason"] else None
