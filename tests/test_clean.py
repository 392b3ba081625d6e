"""Cleaning: synthetic pages of every layout, the promises that hold for any input, and the smaller decisions."""

import json
import re
import time
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.clean import article_id, clean, joined, text_lines
from pipeline.read import Document, raw_article
from schemas.article import Article, RawArticle
from schemas.reject import Rejected

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))
HEADLINE = "Good news for Anyborough"
LEDE = "A council that was told to start again has been given a better grade by inspectors."
MORE = "Inspectors spent two weeks in Anyborough in May and found that most children were seen quickly."
LAST = "The director said that she was pleased for her staff and that there was more to do."


def article(content: str, media: Literal["text", "html"] = "text", **sidecar: str) -> Article:
    return clean(RawArticle(source="x", media=media, content=content, sha256="0", **sidecar))  # type: ignore[arg-type]


def story(*lines: str) -> Article:
    return article("\n\n".join(lines))


def paragraphs(found: Article) -> list[str]:
    return [line for line in found.body.split("\n") if line]


def words(text: str | None) -> list[str]:
    return re.findall(r"[^\W_]+", (text or "").lower())


def load(name: str) -> RawArticle:
    (path,) = (path for path in PAGES.glob(f"{name}.*") if path.suffix != ".json")
    return raw_article(Document(path.name, path.read_bytes()))


@pytest.mark.parametrize("name", NAMES)
def test_clean_reads_pages_of_every_layout(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    if "reject" in expected:
        with pytest.raises(Rejected) as caught:
            clean(load(name))
        assert caught.value.reason == expected["reject"]
        return
    found = clean(load(name))
    got = found.model_dump() | {"paragraphs": paragraphs(found)}
    assert {key: list(got[key]) if isinstance(got[key], tuple) else got[key] for key in expected} == expected


@pytest.mark.parametrize("name", [name for name in NAMES if f"{name}-renamed" in NAMES])
def test_clean_does_not_lean_on_class_names(name: str) -> None:
    same = {"sha256", "source", "standfirst"}
    assert clean(load(name)).model_dump(exclude=same) == clean(load(f"{name}-renamed")).model_dump(exclude=same)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("listing", "login", "tag", "empty"))])
def test_clean_keeps_the_words_of_its_own_body(name: str) -> None:
    once = clean(load(name))
    again = article(f"{once.title or ''}\n\n{once.body}", publisher=once.publisher)
    assert words(again.body) == words(once.body)


PIECES = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "<table><tr><td>",
            "<tr>",
            "<li>",
            "</ul>",
            "<h1>",
            "<br>",
            "<body>",
            "<html>",
            "<script>",
        ),
        *('<script type="application/ld+json">{"@type": "Article", "author": [', '<article class="related">', "&#146;"),
        *(
            "News",
            "By Ann Lee",
            "Tuesday, March 17, 2020",
            "\n",
            LEDE,
            MORE,
            "Related articles",
            "Picture: X",
            "•",
            "|",
        ),
        *("Register Now to Continue Reading", "More from Community Care", "\t", "\x00", "\xa0", "“", "b.”"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=15)), min_size=1, max_size=40), st.sampled_from(["text", "html"]))
def test_clean_gives_a_final_body_or_rejects(pieces: list[str], media: Literal["text", "html"]) -> None:
    try:
        body = article(" ".join(pieces), media).body
    except Rejected:
        return
    assert body == unicodedata.normalize("NFC", body).strip()
    assert not re.search(r"[^\S\n ]|  |\n\n\n|^ | $", body, re.MULTILINE)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 800,
        "<b>" * 800,
        "<table><tr><td>" * 200,
        "<ul><li>" * 400 + "</ul>" * 400,
        "<p>" * 3000,
        "<p></p>" * 3000,
        "</div>" * 3000,
    ],
    ids=["divs", "bold", "tables", "lists", "paragraphs", "empty paragraphs", "only ends"],
)
def test_clean_survives_broken_markup(markup: str) -> None:
    page = f'<html><meta property="og:site_name" content="CYP Now"><body>{markup}<p>{LEDE}</p><p>{MORE}</p>'
    assert words(article(page, "html").body)[: len(words(LEDE))] == words(LEDE)


@pytest.mark.parametrize("site", ["CYP Now", "Some Other Site"])
@pytest.mark.parametrize("element", ["<table><tr><td>", "<div>"])
def test_clean_rejects_at_once_what_nests_too_deep(site: str, element: str) -> None:
    page = f'<meta property="og:site_name" content="{site}"><body>{element * 5000}<p>{LEDE}</p><p>{MORE}</p>'
    began = time.monotonic()
    with pytest.raises(Rejected, match=r"elements stand \d+ deep inside one another; expected at most 1000") as caught:
        article(page, "html")
    assert caught.value.reason == "too-large"
    assert time.monotonic() - began < 10  # 34 seconds and more before there was a limit


@pytest.mark.parametrize("media", ["text", "html"])
@pytest.mark.parametrize(
    ("marks", "kept"),
    [
        ('"' * 50, '"' * 50),
        ('"' * 16_000, '"' * 50),
        ("“”" * 8000, "“”" * 25),
        ("_" * 70, "_" * 50),
        ("a" * 70, "a" * 70),
    ],
    ids=["as long as may be", "quotation marks", "both ways", "underscores", "letters"],
)
def test_clean_cuts_long_runs_of_marks(marks: str, kept: str, media: Literal["text", "html"]) -> None:
    lines = [HEADLINE, LEDE, f"Inspectors wrote {marks} and then no more of what they had found in Anyborough.", MORE]
    content = "\n\n".join(lines) if media == "text" else "".join(f"<p>{line}</p>" for line in lines)
    assert f"wrote {kept} and then" in article(content, media, publisher="cypnow").body


@pytest.mark.parametrize(
    ("lines", "title", "body"),
    [
        ((LEDE, MORE), None, [LEDE, MORE]),
        ((HEADLINE, LEDE, MORE), HEADLINE, [LEDE, MORE]),
        ((HEADLINE, "Inspectors praise leaders but worry about pay", LEDE), HEADLINE,
         ["Inspectors praise leaders but worry about pay", LEDE]),
        ((HEADLINE, LEDE, LEDE, MORE), HEADLINE, [LEDE, MORE]),
        ((LEDE, "‘Afraid to ask, afraid to tell’", MORE), None, [LEDE, "‘Afraid to ask, afraid to tell’", MORE]),
        ((LEDE, "“Most children were seen quickly”", MORE), None, [LEDE, "“Most children were seen quickly”", MORE]),
        ((MORE, "“In Anyborough in May and found that most children”", LAST), None, [MORE, LAST]),
        ((LEDE, "Related articles", "Shire council loses way", "Next steps", MORE), None, [LEDE, "Next steps", MORE]),
        ((LEDE, MORE, "More winners this way"), None, [LEDE, MORE]),
        ((LEDE, MORE, "• one thing", "• another"), None, [LEDE, MORE, "• one thing", "• another"]),
        ((LEDE, "View all vacancies", MORE), None, [LEDE, MORE]),
        ((LEDE, MORE, "3 comments", LAST), None, [LEDE, MORE]),
        (("We use cookies to give you the best experience.", "Jobs", HEADLINE, LEDE, MORE),
         HEADLINE, [LEDE, MORE]),
    ],
    ids=["no headline", "headline", "standfirst", "lede twice", "quoted heading", "short quoted heading", "pull quote",
         "related", "stray end", "bullets end", "plug", "comments", "cookie notice"],
)  # fmt: skip
def test_clean_tells_story_from_furniture(lines: tuple[str, ...], title: str | None, body: list[str]) -> None:
    found = story(*lines)
    assert (found.title, paragraphs(found)) == (title, body)


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ann Lee and Bo O’Hara", ("Ann Lee", "Bo O’Hara")),
        ("By Ann Lee on March 3, 2015 in Children", ("Ann Lee",)),
        ("By CYP Now", ()),
        ("By Community Care staff", ()),
        ("Ann Lee | 3 March 2015", ("Ann Lee",)),
    ],
)
def test_clean_names_people_only(byline: str, authors: tuple[str, ...]) -> None:
    assert story(HEADLINE, byline, LEDE, MORE).authors == authors


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (("Anyborough fails", "Ann Lee", "3 March 2015"), "Anyborough fails"),
        (("Anyborough fails", "By Ann Lee and Bo Day"), "Anyborough fails"),
        (("Early years", HEADLINE, "3 March 2015"), HEADLINE),
        (("Social Work", "Ann Lee", "3 March 2015"), None),
        (("Anyborough fails", LAST, "3 March 2015"), None),
        (("Anyborough", "3 March 2015"), None),
    ],
    ids=["above a name and a date", "above a byline", "a label", "a capitalised label", "above a paragraph", "a word"],
)
def test_clean_takes_two_words_for_a_headline_only_above_a_date(above: tuple[str, ...], title: str | None) -> None:
    assert story(*above, LEDE, MORE).title == title


def test_clean_leaves_out_who_the_author_is() -> None:
    bio = "Ann Lee is a head of service in the north of England and writes in a personal capacity."
    found = story(HEADLINE, "By Ann Lee", bio, LEDE, MORE, bio.replace("is a", "was the"))
    assert paragraphs(found) == [LEDE, MORE]


@pytest.mark.parametrize(
    ("markup", "url", "sidecar", "expected"),
    [
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2020-01-01"}</script>'
         '<meta property="article:published_time" content="2020-01-02">', None, None, ("2020-01-01", "jsonld")),
        ('<script type="application/ld+json">{"broken": </script><meta name="DC.date.issued" content="2020-01-02">',
         None, None, ("2020-01-02", "meta")),
        ('<time datetime="2020-01-03T10:00"></time><p>January 4, 2020</p>', None, None, ("2020-01-03", "time")),
        ("<p>January 4, 2020</p>", "https://x.org/2020/01/05/", "2020-01-06", ("2020-01-04", "visible")),
        ("<p>Monday, January 4, 2020</p>", "https://x.org/2020/01/05/", "2020-01-06", ("2020-01-05", "url")),
        ("", None, "2020-01-06", ("2020-01-06", "sidecar")),
        ("", None, None, (None, None)),
    ],
    ids=["json-ld first", "broken json-ld", "time element", "visible", "wrong weekday", "sidecar last", "none"],
)  # fmt: skip
def test_clean_dates_a_page(markup: str, url: str | None, sidecar: str | None, expected: tuple[str, str]) -> None:
    given = {key: value for key, value in (("url", url), ("published", sidecar)) if value}
    page = f"<html><body><h1>Good news for Anyborough</h1>{markup}<p>{LEDE}</p><p>{MORE}</p></body></html>"
    found = article(page, "html", publisher="cypnow", **given)
    assert (found.published, found.published_source) == expected


@pytest.mark.parametrize(
    ("last", "truncated"),
    [(LAST, True), ("It was said that …", True), (LAST * 20, False), (LAST * 20 + " and then the", True)],
    ids=["short", "dots", "whole", "mid-sentence"],
)
def test_clean_says_whether_a_wall_cuts_the_story(last: str, truncated: bool) -> None:
    assert story(HEADLINE, LEDE, last, "Register Now to Continue Reading").truncated is truncated
    assert not story(HEADLINE, LEDE, last).truncated


def test_clean_takes_the_headline_of_a_sidecar_where_the_text_has_none() -> None:
    assert article(f"{LEDE}\n\n{MORE}", title=HEADLINE).title == HEADLINE


def test_text_lines_joins_broken_lines_and_splits_cells() -> None:
    text = "Area\tGrade\n\n* one\n- two\n\n" + "word " * 13 + "\nand the next of them\n\n" + "a\n\n" * 5
    assert [line.text for line in text_lines(text)][:4] == [
        "Area | Grade", "• one", "• two", "word " * 13 + "and the next of them",
    ]  # fmt: skip


def test_joined_keeps_lists_and_tables_together() -> None:
    assert joined(["a", "• b", "• c", "d | e", "f | g", "h"]) == "a\n\n• b\n• c\n\nd | e\nf | g\n\nh"


def test_article_id_depends_on_publisher_and_words_alone() -> None:
    assert article_id("cypnow", "It’s good.\n\nYes") == article_id("cypnow", "it s  GOOD yes")
    assert len({article_id("cypnow", "a b"), article_id("other", "a b"), article_id("cypnow", "a c")}) == 3
    assert re.fullmatch(r"[0-9a-f]{16}", article_id("cypnow", ""))


def test_clean_takes_the_heading_of_an_advertisement_with_it() -> None:
    assert paragraphs(story(HEADLINE, LEDE, "Looking for a move?", "View all vacancies", MORE)) == [LEDE, MORE]


@pytest.mark.parametrize(
    ("after", "kept"), [("Tell us your story and we will print it in the spring.", False), (LAST, True)]
)
def test_clean_drops_a_promotion_that_speaks_to_the_reader(after: str, kept: bool) -> None:
    lines = (HEADLINE, LEDE, "Who inspires you?", after, MORE)
    found = article("\n\n".join(lines), publisher="communitycare")
    assert paragraphs(found) == ([LEDE, after, MORE] if kept else [LEDE, MORE])


def test_clean_drops_furniture_that_only_its_element_gives_away() -> None:
    box = f'<div class="newsletter-box"><p>{LAST}</p></div><p hidden>{LAST}</p>'
    page = (
        f'<body class="related-on"><h1>{HEADLINE}</h1><div class="entry-content"><p>{LEDE}</p>{box}<p>{MORE}</p></div>'
    )
    assert paragraphs(article(page, "html", publisher="communitycare")) == [LEDE, MORE]


def test_clean_reads_a_byline_of_several_elements() -> None:
    byline = 'By <span class="author">Ann Lee</span> on <abbr class="published">March 3, 2015</abbr> in <a>Children</a>'
    page = f"<h1>{HEADLINE}</h1><p>{byline}</p><p>{LEDE}</p><p>{MORE}</p>"
    found = article(page, "html", publisher="communitycare")
    assert (found.authors, found.published, found.tags) == (("Ann Lee",), "2015-03-03", ("Children",))
