"""The only door to `publishers/`: loads the templates of sites, checks them, and tells which one a page was made with.

One toml file a publisher. `[[line]]` tables say what a line of text is (its `role`), `[[sign]]` tables what speaks for
the publisher, `[[layout]]` tables how its pages were built in one period. `general.toml` holds what they share.
Patterns match whole lines, whatever their case; `%date%` and the like stand for the entry of `[fragments]`.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # what a pattern needs is known to nobody else
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas.article import Publisher

FOLDER = Path(__file__).parent / "publishers"
SEPARATOR = re.compile(r" [|–—-] ")
WORD = re.compile(r"[^\W_]+")
MARKS = {code: " " for code in range(128) if not chr(code).isalnum()}  # of ASCII, by which words are told apart faster
LONGEST = 700  # characters; the longest line of furniture seen, a publisher's imprint, has 400
REMEMBERED = 4096  # lines; those of some articles, and the furniture of a site
ENOUGH = 2  # the weight that names a publisher: one strong sign, or two weak ones

Role = Literal[
    "drop",  # furniture wherever it stands
    "tail",  # nothing of the story comes after it
    "wall",  # as tail, and the copy may be cut
    "related",  # a list of other stories follows, then the story may go on
    "promo",  # heads an advertisement of one paragraph
    "plug",  # the paragraph of such an advertisement, known by its own words
    "caption",
    "byline",
    "date",  # a byline may be on it
    "updated",
    "label",  # names the section of the site, above the headline
    "listing",  # of pages that list articles and are none
    "login",  # of pages that ask who is there, where they hold no story
    "organisation",  # a byline that is no person
    "suffix",  # the site's name after a headline
]
ORDER: tuple[Role, ...] = (  # in which the roles of a line are tried
    "wall", "related", "promo", "drop", "date", "byline", "updated", "caption", "plug", "tail", "label",
)  # fmt: skip
Field = Literal["title", "standfirst", "author", "date", "caption", "body", "furniture"]


class PublisherError(Exception):
    """A template is wrong: says which file, which entry, which key, and what was expected."""


class Table(BaseModel):
    """A table of a template: known keys only, frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Table):
    """What a line is, with lines that it must match and lines that it must not."""

    id: str
    role: Role
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


class Sign(Table):
    """A line that speaks for a publisher, and how loudly."""

    id: str
    weight: int
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()


class Layout(Table):
    """How pages were built in one period; recognised by address, else by elements, else by lines."""

    id: str
    addresses: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    select: Mapping[Field, tuple[str, ...]] = {}


class Template(Table):
    """One file: a publisher, or what is general."""

    publisher: Publisher
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    fragments: Mapping[str, str] = {}
    formats: tuple[str, ...] = ()
    select: Mapping[Field, tuple[str, ...]] = {}
    line: tuple[Rule, ...] = ()
    sign: tuple[Sign, ...] = ()
    layout: tuple[Layout, ...]

    @cached_property
    def matchers(self) -> Mapping[Role, tuple[re.Pattern[str], ...]]:
        """The patterns of each role, the general ones after the publisher's own."""
        rules = self.line if self.publisher == "other" else (*self.line, *general().line)
        roles: dict[Role, list[re.Pattern[str]]] = {}
        for rule in rules:
            roles.setdefault(rule.role, []).extend(map(pattern, rule.patterns))
        return {role: tuple(patterns) for role, patterns in roles.items()}

    @cached_property
    def tried(self) -> Callable[[str], Mapping[Role, Sequence[re.Pattern[str]]]]:
        """A function that gives the patterns of each role that a line may match; it remembers the latest lines.

        Most lines are prose and match nothing: a pattern is tried where the line holds a text that it can't do without.
        """
        every = [(role, each) for role, patterns in self.matchers.items() for each in patterns]
        asking: dict[str, set[int]] = {"": set()}
        for number, (_, each) in enumerate(every):
            for text in needed(each) or ("",):
                asking.setdefault(text, set()).add(number)
        automaton = AhoCorasick(list(asking)[1:])
        always, *asked = asking.values()

        @lru_cache(REMEMBERED)
        def tried(line: str) -> Mapping[Role, Sequence[re.Pattern[str]]]:
            folded = line.replace("İ", "i").replace("ı", "i").casefold()  # both are an i to patterns
            hits = {hit[0] for hit in automaton.find_matches_as_indexes(folded, overlapping=True)}
            roles: dict[Role, list[re.Pattern[str]]] = {}
            for number in sorted(always.union(*map(asked.__getitem__, hits))):
                roles.setdefault(every[number][0], []).append(every[number][1])
            return roles

        return tried

    def match(self, role: Role, line: str) -> re.Match[str] | None:
        """The match of a whole line by a role's patterns; a line as long as two paragraphs is no furniture."""
        if len(line) > LONGEST:
            return None
        return next(filter(None, (each.fullmatch(line) for each in self.tried(line).get(role, ()))), None)

    def headline(self, title: str) -> str:
        """A headline without the site's name behind it, and without the quotation marks of print views."""
        while (ends := list(SEPARATOR.finditer(title))) and self.match("suffix", title[ends[-1].end() :].strip()):
            title = title[: ends[-1].start()]
        inner = title[1:-1]
        return inner.strip() if title[:1] == "“" and title[-1:] == "”" and "”" not in inner else title.strip()

    def selectors(self, field: Field, layout: Layout) -> tuple[str, ...]:
        """The selectors of a field, the layout's own first, then those that all pages share."""
        return (*layout.select.get(field, ()), *general().select.get(field, ()))


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern of a template, its fragments spelt out."""
    for name, fragment in general().fragments.items():
        text = text.replace(f"%{name}%", f"(?:{fragment})")
    return re.compile(text, re.IGNORECASE)


def needed(pattern: re.Pattern[str]) -> frozenset[str]:
    """Texts of which whatever the pattern matches holds one, their case folded; empty where none is known.

    >>> sorted(needed(re.compile(".*(?:sign|log)s? in to (?:read )?more")))
    [' in to ']
    """
    return _needed(_parser.parse(pattern.pattern, pattern.flags))


def _needed(parsed: Iterable[tuple[object, Any]]) -> frozenset[str]:
    """The longest texts that a part of a pattern can't do without."""
    found, run = [frozenset[str]()], ""
    for code, value in (*parsed, (None, None)):
        if code is _parser.LITERAL:
            run += chr(value).casefold()
            continue
        found.append(frozenset([run] if run.strip() else []))
        run = ""
        if code is _parser.SUBPATTERN:
            found.append(_needed(value[-1]))
        elif code is _parser.BRANCH:
            ways = [_needed(way) for way in value[1]]
            found.append(frozenset().union(*ways) if all(ways) else frozenset())
        elif code is _parser.MAX_REPEAT and value[0]:
            found.append(_needed(value[-1]))
    return max(found, key=lambda texts: min(map(len, texts), default=0))


@cache
def load(path: Path) -> Template:
    """The template in a file, checked."""
    try:
        return Template.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PublisherError(f"{path.name}: expected a toml file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ", ".join(map(str, first["loc"]))
        raise PublisherError(f"{path.name}, {where}: {first['msg']}; mend the key, or see the other files") from error


@lru_cache(REMEMBERED)
def day(text: str) -> str | None:
    """The ISO date that a text starts with or is; None where there is none, or where its weekday does not fit.

    >>> day("Tuesday, March 17, 2020"), day("2020-03-17T09:00:00Z"), day("Monday, March 17, 2020")
    ('2020-03-17', '2020-03-17', None)
    """
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", " ".join(text.split()))
    iso = re.match(r"\d{4}-\d{2}-\d{2}", text)
    for form in ("%Y-%m-%d",) if iso else general().formats:
        try:
            found = datetime.strptime(iso.group() if iso else text, form)
        except ValueError:
            continue
        stated = text.split(",")[0].split()[0] if "%A" in form else None
        return found.date().isoformat() if stated in (None, found.strftime("%A")) else None
    return None


def words(text: str) -> str:
    """The words of a text in lower case, single spaces between."""
    lower = text.lower()
    return " ".join(lower.translate(MARKS).split() if lower.isascii() else WORD.findall(lower))


@lru_cache(REMEMBERED)
def key(text: str) -> str:
    """The words of a line, for comparing; each line is compared with many."""
    return words(text)


@cache
def general() -> Template:
    """What all publishers share; also the template of sites that are not known."""
    return load(FOLDER / "general.toml")


@cache
def templates() -> tuple[Template, ...]:
    """The known publishers, in the order of their files' names."""
    return tuple(load(path) for path in sorted(FOLDER.glob("*.toml")) if path.name != "general.toml")


def template_of(
    publisher: Publisher | None, addresses: Sequence[str], names: Sequence[str], lines: Sequence[str]
) -> Template:
    """The template of a page: as its sidecar, its addresses, its site's names or, last, its lines say."""
    for template in templates():
        if template.publisher == publisher:
            return template
    if publisher:
        return general()
    hosts = [match.group(1).lower() for url in addresses if (match := re.match(r"\w+://([^/:?#]+)", url.strip()))]
    for template in templates():
        if any(host == own or host.endswith("." + own) for host in hosts for own in template.hosts):
            return template
    for template in templates():
        if any(pattern(own).fullmatch(name.strip()) for name in names for own in template.names):
            return template
    best = max(templates(), key=lambda template: _weight(template, lines))
    return best if not hosts and _weight(best, lines) >= ENOUGH else general()


def _weight(template: Template, lines: Sequence[str]) -> int:
    """How much of the text speaks for a publisher; each sign counts once."""
    return sum(
        sign.weight
        for sign in template.sign
        if any(pattern(p).fullmatch(line) for p in sign.patterns for line in lines)
    )


def layout_of(template: Template, addresses: Sequence[str], lines: Sequence[str], found: Sequence[str]) -> Layout:
    """The layout of a page: by address, by the selectors `found` in it, by its lines; the last one otherwise."""
    for layout in template.layout:
        if any(pattern(each).search(url) for each in layout.addresses for url in addresses):
            return layout
    for layout in template.layout:
        if any(selector in found for selector in layout.elements):
            return layout
    for layout in template.layout:
        if any(pattern(each).fullmatch(line) for each in layout.lines for line in lines):
            return layout
    return template.layout[-1]
