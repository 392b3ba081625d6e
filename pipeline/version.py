"""Which program this is: its version, and a digest of what it knows."""

import hashlib
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("extractors", "pipeline", "schemas")
KNOWLEDGE = {".py", ".toml", ".csv"}


def version() -> str:
    """The version of the installed distribution."""
    return installed_version("ofsted-records")


@cache
def program() -> str:
    """The version and a digest of all code and lexicons, the same on every machine.

    An article read by another program is read again, so a new phrase in a lexicon reaches articles stored before.
    """
    files = sorted(path for part in PARTS for path in (ROOT / part).rglob("*") if path.suffix in KNOWLEDGE)
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{version()}+{digest.hexdigest()[:12]}"
