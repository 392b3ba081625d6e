"""The pictures of the README: `make screenshots` takes them, of the articles of `corpus/sample`, in Debian's Chromium."""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from playwright.sync_api import sync_playwright
from test_web import CHROMIUM, QUIET, opened, served

from benchmarks.endurance import PROGRAM

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
HEIGHT = {1280: 580, 390: 780}
MOST = "SELECT {0} FROM {1} GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT 1"  # the one that has most to show
SHOWN = {"council": "inspections", "article": "mentions", "record": "findings"}
PICTURES = {
    "home": ("/", 1280, "light"),
    "council": ("/council/{council}", 1280, "light"),
    "article": ("/article/{article}", 1280, "light"),
    "record": ("/record/{record}", 1280, "light"),
    "findings": ("/findings", 1280, "light"),
    "queue": ("/queue", 1280, "light"),
    "question": ("/question/movers", 1280, "dark"),
    "narrow": ("/council/{council}", 390, "light"),
}


def main(folder: Path) -> None:
    """Read the sample into a database that is thrown away, and take every picture."""
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "records.db"
        subprocess.run([*PROGRAM, "ingest", str(SAMPLE), "--db", str(path)], check=True, capture_output=True)
        folder.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as running, served(path) as link:
            browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            for name, (address, width, scheme) in addresses(path).items():
                with opened(browser, link, width, scheme) as page:
                    page.set_viewport_size({"width": width, "height": HEIGHT[width]})
                    page.goto(page.base + address)
                    page.screenshot(path=folder / f"{name}.png")
            browser.close()


def addresses(path: Path) -> dict[str, tuple[str, int, str]]:
    """Where each picture is taken, of what has most to show."""
    with closing(sqlite3.connect(path)) as db:
        known = {name: db.execute(MOST.format(f"{name}_id", table)).fetchone()[0] for name, table in SHOWN.items()}
    return {name: (address.format(**known), *look) for name, (address, *look) in PICTURES.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
