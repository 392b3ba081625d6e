"""What must hold for any bytes, and a fuzzer that looks for bytes for which it does not: `make fuzz`.

A find is written to `crash-*`; it becomes a case of `tests/hostile.py` or `tests/test_read.py`.
"""

import sys
import tempfile
from pathlib import Path

from pipeline.clean import clean
from pipeline.read import documents, raw_article
from schemas.reject import Rejected


def taken(path: Path) -> int:
    """How many documents there are in a file; fails if one gives neither an article whose spans hold nor a reject."""
    sources = set()
    for document in documents([str(path)], {}):
        assert document.source not in sources
        sources.add(document.source)
        try:
            article = clean(raw_article(document))
        except Rejected:
            continue
        assert article.body == article.body.strip() != ""
        assert not {"\0", "\r"} & set(article.body)
        article.model_dump_json()  # fails on a lone surrogate
    return len(sources)


def main() -> None:
    """Fuzz with the arguments of libFuzzer."""
    import atheris  # noqa: PLC0415 - an extra

    atheris.instrument_all()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any"

        def once(data: bytes) -> None:
            file.write_bytes(data)
            assert taken(file) > 0

        atheris.Setup(sys.argv, once)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
