"""What an article is read to tell, in short lines that tests compare."""

import pytest
from made import article, unsieved

from pipeline.extraction import Extraction
from schemas.inspection import Inspection


def read(body: str, published: str | None = "2017-05-24", **fields: str) -> Extraction:
    return unsieved(article(body, published=published, **fields))


def brief(record: Inspection) -> str:
    """A record in a line: "halton previous reinspection overall=good reported=2014"."""
    words = [record.council.id, *(["previous"] if record.role == "previous" else [])]
    words += [record.kind] if record.kind != "inspection" else []
    words += [f"{rating.area}={rating.grade}" for rating in record.ratings]
    words += [f"{name}={getattr(record, name)}" for name in ("inspected", "reported") if getattr(record, name)]
    return " ".join(words)


def briefly(body: str, published: str | None = "2017-05-24", **fields: str) -> list[str]:
    return sorted(brief(record) for record in read(body, published, **fields).inspections)


def said(body: str, published: str | None = "2017-05-24") -> list[tuple[str, str]]:
    """Council and polarity of each finding, in order of place."""
    found = [(finding, each.council.id) for each in read(body, published).inspections for finding in each.findings]
    return [(council, finding.polarity) for finding, council in sorted(found, key=lambda pair: pair[0].evidence.start)]


def miss(reason: str, *values: object, **options: str) -> object:
    """A case that is not read rightly yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason), **options)
