"""Who may read and write: the checks that every request passes before Datasette sees it.

On this machine anybody may read, as anybody may open the file; writing needs the cookie that the link printed at start
gives. On another host reading needs it, too, and the password gives it as well. A page of another site can't use the
cookie (SameSite=Strict, and the `Origin` of a post is checked), and can't reach this one under a name of its own (the
`Host` has to be this machine).
"""

import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from itsdangerous import BadSignature

READING = {"GET", "HEAD"}
LONGEST_POST = 100_000  # bytes; a form with a long note is a tenth of it
STATIC = ("/charts.css", *(f"/static/{name}" for name in ("site.css", "site.js", "icon.svg")))
OPEN = ("/open", "/sign-in", *STATIC)  # what somebody who is not signed in may ask for
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Access:
    """Where the site is served, and what opens it."""

    port: int
    host: str = "127.0.0.1"
    password: str | None = None
    """What reading needs on another host than this machine."""
    reviewer: str = ""
    """The name under which decisions of the link's holder are kept."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers tell sites of one machine apart by nothing else."""
        return f"ofsted_records_{self.port}"

    def link(self) -> str:
        """The address that opens the site for writing."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/open?token={self.token}"


def same(given: str, secret: str) -> bool:
    """Whether somebody knows a secret; takes as long for a wrong one."""
    return secrets.compare_digest(given.encode(), secret.encode())


def opened(datasette: Datasette, access: Access, name: str, path: str = "/") -> Response:
    """The answer to somebody who showed the token or the password: the cookie, and the way on."""
    response = Response.redirect(path, status=303)
    value = datasette.sign({"id": name}, "session")
    response.set_cookie(access.cookie, value, httponly=True, samesite="strict")
    return response


def actor(datasette: Datasette, access: Access, request: Request) -> dict[str, Any] | None:
    """Who asks, where they have the cookie."""
    try:
        found: dict[str, Any] = datasette.unsign(request.cookies.get(access.cookie, ""), "session")
    except BadSignature:
        return None
    return found


def refusal(access: Access, request: Request, who: dict[str, Any] | None) -> Response | None:
    """The answer to a request that may go no further; None for one that may."""
    headers = request.headers
    if access.password is None and headers.get("host", "") not in _hosts(access.port):
        return Response.text(f"Host: expected {access.host}:{access.port}; open the link printed at start", status=421)
    if request.method not in READING:
        if not _from_here(headers):
            return Response.text("Origin: a form of another site can't be sent here", status=403)
        if not headers.get("content-length", "").isdigit() or int(headers["content-length"]) > LONGEST_POST:
            return Response.text(f"Content-Length: expected at most {LONGEST_POST} bytes", status=413)
    if access.password is not None and who is None and request.path not in OPEN:
        if request.method in READING and "text/html" in headers.get("accept", ""):
            return Response.redirect("/sign-in", status=303)
        return Response.text("Sign in first: open /sign-in in a browser", status=401)
    return None


def _hosts(port: int) -> set[str]:
    """What a browser on this machine calls it."""
    return {f"{name}:{port}" for name in LOOPBACK} | ({*LOOPBACK} if port == 80 else set())


def _from_here(headers: dict[str, str]) -> bool:
    """Whether a post comes from a page of this site, or from no page at all."""
    if "origin" in headers:
        return urlsplit(headers["origin"]).netloc == headers.get("host")
    return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
