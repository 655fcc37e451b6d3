"""What a client can make a node keep by parking fetches."""

from types import SimpleNamespace
from typing import Any, cast

from appliance import limits
from appliance.partition import Append, Partition
from appliance.protocol import messages
from appliance.server import fetch
from appliance.server.connection import OutputBudget, Slot
from appliance.server.context import Context
from appliance.server.parked import ParkedFetches

F = messages.FetchRequest


class Peer:
    """What counts here of a connection."""

    def __init__(self) -> None:
        self.queued_bytes = 0
        self.budget = OutputBudget()

    def count_queued(self, size: int) -> None:
        self.queued_bytes += size


class World:
    """One partition, one connection, and what handlers need of a context."""

    def __init__(self) -> None:
        self.partition = Partition(
            1, topic_id=b"t" * 16, topic_name="t", index=0, leader_epoch=0, log_start_offset=0,
            committed_end=0, touched=[], with_tail=set(),
        )  # fmt: skip
        self.partition.touched = self.touched = []
        self.parked = ParkedFetches(flush=lambda: None)
        self.connection = Peer()
        self.sent: list[int] = []
        self.context = cast(
            "Context",
            SimpleNamespace(
                table=SimpleNamespace(
                    get=lambda _, index: self.partition if index == 0 else None,
                    has_topic=lambda _: True,
                ),
                parked=self.parked,
                reads=SimpleNamespace(tail_views=lambda *_, **__: []),
                telemetry=SimpleNamespace(bytes_out=0),
                flush_later=dict[Any, None](),
            ),
        )

    def slot(self) -> Slot:
        connection = cast("Any", self.connection)
        slot = SimpleNamespace(connection=connection, abandoned=False, on_close=None)
        slot.complete = lambda _, size: self.sent.append(size)
        return cast("Slot", slot)

    def request(self, lines: int) -> Any:
        line = F.FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=1000)
        topic = F.FetchTopic(topic="t", partitions=[line] * lines)
        return F(max_wait_ms=60_000, min_bytes=1, max_bytes=1000, topics=[topic])


async def test_parked_fetches_count_as_queued_until_they_are_answered() -> None:
    """A connection that parks much is not read on: memory stays within its bound."""
    world = World()
    fetch.handle(world.context, world.slot(), 11, 1, world.request(3))
    assert world.connection.queued_bytes == 3 * limits.FETCH_LINE_BYTES

    world.partition.on_append(0, 1, log_id=1, lsn=0, position=0, length=9, max_timestamp=0)
    Append(world.partition, 1, None)()
    world.parked.on_commit(world.touched)

    assert world.connection.queued_bytes == 0
    assert len(world.sent) == 1


async def test_partition_named_many_times_waits_once() -> None:
    """What a commit looks at is bounded by the partitions there are."""
    world = World()
    fetch.handle(world.context, world.slot(), 11, 1, world.request(50_000))
    assert world.connection.queued_bytes == limits.FETCH_LINE_BYTES

    assert len(world.parked) == 1
