"""Templates: every pattern against its own examples, and the choice of publisher and layout."""

from itertools import pairwise
from pathlib import Path

import pytest
import soupsieve

from pipeline.publishers import (
    FOLDER,
    LONGEST,
    PublisherError,
    Rule,
    Sign,
    Template,
    day,
    general,
    layout_of,
    load,
    pattern,
    template_of,
    templates,
)

ALL = (general(), *templates())
ENTRIES = [
    pytest.param(entry, id=f"{template.publisher}: {entry.id}")
    for template in ALL
    for entry in (*template.line, *template.sign)
]
BY_NAME = {template.publisher: template for template in ALL}


@pytest.mark.parametrize("entry", ENTRIES)
def test_patterns_match_their_examples_and_spare_their_counterexamples(entry: Rule | Sign) -> None:
    def matches(line: str) -> bool:
        return any(pattern(each).fullmatch(line) for each in entry.patterns)

    assert entry.examples
    assert [line for line in entry.examples if not matches(line)] == []
    assert [line for line in entry.counterexamples if matches(line)] == []


@pytest.mark.parametrize("entry", ENTRIES)
def test_patterns_are_each_needed(entry: Rule | Sign) -> None:
    assert len(set(entry.patterns)) == len(entry.patterns)
    assert entry.counterexamples, "a rule that can do harm needs a line that it must not match"


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.publisher)
def test_selectors_are_css(template: Template) -> None:
    for table in (template.select, *(layout.select for layout in template.layout)):
        for selector in (each for group in table.values() for each in group):
            soupsieve.compile(selector)
    for layout in template.layout:
        for selector in layout.elements:
            soupsieve.compile(selector)


def test_ids_are_unique_within_a_file() -> None:
    for template in ALL:
        for group in (template.line, template.sign, template.layout):
            ids = sorted(entry.id for entry in group)
            assert not [a for a, b in pairwise(ids) if a == b]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("publisher = 'other'", r"x\.toml, layout: "),
        ("publisher = 'bbc'\n[[layout]]\nid='a'", r"x\.toml, publisher: "),
        ("publisher = 'other'\n[[layout]]\nid='a'\ncolour='red'", r"x\.toml, layout, 0, colour: "),
        ("publisher = 'other'\n[[layout]]\nid='a'\n[[line]]\nid='b'\nrole='roof'", r"x\.toml, line, 0, role: "),
        ("not toml", r"x\.toml: expected a toml file"),
    ],
)
def test_load_names_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.toml").write_text(text)
    with pytest.raises(PublisherError, match=said):
        load(tmp_path / "x.toml")


def test_every_file_of_the_folder_is_loaded() -> None:
    assert len(ALL) == len(list(FOLDER.glob("*.toml")))


@pytest.mark.parametrize(
    ("given", "addresses", "names", "lines", "expected"),
    [
        ("cypnow", ("https://www.communitycare.co.uk/x",), (), (), "cypnow"),
        ("other", ("https://www.cypnow.co.uk/x",), (), (), "other"),
        (None, ("http://cypnow.co.uk/x",), ("Community Care",), (), "cypnow"),
        (None, ("https://notcypnow.co.uk/x",), (), ("CYP Now",), "other"),
        (None, (), ("Community Care",), ("CYP Now Digital membership",), "communitycare"),
        (None, (), (), ("CYP Now Digital membership",), "cypnow"),
        (None, (), (), ("More from Community Care",), "communitycare"),
        (None, (), (), ("| 20 December 2018", "It was rated ‘good’."), "cypnow"),
        (None, (), (), ('It was rated "good".',), "other"),
        (None, (), (), ("Nothing to tell.",), "other"),
    ],
    ids=[
        "sidecar",
        "sidecar other",
        "host",
        "foreign host",
        "site name",
        "box",
        "tail",
        "date line",
        "too weak",
        "none",
    ],
)
def test_template_of(given, addresses, names, lines, expected) -> None:  # type: ignore[no-untyped-def]
    assert template_of(given, addresses, names, lines).publisher == expected


@pytest.mark.parametrize(
    ("publisher", "address", "lines", "found", "expected"),
    [
        ("cypnow", "https://www.cypnow.co.uk/cyp/news/2006188/x", (), (), "cypnow-old"),
        ("cypnow", "https://www.cypnow.co.uk/best%20practice/article/x", (), (), "cypnow-article"),
        ("cypnow", "https://www.cypnow.co.uk/content/news/x", (), ("#story",), "cypnow-content"),
        ("cypnow", "", ("| 20 December 2018",), (), "cypnow-old"),
        ("cypnow", "", (), ("body.articles",), "cypnow-article"),
        ("cypnow", "", (), (), "cypnow-content"),
        ("communitycare", "https://www.communitycare.co.uk/2018/01/30/x/", (), (), "communitycare-wordpress"),
        ("communitycare", "https://www.communitycare.co.uk/content/news/x", (), (), "communitycare-content"),
        ("communitycare", "", ("Posted: 19 April 2011 | 2:14 pm",), (), "communitycare-old"),
        ("other", "https://example.org/search?q=ofsted", (), (), "listing"),
        ("other", "https://example.org/tag/ofsted/", (), (), "listing"),
        ("other", "https://example.org/2018/searching-for-answers", (), (), "general"),
    ],
)
def test_layout_of(publisher, address, lines, found, expected) -> None:  # type: ignore[no-untyped-def]
    assert layout_of(BY_NAME[publisher], (address,), lines, found).id == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuesday, March 17, 2020", "2020-03-17"),
        ("Monday, March 17, 2020", None),
        ("07 August 2018", "2018-08-07"),
        ("3rd May 2012", "2012-05-03"),
        ("2011-04-19T10:00:00+01:00", "2011-04-19"),
        ("31 February 2020", None),
        ("2020-13-45", None),
        ("last week", None),
        ("", None),
    ],
)
def test_day(text: str, expected: str | None) -> None:
    assert day(text) == expected


@pytest.mark.parametrize("template", [general(), *templates()], ids=lambda template: template.publisher)
def test_patterns_that_are_not_tried_would_not_have_matched(template):
    told = [line for rule in (*template.line, *general().line) for line in (*rule.examples, *rule.counterexamples)]
    for line in (variant for each in told for variant in (each, each.upper(), each.replace("i", "ı"), f"{each} ſeen")):
        for role, patterns in template.matchers.items():
            first = next((found for pattern in patterns if (found := pattern.fullmatch(line))), None)
            found = template.match(role, line) if len(line) <= LONGEST else first
            assert (found and found.re) == (first and first.re), (role, line)
