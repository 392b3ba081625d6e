"""Parts: what is made of a dump apart, on whatever machine, comes together to what one machine makes of it whole."""

import itertools
import os
import signal
from pathlib import Path

import fsspec
import made
import pytest
from distributed import Client, LocalCluster
from pyarrow import parquet

from pipeline import engines, ingest, load, parts
from pipeline.database import opened
from pipeline.engine_dask import spread
from pipeline.ingest import Options
from pipeline.parts import Folder, PartsError, here, plan
from pipeline.read import documents
from pipeline.version import Stages

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
ARTICLES = 12


@pytest.fixture
def dump(tmp_path, monkeypatch):
    """A dump of twelve toy articles, two copies, and a reject; three files to a part, so that copies are in other parts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "FILES", 3)
    monkeypatch.setattr(engines, "local", made.engine)
    Path("dump").mkdir()
    for n in range(ARTICLES):
        lead = f"Hartlepool was rated good in 20{n:02}-05. Inspectors praised number {n}."
        Path(f"dump/{n:03}.txt").write_text(f"T\n{made.story(str(n), 3, lead)}", encoding="utf-8")
        if n in (2, 7):  # sorts before its full twin, which sets it free, or behind the one it is filed under
            name = f"dump/{n:03}-cut.txt" if n == 2 else "dump/zzz.txt"
            Path(name).write_text(f"T\n{made.story(str(n), 2, lead)}", encoding="utf-8")
    Path("dump/empty.txt").write_text("", encoding="utf-8")
    Path("dump/004-fails.txt").write_text("T\nIt breaks the schema. " + made.paragraph("fails"), encoding="utf-8")
    return Options(dumps=("dump",), processes=1)


def whole(options):
    with opened(Path("whole.db"), create=True) as db:
        ingest.ingest(options, documents(options.dumps, {}), db)
        return made.tables(db)


def loaded(name="loaded.db"):
    with opened(Path(name), create=True) as db:
        summary = load.load("parts", db)
        return made.tables(db), summary


def names():
    return {path.name: path.stat().st_mtime_ns for path in Path("parts").iterdir()}


def test_parts_come_together_to_what_one_machine_makes(dump):
    made_parts = list(here(plan(dump, "parts")))
    assert len(made_parts) == 6
    tables, summary = loaded()
    assert tables == whole(dump)
    assert (summary.inputs, summary.articles, summary.duplicates) == (16, 12, 2)
    assert {each.reason for each in summary.rejects} == {"bad-record", "empty"}
    assert loaded()[1].unchanged == 16


def test_parts_made_already_are_not_made_again_but_changed_ones_are(dump):
    list(here(plan(dump, "parts")))
    before = names()
    assert plan(dump, "parts") == []
    Path("dump/003.txt").write_text("T\nRutland was rated good in 2020-01. Inspectors praised it.", encoding="utf-8")
    (part,) = plan(dump, "parts")
    list(here([part]))
    changed = {name for name, time in names().items() if before[name] != time}
    assert changed == {"00001.articles.parquet", "00001.rejects.parquet", "parts.json"}
    assert loaded()[0] == whole(dump)


def test_parts_are_whole_or_not_there(dump, monkeypatch):
    found = parts._rows

    def failing(outcomes):
        yield from itertools.islice(found(outcomes), 1)
        raise OSError("no space left on device")

    monkeypatch.setattr(parts, "_rows", failing)
    with pytest.raises(OSError, match="no space"):
        list(here(plan(dump, "parts")))
    assert set(names()) == {"parts.json"}
    with pytest.raises(PartsError, match="6 of 6 parts are not made yet, the first of them 0"):
        loaded()


def test_parts_of_nothing_or_of_another_program_are_refused(dump, monkeypatch):
    with pytest.raises(PartsError, match=r"no parts\.json there; make parts with"):
        loaded()
    list(here(plan(dump, "parts")))
    monkeypatch.setattr(load, "stages", lambda: Stages("a", "b", "c"))
    with pytest.raises(PartsError, match="made by another version"):
        loaded()
    with pytest.raises(PartsError, match="standard input can't be read in parts"):
        plan(Options(dumps=("-",)), "parts")


@pytest.mark.parametrize("address", ["file", "memory"])
def test_parts_of_a_dump_at_an_address_are_those_of_the_folder(dump, address):
    there = f"{address}://{Path('dump').absolute()}"
    if address == "memory":
        for path in Path("dump").iterdir():
            fsspec.filesystem("memory").pipe_file(str(path.absolute()), path.read_bytes())
    list(here(plan(dump.model_copy(update={"dumps": (there,)}), "parts")))
    assert loaded()[0] == whole(dump)
    assert [each.source for each in documents([f"{there}/00*.txt"], {})] == [
        each.source for each in documents(["dump/00*.txt"], {})
    ]


def test_parts_on_a_cluster_whose_worker_is_killed_are_those_of_one_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parts, "FILES", 2)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    Path("dump").mkdir()
    for path in [path for path in sorted(SAMPLE.iterdir()) if path.suffix == ".txt"][:8]:
        Path("dump", path.name).write_bytes(path.read_bytes())
    options = Options(dumps=(str(Path("dump").absolute()),), processes=1)
    given = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**given) as cluster, Client(cluster) as client:
        workers = client.run(os.getpid)
        done = spread(plan(options, str(Path("parts").absolute())), cluster.scheduler_address)
        next(done)
        os.kill(next(iter(workers.values())), signal.SIGKILL)
        assert [fault for _, fault in done] == [None] * 3
    assert loaded()[0] == whole(options)


def test_parts_folder_holds_rows_that_other_programs_read(dump):
    list(here(plan(dump, "parts")))
    table = parquet.read_table([str(path) for path in sorted(Path("parts").glob("*.articles.parquet"))])
    assert table.num_rows == 15
    assert set(table.column("publisher").to_pylist()) == {"cypnow"}
    assert sum(table.column("relevant").to_pylist()) == 14
    assert Folder("parts").made(0)["program"]
