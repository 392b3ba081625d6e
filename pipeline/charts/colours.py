"""The colours of charts: by name, for light and for dark ground, and as variables of the page that a chart stands in."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

FILE = Path(__file__).parent / "colours.toml"
HEX = re.compile(r"#[0-9a-f]{6}")
Theme = Literal["page", "light", "dark"]


class ColoursError(Exception):
    """`colours.toml` is wrong: says which colour, and what was expected."""


@cache
def palettes() -> Mapping[str, Mapping[str, str]]:
    """The colours of `light` and of `dark`, checked: the same names, all as #rrggbb."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if read.keys() != {"light", "dark"} or read["light"].keys() != read["dark"].keys():
        raise ColoursError(f"{FILE.name}: expected the same names under [light] and [dark], and no more")
    for ground, palette in read.items():
        for name, colour in palette.items():
            if not HEX.fullmatch(colour):
                raise ColoursError(f"{FILE.name}, [{ground}] {name}: expected #rrggbb, not {colour!r}")
    return read


def colours(theme: Theme) -> Mapping[str, str]:
    """Colours by name; those of `page` are variables, which follow what the reader of the page prefers."""
    if theme == "page":
        return {name: f"var(--chart-{name})" for name in palettes()["light"]}
    return palettes()[theme]


def css() -> str:
    """The variables of theme `page` as a style sheet."""
    light, dark = (
        " ".join(f"--chart-{name}: {colour};" for name, colour in palettes()[ground].items())
        for ground in ("light", "dark")
    )
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
