"""What a client can make a node keep by parking fetches."""

import weakref
from types import SimpleNamespace
from typing import Any, cast

import trio
import trio.testing

from appliance import limits
from appliance.partition import Partition
from appliance.protocol import messages
from appliance.server import fetch, list_offsets
from appliance.server.connection import OutputBudget, Slot
from appliance.server.context import Context
from appliance.server.parked import ParkedFetches
from appliance.telemetry import Telemetry

F = messages.FetchRequest
L = messages.ListOffsetsRequest


PIECE = memoryview(bytes(1 << 20))


class Peer:
    """What of a connection counts here."""

    def __init__(self, budget: OutputBudget) -> None:
        self.queued_bytes = 0
        self.budget = budget

    def count_queued(self, size: int) -> None:
        self.queued_bytes += size
        self.budget.queued_bytes += size


class Waiting:
    """A waiter that nothing satisfies."""

    def __init__(self, deadline: float, partition: Partition) -> None:
        self.deadline = deadline
        self.partitions = [partition]
        self.done = False

    def is_satisfied(self) -> bool:
        return False

    def respond(self) -> None:
        return None


class World:
    """A topic's partitions, one connection, and what handlers need of a context."""

    def __init__(self) -> None:
        self.touched: list[Partition] = []
        self.partitions = [
            Partition(
                index + 1, topic_id=b"t" * 16, topic_name="t", index=index, leader_epoch=0,
                log_start_offset=0, committed_end=0, touched=self.touched, with_tail=set(),
            )
            for index in range(16)
        ]  # fmt: skip
        self.partition = self.partitions[0]
        self.parked = ParkedFetches(flush=lambda: None)
        self.budget = OutputBudget()
        self.connection = Peer(self.budget)
        self.sent: list[int] = []
        self.context = cast(
            "Context",
            SimpleNamespace(
                table=SimpleNamespace(
                    get=lambda _, index: self.partitions[index],
                    has_topic=lambda _: True,
                ),
                parked=self.parked,
                image=SimpleNamespace(client_quotas={}),
                reads=SimpleNamespace(tail_views=lambda *_, **__: []),
                telemetry=Telemetry(),
                flush_later=dict[Any, None](),
            ),
        )

    def let_objects_hang(self) -> None:
        """All ten records of each are in objects, and the object store does not answer."""

        async def never(*_: object, **__: object) -> None:
            await trio.sleep_forever()

        for partition in self.partitions:
            partition.log_end_offset = partition.high_watermark = 10
        self.context.reads = cast(
            "Any",
            SimpleNamespace(tail_views=lambda *_, **__: None, read=never, find_timestamp=never),
        )

    def slot(self) -> Slot:
        connection = cast("Any", self.connection)
        slot = SimpleNamespace(connection=connection, abandoned=False, on_close=None)
        slot.complete = lambda _, size: self.sent.append(size)
        return cast("Slot", slot)

    def request(self, lines: int, *, times: int = 1) -> Any:
        topic = F.FetchTopic(topic="t", partitions=asked(lines, 1000) * times)
        return F(max_wait_ms=60_000, min_bytes=1, max_bytes=1000, topics=[topic])


def asked(lines: int, bytes_max: int) -> list[Any]:
    """Return so many lines of a request, each for another partition."""
    return [
        F.FetchPartition(partition=index, fetch_offset=0, partition_max_bytes=bytes_max)
        for index in range(lines)
    ]


async def test_parked_fetches_count_as_queued_until_they_are_answered() -> None:
    """A connection that parks much is not read on: memory stays within its bound."""
    world = World()
    fetch.handle(world.context, world.slot(), 11, 1, world.request(3))
    assert world.connection.queued_bytes == 3 * limits.FETCH_LINE_BYTES

    world.partition.on_append(0, 1, log_id=1, lsn=0, position=0, length=9, max_timestamp=0)
    world.partition.on_durable(1)
    world.parked.on_commit(world.touched)

    assert world.connection.queued_bytes == 0
    assert len(world.sent) == 1


async def test_partition_named_many_times_waits_once() -> None:
    """What a commit looks at is bounded by the partitions there are."""
    world = World()
    fetch.handle(world.context, world.slot(), 11, 1, world.request(1, times=50_000))
    assert world.connection.queued_bytes == limits.FETCH_LINE_BYTES

    assert len(world.parked) == 1


async def test_records_that_the_cache_does_not_hold_are_sent_however_few_they_are() -> None:
    """What answers a fetch that waited for `min_bytes` reads the cache alone: it would be empty."""
    world = World()
    world.partition.on_append(0, 1, log_id=1, lsn=0, position=0, length=9, max_timestamp=0)
    world.partition.on_durable(1)

    async def read(*_: object, **__: object) -> list[memoryview]:
        return [PIECE[:9]]

    world.context.reads = cast(
        "Any",
        SimpleNamespace(tail_views=lambda *_, **__: None, is_cached=lambda *_: False, read=read),
    )
    request = world.request(1)
    request.min_bytes = 500
    reading = fetch.handle(world.context, world.slot(), 11, 1, request)
    assert reading is not None
    await reading

    assert len(world.parked) == 0
    assert len(world.sent) == 1


async def test_fetches_answered_long_before_their_time_leave_nothing_behind() -> None:
    """Also while others wait whose time comes sooner."""
    world = World()
    for _ in range(100):
        world.parked.park(Waiting(10.0, world.partition))
    answered: weakref.WeakSet[Waiting] = weakref.WeakSet()
    for _ in range(5000):
        waiter = Waiting(3600.0, world.partition)
        answered.add(waiter)
        world.parked.park(waiter)
        world.parked.forget(waiter)

    assert len(answered) < 1000
    assert len(world.parked) == 100


async def test_fetch_waits_for_the_object_store_once_however_many_partitions_it_names(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A client waits 30 s for its answer: partitions must not add their waits up."""
    world = World()
    world.let_objects_hang()
    request = F(max_wait_ms=0, min_bytes=1, max_bytes=1 << 20, topics=[])
    request.topics = [F.FetchTopic(topic="t", partitions=asked(12, 1000))]
    before = trio.current_time()
    waiting = fetch.handle(world.context, world.slot(), 11, 1, request)
    assert waiting is not None
    await waiting

    assert trio.current_time() - before <= limits.STORE_READ_S_MAX
    assert len(world.sent) == 1


async def test_what_many_fetches_read_at_once_is_bounded(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The memory of an answer counts while it is being gathered, not only when it is complete."""
    world = World()
    most = 0

    async def read(_: object, __: int, bytes_max: int, **___: object) -> list[memoryview]:
        nonlocal most
        await trio.sleep(1)
        most = max(most, world.budget.queued_bytes)
        return [PIECE[:bytes_max]]

    world.let_objects_hang()
    world.context.reads.read = read  # type: ignore[method-assign,assignment]
    topics = [F.FetchTopic(topic="t", partitions=asked(16, 1 << 20))]
    request = F(max_wait_ms=0, min_bytes=1, max_bytes=1 << 30, topics=topics)
    count = 2 * limits.NODE_OUTPUT_BYTES_MAX // limits.FETCH_RESPONSE_BYTES_MAX

    async def serve() -> None:
        slot = world.slot()
        slot.connection = cast("Any", Peer(world.budget))
        waiting = fetch.handle(world.context, slot, 11, 1, request)
        assert waiting is not None
        await waiting

    async with trio.open_nursery() as nursery:
        for _ in range(count):
            nursery.start_soon(serve)

    assert limits.NODE_OUTPUT_BYTES_MAX < most < limits.NODE_OUTPUT_BYTES_MAX + (count << 20) * 2
    assert world.budget.queued_bytes == 0
    assert len(world.sent) == count


async def test_offsets_are_looked_up_in_the_object_store_for_a_bounded_time_together(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """As for fetches."""
    world = World()
    world.let_objects_hang()
    line = L.ListOffsetsPartition(partition_index=0, current_leader_epoch=-1, timestamp=5)
    topics = [L.ListOffsetsTopic(name="t", partitions=[line]) for _ in range(12)]
    before = trio.current_time()
    await list_offsets.handle(world.context, world.slot(), 5, 1, L(replica_id=-1, topics=topics))

    assert trio.current_time() - before <= limits.STORE_READ_S_MAX
    assert len(world.sent) == 1


async def test_no_fetch_waits_for_more_than_an_answer_may_hold() -> None:
    """`min_bytes` above `max_bytes`, or above our own bound: what fits is enough."""
    world = World()
    request = world.request(1)
    request.min_bytes, request.max_bytes = 1 << 30, 900
    fetch.handle(world.context, world.slot(), 11, 1, request)
    assert len(world.parked) == 1

    world.partition.on_append(0, 1, log_id=1, lsn=0, position=0, length=950, max_timestamp=0)
    world.partition.on_durable(1)
    world.parked.on_commit(world.touched)

    assert len(world.sent) == 1
