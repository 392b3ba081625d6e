"""Counts by month, and the warning when a publisher's articles stop giving what they gave."""

import json
from pathlib import Path

import made
import pytest
from click.testing import CliRunner

from pipeline import stats, store
from pipeline.cli import main
from pipeline.database import opened

LONG = "Hartlepool was rated good in 2016-05. " + "word " * 200


def month(number):
    return f"{2020 + number // 12}-{number % 12 + 1:02}-15"


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with opened(Path("records.db"), create=True) as db:
        for _ in range(2):
            db.execute("INSERT INTO runs (started, status, version, options) VALUES ('', 'done', '', '{}')")
        yield db


def add(db, when, count, *, run=1, publisher="cypnow", body=LONG, **fields):
    for _ in range(count):
        number = db.table("inputs").count
        fields = {"title": "T", "authors": ("A",), "published": when, **fields}
        article = made.article(f"{body} {number}", source=f"{number}.txt", publisher=publisher, **fields)
        store.save(db, made.extract(article), "k", [])
        store.stamp(db, article.source, run)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": None}, "cypnow, 2021-01: 0 of 20 articles gave a title, before that 240 of 240"),
        ({"authors": ()}, "cypnow, 2021-01: 0 of 20 articles gave a byline, before that 240 of 240"),
        ({"body": "short"}, "cypnow, 2021-01: 0 of 20 articles gave a body of normal length, before that 240 of 240"),
        ({"body": LONG * 30}, "cypnow, 2021-01: 0 of 20 articles gave a body of normal length"),
        ({"body": "word " * 200}, "cypnow, 2021-01: 0 of 20 articles gave a record, before that 240 of 240"),
        ({"published": None}, "cypnow, this run: 0 of 20 articles gave a date, before that 240 of 240"),
    ],
)
def test_warnings_of_a_fall(db, fields, said):
    for number in range(12):
        add(db, month(number), 20)
    add(db, month(12), 20, run=2, **fields)
    assert [warning for warning in stats.warnings(db, 2) if warning.startswith(said)]


@pytest.mark.parametrize(
    ("before", "new", "count"),
    [(20, {}, 20), (20, {"title": None}, 5), (1, {"title": None}, 20), (0, {"title": None}, 20)],
    ids=["no fall", "few new ones", "few before", "none before"],
)
def test_no_warning_of_what_may_be_chance(db, before, new, count):
    for number in range(12):
        add(db, month(number), before)
    add(db, month(12), count, run=2, **new)
    assert list(stats.warnings(db, 2)) == []


def test_no_warning_of_a_rise_nor_of_what_always_was_so(db):
    for number in range(12):
        add(db, month(number), 20, title=None, authors=())
    add(db, month(12), 20, run=2, authors=())
    assert list(stats.warnings(db, 2)) == []


def test_no_warning_of_another_publisher_or_of_a_month_that_the_run_did_not_touch(db):
    for number in range(12):
        add(db, month(number), 20)
    add(db, month(12), 20, title=None)
    add(db, month(3), 20, run=2)
    add(db, month(12), 20, run=2, publisher="communitycare", title=None)
    assert list(stats.warnings(db, 2)) == []


def test_no_warning_of_months_long_ago(db):
    add(db, month(0), 200)
    add(db, month(30), 20, run=2, title=None)
    assert list(stats.warnings(db, 2)) == []


@pytest.mark.parametrize(
    ("found", "before", "warns"),
    [
        (20, 200, False),
        (17, 190, False),
        (15, 190, False),
        (11, 190, True),
        (0, 100, True),
        (4, 100, False),
        (0, 20, False),
    ],
)
def test_fell_needs_a_fall_that_is_large_and_not_by_chance(found, before, warns):
    assert stats.fell(found, 20, before, 200) is warns


def test_stats_count_by_publisher_layout_and_month(db):
    add(db, month(0), 2)
    add(db, month(0), 1, title=None, layout="other-layout")
    add(db, None, 1, body="short", authors=())
    rows = json.loads(CliRunner().invoke(main, ["stats", "--json"]).stdout)
    named = ("layout", "month", "articles", "titles", "dates", "bylines", "bodies", "records")
    assert [tuple(row[name] for name in named) for row in rows] == [
        ("other-layout", "2020-01", 1, 0, 1, 1, 1, 1),
        ("toy", "", 1, 1, 0, 0, 0, 0),
        ("toy", "2020-01", 2, 2, 2, 2, 2, 2),
    ]
    assert "2020-01" in CliRunner().invoke(main, ["stats"]).stdout


def test_ingest_ends_with_the_warnings(db, tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.engines.local", made.engine)
    for number in range(12):
        add(db, month(number), 20)
    (tmp_path / "dump").mkdir()
    rows = ["file,published"]
    for number in range(20):
        (tmp_path / f"dump/n{number}.txt").write_text(f"T\n{made.story(str(number), 20)}")
        rows.append(f"n{number}.txt,{month(12)}")
    (tmp_path / "meta.csv").write_text("\n".join(rows))
    result = CliRunner().invoke(main, ["ingest", "dump", "--metadata", "meta.csv"])
    assert result.exit_code == 0
    assert "warning: cypnow, 2021-01: 0 of 20 articles gave a byline, before that 240 of 240; look at" in result.stderr
