"""Cells of csv files that people open in a spreadsheet: text that it would run as a formula is made text again, and back.

Such a cell gets an apostrophe in front (`=HYPERLINK(...)` in a headline is text); so does one that begins so behind
apostrophes of its own: taking one off gives back what was there.
"""

import json
import re
from typing import Any

FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def safe(value: Any) -> Any:
    """A value as it is written; a list is JSON.

    >>> safe("=1+1"), safe("'=1"), safe(-1), safe("good"), safe(True), safe(["voice"])
    ("'=1+1", "''=1", -1, 'good', 'true', '["voice"]')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def read(text: str) -> str:
    """The text of a cell as it was before `safe`.

    >>> read("'=1+1"), read("'tis"), read("good")
    ('=1+1', "'tis", 'good')
    """
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
