"""Whether work grows in proportion to its input; how fast anything is, is measured in `benchmarks/` and not in tests."""

import gc
import time
from collections.abc import Callable

Work = Callable[[], object]
SPARE = (
    3  # what a tenth of the input may take more than a tenth of the time; in proportion to its square it would be ten
)
SHORTEST = 0.005  # seconds; less can't be told from nothing


def grows_in_proportion(make: Callable[[int], Work], small: int, large: int) -> bool:
    """Whether work on a large input takes no more than its share of the time that a small one takes.

    `make` gives the work for a length, which is done once. A busy machine may spoil one measurement, hardly three.
    """
    bound = SPARE * large / small
    return any(_seconds(make(large)) < bound * max(_seconds(make(small)), SHORTEST) for _ in range(3))


def _seconds(work: Work) -> float:
    """Processor time, without the garbage collector, which looks through all that other tests left at moments of its own."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()
