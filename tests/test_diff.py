"""Two databases or exports -> what was gained, lost and changed, field by field."""

import csv
import io
import json
import sqlite3

import made
import pytest
from click.testing import CliRunner

from pipeline import store
from pipeline.changes import pairs
from pipeline.cli import main
from pipeline.database import opened
from pipeline.diff import Field, compared, fields
from pipeline.diff_read import DiffError
from pipeline.export import export

BODY = "Hartlepool was rated good in 2016-05. Havering was rated inadequate in 2013-02.\n\nInspectors praised =staff."


def database(path, *changes, body=BODY, source="a.txt"):
    """A database of the toy article, after some statements of SQL."""
    with opened(path, create=True) as db:
        with db.atomic():
            store.save(db, made.extract(made.article(body, source=source)), "key", [1])
        for change in changes:
            db.execute(change)
        db.conn.commit()
    return path


def differences(old, new):
    with compared(old, new) as found:
        return [
            (each.change.what, each.change.council, [tuple(field.model_dump().values()) for field in each.fields])
            for each in found
        ]


def called(*args):
    return CliRunner().invoke(main, ["diff", *map(str, args)], catch_exceptions=False)


RENAMED = (
    "PRAGMA foreign_keys = OFF",
    *(
        f"UPDATE {table} SET record_id = 'new' WHERE record_id LIKE '%-0'"
        for table in ("inspections", "ratings", "findings")
    ),
    "UPDATE inspections SET date = '2016-06', reported = '2016-06' WHERE record_id = 'new'",
)
FIRST = f"{made.article(BODY).article_id}-0"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), []),
        (("UPDATE inspections SET extractor_version = '9', review = 'accepted'",), []),
        (
            ("UPDATE ratings SET grade = 'outstanding' WHERE record_id LIKE '%-0'",),
            [("changed", "hartlepool", [("overall", "grade", "good", "outstanding")])],
        ),
        (
            ("UPDATE ratings SET area = 'leadership' WHERE record_id LIKE '%-0'",),
            [("changed", "hartlepool", [("overall", "rating", "good", None), ("leadership", "rating", None, "good")])],
        ),
        (
            ("""UPDATE findings SET themes = '["voice"]', quoted = 1""",),
            [
                (
                    "changed",
                    "hartlepool",
                    [
                        ("Inspectors praised =staff", "themes", '["practice", "voice"]', '["voice"]'),
                        ("Inspectors praised =staff", "quoted", "0", "1"),
                    ],
                )
            ],
        ),
        (
            ("DELETE FROM findings",),
            [("changed", "hartlepool", [("Inspectors praised =staff", "finding", "strength: practice, voice", None)])],
        ),
        (
            RENAMED,
            [
                (
                    "changed",
                    "hartlepool",
                    [
                        (None, "record_id", FIRST, "new"),
                        (None, "reported", "2016-05", "2016-06"),
                        (None, "date", "2016-05", "2016-06"),
                    ],
                )
            ],
        ),
    ],
)
def test_diff_tells_what_changed_field_by_field(tmp_path, changes, expected):
    old, new = database(tmp_path / "old.db"), database(tmp_path / "new.db", *changes)
    assert differences(old, new) == expected


def test_diff_lost_and_gained_are_each_others_mirror(tmp_path):
    old = database(tmp_path / "old.db")
    new = database(tmp_path / "new.db", "DELETE FROM inspections WHERE council_id = 'havering'")
    ((what, council, lost),) = differences(old, new)
    ((mirrored, _, gained),) = differences(new, old)
    assert (what, mirrored, council) == ("lost", "gained", "havering")
    assert {("overall", "rating", "inadequate", None), (None, "date", "2013-02", None)} <= set(lost)
    assert [(part, field, new, old) for part, field, old, new in lost] == gained


@pytest.mark.parametrize(
    "kinds",
    [("db", "jsonl"), ("csv", "db"), ("datapackage", "csv"), ("sqlite", "jsonl"), ("parquet", "db"), ("csv", "hf")],
)
@pytest.mark.parametrize("changes", [(), RENAMED])
def test_diff_is_the_same_for_databases_and_exports(tmp_path, kinds, changes):
    sides = []
    for name, kind, done in (("old", kinds[0], ()), ("new", kinds[1], changes)):
        path = database(tmp_path / f"{name}.db", *done)
        if kind != "db":
            with opened(path) as db:
                export(db, tmp_path / name, kind)
            path = tmp_path / name
        sides.append(path)
    assert differences(*sides) == differences(tmp_path / "old.db", tmp_path / "new.db")


def test_diff_does_not_compare_columns_that_one_side_has_not(tmp_path):
    old = database(tmp_path / "old.db", "ALTER TABLE inspections DROP COLUMN delivery_body")
    new = database(tmp_path / "new.db", "UPDATE inspections SET delivery_body = 'A Trust'")
    assert differences(old, new) == []


def test_diff_of_an_article_with_other_words_under_the_same_source_is_a_change(tmp_path):
    old, new = database(tmp_path / "old.db"), database(tmp_path / "new.db", body=BODY.replace("good", "outstanding"))
    assert [(what, council) for what, council, _ in differences(old, new)] == [
        ("changed", "hartlepool"),
        ("changed", "havering"),
    ]
    elsewhere = database(tmp_path / "x.db", body=BODY.replace("good", "outstanding"), source="b.txt")
    assert [what for what, _, _ in differences(old, elsewhere)] == ["lost", "lost", "gained", "gained"]


def row(record_id, date, role="previous", kind="inspection", **other):
    return {"record_id": record_id, "article_id": "1", "source": "s", "council": "c", "kind": kind, "role": role} | {
        "date": date, **other
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lost", "gained", "expected"),
    [
        ([row("a", "2013")], [row("b", "2016")], {"b": "a"}),
        ([row("a", "2013")], [row("b", "2016", role="current")], {}),
        (
            [row("a", "2013"), row("b", "2016")],
            [row("c", "2016", kind="reinspection"), row("d", "2014")],
            {"c": "b", "d": "a"},
        ),
        ([row("a", "2013")], [row("b", "2013", council="d")], {}),
        ([row("a", "2013")], [row("b", "2013", article_id="2"), row("c", "2014")], {"c": "a"}),  # its own article first
        ([row("a", "2013"), row("b", "2014")], [row("c", "2015")], {"c": "a"}),  # one record is one, not two
    ],
)
def test_pairs_are_records_that_agree_in_all_but_one_thing(lost, gained, expected):
    assert pairs(lost, gained) == expected


def test_fields_of_two_grades_of_one_area_are_told_apart():
    def said(*grades):
        return json.dumps({"findings": [], "ratings": [{"area": "overall", "grade": grade} for grade in grades]})

    assert list(fields(said("good", "good"), said("good", "inadequate"))) == [
        Field(part="overall", field="grade", old="good", new="inadequate")
    ]


def test_diff_leaves_both_sides_alone(tmp_path):
    old, new = database(tmp_path / "old.db"), database(tmp_path / "new.db", *RENAMED)
    with sqlite3.connect(old) as db:
        db.execute("DROP VIEW coverage")  # an older program's: opening it to write would make it anew
    before = [path.read_bytes() for path in (old, new)]
    assert differences(old, new)
    assert [path.read_bytes() for path in (old, new)] == before


TEXT = """\
changed  hartlepool · inspection · 2016-06 · a.txt · record new
           record_id: {id}-0 → new
           reported: 2016-05 → 2016-06
           date: 2016-05 → 2016-06
lost     havering · inspection · 2013-02 · a.txt · record {id}-1
           overall inadequate
records: 0 gained, 1 lost, 1 changed
"""


def test_cli_diff_prints_text_csv_and_json(tmp_path):
    old = database(tmp_path / "old.db")
    new = database(tmp_path / "new.db", *RENAMED, "DELETE FROM inspections WHERE council_id = 'havering'")
    assert called(old, new).stdout == TEXT.format(id=FIRST[:-2])
    assert called(old, old).stdout == "the records are the same\n"
    result = called(old, new, "--csv")
    assert result.stderr == "records: 0 gained, 1 lost, 1 changed\n"
    table = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(line["what"], line["field"], line["old"], line["new"]) for line in table][:4] == [
        ("changed", "record_id", FIRST, "new"), ("changed", "reported", "2016-05", "2016-06"),
        ("changed", "date", "2016-05", "2016-06"), ("lost", "schema_version", "1.0", "")]  # fmt: skip
    listed = json.loads(called(old, new, "--json").stdout)
    assert [each["change"]["what"] for each in listed] == ["changed", "lost"]
    assert json.loads(called(old, old, "--json").stdout) == []


def test_cli_diff_says_when_only_places_changed_and_of_which_finding(tmp_path):
    old = database(tmp_path / "old.db")
    moved = database(
        tmp_path / "moved.db", "UPDATE inspections SET evidence_council_start = 5 WHERE council_id = 'havering'"
    )
    assert called(old, moved).stdout.splitlines()[1] == "           only where its evidence stands"
    without = database(tmp_path / "without.db", "DELETE FROM findings")
    finding = "strength: practice, voice (Inspectors praised =staff)"
    assert called(old, without).stdout.splitlines()[1].strip() == f"finding lost: {finding}"
    assert called(without, old).stdout.splitlines()[1].strip() == f"finding gained: {finding}"


def test_diff_refuses_in_words_what_is_neither_database_nor_export(tmp_path):
    database(tmp_path / "old.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE t (x)")
    (tmp_path / "folder").mkdir()
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv/inspections.csv").write_text("council,date\nleeds,2016\n", encoding="utf-8")
    (tmp_path / "torn.jsonl").write_text('{"record_id": ', encoding="utf-8")
    for name, words in (
        ("nowhere", "expected a database, or a folder that"), ("folder", "expected a database, or a folder that"),
        ("other.db", "it has no table articles"), ("csv", "can't be read"), ("torn.jsonl", "can't be read"),
    ):  # fmt: skip
        with pytest.raises(DiffError, match=words) as error, compared(tmp_path / "old.db", tmp_path / name):
            pass
        assert str(tmp_path / name) in str(error.value)
