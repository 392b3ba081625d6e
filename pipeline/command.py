"""What all commands share: their options, how they speak, and how they fail."""

import functools
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.summary import Summary

P = ParamSpec("P")
T = TypeVar("T")
OURS = ("pipeline", "extractors", "schemas")
INTERRUPTED = 130  # what a shell expects of a program that ended for a Ctrl-C
LISTED = 20  # rejects named at the end of a run; what a screen holds
WIDTH = 160  # columns of tables in a pipe
UNUSED = (
    "numpy",
    "pandas",
)  # what sqlite-utils imports where it is installed: a second, for types that no row of ours has

PATH = click.Path(path_type=Path, readable=False)  # whoever opens a file says what is wrong with it

database = click.option("--db", type=PATH, default=Path("records.db"), show_default=True, help="The database.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def in_words(command: Callable[P, T]) -> Callable[P, T]:
    """Make the exceptions that this project defines, whose messages are for people, end a command with that message."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            _import_sqlite_utils_alone()
            return command(*args, **kwargs)
        except KeyboardInterrupt:
            say("stopped at once; nothing is half-written")
            sys.exit(INTERRUPTED)
        except Exception as error:
            if type(error).__module__.partition(".")[0] in OURS:
                raise click.ClickException(str(error)) from error
            raise

    return run


def _import_sqlite_utils_alone() -> None:
    """Import sqlite-utils as it is where `UNUSED` is not installed; whoever needs those imports them as ever."""
    hidden = [name for name in UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is Python's own way to say: not there
    importlib.import_module("sqlite_utils")
    for name in hidden:
        del sys.modules[name]


def console(*, stderr: bool = False) -> "Console":
    """A console that prints text as it is: brackets in an article are no markup."""
    from rich.console import Console  # noqa: PLC0415 - heavy

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=None if stream.isatty() else WIDTH)


def say(message: str) -> None:
    """One line on stderr, for whoever watches."""
    click.echo(message, err=True)


def report(summary: "Summary", db: Path, *, as_json: bool) -> None:
    """Print what a run came to; a run that was interrupted ends the program."""
    from pipeline.summary import show  # noqa: PLC0415 - heavy

    for reject in summary.rejects[:LISTED]:
        say(f"rejected {reject.source}: {reject.reason}: {reject.message}")
    if (more := len(summary.rejects) - LISTED) > 0:
        say(f"and {more} more: ofsted-records rejects --db {click.format_filename(db)}")
    for warning in summary.warnings:
        say(f"warning: {warning}")
    if as_json:
        click.echo(summary.model_dump_json(indent=2))
    else:
        show(summary, console())
    if summary.interrupted:
        say(f"interrupted after {summary.inputs} inputs; the same command goes on from here")
        sys.exit(INTERRUPTED)
