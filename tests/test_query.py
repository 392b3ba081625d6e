"""Saved questions: what they answer of councils made up for them, and what their files have to say of themselves."""

import csv
import io
import json
import re
from pathlib import Path

import made
import pytest
from click.testing import CliRunner

from extractors.authorities import register
from pipeline import command, store
from pipeline.cli import main
from pipeline.database import opened
from pipeline.extraction import Extraction
from pipeline.query import TYPES, QueryError, ask
from pipeline.questions import FOLDER, QuestionError, questions, read
from schemas.inspection import ArticleRef, Evidence, Finding, Inspection, Rating
from schemas.mention import Span

ROOT = Path(__file__).parent.parent
WORDS = Span(start=0, end=1, text="x")


def finding(themes, text, polarity="weakness"):
    return Finding(
        polarity=polarity, themes=tuple(themes.split()), text=text, attribution="report", quoted=False, evidence=WORDS
    )


def told(council, date=None, overall=None, kind="inspection", role="current", findings=(), **areas):
    """What an article says of one event; a record without `overall` is of an ungraded one."""
    grades = ({"overall": overall} if overall else {}) | areas
    return {
        "council": register()[council].council, "kind": kind, "role": role, "date": date, "reported": date,
        "date_basis": "reported" if date else None, "evidence": Evidence(), "confidence": 0.8, "extractor_version": "0",
        "framework": ("ILACS" if (date or "") > "2018" else "SIF") if grades else None,
        "ratings": tuple(
            Rating(area=area, grade=grade, verbatim=grade, scale="ilacs", evidence=WORDS) for area, grade in grades.items()
        ),
        "findings": tuple(findings),
    }  # fmt: skip


def save(db, source, published, *records, publisher="cypnow"):
    article = made.article(made.story(source), source=source, published=published, publisher=publisher, title=source)
    ref = ArticleRef(**{name: getattr(article, name) for name in ArticleRef.model_fields})
    inspections = tuple(
        Inspection(record_id=f"{source}-{number}", article=ref, **record) for number, record in enumerate(records)
    )
    with db.atomic():
        store.save(db, Extraction(article, (), inspections), "key", [])


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    """Articles that tell of what a careless question would count twice, or not at all."""
    with opened(tmp_path_factory.mktemp("query") / "records.db", create=True) as db:
        fall = told("rutland", "2019-03-01", "inadequate", leadership="good", help_and_protection="inadequate",
                    findings=[finding("workforce timeliness", "Caseloads of 30 were too high")])  # fmt: skip
        save(db, "fall", "2019-03-04", told("rutland", "2016-02-10", "good", role="previous"), fall)
        again = told("rutland", "2019-03", "inadequate", findings=[finding("workforce", "agency staff came and went")])
        save(db, "again", "2019-03-06", again, publisher="communitycare")  # the same inspection by the other magazine
        for month in ("2019-11", "2020-05"):
            visit = told(
                "rutland", month, kind="monitoring_visit", findings=[finding("workforce", f"turnover in {month}")]
            )
            save(db, f"visit-{month}", f"{month}-20", visit)
        rise = told("rutland", "2021-06-01", "good", findings=[finding("workforce", "stable teams", "strength")])
        save(db, "rise", "2021-06-02", rise, told("rutland", None, "inadequate", role="previous"))
        save(
            db,
            "luton",
            "2022-09-07",
            told("luton", "2022-09-05", "requires_improvement", care_leavers="inadequate"),
            told("luton", "2022-09-05", "good", role="previous"),
        )  # an area's grade read as a second inspection of that day
        save(
            db,
            "leeds",
            "2015-03-30",
            told("leeds", "2015-03-27", "good"),
            told("leeds", "2010", "inadequate", "annual_assessment", role="previous"),
        )  # a yearly rating is no inspection
        save(db, "old", "2018-06-10", told("dorset-county", "2018-06-01", "inadequate"))
        save(db, "new", "2021-11-20", told("dorset", "2021-11-19", "outstanding"))
        save(db, "poole", None, told("poole", "XXXX-03", "good"))
        save(db, "medway", None, told("medway", None, "inadequate"))
        save(db, "last", "2022-12-31", told("kent", "2022-12-01", kind="focused_visit"))
        yield db


def answered(db, name, **given):
    return [tuple(row.values()) for row in ask(db, name, given).rows]


RUTLAND, LUTON, LEEDS = (
    ("Rutland", "East Midlands"),
    ("Luton", "East of England"),
    ("Leeds", "Yorkshire and the Humber"),
)
ANSWERS = [
    ("movers", {}, [
        (*RUTLAND, "2019-03-01", "inadequate", "2021-06-01", "good", "up", 2, 2.3, "rise"),
        (*RUTLAND, "2016-02-10", "good", "2019-03-01", "inadequate", "down", 2, 3.1, "fall")]),
    ("movers", {"before": "inadequate", "since": "2021-06"}, [
        (*RUTLAND, "2019-03-01", "inadequate", "2021-06-01", "good", "up", 2, 2.3, "rise")]),
    ("movers", {"direction": "down", "until": "2019-02"}, []),
    ("movers", {"steps": "3"}, []),
    ("movers", {"council": "E06000017", "direction": "down"}, [
        (*RUTLAND, "2016-02-10", "good", "2019-03-01", "inadequate", "down", 2, 3.1, "fall")]),
    ("times-inadequate", {}, [
        ("Dorset (pre-2019)", "South West", 1, "2018-06-01", 0), (*RUTLAND, 1, "2019-03-01", 0),
        ("Medway", "South East", 0, None, 1)]),
    ("times-inadequate", {"times": "2"}, []),
    ("years-inadequate", {}, [
        (*RUTLAND, "2019-03-01", "2021-06-01", "good", 2.3, 1, 2, 2.3),
        ("Dorset (pre-2019)", "South West", "2018-06-01", "2019-03-31", "abolished", 0.8, 1, 0, 0.8)]),
    ("years-inadequate", {"at": "2019-12", "council": "rutland"}, [
        (*RUTLAND, "2019-03-01", None, None, 0.8, 1, 1, 0.8)]),
    ("years-inadequate", {"at": "2018-12-31"}, [
        ("Dorset (pre-2019)", "South West", "2018-06-01", None, None, 0.6, 1, 0, 0.6)]),
    ("visits-between", {"council": "Rutland"}, [
        (*RUTLAND, "good", "2016-02-10", "2019-03-01", 0, 0, 0, None),
        (*RUTLAND, "inadequate", "2019-03-01", "2021-06-01", 2, 0, 0, "2020-05"),
        (*RUTLAND, "good", "2021-06-01", None, 0, 0, 0, None)]),
    ("visits-between", {"grade": "requires improvement"}, [
        (*LUTON, "requires_improvement", "2022-09-05", None, 0, 0, 0, None)]),
    ("history", {"council": "dorset"}, [
        ("Dorset", "own", "2021-11-19", "inspection", "ILACS", "outstanding", None, None, 1, "[]", "contradicted", "new"),
        ("Dorset (pre-2019)", "predecessor", "2018-06-01", "inspection", "ILACS", "inadequate", None, None, 1, "[]",
         "outside", "old")]),
    ("history", {"council": "Leeds", "until": "2010"}, [
        ("Leeds", "own", "2010", "annual_assessment", "SIF", "inadequate", None, None, 1, "[]", "outside", "leeds")]),
    ("latest-grades", {"council": "Luton"}, [
        ("Luton", "E06000032", "East of England", "2022-09-05", "ILACS", None, "2022-09-05", "requires_improvement", None, None,
         "inadequate", None, None, "[]", "contradicted", "luton")]),
    ("latest-grades", {"grade": "inadequate", "region": "south east"}, [
        ("Medway", "E06000035", "South East", None, "SIF", None, None, "inadequate", *[None] * 5, "[]", "outside", "medway")]),
    ("not-inspected", {"at": "2022", "years": "4", "region": "Yorkshire and the Humber"}, [
        (*LEEDS, "2015-03-27", "good", 7.8, 0, None),
        *((name, "Yorkshire and the Humber", None, None, None, 0, None) for name in (
            "Barnsley", "Bradford", "Calderdale", "Doncaster", "East Riding of Yorkshire", "Kingston upon Hull", "Kirklees",
            "North East Lincolnshire", "North Lincolnshire", "North Yorkshire (pre-2023)", "Rotherham", "Sheffield",
            "Wakefield", "York"))]),
    ("share-good", {"at": "2019-03"}, [
        ("East Midlands", 1, 0, 0, 0, 0, 0, 1, 8), ("East of England", 0, 0, None, 0, 0, 0, 0, 11),
        ("London", 0, 0, None, 0, 0, 0, 0, 33), ("North East", 0, 0, None, 0, 0, 0, 0, 12),
        ("North West", 0, 0, None, 0, 0, 0, 0, 23), ("South East", 0, 0, None, 0, 0, 0, 0, 19),
        ("South West", 1, 0, 0, 0, 0, 0, 1, 15), ("West Midlands", 0, 0, None, 0, 0, 0, 0, 14),
        ("Yorkshire and the Humber", 1, 1, 100, 0, 1, 0, 0, 14), ("all", 3, 1, 33, 0, 1, 0, 2, 149)]),
    ("share-good", {"by": "framework"}, [
        ("", 0, 0, None, 0, 0, 0, 0, 148), ("ILACS", 3, 2, 67, 1, 1, 1, 0, 0), ("SIF", 1, 1, 100, 0, 1, 0, 0, 0),
        ("all", 4, 3, 75, 1, 2, 1, 0, 148)]),
    ("dragging-areas", {}, [
        ("care_leavers", 1, 1, 0, 0, 0, 100), ("help_and_protection", 1, 0, 1, 0, 1, 0), ("leadership", 1, 0, 0, 1, 0, 0)]),
    ("leadership-ahead", {}, [(*RUTLAND, "2019-03-01", "ILACS", "inadequate", "good", "inadequate", "fall")]),
    ("leadership-ahead", {"high": "help_and_protection", "low": "leadership"}, []),
    ("themes", {"by": "grade"}, [
        ("good", "workforce", 1, 0, 0, 1, 0), ("inadequate", "timeliness", 1, 1, 100, 0, 1),
        ("inadequate", "workforce", 1, 1, 100, 0, 1), (None, "workforce", 2, 2, 100, 0, 1)]),
    ("themes", {"by": "year", "until": "2019"}, [
        (2019, "workforce", 2, 2, 100, 0, 1), (2019, "timeliness", 2, 1, 50, 0, 1)]),
    ("unfixed-themes", {}, [
        ("Rutland", "workforce", "2019-03-01", "inspection", "2019-11", "monitoring_visit", "Caseloads of 30 were too high",
         "turnover in 2019-11"),
        ("Rutland", "workforce", "2019-11", "monitoring_visit", "2020-05", "monitoring_visit", "turnover in 2019-11",
         "turnover in 2020-05")]),
    ("unfixed-themes", {"theme": "timeliness"}, []),
    ("before-a-move", {}, []),
    ("before-a-move", {"direction": "up"}, [("workforce", 1, 1, 100, 0, None), ("timeliness", 1, 1, 100, 0, None)]),
    ("press-coverage", {"publisher": "communitycare"}, [("communitycare", "2019", 1, 1, 1, 1, 1, 5.0, 5)]),
    ("only-in-press", {}, [
        (*RUTLAND, "2021-06-01", "inspection", "ILACS", "good", 1, 1, 0.8, "rise"),
        (*RUTLAND, "2019-03-01", "inspection", "ILACS", "inadequate", 3, 2, 0.8, "fall"),
        (*RUTLAND, "2016-02-10", "inspection", "SIF", "good", 1, 0, 0.8, "fall")]),
    ("press-against-official", {"field": "overall"}, [
        ("Dorset", "2021-11-19", "inspection", "overall", "outstanding", "good", "x", "new", "new-0"),
        ("Luton", "2022-09-05", "inspection", "overall", "good", "requires_improvement", "x", "luton", "luton-1")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "given", "expected"), ANSWERS)
def test_query_answers(db, name, given, expected):
    found = answered(db, name, **given)
    if name in ("before-a-move",):  # themes that tie are in order of their names
        expected = sorted(expected)
    if name == "only-in-press":
        expected = sorted(expected, key=lambda row: -row[7])
    assert found == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"theme": "workforce", "grade": "inadequate"}, ["fall-1", "again-0"]),
        ({"theme": "workforce", "polarity": "strength"}, ["rise-0"]),
        ({"words": "caseload"}, ["fall-1"]),
        ({"words": 'agency" OR "turnover'}, []),  # words, not a search expression
        ({"since": "2019-11", "until": "2020"}, ["visit-2020-05-0", "visit-2019-11-0"]),
        ({"council": "Kent"}, []),
    ],
)
def test_quotes_are_found_with_their_record(db, given, expected):
    assert [row[-1] for row in answered(db, "quotes", **given)] == expected


def test_workforce_quotes_say_what_they_speak_of(db):
    found = {row[-1]: row[3] for row in answered(db, "workforce-quotes")}
    assert found == {
        "fall-1": "caseloads",
        "again-0": "agency staff",
        "visit-2019-11-0": "turnover",
        "visit-2020-05-0": "turnover",
    }
    assert [row[-1] for row in answered(db, "workforce-quotes", numbers="yes", grade="inadequate")] == ["fall-1"]


def test_never_reported_leaves_out_what_an_article_tells_of(db):
    leeds = [row[5] for row in answered(db, "never-reported", council="Leeds")]
    assert "2015-03-27" not in leeds
    assert leeds == sorted(leeds, reverse=True)
    assert len(leeds) == 2


def test_articles_that_disagree_are_shown_side_by_side(tmp_path):
    with opened(tmp_path / "records.db", create=True) as db:
        save(db, "one", "2019-07-03", told("luton", "2019-07-01", "good"))
        save(db, "two", "2019-07-04", told("luton", "2019-07-02", "good"), publisher="communitycare")
        shown = [row[3:7] + row[-1:] for row in answered(db, "press-disagrees")]
    assert shown == [
        ("reported", "2019-07-01", 1, "current", "one-0"),
        ("reported", "2019-07-02", 0, "current", "two-0"),
    ]


@pytest.mark.parametrize("name", questions())
def test_question_runs_on_an_empty_database_and_says_what_its_columns_are(tmp_path, name):
    question = questions()[name]
    with opened(tmp_path / "records.db", create=True) as db:
        plain = ask(db, name, {})
        assert plain == ask(db, name, {each.name: each.default for each in question.parameters})
        assert question.columns.keys() <= set(plain.columns)
        assert len(set(plain.columns)) == len(plain.columns)
        empty = {each.name: "" for each in question.parameters}  # as a form on a page sends it
        assert [row[0] for row in db.execute(question.sql, empty).description] == plain.columns
    assert all(each.type in TYPES or "|" in each.type for each in question.parameters)


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("mover", {}, "no question is called 'mover': did you mean 'movers'"),
        ("movers", {"regoin": "x"}, "movers does not ask for 'regoin': did you mean 'region'?"),
        ("movers", {"council": "Rutlnad"}, "council 'Rutlnad': did you mean 'Rutland'"),
        ("movers", {"before": "poor"}, "before 'poor': expected one of outstanding, good"),
        ("movers", {"since": "May 2019"}, "since 'May 2019': expected a year, a month or a day"),
        ("movers", {"steps": "two"}, "steps 'two': expected a whole number"),
        ("movers", {"direction": "sideways"}, "direction 'sideways': expected one of up, down"),
        ("themes", {"theme": "work force"}, "theme 'work force': "),
        ("quotes", {"words": " "}, "words ' ': expected a word or more"),
    ],
)
def test_query_refuses_in_words(db, name, given, words):
    with pytest.raises(QueryError, match="^" + re.escape(words)):
        ask(db, name, given)


def test_query_writes_nothing_but_the_timeline(db):
    before = db.conn.total_changes
    for name in questions():
        ask(db, name, {})
    assert db.conn.total_changes == before
    db.execute("CREATE TEMP TABLE after (x)")  # the connection can write again


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT 1", "expected a comment on top"),
        ("-- Title\nSELECT 1", "expected a comment on top"),
        ("-- Title\n-- About.\nSELECT :x", "name all parameters of the SQL and no other: x"),
        ("-- Title\n-- About.\n-- :x (date)  unused\nSELECT 1", "name all parameters of the SQL and no other: x"),
        ("-- Title\n-- About.\n-- :x: the date\nSELECT :x", "expected `:name"),
    ],
)
def test_question_file_that_breaks_the_rules_is_refused(tmp_path, text, words):
    path = tmp_path / "wrong.sql"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match=re.escape(words)) as error:
        read(path)
    assert "wrong.sql" in str(error.value)


def test_question_has_its_defaults_in_one_place(tmp_path):
    path = tmp_path / "q.sql"
    path.write_text(
        "-- T\n-- A.\n-- :n (number) = 3  n\n-- :by (a|b) = a  by\n-- :at (date)  at\nSELECT :n, :by, :at",
        encoding="utf-8",
    )
    assert read(path).sql == (
        "SELECT coalesce(CAST(nullif(:n, '') AS INTEGER), 3), coalesce(nullif(:by, ''), 'a'), nullif(:at, '')"
    )


def called(*args):
    return CliRunner().invoke(main, ["query", *map(str, args)], catch_exceptions=False)


@pytest.fixture(scope="module")
def path(db):
    return Path(db.execute("PRAGMA database_list").fetchone()[2])


def test_cli_query_prints_a_table_a_list_csv_and_json(path, monkeypatch):
    table = called("times-inadequate", "--db", path)
    assert table.stdout.splitlines()[0].strip() == "How many times councils were found inadequate"
    assert "│ Rutland           │ East Midlands │ 1     │ 2019-03-01 │ 0       │" in table.stdout
    monkeypatch.setattr(command, "WIDTH", 80)
    wide = called("quotes", "--words", "caseload", "--db", path)
    assert "\n\ncouncil: Rutland\ndate: 2019-03-01\n" in wide.stdout
    assert "url" not in wide.stdout  # nothing in it
    rows = list(csv.DictReader(io.StringIO(called("times-inadequate", "--csv", "--db", path).stdout)))
    assert rows[1] == {
        "council": "Rutland",
        "region": "East Midlands",
        "times": "1",
        "dates": "2019-03-01",
        "undated": "0",
    }
    assert json.loads(called("movers", "--steps", "3", "--json", "--db", path).stdout) == []
    assert called("movers", "--steps", "3", "--db", path).stdout == "none\n"
    assert called("movers", "--steps", "3", "--csv", "--db", path).stdout.startswith("council,region,before_date")


def test_cli_query_lists_the_questions_and_helps_with_names(path):
    assert [line.split()[0] for line in called().stdout.splitlines()[::2]] == list(questions())
    assert "--before GRADE" in called("movers", "--help").stdout
    assert "Did you mean 'movers'?" in called("mover").stderr
    assert called("movers", "--council", "Rutlnad", "--db", path).stderr.startswith(
        "Error: council 'Rutlnad': did you mean"
    )


def test_every_question_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.stem for path in FOLDER.glob("*.sql") if f"| {path.stem} | " not in readme] == []
