import sqlite3

import made
import pytest

from pipeline import store, timeline
from pipeline.database import SCHEMAS, StoreError, opened
from pipeline.migrations import migrations
from pipeline.query import ask
from pipeline.rows import columns, to_fields, to_row
from pipeline.store import Copy
from pipeline.why import Reason
from schemas.article import Article
from schemas.mention import Mention, Span
from schemas.reject import Reject

BODY = (
    "Hartlepool was rated good in 2016-05. Havering was rated inadequate in 2013-02.\n\nInspectors praised staff work."
)


@pytest.fixture
def db(tmp_path):
    with opened(tmp_path / "records.db", create=True) as db:
        yield db


def saved(db, body=BODY, **fields):
    extraction = made.extract(made.article(body, **fields))
    with db.atomic():
        store.save(db, extraction, "key", [1, 2, 1])
    return extraction


@pytest.mark.parametrize("table", SCHEMAS)
def test_store_every_column_is_a_schema_field_or_a_key(db, table):
    keys = {"inspections": ["article_id", "council_id"], "mentions": ["article_id", "mention"]}
    keys |= {name: ["record_id", name[:-1]] for name in ("ratings", "findings", "reasons")}
    expected = {name for name, _ in columns(SCHEMAS[table], ("article", "council"))} | set(keys.get(table, []))
    assert set(db.table(table).columns_dict) == expected


def test_store_describes_every_column(db):
    found = {(row["table"], row["column"]): row["description"] for row in db.table("descriptions").rows}
    assert found["articles", "published"] == "ISO date of first publication."
    assert found["inspections", "evidence_council_start"].endswith("delivers its services. First code point.")
    assert all(found.values())


def test_store_gives_back_what_it_was_given(db):
    extraction = saved(
        db, title="=A headline", authors=("Ann Other", "B. “Q” Writer"), captions=("Picture: a, b",), truncated=True
    )
    assert list(store.inspections(db)) == list(extraction.inspections)
    (row,) = db.query("SELECT * FROM articles")
    assert Article.model_validate(to_fields(Article, row), strict=False) == extraction.article
    rows = [to_fields(Mention, row) for row in db.query("SELECT * FROM mentions ORDER BY mention")]
    assert [Mention.model_validate(row, strict=False) for row in rows] == list(extraction.mentions)
    linked = [(row["record_id"][-1], row["mention"], row["rule"]) for row in db.view("record_mentions").rows]
    assert linked == [
        ("0", 0, "toy-council"), ("0", 1, "toy-rating"), ("0", 2, "toy-date"), ("0", 6, "toy-finding"),
        ("1", 3, "toy-council"), ("1", 4, "toy-rating"), ("1", 5, "toy-date")]  # fmt: skip


REASONS = (
    Reason(of_start=21, of_end=25, what="council", value="hartlepool", how="named", start=0, end=10, text="Hartlepool"),
    Reason(of_start=21, of_end=25, what="role", value="current", how="by default", start=None, end=None, text=None),
)


def test_store_gives_back_the_reasons_of_a_record_in_order(db):
    first, second = (record.record_id for record in saved(db).inspections)
    store.save_reasons(db, first, REASONS[::-1])
    store.save_reasons(db, second, REASONS)
    assert store.reasons(db, first) == list(REASONS[::-1])
    store.release(db, "a.txt")
    assert not list(db.table("reasons").rows)


def test_store_first_databases_get_a_table_of_reasons(tmp_path):
    path = tmp_path / "records.db"
    with opened(path, create=True) as db:
        saved(db)
        db.table("reasons").drop()
        db.table("_sqlite_migrations").delete_where("name = 'm002_reasons'")
    with opened(path) as db:
        assert [store.reasons(db, record.record_id) for record in store.inspections(db)] == [[], []]


def test_store_empty_span_is_none_and_empty_lists_stay_lists():
    row = to_row(made.extract(made.article(BODY)).inspections[0], leave=("article", "council"))
    assert (row["evidence_kind_start"], row["evidence_kind_field"], row["evidence_reported_inferred"]) == (
        None,
        None,
        True,
    )
    assert to_row(made.article("x"))["tags"] == "[]"
    assert to_fields(Span, {"start": 1, "end": 2, "text": "x", "field": "title", "inferred": 0})["field"] == "title"


def test_store_release_leaves_nothing(db):
    timeline.refresh(db)
    empty = made.tables(db)
    extraction = saved(db)
    copy = Copy(made.article("the same", source="b.txt"), "k2")
    store.save_duplicate(db, copy, extraction.article, "edited", [3])
    store.save_reject(db, Reject(source="c.txt", reason="empty", message="m"), "")
    assert store.entry(db, "b.txt") == ("k2", "", False)
    assert store.held(db, "b.txt") == Copy(copy.article, "k2", "a.txt")
    assert [copy.article.source for copy in store.release(db, "a.txt")] == ["b.txt", "a.txt"]
    assert store.release(db, "c.txt") == []
    assert timeline.refresh(db) == 2
    assert made.tables(db) == empty
    assert not list(db.query("SELECT * FROM articles_fts WHERE articles_fts MATCH 'hartlepool'"))


def test_store_half_an_article_is_not_kept(db):
    extraction = made.extract(made.article(BODY))
    before = made.tables(db)
    twice = extraction.inspections * 2  # the same record_id again: the last insert fails
    broken = extraction.__class__(extraction.article, extraction.mentions, twice)
    with pytest.raises(sqlite3.IntegrityError), db.atomic():
        store.save(db, broken, "key", [])
    assert made.tables(db) == before


@pytest.mark.parametrize(
    ("table", "words", "hits"),
    [("articles", "hartlepool", 1), ("articles", "headline", 1), ("findings", "works", 1), ("articles", "leeds", 0)],
)
def test_store_search_finds_title_body_and_findings_even_after_vacuum(db, table, words, hits):
    for source in ("1.txt", "2.txt"):
        saved(db, made.story(source), source=source)
    store.release(db, "1.txt")
    saved(db, title="A headline", source="3.txt")
    db.vacuum()
    found = list(db.table(table).search(words))
    assert len(found) == hits
    assert all(row.get("source", "3.txt") == "3.txt" for row in found)


def test_store_older_database_opens_with_a_newer_program(tmp_path, monkeypatch):
    path = tmp_path / "records.db"
    with opened(path, create=True) as db:
        saved(db)
        db.view("spells").drop()
        db.execute("CREATE VIEW forgotten AS SELECT 1")
        db.execute("DELETE FROM descriptions")
    monkeypatch.setattr(migrations, "_migrations", list(migrations._migrations))

    @migrations()
    def m999_test(db):
        db.table("articles").add_column("words", int)

    with opened(path) as db:
        assert "words" in db.table("articles").columns_dict
        assert "spells" in db.view_names()
        assert "forgotten" not in db.view_names()
        assert db.table("descriptions").count > 50
        assert len(list(store.inspections(db))) == 2


def test_store_newer_database_is_refused(tmp_path):
    path = tmp_path / "records.db"
    with opened(path, create=True) as db:
        db.table("_sqlite_migrations").insert(
            {"migration_set": "ofsted-records", "name": "m999_later", "applied_at": ""}
        )
    with (
        pytest.raises(StoreError, match="made by a newer version of this program \\(it has m999_later\\)"),
        opened(path),
    ):
        pass


def test_store_opening_again_writes_nothing(tmp_path):
    path = tmp_path / "records.db"
    with opened(path, create=True):
        pass
    before = path.read_bytes()
    with opened(path) as db:
        assert db.conn.total_changes == 0
    assert path.read_bytes() == before


def view(db, name, *keys):
    return [tuple(row[key] for key in keys) for row in db.view(name).rows]


def test_store_views(db):
    saved(db, "Hartlepool was rated good in 2016-05. Inspectors praised A.", published="2016-06-01")
    saved(
        db,
        "Hartlepool was rated inadequate in 2019-01. Hartlepool was rated good in 2016-05.",
        source="b",
        published="2019-02-01",
    )
    saved(db, "Rutland was rated outstanding in 2019-01.", source="c", publisher="communitycare")
    saved(db, "Nothing of it.", source="d")
    timeline.refresh(db)
    assert view(db, "latest_grades", "council", "area", "grade", "date") == [
        ("Hartlepool", "overall", "inadequate", "2019-01"),
        ("Rutland", "overall", "outstanding", "2019-01"),
    ]
    assert view(db, "council_history", "council", "date", "overall", "role", "articles", "strengths") == [
        ("Hartlepool", "2016-05", "good", "current", 2, 1),
        ("Hartlepool", "2019-01", "inadequate", "current", 1, 0),
        ("Rutland", "2019-01", "outstanding", "current", 1, 0),
    ]
    assert view(db, "article_records", "council", "date", "overall", "role", "strengths") == [
        ("Hartlepool", "2016-05", "good", "current", 1),
        ("Hartlepool", "2016-05", "good", "previous", 0),
        ("Hartlepool", "2019-01", "inadequate", "current", 0),
        ("Rutland", "2019-01", "outstanding", "current", 0),
    ]
    assert view(db, "coverage", "publisher", "year", "articles", "relevant", "with_records", "records") == [
        ("communitycare", None, 1, 1, 1, 1), ("cypnow", None, 1, 0, 0, 0),
        ("cypnow", "2016", 1, 1, 1, 1), ("cypnow", "2019", 1, 1, 1, 2)]  # fmt: skip
    rows = [row for row in db.view("evidence").rows if row["what"] in ("reported", "finding")]
    assert ("2016-05", "2016-05", 1) in [(row["value"], row["quote"], row["inferred"]) for row in rows]
    assert ("strength: practice, voice", "Inspectors praised A") in [(row["value"], row["quote"]) for row in rows]


def saved_roughly(db, date, grade):
    """A record of a graded event whose date is known by the year only."""
    extraction = made.extract(made.article(f"Hartlepool was rated {grade} in {date}-01.", source=f"{date}.txt"))
    rough = extraction.inspections[0].model_copy(update={"date": date, "reported": date})
    store.save(db, extraction.__class__(extraction.article, extraction.mentions, (rough,)), "k", [])


def test_store_events_know_a_rough_date_for_a_finer_one(db):
    saved(db, "Hartlepool was rated inadequate in 2016-05. Hartlepool was rated good in 2019-01.")
    for date, grade in (("2016", "inadequate"), ("2016", "good"), ("2019", "good"), ("2012", "outstanding")):
        db.table("inputs").delete_where("source = ?", [f"{date}.txt"])
        saved_roughly(db, date, grade)
    timeline.refresh(db)
    assert sorted(view(db, "events", "date", "overall", "height")) == [
        ("2012", "outstanding", 4),
        ("2016", "good", 3),
        ("2016-05", "inadequate", 1),
        ("2019-01", "good", 3),
    ]


def test_store_visits_between_counts_a_visit_told_twice_once(db):
    saved(db, "Hartlepool was rated inadequate in 2016-05. Hartlepool was rated good in 2019-01.")
    saved_roughly(db, "2016", "inadequate")
    for number, (date, kind) in enumerate(
        [("2017-03-05", "monitoring_visit"), ("2017-03", "monitoring_visit"), ("2018-01", "monitoring_visit"),
         ("2019-06", "focused_visit"), ("2015-01", "focused_visit"), ("2017-05", "jtai"), ("XXXX-03", "focused_visit")]
    ):  # fmt: skip
        body = f"{number}. Hartlepool was rated good in {date[:7].replace('X', '1')}."
        extraction = made.extract(made.article(body, source=f"v{number}"))
        visit = extraction.inspections[0].model_copy(
            update={"ratings": (), "kind": kind, "date": date, "reported": date}
        )
        store.save(db, extraction.__class__(extraction.article, extraction.mentions, (visit,)), "k", [])
    timeline.refresh(db)
    assert [tuple(row.values())[2:] for row in ask(db, "visits-between", {}).rows] == [
        ("inadequate", "2016-05", "2019-01", 2, 0, 1, "2018-01"),
        ("good", "2019-01", None, 0, 1, 0, "2019-06"),
    ]


def test_store_article_fields_have_columns_of_their_own():
    assert [name for name, _ in columns(Article)] == list(Article.model_fields)
