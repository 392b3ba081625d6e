"""Where each council's hexagon stands: `python -m benchmarks.hexagons` writes `pipeline/charts/map.csv` anew.

The shape is drawn in `hexagons.txt`: a letter a hexagon, by region, every other row half a hexagon to the right. Councils
are put into the hexagons of their region so that they move least, by `hexagons.csv`: where each lies, about, and where
that would put it among the wrong neighbours, a little nearer to where it belongs. Needs scipy, which nothing else does.
"""

import csv
import math
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.stats import rankdata

from extractors.authorities import register

HERE = Path(__file__).parent
OUT = HERE.parent / "pipeline" / "charts" / "map.csv"
REGIONS = {
    "n": "North East", "w": "North West", "y": "Yorkshire and the Humber", "e": "East Midlands", "m": "West Midlands",
    "a": "East of England", "l": "London", "s": "South East", "x": "South West",
}  # fmt: skip
LONGITUDE = 0.6  # of a degree of latitude, in the middle of England
RANKS = 0.6  # weight of order against distance: towns lie close together, hexagons do not


def cells() -> dict[str, list[tuple[int, int]]]:
    """Column and row of each hexagon of the drawing, by region."""
    found: dict[str, list[tuple[int, int]]] = {name: [] for name in REGIONS.values()}
    for row, line in enumerate((HERE / "hexagons.txt").read_text(encoding="utf-8").split()):
        for column, letter in enumerate(line):
            if letter in REGIONS:
                found[REGIONS[letter]].append((column, row))
    return found


def places() -> dict[str, tuple[float, float]]:
    """Where each council lies: eastward and northward, in degrees of latitude."""
    with (HERE / "hexagons.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: (float(row["longitude"]) * LONGITUDE, float(row["latitude"])) for row in rows}


def spread(points: "np.ndarray") -> "np.ndarray":
    """Points on one scale, whatever they were measured in: mean 0, deviation 1, and more evenly apart."""
    ranks = np.column_stack([rankdata(axis) for axis in points.T])
    even, true = ((part - part.mean(0)) / part.std(0) for part in (ranks, points))
    return RANKS * even + (1 - RANKS) * true


def layout() -> dict[str, tuple[int, int]]:
    """Column and row of each council."""
    found = {}
    for region, free in cells().items():
        here = {id: place for id, place in places().items() if register()[id].council.region == region}
        if len(here) != len(free):
            raise ValueError(f"hexagons.txt: {region} has {len(free)} hexagons; expected {len(here)}, one a council")
        centres = np.array([(column + row % 2 / 2, -row * math.sqrt(3) / 2) for column, row in free])
        moves = ((spread(np.array(list(here.values())))[:, None] - spread(centres)[None]) ** 2).sum(2)
        councils, hexagons = linear_sum_assignment(moves)
        found |= {list(here)[council]: free[hexagon] for council, hexagon in zip(councils, hexagons, strict=True)}
    return found


if __name__ == "__main__":
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("council_id", "column", "row"), *((id, *place) for id, place in sorted(layout().items()))])
