"""How long finding twins takes as the database grows: `python -m benchmarks.placing` prints seconds per 1,000 articles.

Articles are those of `benchmarks/archive.py`, taken as if cleaned and with nothing read from them, so that only
looking up, comparing and storing is timed.
"""

import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.archive import Plan, draft
from pipeline.clean import article_id
from pipeline.database import opened
from pipeline.extraction import Extraction
from pipeline.place import place
from pipeline.store import Copy
from schemas.article import Article

SIZES = (2_000, 20_000)  # stored articles
STEP = 1_000


def made(plan: Plan) -> Iterator[Article]:
    """The articles of an archive; of the documents that are to be twins, the first paragraphs of an earlier one."""
    for number in range(plan.articles):
        twin = plan.kind(number) == "twin"
        parts = draft(plan, number // 2 if twin else number)
        body = "\n\n".join(parts.paragraphs[:4] if twin else parts.paragraphs)
        publisher = "cypnow" if parts.publisher == "cypnow" else "communitycare"
        yield Article(
            article_id=article_id(publisher, body), source=str(number), publisher=publisher, layout="toy", body=body,
            title=parts.title, url=f"https://{parts.url}/{number}", sha256=f"{number:064}",
        )  # fmt: skip


def seconds(path: Path, articles: Iterator[Article]) -> list[float]:
    """Processor seconds for placing each thousand articles, in turn."""
    found = [0.0]
    with opened(path, create=True) as db:
        for number, article in enumerate(articles, 1):
            start = time.process_time()
            with db.atomic():
                waiting = [Copy(article, "")]
                while waiting:
                    copy = waiting.pop()
                    waiting += place(db, copy, partial(Extraction, copy.article))
            found[-1] += time.process_time() - start
            if number % STEP == 0:
                found.append(0.0)
    return found


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "placing.db")
        found = seconds(path, made(Plan(max(SIZES) + STEP)))
        few, many = (found[size // STEP] for size in SIZES)
        print("seconds per 1,000:", " ".join(f"{each:.1f}" for each in found[:-1]))
        print(f"{SIZES[0]} stored: {few:.2f}; {SIZES[1]} stored: {many:.2f}; ratio {many / few:.2f}")
        print(f"{path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
