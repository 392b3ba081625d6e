"""Pages saved with their parts (MHTML), and articles in XML: by trafilatura, as TEI, or as a Scrapy feed.

XML is parsed by defusedxml, and not at all if it has a document type: no entity is expanded, nothing is fetched.
"""

import email
import re
from collections.abc import Iterable, Iterator
from email.message import Message
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

from pipeline.read.document import Document, Sidecar
from pipeline.read.reading import Entry, Reading
from pipeline.read.stream import Allowance, counted, whole
from schemas.reject import Rejected

BLOCKS = {"p", "head", "ab", "item", "row", "code", "quote"}  # what trafilatura's XML and TEI put paragraphs in


def mhtml(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A page saved by a browser with its pictures (.mhtml): its first HTML part, and the address in its headers."""
    message = email.message_from_bytes(whole(entry.stream, reading.limits.held_bytes, "held_bytes"))
    pages = (part for part in message.walk() if part.get_content_type() in ("text/html", "text/plain"))
    page = next(pages, None)
    if page is None:
        raise Rejected("no-body", "a saved page without an HTML part")
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes) or len(data) > reading.limits.document_bytes:
        raise Rejected("too-large", f"more than {reading.limits.document_bytes} bytes (limit document_bytes)")
    sidecar = Sidecar(url=_address(message, page))
    yield Document(entry.source, data, sidecar.under(entry.sidecar), charset=page.get_content_charset())


def _address(message: Message, page: Message) -> str | None:
    """The address that a saved page came from."""
    said = (message.get("Snapshot-Content-Location"), page.get("Content-Location"), message.get("Content-Location"))
    return next((text for each in said if each and (text := str(each).strip()).startswith("http")), None)


def xml(entry: Entry, reading: Reading) -> Iterator[Document]:
    """An article in XML as trafilatura writes it (`xml` and `xmltei`)."""
    limit = reading.limits.document_bytes
    root = fromstring(whole(entry.stream, limit, "document_bytes"), forbid_dtd=True)
    for element in root.iter():
        element.tag = re.sub(r"^\{.*\}", "", element.tag)
    row = _tei(root) if root.tag == "TEI" else _doc(root)
    yield reading.row(entry.source, row)


def _doc(root: Element) -> dict[str, object]:
    """The row in trafilatura's own XML: what is said of the article stands in attributes."""
    main = root.find("main")
    return {**root.attrib, "text": _paragraphs(main if main is not None else root)}


def _tei(root: Element) -> dict[str, object]:
    """The row in a TEI document."""
    said = {
        "title": root.findtext(".//titleStmt/title"),
        "authors": [name.text or "" for name in root.findall(".//fileDesc/titleStmt/author")],
        "published": root.findtext(".//publicationStmt/date"),
        "publisher": re.sub(r" \(.*", "", root.findtext(".//publicationStmt/publisher") or ""),
        "url": next((ptr.get("target") for ptr in root.iterfind(".//publicationStmt/ptr")), None),
    }
    bodies = (root.find(path) for path in (".//text/body/div[@type='entry']", ".//text/body"))
    return {**said, "text": _paragraphs(next((body for body in bodies if body is not None), root))}


def _paragraphs(root: Element) -> str:
    """The blocks of text under an element, a bullet before items, cells joined as in the body of an article."""
    blocks = [each for each in root.iter() if each.tag in BLOCKS and not any(_inner(each))]
    return "\n\n".join(filter(None, map(_block, blocks)))


def _inner(block: Element) -> Iterator[Element]:
    """The blocks within a block."""
    return (each for each in block.iter() if each is not block and each.tag in BLOCKS)


def _block(block: Element) -> str:
    """The words of one block."""
    if block.tag == "row":
        return " | ".join(" ".join("".join(cell.itertext()).split()) for cell in block)
    text = " ".join("".join(block.itertext()).split())
    return f"• {text}" if block.tag == "item" and text else text


def xml_items(entry: Entry, reading: Reading) -> Iterator[Document]:
    """A Scrapy feed in XML: an `item` per article, an element per field. Read item by item."""
    allowance = Allowance(reading.limits.document_bytes * 2)
    stream = counted(entry.stream, allowance.spend)
    open_elements: list[Element] = []
    number = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            open_elements.append(element)
            continue
        open_elements.pop()
        if len(open_elements) == 1:
            number += 1
            yield reading.row(f"{entry.source}#{number}", _fields(element))
            open_elements[0].clear()
            allowance.renew()


def _fields(item: Iterable[Element]) -> dict[str, object]:
    """The fields of an item; one with several values holds `value` elements."""
    return {field.tag: list(field.itertext()) if len(field) else field.text or "" for field in item}
