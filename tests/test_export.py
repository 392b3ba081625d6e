import csv
import json

import made
import pytest
from pydantic import TypeAdapter

from pipeline import store
from pipeline.database import opened
from pipeline.export import EXPORTERS, ExportError, export
from pipeline.export.jsonl import ArticleLine
from pipeline.store import Copy
from schemas.article import Article
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


def test_export_csv_tables_join(db, tmp_path):
    export(db, tmp_path / "out", "csv")
    tables = {}
    for path in (tmp_path / "out").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    assert {name: len(rows) for name, rows in tables.items()} == {
        "articles": 3, "inspections": 4, "ratings": 4, "findings": 1, "councils": 3, "rejects": 1}  # fmt: skip
    records = {row["record_id"]: row for row in tables["inspections"]}
    assert [row["record_id"] for row in tables["ratings"]] == list(records)
    assert {row["article_id"] for row in records.values()} <= {row["article_id"] for row in tables["articles"]}
    assert {row["council_id"] for row in records.values()} == {row["id"] for row in tables["councils"]}
    assert json.loads(tables["articles"][1]["duplicates"]) == ["x.txt", "y.txt"]
    (finding,) = tables["findings"]
    assert finding["text"] == finding["evidence_text"] == "Inspectors praised A “thing”, and =more"
    assert set(Article.model_fields) <= set(tables["articles"][0])


def test_export_csv_cells_that_a_spreadsheet_would_run_are_text(db, tmp_path):
    export(db, tmp_path / "out", "csv")
    text = (tmp_path / "out/articles.csv").read_text(encoding="utf-8")
    assert ",'=HYPERLINK(1)," in text
    assert (tmp_path / "out/rejects.csv").read_text(encoding="utf-8") == (
        "source,reason,message,sha256\n'-r.txt,empty,'+nothing,\n"
    )


@pytest.mark.parametrize("format", EXPORTERS)
def test_export_same_rows_give_the_same_bytes(db, tmp_path, format):
    export(db, tmp_path / "one", format)
    export(db, tmp_path / "one", format)
    with opened(filled(tmp_path / "two.db", tuple(reversed(STORIES)))) as other:
        export(other, tmp_path / "two", format)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_export_replaces_an_older_export_whole(db, tmp_path):
    export(db, tmp_path / "out", "jsonl")
    files = export(db, tmp_path / "out", "csv")
    assert sorted(contents(tmp_path / "out")) == sorted(files)
    assert not (tmp_path / "out/schema").exists()


def test_export_into_an_empty_folder_and_below_a_missing_one(db, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "articles.jsonl" in export(db, tmp_path / "empty", "jsonl")
    assert "articles.jsonl" in export(db, tmp_path / "new/deep", "jsonl")


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

    def full_disk(db, folder):
        (folder / "articles.jsonl").write_text("half a li")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.export.EXPORTERS", {"jsonl": full_disk})
    with pytest.raises(ExportError, match="can't be written: No space left on device"):
        export(db, out, "jsonl")
    assert contents(out) == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
