"""The command that opens the site of a database."""

import getpass
import os
import socket
import sys
from pathlib import Path

import click

from pipeline.command import database, in_words, say

PASSWORD = "OFSTED_RECORDS_PASSWORD"  # noqa: S105 - the name of the variable
HERE = ("127.0.0.1", "localhost", "::1")


class CannotBrowseError(Exception):
    """The site can't be opened: says why, and what to do."""


@click.command()
@database
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Another address needs a password.")
@click.option("--reviewer", help="The name that your decisions are kept under.  [default: your user name]")
@click.option("--open", "open_it", is_flag=True, help="Open the link in your browser.")
@in_words
def browse(db: Path, port: int, host: str, reviewer: str | None, *, open_it: bool) -> None:
    """Look at the records in a browser, and review them.

    Prints a link. Who opens it may review records; who opens the address without the rest of the link may look only. Only
    this machine can reach it: another address needs --host and a password, which is asked for, or taken from the
    environment variable OFSTED_RECORDS_PASSWORD. Stop it with Ctrl-C.

    \b
    Example:
      ofsted-records browse --db records.db --open
    """
    from pipeline.database import opened
    from pipeline.timeline import is_stale, refresh

    try:
        import uvicorn

        from pipeline.browse.access import Access
        from pipeline.browse.serve import serve
    except ImportError as error:
        raise CannotBrowseError(
            f"{error.name} is missing; install it: pip install '.[browse]' in the program's folder"
        ) from error

    with opened(db) as store:
        if is_stale(store):
            say("Bringing the timeline up to date: seconds, or minutes in a large database …")
            refresh(store)
    password = None if host in HERE else _password()
    listening = _bound(host, port)
    access = Access(listening.getsockname()[1], host, password, reviewer or getpass.getuser())
    app = serve(db, access).app()
    say(f"Open this link to look at the records and to review them:\n\n  {access.link()}\n\nCtrl-C stops it.")
    if open_it:
        click.launch(access.link())
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listening])


def _password() -> str:
    """The password of a site that other machines can reach."""
    if given := os.environ.get(PASSWORD):
        return given
    if not sys.stdin.isatty():
        raise CannotBrowseError(f"--host needs a password: set the environment variable {PASSWORD}")
    asked: str = click.prompt("Password for readers on other machines", hide_input=True, confirmation_prompt=True)
    return asked


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens there: who opens the link before the site is up waits, and is not turned away."""
    try:
        (family, *_, address) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        raise CannotBrowseError(f"{host}:{port} can't be used ({error}); name another --port, or 0 for any") from error
    return listening


COMMANDS = (browse,)
