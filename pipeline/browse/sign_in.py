"""The two ways to be let in: the link printed at start, and on another host the password."""

import asyncio

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from pipeline.browse.access import opened, same
from pipeline.browse.site import SITES, page

PAUSE = 1  # seconds that a wrong guess costs
LONGEST_NAME = 80


async def open_link(datasette: Datasette, request: Request) -> Response:
    """The link printed at start: whoever has it may write."""
    access = SITES[datasette].access
    if same(request.args.get("token") or "", access.token):
        return opened(datasette, access, access.reviewer)
    await asyncio.sleep(PAUSE)
    about = "This link is of another run of the program. Open the link that it printed when it was started."
    return await page(datasette, request, "message", {"title": "Not the link of this site", "about": about}, 403)


async def sign_in(datasette: Datasette, request: Request) -> Response:
    """The form for the password and a name; on this machine there is no password, only the link."""
    access = SITES[datasette].access
    if access.password is None:
        about = "To review records, open the link that the program printed when it was started."
        return await page(datasette, request, "message", {"title": "Opened by a link", "about": about})
    if request.method != "POST":
        return await page(datasette, request, "sign_in", {"wrong": False})
    form = await request.post_vars()
    name = " ".join(form.get("name", "").split())[:LONGEST_NAME]
    if name and same(form.get("password", ""), access.password):
        return opened(datasette, access, name)
    await asyncio.sleep(PAUSE)
    return await page(datasette, request, "sign_in", {"wrong": True}, 403)
