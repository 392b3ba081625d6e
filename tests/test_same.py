"""What is fast changes nothing: rows are the same, byte for byte, at any number of processes, batches and transactions."""

from pathlib import Path

import made
import pytest

from pipeline import ingest, run, supervise
from pipeline.database import opened
from pipeline.ingest import Options
from pipeline.read import documents

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
WAYS = [(1, 1, 1), (2, 3, 2), (3, 16, 100)]


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    """Nine articles, a copy of one, cut, that is read before it, and a reject."""
    folder = tmp_path_factory.mktemp("dump")
    for path in sorted(SAMPLE.iterdir())[:9]:
        (folder / path.name).write_bytes(path.read_bytes())
    text = (SAMPLE / "dev-002.txt").read_text(encoding="utf-8")
    (folder / "000-cut.txt").write_text(text[: len(text) // 2], encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def test_rows_are_the_same_at_any_number_of_processes_and_size_of_batch(dump, tmp_path, monkeypatch):
    found = []
    for number, (processes, batch, together) in enumerate(WAYS):
        monkeypatch.setattr(supervise, "BATCH", batch)
        monkeypatch.setattr(run, "TOGETHER", together)
        with opened(tmp_path / f"{number}.db", create=True) as db:
            options = Options(dumps=(str(dump),), processes=processes)
            ingest.ingest(options, documents([str(dump)], {}), db)
            found.append(made.tables(db))
    assert found[0] == found[1] == found[2]
    assert len(found[0]["inspections"]) > 5
    assert [row[0] for row in found[0]["duplicates"]] == ["000-cut.txt"]
