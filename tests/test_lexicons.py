"""What the lexicons say of themselves is true: examples match, counterexamples do not, tables hang together."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extractors import lexicon, tables
from extractors.lexicon import Entry, LexiconError, LexiconMatcher, load, names
from extractors.tables import TableError, rows

FOLDER = Path(lexicon.__file__).parent / "lexicons"


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A tokenizer without the statistical model: matching needs no more."""
    return spacy.blank("en")


@pytest.fixture(scope="module")
def matcher(nlp: Language) -> LexiconMatcher:
    return LexiconMatcher(nlp)


def faults(name: str, entry: Entry, nlp: Language, matcher: LexiconMatcher) -> Iterator[str]:
    """What an entry claims and does not keep."""

    def found(text: str) -> set[str]:
        doc = matcher(nlp.make_doc(text))  # held, because spans do not keep their Doc alive
        return {span.id_ for span in doc.spans[name]}

    if not entry.examples:
        yield "has no example"
    for text in entry.examples:
        if entry.id not in found(text):
            yield f"does not match its example {text!r}, which gives {sorted(found(text))}"
    for text in entry.counterexamples:
        if entry.id in found(text):
            yield f"matches its counterexample {text!r}"


@pytest.mark.parametrize(
    ("name", "entry"), [pytest.param(name, entry, id=f"{name}-{entry.id}") for name in names() for entry in load(name)]
)
def test_entry_keeps_what_it_claims(name: str, entry: Entry, nlp: Language, matcher: LexiconMatcher) -> None:
    assert not list(faults(name, entry, nlp, matcher)), f"{name}.toml, entry {entry.id!r}"


def test_there_are_lexicons() -> None:
    assert {"grades", "areas", "kinds"} <= set(names())


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty lexicon folder in place of the project's."""
    for door in (lexicon, tables):
        monkeypatch.setattr(door, "FOLDER", tmp_path)
    load.cache_clear()
    yield tmp_path
    load.cache_clear()


COLOURS = """
[[entry]]
id = "red"
phrases = ["{bright ,}red"]
examples = ["a red door", "the bright red door"{example}]
counterexamples = ["a reddish door"{counterexample}]
"""


@pytest.mark.parametrize(
    ("example", "counterexample", "expected"),
    [
        pytest.param("", "", [], id="sound"),
        pytest.param(', "a blue door"', "", ["does not match its example 'a blue door', which gives []"], id="example"),
        pytest.param("", ', "a Red door"', ["matches its counterexample 'a Red door'"], id="counterexample"),
    ],
)
def test_broken_entry_is_caught(
    own_folder: Path, nlp: Language, example: str, counterexample: str, expected: list[str]
) -> None:
    text = COLOURS.replace("{example}", example).replace("{counterexample}", counterexample)
    (own_folder / "colours.toml").write_text(text, encoding="utf-8")
    (entry,) = load("colours")
    assert list(faults("colours", entry, nlp, LexiconMatcher(nlp))) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("entries = 1", r"colours\.toml", id="no tables"),
        pytest.param("[[entry", r"colours\.toml: expected a toml file", id="no toml"),
        pytest.param('[[entry]]\nid = "red"\nphrase = ["red"]', "entry 'red': key 'phrase'", id="unknown key"),
        pytest.param('[[entry]]\nid = "red"\nphrases = "red"', "entry 'red': key 'phrases'", id="wrong type"),
        pytest.param('[[entry]]\nid = "red"\nphrases = ["red"]', "entry 'red'", id="no example"),
        pytest.param(
            '[[entry]]\nid = "red"\nphrases = ["red"]\nexamples = ["red"]\n' * 2,
            r"ids must be unique.*'red'",
            id="twice",
        ),
    ],
)
def test_wrong_file_is_refused_with_its_place(own_folder: Path, text: str, said: str) -> None:
    (own_folder / "colours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=said):
        load("colours")


def test_unbalanced_braces_name_their_entry(own_folder: Path, nlp: Language) -> None:
    text = '[[entry]]\nid = "red"\nphrases = ["{red"]\nexamples = ["red"]'
    (own_folder / "colours.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"colours\.toml, entry 'red': unbalanced braces"):
        LexiconMatcher(nlp)


def test_missing_table_is_refused(own_folder: Path) -> None:
    with pytest.raises(TableError, match=r"councils\.csv: expected a csv file"):
        list(rows("councils"))


def councils() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in rows("councils")}


def test_councils_ids_are_unique() -> None:
    ids = [row["id"] for row in rows("councils")]
    assert len(ids) == len(set(ids)) > 150


def test_councils_of_one_code_do_not_overlap_in_time() -> None:
    spans: dict[str, list[tuple[str, str]]] = {}
    for row in rows("councils"):
        if row["gss"]:
            spans.setdefault(row["gss"], []).append((row["start_date"], row["end_date"] or "9999"))
    shared = {gss: sorted(periods) for gss, periods in spans.items() if len(periods) > 1}
    assert not {gss: p for gss, p in shared.items() if any(a[1] >= b[0] for a, b in pairwise(p))}


def test_councils_successors_and_predecessors_exist() -> None:
    ids = councils()
    links = {other for row in ids.values() for key in ("successors", "predecessors") for other in row[key].split("|")}
    assert links - {""} <= ids.keys()


@pytest.mark.parametrize("table", ["councils", "bodies"])
def test_dates_are_real_and_in_order(table: str) -> None:
    for row in rows(table):
        start, end = (date.fromisoformat(row[key]) if row[key] else None for key in ("start_date", "end_date"))
        assert start is None or end is None or start <= end, row


def test_aliases_point_to_councils_and_have_no_stray_spaces() -> None:
    ids = councils()
    for row in rows("aliases"):
        assert row["council_id"] in ids, row
        assert row["alias"] == " ".join(row["alias"].split()), row
        assert row["ambiguous"] in ("true", "false"), row


def test_aliases_are_unique_per_council() -> None:
    pairs = [(row["alias"], row["council_id"]) for row in rows("aliases")]
    assert len(pairs) == len(set(pairs))


def test_every_council_with_childrens_services_has_an_alias() -> None:
    wanted = {name for name, row in councils().items() if row["childrens_services"] == "true"}
    assert wanted <= {row["council_id"] for row in rows("aliases")}


def test_bodies_point_to_councils() -> None:
    ids = councils()
    for row in rows("bodies"):
        assert set(row["council_id"].split("|")) <= ids.keys(), row


def test_traps_are_unique_and_no_council() -> None:
    traps = [row["name"] for row in rows("traps")]
    assert len(traps) == len(set(traps))
    assert not set(traps) & {row["official_name"] for row in rows("councils")}
