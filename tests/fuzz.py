"""Looks for bytes for which `promise.taken` does not hold: `make fuzz`, with the arguments of libFuzzer.

A find is written to a file `crash-...`; it becomes a case of `tests/hostile.py` or `tests/test_read.py`.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from promise import taken


def main() -> None:
    """Fuzz until the time is up or a promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any"

        def once(data: bytes) -> None:
            file.write_bytes(data)
            assert taken(file) > 0

        atheris.Setup(sys.argv, once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
