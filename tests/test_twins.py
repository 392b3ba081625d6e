import itertools
import shutil
from pathlib import Path

import made
import pytest

from pipeline import store, twins
from pipeline.database import opened
from pipeline.place import place
from pipeline.store import Copy

FULL = made.story("full", 8)
CUT = made.story("full", 3) + " cut in the mid"
EDITED = FULL.replace(" ", "\n", 1).replace(FULL.split()[40], "changed").replace(FULL.split()[120], "")
SAME_OPENING = made.story("full", 2) + "\n\n" + made.story("other", 6)
DIGEST = made.story("digest", 5) + "\n\n" + FULL


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(FULL, FULL.replace("\n\n", "\n").upper(), "same-words", id="line breaks and case"),
        pytest.param(CUT, FULL, "cut", id="cut in a paragraph"),
        pytest.param(FULL[:120], FULL, "cut", id="cut in the first paragraph"),
        pytest.param(EDITED, FULL, "edited", id="a word changed, a word lost"),
        pytest.param("Picture: Shutterstock\n\n" + FULL, FULL, "edited", id="starts a line earlier"),
        pytest.param("Short note.", "Short note!", "same-words", id="no long paragraph"),
        pytest.param("Short note.", "Another note.", None, id="two short notes"),
        pytest.param(SAME_OPENING, FULL, None, id="same opening, other story"),
        pytest.param(made.story("other", 4), FULL, None, id="other story"),
        pytest.param(FULL, DIGEST, None, id="whole story far down a digest"),
    ],
)
def test_twins_same(one, other, expected):
    one, other = made.article(one), made.article(other, source="b.txt")
    assert twins.same(one, other) == twins.same(other, one) == (expected is not None)
    if expected:
        assert twins.why(*sorted((one, other), key=twins.fullness, reverse=True)) == expected


def test_twins_one_inspection_in_two_magazines_is_two_articles():
    one, other = made.article(FULL), made.article(FULL, publisher="communitycare")
    assert not twins.same(one, other)
    assert not set(twins.fingerprints(one)) & set(twins.fingerprints(other))


def test_twins_same_words_in_other_lines_are_one_article(tmp_path):
    lines = FULL.replace("\n\n", " ").replace(" ", "\n")
    articles = [made.article(FULL, source="a.txt"), made.article(lines, source="b.txt")]
    assert placed(tmp_path / "records.db", articles)[0] == ({"a.txt"}, {"b.txt": ("a.txt", "same-words")})


def test_twins_a_flag_makes_a_copy_truncated_whatever_its_length():
    assert twins.why(made.article(FULL + " x", truncated=True), made.article(FULL + " y z")) == "cut"


def test_twins_fullest_has_most_words_then_most_said_of_it_then_first_source():
    articles = [
        made.article(FULL, source="b.txt"),
        made.article(FULL, source="a.txt"),
        made.article(FULL, source="c.txt", title="Known", published="2016-01-01"),
        made.article(FULL + " more", source="d.txt"),
    ]
    assert [each.source for each in sorted(articles, key=twins.fullness)] == ["d.txt", "c.txt", "a.txt", "b.txt"]


def outcome(db):
    kept = {row["source"] for row in db.table("articles").rows}
    filed = {
        row["source"]: (store.held(db, row["source"]).kept_as, row["reason"]) for row in db.table("duplicates").rows
    }
    return kept, filed


def placed(path, articles):
    with opened(path, create=True) as db:
        for article in articles:
            waiting = [Copy(article, "key")]
            while waiting:
                waiting += place(db, waiting.pop(), made.extract)
        return outcome(db), made.tables(db)


# `bridge` is a cut copy of two stories with one opening; `far` is a copy of `mid`, but `full` of neither more than once
CHAIN = [" ".join(made.story(name, 1).split()) for name in "abcdefghijklmnopqrstuvwxyz"]
SETS = {
    "copies of copies": {"full": FULL, "cut": CUT, "cutter": made.story("full", 2), "edited": EDITED, "again": FULL},
    "bridge": {"one": FULL, "two": SAME_OPENING, "bridge": made.story("full", 2)},
    "chain": {
        "full": "\n\n".join(CHAIN),
        "mid": "\n\n".join(CHAIN[:1] + CHAIN[3:]),
        "far": "\n\n".join(CHAIN[:1] + CHAIN[5:]),
    },
    "two leaders": {"a": FULL + "\n\nx", "b": EDITED + "\n\ny z", "c": made.story("full", 5), "d": DIGEST},
}


@pytest.mark.parametrize("name", SETS)
def test_twins_outcome_does_not_depend_on_the_order(tmp_path, name):
    articles = [made.article(body, source=source, title=source) for source, body in SETS[name].items()]
    with opened(empty := tmp_path / "empty.db", create=True):
        pass  # migrations take longer than the placing: once is enough
    runs = [
        placed(Path(shutil.copy(empty, tmp_path / f"{number}.db")), order)
        for number, order in enumerate(itertools.permutations(articles))
    ]
    assert all(each == runs[0] for each in runs)


@pytest.mark.parametrize(
    ("name", "kept", "filed"),
    [
        ("copies of copies", {"again"}, {"full": ("again", "same-bytes"), "cut": ("again", "cut"),
                                         "cutter": ("again", "cut"), "edited": ("again", "edited")}),
        ("bridge", {"one", "two"}, {"bridge": ("one", "cut")}),
        ("two leaders", {"a", "d"}, {"b": ("a", "edited"), "c": ("a", "cut")}),
    ],
)  # fmt: skip
def test_twins_the_fullest_is_kept(tmp_path, name, kept, filed):
    articles = [made.article(body, source=source) for source, body in SETS[name].items()]
    assert placed(tmp_path / "records.db", articles)[0] == (kept, filed)


def test_twins_furniture_left_in_every_page_makes_no_candidates(tmp_path, monkeypatch):
    compared = []
    monkeypatch.setattr(twins, "same", lambda one, other: compared.append(1))
    furniture = made.story("about us", 2)
    articles = [made.article(made.story(f"s{n}", 9) + "\n\n" + furniture, source=str(n)) for n in range(5)]
    assert len(placed(tmp_path / "records.db", articles)[0][0]) == 5
    assert not compared
