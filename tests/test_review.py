"""Decisions: what each does to the records, what is refused and why, and what is taken back."""

import json
import random

import made
import pytest

from pipeline import review, store, timeline
from pipeline.database import opened
from pipeline.review import By, add, decide, history, record, rejected, undo, version_of
from pipeline.review_values import ReviewError

BODY = (
    "Hartlepool was rated good in 2016-05. It had grown. Inspectors praised staff work.\n\n"
    "Rutland was rated inadequate in 2013-02, and Havering was rated outstanding in 2012-03.\n\n"
    "In June the council was seen again, and care leavers were said to do well."
)
ANN = By("Ann Other")


@pytest.fixture
def db(tmp_path):
    with opened(tmp_path / "records.db", create=True) as db:
        save(db)
        yield db


def save(db, body=BODY, **fields):
    extraction = made.extract(made.article(body, published="2016-06-01", **fields))
    with db.atomic():
        store.save(db, extraction, "key", [1])
    return extraction


def names(db):
    return [each.record_id for each in store.inspections(db)]


def first(db):
    return next(each for each in store.inspections(db) if each.role == "current")


def words(text, **more):
    return {"start": BODY.index(text), "end": BODY.index(text) + len(text), **more}


def refused(db, given, **more):
    before = made.tables(db)
    with pytest.raises(ReviewError) as caught:
        decide(db, first(db).record_id, "correct", ANN, given=given, **more)
    assert made.tables(db) == before
    return str(caught.value)


def test_review_accept_changes_nothing_but_the_mark(db):
    was = first(db)
    done = decide(db, was.record_id, "accept", By("Ann Other", note=" as it says ", drawn="random"))
    assert first(db) == was.model_copy(update={"review": "accepted"})
    assert (done.decision, done.reviewer, done.note, done.drawn) == ("accept", "Ann Other", "as it says", "random")
    assert (done.applied, done.outdated, done.withdrawn, done.record_id) == (True, None, None, was.record_id)
    assert done.decided.endswith("+00:00")


def test_review_reject_takes_the_record_out_and_keeps_it_to_be_had(db):
    was = first(db)
    decide(db, was.record_id, "reject", ANN)
    assert was.record_id not in names(db)
    assert list(rejected(db)) == [was]
    assert record(db, was.record_id) == was
    for table in ("ratings", "findings", "reasons"):
        assert not list(db.query(f"SELECT * FROM {table} WHERE record_id = ?", [was.record_id]))
    assert [row["id"] for row in db.query("SELECT id FROM councils ORDER BY id")] == ["havering", "rutland"]
    with pytest.raises(ReviewError, match="no such record; it was rejected"):
        decide(db, was.record_id, "accept", ANN)


def test_review_correct_any_field(db):
    was = first(db)
    given = {
        "council": "E06000017", "kind": "reinspection", "role": "previous", "inspected": "2014-11",
        "reported": None, "inspectorate": "Ofsted; Care Quality Commission", "delivery_body": "Hartlepool",
        "ratings": [
            {"area": "leadership", "grade": "good", "evidence": words("was rated good", inferred=True)},
            {"area": "overall", "grade": "inadequate"},
        ],
        "findings": [
            {"polarity": "weakness", "themes": ["care_leavers"], "attribution": "report", "text": "It had grown."},
        ],
        "evidence": {"council": words("Rutland"), "inspected": {"text": "In June"}},
    }  # fmt: skip
    decide(db, was.record_id, "correct", ANN, given=given)
    now = record(db, was.record_id)
    assert (now.council.id, now.council.la_code, now.kind, now.role) == ("rutland", "857", "reinspection", "previous")
    assert (now.inspected, now.reported, now.date, now.date_basis) == ("2014-11", None, "2014-11", "inspected")
    assert (now.inspectorate, now.delivery_body) == ("Ofsted; Care Quality Commission", "Hartlepool")
    assert [(r.area, r.grade, r.verbatim, r.evidence.text, r.evidence.inferred) for r in now.ratings] == [
        ("leadership", "good", "was rated good", "was rated good", True),
        ("overall", "inadequate", "good", "good", True),
    ]
    assert [(f.polarity, f.themes, f.text, f.evidence.start) for f in now.findings] == [
        ("weakness", ("care_leavers",), "It had grown.", BODY.index("It had")),
    ]
    assert [now.evidence.council.text, now.evidence.inspected.text, now.evidence.reported] == [
        "Rutland",
        "In June",
        None,
    ]
    assert (now.record_id, now.review, now.confidence) == (was.record_id, "corrected", was.confidence)
    assert all(BODY[s.start : s.end] == s.text for s in (now.evidence.council, now.evidence.inspected))


def test_review_correct_takes_the_selected_words_for_what_has_none_of_its_own(db):
    given = {"inspected": "2016-04", "ratings": [{"area": "overall", "grade": "outstanding"}]}
    decide(db, first(db).record_id, "correct", ANN, given=given, selected=words("It had grown. "))
    now = first(db)
    assert {now.evidence.inspected.text, now.ratings[0].evidence.text, now.ratings[0].verbatim} == {"It had grown."}


def test_review_correct_marks_words_of_the_old_value_as_inferred_from(db):
    decide(db, first(db).record_id, "correct", ANN, given={"reported": "2016-06"})
    now = first(db)
    assert (now.reported, now.evidence.reported.text, now.evidence.reported.inferred) == ("2016-06", "2016-05", True)


@pytest.mark.parametrize(
    ("reported", "framework", "scale"),
    [("2019-05", "ILACS", "ilacs"), ("2012-05", "SLAC", "slac"), ("2016-05-01", "SIF", "sif")],
)
def test_review_correct_framework_and_scale_follow_the_date(db, reported, framework, scale):
    decide(db, first(db).record_id, "correct", ANN, given={"reported": reported})
    assert (first(db).framework, first(db).ratings[0].scale) == (framework, scale)
    decide(db, first(db).record_id, "correct", ANN, given={"framework": "ILACS" if framework != "ILACS" else None})
    assert first(db).framework == ("ILACS" if framework != "ILACS" else None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"kind": "visit"}, "kind: expected 'inspection', 'reinspection', "),
        ({"kind": None}, "kind: can't be empty"),
        ({"council": "Hartlepol"}, "council: 'Hartlepol' is none of the register: give one of hartlepool"),
        ({"council": "rutland", "evidence": {"council": {"text": "Rutlnd"}}}, "evidence of council: 'Rutlnd' does not stand in"),
        ({"inspected": "2016-02-30"}, "inspected: '2016-02-30' is no day of the calendar"),
        ({"inspected": "May 2016"}, "inspected: 'May 2016' is no EDTF date of this project"),
        ({"inspected": "2016-06/2016-05"}, "inspected: '2016-06/2016-05' is no interval"),
        ({"inspected": "2016-04"}, "inspected: 2016-04 needs words of the article: give its evidence"),
        ({"date": "2011"}, "date: '2011' is no date of this record; expected one of 2016-05 (reported), 2016-06-01 (article)"),
        ({"kind": "monitoring_visit"}, "ratings: inspections of kind monitoring_visit have no grades"),
        ({"ratings": [], "findings": []}, "ratings: a grade or a finding is needed"),
        ({"ratings": [{"area": "overall", "grade": "poor"}]}, "ratings 1 grade: expected 'outstanding', "),
        ({"ratings": [{"area": "lscb", "grade": "good"}]}, "rating 1 (lscb): good needs words of the article"),
        ({"ratings": [{"area": "overall", "grade": "good"}] * 2}, "ratings: one area has two grades"),
        ({"findings": [{"polarity": "strength", "themes": [], "text": "It had grown."}]}, "findings: one to three themes"),
        ({"findings": [{"polarity": "strength", "themes": ["voice"]}]}, "finding 1: needs words of the article"),
        ({"findings": [{"polarity": "strength", "themes": ["joy"], "text": "x"}]}, "findings 1 themes 1: expected 'front_door'"),
        ({"delivery_body": "A Trust"}, "delivery_body: 'A Trust' does not stand in the article"),
        ({"inspectorate": "Ofsted; the queen"}, "inspectorate: 'the queen' is none of Ofsted, Care Quality Commission"),
        ({"grade": "good"}, "grade: no such field"),
        ({"review": "accepted"}, "review: no such field"),
        ({"evidence": {"kind": {"start": 5, "end": 5}}}, "evidence of kind: 5-5 is no stretch of the body"),
        ({"evidence": {"kind": {"start": -1, "end": 5}}}, "evidence of kind: -1-5 is no stretch of the body"),
        ({"evidence": {"kind": {"start": 0, "end": 9999}}}, "evidence of kind: 0-9999 is no stretch of the body"),
        ({"evidence": {"kind": {"start": 0, "end": 4, "text": "Rutl"}}}, "evidence of kind: at 0-4 stands 'Hart', not 'Rutl'"),
        ({"evidence": {"kind": {"text": "was rated"}}}, "evidence of kind: 'was rated' stands 3 times in the body"),
        ({"reported": "2016-05"}, "nothing is corrected: the values are those of the record"),
        ({}, "nothing is corrected"),
    ],
    ids=str,
)  # fmt: skip
def test_review_correct_refuses_in_words(db, given, said):
    assert said in refused(db, given)


def test_review_refuses_what_the_person_did_not_see_and_nobody_decided(db):
    seen = version_of(first(db))
    decide(db, first(db).record_id, "correct", ANN, given={"reported": "2016-06"}, seen=seen)
    assert "has changed since it was shown" in refused(db, {"reported": "2016-07"}, seen=seen)
    with pytest.raises(ReviewError, match="reviewer: a name is needed"):
        decide(db, first(db).record_id, "accept", By(" "))
    with pytest.raises(ReviewError, match="no such record"):
        decide(db, "nowhere", "accept", ANN)
    with pytest.raises(ReviewError, match="no decision stands"):
        undo(db, names(db)[-1], ANN)


ADDED = {
    "council": "havering", "kind": "monitoring_visit", "role": "current", "inspected": "2016-06",
    "findings": [{"polarity": "strength", "themes": ["care_leavers"], "attribution": "report"}],
}  # fmt: skip


def test_review_add_makes_a_record_of_the_selected_words(db):
    (article,) = made.articles(db)
    done = add(db, article.article_id, ANN, given=ADDED, selected=words("In June the council was seen again"))
    made_ = record(db, done.record_id)
    assert (made_.council.name, made_.kind, made_.inspected, made_.date) == (
        "Havering",
        "monitoring_visit",
        "2016-06",
        "2016-06",
    )
    assert (made_.review, made_.confidence, made_.framework) == ("corrected", 1.0, None)
    assert {span.text for span in (made_.evidence.council, made_.evidence.inspected, made_.findings[0].evidence)} == {
        "In June the council was seen again"
    }
    undo(db, done.record_id, ANN)
    assert record(db, done.record_id) is None
    assert len(names(db)) == 3


@pytest.mark.parametrize(
    ("given", "selected", "said"),
    [
        ({"council": "havering"}, {"start": 0, "end": 9}, "kind, role: needed for a new record"),
        (ADDED, {}, "a new record needs the words"),
        (ADDED, {"text": "not there"}, "the selected words: 'not there' does not stand in the body"),
        (ADDED, {"start": 1, "stop": 2}, "stop: no such field"),
        (ADDED | {"findings": []}, {"start": 0, "end": 9}, "a grade or a finding is needed"),
    ],
    ids=str,
)
def test_review_add_refuses_in_words(db, given, selected, said):
    with pytest.raises(ReviewError, match="no such article"):
        add(db, "nowhere", ANN, given=ADDED, selected={"start": 0, "end": 9})
    (article,) = made.articles(db)
    with pytest.raises(ReviewError, match=said):
        add(db, article.article_id, ANN, given=given, selected=selected)
    assert not list(db.query("SELECT * FROM reviews"))


def test_review_add_to_an_article_without_records_makes_it_relevant(db):
    bare = save(db, "Nothing of it, said the council. More than that nobody said.", source="b.txt").article
    assert not bare.relevant
    done = add(db, bare.article_id, ANN, given=ADDED, selected={"text": "Nothing of it"})
    assert store.article(db, bare.article_id).relevant
    undo(db, done.record_id, ANN)
    assert store.article(db, bare.article_id) == bare


@pytest.mark.parametrize("seed", range(12))
def test_review_any_decisions_taken_back_leave_what_was_extracted(db, seed):
    save(db, "Rutland was rated good in 2011-07. Inspectors praised order.", source="b.txt")
    timeline.refresh(db)
    before, rng, touched = made.tables(db), random.Random(seed), []
    for step in range(rng.randint(1, 9)):
        here = list(store.inspections(db))
        action = rng.choice(["accept", "reject", "correct", "add", "undo"])
        if action == "add":
            article = rng.choice(made.articles(db))
            given = ADDED | {"council": "barnet"}
            touched.append(add(db, article.article_id, ANN, given=given, selected={"start": 0, "end": 30}).record_id)
        elif action == "undo" and touched:
            undo(db, touched.pop(), ANN)
        elif here and action != "undo":
            one = rng.choice(here)
            given = {"reported": f"20{step + 10}", "evidence": {"reported": {"start": step, "end": 9}}}
            decide(db, one.record_id, action, ANN, given=given if action == "correct" else {})
            touched.append(one.record_id)
    assert len(touched) == db.execute("SELECT count(*) FROM reviews WHERE withdrawn IS NULL").fetchone()[0]
    rng.shuffle(touched)
    for name in touched:
        undo(db, name, ANN)
    after = made.tables(db)
    assert {name: after[name] for name in after if name != "reviews"} == {
        name: before[name] for name in before if name != "reviews"
    }
    assert all(row["withdrawn"] and not row["applied"] for row in db.table("reviews").rows), "the history is kept"


def test_review_undo_gives_way_to_the_decision_before(db):
    name = first(db).record_id
    decide(db, name, "accept", ANN)
    decide(db, name, "correct", By("Ben"), given={"reported": "2016-06"})
    decide(db, name, "reject", By("Ben"))
    assert [(each.decision, each.applied) for each in history(db, name)] == [
        ("accept", False), ("correct", False), ("reject", True),
    ]  # fmt: skip
    undo(db, name, ANN)
    assert (first(db).reported, first(db).review) == ("2016-06", "corrected")
    taken = undo(db, name, ANN)
    assert (taken.decision, taken.withdrawn_by, first(db).reported, first(db).review) == (
        "correct",
        "Ann Other",
        "2016-05",
        "accepted",
    )
    undo(db, name, ANN)
    assert first(db).review == "unreviewed"
    assert not list(db.query("SELECT * FROM extracted"))


def test_review_accepting_a_corrected_record_leaves_it_corrected(db):
    name = first(db).record_id
    decide(db, name, "correct", ANN, given={"reported": "2016-06"})
    decide(db, name, "accept", By("Ben"))
    assert (first(db).reported, first(db).review) == ("2016-06", "corrected")
    decide(
        db,
        name,
        "correct",
        ANN,
        given={"reported": "2016-05", "evidence": {"reported": words("2016-05", inferred=True)}},
    )
    assert first(db).review == "accepted", "it says what was extracted"


def test_review_reasons_outlive_decisions(db):
    extraction = made.extract(made.article(BODY, source="c.txt", publisher="other"))
    name = extraction.inspections[0].record_id
    why = review.store.Reason(
        of_start=0, of_end=1, what="role", value="current", how="so", start=None, end=None, text=None
    )
    with db.atomic():
        store.save(
            db,
            extraction.__class__(extraction.article, (), extraction.inspections, {name: (why,)}, parsed=True),
            "k",
            [],
        )
    for action in ("accept", "reject"):
        decide(db, name, action, ANN)
    assert store.reasons(db, name) == []
    undo(db, name, ANN)
    assert store.reasons(db, name) == [why]


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE reviews; --", "<script>alert(1)</script>", "\x1b[31m\x00", "=1+1", "\ud800", "𝔘 " * 5000]
)
def test_review_hostile_notes_and_names_are_text(db, text):
    done = decide(db, first(db).record_id, "accept", By(f"Ann {text}", note=text))
    expected = text.encode("utf-8", "replace").decode().strip()
    (row,) = db.query("SELECT note, reviewer FROM reviews")
    assert (row["note"], row["reviewer"], done.note) == (expected, f"Ann {expected}", expected)
    json.dumps(row).encode()
