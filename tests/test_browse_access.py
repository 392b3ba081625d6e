"""Who may read, who may write, and what an answer lets a browser do; decisions sent as a browser sends them."""

# ruff: noqa: F811 - fixtures of another module; what pages say stands on one line
import asyncio
import re
import sqlite3

import httpx
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from test_browse import EVIL, article_id, ids, path, site, words  # noqa: F401 - fixtures
from test_browse import soup as read

from pipeline.browse.access import Access
from pipeline.browse.policy import OURS
from pipeline.browse.serve import serve
from pipeline.browse.site import SITES
from pipeline.cli_browse import browse
from pipeline.database import opened

HERE = "http://localhost"


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr("pipeline.browse.sign_in.PAUSE", 0)


class Browser:
    """Somebody at a browser: cookies are kept, the token of a form is sent with it."""

    def __init__(self, site, base=HERE):
        self.site, self.base, self.cookies = site, base, httpx.Cookies()

    def ask(self, method, address, **options):
        async def asking():
            transport = httpx.ASGITransport(app=self.site.app())
            async with httpx.AsyncClient(transport=transport, base_url=self.base, cookies=self.cookies) as client:
                answer = await client.request(method, address, **options)
                self.cookies = client.cookies
                return answer

        return asyncio.run(asking())

    def get(self, address, **options):
        return self.ask("GET", address, **options)

    def post(self, address, data, **options):
        return self.ask("POST", address, data=data, **options)

    def form(self, address):
        """The fields of the form of a page that is sent by post, and where it is sent."""
        form = BeautifulSoup(self.get(address).text, "lxml").select_one("main form[method=post]:not(.done)")
        fields = {
            each["name"]: each.get("value", "") for each in form.select("input[name]") if each.get("type") != "checkbox"
        }
        fields |= {each["name"]: each.text for each in form.select("textarea")}
        for each in form.select("select"):
            chosen = [option["value"] for option in each.select("option[selected]")]
            first = each.select_one("option")["value"]
            fields[each["name"]] = chosen if each.has_attr("multiple") else (chosen or [first])[0]
        return form.get("action", address), {name: value for name, value in fields.items() if value != []}


@pytest.fixture
def reviewer(site):
    browser = Browser(site)
    answer = browser.get("/open?token=secret")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    return browser


@pytest.fixture
def record(path):
    return ids(path, "SELECT record_id FROM inspections WHERE council_id = 'hartlepool'")[0]


def state(path, record):
    return ids(path, f"SELECT review FROM inspections WHERE record_id = '{record}'"), ids(
        path, "SELECT decision FROM reviews"
    )


UNTOUCHED = (["unreviewed"], [])


@pytest.mark.parametrize(
    "address", ["/", "/search?q=<script>", "/nothing", "/static/site.css", "/open?token=x", "/charts.css"]
)
def test_our_pages_come_with_a_strict_policy(site, address):
    headers = Browser(site).get(address).headers
    assert headers["content-security-policy"] == OURS
    assert "unsafe" not in OURS
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/data", "/data/articles", "/data?sql=select+1", "/-/versions"])
def test_datasettes_scripts_are_allowed_by_their_digests_alone(site, address):
    policy = Browser(site).get(address).headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)[1].split()
    assert scripts[0] == "'self'"
    assert all(each.startswith("'sha256-") for each in scripts[1:])
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("address", ["/", "/article/{}", "/findings", "/queue", "/chart/map_overall"])
def test_our_pages_hold_nothing_that_their_policy_forbids(site, path, address):
    page = read(site, address.format(article_id(path)))
    assert [script.get("src") for script in page.select("script")] == ["/static/site.js"]
    assert page.select("style, [style], [onclick], [onload], iframe, object, base") == []
    assert [each["src"] for each in page.select("img[src]") if not each["src"].startswith("/")] == []


def test_link_gives_a_cookie_that_scripts_and_other_sites_do_not_get(site):
    answer = Browser(site).get("/open?token=secret")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("ofsted_records_80=")
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()
    assert "secret" not in cookie


@pytest.mark.parametrize("address", ["/open", "/open?token=", "/open?token=Secret", "/open?token=secret%00"])
def test_wrong_link_gives_nothing(site, address):
    answer = Browser(site).get(address)
    assert answer.status_code == 403
    assert "ofsted_records" not in answer.headers.get("set-cookie", "")


def test_reviewer_accepts_and_takes_back(reviewer, path, record):
    action, fields = reviewer.form(f"/record/{record}")
    answer = reviewer.post(action, fields | {"decision": "accept", "note": f"as said {EVIL}"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/record/{record}")
    assert state(path, record) == (["accepted"], ["accept"])
    page = reviewer.get(f"/record/{record}")
    assert EVIL not in page.text
    assert f"accepted by Ada {EVIL}" in words(BeautifulSoup(page.text, "lxml").select_one(".decisions"))
    action, fields = reviewer.form(f"/record/{record}")
    reviewer.post(action, fields | {"decision": "undo"})
    assert state(path, record) == (["unreviewed"], ["accept"])


def test_reviewer_rejects_and_takes_back(reviewer, path, record):
    action, fields = reviewer.form(f"/record/{record}")
    reviewer.post(action, fields | {"decision": "reject"})
    assert state(path, record)[0] == []
    assert "This record was rejected" in reviewer.get(f"/record/{record}").text
    assert len(ids(path, "SELECT 1 FROM timeline WHERE council_id = 'hartlepool'")) == 0
    action, fields = reviewer.form(f"/record/{record}")
    reviewer.post(action, fields | {"decision": "undo"})
    assert state(path, record)[0] == ["unreviewed"]
    assert len(ids(path, "SELECT 1 FROM timeline WHERE council_id = 'hartlepool'")) == 1


@pytest.mark.parametrize(
    ("change", "sql", "expected"),
    [
        ({"rating.0.grade": "outstanding"}, "SELECT grade FROM ratings WHERE record_id = :r", "outstanding"),
        (
            {"reported": "2016-06", "reported.words": "2016-05"},
            "SELECT date FROM inspections WHERE record_id = :r",
            "2016-06",
        ),
        ({"kind": "reinspection"}, "SELECT kind FROM inspections WHERE record_id = :r", "reinspection"),
        (
            {"council": "rutland", "council.words": "Hartlepool"},
            "SELECT council_id FROM inspections WHERE record_id = :r",
            "rutland",
        ),
        ({"finding.0.polarity": "weakness"}, "SELECT polarity FROM findings WHERE record_id = :r", "weakness"),
        (
            {"finding.0.words": "Inspectors … it"},
            "SELECT text FROM findings WHERE record_id = :r",
            "Inspectors praised it",
        ),
        ({"finding.0.themes": ["planning"]}, "SELECT themes FROM findings WHERE record_id = :r", '["planning"]'),
        ({"finding.0.polarity": ""}, "SELECT count(*) FROM findings WHERE record_id = :r", 0),
    ],
)
def test_reviewer_corrects_any_field(reviewer, path, record, change, sql, expected):
    action, fields = reviewer.form(f"/record/{record}/correct")
    answer = reviewer.post(action, fields | change)
    assert answer.status_code == 303, answer.text
    assert ids(path, sql.replace(":r", f"'{record}'")) == [expected]
    assert state(path, record) == (["corrected"], ["correct"])


def test_form_sent_as_it_came_corrects_nothing_and_says_so(reviewer, path, record):
    action, fields = reviewer.form(f"/record/{record}/correct")
    answer = reviewer.post(action, fields)
    assert answer.status_code == 409
    assert "Nothing was changed in the form" in answer.text
    assert state(path, record) == UNTOUCHED


def test_reviewer_adds_a_record_by_its_words(reviewer, path):
    article = article_id(path, "three.html")
    action, fields = reviewer.form(f"/article/{article}/add")
    given = {"selected.words": "Nothing of it.", "council": "Rutland", "kind": "inspection", "role": "current",
             "rating.0.area": "overall", "rating.0.grade": "good"}  # fmt: skip
    answer = reviewer.post(action, fields | given)
    assert answer.status_code == 303, answer.text
    assert ids(path, f"SELECT council_id FROM inspections WHERE article_id = '{article}'") == ["rutland"]


def test_decision_on_what_is_another_record_by_now_is_not_taken(reviewer, path, record):
    action, fields = reviewer.form(f"/record/{record}")
    reviewer.post(
        *reviewer.form(f"/record/{record}/correct")[:1],
        reviewer.form(f"/record/{record}/correct")[1] | {"kind": "jtai", "rating.0.grade": ""},
    )
    answer = reviewer.post(action, fields | {"decision": "accept"})
    assert answer.status_code == 409
    assert state(path, record)[0] == ["corrected"]


def test_queue_goes_from_record_to_record(reviewer, path):
    seen = []
    address = "/queue?order=random"
    while (page := BeautifulSoup(reviewer.get(address).text, "lxml")).select_one(".decide"):
        action, fields = reviewer.form(address)
        seen.append(action.split("/")[2])
        answer = reviewer.post(action, fields | {"decision": "accept"})
        address = answer.headers["location"]
        assert address == f"/queue?order=random&after={seen[-1]}&done=accept"
    assert "No record of this order waits" in page.text
    SITES[reviewer.site].remembered.clear()
    page = BeautifulSoup(reviewer.get(address).text, "lxml")
    assert sorted(seen) == sorted(ids(path, "SELECT record_id FROM inspections"))
    assert ids(path, "SELECT DISTINCT drawn FROM reviews") == ["random"]
    assert "Of 3 records drawn at random 3 were right" in words(page.main)


@pytest.mark.parametrize("address", ["/record/{}/decide", "/record/{}/correct"])
@pytest.mark.parametrize(
    "fault", ["no cookie", "forged cookie", "no csrf", "foreign origin", "null origin", "cross-site", "host"]
)
def test_nobody_else_decides(reviewer, path, record, address, fault):
    _, fields = reviewer.form(f"/record/{record}")
    data, headers = fields | {"decision": "accept", "kind": "jtai"}, {"origin": HERE}
    if fault == "no cookie":
        reviewer.cookies = httpx.Cookies()
    if fault == "forged cookie":
        reviewer.cookies.set("ofsted_records_80", '{"id":"Ada"}.x', domain="localhost.local")
        reviewer.cookies = httpx.Cookies({"ofsted_records_80": '{"id":"Ada"}.x', "ds_csrftoken": data["csrftoken"]})
    if fault == "no csrf":
        del data["csrftoken"]
    headers |= {"foreign origin": {"origin": "https://example.com"}, "null origin": {"origin": "null"},
                "cross-site": {"sec-fetch-site": "cross-site"}, "host": {"host": "evil.example"}}.get(fault, {})  # fmt: skip
    if fault == "cross-site":
        del headers["origin"]
    answer = reviewer.post(address.format(record), data, headers=headers)
    assert answer.status_code in (403, 421), answer.text
    assert state(path, record) == UNTOUCHED


def test_looking_only_offers_no_decision(site, record):
    looker = Browser(site)
    assert BeautifulSoup(looker.get(f"/record/{record}").text, "lxml").select("main form") == []
    assert looker.get(f"/record/{record}/correct").status_code == 403
    assert "open the link that the program printed" in looker.get("/queue").text


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1:81", ""])
def test_name_of_another_host_is_refused(site, host):
    assert Browser(site).get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("size", ["", "100001", "-1"])
def test_post_of_no_size_or_a_large_one_is_refused(reviewer, record, size):
    answer = reviewer.ask("POST", f"/record/{record}/decide", headers={"content-length": size})
    assert answer.status_code == 413


@pytest.fixture
def abroad(path):
    return Browser(serve(path, Access(8001, "0.0.0.0", "open sesame", token="secret")), "http://records.example:8001")


@pytest.mark.parametrize(
    "address", ["/", "/data", "/data/articles.json", "/-/versions.json", "/article/x", "/static/datasette.css"]
)
def test_on_another_host_nothing_is_read_without_the_password(abroad, address):
    assert abroad.get(address).status_code == 401
    assert abroad.get(address, headers={"accept": "text/html"}).headers["location"] == "/sign-in"


@pytest.mark.parametrize(("password", "name"), [("open", "Bo"), ("", "Bo"), ("open sesame", " ")])
def test_wrong_password_or_no_name_is_refused(abroad, password, name):
    action, fields = abroad.form("/sign-in")
    answer = abroad.post(action, fields | {"password": password, "name": name})
    assert answer.status_code == 403
    assert abroad.get("/").status_code == 401


def test_password_opens_the_site_for_the_name_given(abroad, path, record):
    action, fields = abroad.form("/sign-in")
    assert abroad.post(action, fields | {"password": "open sesame", "name": " Bo  Li "}).status_code == 303
    action, fields = abroad.form(f"/record/{record}")
    assert abroad.post(action, fields | {"decision": "accept"}).status_code == 303
    assert ids(path, "SELECT reviewer FROM reviews") == ["Bo Li"]


def test_two_sites_on_one_machine_have_cookies_of_their_own():
    assert Access(8001).cookie != Access(8002).cookie


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--db", "nothing.db"], "no such database"),
        (["--host", "0.0.0.0"], "--host needs a password: set the environment variable OFSTED_RECORDS_PASSWORD"),
        (["--host", "no.such.host.invalid"], "can't be used"),
    ],
)
def test_command_says_what_is_wrong(path, monkeypatch, arguments, said):
    monkeypatch.delenv("OFSTED_RECORDS_PASSWORD", raising=False)
    if "invalid" in arguments[-1]:
        monkeypatch.setenv("OFSTED_RECORDS_PASSWORD", "x")
    done = CliRunner().invoke(browse, ["--db", str(path), *arguments])
    assert done.exit_code == 1
    assert said in done.output


def test_list_is_given_again_for_a_moment_and_to_nobody_else(site, reviewer, path, record, monkeypatch):
    monkeypatch.setattr("pipeline.browse.site.LAG", 1000)
    someone = Browser(site)
    assert "You review as" not in someone.get("/findings").text
    assert "You review as" in reviewer.get("/findings").text
    with opened(path) as db:
        db.execute("DELETE FROM findings")
        db.conn.commit()
    assert "praised it" in someone.get("/findings").text
    assert "praised it" not in someone.get("/findings?polarity=strength").text
    assert "praised it" not in someone.get(f"/record/{record}").text
    monkeypatch.setattr("pipeline.browse.site.LAG", 0)
    assert "praised it" not in someone.get("/findings").text


def test_answers_that_are_kept_are_few(site, monkeypatch):
    monkeypatch.setattr("pipeline.browse.site.KEPT", 2)
    for asked in "abc":
        Browser(site).get(f"/search?q={asked}")
    assert [address for address, _ in SITES[site].pages] == ["/search?q=b", "/search?q=c"]


def test_reading_goes_on_while_a_run_writes(site, path, record):
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM findings")
    assert Browser(site).get(f"/record/{record}").status_code == 200
    assert SITES[site].path == path
    writer.execute("ROLLBACK")
    writer.close()
