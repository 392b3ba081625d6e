"""Charts: their rows, what they say, that the picture shows the same, and that everybody can read it."""

import itertools
import re
import tomllib
from typing import get_args

import made
import numpy as np
import pytest
from lxml import etree

from pipeline import store, timeline
from pipeline.charts import ChartsError, charts, colours, drawn, england
from pipeline.charts.chart import HERE
from pipeline.charts.words import FILE
from pipeline.database import opened
from schemas.article import Publisher
from schemas.inspection import Area, Theme

STORIES = {
    "one.txt": ("cypnow", "2018-08-20", "Hartlepool was rated good in 2018-08. Hartlepool was rated inadequate in 2014-05. "
                          "Inspectors praised all."),
    "two.txt": ("communitycare", "2020-06-01", "Havering was rated good in 2020-05. Havering was rated outstanding in 2016-02."),
    "three.txt": ("communitycare", None, "Rutland was rated outstanding in 2017-02, it is said. Inspectors praised many."),
    "four.txt": ("cypnow", "2018-09-01", "Again: Hartlepool was rated good in 2018-08."),
}  # fmt: skip
ROWS = {
    "grades": [
        ("2014", "inadequate", 1, 1), ("2016", "outstanding", 1, 1), ("2017", "outstanding", 1, 1),
        ("2018", "good", 1, 1), ("2020", "good", 1, 1),
    ],
    "areas": [("overall", "outstanding", 1, 3, "33%"), ("overall", "good", 2, 3, "67%")],
    "movers": [
        ("Havering", "outstanding", "February 2016", "good", "May 2020", "down"),
        ("Hartlepool", "inadequate", "May 2014", "good", "August 2018", "up"),
    ],
    "themes_by_grade": [
        ("practice", "outstanding", 1, 1, "100%"), ("practice", "good", 1, 1, "100%"),
        ("voice of the child", "outstanding", 1, 1, "100%"), ("voice of the child", "good", 1, 1, "100%"),
    ],
    "themes_by_year": [
        ("practice", "2017", 1, 1, "100%"), ("practice", "2018", 1, 1, "100%"),
        ("voice of the child", "2017", 1, 1, "100%"), ("voice of the child", "2018", 1, 1, "100%"),
    ],
    "coverage": [
        ("Community Care", "2020", 1, 1), ("Community Care", "no date", 1, 1), ("CYP Now", "2018", 2, 2),
    ],
}  # fmt: skip
TOLD = {
    "grades": "5 full inspections with an overall grade from 2014 to 2020. Up to 2017, 67% were good or outstanding and 33% "
    "inadequate; after that, 100% were good or outstanding and 0% inadequate.",
    "areas": "Good or outstanding at the latest grade known: overall (100% of 3).",
    "map_overall": "Latest grades overall of 3 councils: 1 outstanding and 2 good; of 150 none is known.",
    "movers": "Overall grades went up 1 time and down 1 time. The latest: Havering, from outstanding to good (May 2020). "
    "Of those shown, by two grades or more: Hartlepool up to good.",
    "themes_by_grade": "Criticised most: practice, in 2 inspections and visits. By grade: outstanding: practice (1 of 1); "
    "good: practice (1 of 1).",
    "coverage": "4 articles from 2018 to 2020: 2 of Community Care and 2 of CYP Now; records were read from 4. None is of 2019.",
}
SVG = "{http://www.w3.org/2000/svg}"
COLOUR_BLIND = {  # Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    "all": [[0.2126, 0.7152, 0.0722]] * 3,
}
APART = 12  # in CIE Lab; 2.3 can just be seen where two colours touch


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("charts") / "records.db", create=True) as db:
        for source, (publisher, published, body) in STORIES.items():
            article = made.article(body, source=source, publisher=publisher, published=published)
            store.save(db, made.extract(article), "key", [])
        db.execute("UPDATE findings SET polarity = 'weakness'")
        db.conn.commit()
        timeline.refresh(db)
        yield db


@pytest.mark.parametrize("name", ROWS)
def test_table_has_exactly_these_rows(db, name):
    assert list(drawn(db, name).rows) == ROWS[name]


@pytest.mark.parametrize("name", TOLD)
def test_chart_says_its_finding(db, name):
    assert drawn(db, name).alt == TOLD[name]


def test_map_has_a_row_for_each_council_and_its_latest_grade(db):
    rows = drawn(db, "map_overall").rows
    assert len(rows) == 153
    assert [row for row in rows if row[2] != "none known"] == [
        ("Hartlepool", "North East", "good", "August 2018"),
        ("Havering", "London", "good", "May 2020"),
        ("Rutland", "East Midlands", "outstanding", "February 2017"),
    ]


@pytest.mark.parametrize("name", [*ROWS, "map_overall", "agreement"])
def test_picture_names_itself_and_has_a_mark_for_each_row_of_the_table(db, name):
    found = drawn(db, name)
    root = etree.fromstring(found.svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", found.alt)
    words = [title.text for title in root.iter(f"{SVG}title")]
    expected = [
        ", ".join(f"{head}: {cell}" for head, cell in zip(found.columns, row, strict=True) if cell is not None)
        for row in found.rows
    ]
    assert sorted(words) == sorted(expected)


@pytest.mark.parametrize("name", charts())
def test_picture_brings_no_style_script_or_address_and_only_colours_of_the_page(db, name):
    svg = drawn(db, name).svg
    if not svg:
        assert name not in ROWS
        return
    assert not re.search(r"<(script|style|image|use|foreignObject)|style=|href=|url\(|font-family", svg)
    painted = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
    assert {colour for colour in painted if not colour.startswith("var(--chart-")} <= {"none", "transparent"}
    assert "var(" not in colours.painted(svg, "dark")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("movers", {"inadequate", "requires improvement", "good", "outstanding", "May 2020  Havering"}),
        ("grades", {"O  outstanding", "I  inadequate", "2014", "2020", "I 1", "full inspections"}),
        ("areas", {"overall (3)", "O 33%", "G 67%"}),
        ("map_overall", {"O", "G", "–", "Hartl", "O  outstanding", "–  none known"}),
        ("themes_by_year", {"2017", "1", "100", "voice of the child"}),
        ("coverage", {"CYP Now", "Community Care", "2018", "no", "date", "those that give records"}),
        ("agreement", {"the official record agrees", "outside what the official record holds"}),
    ],
)
def test_picture_is_lettered_so_that_it_needs_no_colour(db, name, words):
    written = {text.strip() for text in etree.fromstring(drawn(db, name).svg).itertext() if text.strip()}
    assert words - written == set()


def test_link_makes_marks_lead_to_addresses_of_ours_with_a_name(db):
    svg = drawn(db, "grades", lambda row: f"/rows?year={row['year']}&a=1" if row["year"] != "2014" else None).svg
    root = etree.fromstring(svg)
    links = {link.get("href"): link.get("aria-label") for link in root.iter(f"{SVG}a")}
    assert root.get("role") == "group"
    assert set(links) == {f"/rows?year={year}&a=1" for year in (2016, 2017, 2018, 2020)}
    assert links["/rows?year=2018&a=1"] == "Year: 2018, Overall grade: good, Inspections: 1, Of that year: 1"
    assert "invalid" not in svg


def test_same_rows_give_the_same_bytes(db):
    assert drawn(db, "movers") == drawn(db, "movers")


@pytest.mark.parametrize("dates", [False, True], ids=["empty", "undated"])
def test_chart_of_nothing_is_a_sentence(tmp_path, dates):
    with opened(tmp_path / "records.db", create=True) as db:
        if dates:
            article = made.article("Hartlepool was rated good in 2018-08.", source="a.txt")
            store.save(db, made.extract(article), "key", [])
            db.execute("UPDATE inspections SET date = NULL, reported = NULL, date_basis = NULL, framework = NULL")
            db.conn.commit()
        timeline.refresh(db)
        found = {name: drawn(db, name) for name in charts()}
    empty = {name for name, drawing in found.items() if not drawing.svg}
    assert empty == charts().keys() - ({"coverage", "areas", "map_overall", "agreement"} if dates else set())
    assert found["grades"].alt == "No full inspection with an overall grade and a year."
    if dates:
        assert found["coverage"].alt == "1 article, none with a date: 1 of CYP Now; records were read from 1."


def test_unknown_chart_is_said():
    with pytest.raises(ChartsError, match="no chart 'pie'; there are grades, areas, map_overall"):
        drawn(None, "pie")


def test_each_council_of_today_has_a_hexagon_of_its_own():
    assert len(england.hexagons()) == len(set(england.hexagons().values())) == 153


@pytest.mark.parametrize("change", [("barnet,10,13\n", ""), ("barnet,10,13", "barnet,14,15"), ("barnet,", "barnett,")])
def test_map_that_misses_a_council_or_has_two_in_one_place_stops(tmp_path, monkeypatch, change):
    text = (HERE / "map.csv").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "map.csv").write_text(text.replace(*change), encoding="utf-8")
    monkeypatch.setattr(england, "HERE", tmp_path)
    with pytest.raises(england.MapError, match="each of today's councils once"):
        england.hexagons.__wrapped__()


def test_map_is_what_its_tool_makes():
    pytest.importorskip("scipy", reason="the tool that places hexagons needs scipy")
    from benchmarks.hexagons import layout  # noqa: PLC0415 - after scipy was looked for

    assert layout() == england.hexagons()


def _linear(colour):
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def _lab(linear):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(
        linear, 0, 1
    )
    f = np.cbrt(np.maximum(xyz / np.array([0.9505, 1, 1.089]), 0.008856))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _contrast(one, other):
    lights = sorted(float(_linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("eyes", COLOUR_BLIND)
@pytest.mark.parametrize("ground", ["light", "dark"])
def test_grades_can_be_told_apart_by_all_eyes(ground, eyes):
    palette, matrix = colours.palettes()[ground], np.array(COLOUR_BLIND[eyes])
    scales = (
        ("outstanding", "good", "requires_improvement", "inadequate"),
        ("outstanding", "good", "adequate", "inadequate"),
    )
    pairs = {pair for scale in scales for pair in itertools.combinations(scale, 2)} | {("up", "down")}
    seen = {name: _lab(matrix @ _linear(palette[name])) for pair in pairs for name in pair}
    near = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in sorted(pairs)}
    in_grey = {("outstanding", "inadequate"), ("good", "requires_improvement"), ("good", "adequate"), ("up", "down")}
    assert {pair: gap for pair, gap in near.items() if gap < APART and not (eyes == "all" and pair in in_grey)} == {}


@pytest.mark.parametrize("ground", ["light", "dark"])
def test_every_colour_stands_out_from_what_is_behind_it(ground):
    palette = colours.palettes()[ground]
    writing = {name: name.removeprefix("on_") for name in palette if name.startswith("on_")}
    writing |= dict.fromkeys(("ink", "faint", "accent"), "ground")
    graded = {name.removeprefix("on_") for name in palette if name.startswith("on_")}
    edged = (
        graded | {"pale"} if ground == "light" else {"none", "pale"}
    )  # these are drawn with an edge, or a letter says it
    shapes = dict.fromkeys(palette.keys() - writing.keys() - edged - {"ground", "line"}, "ground")
    low = [(on, least) for pairs, least in ((writing, 4.5), (shapes, 3)) for on in pairs.items()]
    assert {on: _contrast(*map(palette.get, on)) for on, least in low if _contrast(*map(palette.get, on)) < least} == {}
    assert "edge" in shapes


@pytest.mark.parametrize("name", ["grades", "areas", "map_overall", "coverage"])
def test_marks_have_an_edge(db, name):
    marks = [
        mark
        for mark in etree.fromstring(drawn(db, name).svg).iter(f"{SVG}path")
        if mark.find(f"{SVG}title") is not None
    ]
    assert {mark.get("stroke") for mark in marks} == {"var(--chart-edge)"}


def test_colours_are_checked(monkeypatch, tmp_path):
    text = colours.FILE.read_text(encoding="utf-8")
    for old, new, wrong in (
        ('"#ffffff"', '"white"', "expected #rrggbb"),
        ("[dark]", '[dark]\npink = "#ff00ff"', "same names"),
    ):
        path = tmp_path / "colours.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        monkeypatch.setattr(colours, "FILE", path)
        with pytest.raises(colours.ColoursError, match=wrong):
            colours.palettes.__wrapped__()


def test_every_word_is_of_a_value_that_there_is():
    known = {"area": get_args(Area), "theme": get_args(Theme), "publisher": get_args(Publisher)}
    words = tomllib.loads(FILE.read_text(encoding="utf-8"))
    assert {(kind, word) for kind, values in known.items() for word in words[kind] if word not in values} == set()
