"""A world in which the object store is away until the volume is full."""

from __future__ import annotations

import trio

from tests.sim.clients import Consumer, Producer
from tests.sim.universe import Doom, Universe


class FullVolume(Universe):
    """The object store is away until the volume is full and the node was restarted often."""

    restarts = 6
    stalls = 0.3
    steps = 0
    is_full = False

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.batches_left = 100_000
        self.read_stall_share = 0.0
        self.store.is_down = True

    def _doom(self) -> Doom | None:
        return None

    def _arm(self, life: object) -> None:
        pass

    async def _weather(self) -> None:
        pass

    async def _cut_connections(self) -> None:
        pass

    async def _scenario(self, nursery: trio.Nursery) -> None:
        self.topics = await self._create_topics()
        producers = [Producer(self, f"p{n}", self.topics, idempotent=True) for n in range(2)]
        for producer in producers:
            nursery.start_soon(producer.run)
        await self._wait_until("the volume does not fill", self._is_full)
        self.is_full = True
        await trio.sleep(self._rng.uniform(0.0, 20.0))
        for _ in range(self.restarts):
            assert self.life is not None
            self.life.power_off("again")
            await self._wait_until("the node does not start", self._serves)
            await trio.sleep(self._rng.uniform(0.0, 2.0))
        self.store.is_down = False
        self.read_stall_share = self.stalls
        consumers = [Consumer(self, f"c{n}", self.topics) for n in range(3)]
        for consumer in consumers:
            consumer.from_start = True
            nursery.start_soon(consumer.run)
        await trio.sleep(10)
        await self._liveness(producers, consumers, [])

    def _is_full(self) -> bool:
        life = self.life
        return life is not None and life.is_ready and not life.node.ready()[0]

    def _serves(self) -> bool:
        return self.life is not None and self.life.is_ready and not self.life.is_dead
