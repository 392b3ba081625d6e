"""Parts made on a cluster of Dask: each worker makes one part at a time, with the processes of its machine.

Dask hands out parts, and hands out again those of a worker that died; poison documents never reach it, because what works
on documents are the supervised processes of each machine. Another engine for clusters is one more file with such a function.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from distributed import Client, LocalCluster, as_completed

from pipeline.parts import Part, PartsError, make_apart


def spread(parts: Sequence[Part], scheduler: str | None, workers: int = 1) -> Iterator[tuple[Part, str | None]]:
    """Make parts on the cluster of a scheduler, or on one of so many workers here; each comes with what went wrong, if anything.

    In the order in which they are done. A part whose worker dies is made elsewhere, four times at most.
    """
    with ExitStack() as stack:
        if scheduler is None:
            cluster = LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit=0
            )
            scheduler = stack.enter_context(cluster).scheduler_address
        try:
            client = stack.enter_context(Client(scheduler, timeout=30))  # type: ignore[no-untyped-call]
        except OSError as error:
            raise PartsError(f"{scheduler}: no scheduler answers there; start `dask scheduler`: {error}") from error
        futures = {client.submit(make_apart, part, pure=False): part for part in parts}
        for future in as_completed(list(futures)):  # type: ignore[no-untyped-call]
            fault = future.exception()
            yield futures[future], str(fault) if fault else future.result()
            future.release()
