"""What a person may give to correct or add a record: the form of it, checked, with its faults in words."""

from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args

from pydantic import ValidationError

from schemas.base import Record
from schemas.inspection import Area, Attribution, Framework, Grade, Kind, Polarity, Role, Scale, Theme
from schemas.mention import Field

R = TypeVar("R", bound=Record)


class ReviewError(Exception):
    """A decision can't be taken: says what of it, what was expected, and what to do."""


class Words(Record):
    """A stretch of the article: by its place, or by its words alone where they stand there once."""

    start: int | None = None
    end: int | None = None
    text: str | None = None
    field: Field = "body"
    inferred: bool = False


class GivenRating(Record):
    """A grade; what is left out is as it was of its area, and its words are those that were selected."""

    area: Area
    grade: Grade
    verbatim: str | None = None
    scale: Scale | None = None
    evidence: Words | None = None


class GivenFinding(Record):
    """A finding; its text is that of its evidence."""

    polarity: Polarity
    themes: tuple[Theme, ...]
    attribution: Attribution = "inspectors"
    quoted: bool = False
    text: str | None = None
    evidence: Words | None = None


class GivenEvidence(Record):
    """The words of single values."""

    council: Words | None = None
    kind: Words | None = None
    inspected: Words | None = None
    reported: Words | None = None


class Values(Record):
    """The fields that a person gives; one that is not given stays as it is, one that is null is emptied.

    `ratings` and `findings` are whole lists: what is not in them is taken out.
    """

    council: str | None = None
    kind: Kind | None = None
    role: Role | None = None
    inspected: str | None = None
    reported: str | None = None
    date: str | None = None
    framework: Framework | None = None
    inspectorate: str | None = None
    delivery_body: str | None = None
    direction: Literal["up", "down", "same"] | None = None
    ratings: tuple[GivenRating, ...] = ()
    findings: tuple[GivenFinding, ...] = ()
    evidence: GivenEvidence = GivenEvidence()

    @property
    def given(self) -> set[str]:
        """The names of the fields that were given."""
        return self.model_fields_set


CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "role": get_args(Role),
    "framework": get_args(Framework),
    "direction": ("up", "down", "same"),
    "area": get_args(Area),
    "grade": get_args(Grade),
    "polarity": get_args(Polarity),
    "attribution": get_args(Attribution),
    "themes": get_args(Theme),
}
"""What may be said, by field: for menus and prompts."""


def values_of(given: Mapping[str, Any]) -> Values:
    """The values that a form, a prompt or a program gives; raises ReviewError with every fault in words."""
    return _checked(Values, given)


def words_of(given: Mapping[str, Any]) -> Words | None:
    """The stretch that a person selected; None where there is none."""
    return _checked(Words, given) if given else None


def _checked(model: type[R], given: Mapping[str, Any]) -> R:
    try:
        return model.model_validate(given, strict=False)
    except ValidationError as error:
        raise ReviewError("; ".join(map(_fault, error.errors()))) from error


def _fault(error: Any) -> str:
    """One fault that pydantic found, in words."""
    where = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in error["loc"]) or "values"
    if error["type"] == "extra_forbidden":
        return f"{where}: no such field"
    wanted = str(error["msg"]).replace("Input should be", "expected").replace("Field required", "is missing")
    given = "" if error["type"] == "missing" else f", got {error['input']!r}"
    return f"{where}: {wanted}{given}"
