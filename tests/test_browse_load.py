"""The site while an ingest writes to its database: no error, no decision lost. `python -m benchmarks.requests` sends 10,000."""

import shutil
import socket
from contextlib import closing
from pathlib import Path

from test_browse import ids, path  # noqa: F401 - a fixture

from benchmarks.requests import DECIDES, measured
from pipeline.cli_browse import _bound

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"


def test_requests_while_an_ingest_writes_are_answered_and_no_decision_is_lost(path, tmp_path):  # noqa: F811
    dump = tmp_path / "dump"
    dump.mkdir()
    for file in sorted(SAMPLE.iterdir())[:4]:
        shutil.copy(file, dump)
    sent = measured(path, dump, 120, 4)
    assert (sent.errors, sent.lost) == ([], [])
    assert len(sent.seconds) == 120
    assert sorted(sent.notes) == sorted(f"decision {number}" for number in range(0, 120, DECIDES))
    assert len(ids(path, "SELECT * FROM runs")) >= 1


def test_link_is_answered_as_soon_as_it_is_printed():
    with _bound("127.0.0.1", 0) as listening, closing(socket.create_connection(listening.getsockname(), 5)) as caller:
        assert caller.getpeername() == listening.getsockname()
