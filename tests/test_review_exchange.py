"""Decisions carried to another database, the queue and its estimate, reviewed articles as gold, the command."""

import json
from pathlib import Path

import made
import pytest
from made import called

from pipeline import engines, review_rows
from pipeline.database import opened
from pipeline.review import By, add, decide, undo
from pipeline.review_exchange import export_reviews, import_reviews
from pipeline.review_queue import estimate, lines, queue, turn
from pipeline.review_values import ReviewError

ANN, BEN = By("Ann Other"), By("Ben")
FILES = {
    "a.txt": f"T\n{made.story('a', 2, 'Hartlepool was rated good in 2016-05. Inspectors praised staff work in every team.')}",
    "b.txt": "T\nRutland was rated good in 2017-05. Havering was rated inadequate in 2012-03.",
    "c.txt": "communitycare: T\nRutland was rated inadequate in 2017-05. Inspectors praised nothing.",
    "d/b.txt": "T\nHavering was rated outstanding in 2014-06 and nobody was praised.",
}


@pytest.fixture(autouse=True)
def dump(monkeypatch, tmp_path):
    monkeypatch.setattr(engines, "local", made.engine)
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path("dump", name).parent.mkdir(parents=True, exist_ok=True)
        Path("dump", name).write_text(text, encoding="utf-8")
    called("ingest", "dump")


@pytest.fixture
def db(dump):
    with opened(Path("records.db")) as db:
        yield db


@pytest.fixture
def other(dump):
    called("ingest", "dump", "--db", "other.db")
    with opened(Path("other.db")) as db:
        yield db


def record_id(db, council, grade="good"):
    (row,) = db.query(
        "SELECT record_id FROM inspections JOIN ratings USING (record_id) WHERE council_id = ? AND grade = ?",
        [council, grade],
    )
    return row["record_id"]


def decided(db):
    decide(
        db, record_id(db, "hartlepool"), "correct", ANN, given={"ratings": [{"area": "overall", "grade": "adequate"}]}
    )
    decide(db, record_id(db, "rutland"), "reject", By("Ann Other", note="line\nbreak “and” \x1b", drawn="random"))
    decide(db, record_id(db, "havering", "inadequate"), "accept", ANN)
    undo(db, record_id(db, "havering", "inadequate"), ANN)
    given = {"council": "barnet", "kind": "send", "role": "current",
             "findings": [{"polarity": "weakness", "themes": ["voice"]}]}  # fmt: skip
    (article,) = (each for each in made.articles(db) if each.source == "b.txt")
    add(db, article.article_id, ANN, given=given, selected={"text": "Havering was rated inadequate in 2012-03"})


def everything(db):
    tables = made.tables(db)
    return {name: tables[name] for name in ("reviews", "inspections", "ratings", "findings", "councils", "extracted")}


def test_review_export_and_import_carry_everything_once(db, other):
    decided(db)
    assert export_reviews(db, Path("out.jsonl")) == 4
    assert import_reviews(other, Path("out.jsonl")) == (4, 0, 0, 0, ())
    assert everything(other) == everything(db)
    assert import_reviews(other, Path("out.jsonl")) == (0, 4, 0, 0, ())
    assert import_reviews(db, Path("out.jsonl")) == (0, 4, 0, 0, ())
    assert everything(other) == everything(db)
    export_reviews(other, Path("back.jsonl"))
    assert Path("back.jsonl").read_text() == Path("out.jsonl").read_text()


def test_review_import_before_the_articles_are_there(db):
    decided(db)
    export_reviews(db, Path("out.jsonl"))
    Path("none.txt").write_text("T\nNothing.", encoding="utf-8")
    called("ingest", "none.txt", "--db", "late.db")
    result = called("review", "--import", "out.jsonl", "--db", "late.db")
    assert result.stdout.splitlines() == [
        "4 decisions taken in, 0 were here already, 0 of these are taken back",
        "4 wait for an article that is not here: they are applied when it is read",
    ]
    called("ingest", "dump", "--db", "late.db")
    with opened(Path("late.db")) as late:
        assert everything(late) == everything(db)


def test_review_import_into_a_dump_of_other_names_and_a_longer_text(db):
    decided(db)
    export_reviews(db, Path("out.jsonl"))
    Path("elsewhere").mkdir()
    for number, text in enumerate(FILES.values()):
        Path(f"elsewhere/{number}.txt").write_text(text + "\n\nThe end of it.", encoding="utf-8")
    called("ingest", "elsewhere", "--db", "other.db")
    with opened(Path("other.db")) as other:
        done = import_reviews(other, Path("out.jsonl"))
        assert (done.new, done.waiting) == (4, 1), "one has no sentence that is long enough to go by"
        assert record_id(other, "hartlepool", "adequate")


def test_review_import_takes_over_what_was_taken_back(db, other):
    decided(db)
    export_reviews(db, Path("first.jsonl"))
    import_reviews(other, Path("first.jsonl"))
    undo(db, record_id(db, "hartlepool", "adequate"), BEN)
    export_reviews(db, Path("second.jsonl"))
    assert import_reviews(other, Path("second.jsonl")) == (0, 4, 1, 0, ())
    assert everything(other) == everything(db)
    assert import_reviews(other, Path("first.jsonl")).withdrawn == 0
    assert everything(other) == everything(db), "what is taken back stays so"


def test_review_import_tells_who_disagrees_and_the_later_one_holds(db, other):
    name = record_id(db, "hartlepool")
    decide(db, name, "reject", ANN)
    decide(other, name, "accept", BEN)
    decide(other, record_id(other, "rutland"), "accept", BEN)
    decide(db, record_id(db, "rutland"), "accept", ANN)
    export_reviews(db, Path("out.jsonl"))
    (conflict,) = import_reviews(other, Path("out.jsonl")).conflicts
    assert conflict.startswith(f"record {name}: Ann Other rejected it on 2")
    assert conflict.endswith("; the later one holds")
    assert ", Ben accepted it on 2" in conflict
    assert record_id(other, "hartlepool") == name, "Ben was later"


def test_review_import_keeps_its_own_where_a_name_has_two_contents(db, other):
    decided(db)
    export_reviews(db, Path("out.jsonl"))
    import_reviews(other, Path("out.jsonl"))
    before = everything(other)
    Path("out.jsonl").write_text(Path("out.jsonl").read_text().replace("Ann Other", "Eve"))
    conflicts = import_reviews(other, Path("out.jsonl")).conflicts
    assert [conflict.split(" ", 2)[2] for conflict in conflicts] == [
        "has another reviewer in out.jsonl; the one here is kept"
    ] * 4
    assert everything(other) == before


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", '{"review_id": 1}', "null", "\x00"],
    ids=["cut", "list", "empty", "numbers", "null", "zero"],
)
def test_review_import_of_anything_else_changes_nothing(db, line):
    decided(db)
    export_reviews(db, Path("out.jsonl"))
    undo(db, record_id(db, "hartlepool", "adequate"), ANN)
    before = everything(db)
    with Path("out.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(ReviewError, match="line 5: expected a decision as --export writes it"):
        import_reviews(db, Path("out.jsonl"))
    assert everything(db) == before


def test_review_import_of_no_file_and_export_to_no_place_say_so():
    for option, path, said in (
        ("--import", "none", "can't be read as text"),
        ("--export", "no/where", "can't be written"),
    ):
        result = called("review", option, path)
        assert result.exit_code == 1
        assert said in result.stderr
    Path("bytes").write_bytes(b"\xff\xfe\x00")
    assert "can't be read as text" in called("review", "--import", "bytes").stderr


def test_review_queue_orders(db):
    for name, value in (("hartlepool", 0.2), ("havering", 0.9)):
        db.execute("UPDATE inspections SET confidence = ? WHERE council_id = ?", [value, name])
    db.conn.commit()
    found = queue(db, "confidence")
    assert [each.council for each in found] == ["Hartlepool", "Rutland", "Rutland", "Havering", "Havering"]
    drawn = [each.record_id for each in queue(db, "random")]
    assert drawn == sorted((each.record_id for each in found), key=turn)
    assert queue(db, "random", 2) == queue(db, "random")[:2]
    with pytest.raises(ReviewError, match="order: expected one of confidence, disagreement, random"):
        queue(db, "alphabet")


def test_review_queue_by_what_others_deny(db):
    db.execute("UPDATE timeline SET disputed = '[]', verified = 'outside'")
    marks = [("hartlepool", '["kind", "overall"]', "confirmed"), ("havering", "[]", "contradicted")]
    for council, disputed, verified in marks:
        db.execute("UPDATE timeline SET disputed = ?, verified = ? WHERE council_id = ?", [disputed, verified, council])
    db.conn.commit()
    found = [(each.council, each.why) for each in queue(db, "disagreement")]
    assert found == [
        ("Hartlepool", "articles differ on kind, overall"),
        *[("Havering", "the official record says otherwise")] * 2,
    ]


def test_review_queue_forgets_what_is_decided_until_it_is_read_otherwise(db, monkeypatch):
    for each in queue(db, "confidence"):
        decide(db, each.record_id, "accept", ANN)
    assert queue(db, "confidence") == []
    assert len(queue(db, "random")) == 5, "what was decided from another order is drawn, too"
    extract = made.extract

    def other(article):
        found = extract(article)
        records = tuple(each.model_copy(update={"direction": "up"}) for each in found.inspections)
        return found.__class__(found.article, found.mentions, records, parsed=found.parsed)

    monkeypatch.setattr(made, "extract", other)
    called("ingest", "dump", "--again")
    assert {each.why for each in queue(db, "confidence")} == {"read differently since it was decided on"}
    for each in queue(db, "confidence"):
        decide(db, each.record_id, "accept", ANN)
    assert queue(db, "confidence") == []


def test_review_estimate_counts_what_was_drawn_at_random_alone(db):
    assert estimate(db) is None
    names = [each.record_id for each in queue(db, "random")]
    decide(db, names[0], "reject", By("Ann", drawn="confidence"))
    decide(db, names[4], "reject", By("Ann", drawn="confidence"))
    decide(db, names[2], "correct", By("Ann", drawn="confidence"), given={"direction": "up"})
    assert estimate(db) is None
    assert next(lines(estimate(db))).startswith("no record was drawn at random yet")
    drawn = By("Ann", drawn="random")
    assert [each.record_id for each in queue(db, "random")] == names[1:4]
    decide(db, names[1], "accept", drawn)
    found = estimate(db)
    assert (found.decided, found.right, found.passed) == (2, 1, 0), "the first was rejected before its turn came"
    decide(db, names[3], "accept", drawn)
    found = estimate(db)
    assert (found.decided, found.right, found.passed) == (3, 2, 1)
    decide(db, names[2], "accept", drawn)
    found = estimate(db)
    assert (found.decided, found.right, found.passed) == (4, 2, 0), "it had to be corrected"
    assert (round(found.low, 2), round(found.high, 2)) == (0.15, 0.85)
    assert list(lines(found)) == [
        "2 of 4 records drawn at random were right (50%; of all records 15% to 85%, at 95 in 100)"
    ]
    undo(db, names[2], drawn)
    assert estimate(db).passed == 1


def gold():
    return {path.name: json.loads(path.read_text()) for path in sorted(Path("gold").glob("*.json"))}


def test_review_gold_judges_the_extraction_not_the_corrections(db):
    assert "no article is reviewed whole yet" in called("review", "--gold", "gold").stdout
    decide(
        db, record_id(db, "hartlepool"), "correct", ANN, given={"ratings": [{"area": "overall", "grade": "adequate"}]}
    )
    decide(db, record_id(db, "havering", "outstanding"), "accept", ANN)
    decide(db, record_id(db, "rutland"), "reject", ANN)
    result = called("review", "--gold", "gold")
    assert result.stdout == "2 articles are gold in gold: ofsted-records score records.db --gold gold\n"
    pages = {page["article"]: page for page in gold().values()}
    assert sorted(pages) == ["a.txt", "d/b.txt"], "b.txt has a record that nobody looked at"
    assert pages["a.txt"]["inspections"] == [
        {
            "council": "E06000001", "role": "current", "kind": "inspection", "inspected": None, "reported": "2016-05",
            "ratings": [{"area": "overall", "grade": "adequate"}],
            "findings": [{"polarity": "strength", "themes": ["practice", "voice"],
                          "quote": "Inspectors praised staff work in every team"}],
        }
    ]  # fmt: skip
    assert pages["a.txt"]["body"].startswith(pages["a.txt"]["first"])
    assert pages["a.txt"]["body"].endswith(pages["a.txt"]["last"])
    figures = json.loads(called("score", "records.db", "--gold", "gold", "--json").stdout)
    assert (figures["articles"], figures["found"], figures["councils_f1"]) == (2, 1, 1)
    assert (figures["ratings_precision"], figures["ratings_recall"]) == (0.5, 0.5)
    called("export", "out")
    figures = json.loads(called("score", "out", "--gold", "gold", "--json").stdout)
    assert figures["ratings_f1"] == 1, "an export is judged by what it says"


def test_review_gold_of_an_article_of_which_all_was_rejected_is_empty(db):
    decide(db, record_id(db, "hartlepool"), "reject", ANN)
    called("review", "--gold", "gold")
    assert [page["inspections"] for page in gold().values()] == [[]]
    figures = json.loads(called("score", "records.db", "--gold", "gold", "--json").stdout)
    assert (figures["negatives"], figures["false_alarms"]) == (1, 1)


KEYS = ["x", "n", "w", "as it says", "a", "u", "r", "q"]


def test_review_command_goes_through_the_queue_by_keys(db):
    first, second = [each.record_id for each in queue(db, "random")][:2]
    result = called("review", "--order", "random", "--by", "Ann Other", input="\n".join(KEYS))
    assert result.exit_code == 0
    shown = [line.split(" · ")[0] for line in result.stdout.splitlines() if " of 5 · " in line]
    assert shown == ["1 of 5", "2 of 5", "3 of 5", "2 of 5", "3 of 5"]
    assert "1 decisions taken by Ann Other" in result.stderr
    found = [(r.record_id, r.decision, r.note, r.drawn, bool(r.withdrawn)) for r in review_rows.reviews(db)]
    assert found == [(second, "accept", "as it says", "random", True), (second, "reject", None, "random", False)]
    assert first != second
    listed = called("review", "--list").stdout
    assert "taken back by Ann Other" in listed
    assert "0 of 1 records drawn at random were right" in listed


PRAISE = ("strength", '["practice", "voice"]')


@pytest.mark.parametrize(
    ("answers", "said", "row"),
    [
        ("kind|visit|reinspection||", "kind: expected 'inspection'", {"kind": "reinspection"}),
        ("reported|2016-13|2016-06|nowhere|reported|2016-06|rated good in 2016-05|", "'nowhere' does not stand in the body",
         {"reported": "2016-06", "evidence_reported_text": "rated good in 2016-05"}),
        ("council|Rutlnd|Rutland|Hartlepool was rated|", "is none of the register", {"council_id": "rutland"}),
        ("direction|-|framework|-|grade|", "'grade' is no field; expected one of council", {"framework": None}),
        ("rating|lscb|good|praised staff|rating|overall|-|", "", {"ratings": [("lscb", "good")]}),
        ("rating|overall|adequate||rating|none|", "'none' is none of overall", {"ratings": [("overall", "adequate")]}),
        ("finding|9|finding|1|weakness|neglect_domestic_abuse voice|report||", "there is no finding 9",
         {"findings": [("weakness", '["neglect_domestic_abuse", "voice"]')]}),
        ("finding||strength|workforce||was rated good in 2016-05|", "", {"findings": [("strength", '["workforce"]'), PRAISE]}),
        ("finding|1|-|", "", {"findings": []}),
    ],
    ids=["kind", "date", "council", "emptied", "rating", "old rating", "finding", "new finding", "no finding"],
)  # fmt: skip
def test_review_command_corrects_field_by_field(db, answers, said, row):
    db.execute("UPDATE inspections SET confidence = 0.1 WHERE council_id = 'hartlepool'")
    db.conn.commit()
    result = called("review", "--by", "Ann", input="\n".join(["c", *answers.split("|"), "q"]))
    assert said in result.stdout
    assert "Corrected." in result.stdout
    (found,) = db.query("SELECT * FROM inspections WHERE review = 'corrected'")
    own = ("record_id = ?", [found["record_id"]])
    found["ratings"] = [(part["area"], part["grade"]) for part in db.table("ratings").rows_where(*own)]
    found["findings"] = [(part["polarity"], part["themes"]) for part in db.table("findings").rows_where(*own)]
    expected = {"ratings": [("overall", "good")], "findings": [PRAISE], **row}
    assert {name: found[name] for name in expected} == expected


def test_review_command_adds_a_missing_record(db):
    keys = ["m", "not there", "m", "Hartlepool was rated good in 2016-05", "barnet", "send", "current", "finding", "", "weakness",
            "voice", "", "Inspectors praised staff", "", "q"]  # fmt: skip
    db.execute("UPDATE inspections SET confidence = 0.1 WHERE council_id = 'hartlepool'")
    db.conn.commit()
    result = called("review", "--by", "Ann", input="\n".join(keys))
    assert "Not done: the words: 'not there' does not stand in the body" in result.stdout
    assert "Added." in result.stdout
    (row,) = db.query("SELECT * FROM inspections WHERE council_id = 'barnet'")
    assert (row["kind"], row["review"], row["evidence_council_text"]) == (
        "send",
        "corrected",
        "Hartlepool was rated good in 2016-05",
    )


def test_review_command_says_what_is_missing():
    result = called("review", input="q\n")
    assert (result.exit_code, "in a pipe --by is needed" in result.stderr) == (2, True)
    assert called("review", "--by", "Ann", "--order", "size").exit_code == 2
    assert "no such database" in called("review", "--by", "Ann", "--db", "none.db").stderr
    result = called("review", "--by", "Ann", input="")
    assert (result.exit_code, result.stderr) == (0, "0 decisions taken by Ann\n")
    keys = "\n".join("a" * 5)
    assert "No more records wait." in called("review", "--by", "Ann", input=keys).stdout
    assert called("review", "--by", "Ann", input=keys).stdout == "No record waits.\n"


def test_review_command_prints_nothing_that_steers_a_terminal(db):
    decide(db, record_id(db, "hartlepool"), "accept", By("\x1b]0;title\x07Ann", note="\x1b[2J[red]gone[/red]"))
    out = called("review", "--list").stdout
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[red]gone[/red]" in "".join(out.split())
