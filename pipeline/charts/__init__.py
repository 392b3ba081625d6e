"""Charts of a database: pictures that need no browser, each with its finding in words and its table.

A chart is a file of SQL, a module that plots its rows, and a place in `CHARTS`.
"""

from collections.abc import Mapping

from sqlite_utils import Database

from pipeline.charts.chart import Chart, Drawing, Link

__all__ = ["Chart", "ChartsError", "Drawing", "Link", "charts", "drawn"]


class ChartsError(Exception):
    """A chart can't be drawn: says why, and what to do."""


def charts() -> Mapping[str, Chart]:
    """All charts by name, in the order in which a report shows them."""
    try:
        from pipeline.charts import agreement, areas, coverage, england, grades, movers, themes  # noqa: PLC0415 - heavy
    except ModuleNotFoundError as error:
        raise ChartsError(f"charts need {error.name}: pip install '.[report]' in the program's folder") from error
    modules = (grades, areas, england, movers, themes, coverage, agreement)
    return {chart.name: chart for module in modules for chart in module.CHARTS}


def drawn(db: Database, name: str, link: Link | None = None) -> Drawing:
    """One chart of a database as svg, in words and as a table; `pipeline.timeline.refresh` comes first.

    Colours come from the page that it stands in (`colours.css`); `colours.painted` puts them in. `link` gives where a
    mark leads, by the row that it shows.
    """
    known = charts()
    if name not in known:
        raise ChartsError(f"no chart {name!r}; there are {', '.join(known)}")
    from pipeline.charts.draw import draw  # noqa: PLC0415 - heavy

    return draw(db, known[name], link)
