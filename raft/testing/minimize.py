"""Makes a failing run small: which of its faults are needed to break the law."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from raft.testing.laws import Violation
from raft.testing.simulation import simulate
from raft.testing.timeline import Recorder

__all__ = ["Minimal", "minimize"]

RUNS_MAX = 100
"""Runs that are tried; each takes as long as the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Minimal:
    """The smallest run that was found to fail.

    Attributes:
        violation: what it ends with; perhaps another one than the first.
        recorder: what happened in it.
        omitted: faults of the seed that are not needed; `simulate` with `omitted` repeats the run.
        needed: faults that are left.
        seconds: of faults; the run is over soon after.
        runs: that were tried.
    """

    violation: Violation
    recorder: Recorder
    omitted: frozenset[int]
    needed: tuple[int, ...]
    seconds: float
    runs: int


def minimize(
    seed: int,
    *,
    runs_max: int = RUNS_MAX,
    is_enough: Callable[[], bool] = lambda: False,
    seconds: float = 20.0,
    **options: Any,
) -> Minimal | None:
    """Returns the smallest failing run of the seed; None: it does not fail.

    Leaves groups of faults out, half of them first, single ones in the end (Zeller's ddmin).

    Args:
        seed: of a run that failed.
        runs_max: runs to try.
        is_enough: asked before each run; True ends the search with what there is.
        seconds: of faults; virtual.
        options: of `simulate`.
    """
    best = _run(seed, frozenset(), {**options, "seconds": seconds})
    if best is None:
        return None
    violation, recorder = best
    # What would come behind the moment of the failure is not needed. Whole ones are written down.
    seconds = min(seconds, math.ceil(recorder.end + 1.0))
    options = {**options, "seconds": seconds}
    needed = list(recorder.fault_numbers)
    omitted: frozenset[int] = frozenset()
    runs, parts = 1, 2
    while needed and runs < runs_max and not is_enough():
        size = -(-len(needed) // parts)
        for start in range(0, len(needed), size):
            if runs == runs_max or is_enough():
                break
            runs += 1
            tried = omitted | set(needed[start : start + size])
            found = _run(seed, tried, options)
            if found is not None:
                violation, recorder = found
                omitted = tried
                needed = [n for n in recorder.fault_numbers if n not in omitted]
                parts = max(parts - 1, 2)
                break
        else:
            if size == 1:
                break
            parts = min(2 * parts, len(needed))
    return Minimal(
        violation=violation,
        recorder=recorder,
        omitted=omitted,
        needed=tuple(needed),
        seconds=seconds,
        runs=runs,
    )


def _run(
    seed: int, omitted: frozenset[int], options: dict[str, Any]
) -> tuple[Violation, Recorder] | None:
    recorder = Recorder()
    try:
        simulate(seed, recorder=recorder, omitted=omitted, **options)
    except Violation as violation:
        return violation, recorder
    return None
