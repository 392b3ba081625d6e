"""Work that goes wrong in a worker process, each time its article says so: what `pipeline.work` must never do."""

import ctypes
import os
import signal
import time

import made

from pipeline.job import Job, Outcome
from pipeline.read import SetupError
from schemas.reject import Rejected


class Awkward(Exception):
    """Can't be sent between processes: it is not made from its arguments."""

    def __init__(self, one, two):
        super().__init__("awkward")


def work(job: Job) -> Outcome:
    """The toy's work, with poison in it."""
    text = job.work.data.decode() if hasattr(job.work, "data") else job.work.body
    if "hang" in text:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # as deaf as a loop in C
        time.sleep(600)
    while "spin" in text:
        pass
    if "eat" in text:
        return Outcome("extract", rejected=Rejected("empty", str(len(bytearray(3 * 2**30)))))
    if "exit" in text:
        os._exit(3)
    if "segfault" in text:
        ctypes.string_at(0)
    if "killed" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "fault" in text:
        raise Awkward(1, 2)
    if "setup" in text:
        raise SetupError("the model is gone")
    return made.work(job)


def slow(job: Job) -> Outcome:
    """A toy article that takes a while."""
    time.sleep(0.02)
    return made.work(job)
