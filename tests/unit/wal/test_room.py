"""Many appenders that wait for room: somebody always wakes them."""

from __future__ import annotations

import random

import pytest
import trio

from tests.unit.wal.test_writer import EXTENT, IDENTITY
from wal import limits, volume
from wal.testing import FakeDevice
from wal.writer import Writer

APPENDERS = 8
BATCHES = 40


@pytest.mark.parametrize("seed", range(8))
async def test_appenders_that_wait_for_room_all_finish(
    seed: int, autojump_clock: trio.testing.MockClock
) -> None:
    """Full arena, missing extents, extents being filled: every wait ends, and room is room."""
    rng = random.Random(seed)
    extents = 600
    size_bytes = (1 << 20) + extents * EXTENT
    device = FakeDevice(size_bytes, latency_s=lambda: 0.02 * rng.random(), rng=rng)
    vol = await volume.format_volume(device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT)
    wanted = trio.Event()
    device.mark_unwritten(0, size_bytes)  # Extents are zero-filled ahead of use.
    writer = Writer(
        device,
        superblock=vol.superblock,
        slot=0,
        identity=IDENTITY,
        arena_bytes=limits.ARENA_BYTES_MIN,
        need_extents=lambda: wanted.set(),
    )
    writer.add_extents([0])
    acked = appended = 0

    async def hand_out() -> None:
        nonlocal wanted
        following = 1
        while True:
            await wanted.wait()
            wanted = trio.Event()
            while writer.spare_extents < 2:
                await trio.sleep(0.05 * rng.random())
                writer.add_extents([following])
                following += 1

    def on_durable() -> None:
        nonlocal acked
        acked += 1

    async def append() -> None:
        nonlocal appended
        for _ in range(BATCHES):
            size = rng.choice([10, 3000, 100_000, writer.batch_bytes_max])
            batch = bytes(size)
            while not writer.room_for(size):
                await writer.wait_room()
            writer.append_nowait(1, appended, 0, 0, 0, batch, on_durable)
            appended += 1
            if rng.random() < 0.5:
                writer.submit_nowait()
            if rng.random() < 0.3:
                await trio.sleep(0.01 * rng.random())

    with trio.fail_after(3600):
        async with trio.open_nursery() as outer:
            await outer.start(writer.run)
            outer.start_soon(hand_out)
            async with trio.open_nursery() as nursery:
                for _ in range(APPENDERS):
                    nursery.start_soon(append)
            writer.submit_nowait()
            while acked < appended:
                await trio.sleep(1)
            outer.cancel_scope.cancel()

    assert acked == appended == APPENDERS * BATCHES
