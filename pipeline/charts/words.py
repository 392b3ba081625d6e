"""How values are said to people: `requires_improvement` is 'requires improvement', and a month has its name."""

import calendar
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "words.toml"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def said(kind: str, value: str) -> str:
    """A value of a kind (`area`, `theme`, `publisher`, `verified` …) in words.

    >>> said("theme", "voice"), said("grade", "requires_improvement")
    ('voice of the child', 'requires improvement')
    """
    return _words().get(kind, {}).get(value, value.replace("_", " "))


def day(date: str | None) -> str:
    """An EDTF date in words.

    >>> day("2024-07-12"), day("2024-07"), day("2024"), day("XXXX-03"), day("2024-21"), day(None)
    ('12 July 2024', 'July 2024', '2024', 'March of an unknown year', '2024-21', 'no date')
    """
    year, _, rest = (date or "").partition("-")
    month, _, of_month = rest.partition("-")
    if not date or (rest and not (month.isdigit() and 1 <= int(month) <= 12)):
        return date or "no date"
    parts = [str(int(of_month)) if of_month.isdigit() else "", calendar.month_name[int(month)] if month else ""]
    return " ".join(part for part in (*parts, "of an unknown year" if year == "XXXX" else year) if part)


def month(date: str) -> str:
    """An EDTF date in a word or two.

    >>> month("2024-07-12"), month("2024"), month("2024-21")
    ('Jul 2024', '2024', '2024')
    """
    year, _, rest = date.partition("-")
    number = rest[:2]
    return f"{calendar.month_abbr[int(number)]} {year}" if number.isdigit() and 1 <= int(number) <= 12 else year


def count(number: int, one: str, more: str = "") -> str:
    """A number with its noun.

    >>> count(1, "inspection"), count(1200, "council"), count(2, "branch", "branches")
    ('1 inspection', '1,200 councils', '2 branches')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """A list as a sentence has it.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part) if parts else "nothing"


def share(part: int, whole: int) -> str:
    """A share in whole percent.

    >>> share(1, 3), share(0, 0)
    ('33%', '0%')
    """
    return f"{100 * part / whole:.0f}%" if whole else "0%"
