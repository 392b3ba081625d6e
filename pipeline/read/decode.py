"""Document -> RawArticle: bytes become text, mended where they were decoded wrongly before."""

import hashlib
import re
from typing import Literal

import ftfy
from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

from pipeline.read.document import Document
from schemas.article import RawArticle
from schemas.reject import Rejected

SIGNATURES = (b"%PDF-", b"\x89PNG", b"PK\x03\x04", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|main|table|h1|br)\b[^<>]*>", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
SURROGATE = re.compile("[\ud800-\udfff]")
ODD = re.compile("[^\t\n -~‘’“”–—…•·£€\xa0]")  # characters that mending may change, or take for a sign of mojibake
PLAIN = bytes(range(ord(" "), ord("~") + 1)) + b"\t\n"
ODD_PAIR = re.compile("[£€”][£€‘“”•]")  # of the others, those side by side that it takes for one (ftfy.badness)


def raw_article(document: Document) -> RawArticle:
    """One document decoded, with its sidecar; raises `Rejected` for what can't be read as text."""
    if document.problem or document.data is None:
        raise document.problem or Rejected("unreadable", "no bytes; expected a document")
    data = document.data
    sha256 = hashlib.sha256(data).hexdigest()
    if not data.strip():
        raise Rejected("empty", "the file has nothing in it; expected an article", sha256)
    text = _decoded(data, document.charset)
    if text is None:
        raise Rejected("not-text", "the bytes are no text in any known encoding; expected plain text or HTML", sha256)
    media: Literal["text", "html"] = "html" if MARKUP.search(text) else "text"
    content = mended(text, media)
    if not content.strip():
        raise Rejected("empty", "the file has nothing but blanks in it; expected an article", sha256)
    return RawArticle(
        source=document.source, media=media, content=content, sha256=sha256, **document.sidecar.model_dump()
    )


def _decoded(data: bytes, headers: str | None) -> str | None:
    """The text, by byte-order mark, declared charset, UTF-8, headers or guess, in this order; None where none gives text.

    Headers come late: a server says the same of every page, and bytes that are UTF-8 by chance hardly exist.
    """
    if data.startswith(SIGNATURES):
        return None
    name = EncodingDetector.find_declared_encoding(data[:4096], is_html=True, search_entire_document=True) or "utf-8"
    charsets = [*(charset for mark, charset in BOMS if data.startswith(mark)), WIDER.get(name, name), "utf-8"]
    charsets += [WIDER.get(headers.lower(), headers)] if headers else []
    for charset in charsets:
        try:
            text = data.decode(charset)
        except (LookupError, UnicodeError):
            continue
        if isinstance(text, str) and not _binary(text):
            return text
    guess = from_bytes(data).best()
    text = str(guess) if guess else ""
    return text if text and not _binary(text) else None


def _binary(text: str) -> bool:
    """Whether more than one character in twenty is one that no text has."""
    return len(CONTROL.findall(_rare(text))) * 20 > len(text)


def mended(text: str, media: Literal["text", "html"]) -> str:
    """Text with mojibake repaired, NFC, line feeds only; quotation marks stay: their style tells publishers apart.

    >>> mended("the councilâ€™s services", "text")
    'the council’s services'
    """
    text = text.replace("\r\n", "\n")
    entities = media == "text" and "&" in text
    if not (entities or _odd(text)):
        return text
    config = ftfy.TextFixerConfig(
        unescape_html=False if media == "html" else "auto", uncurl_quotes=False, explain=False, normalization="NFC"
    )
    text = SURROGATE.sub("", text.replace("\x00", ""))
    lines = [text] if entities else LINE.findall(text)
    mending = "".join(ftfy.fix_text(line, config) if _odd(line) or entities else line for line in lines)
    return SURROGATE.sub("", mending).lstrip("\ufeff")


def _odd(text: str) -> bool:
    """Whether a text has anything that mending could change; of most it is known at a glance that it has not."""
    rare = _rare(text)
    return bool(ODD.search(rare) or (ODD_PAIR.search(rare) and ODD_PAIR.search(text)))


def _rare(text: str) -> str:
    """A text without the characters that any text has, which are most of it: what is left is soon looked through."""
    return text.encode("utf-8", "surrogatepass").translate(None, PLAIN).decode("utf-8", "surrogatepass")
