"""Authorities: the register of councils and of the bodies that deliver for them, with all the names that they go by.

Read from `lexicons/councils.csv`, `aliases.csv`, `bodies.csv`, `traps.csv` and `places.csv`.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from extractors import tables
from schemas.inspection import Council

NAMES = "councils"  # csv of authorities, and the span group of their names
USED_KINDS = {"official", "short", "with_suffix", "press", "misspelling"}


@dataclass(frozen=True)
class Authority:
    """One row of the register."""

    council: Council
    start: str
    end: str
    type: str
    official: str
    successors: tuple[str, ...]
    childrens_services: bool


@cache
def register() -> dict[str, Authority]:
    """All authorities by id."""
    return {
        row["id"]: Authority(
            council=Council(
                id=row["id"],
                name=row["name"],
                gss=row["gss"] or None,
                la_code=row["la_code"] or None,
                region=row["region"] or None,
            ),
            start=row["start_date"],
            end=row["end_date"],
            type=row["type"],
            official=row["official_name"],
            successors=tuple(filter(None, row["successors"].split("|"))),
            childrens_services=row["childrens_services"] == "true",
        )
        for row in tables.rows(NAMES)
    }


def existed(council_id: str, date: str | None) -> bool:
    """Whether the authority existed at an ISO date (or prefix of one); an unknown date is never too early or too late."""
    row = register()[council_id]
    return date is None or ((not row.start or row.start[: len(date)] <= date) and (not row.end or date <= row.end))


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Written form -> ids that it may stand for; an empty tuple for a form that stands for nothing of ours."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in tables.rows("aliases"):
        if row["kind"] in USED_KINDS or (row["kind"] == "abbreviation" and row["ambiguous"] == "false"):
            found[row["alias"]].append(row["council_id"])
    for row in tables.rows("traps"):
        found[row["name"]] = []
    return {form: tuple(ids) for form, ids in found.items()}


@cache
def short_names() -> tuple[str, ...]:
    """The short names of authorities that run children's services."""
    ids = {id for id, row in register().items() if row.childrens_services}
    return tuple(row["alias"] for row in tables.rows("aliases") if row["kind"] == "short" and row["council_id"] in ids)


@cache
def joint_names() -> frozenset[str]:
    """Names of several authorities in one ("Derby and Derbyshire"), as the alias table marks them."""
    return frozenset(row["alias"] for row in tables.rows("aliases") if row["note"].startswith("[joint"))


@cache
def common_words() -> frozenset[str]:
    """Names that are words of the language too, as the alias table marks them."""
    return frozenset(row["alias"] for row in tables.rows("aliases") if "word" in row["note"].split("]")[0])


@cache
def places() -> dict[str, frozenset[str]]:
    """Parts of the country that a description may name ("the Merseyside authority") -> the authorities that lie there."""
    found: dict[str, frozenset[str]] = {}
    for row in tables.rows("places"):
        regions = row["regions"].split("|")
        inside = {id for id, each in register().items() if each.council.region in regions}
        found[row["place"]] = frozenset(inside | set(filter(None, row["authorities"].split("|"))))
    return found


@cache
def bodies() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Written form of a trust or company -> (council id, first day, last day) of each council that it serves."""
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in tables.rows("bodies"):
        for form in (row["name"], *filter(None, row["also_known_as"].split("|"))):
            if len(form) > 5 or form in ("TfC", "DCST"):
                found[form].append((row["council_id"], row["start_date"], row["end_date"]))
    return {form: tuple(served) for form, served in found.items()}
