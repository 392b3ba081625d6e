"""Reads an archive once whole and once killed on the way, and says whether both came to the same: `--articles 20000 --kills 20`.

The archive is that of `benchmarks/archive.py`. Peak memory is the proportional set size of the program and of every
process that it started, together. Figures go to `endurance.json` in the folder given; the exit code is 1 if a promise
was broken.
"""

import argparse
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from random import Random

from benchmarks.archive import Plan, write_folder

PROGRAM = (sys.executable, "-c", "from pipeline.cli import main; main()")
TABLES = (
    "inputs", "articles", "duplicates", "rejects", "fingerprints", "mentions", "councils", "inspections", "ratings",
    "findings", "reasons",
)  # fmt: skip
OWN = {"run"}  # columns that name the run itself, which no two runs share
MEMORY = 600  # MB
PAUSE = 0.3  # seconds between two looks at the memory


def memory(root: int) -> float:
    """The memory of a process and all below it, in MB; shared pages are counted once among those who share them."""
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        with suppress(OSError):  # it ended while we looked
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            for task in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (task / "children").read_text(encoding="ascii").split())
    return total / 1024


def run(dump: Path, db: Path, options: list[str], seconds: float | None = None) -> tuple[float, bool]:
    """Ingest, killed after so many seconds if it is not done by then; returns the peak memory and whether it was killed."""
    command = [*PROGRAM, "ingest", str(dump), "--db", str(db), *options]
    log = db.with_suffix(".log").open("ab")
    with log, subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True) as process:
        start, peak = time.monotonic(), 0.0
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            if seconds is not None and time.monotonic() - start > seconds:
                process.kill()
            time.sleep(PAUSE)
        _wait_for_workers(process.pid)
    if process.returncode not in (0, -signal.SIGKILL):
        raise SystemExit(f"ingest ended with {process.returncode}; expected 0: see {db.with_suffix('.log')}")
    return peak, process.returncode != 0


def _wait_for_workers(group: int) -> None:
    """Give the workers of a killed program time to notice; those that do not are a fault."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(PAUSE)
    os.killpg(group, signal.SIGKILL)
    raise SystemExit("workers went on for 30 s after their program was killed; expected them to end")


def differences(one: Path, other: Path) -> dict[str, int]:
    """By table, how many rows only one of two databases has."""
    with closing(sqlite3.connect(one)) as db:
        db.execute("ATTACH ? AS other", [str(other)])
        found = {}
        for table in TABLES:
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            columns = ", ".join(f'"{name}"' for name in names if name not in OWN)
            mine, theirs = (f"SELECT {columns} FROM {schema}.{table}" for schema in ("main", "other"))
            both_ways = (f"SELECT count(*) FROM ({a} EXCEPT {b})" for a, b in ((mine, theirs), (theirs, mine)))
            found[table] = sum(db.execute(sql).fetchone()[0] for sql in both_ways)
        return found


def counts(db: Path) -> dict[str, int]:
    """How many rows the tables that account for inputs have."""
    with closing(sqlite3.connect(db)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES[:4]}


def killed(dump: Path, db: Path, options: list[str], kills: int, whole: float) -> tuple[int, float, float]:
    """Ingest with so many kills on the way, at times drawn anew; returns how many there were, the peak and the seconds."""
    random, done, peak, start = Random(4), 0, 0.0, time.monotonic()
    while True:
        seconds = random.uniform(0.5, 1.2) * whole / (kills + 1) if done < kills else None
        most, was_killed = run(dump, db, options, seconds)
        peak, done = max(peak, most), done + was_killed
        if not was_killed:
            return done, peak, time.monotonic() - start


def measure(work: Path, plan: Plan, kills: int, options: list[str]) -> dict[str, object]:
    """All figures of one endurance run."""
    dump, whole, broken = work / "dump", work / "whole.db", work / "killed.db"
    write_folder(plan, dump)
    start = time.monotonic()
    peak, _ = run(dump, whole, options)
    seconds = time.monotonic() - start
    done, peak_killed, seconds_killed = killed(dump, broken, options, kills, seconds)
    rows = counts(broken)
    return {
        "documents": plan.articles, **rows, "whole": counts(whole),
        "accounted": plan.articles == rows["inputs"] == rows["articles"] + rows["duplicates"] + rows["rejects"],
        "kills": done, "rows that differ": differences(whole, broken),
        "seconds": round(seconds), "seconds with kills": round(seconds_killed),
        "peak MB": round(peak), "peak MB with kills": round(peak_killed),
    }  # fmt: skip


def main() -> None:
    """Measure, write the figures, and fail if a promise was broken."""
    parser = argparse.ArgumentParser(description="What is left of a run that is killed on the way.")
    parser.add_argument("work", type=Path, help="a folder for the dump, the databases and endurance.json")
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--relevant", type=float, default=0.03)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("options", nargs="*", help="further options of `ofsted-records ingest`, after --")
    given = parser.parse_args()
    given.work.mkdir(parents=True)
    plan = Plan(given.articles, relevant=given.relevant)
    figures = measure(given.work, plan, given.kills, given.options)
    text = json.dumps(figures, indent=2)
    (given.work / "endurance.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    peak = max(float(str(figures["peak MB"])), float(str(figures["peak MB with kills"])))
    alike = not any(differences(given.work / "whole.db", given.work / "killed.db").values())
    if not (figures["accounted"] and alike and figures["kills"] == given.kills and peak < MEMORY):
        sys.exit(1)


if __name__ == "__main__":
    main()
