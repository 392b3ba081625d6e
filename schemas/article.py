"""Articles: as they lie in a dump, and cleaned."""

from typing import Literal

from schemas.base import Record

Publisher = Literal["cypnow", "communitycare", "other"]
PublishedSource = Literal["jsonld", "meta", "time", "visible", "url", "sidecar"]


class RawArticle(Record):
    """One document of a dump, decoded and otherwise untouched, with what a metadata file says of it."""

    source: str
    """Path in the dump, POSIX style, from the folder or file named on the command line."""
    media: Literal["text", "html"]
    """Whether `content` is plain text or a whole HTML page."""
    content: str
    """The decoded document, with its own line ends and furniture."""
    sha256: str
    """SHA-256 of the bytes read, in hexadecimal."""
    url: str | None = None
    """Address given by a metadata file, a row or a web archive."""
    title: str | None = None
    """Headline given by a metadata file, a row or a web archive."""
    published: str | None = None
    """ISO date given by a metadata file, a row or a web archive."""
    publisher: Publisher | None = None
    """Publisher given by a metadata file, a row or a web archive."""
    authors: tuple[str, ...] = ()
    """Bylines given by a metadata file, a row or a web archive."""


class Article(Record):
    """One article, clean: every offset in the project counts in code points of `body` (or of `title`, where it says so)."""

    article_id: str
    """Stable name of the article: 16 hexadecimal digits made from its publisher and the words of its body."""
    source: str
    """Path in the dump, POSIX style; a member of an archive follows after `!`, a row of a file after `#`."""
    publisher: Publisher
    """`cypnow`, `communitycare` or `other`."""
    layout: str
    """The entry of `pipeline/publishers/*.toml` that the page was read with."""
    url: str | None = None
    """Address of the article, where the page or a metadata file gives it."""
    title: str | None = None
    """Headline."""
    standfirst: str | None = None
    """The line under the headline, where the page has one; it is the first paragraph of `body` too."""
    published: str | None = None
    """ISO date of first publication."""
    published_source: PublishedSource | None = None
    """Where `published` was read: JSON-LD, a meta tag, a `time` element, a visible line, the address or a metadata file."""
    modified: str | None = None
    """ISO date of the last change that the page states."""
    captions: tuple[str, ...] = ()
    """Photo captions and credits; never part of `body`."""
    authors: tuple[str, ...] = ()
    """Bylines, in order."""
    section: str | None = None
    """Section of the site, where the page names it."""
    tags: tuple[str, ...] = ()
    """Topics, where the page names them."""
    body: str
    """The running story: NFC, one blank line between paragraphs, bullets as `• ` lines, table cells joined by ` | `."""
    truncated: bool = False
    """Whether the copy stops at a registration wall."""
    relevant: bool = False
    """Whether it speaks of an inspection of a council's children's services."""
    sha256: str
    """SHA-256 of the raw input, in hexadecimal."""
