"""A file that its reader can't get through costs itself, not the run."""

import threading
import time

import pytest

from pipeline.read import Document, Limits, documents
from pipeline.read.patience import timely
from pipeline.read.reading import Reading

STORY = '{"text": "Hartlepool was rated good."}\n'


def spin():
    end = time.process_time() + 20
    while time.process_time() < end:
        pass


def test_documents_of_a_file_that_hangs_its_reader(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl").write_text(STORY * 3)
    (tmp_path / "b.txt").write_text("A story.")

    def row(self, source, row):
        if source.endswith("#2"):
            spin()
        return Document(source, b"x")

    monkeypatch.setattr(Reading, "row", row)
    began = time.process_time()
    found = list(documents([str(tmp_path)], {}, limits=Limits(seconds=0.3)))
    assert time.process_time() - began < 5
    assert [document.source for document in found] == ["a.jsonl#1", "a.jsonl", "b.txt"]
    assert (found[1].problem.reason, found[2].data) == ("timed-out", b"A story.")


def test_timely_takes_what_falls_between_two_readers():
    def found():
        yield Document("a#1", b"x")
        spin()

    first, last = timely("a", found(), 0.2)
    assert (first.source, last.source, last.problem.reason) == ("a#1", "a", "timed-out")


def test_timely_waits_for_what_costs_no_processor_time():
    def found():
        time.sleep(0.5)
        yield Document("a", b"x")
        time.sleep(0.5)

    assert [document.data for document in timely("a", found(), 0.2)] == [b"x"]


def test_timely_outside_the_main_thread_reads_without_a_limit():
    got = []
    thread = threading.Thread(target=lambda: got.extend(timely("a", iter([Document("a", b"x")]), 0.1)))
    thread.start()
    thread.join()
    assert len(got) == 1


def test_timely_leaves_other_faults_alone():
    def found():
        raise ZeroDivisionError
        yield

    with pytest.raises(ZeroDivisionError):
        list(timely("a", found(), 1))
