"""What a full volume does to a node: scripted, in the simulated world."""

from __future__ import annotations

import pytest
import trio

from tests.sim.clients import Producer
from tests.sim.full_volume import FullVolume
from tests.sim.model import Violation

STEPS_MAX = 60 * 200


@pytest.mark.parametrize("seed", range(4))
def test_full_volume_survives_any_number_of_restarts(seed: int) -> None:
    """Restarts and waiting producers leave the room that the first freeing of extents needs."""
    FullVolume(seed).run()


class Steps(trio.abc.Instrument):
    """Counts what the loop does while the volume is full."""

    def __init__(self, world: FullVolume) -> None:
        self._world = world

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        if self._world.is_full:
            self._world.steps += 1
            if self._world.steps > STEPS_MAX:  # With the loop busy, the clock would stand still.
                self._world.fail(Violation("the loop is busy"))


class Waiting(FullVolume):
    """A full node restarts, then waits for a minute with a producer at its door."""

    async def _scenario(self, nursery: trio.Nursery) -> None:
        trio.lowlevel.add_instrument(Steps(self))
        self.topics = await self._create_topics()
        producer = Producer(self, "p0", self.topics, idempotent=True)
        nursery.start_soon(producer.run)
        await self._wait_until("the volume does not fill", self._is_full)
        assert self.life is not None
        self.is_full = True
        self.life.power_off("again")
        await self._wait_until("the node does not start", self._serves)
        await trio.sleep(60)


def test_full_volume_costs_no_cpu() -> None:
    """A node that waits for the object store looks a few times a second, no more."""
    world = Waiting(0)
    world.run()

    assert 60 < world.steps < STEPS_MAX
