"""Row -> Document: which column of a table, or key of a JSON object, holds the article, and which says what of it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from pipeline.publishers import day, template_of
from pipeline.read.document import Document, SetupError, Sidecar
from schemas.article import Publisher
from schemas.reject import Rejected

FILE = Path(__file__).parent / "columns.toml"
BOM = "\ufeff"
LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
LOWEST, HIGHEST = 10**8, 10**10  # seconds since 1970: from 1973 to 2286; a thousand times as many are milliseconds

Row = Mapping[str, object]
Columns = Mapping[str, Sequence[str]]


@cache
def usual() -> Columns:
    """The usual names of the columns, by field, as `columns.toml` lists them."""
    return {field: tuple(map(_key, names)) for field, names in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def columns(given: str = "") -> Columns:
    """The names of the columns: those given as `field=column,field=column`, then the usual ones; raises `SetupError`."""
    found = dict(usual())
    for item in filter(None, given.split(",")):
        field, _, name = (part.strip() for part in item.partition("="))
        if field not in found or not name:
            raise SetupError(f"columns {item!r}: expected field=column, the field one of {', '.join(found)}")
        found[field] = (_key(name), *found[field])
    return found


@lru_cache(maxsize=1000)
def _key(name: str) -> str:
    """A name without case, spaces and marks; the dots of a path stay."""
    return re.sub(r"[^\w.]+|_", "", name.casefold())


def holding(names: Iterable[str], columns: Columns) -> list[str]:
    """The names of a table's columns that a field is read from; raises `Rejected` where none holds the article."""
    names = list(names)
    known = {key.partition(".")[0] for keys in columns.values() for key in keys}
    if not has_article(names, columns):
        said = ", ".join(names[:20])
        advice = "expected a column `text` or `html`; name yours with --columns text=NAME"
        raise Rejected("unknown-format", f"no column holds the article; there are {said[:200]}: {advice}")
    return [name for name in names if _key(name) in known]


def is_header(names: Sequence[str], columns: Columns) -> bool:
    """Whether the cells of a line name the columns of articles: the one that holds them, and one that says of them."""
    keys = {_key(name) for name in names}
    said = sum(any(key in keys for key in columns[field]) for field in columns)
    return said > 1 and has_article(names, columns)


def has_article(names: Iterable[str], columns: Columns) -> bool:
    """Whether one of the columns holds the article."""
    keys = {_key(name) for name in names}
    return any(key.partition(".")[0] in keys for field in ("html", "text") for key in columns[field])


def document(source: str, row: Row, columns: Columns, limit: int) -> Document:
    """The document in a row; one with a problem where the row holds no article."""
    cells = {_key(name): value for name, value in row.items() if isinstance(name, str)}
    html, text = (_first(field, cells, columns) for field in ("html", "text"))
    data = _article(html) or _article(text)
    sidecar = _sidecar(cells, columns)
    if html is None and text is None:
        said = ", ".join(map(str, list(row)[:20]))[:200]
        problem = Rejected("unknown-format", f"the row has no `text` and no `html`; it has {said or 'nothing'}")
    elif not data.strip():
        problem = Rejected("empty", "the row has no text; expected an article")
    elif len(data) > limit:
        problem = Rejected("too-large", f"more than {limit} bytes (limit document_bytes)")
    else:
        return Document(source, data, sidecar)
    return Document(source, None, sidecar, problem)


def _first(field: str, cells: Row, columns: Columns) -> object:
    """The first value that is not blank under one of the names of a field; None where the row has no such column."""
    found: object = None
    for path in columns[field]:
        outer, _, inner = path.partition(".")
        value = cells.get(outer)
        if inner:
            value = {_key(key): each for key, each in value.items()}.get(inner) if isinstance(value, dict) else None
        if value is not None:
            found = value if found is None else found
            if _joined(value).strip():
                return value
    return found


def _article(value: object) -> bytes:
    """The bytes of a cell; what was text in its container is UTF-8, and says so, whatever a page in it declares."""
    if isinstance(value, bytes):
        try:
            text = value.decode("utf-8-sig")
        except UnicodeDecodeError:
            return value
    else:
        text = _joined(value)
    try:
        return (BOM + text if "<" in text and not text.isascii() else text).encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8, kept as surrogates; else lone ones, which say nothing
        return text.encode("utf-8", "surrogateescape" if not LONE.search(text) else "ignore")


def _joined(value: object) -> str:
    """A value as text: the paragraphs in a list or an object, in order, each apart."""
    return "\n\n".join(filter(None, _texts(value)))


def _texts(value: object) -> Iterator[str]:
    """The texts in a value, in order; not recursive: a row may nest deep."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, bytes):
            each = each.decode("utf-8", "replace")
        if isinstance(each, str):
            yield each
        elif isinstance(each, Mapping):
            waiting += reversed(list(each.values()))
        elif isinstance(each, Sequence):
            waiting += reversed(each)
        elif each is not None and not isinstance(each, bool):
            yield str(each)


def _sidecar(cells: Row, columns: Columns) -> Sidecar:
    """What a row says of its article; values that make no sense are passed over."""
    said = {field: list(_texts(_first(field, cells, columns))) for field in Sidecar.model_fields}
    firsts = {field: next((text for each in texts if (text := _plain(each))), None) for field, texts in said.items()}
    return Sidecar(
        url=next((text for each in said["url"] if (text := _plain(each)).startswith(("http://", "https://"))), None),
        title=firsts["title"],
        published=_date(firsts["published"]),
        publisher=_publisher(firsts["publisher"]),
        authors=tuple(filter(None, (_plain(name) for text in said["authors"] for name in text.split(";")))),
    )


def _plain(text: str) -> str:
    """A short value without breaks and lone surrogates."""
    return " ".join(text.encode("utf-8", "ignore").decode().split()) if text != "None" else ""


def _date(text: str | None) -> str | None:
    """The ISO date in a value: a date in words or figures, or seconds or milliseconds since 1970."""
    if text and re.fullmatch(r"\d{9,13}(\.\d*)?", text):
        seconds = float(text) if float(text) < HIGHEST else float(text) / 1000
        return datetime.fromtimestamp(seconds, UTC).date().isoformat() if seconds > LOWEST else None
    for part in (text or "", re.sub(r"^\w{3}, | \d\d:.*$", "", text or "")):  # the second as in e-mail and RSS
        if found := day(part):
            return found
    return None


def _publisher(name: str | None) -> Publisher | None:
    """The publisher of this name or domain; None for one that is not known, which its articles may tell."""
    if name in get_args(Publisher):
        return next(each for each in get_args(Publisher) if each == name)
    found = template_of(None, [f"https://{name}"], [name], ()).publisher if name else "other"
    return None if found == "other" else found
