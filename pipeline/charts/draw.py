"""A chart and a database -> a drawing; pictures are made here, without a browser, a network or JavaScript in the page.

The first picture of a process takes a second, further ones a few hundredths.
"""

from collections.abc import Container, Mapping
from typing import Any

import altair as alt
import vl_convert
from lxml import etree
from sqlite_utils import Database

from pipeline.charts.chart import Chart, Drawing, Link, Row
from pipeline.charts.colours import variables

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])  # the grammar that this Altair writes
BASE = "https://records.invalid"  # Vega puts an address of its own before one that names no host
XLINK = "{http://www.w3.org/1999/xlink}href"
SVG = "{http://www.w3.org/2000/svg}"
UNUSED = ("role", "aria-roledescription", "aria-hidden", "aria-label", "class", "pointer-events", "font-family")
# roles and names are said better by the drawing's own words, and writing takes the font of its page


def draw(db: Database, chart: Chart, link: Link | None = None) -> Drawing:
    """One chart of a database; `link` makes its marks lead somewhere.

    The same rows give the same bytes, with one version of the libraries and the fonts of one machine, which the layout
    of legends goes by.
    """
    rows = chart.rows(db)
    alt_text = chart.tell(rows) if rows else chart.nothing
    return Drawing(
        name=chart.name,
        title=chart.title,
        about=chart.about,
        alt=alt_text,
        columns=tuple(chart.columns.values()),
        rows=tuple(tuple(row[key] for key in chart.columns) for row in rows),
        svg=_svg(chart, [_marked(chart, row, link) for row in rows], alt_text, link) if rows else "",
    )


def _marked(chart: Chart, row: Row, link: Link | None) -> Row:
    """A row with what is said of its mark, and where it leads."""
    words = ", ".join(f"{heading}: {row[key]}" for key, heading in chart.columns.items() if row[key] is not None)
    address = link(row) if link else None
    return {**row, "words": words, **({"href": BASE + address} if address else {})}


def _svg(chart: Chart, rows: list[Row], alt_text: str, link: Link | None) -> str:
    """The picture as an `svg` element that names itself."""
    palette = variables()
    spec = chart.plot(rows, palette).configure(**config(palette)).to_dict()
    root = etree.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE).encode())
    words = {row["words"] for row in rows}
    for element in list(root.iter(f"{SVG}*")):
        _tidy(element, words)
    root.attrib.update({"role": "group" if link else "img", "aria-label": alt_text, "class": "chart"})
    root.attrib.pop("version", "")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _tidy(element: Any, words: Container[str]) -> None:
    """Take out what only Vega needs, and let a mark say its words where a pointer rests on it."""
    said = element.get("aria-label")
    if element.tag == f"{SVG}path" and element.get("class") in ("background", "foreground"):
        element.getparent().remove(element)
    elif element.tag == f"{SVG}path" and said in words:
        etree.SubElement(element, f"{SVG}title").text = said
    for name in UNUSED:
        element.attrib.pop(name, "")
    if element.tag == f"{SVG}a":
        _lead(element)


def _lead(link: Any) -> None:
    """Make a link one of a page, and give it the words of its mark; one that leads nowhere goes."""
    (mark,) = link
    if link.get(XLINK, "").startswith(BASE):
        link.set("href", link.attrib.pop(XLINK).removeprefix(BASE))
        link.set("aria-label", mark.get("aria-label"))
    else:
        link.getparent().replace(link, mark)


def config(palette: Mapping[str, str]) -> dict[str, Any]:
    """How all charts look."""
    writing = {"labelColor": palette["ink"], "titleColor": palette["faint"], "labelFontSize": 12, "titleFontSize": 12}
    return {
        "background": "transparent",
        "font": "sans-serif",
        "view": {"stroke": None},
        "axis": {
            **writing, "titleFontWeight": "normal", "gridColor": palette["line"], "domainColor": palette["line"],
            "tickColor": palette["line"], "labelLimit": 260,
        },
        "legend": {**writing, "orient": "top", "title": None, "symbolType": "square", "symbolSize": 160, "columnPadding": 26},
        "text": {"color": palette["ink"], "fontSize": 11},
        "bar": {"stroke": palette["edge"], "strokeWidth": 1},
    }  # fmt: skip
