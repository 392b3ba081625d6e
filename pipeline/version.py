"""Which program this is, by stage: digests of the code, the libraries and the knowledge that each stage works with.

A row depends on the document and on the stages that took part in it. Where only a lexicon changed, articles need not be
read and cleaned again, and those that the sieve turned away need nothing at all.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PARTS = ("extractors", "pipeline", "schemas")
SETTINGS = ("OFSTED_RECORDS_MODEL", "OFSTED_RECORDS_FINDINGS_MODEL")
LEXICONS = "extractors/lexicons"
IMPORT = re.compile(r"^[ \t]*(?:import ([\w., ]+)|from ([\w.]+) import (\([^)]*\)|.*))", re.MULTILINE)
WORD = re.compile(r"[\w.]+")


class Roots(NamedTuple):
    """What a stage begins with: whatever its modules import belongs to it, too."""

    modules: Sequence[str]
    files: Sequence[str]
    """Knowledge that they load, as patterns of paths."""


class Stages(NamedTuple):
    """A digest of all that a stage works with, and the stages before it that it can't do without."""

    clean: str
    """From bytes to an article, and which articles are copies of one another."""
    sieve: str
    """Whether an article can hold a record."""
    extract: str
    """From an article to its records, the sieve included."""


STAGES: Mapping[str, Roots] = {
    "clean": Roots(
        ("pipeline.read", "pipeline.clean", "pipeline.twins"),
        ("pipeline/publishers/*.toml", "pipeline/read/columns.toml"),
    ),
    "sieve": Roots(
        ("pipeline.relevance",),
        tuple(
            f"{LEXICONS}/{name}"
            for name in (
                "aliases.csv", "bodies.csv", "councils.csv", "grades.toml", "grades_annual.toml", "inspectorates.toml",
                "kinds.toml", "traps.csv",
            )
        ),
    ),
    "extract": Roots(  # tables of names are the sieve's already; official outcomes make no record
        ("pipeline.extract",), (f"{LEXICONS}/*.toml", "extractors/model/*")
    ),
}  # fmt: skip


TIMELINE = Roots(
    ("pipeline.timeline_tell", "pipeline.timeline_group", "pipeline.timeline_verify"),
    ("pipeline/timeline.toml", f"{LEXICONS}/councils.csv", f"{LEXICONS}/official_outcomes.csv"),
)


@cache
def version() -> str:
    """The version of the installed distribution."""
    return installed_version("ofsted-records")


@cache
def stages() -> Stages:
    """The digests of this program, the same on every machine with the same libraries."""
    clean, sieve, extract = (_digest(*STAGES[name]) for name in Stages._fields)
    settings = [version(), *(os.environ.get(name, "") for name in SETTINGS)]
    return Stages(clean, sieve, hashed([sieve, extract, *settings]))


@cache
def timeline_rules() -> str:
    """The digest of what the timeline is made by: its modules, what they import of ours, and what they know."""
    ours, _ = imported(TIMELINE.modules)
    return hashed(sorted(_texts(ours, TIMELINE.files)))


def hashed(parts: Sequence[str]) -> str:
    """One short hash of texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _digest(modules: Sequence[str], patterns: Sequence[str]) -> str:
    """A hash of modules, of all that they import, and of files."""
    ours, libraries = imported(modules)
    return hashed(sorted([*_texts(ours, patterns), *_versions(libraries)]))


def _texts(ours: set[str], patterns: Sequence[str]) -> list[str]:
    """The path of each file and a hash of what it holds."""
    files = {path for pattern in patterns for path in ROOT.glob(pattern)} | {_path(name) for name in ours}
    return [f"{path.relative_to(ROOT).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]


def imported(modules: Sequence[str]) -> tuple[set[str], set[str]]:
    """The modules of ours that these import, directly or not, themselves among them, and the libraries."""
    ours: set[str] = set()
    libraries: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name in ours:
            continue
        if name.partition(".")[0] not in PARTS:
            libraries.add(name.partition(".")[0])
        elif _path(name).is_file():  # else a name that is imported from a module, not a module
            ours.add(name)
            waiting += [name.rpartition(".")[0], *_imports(name)] if "." in name else _imports(name)
    return ours, libraries - sys.stdlib_module_names


def _path(module: str) -> Path:
    """The file of a module of ours."""
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def _imports(module: str) -> tuple[str, ...]:
    """The names that a module imports, wherever in it; `from a import b` may mean the module a.b.

    Read by an expression, not by a parser, which takes two seconds for all modules; a name too many does no harm.
    """
    names: list[str] = []
    for whole, origin, items in IMPORT.findall(_path(module).read_text(encoding="utf-8")):
        found = WORD.findall(whole or items)
        names += [origin, *(f"{origin}.{name}" for name in found)] if origin else found
    return tuple(names)


def _versions(libraries: set[str]) -> Iterator[str]:
    """The installed distributions that provide libraries, with their versions."""
    for distribution in sorted({each for name in libraries for each in _distributions().get(name, ())}):
        try:
            yield f"{distribution} {installed_version(distribution)}"
        except PackageNotFoundError:  # pragma: no cover - gone since it was listed
            continue


@cache
def _distributions() -> Mapping[str, list[str]]:
    """Distributions by the names that are imported from them."""
    return packages_distributions()
