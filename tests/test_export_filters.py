"""Filters of an export: which records go out, what goes with them, and what is said of a filter that makes no sense."""

import csv
import hashlib
import json

import made
import pytest
from made import called

from pipeline import store
from pipeline.database import opened
from pipeline.export import ExportError, export
from pipeline.export.choice import Filters
from schemas.reject import Reject

# source, council, date, kind, confidence, review, publisher
RECORDS = {
    "a": ("Hartlepool", "2014", "inspection", 0.9, "accepted", "cypnow"),
    "b": ("Rutland", "2015-06", "focused_visit", 0.5, "corrected", "communitycare"),
    "c": ("Rutland", "2015-06-30/2015-07-02", "inspection", 0.3, "unreviewed", "cypnow"),
    "d": ("Havering", "XXXX-03", "jtai", 0.2, "unreviewed", "cypnow"),
    "e": ("Havering", None, "inspection", 0.7, "unreviewed", "other"),
}
ALL = "abcde"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("filters") / "records.db"
    with opened(path, create=True) as db:
        for source, (council, date, kind, confidence, review, publisher) in RECORDS.items():
            body = f"{council} was rated good in 2016-05. Inspectors praised the {source}."
            store.save(db, made.extract(made.article(body, source=source, publisher=publisher)), "k", [])
            db.execute(
                """UPDATE inspections SET date = ?, kind = ?, confidence = ?, review = ?
                   WHERE article_id = (SELECT article_id FROM articles WHERE source = ?)""",
                [date, kind, confidence, review, source],
            )
        store.save(db, made.extract(made.article("Nothing of it.", source="n")), "k", [])
        store.save_reject(db, Reject(source="r", reason="empty", message="nothing"), "")
    return path


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("filters", "chosen"),
    [
        ({}, ALL),
        ({"councils": ("Rutland",)}, "bc"),
        ({"councils": ("rutland", "E06000001")}, "abc"),
        ({"councils": ("HAVERING",)}, "de"),
        ({"since": "2015"}, "bc"),
        ({"since": "2014-12-31"}, "abc"),  # 2014 may be that day
        ({"since": "2015-07"}, "c"),
        ({"since": "2015-07-03"}, ""),
        ({"until": "2014"}, "a"),
        ({"until": "2015-06"}, "abc"),
        ({"until": "2015-06-29"}, "ab"),
        ({"until": "2013-12-31"}, ""),
        ({"since": "2015-06-30", "until": "2015-06-30"}, "bc"),
        ({"kinds": ("inspection",)}, "ace"),
        ({"kinds": ("jtai", "focused_visit")}, "bd"),
        ({"publishers": ("cypnow",)}, "acd"),
        ({"publishers": ("communitycare", "other")}, "be"),
        ({"min_confidence": 0.5}, "abe"),
        ({"min_confidence": 1.0}, ""),
        ({"reviewed": True}, "ab"),
        ({"where": "confidence BETWEEN 0.25 AND 0.6 OR date IS NULL"}, "bce"),
        ({"where": "record_id IN (SELECT record_id FROM findings WHERE text LIKE '%the a')"}, "a"),
        ({"where": "kind = 'inspection' -- a comment"}, "ace"),
        ({"where": "1) OR (1"}, ALL),
        ({"where": "0) UNION SELECT name FROM (councils"}, ""),  # what is no record's id chooses nothing
        ({"councils": ("Rutland",), "publishers": ("cypnow",), "where": "1"}, "c"),
    ],
)
def test_filters_choose_records_and_what_belongs_to_them(path, tmp_path, filters, chosen):
    with opened(path) as db:
        done = export(db, tmp_path / "out", "csv", Filters(**filters)).chosen
    assert (done.records, done.total) == (len(chosen), 5)
    tables = {
        name: rows(tmp_path / "out", name)
        for name in ("articles", "inspections", "ratings", "findings", "councils", "rejects")
    }
    unfiltered = not filters
    assert [row["source"] for row in tables["articles"]] == [*chosen, *("n" if unfiltered else "")]
    records = [row["record_id"] for row in tables["inspections"]]
    assert len(records) == len(chosen)
    assert (
        [row["record_id"] for row in tables["ratings"]] == [row["record_id"] for row in tables["findings"]] == records
    )
    assert [row["name"] for row in tables["councils"]] == sorted({RECORDS[source][0] for source in chosen})
    assert len(tables["rejects"]) == unfiltered


@pytest.mark.parametrize("format", ["jsonl", "parquet", "xlsx", "sqlite", "datapackage", "hf", "spacy"])
def test_filters_hold_for_every_format(path, tmp_path, format):
    with opened(path) as db:
        export(db, tmp_path / "out", format, Filters(councils=("Rutland",)), text="full")
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert "**A choice of records**, not all: councils `Rutland`. 2 of 5 records match." in card
    for name, count in {
        "articles": 2,
        "councils": 1,
        "inspections": 2,
        "ratings": 2,
        "findings": 2,
        "rejects": 0,
    }.items():
        assert f"| {name} | " in card
        assert [line.split("| ")[-1] for line in card.splitlines() if line.startswith(f"| {name} | ")] == [f"{count} |"]


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"councils": ("Ruttland",)}, r"--council Ruttland: no council with a record here .*; did you mean rutland"),
        ({"councils": ("Zzz",)}, r"--council Zzz: no council with a record here .*show NAME` looks councils up"),
        ({"kinds": ("visit",)}, r"--kind visit: expected one of inspection, reinspection, monitoring_visit"),
        ({"publishers": ("bbc",)}, r"--publisher bbc: expected one of cypnow, communitycare, other"),
        ({"since": "May 2016"}, r"--since May 2016: expected a day, a month or a year, as 2016-05-09, 2016-05 or 2016"),
        ({"until": "2016-02-31"}, r"--until 2016-02-31: expected a day"),
        ({"until": "XXXX-02"}, r"--until XXXX-02: expected a day"),
        ({"where": "grade = 'good'"}, r"--where grade = 'good': no such column: grade; expected a condition"),
        ({"where": ""}, r"--where : .*syntax error"),
        ({"where": "count(*) > 1"}, r"misuse of aggregate"),
        ({"where": "1; DROP TABLE inspections"}, r"--where: a semicolon; expected one condition"),
        ({"where": "record_id IN (DELETE FROM inspections RETURNING record_id)"}, r"syntax error"),
        ({"where": "1) --"}, r"syntax error|incomplete"),
        ({"where": "load_extension('evil')"}, r"not authorized|no such function"),
    ],
)
def test_filters_that_make_no_sense_are_refused_in_words(path, tmp_path, filters, message):
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with opened(path) as db, pytest.raises(ExportError, match=message):
        export(db, tmp_path / "out", "csv", Filters(**filters))
    assert not (tmp_path / "out").exists()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_filters_from_the_command_line(path, tmp_path):
    options = [
        "--council",
        "Havering",
        "--council",
        "Rutland",
        "--since",
        "2014",
        "--kind",
        "inspection",
        "--kind",
        "jtai",
    ]
    options += ["--publisher", "cypnow", "--min-confidence", "0.1", "--where", "confidence < 1", "--until", "2016"]
    result = called("export", tmp_path / "out", "--db", path, "--format", "csv", *options)
    assert result.exit_code == 0
    assert result.stderr == (
        "1 of 5 records match; 2 records whose year is not known count as outside --since and --until\n"
    )
    assert result.stdout.splitlines()[0] == f"{tmp_path}/out/DICTIONARY.md"
    assert [row["source"] for row in rows(tmp_path / "out", "articles")] == ["c"]
    assert json.loads((tmp_path / "out/export.json").read_text())["filters"]["kinds"] == ["inspection", "jtai"]
    assert called("export", tmp_path / "out", "--db", path).stderr == ""
    result = called("export", tmp_path / "out", "--db", path, "--reviewed", "--text", "none")
    assert result.stderr == "2 of 5 records match\n"
    assert called("export", tmp_path / "out", "--db", path, "--min-confidence", "2").exit_code == 2
