"""The tools that figures come from: archives hold what they claim, and the endurance run sees what it should."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest

from benchmarks import archive, endurance
from benchmarks.archive import Plan
from pipeline import twins
from pipeline.clean import clean
from pipeline.database import opened
from pipeline.extract import extract
from pipeline.read import documents, raw_article
from schemas.reject import Rejected

PLAN = Plan(60, relevant=0.2, twins=0.2, broken=0.2)
KINDS = [PLAN.kind(number) for number in range(PLAN.articles)]


def test_archive_has_the_shares_asked_for():
    plan = Plan(4000, relevant=0.2, twins=0.1, broken=0.03)
    kinds = [plan.kind(number) for number in range(plan.articles)]
    for kind, share in {"relevant": 0.2, "twin": 0.1, "broken": 0.03, "other": 0.67}.items():
        assert kinds.count(kind) / len(kinds) == pytest.approx(share, abs=0.02)


def test_archive_is_the_same_again_and_another_with_another_seed(tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder, seed in zip(folders, (4, 4, 5), strict=True):
        archive.write_folder(Plan(10, seed=seed), folder)
    one, two, three = ({path.name: path.read_bytes() for path in folder.rglob("*.*")} for folder in folders)
    assert one == two != three
    assert len(one) == 10


def test_archive_articles_are_no_twins_of_one_another_but_where_it_says_so():
    articles = {}
    for number, kind in enumerate(KINDS):
        if kind != "broken":
            raw = archive.document(PLAN, number)
            articles[number] = clean(raw).model_copy(update={"source": str(number)})
    kin = {
        number: any(twins.same(article, each) for other, each in articles.items() if other < number)
        for number, article in articles.items()
    }
    assert {number for number, found in kin.items() if found} == {
        number for number, kind in enumerate(KINDS) if kind == "twin"
    }


def test_archive_relevant_articles_give_records_and_others_do_not():
    found = {
        number: extract(clean(archive.document(PLAN, number))) for number in range(20) if KINDS[number] != "broken"
    }
    relevant = {number for number, extraction in found.items() if extraction.inspections}
    assert relevant >= {number for number in found if KINDS[number] == "relevant"}
    assert not relevant & {number for number in found if KINDS[number] == "other"}


def test_archive_of_heavy_pages_and_rows(tmp_path):
    sizes = [len(archive.page(Plan(9, broken=0, twins=0, heavy=True), number)[1]) for number in range(9)]
    assert all(50_000 <= size <= 160_000 for size in sizes)
    archive.write_jsonl(PLAN, tmp_path / "a.jsonl")
    rows = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == PLAN.articles
    assert sum("text" in row or "html" in row for row in map(json.loads, filter(lambda row: row.endswith("}"), rows)))


def test_archive_broken_documents_give_no_article(tmp_path):
    archive.write_folder(PLAN, tmp_path)
    broken = [archive.page(PLAN, number)[0] for number, kind in enumerate(KINDS) if kind == "broken"]
    rejected = set()
    for item in documents([str(tmp_path)], {}):
        try:
            clean(raw_article(item))
        except Rejected:
            rejected.add(item.source)
    assert rejected == set(broken)


def test_endurance_sees_a_row_that_differs_but_not_the_number_of_a_run(tmp_path):
    for name in ("one.db", "two.db"):
        with opened(tmp_path / name, create=True) as db:
            db.table("inputs").insert({"source": "a", "key": "k"})
    assert set(endurance.differences(tmp_path / "one.db", tmp_path / "two.db").values()) == {0}
    with sqlite3.connect(tmp_path / "two.db") as db:
        db.execute("UPDATE inputs SET key = 'other'")
    assert endurance.differences(tmp_path / "one.db", tmp_path / "two.db")["inputs"] == 2


def test_endurance_memory_counts_child_processes():
    held = "x = bytearray(50_000_000); print(flush=True); input()"
    command = [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {held!r}])"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert 50 < endurance.memory(process.pid) < 200
        process.stdin.close()
    assert endurance.memory(os.getpid()) > 50
