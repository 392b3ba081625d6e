"""What writing a dataset costs, by format: CPU seconds, peak memory and size, of a made-up database: `--findings 1000000`.

Prints a table in markdown; the exit code is 1 if a format needed more than 1 GB of memory.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.database import opened
from pipeline.export import EXPORTERS

PROGRAM = (sys.executable, "-c", "from pipeline.cli import main; main()", "export")
PER_RECORD, RECORDS, RATINGS, COUNCILS = 5, 2, 4, 150  # findings a record, records an article, grades a record
WORDS = "Inspectors found that plans for children number {} are too often late and seldom say what has to change. "
SENTENCES = 40  # of an article
MEMORY = 1000  # MB
SPAN = {"start": 0, "end": 10, "text": "Inspectors", "field": "body", "inferred": 0}


def fill(path: Path, findings: int) -> None:
    """Make a database with at least so many findings, all from articles of a usual length."""
    with opened(path, create=True) as db:
        db.table("articles").disable_fts()  # no export looks at the index of words
        db.table("findings").disable_fts()
        councils = [{"id": f"council-{number}", "name": f"Council {number}"} for number in range(COUNCILS)]
        db.table("councils").insert_all(councils)
        for number in range(-(-findings // (PER_RECORD * RECORDS))):
            for table, row in _article(number):
                names = ", ".join(f'"{name}"' for name in row)
                sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})"
                db.conn.execute(sql, list(row.values()))
        db.conn.commit()


def _article(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one article: table and columns."""
    source, article = f"{number}.txt", f"{number:016x}"
    lists = dict.fromkeys(("captions", "authors", "tags"), "[]")
    yield "inputs", {"source": source, "key": ""}
    yield "articles", {
        "article_id": article, "source": source, "publisher": "cypnow", "layout": "made-up", "title": f"Story {number}",
        "url": f"https://example.org/{number}", "published": "2016-05-09", "truncated": 0, "relevant": 1, "sha256": article * 4,
        "body": "".join(WORDS.format(number + place) for place in range(SENTENCES)), **lists,
    }  # fmt: skip
    for place in range(RECORDS * PER_RECORD):
        start = place * len(WORDS)
        yield "mentions", {
            "article_id": article, "mention": place, "kind": "finding", "id": "weakness", "values": '["planning"]',
            "start": start, "end": start + 60, "text": "x" * 60, "field": "body", "quoted": 0, "rule": "made-up", "cues": "[]",
        }  # fmt: skip
    for place in range(RECORDS):
        yield from _record(
            article, f"{article}-{place}", f"council-{(number if number % 10 else number + place) % COUNCILS}"
        )


def _record(article: str, record: str, council: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of one record."""
    evidence = {f"evidence_{name}": value for name, value in SPAN.items()}
    yield "inspections", {
        "record_id": record, "schema_version": "1.0", "article_id": article, "council_id": council, "inspectorate": "Ofsted",
        "kind": "inspection", "role": "current", "date": "2016-05", "date_basis": "reported", "confidence": 0.7,
        "review": "unreviewed", "extractor_version": "0",
        **{f"evidence_{what}_{name}": value for what in ("council", "reported") for name, value in SPAN.items()},
    }  # fmt: skip
    for place in range(RATINGS):
        grade = {"area": "overall", "grade": "good", "verbatim": "good", "scale": "sif"}
        yield "ratings", {"record_id": record, "rating": place, **grade, **evidence}
    for place in range(PER_RECORD):
        text = WORDS.format(place)
        said = {
            "polarity": "weakness",
            "themes": '["planning", "timeliness"]',
            "text": text,
            "attribution": "inspectors",
            "quoted": 0,
        }
        yield "findings", {"record_id": record, "finding": place, **said, **evidence, "evidence_text": text}


def measure(db: Path, out: Path, format: str) -> tuple[float, float, float]:
    """CPU seconds, peak memory and size of the files, in MB, of one export in a process of its own."""
    text = ["--text", "full"] if format == "spacy" else []
    command = [*PROGRAM, str(out), "--db", str(db), "--format", format, *text]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"export --format {format} ended with {process.returncode}; expected 0")
    size = sum(path.stat().st_size for path in out.rglob("*.*"))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, size / 1e6


def main() -> None:
    """Make the database unless it is there, export it in each format, and fail if one needed too much memory."""
    parser = argparse.ArgumentParser(description="What writing a dataset costs, by format.")
    parser.add_argument("work", type=Path, help="a folder for the database and the exports")
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--format", action="append", choices=EXPORTERS, help="one format; may be repeated")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    db = given.work / f"{given.findings}.db"
    if not db.exists():
        fill(db, given.findings)
    print("| format | CPU seconds | peak MB | size MB |\n| --- | --- | --- | --- |")
    most = 0.0
    for format in given.format or EXPORTERS:
        seconds, peak, size = measure(db, given.work / format, format)
        print(f"| {format} | {seconds:.0f} | {peak:.0f} | {size:.0f} |", flush=True)
        most = max(most, peak)
    sys.exit(most > MEMORY)


if __name__ == "__main__":
    main()
