"""Scoring: figures of fabricated exports with every kind of miss, frozen here and compared with the reference tool."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.score import ScoreError, Scores, score_export
from pipeline.score_count import Fact, Judged
from pipeline.score_match import agreement, event_of, overlap, pair_claims, pair_events, shingles, words
from pipeline.score_phenomena import PHENOMENA, Case, Row, as_text
from pipeline.score_report import Bin, compare_facts, load_facts, reliability, report, report_json, save_facts

ROOT = Path(__file__).parent.parent
TOOL = ROOT.parent / "shared" / "tools" / "score.py"
WEAK_VISITS = "Visits to children are too rare and seldom recorded in full"
STRONG_STAFF = "Social workers know their children well and speak of them warmly"
WEAK_PLANS = "Plans are vague and hardly ever have dates"


def finding(text: str, polarity: str = "weakness", themes: tuple[str, ...] = ("practice",)) -> dict[str, Any]:
    return {"polarity": polarity, "themes": list(themes), "text": text, "quote": text}


def event(council: str, **values: Any) -> dict[str, Any]:
    defaults = {
        "role": "current",
        "kind": "inspection",
        "inspected": None,
        "reported": None,
        "ratings": [],
        "findings": [],
    }
    rated = [{"area": area, "grade": grade} for area, grade in values.pop("rated", ())]
    return defaults | {"council": council, "ratings": rated, "confidence": 0.9} | values


def gold_page(name: str, *events: dict[str, Any], **values: Any) -> dict[str, Any]:
    page = {"article": name, "publisher": "cypnow", "title": f"Title of {name}", "authors": ["Ann Penn"]}
    return page | {"published": "2018-05-09", "first": "A", "last": "Z", "inspections": list(events)} | values


def write(
    folder: Path, gold: list[dict[str, Any]], articles: list[dict[str, Any]], records: dict[str, list[Any]]
) -> Any:
    """Gold files and an export; `records` holds events by the source of their article."""
    (folder / "gold").mkdir()
    (folder / "export").mkdir()
    for page in gold:
        (folder / "gold" / f"{page['article']}.json").write_text(json.dumps(page), encoding="utf-8")
    inspections = [
        {**record, "council": {"gss": record["council"]}, "article": {"source": source}}
        for source, events in records.items()
        for record in events
    ]
    for name, lines in (("articles", articles), ("inspections", inspections)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / "export" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder / "export", folder / "gold"


def exported(source: str, **values: Any) -> dict[str, Any]:
    name = source.rsplit("/", 1)[-1]
    page = {"source": source, "publisher": "cypnow", "title": f"Title of {name}", "authors": ["Ann Penn"]}
    return page | {"published": "2018-05-09", "body": "one two three four five", "duplicates": []} | values


LEEDS, YORK, LEWES = "E08000035", "E06000014", "E07000063"
GOOD, POOR = ("overall", "good"), ("overall", "inadequate")


@pytest.fixture
def every_miss(tmp_path: Path) -> tuple[Path, Path]:
    """Six gold pages and an export that misses something of every kind."""
    current = event(
        LEEDS,
        reported="2018-05",
        inspected="2018-03",
        rated=[GOOD, ("leadership", "good"), ("care_leavers", "adequate")],
        findings=[
            finding(WEAK_VISITS, themes=("practice", "voice")),
            finding(STRONG_STAFF, "strength"),
            finding(WEAK_PLANS),
        ],
    )
    gold = [
        gold_page(
            "a.txt",
            current,
            event(LEEDS, role="previous", reported="2015", rated=[POOR]),
            event(YORK),
            body="one two three four",
        ),
        gold_page("b.txt", title="“Good” – at last", authors=["Ann Penn", "Bo Ray"]),
        gold_page("c.txt", event("E08000038", rated=[GOOD])),
        gold_page("d.txt"),
        gold_page("e.txt", reject=True),
        gold_page("f.txt", event(YORK, rated=[GOOD])),
    ]
    records = {
        "in/a.txt": [
            event(
                LEEDS,
                kind="reinspection",
                reported="2018-05",
                inspected="2018-02",
                rated=[GOOD, ("leadership", "adequate")],
                findings=[
                    finding(WEAK_VISITS.replace("seldom", "never"), themes=("practice", "timeliness")),
                    finding(STRONG_STAFF),
                    finding("Something that nobody said at all"),
                ],
            ),
            event(LEEDS, role="previous", reported="2015", rated=[POOR], confidence=0.97),
            event(LEWES, confidence=0.4),
        ],
        "in/b.txt": [event(LEEDS, rated=[POOR], confidence=0.75)],
        "in/c.txt": [event("E08000016", rated=[GOOD], confidence=1.0)],
    }
    articles = [
        exported("in/a.txt", body="one two three four five", published=None),
        exported("in/b.txt", title='"Good" - at last', authors=["Bo Ray", "Ann Penn"]),
        exported("in/c.txt", publisher="other", title="Other", authors=[], duplicates=["in/f.txt"]),
        exported("in/e.txt"),
    ]
    return write(tmp_path, gold, articles, records)


FIGURES = {
    "articles": 5, "twins": 1, "found": 3 / 5,
    "title_accuracy": 2 / 5, "authors_accuracy": 2 / 5, "published_accuracy": 2 / 5, "publisher_accuracy": 2 / 5,
    "body_f1": 2 / 3,  # one shingle of two
    "councils_precision": 2 / 4, "councils_recall": 2 / 3, "councils_f1": 4 / 7,
    "events_precision": 3 / 5, "events_recall": 3 / 4, "events_f1": 2 / 3,
    "ratings_precision": 3 / 5, "ratings_recall": 3 / 5, "ratings_f1": 3 / 5,
    "dates_precision": 2 / 3, "dates_recall": 2 / 3, "dates_f1": 2 / 3,
    "findings_precision": 1 / 3, "findings_recall": 1 / 3, "findings_f1": 1 / 3,
    "themes_precision": 2 / 3, "themes_recall": 2 / 3, "themes_f1": 2 / 3,
    "finding_span_f1": 2 / 3, "finding_polarity_accuracy": 1 / 2, "finding_owner_accuracy": 1.0,
    "kind_accuracy": 2 / 3, "date_role_accuracy": 2 / 3, "articles_exactly_right": 2 / 5,
    "false_alarms": 1, "negatives": 2,
}  # fmt: skip


def test_figures_every_miss_frozen(every_miss: tuple[Path, Path]) -> None:
    assert score_export(*every_miss).figures == pytest.approx(FIGURES)


def test_misses_every_kind_is_named_once_per_difference(every_miss: tuple[Path, Path]) -> None:
    misses = score_export(*every_miss).misses
    kinds = sorted(miss.split(": ")[1] for miss in misses)
    in_a = "published, body, event missed, event false, kind, dates, rating missed, rating missed, rating false"
    in_a += ", finding differs, finding missed, finding false"
    in_others = "event false, rating false, title, authors, publisher, kept"  # b.txt, c.txt and e.txt
    not_there = "not exported, title, authors, published, publisher"  # d.txt
    assert kinds == sorted(f"{in_a}, {in_others}, {not_there}".split(", "))
    assert "a.txt: dates: E08000035 current: gold ['2018-03', '2018-05'] got ['2018-02', '2018-05']" in misses


def reference(export: Path, gold: Path, raw: Path | None = None) -> dict[str, float]:
    """The figures of the tool that defines them."""
    command = [sys.executable, str(TOOL), "--gold", str(gold), "--export", str(export), "--json"]
    command += ["--raw", str(raw)] if raw else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


with_tool = pytest.mark.skipif(not TOOL.exists(), reason="the reference tool does not lie beside the project")


@with_tool
def test_figures_equal_the_reference(every_miss: tuple[Path, Path]) -> None:
    assert score_export(*every_miss).figures == reference(*every_miss)


def damaged(record: dict[str, Any], chance: random.Random) -> dict[str, Any] | None:
    """A gold event as a poor extractor might give it; None if it was missed."""
    record = json.loads(json.dumps(record)) | {"confidence": chance.random()}
    for one in record["findings"]:
        one["text"] = " ".join(word for word in one.pop("quote").split() if chance.random() < 0.8)
        one["polarity"] = chance.choice([one["polarity"], "strength"])
        one["themes"] = chance.sample([*one["themes"], "voice", "practice"], 2)
    for key in ("ratings", "findings"):
        record[key] = [value for value in record[key] if chance.random() < 0.8]
    for rating in record["ratings"]:
        rating["grade"] = chance.choice([rating["grade"]] * 4 + ["good"])
    record["role"] = chance.choice([record["role"]] * 5 + ["previous"])
    record["kind"] = chance.choice([record["kind"]] * 4 + ["other"])
    record["reported"] = chance.choice([record["reported"]] * 3 + [record["inspected"], "2016"])
    return record if chance.random() < 0.9 else None


@with_tool
@pytest.mark.parametrize("seed", range(6))
def test_figures_of_damaged_gold_equal_the_reference(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "corpus" / "gold").glob("*.json"))]
    articles, records = [], {}
    for page in pages:
        name = page["article"]
        if chance.random() < 0.9:
            body = (ROOT / "corpus" / "sample" / name).read_text(encoding="utf-8")[chance.randrange(200) :]
            fields = {key: chance.choice([page[key]] * 4 + [None]) for key in ("title", "authors", "published")}
            articles.append(exported(name, body=body, publisher=page["publisher"], **fields))
        records[name] = [bad for one in page["inspections"] * 2 if (bad := damaged(one, chance))][: chance.randrange(9)]
    articles[0]["duplicates"] = [f"x/{articles[-1]['source']}"]
    export, gold = write(tmp_path, pages, articles, records)
    raw = ROOT / "corpus" / "sample"
    assert score_export(export, gold, raw).figures == reference(export, gold, raw)
    assert score_export(export, gold).figures == reference(export, gold)


def test_gold_against_itself_is_perfect(tmp_path: Path) -> None:
    pages = [
        gold_page(
            "a.txt", event(LEEDS, rated=[GOOD], reported="2018", findings=[finding(WEAK_PLANS)]), body="a b c d e"
        )
    ]
    records = {"a.txt": pages[0]["inspections"]}
    scores = score_export(*write(tmp_path, pages, [exported("a.txt", body="a b c d e")], records))
    assert not scores.misses
    assert all(value == 1.0 for name, value in scores.figures.items() if isinstance(value, float))
    assert all(fact.right for fact in scores.facts)
    assert scores.judged == (Judged("current", 0.9, right=True),)


@pytest.mark.parametrize(
    ("right", "found", "gold", "expected"),
    [
        pytest.param(2, 4, 2, (0.5, 1.0, 2 / 3), id="too much"),
        pytest.param(0, 0, 0, (1.0, 1.0, 1.0), id="nothing to find, nothing found"),
        pytest.param(0, 0, 3, (0.0, 0.0, 0.0), id="nothing found"),
        pytest.param(0, 2, 0, (0.0, 1.0, 0.0), id="nothing to find"),
    ],
)
def test_agreement(right: int, found: int, gold: int, expected: tuple[float, float, float]) -> None:
    assert agreement(right, found, gold) == pytest.approx(expected)


def test_words_ignore_quotes_dashes_and_case() -> None:
    assert words("“It’s\u00a0GOOD”—£5…") == ["it", "s", "good", "£5"]
    assert shingles("a b") == {("a", "b"): 1}
    assert overlap("a b c d", "a b") == 0.5
    assert overlap("", "") == 0.0


def test_pair_events_prefers_grades_to_kind_and_never_crosses_roles() -> None:
    golds = [event_of(event(LEEDS, rated=[GOOD])), event_of(event(LEEDS, kind="jtai"))]
    found = [event_of(event(LEEDS, rated=[GOOD], kind="jtai")), event_of(event(LEEDS, role="previous", rated=[GOOD]))]
    assert pair_events(golds, found) == {0: 0}


def test_pair_claims_needs_half_of_the_longer_one() -> None:
    golds = list(event_of(event(LEEDS, findings=[finding("one two three four")])).claims)
    half = list(event_of(event(LEEDS, findings=[finding("one two")])).claims)
    less = list(event_of(event(LEEDS, findings=[finding("one")])).claims)
    assert pair_claims(golds, half) == {0: 0}
    assert pair_claims(golds, less) == {}


def test_judged_record_is_right_only_with_its_own_dates(every_miss: tuple[Path, Path]) -> None:
    judged = score_export(*every_miss).judged
    assert sorted((record.role, record.confidence, record.right) for record in judged) == [
        ("current", 0.4, False), ("current", 0.75, False), ("current", 0.9, False), ("current", 1.0, True),
        ("previous", 0.97, True),
    ]  # fmt: skip


def test_judged_swapped_dates_are_wrong(tmp_path: Path) -> None:
    gold = [gold_page("a.txt", event(LEEDS, reported="2018"))]
    scores = score_export(*write(tmp_path, gold, [exported("a.txt")], {"a.txt": [event(LEEDS, inspected="2018")]}))
    assert scores.figures["dates_f1"] == 1.0
    assert [record.right for record in scores.judged] == [False]


def test_pair_claims_of_equal_words_takes_the_same_polarity() -> None:
    golds = event_of(event(LEEDS, findings=[finding(WEAK_PLANS)])).claims
    found = event_of(event(LEEDS, findings=[finding(WEAK_PLANS, "strength"), finding(WEAK_PLANS)])).claims
    assert pair_claims(golds, found) == {0: 1}


def scored(folder: Path, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Scores:
    """The scores of one article that says the one and was read as the other."""
    return score_export(*write(folder, [gold_page("a.txt", *gold)], [exported("a.txt")], {"a.txt": found}))


@pytest.mark.parametrize(
    ("gold", "found", "name", "value"),
    [
        pytest.param([event(LEEDS, reported="2018")], [], "dates_recall", 0.0, id="dates of a missed event count"),
        pytest.param([], [event(LEEDS, reported="2018")], "dates_precision", 1.0, id="dates of a false event do not"),
        pytest.param([event(LEEDS)], [event(YORK)], "articles_exactly_right", 0.0, id="another council is not exact"),
        pytest.param(
            [event(LEEDS, findings=[finding(WEAK_PLANS)])],
            [event(LEEDS, role="previous", findings=[finding(WEAK_PLANS)])],
            "findings_f1",
            0.0,
            id="a finding of another event is no finding",
        ),
        pytest.param(
            [event(LEEDS, findings=[finding(WEAK_PLANS)])],
            [event(LEEDS, role="previous", findings=[finding(WEAK_PLANS)])],
            "finding_span_f1",
            1.0,
            id="but its words are found",
        ),
        pytest.param(
            [event(LEEDS, rated=[GOOD]), event(LEEDS, kind="jtai")],
            [event(LEEDS), event(LEEDS, kind="jtai", rated=[GOOD])],
            "ratings_f1",
            1.0,
            id="which event of a council has a grade makes no difference",
        ),
    ],
)
def test_figure(tmp_path: Path, gold: list[Any], found: list[Any], name: str, value: float) -> None:
    assert scored(tmp_path, gold, found).figures[name] == value


def test_judged_record_with_other_grades_is_wrong(tmp_path: Path) -> None:
    judged = scored(tmp_path, [event(LEEDS, rated=[GOOD])], [event(LEEDS, rated=[GOOD, ("adoption", "good")])]).judged
    assert [record.right for record in judged] == [False]


def test_body_is_cut_from_the_raw_text_between_its_first_and_last_words(tmp_path: Path) -> None:
    page = gold_page("a.txt", first="It began", last="at last", not_body=["ADVERT in capitals"])
    body = "It began and at last went on ADVERT in capitals until it ended at last"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(f"Menu of many words here\n{body}\nFooter", encoding="utf-8")
    found = exported("a.txt", body=body.replace("ADVERT in capitals ", ""))
    export, gold = write(tmp_path, [page], [found], {})
    assert score_export(export, gold, tmp_path / "raw").figures["body_f1"] == 1.0
    assert "body_f1" not in score_export(export, gold).figures
    assert "body_f1" not in score_export(export, gold, tmp_path).figures


def test_reliability_bins_by_role_with_both_ends() -> None:
    judged = [
        Judged("current", 1.0, True),
        Judged("current", 0.95, False),
        Judged("current", 0.9, True),
        Judged("previous", 0.0, False),
    ]
    assert reliability(judged) == [
        Bin("current", 0.9, 0.95, 1, 0.9, 1.0),
        Bin("current", 0.95, 1.0, 2, pytest.approx(0.975), 0.5),
        Bin("previous", 0.0, 0.5, 1, 0.0, 0.0),
    ]


def test_report_text_and_json_hold_every_figure(every_miss: tuple[Path, Path]) -> None:
    scores = score_export(*every_miss)
    text, with_errors = report(scores), report(scores, errors=True)
    assert "ratings_f1                   0.600\n" in text
    assert "articles                     5\n" in text
    assert "previous     0.95-1.00        1  0.970  1.000" in text
    assert with_errors == "\n".join(scores.misses) + "\n" + text
    parsed = json.loads(report_json(scores))
    assert {name: parsed[name] for name in FIGURES} == pytest.approx(FIGURES)
    assert len(parsed["reliability"]) == 5
    assert [row["phenomenon"] for row in parsed["phenomena"]] == [row.phenomenon for row in scores.phenomena]


def test_facts_survive_a_file(every_miss: tuple[Path, Path], tmp_path: Path) -> None:
    scores = score_export(*every_miss)
    save_facts(reversed(scores.facts), tmp_path / "facts.jsonl")
    assert load_facts(tmp_path / "facts.jsonl") == list(scores.facts)
    stated = {(fact.what, fact.value): fact.right for fact in scores.facts if fact.article == "a.txt"}
    assert stated[("rating", "leadership adequate")] is False
    assert stated[("rating", "overall good")] is True
    assert stated[("finding", f"weakness: {STRONG_STAFF}")] is False
    assert stated[("reported", "2018-05")] is True
    assert stated[("inspected", "2018-02")] is False


def test_compare_facts_names_gained_and_lost(tmp_path: Path) -> None:
    kept = Fact("a.txt", LEEDS, "current", "kind", "jtai", right=True)
    lost = Fact("a.txt", LEEDS, "current", "rating", "overall good", right=True)
    gained = Fact("a.txt", LEEDS, "current", "rating", "overall inadequate", right=False)
    save_facts([kept, lost], tmp_path / "facts.jsonl")
    assert compare_facts([kept, gained], tmp_path / "facts.jsonl").splitlines() == [
        "- right: a.txt: E08000035 current: rating overall good",
        "+ wrong: a.txt: E08000035 current: rating overall inadequate",
        "0 right and 1 wrong gained, 1 right and 0 wrong lost",
    ]


def broken(folder: Path, what: str) -> tuple[Path, Path]:
    """Export and gold of which one thing is wrong."""
    export, gold = write(folder, [gold_page("a.txt")], [exported("a.txt")], {})
    if what == "no export":
        (export / "articles.jsonl").unlink()
    elif what == "bad line":
        (export / "inspections.jsonl").write_text("{\n", encoding="utf-8")
    elif what == "no text":
        line = {name: value for name, value in exported("a.txt").items() if name != "body"}
        (export / "articles.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    elif what == "no gold":
        (gold / "a.txt.json").unlink()
    elif what == "bad gold":
        (gold / "a.txt.json").write_text("[", encoding="utf-8")
    else:
        (gold / "a.txt.json").write_text('{"article": "a.txt"}', encoding="utf-8")
    return export, gold


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("no export", "articles.jsonl: expected a file of an export, .*make one with `ofsted-records export`"),
        ("bad line", "inspections.jsonl: expected a file of an export"),
        ("no text", "export: an export without the text of articles; make one with `--format jsonl --text full`"),
        ("no gold", "gold: expected a folder of gold files"),
        ("bad gold", "a.txt.json: expected a JSON object"),
        ("gold without keys", "a.txt.json: expected the keys .*; add .*'inspections'"),
    ],
)
def test_wrong_setup_is_said_in_one_sentence(tmp_path: Path, what: str, said: str) -> None:
    with pytest.raises(ScoreError, match=said):
        score_export(*broken(tmp_path, what))


def test_wrong_facts_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text('{"article": 1}\n', encoding="utf-8")
    with pytest.raises(ScoreError, match="expected facts saved by `ofsted-records score --save`"):
        load_facts(tmp_path / "facts.jsonl")


def test_scores_of_nothing_judged_have_no_table() -> None:
    assert report(Scores({"articles": 0}, (), (), ())) == "articles                     0"


PROSE = f"{'Inspectors spent two weeks with the council and its partners. ' * 3}\n\n"
BROKEN = "Inspectors spent two weeks with the council\nand its partners, and wrote of what they saw.\n\n"
VISIT = event(LEEDS, kind="focused_visit", findings=[finding(WEAK_PLANS)])


@pytest.mark.parametrize(
    ("phenomenon", "page", "article", "raw", "shown"),
    [
        ("several councils", gold_page("a.txt", event(LEEDS), event(YORK)), {}, "", True),
        ("several councils", gold_page("a.txt", event(LEEDS), event(LEEDS, role="previous")), {}, "", False),
        ("earlier events", gold_page("a.txt", event(LEEDS, role="previous")), {}, "", True),
        ("earlier events", gold_page("a.txt", event(LEEDS)), {}, "", False),
        ("visits", gold_page("a.txt", VISIT), {}, "", True),
        ("visits", gold_page("a.txt", event(LEEDS, kind="reinspection")), {}, "", False),
        ("judgement areas", gold_page("a.txt", event(LEEDS, rated=[("adoption", "good")])), {}, "", True),
        ("judgement areas", gold_page("a.txt", event(LEEDS, rated=[GOOD])), {}, "", False),
        ("nothing counts", gold_page("a.txt"), {}, "", True),
        ("nothing counts", gold_page("a.txt", event(LEEDS)), {}, "", False),
        ("mojibake", gold_page("a.txt"), {}, "Leeds â€“ the council that â€œturnedâ€\x9d", True),
        ("mojibake", gold_page("a.txt"), {}, "Leeds – the council that “turned”, and its café", False),
        ("mojibake", gold_page("a.txt"), {}, None, False),
        ("hard-wrapped", gold_page("a.txt"), {}, BROKEN * 4, True),
        ("hard-wrapped", gold_page("a.txt"), {}, PROSE * 6, False),
        ("hard-wrapped", gold_page("a.txt"), {}, BROKEN, False),
        ("hard-wrapped", gold_page("a.html"), {}, BROKEN * 4, False),
        ("hard-wrapped", gold_page("a.txt"), {}, None, False),
        ("walled", gold_page("a.txt"), {"truncated": True}, "", True),
        ("walled", gold_page("a.txt"), {}, "", False),
        ("html", gold_page("a.HTM"), {}, "", True),
        ("html", gold_page("a.txt"), {}, "", False),
        ("text", gold_page("a.txt"), {}, "", True),
        ("text", gold_page("a.html"), {}, "", False),
        ("undated", gold_page("a.txt", published=None), {}, "", True),
        ("undated", gold_page("a.txt"), {}, "", False),
        ("before November 2013", gold_page("a.txt", published="2013-10-31"), {}, "", True),
        ("before November 2013", gold_page("a.txt", published="2013-11-01"), {}, "", False),
        ("before November 2013", gold_page("a.txt", published=None), {}, "", False),
        ("from April 2026", gold_page("a.txt", published="2026-04-01"), {}, "", True),
        ("from April 2026", gold_page("a.txt", published="2026-03-31"), {}, "", False),
    ],
)
def test_phenomenon(
    phenomenon: str, page: dict[str, Any], article: dict[str, Any], raw: str | None, shown: bool
) -> None:
    assert PHENOMENA[phenomenon](Case(page, article, raw)) is shown


def test_phenomena_are_counted_over_the_articles_that_show_them(every_miss: tuple[Path, Path]) -> None:
    rows = {row.phenomenon: row for row in score_export(*every_miss).phenomena}
    assert set(rows) == {"several councils", "earlier events", "judgement areas", "nothing counts", "text"}
    assert rows["several councils"] == Row("several councils", 1, *map(pytest.approx, (4 / 7, 2 / 3, 2 / 3, 1 / 3)))
    assert rows["nothing counts"] == Row("nothing counts", 2, 0.0, 0.0, None, None)
    assert rows["text"][1:4] == (4, pytest.approx(3 / 5), pytest.approx(2 / 3))


def test_phenomena_of_the_raw_text_need_the_articles(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(BROKEN * 4 + "â€œgoodâ€\x9d", encoding="utf-8")
    export, gold = write(tmp_path, [gold_page("a.txt")], [exported("a.txt")], {})
    named = [[row.phenomenon for row in score_export(export, gold, raw).phenomena] for raw in (tmp_path / "raw", None)]
    assert named == [["nothing counts", "mojibake", "hard-wrapped", "text"], ["nothing counts", "text"]]


def test_phenomena_as_text_mark_the_weakest_of_each_column() -> None:
    assert as_text([Row("visits", 3, 0.5, 0.75, None, 1.0), Row("html", 12, 0.25, 0.75, None, 1 / 3)]) == [
        "phenomenon           articles   ratings    events     dates  findings",
        "visits                      3    0.500     0.750<        -     1.000 ",
        "html                       12    0.250<    0.750<        -     0.333<",
        "< lowest of its column; - nothing of the kind in gold or export",
    ]
