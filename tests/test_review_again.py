"""Decisions outlive reading: a changed text, a newer program, a fuller copy, an article that goes and comes back."""

import json
import multiprocessing
import os
import time
from pathlib import Path

import made
import pytest
from click.testing import CliRunner

from pipeline import engines, review_rows, run, store
from pipeline.cli import main
from pipeline.database import opened
from pipeline.read import documents
from pipeline.review import By, add, decide, history, undo
from pipeline.review_words import spans
from pipeline.version import stages

ANN = By("Ann Other")
TOLD = "Hartlepool was rated good in 2016-05. Inspectors praised staff work at length and in detail."
FILES = {
    "a.txt": f"T\n{made.story('a', 4, TOLD)}",
    "b.txt": f"T\n{made.story('b', 3, 'Rutland was rated good in 2017-05. Havering was rated inadequate in 2012-03.')}",
}


@pytest.fixture(autouse=True)
def dump(monkeypatch, tmp_path):
    monkeypatch.setattr(engines, "local", made.engine)
    monkeypatch.chdir(tmp_path)
    Path("dump").mkdir()
    write(FILES)


def write(files):
    for name, text in files.items():
        Path("dump", name).write_text(text, encoding="utf-8")


def ingested(*args):
    done = CliRunner().invoke(main, ["ingest", "dump", "--json", *args], catch_exceptions=False)
    assert done.exit_code == 0
    return json.loads(done.stdout)


@pytest.fixture
def db(dump):
    ingested()
    with opened(Path("records.db")) as db:
        yield db


def of(db, council):
    return next((each for each in store.inspections(db) if each.council.id == council), None)


def outline(db):
    return [
        (each.council.id, each.ratings[0].grade if each.ratings else None, each.reported, each.review)
        for each in store.inspections(db)
    ]


def states(db):
    return [(each.decision, each.applied, each.outdated) for each in review_rows.reviews(db)]


def decided(db):
    """A correction, a rejection, an acceptance and a record that was missing."""
    decide(
        db,
        of(db, "hartlepool").record_id,
        "correct",
        ANN,
        given={"ratings": [{"area": "overall", "grade": "inadequate"}]},
    )
    decide(db, of(db, "havering").record_id, "reject", ANN)
    decide(db, of(db, "rutland").record_id, "accept", ANN)
    article_id = of(db, "rutland").article.article_id
    given = {"council": "barnet", "kind": "inspection", "role": "previous", "reported": "2012-03",
             "ratings": [{"area": "overall", "grade": "inadequate"}]}  # fmt: skip
    add(db, article_id, ANN, given=given, selected={"text": "was rated inadequate in 2012-03"})
    return outline(db)


DECIDED = [
    ("hartlepool", "inadequate", "2016-05", "corrected"),
    ("rutland", "good", "2017-05", "accepted"),
    ("barnet", "inadequate", "2012-03", "corrected"),
]


def whole(db):
    return sorted(made.tables(db)["inspections"] + made.tables(db)["ratings"] + made.tables(db)["findings"], key=repr)


def test_review_again_the_same_program_changes_nothing_and_reports_nothing(db):
    assert decided(db) == DECIDED
    rows = made.tables(db)
    for args in ([], ["--again"], ["--again"]):
        summary = ingested(*args)
        assert (summary["gained"], summary["lost"], summary["changed"]) == (0, 0, 0)
        assert made.tables(db) == rows


def test_review_again_a_newer_program_that_reads_the_same(db, monkeypatch):
    decided(db)
    rows = whole(db)
    changed = stages()._replace(extract="x")
    for module in (run, store):
        monkeypatch.setattr(module, "stages", lambda: changed)
    summary = ingested()
    assert (summary["unchanged"], summary["gained"], summary["lost"], summary["changed"]) == (0, 0, 0, 0)
    assert whole(db) == rows
    assert set(states(db)) == {
        ("correct", True, None),
        ("reject", True, None),
        ("accept", True, None),
        ("add", True, None),
    }


def newer(monkeypatch, update):
    """A program that reads something else of each record."""
    extract = made.extract

    def other(article):
        found = extract(article)
        records = tuple(each.model_copy(update=update(each)) for each in found.inspections)
        return found.__class__(found.article, found.mentions, records, parsed=found.parsed)

    monkeypatch.setattr(made, "extract", other)


def test_review_again_a_newer_program_that_reads_otherwise(db, monkeypatch):
    decided(db)
    newer(monkeypatch, lambda each: {"framework": "ILACS"})
    summary = ingested("--again")
    assert (summary["gained"], summary["lost"], summary["changed"]) == (0, 0, 0), "people decided on all of them"
    assert outline(db) == DECIDED
    assert of(db, "rutland").framework == "SIF", "as it was when it was accepted"
    assert states(db)[:3] == [("correct", True, "record"), ("reject", True, "record"), ("accept", True, "record")]
    for name in ("hartlepool", "rutland"):
        undo(db, of(db, name).record_id, ANN)
        assert (of(db, name).framework, of(db, name).review) == ("ILACS", "unreviewed"), "what is extracted now"


def test_review_again_finds_the_record_that_has_another_id_by_its_words(db, monkeypatch):
    decided(db)
    extract = made.extract

    def other(article):
        found = extract(article)
        records = tuple(
            each.model_copy(update={"record_id": f"new-{each.record_id}", "kind": "reinspection"})
            for each in found.inspections
        )
        return found.__class__(found.article, found.mentions, records, parsed=found.parsed)

    monkeypatch.setattr(made, "extract", other)
    ingested("--again")
    assert outline(db) == DECIDED
    assert of(db, "rutland").record_id.startswith("new-")
    assert [each.decision for each in history(db, of(db, "hartlepool").record_id)] == ["correct"]
    monkeypatch.setattr(made, "extract", extract)
    ingested("--again")
    assert outline(db) == DECIDED
    assert {outdated for _, _, outdated in states(db)} == {None}


def test_review_again_a_record_that_is_read_no_more_stands_by_its_words(db, monkeypatch):
    decided(db)
    monkeypatch.setattr(made, "GRADES", made.re.compile("(never)(to be)(found)"))
    ingested("--again")
    assert outline(db) == DECIDED
    assert states(db)[:3] == [("correct", True, "record"), ("reject", True, "record"), ("accept", True, "record")]


def test_review_again_a_record_that_was_missing_and_is_read_now_is_one(db, monkeypatch):
    decided(db)
    extract = made.extract

    def other(article):
        found = extract(article)
        records = [each for each in found.inspections if each.council.id == "havering"]
        council = records and of(db, "barnet").council
        more = tuple(
            each.model_copy(update={"record_id": f"new-{each.record_id}", "council": council}) for each in records
        )
        return found.__class__(found.article, found.mentions, (*found.inspections, *more), parsed=found.parsed)

    monkeypatch.setattr(made, "extract", other)
    before = of(db, "barnet").record_id
    ingested("--again")
    assert outline(db) == DECIDED
    assert of(db, "barnet").record_id == before
    assert states(db)[-1] == ("add", True, "record")


@pytest.mark.parametrize(
    ("changed", "kept", "outdated"),
    [
        (lambda text: text.replace("T\n", "T\nA paragraph in front.\n\n"), DECIDED[0], "text"),
        (lambda text: text + "\n\nOne more at the end.", DECIDED[0], "text"),
        (lambda text: text.replace("T\n", "Another headline\n"), DECIDED[0], "text"),
        (lambda text: text.replace("in detail", "in some detail"), ("hartlepool", "good", "2016-05", "unreviewed"), "words"),
        (lambda text: text.replace("rated good in 2016-05", "rated outstanding in 2016-06"),
         ("hartlepool", "outstanding", "2016-06", "unreviewed"), "words"),
        (lambda text: text.replace("Hartlepool", "Rutland"), ("rutland", "good", "2016-05", "unreviewed"), "words"),
        (lambda text: "T\nQuite another story, of no council.", None, "words"),
    ],
    ids=["more before", "more after", "headline", "a finding", "the grade", "the council", "all"],
)  # fmt: skip
def test_review_again_a_changed_text(db, changed, kept, outdated):
    decided(db)
    write({"a.txt": changed(FILES["a.txt"])})
    ingested()
    assert [each for each in outline(db) if each[0] == (kept or ["hartlepool"])[0] and each[2] != "2017-05"] == (
        [kept] if kept else []
    )
    correction = next(review_rows.reviews(db, "decision = 'correct'"))
    assert (correction.applied, correction.outdated) == (outdated == "text", outdated)
    for record in store.inspections(db):
        text = store.article(db, record.article.article_id).body
        assert all(text[span.start : span.end] == span.text for span in spans(record))
    write(FILES)
    ingested()
    assert outline(db) == DECIDED
    assert {each.outdated for each in review_rows.reviews(db)} == {None}


def test_review_again_an_article_that_goes_and_comes_under_another_name(db):
    decided(db)
    write({"a.txt": "T"})
    ingested()
    assert [row for row in outline(db) if row[0] == "hartlepool"] == []
    assert states(db)[0] == ("correct", False, "gone")
    write({"z.txt": FILES["a.txt"].replace("T\n", "T\nMore in front.\n\n")})
    ingested()
    assert [row for row in outline(db) if row[0] == "hartlepool"] == [DECIDED[0]]
    assert states(db)[0] == ("correct", True, "text")


@pytest.mark.parametrize("edited", [False, True], ids=["same words", "the sentence edited"])
def test_review_again_a_fuller_copy(db, edited):
    decided(db)
    fuller = f"T\n{made.story('a', 9, TOLD)}"
    write({"0.txt": fuller.replace("good in", "good once more in") if edited else fuller})
    ingested()
    assert [row["source"] for row in db.table("duplicates").rows] == ["a.txt"]
    (correction,) = review_rows.reviews(db, "decision = 'correct'")
    (article_id,) = (row["article_id"] for row in db.query("SELECT article_id FROM articles WHERE source = '0.txt'"))
    assert (correction.article_id, correction.made_on == article_id) == (article_id, False)
    if edited:
        assert states(db)[0] == ("correct", False, "words")
    else:
        assert outline(db)[0] == DECIDED[0]
        assert correction.record_id == of(db, "hartlepool").record_id
        assert of(db, "hartlepool").article.source == "0.txt"
    write({"0.txt": "T"})
    ingested()
    assert outline(db) == DECIDED
    assert states(db)[0] == ("correct", True, None)


def test_review_again_a_short_article_comes_back_under_another_name(db):
    write({"c.txt": "T\nHavering was rated good in 2015-05."})
    ingested()
    name = next(each.record_id for each in store.inspections(db) if each.reported == "2015-05")
    decide(db, name, "reject", ANN)
    (review,) = review_rows.reviews(db)
    assert review.quote is None, "too short to be known by its words"
    write({"c.txt": "T\nNothing of it."})
    ingested()
    assert states(db) == [("reject", False, "words")], "it went along with the name"
    write({"d.txt": "T\nHavering was rated good in 2015-05."})
    ingested()
    assert states(db) == [("reject", True, None)]


def test_review_again_names_and_codes_of_councils_are_those_of_today(db, monkeypatch):
    decided(db)
    newer(monkeypatch, lambda each: {"council": each.council.model_copy(update={"region": "North"})})
    ingested("--again")
    assert (of(db, "hartlepool").council.region, of(db, "hartlepool").review) == ("North", "corrected")


def test_review_again_an_article_of_the_same_name_that_is_another_gets_nothing(db):
    decided(db)
    write({"a.txt": "T\nHartlepool was rated outstanding in 2020-01.", "z.txt": FILES["a.txt"]})
    ingested()
    found = {
        (each.article.source, each.ratings[0].grade, each.review)
        for each in store.inspections(db)
        if each.council.id == "hartlepool"
    }
    assert found == {("a.txt", "outstanding", "unreviewed"), ("z.txt", "inadequate", "corrected")}


def test_review_again_killed_in_the_middle_leaves_all_or_nothing(db, monkeypatch):
    rows = made.tables(db)
    name = of(db, "hartlepool").record_id

    def dying():
        monkeypatch.setattr(review_rows, "note", lambda *_: os._exit(9))
        with opened(Path("records.db")) as own:
            decide(own, name, "reject", ANN)

    process = multiprocessing.get_context("fork").Process(target=dying)
    process.start()
    process.join()
    assert process.exitcode == 9
    assert made.tables(db) == rows
    decide(db, name, "reject", ANN)
    assert of(db, "hartlepool") is None


def deciding(path, reviewer, names, count):
    with opened(Path(path)) as own:
        for step in range(count):
            decide(own, names[step % len(names)], "accept", By(reviewer, note=str(step)))


def test_review_again_no_decision_is_lost_while_articles_are_read(db):
    names = [each.record_id for each in store.inspections(db)]
    context = multiprocessing.get_context("fork")
    people = [context.Process(target=deciding, args=["records.db", name, names, 30]) for name in ("Ann", "Ben")]
    for person in people:
        person.start()
    reads = 0
    deadline = time.monotonic() + 60
    while any(person.is_alive() for person in people) and time.monotonic() < deadline:
        with opened(Path("records.db")) as own:
            run.ingest(documents(["dump"], {}), own, made.Inline(), again=True)
        reads += 1
    assert [person.exitcode for person in people] == [0, 0]
    assert reads
    kept = [(each.reviewer, each.note) for each in review_rows.reviews(db)]
    assert sorted(kept) == sorted((name, str(step)) for name in ("Ann", "Ben") for step in range(30))
    assert {each.review for each in store.inspections(db)} == {"accepted"}
    assert sum(each.applied for each in review_rows.reviews(db)) == len(names)
