"""Runs: when the program read dumps into a database, with what, and what it came to."""

from typing import Literal

from schemas.base import Record


class Run(Record):
    """One run of `ingest`, or of `rejects --retry`; each row of `inputs` names the run that gave it."""

    run: int
    """Number of the run."""
    started: str
    """When it began, in UTC."""
    ended: str | None = None
    """When it ended, in UTC; nothing while it goes on, and if it was killed."""
    status: Literal["running", "done", "interrupted", "failed"]
    """How it ended; one that is `running` though nobody runs it was killed."""
    version: str
    """Version of the program."""
    options: str
    """What it was asked to do, as JSON; paths are absolute, so that it can be done again."""
    inputs: int
    """Inputs that it was given and dealt with."""
    unchanged: int
    """Inputs of these that the database held already, read by the same program."""
    articles: int
    """Articles kept of these inputs; this, `duplicates` and `rejects` are counted at the end of the run."""
    duplicates: int
    """Inputs of these that are copies of an article."""
    rejects: int
    """Inputs of these that gave no article."""
    gained: int
    """Records that the database did not hold before."""
    lost: int
    """Records that it does not hold any more."""
    changed: int
    """Records that say something else."""
    seconds: str
    """Seconds spent in each stage, those of all processes together, as JSON."""
    error: str | None = None
    """What stopped a run that failed."""
