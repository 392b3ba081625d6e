"""How fast pages are in a large database: `python -m benchmarks.pages WORK --articles 60000`.

The database is made of rows, not of articles read, which would take hours: those of `corpus/practice`, read once, under
other ids and dates, a tenth of them with their records. Each page is asked for in the process, without a network; the
median is set beside that of Datasette's plain table of articles, asked for in turn with it. Exit code 1 if a page takes
300 ms or more, or more than twice as long as the table.
"""

import argparse
import asyncio
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.browse import site as site_of
from pipeline.browse.access import Access
from pipeline.browse.serve import serve
from pipeline.database import opened
from pipeline.ingest import Options, found, ingest
from pipeline.timeline import refresh

ROOT = Path(__file__).parent.parent
LIMIT, TIMES = 0.3, 2.0  # seconds; times the plain table
ID = "substr({0}, 1, 9) || printf('-%06x', :clone)"
COPIED = ("mentions", "inspections", "ratings", "findings", "reasons")  # tables in the order of their foreign keys


def main() -> int:
    """Make the database if it is not there, ask for every page, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="folder for the databases, which are kept")
    parser.add_argument("--articles", type=int, default=60_000)
    parser.add_argument("--relevant", type=float, default=0.1, help="share of the articles that have records")
    parser.add_argument("--base", type=Path, help="a database to make it of, in place of corpus/practice read anew")
    parser.add_argument("--times", type=int, default=15, help="how often each page is asked for")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    path = given.work / f"pages-{given.articles}.db"
    if not path.exists():
        made(path, given.base or _base(given.work), given.articles, given.relevant)
    with opened(path) as db:
        refresh(db)
    return asyncio.run(_measured(path, given.times))


def _base(work: Path) -> Path:
    """The articles of the corpus, read once."""
    path = work / "base.db"
    if not path.exists():
        options = Options(dumps=(str(ROOT / "corpus" / "practice" / "articles"),))
        with opened(path, create=True) as db:
            ingest(options, found(options), db)
    return path


def made(path: Path, base: Path, articles: int, relevant: float) -> None:
    """Write a database of so many articles, made of the rows of another; it appears when it is whole."""
    part = path.with_suffix(".part")
    shutil.copy(base, part)
    with opened(part) as db:
        (size,) = db.execute("SELECT count(*) FROM articles").fetchone()
        db.execute("PRAGMA synchronous = OFF")
        tables = {name: [column.name for column in db.table(name).columns] for name in COPIED}
        for clone in range(1, articles // size + 1):
            _clone(db.conn, clone, tables if clone < articles * relevant / size else {}, articles)
            print(f"\r{min((clone + 1) * size, articles)} articles", end="", file=sys.stderr)
        refresh(db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    part.rename(path)
    print(file=sys.stderr)


def _clone(db: sqlite3.Connection, clone: int, tables: dict[str, list[str]], articles: int) -> None:
    """Add each article of the base once more, at another date, with its rows in the given tables."""
    with db:
        left = {"clone": clone, "left": articles - db.execute("SELECT count(*) FROM articles").fetchone()[0]}
        db.execute("""INSERT INTO inputs (source, "key", run) SELECT source || '-' || :clone, "key", run FROM inputs
            WHERE source IN (SELECT source FROM articles WHERE article_id NOT LIKE '%-%' LIMIT :left)""", left)  # fmt: skip
        columns = [row[1] for row in db.execute("PRAGMA table_info(articles)")]
        changed = {
            "article_id": ID.format("article_id"),
            "source": "source || '-' || :clone",
            "published": "date(published, '-' || (:clone * 17 % 3000) || ' days')",
            "relevant": "relevant" if tables else "0",
        }
        db.execute(f"""INSERT INTO articles ({", ".join(columns)}) SELECT {", ".join(changed.get(c, c) for c in columns)}
            FROM articles WHERE article_id NOT LIKE '%-%' LIMIT :left""", left)  # fmt: skip
        for table, names in tables.items():
            quoted = [f'"{name}"' for name in names]
            values = [ID.format(name) if name in ("article_id", "record_id") else f'"{name}"' for name in names]
            key = "record_id" if "record_id" in names else "article_id"
            db.execute(f"""INSERT INTO {table} ({", ".join(quoted)}) SELECT {", ".join(values)}
                FROM {table} WHERE {key} NOT LIKE '%-%'""", {"clone": clone})  # fmt: skip


def pages(path: Path) -> Iterator[tuple[str, str]]:
    """Every kind of page, with an example of it that has much on it."""
    db = sqlite3.connect(path)
    most = "SELECT {0} FROM {1} GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT 1"
    (article,) = db.execute(most.format("article_id", "mentions")).fetchone()
    (record,) = db.execute(most.format("record_id", "findings")).fetchone()
    (council,) = db.execute(most.format("council_id", "inspections")).fetchone()
    yield "home", "/"
    yield "councils", "/councils"
    yield "chart", "/chart/map_overall"
    yield "council", f"/council/{council}"
    yield "article", f"/article/{article}"
    yield "record", f"/record/{record}"
    yield "findings", "/findings"
    yield "findings on a theme, graded", "/findings?theme=neglect_domestic_abuse&grade=outstanding&polarity=weakness"
    yield "findings on a council", f"/findings?council={council}"
    yield "findings that no filter fits", "/findings?year=2011&grade=requires_improvement&publisher=other"
    yield "search of articles", "/search?q=care+leavers"
    yield "search of findings", "/search?q=care+leavers&in=findings"
    yield "search of a word in most articles", "/search?q=ofsted"
    yield "official record", "/official"
    yield "questions", "/questions"
    yield "question", "/question/unfixed-themes"
    yield "question on a council", f"/question/unfixed-themes?council={council}"
    for order in ("confidence", "disagreement", "random"):
        yield f"queue by {order}", f"/queue?order={order}"


async def _measured(path: Path, times: int) -> int:
    """Ask for each page and for the plain table by turns; print the medians and say whether all are quick enough."""
    site_of.LAG = 0  # each page is made anew each time
    site = serve(path, Access(80, reviewer="benchmark"))
    slow = 0
    print("| page | median, ms | slowest, ms | times the table |\n| --- | --- | --- | --- |")
    for name, address in pages(path):
        seconds: dict[str, list[float]] = {address: [], "/data/articles": []}
        for turn in range(times + 1):
            for each, spent in seconds.items():
                start = time.perf_counter()
                answer = await site.client.get(each)
                if turn:  # the first one warms up
                    spent.append(time.perf_counter() - start)
                if answer.status_code != 200:
                    raise SystemExit(f"{each}: {answer.status_code} {answer.text[:500]}")
        own, table = statistics.median(seconds[address]), statistics.median(seconds["/data/articles"])
        slow += own >= LIMIT or own > TIMES * table
        print(f"| {name} | {own * 1000:.0f} | {max(seconds[address]) * 1000:.0f} | {own / table:.2f} |", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
