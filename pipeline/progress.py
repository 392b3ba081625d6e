"""How far a run is, on stderr: a count on a terminal, a line now and then in a pipe.

How many there will be is not known before the last one is read, so there is no bar.
"""

import sys
from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.read import Document

STEP = 100  # inputs between two lines


def progress(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents one by one, counted."""
    return _counted(documents) if sys.stderr.isatty() else _lines(documents)


def _counted(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents one by one, with a count that goes up in its place."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} inputs read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as count:
        task = count.add_task("", total=None)
        for document in documents:
            yield document
            count.advance(task)


def _lines(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents one by one, with a line after so many."""
    for number, document in enumerate(documents, 1):
        yield document
        if number % STEP == 0:
            click.echo(f"{number} inputs read", err=True)
