"""A file that its reader can't get through is given up after a time, so that the rest of the dump is read."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pipeline.read.document import Document
from schemas.reject import Rejected


def timely(source: str, found: Iterator[Document], seconds: float) -> Iterator[Document]:
    """The documents of a file; where finding one takes longer, the file, or the member of it that is being read, ends.

    Seconds of the processor: whoever fills standard input may take its time. The reader is interrupted where it stands by
    `Rejected`, which it takes for a problem of what it reads; only the main thread can be interrupted so.
    """
    while True:
        try:
            with _at_most(seconds):
                document = next(found, None)
        except Rejected as problem:  # it fell between two entries, where no reader takes it
            document, found = Document(source, None, problem=problem), iter(())
        if document is None:
            return
        yield document


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `Rejected` in what is done here once it has used up so many seconds of the processor, and as many again."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise Rejected("timed-out", f"no document found in it for {seconds:g} seconds of a processor (limit seconds)")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
