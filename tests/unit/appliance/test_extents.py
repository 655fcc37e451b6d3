"""The task that hands extents to the writer, while the volume is full."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import trio
import trio.testing

from appliance import limits
from appliance.node import Node
from appliance.settings import Settings


class FakeUploader:
    """Counts how often it is asked to hurry; frees nothing. Ends a task that asks for ever."""

    is_checkpointing = False

    def __init__(self) -> None:
        self.asked = 0

    def hurry(self) -> None:
        self.asked += 1
        assert self.asked < 1000, "the task spins"


async def test_full_volume_is_looked_at_again_after_a_while(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A writer that asks while the volume is full does not make the task spin."""
    ports: Any = SimpleNamespace(telemetry=None)
    node = Node(Settings(), ports)
    uploader: Any = FakeUploader()
    node.uploader = uploader
    context: Any = SimpleNamespace(
        writer=SimpleNamespace(spare_extents=1, spares_kept=0, batch_bytes_max=1),
        image=SimpleNamespace(free_extents=0),
    )
    with trio.move_on_after(2.1):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(node._keep_extents, context)
            node._extents_wanted.set()
            await trio.sleep(0.1)
            node._extents_wanted.set()

    assert 2 <= uploader.asked <= 20


@pytest.mark.parametrize(
    ("spares", "free", "expected"),
    [
        (1, limits.EXTENTS_RESERVED, 0.0),
        (1, 0, 0.0),
        (2, 0, 1.5),
        (1, limits.EXTENTS_RESERVED + 2, 2.5),
    ],
)
async def test_full_volume_lasts_no_time_without_the_object_store(
    spares: int, free: int, expected: float, autojump_clock: trio.testing.MockClock
) -> None:
    """The extent that is kept for checkpoints is no room of producers'."""
    ports: Any = SimpleNamespace(telemetry=None)
    node = Node(Settings(), ports)
    extent = 1 << 20
    writer = SimpleNamespace(
        spare_extents=spares, spares_kept=1, extent_bytes=extent, end_lsn=0,
        batch_bytes_max=extent // 2, room_for=lambda _: False,
    )  # fmt: skip
    made: Any = SimpleNamespace(writer=writer, image=SimpleNamespace(free_extents=free, volume=1))
    node.context = made
    node._wal_rate.add(trio.current_time(), 0)
    await trio.sleep(10)
    writer.end_lsn = 10 * extent + extent // 2
    node._wal_rate.add(trio.current_time(), 10 * extent + extent // 2)

    rate = node._wal_rate.per_second(trio.current_time(), writer.end_lsn)
    assert node.store_may_be_away_s() * rate / extent == pytest.approx(expected)
