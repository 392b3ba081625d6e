"""Whether the site holds while an ingest writes: `python -m benchmarks.requests WORK` sends 10,000 requests over 60 s.

The site and the ingest are programs of their own, started as a user starts them; the ingest reads the corpus again and
again, so it also writes the very articles that decisions are about. One request in twenty decides on a record, under a note
of its own. Exit code 1 if an answer is an error, or if a decision that was answered is not in the database afterwards.
"""

import argparse
import asyncio
import re
import sqlite3
import statistics
import subprocess
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import httpx

from benchmarks.endurance import PROGRAM
from benchmarks.pages import pages
from pipeline.database import opened
from pipeline.ingest import Options, found, ingest

ARTICLES = Path(__file__).parent.parent / "corpus" / "practice" / "articles"
AT_ONCE = 8  # requests that wait for their answer
DECIDES = 20  # one request in so many is a decision
PATIENCE = 60  # seconds for an answer, and for the site to start


@dataclass
class Sent:
    """What came of the requests."""

    seconds: list[float] = field(default_factory=list)
    """How long each answer took."""
    errors: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Those of decisions that were answered as taken."""
    lost: list[str] = field(default_factory=list)
    """Those of them that are not in the database."""
    took: float = 0
    runs: int = 0
    """Runs of the ingest that came to their end meanwhile."""


def main() -> int:
    """Read the corpus into a database, send the requests, print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="folder for the database, which is made anew")
    parser.add_argument("--requests", type=int, default=10_000, help="how many are sent; [default: 10000]")
    parser.add_argument("--seconds", type=float, default=60, help="that they are spread over, or more; [default: 60]")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    path = given.work / "requests.db"
    for file in given.work.glob("requests.db*"):
        file.unlink()
    options = Options(dumps=(str(ARTICLES),))
    with opened(path, create=True) as db:
        ingest(options, found(options), db)
    sent = measured(path, ARTICLES, given.requests, given.seconds)
    parts = statistics.quantiles(sent.seconds, n=100)
    print(
        f"{len(sent.seconds):,} requests in {sent.took:.0f} s, {len(sent.seconds) / sent.took:.0f} a second "
        f"({given.requests / given.seconds:.0f} asked for), while {sent.runs} runs of the ingest ended: "
        f"{len(sent.errors)} errors, {len(sent.notes)} decisions, {len(sent.lost)} lost; median {parts[49] * 1000:.0f} ms, "
        f"95 in 100 under {parts[94] * 1000:.0f} ms, 99 in 100 under {parts[98] * 1000:.0f} ms, "
        f"slowest {max(sent.seconds) * 1000:.0f} ms"
    )
    for error in [*sent.errors, *sent.lost][:10]:
        print(error, file=sys.stderr)
    return 1 if sent.errors or sent.lost else 0


def measured(path: Path, dump: Path, requests: int, seconds: float) -> Sent:
    """Serve a database, keep an ingest of a dump writing to it, send so many requests, and see what was kept."""
    with _site(path) as link:
        sent = asyncio.run(_all(path, dump, link, requests, seconds))
    with opened(path) as db:
        kept = {note for (note,) in db.execute("SELECT note FROM reviews")}
    sent.lost = [note for note in sent.notes if note not in kept]
    return sent


@contextmanager
def _site(path: Path) -> Iterator[str]:
    """The program `browse`; gives the link that it prints."""
    command = [*PROGRAM, "browse", "--db", str(path), "--port", "0", "--reviewer", "benchmark"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield next(line.strip() for line in process.stderr or () if "/open?token=" in line)
        finally:
            process.terminate()


async def _all(path: Path, dump: Path, link: str, requests: int, seconds: float) -> Sent:
    """Send the requests, from several at once, while the ingest goes on."""
    sent = Sent()
    with sqlite3.connect(path) as db:
        records = [record for (record,) in db.execute("SELECT record_id FROM inspections ORDER BY record_id")]
    asked = list(zip(range(requests), cycle(address for _, address in pages(path)), cycle(records), strict=False))[::-1]
    base, writing = link.split("/open", maxsplit=1)[0], asyncio.create_task(_write(path, dump, sent))
    async with httpx.AsyncClient(base_url=base, headers={"origin": base}, timeout=PATIENCE) as client:
        await client.get(link)
        form = await client.get(f"/record/{records[0]}")
        (token, *_) = re.findall(r'name="csrftoken" value="([^"]+)"', form.text)
        start = time.monotonic()

        async def sender() -> None:
            while asked:
                number, address, record = asked.pop()
                await asyncio.sleep(start + number * seconds / requests - time.monotonic())
                if number % DECIDES:
                    await _timed(sent, client.get(address), 200)
                    continue
                note = f"decision {number}"
                data = {"csrftoken": token, "decision": "accept", "note": note}
                if await _timed(sent, client.post(f"/record/{record}/decide", data=data), 303):
                    sent.notes.append(note)

        await asyncio.gather(*(sender() for _ in range(AT_ONCE)))
        sent.took = time.monotonic() - start
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    return sent


async def _timed(sent: Sent, request: Awaitable[httpx.Response], expected: int) -> bool:
    """Note how long an answer took, and whether it was the one expected."""
    start = time.monotonic()
    try:
        answer = await request
    except httpx.HTTPError as error:
        sent.errors.append(repr(error))
        return False
    finally:
        sent.seconds.append(time.monotonic() - start)
    if answer.status_code != expected:
        sent.errors.append(f"{answer.request.method} {answer.url}: {answer.status_code} {answer.text[:300]}")
    return answer.status_code == expected


async def _write(path: Path, dump: Path, sent: Sent) -> None:
    """The program `ingest`, reading a dump again and again, until nobody waits for it any more."""
    command = [*PROGRAM, "ingest", str(dump), "--again", "--db", str(path), "--processes", "1"]
    while True:
        process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:
            process.terminate()
            await process.wait()
            raise
        sent.runs += 1
        if process.returncode:
            sent.errors.append(f"ingest ended with {process.returncode}: {said.decode()[-300:]}")
            return


if __name__ == "__main__":
    sys.exit(main())
