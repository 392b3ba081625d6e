"""How fast it is, against others on the same texts: `python -m benchmarks.speed`, or `--quick` for a first look.

Every figure is a ratio of two things measured in turn on this machine, the median of three rounds or more. What runs in one
process is measured in processor time, which other programs on the machine disturb little, and warm before the clock starts:
what the first articles cost once, an archive of thousands does not notice. Figures go to `speed.json` and, by `--write`,
into the README.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from benchmarks.archive import Plan, draft, page
from benchmarks.endurance import PROGRAM

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
SAMPLE = HERE.parent / "corpus" / "sample"
BEGIN, END = "<!-- speed: made by `make bench` -->", "<!-- /speed -->"
PAUSE = 0.1  # seconds between two looks at the memory
WARM = 20  # articles before the clock starts
NOTHING = (sys.executable, "-c", "pass")


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    relevant: int = 100
    mix: int = 500
    pages: int = 200
    scaling: int = 800
    few: int = 5000
    many: int = 50_000
    rounds: int = 5
    long: int = 3
    """Rounds of what takes a minute or more."""


QUICK = Sizes(relevant=15, mix=60, pages=20, scaling=30, few=100, many=300, rounds=2, long=2)


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    what: str
    against: str
    reach: str
    measured: float
    low: float
    high: float
    reached: bool


def texts(plan: Plan, path: Path) -> None:
    """An archive of articles as rows of text."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(plan.articles):
            made = draft(plan, number)
            row = {
                "url": f"https://{made.url}", "publisher": made.publisher, "title": made.title,
                "published": made.published, "authors": list(made.authors), "text": "\n\n".join(made.paragraphs),
            }  # fmt: skip
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def pages(plan: Plan, folder: Path) -> None:
    """An archive of articles as heavy pages."""
    for number in range(plan.articles):
        name, data = page(plan, number)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


# --- what is measured: each is run in a process of its own, and returns seconds by name ---


def ours(dump: Path) -> dict[str, float]:
    """Ingest in this process, from the bytes to the committed row."""
    from pipeline.read import documents

    _warm(dump)
    seconds, stages = _ingested_here(documents([str(dump)], {}))
    return {"seconds": seconds, "store": stages["store"] / sum(stages.values())}


@cache
def _warm(dump: Path) -> None:
    """What a process pays once: the model, and the first articles of each sort."""
    from pipeline.read import documents

    _ingested_here(chain(islice(documents([str(dump)], {}), WARM), documents([str(SAMPLE)], {})))


def _ingested_here(items: Iterable[Any]) -> tuple[float, dict[str, float]]:
    """Seconds of the processor to take documents into a new database in this process, and those of each stage."""
    from pipeline import run
    from pipeline.database import opened
    from pipeline.engines import WORK, attempt

    class Here:
        width = 1

        def submit(self, batch: Sequence[Any]) -> Callable[[], Any]:
            return lambda: attempt(WORK, batch)

    with tempfile.TemporaryDirectory() as folder, opened(Path(folder, "records.db"), create=True) as db:
        start = time.process_time()
        run.ingest(items, db, Here())
        seconds = time.process_time() - start
        (spent,) = db.execute("SELECT seconds FROM runs").fetchone()
        return seconds, json.loads(spent)


def stock(dump: Path) -> dict[str, float]:
    """The full pipeline of the stock model, as its manual says, on the texts alone."""
    import spacy

    from pipeline.annotate import model_name

    nlp = spacy.load(model_name())
    bodies = [json.loads(line)["text"] for line in dump.read_text(encoding="utf-8").splitlines()]
    list(nlp.pipe(bodies[:WARM], batch_size=16))
    start = time.process_time()
    for _ in nlp.pipe(bodies, batch_size=16):
        pass
    return {"seconds": time.process_time() - start}


def trafilatura(dump: Path) -> dict[str, float]:
    """The general extractor alone, on pages that are in memory."""
    from trafilatura import bare_extraction

    found = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(dump.rglob("*.html"))]
    for each in found[:WARM]:
        bare_extraction(each)
    start = time.process_time()
    for each in found:
        bare_extraction(each)
    return {"seconds": time.process_time() - start}


def bodies(dump: Path) -> dict[str, float]:
    """F1 of the words of bodies, ours and the general extractor's, against what the pages were made from."""
    from trafilatura import bare_extraction

    from pipeline.clean import clean
    from pipeline.read import documents, raw_article

    plan = Plan(sum(1 for _ in dump.rglob("*.html")), **PAGES)
    scores: dict[str, list[float]] = {"ours": [], "trafilatura": []}
    for document in documents([str(dump)], {}):
        made = draft(plan, int(Path(document.source).stem))
        if made.paragraphs[0].startswith(made.authors):  # reads like a line on the author, which is no part of a story
            continue
        truth = Counter(" ".join(made.paragraphs).split())
        raw = raw_article(document)
        general = bare_extraction(raw.content)
        for name, text in (("ours", clean(raw).body), ("trafilatura", (general and general.text) or "")):
            words = Counter(text.split())
            common = (words & truth).total()
            scores[name].append(2 * common / (words.total() + truth.total()))
    return {name: statistics.mean(each) for name, each in scores.items()}


PAGES: dict[str, Any] = {"relevant": 0.03, "twins": 0.0, "broken": 0.0, "heavy": True, "seed": 6}
MEASURES: dict[str, Callable[[Path], dict[str, float]]] = {
    each.__name__: each for each in (ours, stock, trafilatura, bodies)
}


def measured(names: Sequence[str], dump: Path, rounds: int) -> list[list[dict[str, float]]]:
    """So many rounds of measurements in turn, in a process of their own with one thread."""
    command = [sys.executable, "-m", "benchmarks.speed", "--measure", ",".join(names), str(dump), str(rounds)]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=os.environ | threads, check=True, capture_output=True, text=True)
    found: list[list[dict[str, float]]] = json.loads(done.stdout)
    return found


def ingested(dump: Path, *options: str) -> dict[str, float]:
    """Seconds of the whole command, and the peak memory of the program and of its largest worker in MB."""
    with tempfile.TemporaryDirectory() as folder:
        command = [*PROGRAM, "ingest", str(dump), "--db", f"{folder}/records.db", *options]
        start = time.perf_counter()
        peaks: Counter[int] = Counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                for each in _below(process.pid):
                    peaks[each] = max(peaks[each], _most(each))
                time.sleep(PAUSE)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise SystemExit(f"ingest ended with {process.returncode}; expected 0")
        return {"seconds": seconds, "parent": peaks.pop(process.pid), "worker": max(peaks.values())}


def _below(root: int) -> Iterator[int]:
    """A process and all that it started, directly or not."""
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _below(int(child))


def _most(process: int) -> int:
    """The most memory that a process has held, in MB."""
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024
    return 0


def clocked(command: Sequence[str]) -> float:
    """Seconds of one short command."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


# --- the table ---


def ratios(rounds: int, one: Callable[[], float], other: Callable[[], float]) -> list[float]:
    """The first measure over the second, in rounds of both."""
    return [one() / other() for _ in range(rounds)]


def figure(what: str, against: str, least: float | None, most: float | None, found: Sequence[float]) -> Figure:
    """A line of the table from the ratios of all rounds."""
    middle = statistics.median(found)
    reach = f"≥ {least:g}" if least is not None else f"≤ {most:g}"
    reached = middle >= least if least is not None else middle <= (most or 0)
    made = Figure(what, against, reach, middle, min(found), max(found), reached)
    print(row(made), flush=True)
    return made


def figures(sizes: Sizes, work: Path) -> Iterator[Figure]:
    """Every figure; `work` holds the archives that are made for it."""
    relevant, mix, heavy = work / "relevant.jsonl", work / "mix.jsonl", work / "pages"
    texts(Plan(sizes.relevant, relevant=1, twins=0, broken=0), relevant)
    texts(Plan(sizes.mix, relevant=0.03, twins=0.1, broken=0), mix)
    pages(Plan(sizes.pages, **PAGES), heavy)

    shares: dict[str, list[float]] = {}
    texts_of = (("all about inspections", relevant, 4, sizes.rounds), ("3% about them", mix, 30, sizes.long))
    for what, dump, least, rounds in texts_of:
        found = measured(("stock", "ours"), dump, rounds)
        shares[what] = [our["store"] for _, our in found]
        made = [other["seconds"] / our["seconds"] for other, our in found]
        yield figure(f"articles/s, text, {what}", "the stock spaCy pipeline alone", least, None, made)
    found = measured(("trafilatura", "ours"), heavy, sizes.rounds)
    made = [other["seconds"] / our["seconds"] for other, our in found]
    yield figure("pages/s, HTML of 50-150 KB, 3% about them", "trafilatura alone", 1.5, None, made)
    ((scores,),) = measured(("bodies",), heavy, 1)
    yield figure("F1 of bodies on these", "trafilatura's", 1, None, [scores["ours"] / scores["trafilatura"]])

    few = work / "scaling.jsonl"
    texts(Plan(sizes.scaling, relevant=0.3, twins=0, broken=0, seed=5), few)
    made = ratios(
        sizes.long,
        lambda: ingested(few, "--processes", "1")["seconds"],
        lambda: ingested(few, "--processes", "2")["seconds"],
    )
    yield figure("articles/s of two processes", "one process", 1.8, None, made)

    runs: dict[int, list[dict[str, float]]] = {sizes.few: [], sizes.many: []}
    for number in runs:
        texts(Plan(number, relevant=0.01, twins=0.1, broken=0, seed=8), work / f"{number}.jsonl")
    for number, repeat in ((sizes.few, sizes.long), (sizes.many, 1)):
        runs[number] += [ingested(work / f"{number}.jsonl") for _ in range(repeat)]
    for name, what in (("seconds", "time per article"), ("parent", "peak memory, parent"), ("worker", "worker")):
        scale = sizes.many / sizes.few if name == "seconds" else 1
        low = statistics.median(each[name] for each in runs[sizes.few])
        against = f"{sizes.few:,} articles"
        yield figure(f"{what}, {sizes.many:,} articles", against, None, 1.1, [runs[sizes.many][0][name] / low / scale])
    most = max(each["worker"] for each in runs[sizes.many])
    yield figure("peak memory of a worker, MB", "", None, 400, [most])
    for what, each in shares.items():
        yield figure(f"writing to SQLite, text, {what}", "the whole", None, 0.15, each)
    for command in (["--help"], ["show", "Sandwell", "--db", str(_small(work))]):
        begun = partial(clocked, [*PROGRAM, *command])
        made = ratios(max(sizes.rounds, 5), begun, partial(clocked, NOTHING))
        yield figure(f"start-up of `{command[0]}`", "`python -c pass`", None, 8, made)


def _small(work: Path) -> Path:
    """A database to show from."""
    path = work / "small.db"
    subprocess.run([*PROGRAM, "ingest", str(SAMPLE), "--db", str(path)], check=True, capture_output=True)
    return path


def row(one: Figure) -> str:
    """A figure as a row of a table."""
    spread = f" ({one.low:.3g}-{one.high:.3g})" if one.high > one.low else ""
    measured = f"{one.measured:.3g}{spread}" + ("" if one.reached else ", not reached")
    return f"| {one.what} | {one.against} | {one.reach} | {measured} |"


def table(found: Sequence[Figure]) -> str:
    """All figures as a table."""
    head = "| what | against | reach | measured: median (least-most) |\n| --- | --- | --- | --- |"
    return "\n".join([head, *map(row, found)])


def written_into(text: str, made: str) -> str:
    """A document with the table between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise SystemExit(f"README: expected the lines {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def main() -> None:
    """Measure everything, print the table, and keep it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few articles and rounds: three minutes; noisy")
    parser.add_argument("--write", action="store_true", help="keep the figures in speed.json and the README")
    parser.add_argument("--few", type=int, help="articles of the smaller archive; 20000 takes a minute")
    parser.add_argument("--many", type=int, help="articles of the larger one; 200000 takes a quarter of an hour")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        names, dump, rounds = given.measure
        found = [[MEASURES[name](Path(dump)) for name in names.split(",")] for _ in range(int(rounds))]
        print(json.dumps(found))
        return
    sizes = QUICK if given.quick else Sizes()
    wanted = {name: getattr(given, name) for name in ("few", "many") if getattr(given, name)}
    with tempfile.TemporaryDirectory() as work:
        made = list(figures(replace(sizes, **wanted), Path(work)))
    if given.write:
        values = [vars(each) for each in made]
        (HERE / "speed.json").write_text(json.dumps(values, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        README.write_text(written_into(README.read_text(encoding="utf-8"), table(made)), encoding="utf-8")


if __name__ == "__main__":
    main()
