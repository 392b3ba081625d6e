"""Pairs of articles made from our own: copies of one article, and articles that only look like copies; what is found.

`python -m benchmarks.pairs` prints the table of `benchmarks/twins.md`. Each operation is one function from an article
to the document that a dump would hold; both sides of a pair then take the program's own way through `clean`.
Seeded: the same pairs on every machine.
"""

import calendar
import html
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import combinations, cycle
from pathlib import Path
from random import Random
from typing import Literal

import ftfy.bad_codecs.sloppy  # noqa: F401 - registers the codec that mojibake comes from

from extractors.tables import rows
from pipeline import twins
from pipeline.clean import clean
from pipeline.read import documents, raw_article
from pipeline.read.decode import mended
from schemas.article import Article, RawArticle
from schemas.reject import Rejected

CORPUS = Path(__file__).parent.parent / "corpus"
SITES = {
    "cypnow": "www.cypnow.co.uk/news/article",
    "communitycare": "www.communitycare.co.uk/content/news",
    "other": "a.org/n",
}
MASTHEADS = {"cypnow": ("Children & Young People Now",), "communitycare": ("Community Care",), "other": ()}
WALL = (
    "Register Now to Continue Reading",
    "Thank you for visiting and making use of our archive of more than 60,000 expert features, topics hubs, case "
    "studies and policy updates. Why not register today and enjoy the following great benefits:",
    "What's Included",
    "3 free articles per month",
)
PAGE = """<!doctype html><html><head><title>{title}</title><link rel="canonical" href="{url}"/>
<meta property="article:published_time" content="{published}"/></head><body>
<nav><ul><li>News</li><li>Jobs</li><li>Features</li></ul></nav>{top}<main><article><h1>{title}</h1>{meta}
<div class="entry-content">{body}</div></article></main>{bottom}</body></html>"""
RELATED = '<aside class="related"><h3>Related articles</h3><ul><li><a href="/a">Fostering: the new rules</a></li></ul></aside>'
SHARE = '<div class="sharedaddy"><ul><li>Share on X</li><li>Email this</li></ul></div>'
QUOTES = re.compile(r"[\"“”]")
PLAIN = re.compile(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])")
FIGURE = re.compile(r"\b\d+\b")
MONTH = re.compile(r"\b(?:" + "|".join(calendar.month_name[1:]) + r")\b")


@dataclass(frozen=True)
class Draft:
    """What a copy is made from: one article's parts, to be changed and written out as a document."""

    title: str
    authors: tuple[str, ...]
    published: str
    paragraphs: tuple[str, ...]
    publisher: str
    url: str


Operation = Callable[[Draft, Random], RawArticle | None]


def draft(article: Article) -> Draft:
    """The parts of an article."""
    slug = "-".join(twins.words(article.title or article.article_id)[:8])
    paragraphs = tuple(article.body.split("\n\n"))
    authors, published = article.authors or ("Rowan Petch",), article.published or "2017-09-05"
    return Draft(
        article.title or "News", authors, published, paragraphs, article.publisher, f"{SITES[article.publisher]}/{slug}"
    )


def text(parts: Draft, *tail: str, address: bool = False) -> RawArticle:
    """A copy as plain text, as one saves a page by hand."""
    year, month, day = parts.published.split("-")
    date = f"{int(day)} {calendar.month_name[int(month)]} {year}"
    content = "\n\n".join(
        [parts.title, f"{' and '.join(parts.authors)}\n{date}", *parts.paragraphs, *tail, *MASTHEADS[parts.publisher]]
    )
    return _raw(parts, content, "text", parts.url if address else None)


def page(parts: Draft, *, top: str = "", bottom: str = "", middle: str = "", scheme: str = "https://") -> RawArticle:
    """A copy as a page of a plain template."""
    blocks = [_block(paragraph) for paragraph in parts.paragraphs]
    blocks.insert(len(blocks) // 2, middle)
    url = scheme + parts.url
    meta = f'<p class="meta">By {" and ".join(parts.authors)}</p>'
    fields = {"title": html.escape(parts.title), "published": parts.published, "url": html.escape(url), "meta": meta}
    return _raw(parts, PAGE.format(**fields, body="\n".join(blocks), top=top, bottom=bottom), "html", url)


def _block(paragraph: str) -> str:
    """One paragraph, list or table as markup."""
    lines = paragraph.split("\n")
    if lines[0].startswith("• "):
        return "<ul>" + "".join(f"<li>{html.escape(line[2:])}</li>" for line in lines) + "</ul>"
    return f"<p>{'<br/>'.join(map(html.escape, lines))}</p>"


def _raw(parts: Draft, content: str, media: Literal["text", "html"], url: str | None) -> RawArticle:
    """The document as reading would give it; a fresh hash, because every copy has bytes of its own."""
    fields = {"source": "copy", "media": media, "content": mended(content, media), "sha256": "0" * 64}
    return RawArticle.model_validate({**fields, "url": url, "publisher": parts.publisher})


def cut(parts: Draft, random: Random) -> RawArticle | None:
    """Cut at the wall, in the middle of a sentence."""
    return text(_shortened(parts, random), *WALL)


def cut_and_late(parts: Draft, random: Random) -> RawArticle | None:
    """Cut at the wall, and the first paragraph is lost."""
    shorter = _shortened(parts, random, least=4)
    return text(replace(shorter, paragraphs=shorter.paragraphs[1:]), *WALL)


def _shortened(parts: Draft, random: Random, least: int = 2) -> Draft:
    """The first paragraphs, the last of them cut."""
    number = random.randint(least, max(least, len(parts.paragraphs) // 2))
    kept = list(parts.paragraphs[:number])
    last = kept[-1].split()
    kept[-1] = " ".join(last[: max(6, len(last) // 2)])
    return replace(parts, paragraphs=tuple(kept))


def furniture(parts: Draft, random: Random) -> RawArticle | None:
    """Navigation, share buttons and related links elsewhere on the page."""
    places = [SHARE, RELATED, ""]
    random.shuffle(places)
    return page(parts, top=places[0], middle=places[1], bottom=places[2])


def quotes(parts: Draft, random: Random) -> RawArticle | None:
    """Curly quotation marks for straight ones, dashes for hyphens, and one quotation mark lost."""
    paragraphs = [_curly(each) for each in parts.paragraphs]
    paragraphs = [each.replace("'", "’").replace(" - ", " – ") for each in paragraphs]
    quoted = [number for number, each in enumerate(paragraphs) if "“" in each]
    if quoted:
        number = random.choice(quoted)
        paragraphs[number] = paragraphs[number].replace("“", "", 1)
    return text(replace(parts, paragraphs=tuple(paragraphs)))


def _curly(paragraph: str) -> str:
    """A paragraph with its quotation marks opening and closing in turn."""
    first, *rest = QUOTES.split(paragraph)
    return first + "".join(mark + piece for mark, piece in zip(cycle("“”"), rest, strict=False))


def template(parts: Draft, random: Random) -> RawArticle | None:
    """A page of another template, with the standfirst repeated in large print."""
    return page(replace(parts, paragraphs=(parts.title, *parts.paragraphs)), bottom=RELATED)


def light_edits(parts: Draft, random: Random) -> RawArticle | None:
    """One word in eighty changed, dropped or put in, and a closing line added; a new headline."""
    changed = edited(parts, random, 80)
    more = "For more on this story, see the next issue."
    return text(replace(changed, title=f"Updated: {parts.title}", paragraphs=(*changed.paragraphs, more)))


def edited(parts: Draft, random: Random, every: int) -> Draft:
    """One plain word in so many changed, dropped or doubled by another."""
    pool = sorted({word for each in parts.paragraphs for word in PLAIN.findall(each)}) or ["indeed"]
    total = sum(len(each.split()) for each in parts.paragraphs)
    places = [(number, found) for number, each in enumerate(parts.paragraphs) for found in PLAIN.finditer(each)]
    chosen = random.sample(places, min(len(places), max(1, total // every)))
    paragraphs = list(parts.paragraphs)
    for number, found in sorted(chosen, key=lambda place: -place[1].start()):
        new = random.choice([random.choice(pool), f"{found[0]} {random.choice(pool)}", ""])
        paragraphs[number] = paragraphs[number][: found.start()] + new + paragraphs[number][found.end() :]
    return replace(parts, paragraphs=tuple(paragraphs))


def hard_wrapped(parts: Draft, random: Random) -> RawArticle | None:
    """Lines broken at a fixed width, as mail programs do."""
    width = random.choice([66, 72, 78])
    wrapped = ("\n".join(textwrap.fill(line, width) for line in each.split("\n")) for each in parts.paragraphs)
    return text(replace(parts, paragraphs=tuple(wrapped)))


def mojibake(parts: Draft, random: Random) -> RawArticle | None:
    """Curly quotation marks read in the wrong encoding, in text that nobody mended."""
    curly = quotes(parts, random)
    return curly and curly.model_copy(
        update={"content": mended(curly.content.encode().decode("sloppy-windows-1252"), "text")}
    )


def two_crawls(parts: Draft, random: Random) -> RawArticle | None:
    """The page of another day: http, a tracking address, an update at the end."""
    update = "The council has since said that it accepts the findings and will publish a plan by the summer."
    tracked = replace(parts, url=parts.url.removeprefix("www.") + "/?utm_source=feed&utm_medium=rss")
    return page(replace(tracked, paragraphs=(*parts.paragraphs, update)), scheme="http://")


def other_address(parts: Draft, random: Random) -> RawArticle | None:
    """The same words under another section of the site."""
    return page(replace(parts, url=parts.url.replace("/news", "/archive")))


def one_line(parts: Draft, random: Random) -> RawArticle | None:
    """A line a sentence, all paragraphs lost."""
    sentences = re.split(r"(?<=[.?!”\"]) (?=[A-Z“\"])", " ".join(parts.paragraphs))
    return text(replace(parts, paragraphs=("\n".join(sentences),)))


def everything(parts: Draft, random: Random) -> RawArticle | None:
    """Edited, cut at the wall and on another template at once."""
    return page(_shortened(edited(parts, random, 80), random, least=4), top=SHARE, bottom=RELATED, middle=RELATED)


def both_magazines(parts: Draft, random: Random) -> RawArticle | None:
    """The same words in the other magazine."""
    other = "cypnow" if parts.publisher == "communitycare" else "communitycare"
    return text(replace(parts, publisher=other))


def other_visit(parts: Draft, random: Random) -> RawArticle | None:
    """The same words about the same council with other months and figures: its next visit."""
    later = dict(zip(calendar.month_name[1:], [*calendar.month_name[4:], *calendar.month_name[1:4]], strict=True))
    paragraphs = [MONTH.sub(lambda found: later[found[0]], each) for each in parts.paragraphs]
    paragraphs = [FIGURE.sub(lambda found: str(int(found[0]) * 7 + 11), each) for each in paragraphs]
    known = set(twins.words(" ".join(parts.paragraphs)))
    news = [word for each in paragraphs for word in twins.words(each) if word not in known]
    return text(replace(parts, paragraphs=tuple(paragraphs))) if len(news) > 2 else None


def other_council(parts: Draft, random: Random) -> RawArticle | None:
    """The same words about other councils."""
    names = sorted({row["name"] for row in rows("councils")}, key=lambda name: (-len(name), name))
    told = [name for name in names if any(name in each for each in parts.paragraphs)]
    news = dict(zip(told, random.sample([name for name in names if name not in told], len(told)), strict=True))
    if sum(each.count(name) for each in parts.paragraphs for name in told) < 3:
        return None
    pattern = re.compile("|".join(map(re.escape, told)))
    return text(
        replace(parts, paragraphs=tuple(pattern.sub(lambda found: news[found[0]], each) for each in parts.paragraphs))
    )


def reworded(parts: Draft, random: Random) -> RawArticle | None:
    """Another story on the same press release: one word in eight differs, and the quotations stand elsewhere."""
    changed = edited(parts, random, 8)
    middle = list(changed.paragraphs[1:])
    random.shuffle(middle)
    return text(replace(changed, paragraphs=(changed.paragraphs[0], *middle)))


TWINS: Sequence[Operation] = (
    cut, cut_and_late, furniture, quotes, template, light_edits, hard_wrapped, mojibake, two_crawls, other_address,
    one_line, everything,
)  # fmt: skip
STRANGERS: Sequence[Operation] = (both_magazines, other_visit, other_council, reworded)


def same_opening(one: Draft, other: Draft) -> tuple[RawArticle, RawArticle]:
    """Two articles that begin with the same two paragraphs."""
    return text(one), text(replace(one, paragraphs=one.paragraphs[:2] + other.paragraphs[2:]))


def roundups(one: Draft, other: Draft) -> tuple[RawArticle, RawArticle]:
    """Two monthly roundups of one title, with the same introduction and one paragraph in common."""
    intro = "Every month we bring together the latest full inspections of children's services, area by area."
    shared = (intro, one.paragraphs[0])
    parts = (replace(one, title="Latest inspections", paragraphs=shared + each.paragraphs[3:]) for each in (one, other))
    first, second = map(text, parts)
    return first, second


def digest(one: Draft, other: Draft) -> tuple[RawArticle, RawArticle]:
    """An article, and a digest that holds all of it further down."""
    return text(one), text(replace(one, title="The week", paragraphs=other.paragraphs[:9] + one.paragraphs))


@dataclass(frozen=True)
class Pair:
    """Two articles, the operation that made the second, and whether they are one."""

    operation: str
    one: Article
    other: Article
    twins: bool


def articles(folder: Path) -> Iterator[Article]:
    """The articles of a folder, clean; documents without one are left out."""
    for item in documents([str(folder)], {}):
        with suppress(Rejected):
            yield clean(raw_article(item))


def _cleaned(raw: RawArticle) -> Article | None:
    """The article of a copy; None where so little is left of it that cleaning rejects it."""
    try:
        return clean(raw)
    except Rejected:
        return None


def pairs(folder: Path, seed: int = 4) -> Iterator[Pair]:
    """All pairs made from the articles of a folder, and all its articles two by two."""
    found = list(articles(folder))
    whole = [article for article in found if not article.truncated and article.body.count("\n\n") >= 6]
    for operation in (*TWINS, *STRANGERS):
        for article in whole:
            raw = operation(draft(article), Random(f"{seed} {operation.__name__} {article.article_id}"))
            copy = raw and _cleaned(raw)
            if copy:
                yield Pair(operation.__name__, article, copy, operation in TWINS)
    for mix in (same_opening, roundups, digest):
        for one, other in zip(whole, [*whole[1:], whole[0]], strict=True):
            first, second = (clean(raw) for raw in mix(draft(one), draft(other)))
            yield Pair(mix.__name__, first, second.model_copy(update={"source": "copy"}), False)
    for one, other in combinations(found, 2):
        yield Pair("as found", one, other, {one.source, other.source} == {"dev-004.txt", "dev-029.txt"})


def found(pair: Pair) -> bool:
    """Whether the program takes a pair for one article: looked up by fingerprints, then compared."""
    met = twins.fingerprints(pair.one) & twins.fingerprints(pair.other)
    return bool(met) and twins.same(pair.one, pair.other)


def counted(folder: Path) -> dict[str, Counter[str]]:
    """By operation: how many pairs there are, how many of them are twins, were found, and were wrongly found."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs(folder):
        hit = found(pair)
        counts[pair.operation] += Counter(
            pairs=1, twins=pair.twins, found=pair.twins and hit, wrong=hit and not pair.twins
        )
    return counts


def main() -> None:
    """Print the table."""
    for name in ("sample", "practice/articles", "heldout/articles"):
        counts = counted(CORPUS / name)
        print(
            f"\n`corpus/{name}`\n\n| operation | pairs | twins | found | wrongly found |\n| --- | --- | --- | --- | --- |"
        )
        for operation, row in counts.items():
            cells = (operation.replace("_", " "), row["pairs"], row["twins"], row["found"], row["wrong"])
            print(f"| {' | '.join(map(str, cells))} |")
        total = sum(counts.values(), Counter())
        recall, precision = total["found"] / total["twins"], total["found"] / (total["found"] + total["wrong"])
        print(f"\nRecall {recall:.3f}, precision {precision:.3f}.")


if __name__ == "__main__":
    main()
