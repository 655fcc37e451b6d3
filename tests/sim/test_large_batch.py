"""A batch that fits a frame and no object: scripted, in the simulated world."""

from __future__ import annotations

from typing import Any

import pytest
import trio

from appliance.protocol import batch, messages as m
from appliance.protocol.errors import ErrorCode
from tests.sim import universe
from tests.sim.clients import PRODUCE, Client, Wire
from tests.sim.full_volume import FullVolume
from tests.sim.universe import Universe

UPLOAD_BYTES_MAX = 16 << 10


class Once(Client):
    """Sends one batch of each size, and remembers the answers."""

    def __init__(self, world: Universe, topic: str, sizes: list[int]) -> None:
        super().__init__(world, "once")
        self.codes: list[int] = []
        self._topic = topic
        self._sizes = sizes

    async def work(self, wire: Wire) -> None:
        request = m.ProduceRequest
        for size in self._sizes:
            data = bytes(batch.build([(None, bytes(size))], timestamp=self.universe.now_ms()))
            part = request.PartitionProduceData(index=0, records=data)
            topic = request.TopicProduceData(name=self._topic, partition_data=[part])
            message = request(acks=-1, timeout_ms=5000, topic_data=[topic])
            answer: Any = await wire.call(PRODUCE, 7, message)
            self.codes.append(answer.responses[0].partition_responses[0].error_code)


class LargeBatch(FullVolume):
    """Extents and frames are larger than an object may be."""

    async def _scenario(self, nursery: trio.Nursery) -> None:
        self.store.is_down = False
        topics = await self._create_topics()
        self.client = Once(self, topics[0][1], [UPLOAD_BYTES_MAX, UPLOAD_BYTES_MAX - 200, 100])
        nursery.start_soon(self.client.run)
        await self.client.is_done.wait()
        await self._wait_until("nothing is uploaded", lambda: len(self.store.objects) == 3)


def test_batch_that_fits_no_object_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Acknowledged, it could never leave the volume: each upload would end the node."""
    scaled = [
        (module, name, UPLOAD_BYTES_MAX if name == "UPLOAD_BYTES_MAX" else value)
        for module, name, value in universe.SCALED
    ]
    assert ("UPLOAD_BYTES_MAX", UPLOAD_BYTES_MAX) in [(name, value) for _, name, value in scaled]
    monkeypatch.setattr(universe, "SCALED", scaled)
    world = LargeBatch(0)
    world.run()

    assert world.client.codes == [ErrorCode.MESSAGE_TOO_LARGE, 0, 0]
    assert world.life is not None and world.life.number == 0
