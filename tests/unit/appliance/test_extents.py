"""The task that hands extents to the writer, while the volume is full."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import trio
import trio.testing

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
        writer=SimpleNamespace(spare_extents=1, spares_kept=0),
        image=SimpleNamespace(free_extents=0),
    )
    with trio.move_on_after(2.1):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(node._keep_extents, context)
            node._extents_wanted.set()
            await trio.sleep(0.1)
            node._extents_wanted.set()

    assert 2 <= uploader.asked <= 20
