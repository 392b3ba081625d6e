"""Whether a record that a person made may stand: the rules that extraction keeps by itself, with each breach in words."""

from pydantic import ValidationError

from extractors.period import edtf, interval, parts
from pipeline.events import UNGRADED
from pipeline.review_values import ReviewError, values_of
from schemas.article import Article
from schemas.inspection import Council, Inspection

NEEDED = ("council", "kind", "role", "inspectorate")


def check(name: str, value: str | None) -> None:
    """Raise a ReviewError unless a value may be given for a field, whatever its words."""
    values_of({name: value})
    if name in NEEDED and value is None:
        raise ReviewError(f"{name}: can't be empty")
    if name == "council":
        council_of(value or "")
    if name in ("inspected", "reported"):
        check_date(name, value)


def council_of(name: str) -> Council:
    """The council of an id, a code or a name; raises ReviewError with those that come close."""
    from rapidfuzz import process  # noqa: PLC0415 - heavy, and most decisions name no council

    from extractors.authorities import register  # noqa: PLC0415 - as above: it loads spaCy

    councils = [authority.council for authority in register().values()]
    wanted = name.casefold().strip()
    found = [each for each in councils if wanted in (each.id, (each.gss or "").casefold(), each.name.casefold())]
    if len({each.id for each in found}) == 1:
        return found[0]
    close = process.extract(wanted, {each.id: each.name.casefold() for each in councils}, limit=4)
    ids = ", ".join(sorted(each.id for each in found) or [id for _, _, id in close])
    raise ReviewError(
        f"council: {name!r} is {'more than one' if found else 'none'} of the register: give one of {ids} …"
    )


def checked(article: Article, record: Inspection) -> Inspection:
    """A record that the schema and the record contract allow; raises ReviewError."""
    areas = [rating.area for rating in record.ratings]
    faults = {
        "ratings: a grade or a finding is needed, or there is nothing to record": not (
            record.ratings or record.findings
        ),
        f"ratings: inspections of kind {record.kind} have no grades; take them out, or correct `kind`": areas
        and record.kind in UNGRADED,
        "ratings: one area has two grades; leave one": len(set(areas)) < len(areas),
        "findings: one to three themes each": any(not 1 <= len(finding.themes) <= 3 for finding in record.findings),
        f"delivery_body: {record.delivery_body!r} does not stand in the article": record.delivery_body
        and record.delivery_body not in f"{article.body}\n{article.title}",
        "inspectorate: can't be empty": not record.inspectorate.strip(),
    }
    if found := [fault for fault, holds in faults.items() if holds]:
        raise ReviewError("; ".join(found))
    try:
        return Inspection.model_validate(record.model_dump(), strict=False)
    except ValidationError as error:
        raise ReviewError(f"the record breaks the schema: {error}") from error


def check_date(name: str, date: str | None) -> None:
    """Raise a ReviewError unless a date is one in EDTF, as this project writes it, of a day that there is."""
    if date is None:
        return
    start, slash, end = date.partition("/")
    try:
        for single in (start, end) if slash else (start,):
            if edtf(*parts(single)) != single:
                raise ValueError(f"{single!r} is no day of the calendar")
        if slash and (interval(start, end) != date or len(start) != len(end) or start > end):
            raise ValueError(f"{date!r} is no interval: expected an earlier and a later date, equally fine")
    except ValueError as error:
        raise ReviewError(f"{name}: {error}") from error
