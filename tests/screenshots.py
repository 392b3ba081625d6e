"""The pictures of the README: `make screenshots` takes them, of the articles of `corpus/sample`, in Debian's Chromium."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from test_web import CHROMIUM, QUIET, opened, served

from pipeline import database
from pipeline.ingest import Options, found, ingest

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
HEIGHT = {1280: 800, 390: 780}
MOST = "SELECT {0} FROM {1} GROUP BY {0} ORDER BY count(*) DESC, {0} LIMIT 1"  # the one that has most to show
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
    with tempfile.TemporaryDirectory() as work, sync_playwright() as running:
        path = Path(work) / "records.db"
        options = Options(dumps=(str(SAMPLE),))
        with database.opened(path, create=True) as db:
            ingest(options, found(options), db)
            known = {
                name: db.execute(MOST.format(f"{name}_id", table)).fetchone()[0]
                for name, table in (("council", "inspections"), ("article", "mentions"), ("record", "findings"))
            }
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        folder.mkdir(parents=True, exist_ok=True)
        with served(path) as link:
            for name, (address, width, scheme) in PICTURES.items():
                with opened(browser, link, width, scheme) as page:
                    page.set_viewport_size({"width": width, "height": HEIGHT[width]})
                    page.goto(page.base + address.format(**known))
                    page.screenshot(path=folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
