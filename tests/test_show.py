import io

import made
import pytest
from rich.console import Console

from pipeline import store
from pipeline.database import opened
from pipeline.show import Mark, NoSuchNameError, find, marked, quotation, show
from pipeline.show_why import why
from pipeline.show_why import why as show_why
from pipeline.store import Copy
from pipeline.why import Reason

BODY = "Hartlepool was rated good in 2016-05. [Sic]\n\nInspectors praised it all. Havering was rated good in 2013-02."


@pytest.fixture
def db(tmp_path):
    with opened(tmp_path / "records.db", create=True) as db:
        extraction = made.extract(made.article(BODY, source="news/one.html", title="A [bold] headline"))
        store.save(db, extraction, "key", [])
        store.save_duplicate(db, Copy(made.article("c", source="copy.txt"), "k"), extraction.article, "edited", [])
        store.save(db, made.extract(made.article("Nothing of it.", source="news/two.html")), "key", [])
        yield db


def printed(db, name, show=show, **options):
    out = io.StringIO()
    show(db, name, Console(file=out, markup=False, highlight=False, emoji=False, width=200, **options))
    return out.getvalue()


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "Leeds is good."),
        ([Mark(0, 5, "council"), Mark(9, 13, "rating")], "[council: Leeds] is [rating: good]."),
        ([Mark(0, 14, "finding"), Mark(9, 13, "rating")], "[finding: Leeds is [rating: good].]"),
        ([Mark(0, 5, "council"), Mark(0, 14, "finding")], "[finding: [council: Leeds] is good.]"),
        ([Mark(0, 5, "council"), Mark(0, 5, "kind")], "[council: [kind: Leeds]] is good."),
        ([Mark(0, 8, "kind"), Mark(6, 13, "rating")], "[kind: Leeds [rating: is] good]."),
        ([Mark(0, 5, "council"), Mark(5, 13, "rating")], "[council: Leeds][rating:  is good]."),
    ],
)
def test_show_marked(marks, expected):
    assert marked("Leeds is good.", marks).plain == expected


def test_show_quotation_has_context_on_one_line():
    text = "x" * 100 + "\n\nLeeds is good.\n\n" + "y" * 100
    assert quotation(text, Mark(102, 107, "council")).plain == f"…{'x' * 58}  [council: Leeds] is good.  {'y' * 49}…"


@pytest.mark.parametrize("name", ["news/one.html", "one.html", "copy.txt", "news/o", "ONE"])
def test_show_article_by_any_name_marks_its_evidence(db, name):
    out = printed(db, name)
    assert "A [bold] headline" in out
    assert "[council: Hartlepool] was rated [rating: good] in [reported: 2016-05]. [Sic]" in out
    assert "[finding: Inspectors praised it all]." in out
    assert "Evidence: [council: …]  [reported: …]  [rating: …]  [finding: …]" in out
    assert [line.split("│")[1].strip() for line in out.splitlines() if "│" in line] == ["current", "previous"]


def test_show_article_colours_words_on_a_terminal_and_keeps_the_names(db):
    out = printed(db, "one.html", force_terminal=True, color_system="standard")
    assert "\x1b[36m[council: \x1b[0m\x1b[36mHartlepool\x1b[0m\x1b[36m]\x1b[0m" in out


def test_show_article_without_records(db):
    out = printed(db, "two.html")
    assert "No evidence: no record was read from it." in out
    assert "No records." in out


@pytest.mark.parametrize("name", ["Hartlepool", "hartl", "E06000001"])
def test_show_council_history(db, name):
    out = printed(db, name)
    assert out.startswith("Hartlepool · E06000001 · East\n")
    assert "2016-05" in out
    assert "2013-02" not in out


EVENT = """\
Hartlepool · inspection · 2016-05 · good · event e-{one}
reported: 2016-05
framework: SIF
confidence: 0.75

Told by
  1. cypnow · 2016-06-01 · Both · current record {one}
     names the event
  2. cypnow · 2016-06-02 · Later · current record {other}
     both reported 2016-05; their grades differ: overall inadequate and good (record {one})

Who says what
  kind: inspection (1, 2)
  overall: good (1); inadequate (2) - disputed
  reported: 2016-05 (1, 2)

Not merged with
  2016-06 · inspection · outstanding · event e-{third}
     {why}
"""


def test_show_event_tells_who_made_it_and_what_was_not_merged(db):
    bodies = {"one": ("good", "2016-05", "Both", "01"), "other": ("inadequate", "2016-05", "Later", "02"),
              "third": ("outstanding", "2016-06", "Last", "20")}  # fmt: skip
    store.release(db, "news/one.html")
    ids = {}
    for name, (grade, month, title, day) in bodies.items():
        body = f"Hartlepool was rated {grade} in {month}."
        extraction = made.extract(made.article(body, source=name, title=title, published=f"2016-06-{day}"))
        store.save(db, extraction, "key", [])
        ids[name] = extraction.inspections[0].record_id
    out = printed(db, f"e-{ids['one']}")
    why = next(line.strip() for line in out.splitlines() if "their grades differ" in line and "record" not in line)
    assert out == EVENT.format(**ids, why=why)
    assert f"\nevent: e-{ids['one']} (names the event)\n" in printed(db, ids["one"])
    assert printed(db, f"e-{ids['one']}", show_why).count("record ") == 2


def test_show_record_quotes_each_value_with_its_rule(db):
    record = next(store.inspections(db))
    out = printed(db, record.record_id)
    assert f"record_id: {record.record_id}\n" in out
    assert "\n\ncouncil: hartlepool\n    read from body 0-10, rule: toy-council\n" in out
    assert "\n\nkind: inspection\n    no words of the article: inferred from other values\n" in out
    assert "\n\nreported: 2016-05\n    inferred from body 29-36, rule: toy-date\n" in out
    assert "\n    Hartlepool was rated [rating: good] in 2016-05. [Sic]  Inspectors praised it all. " in out
    assert "\n\nfinding: strength: practice, voice\n" in out


WHY = """\
record {id} · Hartlepool · current inspection · 2016-05
  council: hartlepool
      [council: Hartlepool] was rated good in 2016-05.
      rule toy-council
  kind: inspection
      no words of the article: inferred from other values
  reported: 2016-05
      Hartlepool was rated good in [reported: 2016-05].
      rule toy-date
      inferred from these words, not said by them
  rating: overall: good
      Hartlepool was rated [rating: good] in 2016-05.
      rule toy-rating; cues rated; areas overall
      council hartlepool: named in the clause (“Hartlepool”)
      role current: nothing says otherwise
  finding: strength: practice, voice
      [finding: Inspectors praised it all].
      rule toy-finding

"""


def test_show_why_tells_the_way_from_the_words_to_each_value(db):
    record = next(store.inspections(db)).record_id
    steps = [
        ("council", "hartlepool", "named in the clause", 0, 10, "Hartlepool"),
        ("role", "current", "nothing says otherwise", None, None, None),
        ("role", "current", "nothing says otherwise", None, None, None),  # told of twice, shown once
    ]
    fields = ("what", "value", "how", "start", "end", "text")
    reasons = [Reason(of_start=21, of_end=25, **dict(zip(fields, step, strict=True))) for step in steps]
    other = Reason(of_start=21, of_end=26, what="event", value=None, how="another", start=None, end=None, text=None)
    store.save_reasons(db, record, [*reasons, other])
    assert printed(db, record, why) == WHY.format(id=record)


@pytest.mark.parametrize(
    ("name", "councils"),
    [("one.html", ["Hartlepool", "Havering"]), ("copy.txt", ["Hartlepool", "Havering"]), ("E09000016", ["Havering"])],
)
def test_show_why_of_an_article_or_a_council_has_all_its_records(db, name, councils):
    records = [line.split(" · ")[1] for line in printed(db, name, why).splitlines() if line.startswith("record ")]
    assert records == councils


def test_show_why_says_where_nothing_is_known(db):
    assert printed(db, "two.html", why) == "No records.\n"
    unexplained = "  why these belong together was not recorded: read the article again with `ingest`\n"
    assert printed(db, "Hartlepool", why).endswith(unexplained + "\n")


def test_show_why_marks_on_a_terminal(db):
    out = printed(db, "Havering", why, force_terminal=True, color_system="standard")
    assert "\x1b[36m[council: \x1b[0m\x1b[36mHavering\x1b[0m\x1b[36m]\x1b[0m was rated good" in out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Hartlepol", "no article, record, event or council is called 'Hartlepol': did you mean 'Hartlepool'"),
        ("zzqqj", "no article, record, event or council is called 'zzqqj': nothing has a name like it"),
        ("", "no article, record, event or council is called ''"),
        ("news", "'news' may be any of: 'news/one.html', 'news/two.html'; give more of it"),
        ("ha", "'ha' may be any of: 'Hartlepool', 'Havering'; give more of it"),
    ],
)
def test_show_unknown_or_ambiguous_name(db, name, message):
    with pytest.raises(NoSuchNameError) as error:
        find(db, name)
    assert str(error.value).startswith(message)
