"""Authorities: every council that runs, or ran, children's services in England."""

from schemas.base import Record


class Authority(Record):
    """One council that runs or ran children's services in England, whether or not an article tells of it."""

    id: str
    """The same as `councils.id`."""
    name: str
    """Short name."""
    gss: str | None
    """Code of the Office for National Statistics."""
    la_code: str | None
    """Three-digit code of the Department for Education."""
    type: str
    """`county`, `unitary`, `metropolitan`, `london_borough` or `sui_generis`."""
    region: str | None
    """Region of England."""
    start_date: str | None
    """First day (ISO), where it is recorded."""
    end_date: str | None
    """Last day (ISO) of one that was abolished."""
    predecessors: tuple[str, ...] = ()
    """Ids of those that it took over from."""
    successors: tuple[str, ...] = ()
    """Ids of those that took over from it."""
