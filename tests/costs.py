"""How the cost of work grows with its input, told on a machine that has other things to do."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TIMES = 4  # work that is linear is found so in one of them; quadratic work in none


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of this process. Facts that are kept make the collector's rounds longer: it rests."""
    gc.disable()
    try:
        begun = time.process_time()
        work()
        return time.process_time() - begun
    finally:
        gc.enable()


def grows_linearly(work: Callable[[int], object], small: int, large: int) -> bool:
    """Whether `large` costs at most three and a half times its share of `small`. Eight times the input costs
    quadratic work 64 times, so the sizes lie at least that far apart."""
    assert large >= 8 * small
    bound = 3.5 * large / small
    return any(
        spent(lambda: work(large)) < bound * max(spent(lambda: work(small)), 0.01) for _ in range(_TIMES)
    )


def soon(work: Callable[[], object], within_s: float) -> bool:
    """Whether it costs less than that, the best of two: a limit that only work of another order passes."""
    return any(spent(work) < within_s for _ in range(2))
