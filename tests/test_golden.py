"""The whole path over whole corpora: every span is where it says, every input is accounted for, no score falls."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipeline import floors
from pipeline.database import opened
from pipeline.floors import FILE, Corpus, FloorError, below, corpora, export_of, raised, table, write
from pipeline.read import documents
from pipeline.score import Scores, score_export

CORPORA = {corpus.name: corpus for corpus in corpora(FILE)}
UNSEEN = FILE.parent / "heldout" / "articles"  # read by the program alone: rules must not be made from them


@dataclass(frozen=True)
class Taken:
    """A folder of articles, taken the whole path."""

    articles: Path
    folder: Path

    def lines(self, name: str) -> list[dict[str, Any]]:
        text = (self.folder / "export" / f"{name}.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with opened(self.folder / "records.db") as db:
            return list(db.execute(sql).fetchall())


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Taken]:
    """Takes a corpus the whole path, once, whichever tests look at the outcome."""

    @cache
    def taken(name: str) -> Taken:
        articles = CORPORA[name].articles if name in CORPORA else UNSEEN
        if not articles.is_dir():
            pytest.skip(f"the articles of {name!r} do not lie in {articles}: they are no part of the project")
        folder = tmp_path_factory.mktemp(name)
        export_of(articles, folder)
        return Taken(articles, folder)

    return taken


@pytest.fixture(params=[*CORPORA, "heldout"])
def taken(request: pytest.FixtureRequest, take: Callable[[str], Taken]) -> Taken:
    return take(request.param)


def spans(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every span inside a record, with its place there."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield where, value
        for key, inner in value.items():
            yield from spans(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from spans(inner, f"{where}[{index}]")


def test_every_span_is_the_words_that_it_points_at(taken: Taken) -> None:
    articles = {line["article_id"]: line for line in taken.lines("articles")}
    wrong, seen = [], 0
    for record in taken.lines("inspections"):
        article = articles[record["article"]["article_id"]]
        for where, span in spans(record):
            seen += 1
            if article[span["field"]][span["start"] : span["end"]] != span["text"] or not span["text"].strip():
                wrong.append(f"{article['source']}: {record['record_id']}{where}")
    assert not wrong
    assert seen


def test_every_value_has_its_words(taken: Taken) -> None:
    wrong = []
    for record in taken.lines("inspections"):
        name, evidence = f"{record['article']['source']}: {record['record_id']}", record["evidence"]
        wrong += [f"{name}: {key}" for key in ("inspected", "reported") if bool(record[key]) != bool(evidence[key])]
        wrong += [f"{name}: {rating['area']}" for rating in record["ratings"] if not rating["evidence"]]
        wrong += [f"{name}: finding" for one in record["findings"] if one["text"] != one["evidence"]["text"]]
        wrong += [] if evidence["council"] else [f"{name}: council"]
    assert not wrong


def test_every_mention_is_the_words_that_it_points_at(taken: Taken) -> None:
    mentions = taken.rows(
        "select source, mention, substr(iif(field = 'title', title, body), start + 1, \"end\" - start) = text"
        " from mentions join articles using (article_id)"
    )
    assert [(source, mention) for source, mention, same in mentions if not same] == []
    assert mentions


def test_every_input_is_an_article_a_duplicate_or_a_reject(taken: Taken) -> None:
    rows = taken.rows(
        "select source from articles union all select source from duplicates union all select source from rejects"
    )
    assert sorted(source for (source,) in rows) == sorted(item.source for item in documents([str(taken.articles)], {}))


@pytest.mark.parametrize("name", CORPORA)
def test_scores_reach_their_floors(name: str, take: Callable[[str], Taken]) -> None:
    corpus, taken = CORPORA[name], take(name)
    figures = score_export(taken.folder / "export", corpus.gold, corpus.articles).figures
    assert not below(figures, corpus.floors)
    assert corpus.floors, "no floors yet: `make floors` writes them"


def test_sample_shows_a_twin_and_a_reject(take: Callable[[str], Taken]) -> None:
    sample = take("sample")
    twins = sample.rows("select duplicates.source, articles.source from duplicates join articles using (article_id)")
    assert twins == [("dev-004.txt", "dev-029.txt")]
    assert sample.rows("select source, reason from rejects") == [("picture-saved-as-page.html", "not-text")]


GOOD = Corpus("x", Path("a"), Path("g"), {"rating_f1": 0.9, "found": 1.0})


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param({"rating_f1": 0.9, "found": 1.0}, [], id="reached"),
        pytest.param({"rating_f1": 0.89, "found": 1.0}, ["rating_f1 is 0.890, its floor 0.9"], id="fallen"),
        pytest.param({"rating_f1": 0.95}, ["found is 0.000, its floor 1.0"], id="gone"),
    ],
)
def test_below(figures: dict[str, float], expected: list[str]) -> None:
    assert below(figures, GOOD.floors) == expected


def test_raised_rounds_down_and_keeps_only_what_may_have_a_floor() -> None:
    figures = {"rating_f1": 0.98769, "found": 1.0, "events_precision": 0.5, "articles": 3}
    assert raised(GOOD, figures, allow_lower=False) == {"rating_f1": 0.987, "found": 1.0}


def test_raised_refuses_to_lower_unasked() -> None:
    figures = {"rating_f1": 0.5, "found": 1.0}
    with pytest.raises(FloorError, match=r"x: rating_f1 is 0\.500, its floor 0\.9: .*--allow-lower"):
        raised(GOOD, figures, allow_lower=False)
    assert raised(GOOD, figures, allow_lower=True) == figures


def test_table_shows_figures_beside_their_floors() -> None:
    scores = Scores({"articles": 3, "rating_f1": 0.98769}, (), (), ())
    assert table(GOOD, scores).splitlines() == [
        "x                            score  floor",
        "articles                         3",
        "rating_f1                    0.988  0.900",
    ]


def test_write_changes_the_named_floors_alone(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    path.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    write({"sample": {"found": 0.25}}, path)
    expected = [
        replace(corpus, floors={"found": 0.25} if corpus.name == "sample" else corpus.floors)
        for corpus in corpora(FILE)
    ]
    assert [(c.name, c.floors) for c in corpora(path)] == [(c.name, c.floors) for c in expected]


@pytest.fixture
def own_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of floors in place of the project's: a corpus of one article, and one that is not there."""
    for kind, name in (("sample", "dev-006.txt"), ("gold", "dev-006.json")):
        (tmp_path / kind).mkdir()
        shutil.copy(FILE.parent / kind / name, tmp_path / kind / name)
    here, there = ({"articles": f"{x}sample", "gold": f"{x}gold", "floors": {}} for x in ("", "no/"))
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"here": here, "there": there}), encoding="utf-8")
    monkeypatch.setattr(floors, "FILE", path)
    return path


def test_floors_are_measured_raised_and_lowered_only_when_asked(own_floors: Path) -> None:
    def run(*options: str) -> tuple[int, str]:
        done = CliRunner().invoke(floors.main, options)
        return done.exit_code, done.output

    before = own_floors.read_text(encoding="utf-8")
    code, said = run()
    assert code == 0
    assert "found                        1.000\n" in said
    assert "there: not there, passed over" in said
    assert own_floors.read_text(encoding="utf-8") == before

    assert run("--update")[0] == 0
    here, there = corpora(own_floors)
    assert here.floors["found"] == 1.0
    assert "events_precision" not in here.floors
    assert there.floors == {}

    write({"here": {"found": 1.1}}, own_floors)
    code, said = run("--update")
    assert code == 1
    assert "here: found is 1.000, its floor 1.1: mend the fall" in said
    assert corpora(own_floors)[0].floors == {"found": 1.1}
    assert run("--update", "--allow-lower")[0] == 0
    assert corpora(own_floors)[0].floors == here.floors


def test_wrong_floors_file_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text('{"sample": {}}', encoding="utf-8")
    with pytest.raises(FloorError, match=r"floors\.json: expected an object of .*'articles'"):
        corpora(tmp_path / "floors.json")
