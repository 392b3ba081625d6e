"""HTML -> a tree that knows where its elements are: parsed once by libxml2, and what a CSS selector finds is looked up.

Searching a page of 1,000 elements for the hundred selectors of a template took most of the 700 ms that cleaning it took; now that
takes 20. Selectors are those that templates need: a name, `.class`, `#id` and `[attribute]` with `=`, `*=` or `^=`, run
together, inside one another, or joined by commas.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

from schemas.reject import Rejected

Element: TypeAlias = etree._Element

DEEPEST = 1000  # elements inside one another; real pages stay below 100, and searching takes the square of it
MOST = 10_000  # elements; real pages have hundreds, with comments a few thousand
TOO_DEEP = etree.XPath(f"boolean(descendant-or-self::*[count(ancestor::*) >= {DEEPEST}])")
UNSEEN = ("script", "style", "template", "rt", "rp")  # elements whose words are no text of the page
NAME = "<name>"
PART = re.compile(
    r"(?P<tag>[\w-]+)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)"
    r"|\[(?P<name>[\w-]+)(?:(?P<how>[*^]?=)(?P<quote>[\"']?)(?P<value>[^\"'\]]*)(?P=quote)(?P<fold> i)?)?\]"
)
APART = re.compile(r"\s+(?![^\[]*\])")  # white space outside brackets
ALTERNATIVES = re.compile(r",\s*(?![^\[]*\])")


class SelectorError(Exception):
    """A selector is none that `Page.select` understands: says which."""


class Test(NamedTuple):
    """One condition on an attribute; a name of an element counts as its attribute `NAME`."""

    name: str
    how: str = ""
    """`=` the value, `~` a word of it, `*=` a part of it, `^=` its beginning; empty: the attribute is there."""
    value: str = ""
    fold: bool = False
    """Whether case does not matter."""

    def holds(self, value: str) -> bool:
        """Whether a value of the attribute passes."""
        text = value.lower() if self.fold else value
        match self.how:
            case "=":
                return text == self.value
            case "*=":
                return self.value in text
            case "^=":
                return text.startswith(self.value)
        return True


Compound: TypeAlias = tuple[Test, ...]


@cache
def compiled(selector: str) -> tuple[tuple[Compound, ...], ...]:
    """The alternatives of a selector, each a chain of elements inside one another, the innermost last."""
    return tuple(tuple(map(_compound, APART.split(each.strip()))) for each in ALTERNATIVES.split(selector))


def _compound(text: str) -> Compound:
    """The conditions on one element."""
    tests, place = [], 0
    while found := PART.match(text, place):
        if found["tag"]:
            tests.append(Test(NAME, "=", found["tag"].lower()))
        elif found["class"]:
            tests.append(Test("class", "~", found["class"]))
        elif found["id"]:
            tests.append(Test("id", "=", found["id"]))
        else:
            fold = bool(found["fold"]) or found["name"] == "type"  # whose values HTML reads so
            value = found["value"] or ""
            tests.append(Test(found["name"], found["how"] or "", value.lower() if fold else value, fold))
        place = found.end()
    if place < len(text) or not tests:
        raise SelectorError(f"{text!r}: expected a name, .class, #id or [attribute], with =, *= or ^=")
    return tuple(tests)


class Page:
    """A page: its elements in order, found by the values of their attributes."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements = list(root.iter("*"))  # held, so that an element stays the same object
        self._place = {element: number for number, element in enumerate(self.elements)}

    @cached_property
    def pieces(self) -> list[str]:
        """The pieces of text of the whole page, in order."""
        return list(strings(self.root))

    def select(self, selector: str) -> list[Element]:
        """The elements that a selector finds, in order."""
        found = {element for chain in compiled(selector) for element in self._chain(chain)}
        return sorted(found, key=self._place.__getitem__)

    def _chain(self, chain: tuple[Compound, ...]) -> Iterator[Element]:
        """The elements that the last compound finds inside such as the others find."""
        inner = self._compound(chain[-1])
        if len(chain) == 1:
            yield from inner
            return
        outer = set(self._chain(chain[:-1])) if inner else set()
        yield from (element for element in inner if any(each in outer for each in element.iterancestors()))

    def _compound(self, tests: Compound) -> set[Element]:
        """The elements that pass every condition."""
        return set.intersection(*(set(self._passing(test)) for test in tests))

    def _passing(self, test: Test) -> Iterable[Element]:
        """The elements that pass one condition; most conditions state a whole value, which is looked up."""
        values = self._values.get(f"{test.name}{test.how}" if test.how == "~" else test.name, {})
        if test.how in ("=", "~") and not test.fold:
            return values.get(test.value, ())
        return (element for value, held in values.items() if test.holds(value) for element in held)

    @cached_property
    def _values(self) -> Mapping[str, Mapping[str, list[Element]]]:
        """The elements by attribute and value, white space counted once; under `class~` by each word of `class`."""
        found: dict[str, dict[str, list[Element]]] = defaultdict(lambda: defaultdict(list))
        for element in self.elements:
            found[NAME][element.tag].append(element)
            for name, value in cast(Iterable[tuple[str, str]], element.items()):
                words = value.split()
                found[name][" ".join(words)].append(element)
                if name == "class":
                    for word in words:
                        found["class~"][word].append(element)
        return found


def parse(content: str) -> Page:
    """The tree of a page; broken markup is mended as browsers do it, and a page that nests too deep is rejected."""
    parser = etree.HTMLParser(huge_tree=True)  # else what nests deep is left out, and nobody told
    parser.feed(content)
    try:
        root = parser.close()
    except etree.XMLSyntaxError:  # nothing that an element could be made of
        root = None
    page = Page(etree.Element("html") if root is None else root)
    if len(page.elements) > DEEPEST and TOO_DEEP(page.root):
        levels = depth(page.root)
        raise Rejected("too-large", f"elements stand {levels} deep inside one another; expected at most {DEEPEST}")
    if len(page.elements) > MOST:
        raise Rejected("too-large", f"{len(page.elements)} elements; expected at most {MOST}")
    return page


def depth(root: Element) -> int:
    """How many elements stand inside one another at the deepest place; not recursive: pages may nest deep."""
    deepest = level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def strings(element: Element) -> Iterator[str]:
    """The pieces of text in an element, in order, but not those that nobody sees."""
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, each in walk:
        if event == "start" and each.tag in UNSEEN and each is not element:
            walk.skip_subtree()
        elif event == "start" and each.text:
            yield each.text
        elif event != "start" and each is not element and each.tail:
            yield each.tail


def text_of(element: Element, between: str = "") -> str:
    """The text in an element, its pieces joined."""
    return between.join(strings(element))
