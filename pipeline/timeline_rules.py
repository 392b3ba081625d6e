"""The only door to `timeline.toml`: what is known of each family of inspections, checked when loaded."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.inspection import Kind

FILE = Path(__file__).parent / "timeline.toml"


class TimelineRulesError(Exception):
    """`timeline.toml` is wrong: says what, and what was expected."""


class Family(BaseModel):
    """Kinds of inspection that may be one event, and what is known of their dates; all figures are days."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: str
    called: str
    """What to call one of them."""
    kinds: tuple[Kind, ...]
    graded: bool
    lag: int
    """From fieldwork to report, at most."""
    near: int
    """Between two tellings of one date, at most."""
    spacing: int
    """Between two events of one council, at least; 0 where nothing is known."""
    news: int
    """From a report to the last article that tells it as news."""
    standing: int
    """From an event to the last article that tells its grade without a date."""
    cycle: int
    """From an event to the next one that an article reports as news, where that tells the first without a date."""


@cache
def families() -> Mapping[str, Family]:
    """The family of each kind of inspection."""
    try:
        tables = tomllib.loads(FILE.read_text(encoding="utf-8"))["family"]
        found = [Family.model_validate(table | {"kinds": tuple(table["kinds"])}) for table in tables]
    except (KeyError, ValidationError, tomllib.TOMLDecodeError) as error:
        raise TimelineRulesError(
            f"{FILE.name}: expected tables [[family]] with the keys of `Family`: {error}"
        ) from error
    kinds = [kind for family in found for kind in family.kinds]
    if sorted(kinds) != sorted(get_args(Kind)):
        raise TimelineRulesError(f"{FILE.name}: expected each kind in one family, found {sorted(kinds)}")
    return {kind: family for family in found for kind in family.kinds}
