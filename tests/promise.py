"""What must hold for any bytes: each document gives an article that is whole, or a reject; never another exception."""

from pathlib import Path

from pipeline.clean import clean
from pipeline.read import documents, raw_article
from schemas.reject import Rejected


def taken(path: Path) -> int:
    """How many documents there are in a file; fails if one gives neither an article whose spans hold nor a reject."""
    sources = set()
    for document in documents([str(path)], {}):
        assert document.source not in sources
        sources.add(document.source)
        try:
            article = clean(raw_article(document))
        except Rejected:
            continue
        assert article.body == article.body.strip() != ""
        assert not {"\0", "\r"} & set(article.body)
        article.model_dump_json()  # fails on a lone surrogate
    return len(sources)
