"""Dump -> RawArticle: finds the documents of a dump, whatever its formats, and decodes them.

`formats.READERS` lists the formats. Reading streams: memory holds one document, not the dump.
"""

from pipeline.read.addresses import filesystem, is_address
from pipeline.read.decode import raw_article
from pipeline.read.document import Document, NoInput, SetupError, Sidecar
from pipeline.read.dump import FROM_STDIN, STDIN, File, documents, documents_in, files
from pipeline.read.limits import Limits, limits
from pipeline.read.metadata import MetadataError, load_metadata
from pipeline.read.rows import Columns, columns

__all__ = [
    "FROM_STDIN", "STDIN", "Columns", "Document", "File", "Limits", "MetadataError", "NoInput", "SetupError", "Sidecar",
    "columns", "documents", "documents_in", "files", "filesystem", "is_address", "limits", "load_metadata",
    "raw_article",
]  # fmt: skip
