"""The pages of the site, in the process: what is on them for a small database, and what people may put into it."""

# ruff: noqa: E501 - what pages say stands on one line
import asyncio
import json
import re

import made
import pytest
from bs4 import BeautifulSoup

from pipeline import store
from pipeline.browse import findings
from pipeline.browse.access import Access
from pipeline.browse.plugin import WAYS
from pipeline.browse.serve import serve
from pipeline.browse.site import SITES
from pipeline.database import opened
from pipeline.questions import questions
from pipeline.store import Copy
from pipeline.timeline import refresh

EVIL = "<script>alert(1)</script>"
BODY = f"Hartlepool was rated good in 2016-05. {EVIL}\n\nInspectors praised it & all. Havering was rated inadequate in 2013-02."


def stored(db, body, **fields):
    article = made.article(body, **fields)
    store.save(db, made.extract(article), "key", [])
    return article


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "records.db"
    with opened(path, create=True) as db:
        main = stored(
            db, BODY, source="one.html", title=f"A headline {EVIL}", url="javascript:alert(1)", published="2016-06-01"
        )
        stored(db, "Rutland was rated outstanding in 2019-01.", source="two.html", publisher="communitycare",
               url="https://www.communitycare.co.uk/a?b=1&c=2", title="=1+1", published="2019-02-01")  # fmt: skip
        stored(db, "Nothing of it.", source="three.html")
        store.save_duplicate(db, Copy(made.article("c", source=f"copy{EVIL}.txt"), "k"), main, "edited", [])
        db.execute("UPDATE councils SET name = ? WHERE id = 'havering'", [f"Havering {EVIL}"])
        refresh(db)
        db.conn.commit()
    return path


@pytest.fixture
def site(path):
    return serve(path, Access(80, reviewer=f"Ada {EVIL}", token="secret"))


def asked(site, address, **options):
    return asyncio.run(site.client.get(address, **options))


def soup(site, address, **options):
    answer = asked(site, address, **options)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def ids(path, sql):
    with opened(path) as db:
        return [row[0] for row in db.execute(sql).fetchall()]


def article_id(path, source="one.html"):
    return ids(path, f"SELECT article_id FROM articles WHERE source = '{source}'")[0]


def words(element):
    return " ".join(element.get_text(" ").split()).replace(" .", ".")


def test_home_counts_what_is_there_and_leads_to_it(site):
    page = soup(site, "/")
    counts = {each.dt.text: (each.dd.text, each.dd.a["href"]) for each in page.select(".counts > div")}
    assert counts == {
        "records: an article tells of an inspection": ("3", "/data/inspections"),
        "inspections and visits that these tell of": ("3", "/data/timeline"), "councils": ("3", "/councils"),
        "findings: sentences of praise or criticism": ("1", "/findings"), "articles read": ("3", "/data/articles"),
        "copies of articles, left out": ("1", "/data/duplicates"), "rejects: could not be read": ("0", "/data/rejects"),
    }  # fmt: skip
    years = [words(row) for row in page.select("section tbody tr")]
    assert years == ["2019 1 1", "2016 1 2", "no date 1 0"]
    links = [link["href"] for link in page.select("section tbody a")]
    assert links == [
        "/data/articles?publisher=communitycare&published__startswith=2019",
        "/data/articles?publisher=cypnow&published__startswith=2016",
        "/data/articles?publisher=cypnow&published__isnull=1",
    ]
    for link in links:
        assert "1 row" in asked(site, link).text


def test_home_shows_charts_with_their_tables_and_marks_that_lead_to_records(site):
    page = soup(site, "/")
    titles = [figure.h2.a["href"] for figure in page.select("figure.chart-of")]
    assert titles == ["/chart/grades", "/chart/map_overall", "/chart/areas", "/chart/coverage"]
    assert all(figure.select_one("svg") and figure.select_one("table caption") for figure in page.select("figure"))
    hrefs = {link["href"] for link in page.select("figure svg a[href]")}
    assert {"/council/rutland", "/data/articles?publisher=cypnow&published__startswith=2016"} <= hrefs
    assert (
        "1 row"
        in asked(site, "/data/timeline?kind__in=inspection,reinspection&overall=good&date__startswith=2016").text
    )


def test_chart_is_a_page_and_a_file(site):
    assert soup(site, "/chart/map_overall").h1.text == "Latest overall grade of each council"
    answer = asked(site, "/chart/coverage.csv")
    assert answer.text.splitlines()[0] == "Publisher,Year of publication,Articles,With records"
    assert answer.headers["content-disposition"] == 'attachment; filename="coverage.csv"'
    assert asked(site, "/chart/nothing").status_code == 404


def test_councils_lists_their_latest_grades(site):
    rows = [words(row) for row in soup(site, "/councils").select("tbody tr")]
    assert rows == ["Hartlepool good 2016-05", f"Havering {EVIL} inadequate 2013-02", "Rutland outstanding 2019-01"]
    only = soup(site, "/councils?area=overall&grade=good").select("tbody tr")
    assert [words(row) for row in only] == ["Hartlepool good 2016-05"]
    assert asked(site, "/councils.csv").text.splitlines()[1].startswith("hartlepool,Hartlepool,")


@pytest.mark.parametrize(
    ("asked_for", "titles", "hits"),
    [
        ("rutland", ["=1+1"], ["Rutland"]),
        ('"rated good"', [f"A headline {EVIL}"], ["rated good"]),
        ("rated hartlepool", [f"A headline {EVIL}"], ["Hartlepool", "rated", "rated"]),
        ('" OR NEAR( * ^ -', [], []),
        ("title:headline AND", [], []),
        ("", [], []),
    ],
)
def test_search_shows_hits_in_their_context_whatever_is_typed(site, asked_for, titles, hits):
    page = soup(site, "/search", params={"q": asked_for})
    assert [h3.text.strip() for h3 in page.select(".hits h3")] == titles
    assert [each.text for each in page.select("em.hit")] == hits


def test_search_finds_findings_with_their_source(site):
    page = soup(site, "/search?q=praise&in=findings")
    (hit,) = page.select(".hits > li")
    assert words(hit).startswith("+ strength Inspectors praised it & all Hartlepool , 2016-05")


def test_article_marks_every_mention_by_kind_with_what_is_known_of_it(site, path):
    page = soup(site, f"/article/{article_id(path)}")
    body = page.select_one(".body")
    marks = [
        (mark["class"][1], mark.select_one(".t").text, words(mark.select_one(".tip"))) for mark in body.select("mark")
    ]
    assert marks == [
        ("m-council", "Hartlepool", "council hartlepool · rule toy-council · Hartlepool 2016-05 ( 0.75 )"),
        ("m-rating", "good", "grade good · areas overall · rule toy-rating · cues rated · Hartlepool 2016-05 ( 0.75 )"),
        ("m-date", "2016-05", "date 2016-05 · rule toy-date · Hartlepool 2016-05 ( 0.75 )"),
        ("m-strength", "Inspectors praised it & all", "strength · rule toy-finding · Hartlepool 2016-05 ( 0.75 )"),
        ("m-council", "Havering", f"council havering · rule toy-council · Havering {EVIL} 2013-02 ( 0.75 )"),
        ("m-rating", "inadequate", f"grade inadequate · areas overall · rule toy-rating · cues rated · Havering {EVIL} 2013-02 ( 0.75 )"),
        ("m-date", "2013-02", f"date 2013-02 · rule toy-date · Havering {EVIL} 2013-02 ( 0.75 )"),
    ]  # fmt: skip
    for tip in body.select(".tip"):
        tip.decompose()
    assert [paragraph.text for paragraph in body.select("p")] == BODY.split("\n\n")
    assert [paragraph["data-at"] for paragraph in body.select("p")] == ["0", str(BODY.index("Inspectors"))]


def test_article_has_its_records_and_copies_beside_it(site, path):
    aside = soup(site, f"/article/{article_id(path)}").aside
    assert [words(card).split(" ·")[0] for card in aside.select(".card")] == [
        "Hartlepool inspection", f"Havering {EVIL} inspection, an earlier one",
    ]  # fmt: skip
    assert f"copy{EVIL}.txt" in words(aside)


def test_article_links_to_the_web_and_to_nothing_else(site, path):
    evil, good = (soup(site, f"/article/{article_id(path, source)}") for source in ("one.html", "two.html"))
    assert not evil.find("a", href=re.compile("javascript"))
    assert "javascript:alert(1)" in words(evil.select_one(".source"))
    assert good.find("a", href="https://www.communitycare.co.uk/a?b=1&c=2")["rel"] == ["noreferrer"]


def test_article_without_records_says_so(site, path):
    page = soup(site, f"/article/{article_id(path, 'three.html')}")
    assert "Nothing was read from this article" in words(page.select_one(".legend"))
    assert page.aside.h2.text.strip() == "No records"


def test_raw_text_is_shown_inert_or_why_it_is_not(site, path, tmp_path):
    address = f"/article/{article_id(path)}/raw"
    assert "Nothing is known of the dump" in words(soup(site, address).select_one(".note"))
    dump = tmp_path / "dump"
    dump.mkdir()
    options = json.dumps({"dumps": [str(dump)]})
    with opened(path) as db:
        db.execute(
            "INSERT INTO runs (run, started, status, version, options) VALUES (1, '2026-01-01', 'done', '1', ?)",
            [options],
        )
        db.execute("UPDATE inputs SET run = 1")
        db.conn.commit()
    assert "is not there any more" in words(soup(site, address).select_one(".note"))
    (dump / "one.html").write_text(BODY + "changed", encoding="utf-8")
    assert "or it changed" in words(soup(site, address).select_one(".note"))
    (dump / "one.html").write_text(BODY, encoding="utf-8")
    page = soup(site, address)
    assert page.pre.text == BODY
    assert page.pre.find("script") is None


def test_record_shows_every_value_with_its_words(site, path):
    (record_id,) = ids(path, "SELECT record_id FROM inspections WHERE council_id = 'hartlepool'")
    page = soup(site, f"/record/{record_id}")
    values = [(words(li.h3), words(li.blockquote or li.p)) for li in page.select(".values > li")]
    sentence = f"Hartlepool was rated good in 2016-05. {EVIL}"  # a sentence goes on where no capital begins the next
    assert values == [
        ("council: hartlepool", sentence),
        ("kind: inspection", "No words of the article: inferred from other values."),
        ("reported: 2016-05", sentence),
        ("rating: overall: good", sentence),
        ("+ strength practice, voice of the child", "Inspectors praised it & all."),
    ]
    assert "rule toy-rating; cues rated; areas overall" in [li.text for li in page.select(".why li")]


def test_council_shows_its_timeline_and_leads_to_its_findings(site):
    page = soup(site, "/council/hartlepool")
    assert [words(h3) for h3 in page.select(".timeline h3")] == ["2016-05 inspection (SIF) good"]
    assert "reported in A headline" in words(page.select_one(".tellers"))
    assert [words(li.summary) for li in page.select(".themes > li")] == [
        "practice 1 praised · 0 criticised", "voice of the child 1 praised · 0 criticised",
    ]  # fmt: skip
    assert soup(site, "/council/havering").h1.text == f"Havering {EVIL}"


@pytest.mark.parametrize(
    ("filters", "count"),
    [("", 1), ("theme=voice", 1), ("theme=neglect", 0), ("polarity=weakness", 0), ("grade=good&year=2016", 1), ("year=2017", 0),
     ("council=hartlepool&publisher=cypnow", 1), ("publisher=communitycare", 0), ("theme=%25", 0), ("after=x", 1)],
)  # fmt: skip
def test_findings_are_filtered(site, filters, count):
    assert len(soup(site, f"/findings?{filters}").select(".quote")) == count


def test_findings_are_cited_with_their_source(site):
    assert soup(site, "/findings").select_one(".citation").text == (
        f"“Inspectors praised it & all” On Hartlepool (2016-05), in “A headline {EVIL}”, CYP Now, 2016-06-01, javascript:alert(1)."
    )


def test_findings_are_turned_page_by_page_each_once(path, site):
    with opened(path) as db:
        for number in range(70):
            stored(
                db,
                f"Rutland was rated good in 2010-{number % 12 + 1:02}. Inspectors praised this {number}.",
                source=f"{number}.txt",
            )
    seen, address = [], "/findings?council=rutland"
    while address:
        page = soup(site, address)
        seen += [each.text for each in page.select(".citation")]
        following = page.select_one("a[rel=next]")
        address = following and "/findings" + following["href"]
    assert len(seen) == len(set(seen)) == 70
    dates = [re.search(r"\((\d{4}-\d\d)\)", each)[1] for each in seen]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("names", [(), ("grade",), ("theme", "grade", "polarity"), ("publisher",), ("after",)])
def test_findings_come_in_the_order_of_an_index_so_that_a_page_needs_no_sorting_of_all(path, names):
    given = dict.fromkeys((*names, "after_date", "after_record", "after_finding"), "x")
    conditions = " AND ".join(findings.CONDITIONS[name] for name in names) or "1"
    sql = findings.FINDINGS.format(conditions=conditions, limit=31, date=findings.DATE)
    with opened(path) as db:
        plan = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert "i USING INDEX inspections_newest" in plan[0]
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
    assert not any("ratings_area" in step for step in plan)


def test_findings_as_a_file_for_a_spreadsheet(path, site):
    with opened(path) as db:
        stored(db, "Rutland was rated good in 2010-01. Inspectors praised much.", source="f.txt", title="=HYPERLINK(1)")
    lines = asked(site, "/findings?format=csv&council=rutland").text.splitlines()
    assert lines[0].startswith("text,polarity,themes,council,date")
    assert "'=HYPERLINK(1)" in lines[1]


@pytest.mark.parametrize(
    "address", ["/nothing", "/article/x", "/record/x", "/council/x", "/article/%3Cscript%3Ealert(1)/raw"]
)
def test_what_is_not_there_is_not_found_in_words(site, address):
    answer = asked(site, address)
    assert answer.status_code in (302, 404)
    assert "<script>alert" not in answer.text


ADDRESSES = ["/", "/councils", "/findings", "/search?q=headline", f"/search?q={EVIL}", "/council/havering", "/queue",
             "/data", "/data/articles", "/data/councils", "/data/duplicates"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_lets_a_script_of_an_article_stand(site, address):
    text = asked(site, address).text
    assert EVIL not in text
    assert 'href="javascript' not in text


def test_datasette_serves_tables_json_csv_and_sql_with_links_to_our_pages(site, path):
    record = ids(path, "SELECT record_id FROM inspections WHERE council_id = 'rutland'")[0]
    assert asked(site, "/data/councils/rutland.json?_shape=array").json()[0]["id"] == "rutland"
    assert asked(site, "/data/councils.csv").text.count("\n") == 4
    assert asked(site, "/data.json?sql=select+1+as+n").json()["rows"] == [[1]]
    assert f'<a href="/record/{record}">' in asked(site, "/data/ratings").text
    assert '<a href="/council/rutland">' in asked(site, "/data/councils/rutland").text
    assert "The council, valid" not in asked(site, "/data/articles").text
    assert "SHA-256 of the raw input, in hexadecimal." in asked(site, "/data/articles").text


@pytest.mark.parametrize(
    "sql", ["delete from articles", "pragma journal_mode=delete", "attach 'x.db' as x", "select 1; drop table runs"]
)
def test_sql_that_does_not_read_is_refused(site, path, sql):
    assert asked(site, "/data.json", params={"sql": sql}).status_code == 400
    assert len(ids(path, "SELECT 1 FROM articles")) == 3


def test_database_is_open_for_reading_only(site):
    with pytest.raises(Exception, match="readonly"):
        asyncio.run(site.get_database("data").execute_fn(lambda conn: conn.execute("DELETE FROM articles")))


def test_what_is_remembered_is_found_out_anew_once_the_database_changed(site, path, monkeypatch):
    monkeypatch.setattr("pipeline.browse.site.FRESH", 0)
    monkeypatch.setattr("pipeline.browse.site.LAG", 0)

    async def counts():
        text = (await site.client.get("/councils.csv")).text
        await asyncio.gather(*SITES[site].finding.values())
        return text.count("\n")

    async def twice():
        assert await counts() == 4
        with opened(path) as db:
            db.execute("DELETE FROM timeline WHERE council_id = 'rutland'")
            db.conn.commit()
        SITES[site].remembered = {name: known._replace(when=-100) for name, known in SITES[site].remembered.items()}
        await counts()  # what was known, while it is found out anew
        assert await counts() == 3

    asyncio.run(twice())


def test_home_leads_to_questions_and_each_can_be_asked(site):
    assert {"/questions", "/official", "/queue"} <= {link["href"] for link in soup(site, "/").select(".ways a")}
    links = [link["href"] for link in soup(site, "/questions").select(".hits a")]
    assert links == [f"/question/{name}" for name in questions()]
    for link in links:
        page = soup(site, link)
        assert page.h1.text == questions()[link.split("/")[2]].title
        assert page.h2.text.endswith(("rows", "row"))


def test_question_has_a_form_of_its_parameters_and_its_answer_as_files(site):
    page = soup(site, "/question/times-inadequate?council=havering")
    labels = {label["for"]: page.find(id=label["for"]).name for label in page.select("main form label")}
    assert labels == {"council": "input", "region": "select", "times": "input"}
    assert page.find(id="council")["value"] == "havering"
    assert [words(cell) for cell in page.select("tbody td")] == [f"Havering {EVIL}", "East", "1", "2013-02", "0"]
    assert page.select_one("tbody a")["href"] == "/council/havering"
    files = [link["href"] for link in page.select(".source a")]
    assert files == [f"/question/times-inadequate.{kind}?council=havering" for kind in ("csv", "json")]
    assert asked(site, files[0]).text.splitlines()[1] == f"Havering {EVIL},East,1,2013-02,0"
    assert [row["times"] for row in json.loads(asked(site, files[1]).text)] == [1]
    assert [
        len(soup(site, f"/question/times-inadequate?region={each}").select("tbody tr")) for each in ("", "South+West")
    ] == [1, 0]


def test_question_shows_its_first_rows_and_how_many_there_are(site, monkeypatch):
    monkeypatch.setattr("pipeline.browse.ask.SHOWN", 2)
    page = soup(site, "/question/history")
    assert page.h2.text == "3 rows"
    assert len(page.select("tbody tr")) == 2
    assert len(asked(site, "/question/history.csv").text.splitlines()) == 4


@pytest.mark.parametrize("kind", ["", ".csv", ".json"])
def test_question_that_cannot_be_asked_says_why(site, kind):
    answer = asked(site, f"/question/history{kind}?council=Rutlnad")
    assert answer.status_code == 400
    text = BeautifulSoup(answer.text, "lxml").select_one("[role=alert]").text if not kind else answer.text
    assert text == "council 'Rutlnad': did you mean 'Rutland'?"
    assert asked(site, f"/question/nothing{kind}").status_code == 404


@pytest.fixture
def contradicted(tmp_path):
    path = tmp_path / "records.db"
    with opened(path, create=True) as db:
        stored(db, "Rutland was rated good in 2017-02.", source="one.html", title="One", published="2017-03-01")
        stored(db, "Hartlepool was rated good in 2016-05.", source="two.html", title="Two", published="2016-06-01")
        refresh(db)
        db.conn.commit()
    return path


def test_official_record_stands_beside_what_articles_say(contradicted):
    site = serve(contradicted, Access(80))
    page = soup(site, "/official")
    counts = [words(each) for each in page.select(".counts dd")]
    assert counts[:4] == ["0", "1", "1", "0"]
    (hit,) = page.select(".hits > li")
    assert words(hit.p) == "overall: the article says good , the official report requires improvement"
    assert words(hit.blockquote) == "Rutland was rated good in 2017-02."
    assert [words(row) for row in page.select("[aria-label=Unlisted] tbody tr")] == [
        "Hartlepool 2016-05 inspection good 1 1"
    ]
    council = soup(site, "/council/rutland")
    assert words(council.select_one(".verified")).startswith(
        "≠ contradicted by the official record: inspected 2016-11-14/2016-12-07, published 2017-02-13, overall requires improvement"
    )
    assert words(council.select_one(".grid tbody td")) == "good"
    record = soup(
        site, "/record/" + ids(contradicted, "SELECT record_id FROM inspections WHERE council_id = 'rutland'")[0]
    )
    assert [words(cell) for cell in record.select("tbody td")] == ["good", "good", "sif", "requires improvement ≠"]


def test_near_misses_are_told_on_both_events_and_on_the_record(contradicted):
    one, other = ids(contradicted, "SELECT event_id FROM timeline ORDER BY council_id")
    with opened(contradicted) as db:
        db.execute("UPDATE timeline SET council_id = 'rutland'")
        db.execute("INSERT INTO timeline_apart VALUES (?, ?, 'their dates lie apart')", [one, other])
        db.conn.commit()
    site = serve(contradicted, Access(80))
    page = soup(site, "/council/rutland")
    assert {li["id"]: li.select_one(".apart a")["href"] for li in page.select(".timeline > li")} == {
        one: f"#{other}",
        other: f"#{one}",
    }
    record = ids(contradicted, f"SELECT record_id FROM timeline_records WHERE event_id = '{other}'")[0]
    assert f"#{one}" in str(soup(site, f"/record/{record}").main)


@pytest.mark.parametrize(
    ("q", "names"),
    [("rutl", ["Rutland"]), ("Rutland council", ["Rutland"]), ("E06000017", ["Rutland"]), ("ru", []), ("%_", [])],
)
def test_search_finds_councils_by_name_and_code(site, q, names):
    page = soup(site, "/search", params={"q": q})
    assert [link.text for link in page.select(".found a")] == names


def test_datasettes_pages_have_our_way_around(site):
    page = soup(site, "/data/articles")
    assert [link["href"] for link in page.select("header ul a")] == [address for address, _ in WAYS.values()]
    assert "/static/datasette.css" in [link["href"] for link in page.select("link[rel=stylesheet]")]
