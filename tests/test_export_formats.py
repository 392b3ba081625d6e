"""Each format, read back with a tool of its own, holds what the database holds; and what each can't hold is said."""

import csv
import datetime
import json
import re
import sqlite3
import sys
from contextlib import closing

import made
import pytest
import spacy
import test_export
from frictionless import Package, validate
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from pyarrow import parquet
from spacy.tokens import DocBin

from extractors.authorities import register
from pipeline import store
from pipeline.database import opened
from pipeline.export import EXPORTERS, ExportError, export, training, xlsx
from pipeline.export.choice import Filters
from pipeline.export.tables import TABLES, named
from pipeline.spreadsheet import safe

TABLE_NAMES = [table.name for table in TABLES]
READABLE = [format for format in EXPORTERS if format != "spacy"]
TYPES = {(table.name, column.name): column.type for table in TABLES for column in table.columns}
STORY = {"standfirst", "captions", "body"}
QUOTED = re.compile(r"text|\w+_text")
EXTRAS = {
    "url": "https://example.org/a?b=c&d=“e”", "published": "2016-05-09", "standfirst": "+1 \tfor Rutland",
    "captions": ("-2", "Ann, Other"), "section": "'=1", "tags": ("a;b",), "truncated": True,
}  # fmt: skip


@pytest.fixture
def path(tmp_path):
    path = test_export.filled(tmp_path / "records.db")
    with opened(path) as db:
        body = "Rutland was rated good in 2014-05.\n\n• 100% | “Ünïcode” 👍\n\n\t=1+1\n\n_x0041_ \x07"
        store.save(
            db, made.extract(made.article(body, source="c.txt", title="\t=cmd|' /C calc'!A0", **EXTRAS)), "k", []
        )
    return path


def expected(path, text):
    """The database, asked directly: by table and key, each row as a dictionary."""
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        found = {}
        for name in TABLE_NAMES:
            more = ", (SELECT duplicates FROM article_copies c WHERE c.article_id = t.article_id) AS duplicates"
            rows = db.execute(f"SELECT t.*{more if name == 'articles' else ''} FROM {name} t")
            found[name] = [{column: value(name, column, row[column]) for column in row.keys()} for row in rows]  # noqa: SIM118
    hidden = {"none": lambda name: name in STORY or QUOTED.fullmatch(name), "evidence": STORY.__contains__}
    hides = hidden.get(text, lambda name: False)
    return {
        name: keyed(name, [{k: v for k, v in row.items() if not hides(k)} for row in rows])
        for name, rows in found.items()
    }


def value(table, column, cell):
    """A cell of any format as a value: JSON, numbers for flags and days are undone."""
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if TYPES[table, column] == "list" and isinstance(cell, str):
        return json.loads(cell)
    if TYPES[table, column] == "boolean" and isinstance(cell, int):
        return bool(cell)
    return cell


def keyed(table, rows):
    """The rows of a table in order of their key."""
    return sorted(rows, key=lambda row: [row[name] for name in named(table).key])


def unguarded(cell):
    """What a guarded cell of a csv file held."""
    return cell[1:] if isinstance(cell, str) and re.match(r"'+[=+\-@\t\r\n]", cell) else cell


def read_jsonl(folder):
    lines = {path.stem: [json.loads(line) for line in path.open(encoding="utf-8")] for path in folder.glob("*.jsonl")}
    tables = {**lines, "ratings": [], "findings": [], "inspections": []}
    councils = {}
    for record in lines["inspections"]:
        councils[record["council"]["id"]] = record["council"]
        for name in ("ratings", "findings"):
            tables[name] += [
                {"record_id": record["record_id"], name[:-1]: place, **flat(part)}
                for place, part in enumerate(record.pop(name))
            ]
        links = {"article_id": record.pop("article")["article_id"], "council_id": record.pop("council")["id"]}
        tables["inspections"].append(flat(record) | links)
    return tables | {"councils": list(councils.values())}


SPAN = ("start", "end", "text", "field", "inferred")


def flat(record):
    """A record with the parts of its spans as columns."""
    found = {}
    for name, part in record.items():
        if name == "evidence" and "start" not in part:
            known = [each for each in SPAN if any(each in (span or {}) for span in part.values())]
            for what, span in part.items():
                found |= {f"evidence_{what}_{each}": (span or {}).get(each) for each in known}
        elif isinstance(part, dict):
            found |= {f"{name}_{each}": cell for each, cell in part.items()}
        else:
            found[name] = part
    return found


def read_csv(folder):
    tables = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = [
                {name: typed(TYPES[path.stem, name], unguarded(cell)) for name, cell in row.items()}
                for row in csv.DictReader(file)
            ]
    return tables


def typed(type, cell):
    """A text of a csv file as what it stands for."""
    read = {"boolean": {"true": True, "false": False}.__getitem__, "integer": int, "number": float}
    return None if cell == "" else read.get(type, str)(cell)


def read_parquet(folder):
    return {path.stem: parquet.read_table(path).to_pylist() for path in folder.glob("*.parquet")}


def read_xlsx(folder):
    book = load_workbook(folder / "ofsted-records.xlsx", read_only=True)
    tables = {}
    for name in TABLE_NAMES:
        head, *rows = book[name].iter_rows(values_only=True)
        texts = ([unescape(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
        tables[name] = [dict(zip(head, row, strict=True)) for row in texts]
    return tables


def read_sqlite(folder):
    with closing(sqlite3.connect(folder / "ofsted-records.db")) as db:
        db.row_factory = sqlite3.Row
        return {name: [dict(row) for row in db.execute(f"SELECT * FROM {name}")] for name in TABLE_NAMES}


def read_datapackage(folder):
    resources = Package(folder / "datapackage.json").resources
    return {
        each.name: [{k: unguarded(v) for k, v in row.to_dict().items()} for row in each.read_rows()]
        for each in resources
    }


def read_hf(folder):
    import datasets  # noqa: PLC0415 - reads when imported whether it may go to the network

    tables = {name: [] for name in TABLE_NAMES}
    for name in datasets.get_dataset_config_names(str(folder)):
        loaded = datasets.load_dataset(str(folder), name, split="train", cache_dir=str(folder.parent / "cache"))
        tables[name] = loaded.to_list()
    return tables


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")


@pytest.mark.parametrize("text", ["none", "evidence", "full"])
@pytest.mark.parametrize("format", READABLE)
def test_export_read_back_is_the_database(path, tmp_path, format, text):
    with opened(path) as db:
        export(db, tmp_path / "out", format, text=text)
    found = globals()[f"read_{format}"](tmp_path / "out")
    found = {
        name: keyed(name, [{column: value(name, column, cell) for column, cell in row.items()} for row in rows])
        for name, rows in found.items()
    }
    wanted = expected(path, text)
    assert len(wanted["findings"]) == 1
    assert len(wanted["articles"]) == 4
    for name in TABLE_NAMES:
        assert found[name] == wanted[name], name


def test_export_csv_cells_that_a_spreadsheet_would_run_are_text(path, tmp_path):
    with opened(path) as db:
        export(db, tmp_path / "out", "csv", text="full")
    articles = (tmp_path / "out/articles.csv").read_text(encoding="utf-8")
    assert ",'=HYPERLINK(1)," in articles
    assert ",'\t=cmd|' /C calc'!A0,'+1 \tfor Rutland,2016-05-09," in articles
    assert ",''=1," in articles
    assert (tmp_path / "out/rejects.csv").read_text(encoding="utf-8") == (
        "source,reason,message,sha256\n'-r.txt,empty,'+nothing,\n"
    )


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "'=", "''@"])
def test_export_csv_guard_can_be_undone(begin):
    assert safe(f"{begin}1") == f"'{begin}1"
    assert unguarded(safe(f"{begin}1")) == f"{begin}1"


@pytest.mark.parametrize("text", ["'tis", "", "a=1", "'"])
def test_export_csv_leaves_other_text_alone(text):
    assert safe(text) == text == unguarded(text)


@pytest.fixture
def book(path, tmp_path):
    with opened(path) as db:
        export(db, tmp_path / "out", "xlsx")
    return load_workbook(tmp_path / "out/ofsted-records.xlsx")


def test_export_xlsx_has_no_formulas_but_types_links_and_frozen_headers(book):
    assert book.sheetnames == ["readme", *TABLE_NAMES]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "b", "d", "inlineStr"}
    assert {book[name].freeze_panes for name in TABLE_NAMES} == {"A2"}
    columns = {cell.value: cell.column - 1 for cell in book["articles"][1]}
    (row,) = [row for row in book["articles"] if row[columns["source"]].value == "c.txt"]
    assert row[columns["url"]].hyperlink.target == EXTRAS["url"]
    assert row[columns["published"]].value == datetime.datetime(2016, 5, 9)
    assert row[columns["truncated"]].value is True
    assert {type(cell.value) for cell in book["inspections"]["AG"][1:]} <= {float, int, str, bool, type(None)}
    assert book.properties.created == datetime.datetime(2000, 1, 1)


def test_export_xlsx_readme_says_what_is_in_the_workbook(book):
    texts = [[cell for cell in row if cell is not None] for row in book["readme"].iter_rows(values_only=True)]
    assert texts[0] == ["Ofsted inspections of council children's services, as told by the trade press"]
    assert ["inspections", "One inspection event of one council, as one article tells it.", "5"] in texts
    assert not [text for row in texts for text in row if text.startswith(("#", "|", "- ["))]
    (verbatim,) = [row for row in texts if row[1:2] == ["verbatim"]]
    assert verbatim == ["ratings", "verbatim", "text", "The grade as written."]
    links = {cell.hyperlink.location for row in book["readme"] for cell in row if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in TABLE_NAMES}


def test_export_xlsx_addresses_that_are_no_links_stay_texts(path, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "LINKS", 1)
    urls = ["https://a.org/1", "https://a.org/2", "file:///etc/passwd", "internal:x!A1", "https://a.org/" + "x" * 2100]
    with opened(path) as db:
        for number, url in enumerate(urls):
            body = f"Story {number}."
            store.save(db, made.extract(made.article(body, source=f"u{number}", url=url)), "k", [])
        db.execute("UPDATE articles SET url = NULL WHERE source = 'c.txt'")
        db.conn.commit()
        export(db, tmp_path / "out", "xlsx")
    sheet = load_workbook(tmp_path / "out/ofsted-records.xlsx")["articles"]
    column = [cell.value for cell in sheet[1]].index("url")
    cells = [row[column] for row in sheet if row[column].value][1:]
    assert [cell.value for cell in cells] == urls
    assert [cell.hyperlink is not None for cell in cells] == [True, False, False, False, False]


def test_export_xlsx_says_which_texts_do_not_fit(path, tmp_path):
    with opened(path) as db:
        for number, character in enumerate("x👍"):
            body = character * 32_767
            store.save(db, made.extract(made.article(body, source=f"long{number}", title=body)), "k", [])
        notes = export(db, tmp_path / "out", "xlsx").notes
        assert export(db, tmp_path / "exact", "csv").notes == []
    book = load_workbook(tmp_path / "out/ofsted-records.xlsx")
    column = [cell.value for cell in book["articles"][1]].index("title")
    fits, cut = (row[column].value for row in list(book["articles"])[4:6])
    assert fits == "x" * 32_767
    assert cut == "👍" * 16_000 + " … [cut here: 32,767 characters, of which 16,000 fit]"
    assert notes == [
        "xlsx: 1 texts of articles are longer than a cell of Excel holds (32,767 characters) and are cut where it says so; "
        "the other formats have them whole"
    ]
    assert f"- {notes[0]}" in (tmp_path / "out/README.md").read_text(encoding="utf-8")
    assert f"• {notes[0]}" in [row[0] for row in book["readme"].iter_rows(values_only=True)]


def test_export_xlsx_refuses_more_rows_than_a_sheet_has(path, tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "ROWS", 5)
    message = r"inspections has 5 rows, a sheet of Excel room for 4: choose fewer records \(--council, --since …\)"
    with opened(path) as db, pytest.raises(ExportError, match=message):
        export(db, tmp_path / "out", "xlsx")
    assert not (tmp_path / "out").exists()


def test_export_datapackage_validates_and_notices_what_was_changed(path, tmp_path):
    with opened(path) as db:
        export(db, tmp_path / "out", "datapackage")
    package = tmp_path / "out/datapackage.json"
    report = validate(package)
    assert report.valid, report.flatten(["message"])
    described = json.loads(package.read_text(encoding="utf-8"))
    assert [each["name"] for each in described["resources"]] == TABLE_NAMES
    assert all(each["sources"] for each in [described])
    (councils,) = [each for each in described["resources"] if each["name"] == "councils"]
    assert [each["name"] for each in councils["licenses"]] == ["CC-BY-4.0", "OGL-UK-3.0"]
    for old, new in (("inadequate", "excellent"), ("practice", "magic")):
        for file in (tmp_path / "out/data").glob("*.csv"):
            file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        for resource in described["resources"]:
            del resource["hash"], resource["bytes"]
            resource |= {"hash": "", "bytes": 0}
        unsealed = json.dumps({**described, "resources": [
            {key: part for key, part in each.items() if key not in ("hash", "bytes")} for each in described["resources"]
        ]})  # fmt: skip
        package.write_text(unsealed, encoding="utf-8")
        assert not validate(package).valid


def test_export_sqlite_has_keys_links_descriptions_and_views_and_nothing_else(path, tmp_path):
    with opened(path) as db:
        export(db, tmp_path / "out", "sqlite")
        grades = db.execute("SELECT council, area, grade, date FROM latest_grades").fetchall()
    with closing(sqlite3.connect(tmp_path / "out/ofsted-records.db")) as db:
        names = {
            kind: {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = ?", [kind])}
            for kind in ("table", "view")
        }
        assert names["table"] == {*TABLE_NAMES, "descriptions"}
        assert names["view"] >= {"latest_grades", "council_history", "evidence", "record_order"}
        assert not names["view"] & {"article_copies", "article_stats", "record_mentions"}
        assert all(db.execute(f"SELECT count(*) FROM {view}").fetchone() for view in names["view"])
        assert db.execute("SELECT council, area, grade, date FROM latest_grades").fetchall() == grades
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        links = {
            (name, row[3], row[2]) for name in TABLE_NAMES for row in db.execute(f"PRAGMA foreign_key_list({name})")
        }
        assert links == {(table.name, *link) for table in TABLES for link in table.links.items()}
        described = {
            (row[0], row[1])
            for row in db.execute('SELECT "table", "column" FROM descriptions WHERE description != \'\'')
        }
        columns = {(name, row[1]) for name in TABLE_NAMES for row in db.execute(f"PRAGMA table_info({name})")}
        assert described == columns
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            db.execute("UPDATE ratings SET grade = 'excellent'")


def test_export_spacy_needs_the_text(path, tmp_path):
    with opened(path) as db, pytest.raises(ExportError, match=r"ask for it: --text full"):
        export(db, tmp_path / "out", "spacy")


def test_export_spacy_marks_are_the_mentions(path, tmp_path):
    with opened(path) as db:
        export(db, tmp_path / "out", "spacy", text="full")
        bodies = {row["article_id"]: row["body"] for row in db.table("articles").rows}
        mentions = {(row["article_id"], row["kind"], row["text"]) for row in db.table("mentions").rows}
    vocab, found = spacy.blank("en").vocab, {}
    for file in (tmp_path / "out").glob("*/*.spacy"):
        for doc in DocBin().from_disk(file).get_docs(vocab):
            assert doc.text == bodies[doc.user_data["article_id"]]
            found[doc.user_data["article_id"]] = doc
    assert found.keys() == bodies.keys()
    marks = {(name, ent.label_.lower(), ent.text) for name, doc in found.items() for ent in doc.ents}
    marks |= {(name, "finding", span.text) for name, doc in found.items() for span in doc.spans["sc"]}
    assert marks == mentions
    labels = {key: {span.label_ for doc in found.values() for span in doc.spans[key]} for key in ("sc", "themes")}
    assert labels["sc"] == {"strength"}
    assert labels["themes"] <= {"practice", "voice"}


def test_export_spacy_has_no_council_on_two_sides(path, tmp_path):
    with opened(path) as db:
        ids = sorted(register())[:17]
        db.table("councils").upsert_all(({"id": each, "name": ""} for each in ids), pk="id")
        for number in range(40):
            body = f"Story {number}. Rutland was rated good in 2011-01. Havering was rated good in 2012-01."
            extraction = made.extract(made.article(body, source=f"n{number}"))
            store.save(db, extraction, "k", [])
            other = number * 7 if number % 9 == 0 else number
            for record, council in zip(extraction.inspections, (number % 17, other % 17), strict=True):
                db.execute(
                    "UPDATE inspections SET council_id = ? WHERE record_id = ?", [ids[council], record.record_id]
                )
        db.conn.commit()
        export(db, tmp_path / "out", "spacy", text="full")
        parts = json.loads((tmp_path / "out/split.json").read_text())
        assert parts.keys() == {row["article_id"] for row in db.table("articles").rows}
        sides = {}
        for row in db.query("SELECT article_id, council_id FROM inspections"):
            sides.setdefault(row["council_id"], set()).add(parts[row["article_id"]])
    assert len(sides) == 20
    assert {len(each) for each in sides.values()} == {1}
    assert {each for side in sides.values() for each in side} == {"train", "dev", "test"}


def test_export_spacy_split_ties_through_articles_and_deals_out_the_rest():
    singles = {f"s{number}": [f"c{number}"] for number in range(10)}
    negatives = {f"n{number}": [] for number in range(10)}
    chain = {f"t{number}": [f"x{number}", f"x{number + 1}"] for number in range(10)}
    parts = training.split({**singles, **negatives})
    for group in (singles, negatives):
        assert sorted(parts[name] for name in group) == ["dev", "test", *["train"] * 8]
    tied = training.split({**singles, **negatives, **chain})
    assert {tied[name] for name in chain} == {"train"}
    assert tied == training.split(dict(sorted({**singles, **negatives, **chain}.items(), reverse=True)))


@pytest.mark.parametrize("format", ["parquet", "hf"])
def test_export_without_pyarrow_says_what_to_install(path, tmp_path, monkeypatch, format):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with opened(path) as db, pytest.raises(ExportError, match=r"pip install '\.\[parquet\]' in the program's folder"):
        export(db, tmp_path / "out", format)


def test_export_schemas_describe_the_lines_of_jsonl(path, tmp_path):
    for text in ("none", "evidence", "full"):
        with opened(path) as db:
            export(db, tmp_path / text, "jsonl", text=text)
        for file in (tmp_path / text).glob("*.jsonl"):
            schema = json.loads((tmp_path / text / f"schema/{file.stem}.schema.json").read_text(encoding="utf-8"))
            lines = [json.loads(line) for line in file.open(encoding="utf-8")]
            assert all(set(line) == set(schema["required"]) for line in lines)
            assert all(part.get("description") for part in schema["properties"].values())


def test_export_hf_loads_without_a_name_and_names_no_empty_table(path, tmp_path):
    import datasets  # noqa: PLC0415 - as above

    with opened(path) as db:
        export(db, tmp_path / "out", "hf", Filters(councils=("Rutland",)))
    loaded = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"))
    assert {part: len(rows) for part, rows in loaded.items()} == {"train": 3}
    names = {*datasets.get_dataset_config_names(str(tmp_path / "out"))}
    assert {"articles", "councils", "inspections", "ratings"} <= names <= {*TABLE_NAMES} - {"findings", "rejects"}
    assert loaded["train"].features["evidence_council_start"].dtype == "int64"
