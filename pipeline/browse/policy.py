"""What a browser may do with a page: the headers of every answer.

Pages of ours load nothing but our own style and script. Those of Datasette have a few scripts inside, which are allowed by
their digests, and styles inside, for which its tables and its editor of SQL leave no other way than to allow them all: text
of articles is escaped there, and a style can reach no other host.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import datasette

Send = Callable[[dict[str, Any]], Awaitable[None]]
SHELL = "default-src 'none'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
OURS = f"{SHELL}; style-src 'self'; script-src 'self'"
TEMPLATES = Path(datasette.__file__).parent / "templates"
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
DATASETTES = re.compile(r"/(data|-)(?=[/.]|$)")  # the paths of its pages
ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # `no-referrer` would take the Origin from our own forms
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@cache
def of_datasette() -> str:
    """The policy of Datasette's own pages."""
    digests = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in _scripts())
    return f"{SHELL}; connect-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' {digests}"


def _scripts() -> Iterator[str]:
    """The scripts inside the pages that Datasette shows."""
    for name in ("_close_open_menus.html", "_codemirror_foot.html", "table.html"):
        for script in INLINE.findall((TEMPLATES / name).read_text(encoding="utf-8")):
            if "{{" not in script:
                yield script
            for value in ("true", "false"):
                yield script.replace("{{ datasette_allow_facet }}", value)


def with_headers(path: str, send: Send) -> Send:
    """Answers to a request for a path, with the headers of its pages."""
    headers = ALWAYS | {"content-security-policy": of_datasette() if DATASETTES.match(path) else OURS}

    async def sending(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            given = [(name.encode(), value.encode()) for name, value in headers.items()]
            message = message | {"headers": [*message.get("headers", []), *given]}
        await send(message)

    return sending
