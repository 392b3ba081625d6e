"""The site in a real browser: every page at two widths, light and dark, every key, and the review loop end to end."""

import contextlib
import os
import shutil
import socket
import threading
import time

import pytest
from test_browse import ids, path  # noqa: F401 - a fixture

playwright = pytest.importorskip(
    "playwright.sync_api", reason="no browser tests: playwright is missing (pip install playwright)"
)
uvicorn = pytest.importorskip(
    "uvicorn", reason="no browser tests: uvicorn is missing (pip install '.[browse]' in the program's folder)"
)
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
if not shutil.which(CHROMIUM):
    pytest.skip(f"no browser tests: {CHROMIUM} is missing (apt-get install chromium)", allow_module_level=True)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402

from pipeline.browse.access import Access  # noqa: E402
from pipeline.browse.serve import serve  # noqa: E402

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-quic"]  # fmt: skip
LOOKS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
PAGES = ["/", "/councils", "/council/hartlepool", "/article/{article}", "/article/{article}/raw", "/record/{record}",
         "/record/{record}/correct", "/article/{article}/add", "/findings", "/search?q=rated", "/queue", "/queue?order=random",
         "/chart/map_overall", "/questions", "/question/movers", "/question/history?council=Nowhere",
         "/official", "/nothing"]  # fmt: skip
DATASETTES = ["/data", "/data/inspections", "/data/articles?_facet=publisher", "/data?sql=select+*+from+councils"]


@contextlib.contextmanager
def served(path, password=None):  # noqa: F811
    """The site of a database on a free port, in a thread; gives the link that opens it."""
    listening = socket.create_server(("127.0.0.1", 0))
    access = Access(listening.getsockname()[1], password=password, reviewer="Ada")
    server = uvicorn.Server(uvicorn.Config(serve(path, access).app(), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield access.link()
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def chromium():
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def link(path):  # noqa: F811
    with served(path) as link:
        yield link


@contextlib.contextmanager
def opened(chromium, link, width=1280, scheme="light", **options):
    """A page of a browser that opened the link; fails where the console says something is wrong."""
    wrong = []
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
    page = context.new_page()
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: wrong.append(request.url) if not request.url.startswith(link.split("/open")[0]) else None,
    )
    page.base = link.split("/open")[0]
    page.goto(link)
    yield page
    context.close()
    assert [each for each in wrong if "404 (Not Found)" not in each and "400 (Bad Request)" not in each] == []


def addresses(path, given):  # noqa: F811
    article = ids(path, "SELECT article_id FROM articles WHERE source = 'one.html'")[0]
    record = ids(path, "SELECT record_id FROM inspections WHERE council_id = 'hartlepool'")[0]
    return [each.format(article=article, record=record) for each in given]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_fit_and_have_no_serious_fault(chromium, link, path, width, scheme):  # noqa: F811
    faults = []
    with opened(chromium, link, width, scheme) as page:
        for address in addresses(path, PAGES):
            page.goto(page.base + address)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append((address, "wider than the screen"))
            found = Axe().run(page).response["violations"]
            faults += [
                (address, each["id"], each["nodes"][0]["html"][:200])
                for each in found
                if each["impact"] in ("serious", "critical")
            ]
    assert faults == []


def test_datasettes_pages_work_under_their_policy(chromium, link, path):  # noqa: F811
    with opened(chromium, link) as page:
        for address in DATASETTES:
            page.goto(page.base + address)
        page.wait_for_selector(".CodeMirror")
        page.goto(page.base + "/data/inspections")
        page.click("header >> text=Councils")
        assert page.title() == "Councils · Ofsted records"


def test_keys_go_through_the_mentions_of_an_article(chromium, link, path):  # noqa: F811
    (address,) = addresses(path, ["/article/{article}"])
    with opened(chromium, link) as page:
        page.goto(page.base + address)
        seen = []
        for key in ("]", "]", "]", "["):
            page.keyboard.press(key)
            seen.append(page.evaluate("document.activeElement.querySelector('.t').textContent"))
            assert page.locator(".tip:visible").count() == 1
        assert seen == ["Hartlepool", "good", "2016-05", "good"]


def test_review_loop_by_keys(chromium, link, path):  # noqa: F811
    decisions = "SELECT decision FROM reviews ORDER BY decided"
    with opened(chromium, link) as page:
        page.goto(page.base + "/queue?order=random")
        first = page.locator("aside h2").inner_text()
        page.keyboard.press("n")
        page.wait_for_url("**after=*")
        assert page.locator("aside h2").inner_text() != first
        page.goto(page.base + "/queue?order=random")
        page.keyboard.press("a")
        page.wait_for_url("**done=accept")
        assert ids(path, decisions) == ["accept"]
        page.keyboard.press("u")
        page.wait_for_url("**at=*")
        assert page.locator("aside h2").inner_text() == first
        assert ids(path, "SELECT count(*) FROM reviews WHERE withdrawn IS NULL") == [0]
        page.keyboard.press("r")
        page.wait_for_url("**done=reject")
        assert ids(path, decisions) == ["accept", "reject"]
        page.keyboard.press("c")
        page.wait_for_url("**/correct?order=random")


def test_words_selected_in_the_article_are_given_by_their_place(chromium, link, path):  # noqa: F811
    (address,) = addresses(path, ["/record/{record}/correct"])
    with opened(chromium, link) as page:
        page.goto(page.base + address)
        page.focus("textarea[name='finding.0.words']") if page.locator("details.row-of[open]").count() else None
        page.click("details.row-of >> nth=0 >> summary")
        page.focus("textarea[name='finding.0.words']")
        page.evaluate("""() => {
            const words = document.querySelector(".body .m-strength .t").firstChild;
            const range = document.createRange();
            range.setStart(words, 11); range.setEnd(words, 18);
            getSelection().removeAllRanges(); getSelection().addRange(range);
            document.dispatchEvent(new PointerEvent("pointerup"));
        }""")
        assert page.input_value("textarea[name='finding.0.words']") == "praised"
        page.click("button.main")
        page.wait_for_url("**/record/*")
    assert ids(path, "SELECT text FROM findings") == ["praised"]


def test_citation_is_copied_by_a_button(chromium, link):
    with opened(chromium, link, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(page.base + "/findings")
        page.click(".cite summary >> nth=0")
        page.click(".cite button >> nth=0")
        page.wait_for_selector("text=Copied")
        assert page.evaluate("navigator.clipboard.readText()") == page.inner_text(".citation >> nth=0")


def test_review_works_without_scripts(chromium, link, path):  # noqa: F811
    with opened(chromium, link, java_script_enabled=False) as page:
        page.goto(page.base + "/queue")
        page.click("text=Accept")
        assert "done=accept" in page.url
        page.click("text=Take back")
        page.click("text=Reject")
    assert ids(path, "SELECT decision FROM reviews ORDER BY decided") == ["accept", "reject"]


def test_sign_in_on_another_host(chromium, path):  # noqa: F811
    with served(path, "open sesame") as link, opened(chromium, link) as page:
        page.context.clear_cookies()
        page.goto(page.base + "/findings")
        assert page.title() == "Sign in · Ofsted records"
        page.fill("#name", "Grace")
        page.fill("#password", "open sesame")
        page.click("main button")
        assert "You review as Grace." in page.inner_text("footer")
