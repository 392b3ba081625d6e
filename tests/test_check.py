"""The timeline against the official record, as it is stored, viewed and printed."""

import json
from pathlib import Path

import made
import pytest
from click.testing import CliRunner, Result

from pipeline import store, timeline
from pipeline.check import check
from pipeline.cli import main
from pipeline.database import opened, writing

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
STORIES = {
    "one.txt": "Hartlepool was rated good in 2018-08. Havering was rated good in 2020-05.",
    "two.txt": "On paper, Rutland was rated outstanding in 2017-02. Havering was rated good in 2013-02.",
    "three.txt": "Rutland was rated outstanding in 2017-02, it is said.",
}
KNOWN = {  # read wrongly; each is right in the article and in its gold
    ("Brent", "help_and_protection", "outstanding", "requires_improvement"),
    ("Brent", "help_and_protection", "requires_improvement", "good"),
    ("Rochdale", "care_leavers", "good", "inadequate"),
    ("Rochdale", "children_in_care", "good", "requires_improvement"),
    ("Sandwell", "overall", "requires_improvement", "inadequate"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with opened(tmp_path / "records.db", create=True) as db:
        for source, body in STORIES.items():
            store.save(db, made.extract(made.article(body, source=source)), "key", [])
    return tmp_path / "records.db"


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--db", str(path), *options])


def test_check_prints_counts_contradictions_and_the_unlisted(path: Path) -> None:
    done = run(path)
    assert done.exit_code == 0
    lines = [line.rstrip() for line in done.output.splitlines()]
    assert lines[:8] == [
        " 1  events of the timeline confirmed by the official record",
        " 1  contradicted by it",
        " 1  unlisted: told as a full inspection of its time, and not in it",
        " 1  outside it",
        " 1    before the record",
        " 0  events without a year that it suggests a date for",
        " 2  of its 430 inspections are told of by an article",
        "Contradicted: what the articles say, and what the official report says",
    ]
    assert lines[8:11] == [
        "Rutland, 2017-02: overall outstanding, officially requires_improvement (rutland-sif-2016-11-14)",
        "    three.txt: Rutland was rated outstanding in 2017-02, it is said.",
        "    two.txt: On paper, Rutland was rated outstanding in 2017-02.",
    ]
    assert lines[15].startswith("│ Havering │ 2020-05 │ inspection │ good    │")
    assert len(lines) == 17


def test_check_of_one_council_as_json(path: Path) -> None:
    found = json.loads(run(path, "--council", "Havering", "--json").stdout)
    counts = {
        "confirmed": 0,
        "contradicted": 0,
        "unlisted": 1,
        "outside": 1,
        "suggested": 0,
        "official": 3,
        "covered": 0,
    }
    assert found["counts"] == counts
    assert found["beyond"] == {"before the record": 1}
    assert [(row["date"], row["outside"]) for row in found["outside"]] == [("2013-02", "before the record")]
    assert [row["official_id"] for row in found["uncovered"]] == [
        "havering-sif-2016-09-27", "havering-ilacs-2018-06-11", "havering-ilacs-2023-12-11",
    ]  # fmt: skip


def test_check_prints_the_lists_that_were_asked_for(path: Path) -> None:
    output = run(path, "--council", "hartlepool", "--list", "confirmed", "--list", "uncovered").output
    assert "Confirmed: all that can be compared agrees" in output
    assert "hartlepool-ilacs-2018-07-23" in output
    assert "2024-05-16" in output
    assert "Contradicted:" not in output
    assert "Havering" not in output


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (
            ["--council", "Hartlepol"],
            1,
            "no article, record, event or council is called 'Hartlepol': did you mean 'Hartlepool'?",
        ),
        (["--council", "one.txt"], 1, "'one.txt' is the name of an article; expected a council's name, id or code"),
        (
            ["--list", "wrong"],
            2,
            "'wrong' is not one of 'confirmed', 'contradicted', 'unlisted', 'outside', 'uncovered'",
        ),
    ],
)
def test_check_says_what_is_wrong_with_what_it_was_given(
    path: Path, options: list[str], code: int, message: str
) -> None:
    done = run(path, *options)
    assert done.exit_code == code
    assert message in " ".join(done.output.split())


def test_verdicts_follow_the_records_and_never_change_them(path: Path) -> None:
    with opened(path) as db:
        before = list(db.query("SELECT * FROM ratings ORDER BY record_id"))
        assert check(db).counts["contradicted"] == 1
        assert list(db.query("SELECT * FROM ratings ORDER BY record_id")) == before
        with writing(db):
            db.execute("UPDATE ratings SET grade = 'requires_improvement' WHERE grade = 'outstanding'")
        assert check(db).counts["contradicted"] == 0
        assert list(db.query("SELECT * FROM timeline_contradictions")) == []


def test_event_without_a_date_is_given_one_beside_its_own(path: Path) -> None:
    with opened(path) as db:
        with writing(db):
            db.execute("UPDATE inspections SET reported = NULL, date = NULL WHERE council_id = 'hartlepool'")
            (record_id,) = db.execute("SELECT record_id FROM inspections WHERE council_id = 'hartlepool'").fetchone()
            db.execute("UPDATE ratings SET grade = 'outstanding' WHERE record_id = ?", [record_id])
        checked = check(db, "Hartlepool")
    assert [(row["date"], row["suggested"], row["official_id"]) for row in checked.outside] == [
        (None, "2024-05-16", "hartlepool-ilacs-2024-03-18")
    ]
    assert (checked.counts["suggested"], checked.counts["covered"]) == (1, 1)


def test_another_record_makes_all_verdicts_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as db:
        timeline.refresh(db)
        assert db.table("official").count == 2284
        with writing(db):
            db.execute("DELETE FROM official")
            db.execute("UPDATE timeline SET verified = 'unlisted'")
        assert timeline.refresh(db) == 0
        monkeypatch.setattr(timeline, "timeline_rules", lambda: "other")
        assert timeline.refresh(db) == 3
        assert db.table("official").count == 2284
        assert check(db).counts["confirmed"] == 1


def test_agreement_puts_both_side_by_side(path: Path) -> None:
    with opened(path) as db:
        timeline.refresh(db)
        rows = db.query(
            "SELECT council, date, verified, outside, differences, official_inspected, official_overall FROM agreement"
        )
        assert [tuple(row.values()) for row in rows] == [
            ("Hartlepool", "2018-08", "confirmed", None, None, "2018-07-23/2018-07-27", "good"),
            ("Havering", "2013-02", "outside", "before the record", None, None, None),
            ("Havering", "2020-05", "unlisted", None, None, None, None),
            (
                "Rutland", "2017-02", "contradicted", None, "overall: outstanding, officially requires_improvement",
                "2016-11-14/2016-12-07", "requires_improvement",
            ),
        ]  # fmt: skip


def test_sample_is_contradicted_only_where_it_was_read_wrongly(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    assert CliRunner().invoke(main, ["ingest", str(SAMPLE), "--db", str(path)]).exit_code == 0
    found = json.loads(run(path, "--json").stdout)
    differences = {(row["council"], row["field"], row["said"], row["official"]) for row in found["contradicted"]}
    assert differences <= KNOWN
    assert {row["council"] for row in found["unlisted"]} <= {"Norfolk", "Worcestershire"}
    assert found["counts"]["confirmed"] >= 43
