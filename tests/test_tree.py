"""Trees of pages: what selectors find is what BeautifulSoup's engine finds, which searches the whole page for each."""

import pytest
from bs4 import BeautifulSoup

from pipeline.publishers import FOLDER, load
from pipeline.stated import STATED
from pipeline.tree import SelectorError, parse, text_of

PAGE = """<body class="articles x"><p class=" lead  more">a<!-- no --><b>b</b> c</p><table><td id=main><h1>T</h1></table>
<div class="c-register-box"><a rel="author nofollow" href="#">x</a><a rel=author>y</a></div><div class="x ad-1" hidden>
<p class="vcard"><i class=fn>n</i></p><ARTICLE><h1 itemprop=headline class="entry-title">H</h1></ARTICLE></div>
<script type="application/LD+json">{"a": 1}</script><meta name="dc.DATE.issued" content="2020-01-01"><template>t</template>
<time datetime="2020-01-01">d</time><blockquote class="pull">q</blockquote>
<div class="article"><div class=content>z</div></div>"""
USED = sorted(
    {selector for path in FOLDER.glob("*.toml") for layout in load(path).layout for selector in layout.elements}
    | {
        selector
        for path in FOLDER.glob("*.toml")
        for select in (load(path).select, *(layout.select for layout in load(path).layout))
        for selectors in select.values()
        for selector in selectors
    }
    | {selector for selector, _ in STATED}
    | {'script[type="application/ld+json"]', 'meta[name="author" i]', "title", ".x, p, h1"}
)


@pytest.mark.parametrize("selector", USED)
def test_tree_finds_what_the_other_engine_finds(selector):
    found = [(each.tag, dict(each.items()).get("id"), text_of(each)) for each in parse(PAGE).select(selector)]
    other = BeautifulSoup(PAGE, "lxml").select(selector)
    assert found == [(each.name, each.get("id"), each.get_text()) for each in other]


def test_tree_every_kind_of_selector_is_found_here():
    found = {selector for selector in USED if parse(PAGE).select(selector)}
    assert {"[hidden]", "[class*=' ad-']", "td#main h1", ".vcard .fn", "body.articles", STATED[3][0]} <= found


@pytest.mark.parametrize("selector", ["a > b", "p:first-child", "[a|=b]", "", "*"])
def test_tree_refuses_selectors_that_it_does_not_know(selector):
    with pytest.raises(SelectorError, match="expected a name"):
        parse(PAGE).select(selector)


def test_tree_words_that_nobody_sees_are_no_text():
    assert text_of(parse("<p>a<script>b</script>c<template><i>d</i></template><!-- e -->f</p>").root, " ") == "a c f"


@pytest.mark.parametrize("content", [" ", "<!-- nothing -->", "</p>"])
def test_tree_of_nothing_has_no_words(content):
    assert text_of(parse(content).root).strip() == ""
