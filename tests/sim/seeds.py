"""Which seeds run, and how one that failed is seen again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from tests.sim.universe import Universe

_AnyUniverse = TypeVar("_AnyUniverse", bound=Universe)


def wanted(count: int) -> Sequence[int]:
    """Return the seeds that the environment asks for, by default the first `count`."""
    seed = os.environ.get("TEST_SIM_SEED")
    if seed is not None:
        return [int(seed)]
    first = int(os.environ.get("TEST_SIM_FIRST", "0"))
    return range(first, first + int(os.environ.get("TEST_SIM_SEEDS", str(count))))


def run(universe: _AnyUniverse, seed: int, *, test: str) -> _AnyUniverse:
    """Run it; a failure tells its last events, and how to see it again by `test`."""
    try:
        universe.run()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        events = "\n".join(line[:220] for line in universe.lines)
        raise AssertionError(
            f"seed {seed}: {error!r}\n{events}\n"
            f"replay: TEST_SIM_SEED={seed} python -m pytest tests/sim -k {test}"
        ) from error
    return universe
