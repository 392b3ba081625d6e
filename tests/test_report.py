"""A report: one page that needs nothing else, with the same numbers in words, pictures and tables; PDF and picture."""

import re
import sys

import made
import pytest
from click.testing import CliRunner
from lxml import html
from test_charts import STORIES

from pipeline import store
from pipeline.charts.colours import palettes
from pipeline.cli import main
from pipeline.database import opened
from pipeline.report.contents import CHARTS, contents
from pipeline.report.quality import _by_gold
from pipeline.review import By, decide
from pipeline.review_queue import queue
from pipeline.score import Scores
from pipeline.score_count import Fact

HOSTILE = '<script>alert("x")</script>&'


@pytest.fixture
def path(tmp_path):
    with opened(tmp_path / "records.db", create=True) as db:
        for source, (publisher, published, body) in STORIES.items():
            article = made.article(body, source=source, publisher=publisher, published=published, title=HOSTILE)
            store.save(db, made.extract(article), "key", [])
        db.execute("UPDATE councils SET name = ? WHERE id = 'havering'", [HOSTILE])
        db.conn.commit()
    return tmp_path / "records.db"


def run(path, *options):
    return CliRunner().invoke(main, ["report", "--db", str(path), *map(str, options)])


def page_of(path):
    out = path.with_name("report.html")
    done = run(path, "--html", out)
    assert (done.exit_code, done.output) == (0, f"{out}\n")
    return out.read_text(encoding="utf-8")


def test_page_needs_nothing_else_and_runs_nothing(path):
    text = page_of(path)
    root = html.fromstring(text)
    assert root.xpath("//script | //link | //img | //iframe | //object | //embed | //*[@src] | //*[@style]") == []
    assert "url(" not in text
    assert "@import" not in text
    elsewhere = [address for address in root.xpath("//@href") if not address.startswith("#")]
    assert elsewhere == root.xpath("//footer//a/@href")
    assert HOSTILE not in text
    assert "&lt;script&gt;alert" in text


def test_page_has_each_chart_with_its_words_and_its_table(path):
    root = html.fromstring(page_of(path))
    with opened(path) as db:
        drawings = {drawing.name: drawing for drawing in contents(db).drawings}
    assert tuple(drawings) == CHARTS
    for name, drawing in drawings.items():
        (section,) = root.xpath(f"//section[@id='{name}']")
        (svg,) = section.xpath(".//svg") or [None]
        assert section.findtext("p") == drawing.alt
        if not drawing.svg:
            continue
        assert (svg.get("role"), svg.get("aria-label")) == ("img", drawing.alt)
        rows = [tuple(cell.text_content() for cell in row) for row in section.xpath(".//tbody/tr")]
        assert rows == [tuple("–" if cell is None else str(cell) for cell in row) for row in drawing.rows]


def test_page_leads_to_each_of_its_sections(path):
    root = html.fromstring(page_of(path))
    assert [address.removeprefix("#") for address in root.xpath("//nav//@href")] == root.xpath("//section/@id")


def test_page_begins_with_numbers_in_which_an_inspection_counts_once(path):
    root = html.fromstring(page_of(path))
    assert root.findtext(".//header/p") == (
        "4 articles, published from 20 August 2018 to 1 June 2020; an inspection is told of in 4."
    )
    numbers = {div.findtext("dt"): div.findtext("dd") for div in root.xpath("//dl/div")}
    assert numbers == {
        "councils told of": "3",
        "full inspections": "5",
        "monitoring and focused visits": "0",
        "findings of inspectors": "2",
        "of 6 records looked at by a person": "0",
    }


def test_same_database_gives_the_same_bytes(path):
    assert page_of(path) == page_of(path)


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_pages_and_picture_are_made_the_same_again(path, form):
    pytest.importorskip("typst", reason="the extra `report` with typst is not installed")
    out = path.with_name(f"report.{form}")
    assert run(path, f"--{form}", out).exit_code == 0
    first = out.read_bytes()
    assert first.startswith({"pdf": b"%PDF-", "png": b"\x89PNG"}[form])
    run(path, f"--{form}", out)
    assert out.read_bytes() == first


def test_report_of_an_empty_database_reads_well(tmp_path):
    with opened(tmp_path / "records.db", create=True):
        pass
    root = html.fromstring(page_of(tmp_path / "records.db"))
    assert root.findtext(".//header/p") == "The database holds no articles yet."
    assert [section.findtext("p") for section in root.xpath("//section")][:4] == [
        "No articles.",
        "No full inspection with an overall grade and a year.",
        "No grade of a full inspection of any of today's councils.",
        "No overall grade of any of today's councils.",
    ]
    assert root.xpath("//svg | //details") == []


def test_records_that_people_looked_at_give_a_share_with_its_interval(path):
    with opened(path) as db:
        assert "No record was drawn at random yet" in contents(db).quality.paragraphs[1]
        for waiting, decision in zip(queue(db, "random", 4), ("accept", "accept", "reject", "accept"), strict=True):
            decide(db, waiting.record_id, decision, By("Ann", drawn="random"))
        said = contents(db).quality.paragraphs[1]
    assert said == "3 of 4 records drawn at random were right (75%; of all records 30% to 95%, at 95 in 100)."


def test_gold_gives_shares_with_intervals():
    facts = [
        Fact("a", "x", "current", what, str(number), number < 8) for what in ("rating", "kind") for number in range(10)
    ]
    measured = _by_gold(Scores({"articles": 2}, (), (), tuple(facts)))
    assert (measured.title, measured.rows) == (
        "Against gold of 2 articles",
        (("grades", 8, 10, "80%", "49–94%"), ("kinds of inspection", 8, 10, "80%", "49–94%")),
    )


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), 2, "name a file to write: --html, --pdf or --png"),
        (("--html", "missing/report.html"), 1, "missing/report.html: can't be written"),
        (("--html", "out.html", "--gold", "missing"), 1, "missing"),
    ],
    ids=["no file", "no folder", "no gold"],
)
def test_what_is_wrong_is_said(path, monkeypatch, options, code, words):
    monkeypatch.chdir(path.parent)
    done = run(path, *options)
    assert (done.exit_code, words in done.output) == (code, True)
    assert "Traceback" not in done.output
    assert [each.name for each in path.parent.iterdir() if "report" in each.name or "out" in each.name] == []


def test_missing_library_is_said_with_the_extra_that_has_it(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    done = run(path, "--pdf", path.with_name("out.pdf"))
    assert done.exit_code == 1
    assert "--pdf needs typst: pip install '.[report]' in the program's folder" in done.output


def test_page_has_every_colour_for_light_and_for_dark(path):
    style = html.fromstring(page_of(path)).findtext(".//style")
    for name in palettes()["light"]:
        assert len(re.findall(f"--chart-{name}: #", style)) == 2
