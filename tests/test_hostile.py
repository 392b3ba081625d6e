"""Files made to hurt: each ends in rejects with a reason or is read right, within ten seconds and 500 MB."""

import json
import os
import subprocess
import sys
from pathlib import Path

import hostile
import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[str], float, int]]:
    folder = tmp_path_factory.mktemp("hostile")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}
    command = [sys.executable, str(HERE / "hostile.py"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(hostile.CASES), done.stderr
    return {name: (found, seconds, memory) for name, found, seconds, memory in lines}


@pytest.mark.parametrize("name", hostile.CASES)
def test_hostile_file_is_rejected_or_read_right(name: str, taken: dict[str, tuple[list[str], float, int]]) -> None:
    found, seconds, memory = taken[name]
    assert found == hostile.CASES[name][1]
    assert seconds < 10  # of a processor: other work on the machine does not count
    assert memory < 500
