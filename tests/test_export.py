import json
import sqlite3

import made
import pytest
from pydantic import TypeAdapter

from pipeline import store
from pipeline.database import opened
from pipeline.export import CONTRACT, EXPORTERS, ExportError, export
from pipeline.export.choice import Filters
from pipeline.export.tables import TABLES, ArticleLine
from pipeline.store import Copy
from schemas.inspection import Inspection
from schemas.reject import Reject

# the record contract, version 1: names may be added, none renamed
ARTICLE = [
    "article_id",
    "source",
    "duplicates",
    "publisher",
    "url",
    "title",
    "standfirst",
    "published",
    "modified",
    "published_source",
    "captions",
    "authors",
    "section",
    "tags",
    "body",
    "truncated",
    "relevant",
    "sha256",
]
INSPECTION = [
    "record_id",
    "schema_version",
    "article",
    "council",
    "delivery_body",
    "inspectorate",
    "kind",
    "framework",
    "role",
    "inspected",
    "reported",
    "date",
    "date_basis",
    "ratings",
    "direction",
    "findings",
    "evidence",
    "confidence",
    "review",
    "extractor_version",
]
PARTS = {
    "article": ["article_id", "source", "publisher", "url", "title", "published"],
    "council": ["id", "name", "gss", "la_code", "region"],
    "ratings": ["area", "grade", "verbatim", "scale", "evidence"],
    "findings": ["polarity", "themes", "text", "attribution", "quoted", "evidence"],
    "evidence": ["council", "inspected", "reported", "kind"],
}
STORIES = {
    "z.txt": "Rutland was rated good in 2016-05. Havering was rated inadequate in 2013-02.",
    "b.txt": "Inspectors praised A “thing”, and =more. Hartlepool was rated good in 2016-05. "
    "Rutland was rated good in 2011-01.",
    "a.txt": "Nothing of it.",
}


def filled(path, names=tuple(STORIES)):
    with opened(path, create=True) as db:
        for name in names:
            extraction = made.extract(
                made.article(STORIES[name], source=name, title="=HYPERLINK(1)", authors=("@anon",))
            )
            store.save(db, extraction, "key", [])
        for source in ("y.txt", "x.txt"):
            store.save_duplicate(
                db, Copy(made.article("c", source=source), "k"), made.article(STORIES["b.txt"]), "near", []
            )
        store.save_reject(db, Reject(source="-r.txt", reason="empty", message="+nothing"), "")
    return path


@pytest.fixture
def db(tmp_path):
    with opened(filled(tmp_path / "records.db")) as db:
        yield db


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_export_jsonl_has_the_fields_of_the_contract(db, tmp_path):
    export(db, tmp_path / "out", "jsonl")
    articles, records = lines(tmp_path / "out/articles.jsonl"), lines(tmp_path / "out/inspections.jsonl")
    assert all(set(ARTICLE) <= set(line) for line in articles)
    assert all(set(INSPECTION) == set(line) for line in records)
    for name, keys in PARTS.items():
        parts = [part for line in records for part in (line[name] if isinstance(line[name], list) else [line[name]])]
        assert parts
        assert all(list(part) == keys for part in parts)
    bodies = {line["article_id"]: line["body"] for line in articles}
    spans = [(line, part["evidence"]) for line in records for part in (*line["ratings"], *line["findings"])]
    spans += [(line, span) for line in records for span in line["evidence"].values() if span]
    assert len(spans) > 8
    assert all(
        bodies[line["article"]["article_id"]][span["start"] : span["end"]] == span["text"] for line, span in spans
    )
    inferred = {span["inferred"] for line in records for span in [line["evidence"]["reported"]]}
    assert inferred == {True}


def test_export_jsonl_gives_back_the_records_in_order(db, tmp_path):
    export(db, tmp_path / "out", "jsonl")
    articles, records = lines(tmp_path / "out/articles.jsonl"), lines(tmp_path / "out/inspections.jsonl")
    assert [line["source"] for line in articles] == ["a.txt", "b.txt", "z.txt"]
    assert [line["duplicates"] for line in articles] == [[], ["x.txt", "y.txt"], []]
    assert [(line["article"]["source"], line["role"], line["council"]["name"]) for line in records] == [
        ("b.txt", "current", "Hartlepool"), ("b.txt", "previous", "Rutland"),
        ("z.txt", "current", "Rutland"), ("z.txt", "previous", "Havering")]  # fmt: skip
    read_back = TypeAdapter(list[Inspection]).validate_python(records, strict=False)
    assert read_back == list(store.inspections(db))


def test_export_jsonl_schemas_describe_every_field(db, tmp_path):
    export(db, tmp_path / "out", "jsonl")
    for name, model in (("articles", ArticleLine), ("inspections", Inspection)):
        schema = json.loads((tmp_path / f"out/schema/{name}.schema.json").read_text(encoding="utf-8"))
        assert list(schema["properties"]) == list(model.model_fields)
        assert set(schema["required"]) == set(model.model_fields)
        assert all(each.get("description") for each in schema["properties"].values())


@pytest.mark.parametrize("format", EXPORTERS)
def test_export_same_rows_give_the_same_bytes(db, tmp_path, format):
    export(db, tmp_path / "one", format, text="full")
    export(db, tmp_path / "one", format, text="full")
    with opened(filled(tmp_path / "two.db", tuple(reversed(STORIES)))) as other:
        export(other, tmp_path / "two", format, text="full")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("format", EXPORTERS)
def test_export_carries_what_describes_it(db, tmp_path, format):
    files = export(db, tmp_path / "out", format, Filters(kinds=("inspection",)), text="full").files
    names = {table.name for table in TABLES} - ({"councils", "ratings", "findings"} if format == CONTRACT else set())
    assert {"README.md", "DICTIONARY.md", "export.json", *(f"schema/{name}.schema.json" for name in names)} <= set(
        files
    )
    assert [file for file in files if file.startswith("schema/")] == [
        f"schema/{name}.schema.json" for name in sorted(names)
    ]
    card = (tmp_path / "out/README.md").read_text(encoding="utf-8")
    for said in (
        "| inspections | One inspection event of one council, as one article tells it. | 4 |", f"Format: {format}, read with `",
        "kinds `inspection`. 4 of 4 records match", "2 articles of CYP Now", "extractor version 0;", "Measured with `score` on",
        "holds the **full text of articles**", "has an apostrophe put in front", "CC BY 4.0", "## How to cite",
    ):  # fmt: skip
        assert said in card
    dictionary = (tmp_path / "out/DICTIONARY.md").read_text(encoding="utf-8")
    assert "| themes | list of `front_door`, " in dictionary
    assert all(f"\n| {column.name} | " in dictionary for table in TABLES for column in table.columns)
    manifest = json.loads((tmp_path / "out/export.json").read_text(encoding="utf-8"))
    assert sorted([*manifest["sha256"], "export.json"]) == files
    assert (manifest["format"], manifest["text"], manifest["filters"]) == (format, "full", {"kinds": ["inspection"]})


def test_export_names_the_runs_that_gave_its_articles(db, tmp_path):
    run = "INSERT INTO runs (run, started, status, version, options) VALUES (?, ?, 'done', '9.8', '{}')"
    for each in ((1, "2026-11-21T23:00:00"), (2, "2026-11-22T01:00:00"), (3, "2026-11-23T00:00:00")):
        db.execute(run, each)
    db.execute("UPDATE inputs SET run = CASE source WHEN 'z.txt' THEN 1 ELSE 3 END")
    db.conn.commit()
    export(db, tmp_path / "out", "csv", Filters(councils=("Havering",)))
    assert json.loads((tmp_path / "out/export.json").read_text())["runs"] == ["run 1 (2026-11-21, version 9.8)"]
    export(db, tmp_path / "out", "csv")
    assert (
        "run 1 (2026-11-21, version 9.8), run 3 (2026-11-23, version 9.8)" in (tmp_path / "out/README.md").read_text()
    )


def test_export_is_of_one_moment_though_a_run_goes_on(db, tmp_path, monkeypatch):
    def meanwhile(dataset, folder):
        with sqlite3.connect(tmp_path / "records.db") as other:
            other.execute("DELETE FROM findings")
        write(dataset, folder)

    write = EXPORTERS["csv"].write
    monkeypatch.setattr(EXPORTERS["csv"], "write", meanwhile)
    export(db, tmp_path / "out", "csv")
    assert len((tmp_path / "out/findings.csv").read_text(encoding="utf-8").splitlines()) == 2
    assert db.table("findings").count == 0


def test_export_of_a_database_that_cannot_be_written(tmp_path, monkeypatch):
    filled(tmp_path / "records.db")
    monkeypatch.setattr("pipeline.database._writable", lambda path: False)
    with opened(tmp_path / "records.db") as db:
        assert export(db, tmp_path / "out", "csv", Filters(where="confidence > 0.5")).chosen.records == 4


def test_export_replaces_an_older_export_whole(db, tmp_path):
    export(db, tmp_path / "out", "jsonl")
    files = export(db, tmp_path / "out", "csv").files
    assert sorted(contents(tmp_path / "out")) == sorted(files)
    assert not (tmp_path / "out/articles.jsonl").exists()


def test_export_into_an_empty_folder_and_below_a_missing_one(db, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "articles.jsonl" in export(db, tmp_path / "empty", "jsonl").files
    assert "articles.jsonl" in export(db, tmp_path / "new/deep", "jsonl").files


def foreign(folder):
    folder.mkdir()
    (folder / "thesis.doc").write_text("years of work")


def foreign_beside_ours(folder):
    with opened(filled(folder.parent / "own.db")) as db:
        export(db, folder, "jsonl")
    (folder / "notes.txt").write_text("mine")


def foreign_manifest(folder):
    folder.mkdir()
    (folder / "export.json").write_text('{"made_by": "somebody", "sha256": {}}')


@pytest.mark.parametrize("prepare", [foreign, foreign_beside_ours, foreign_manifest])
def test_export_never_replaces_files_of_others(db, tmp_path, prepare):
    out = tmp_path / "out"
    prepare(out)
    before = contents(out)
    with pytest.raises(ExportError, match=r"out: holds '.*', no file of an export of ours; name another folder"):
        export(db, out, "jsonl")
    assert contents(out) == before


def test_export_that_fails_leaves_the_older_one(db, tmp_path, monkeypatch):
    out = tmp_path / "out"
    export(db, out, "jsonl")
    before = contents(out)

    def full_disk(dataset, folder):
        (folder / "articles.jsonl").write_text("half a li")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(EXPORTERS["jsonl"], "write", full_disk)
    with pytest.raises(ExportError, match="can't be written: No space left on device"):
        export(db, out, "jsonl")
    assert contents(out) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
