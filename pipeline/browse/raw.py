"""An article -> the text that its source held, looked up in the dump that it was read from.

What is found is shown only if its digest is the article's: a database can't make the site show any other file.
"""

import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.ingest import Options
from pipeline.read import FROM_STDIN, STDIN, NoInput, columns, documents, raw_article
from schemas.reject import Rejected

PATIENCE = 5  # seconds of looking through an archive
LONGEST = 500_000  # characters that a browser shows without trouble
GONE = "The dump that it was read from is not there any more: {dumps}."
CHANGED = "The file {source} is not in {dumps} any more, or it changed since it was read."


def original(source: str, sha256: str, options: str | None) -> tuple[str | None, str | None]:
    """The text of a source, decoded, or the reason why it can't be shown."""
    if options is None:
        return None, "Nothing is known of the dump that it was read from; read it again with `ofsted-records ingest`."
    given = Options.model_validate_json(options)
    outer = re.split("[!#]", source)[0]
    if outer == FROM_STDIN:
        return None, "It was read from standard input, which is not kept."
    dumps = ", ".join(dump for dump in given.dumps if dump != STDIN)
    paths = list(_paths(given, outer))
    until = time.monotonic() + PATIENCE
    for path in paths:
        try:
            for document in documents((str(path),), {}, columns(given.columns), given.limits):
                if document.data is not None and hashlib.sha256(document.data).hexdigest() == sha256:
                    return raw_article(document).content[:LONGEST], None
                if time.monotonic() > until:
                    return None, f"Looking through {outer} takes too long; it is `{source}` of {dumps}."
        except (NoInput, Rejected, OSError):
            continue
    return None, (CHANGED if paths else GONE).format(source=source, dumps=dumps)


def _paths(given: Options, outer: str) -> Iterator[Path]:
    """Where the file of a source may lie: sources start from the folder named, or from one that all dumps share."""
    tried = dict.fromkeys(
        Path(root, outer) for dump in given.dumps if dump != STDIN for root in (Path(dump), *Path(dump).parents)
    )
    yield from (path for path in tried if path.is_file())
