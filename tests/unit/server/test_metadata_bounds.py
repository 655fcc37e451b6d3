"""What one Metadata request may create."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio

from appliance import limits
from appliance.metadata import Image, commands
from appliance.protocol import codec, messages
from appliance.server import cluster
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.table import PartitionTable


async def test_auto_creation_stops_at_the_bound_of_a_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Topics behind it are unknown, not created; the client asks again for those it needs."""
    monkeypatch.setattr(limits, "TOPICS_PER_REQUEST_MAX", 3)
    image = Image()
    image.apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
    ids = iter(range(2, 100))

    async def propose(command: Any) -> Any:
        await trio.lowlevel.checkpoint()
        return image.apply(command)

    context = SimpleNamespace(
        image=image,
        propose=propose,
        settings=SimpleNamespace(num_partitions=1, auto_create_topics_enable=True),
        random_bytes=lambda size: next(ids).to_bytes(size, "big"),
        now_ms=lambda: 0,
        broker_id=0,
        cluster_id="c",
        host="h",
        port=1,
        deleted_names={},
    )
    sent: list[bytes] = []
    slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
    topic = messages.MetadataRequest.MetadataRequestTopic
    request = messages.MetadataRequest(
        topics=[topic(name=f"t{n}") for n in range(5)], allow_auto_topic_creation=True
    )
    await cluster.handle_metadata(cast("Context", context), cast("Slot", slot), 8, 1, request)

    answer = codec.decode_response(3, 8, memoryview(sent[0]), 8)
    assert sorted(image.topics_by_name) == ["t0", "t1", "t2"]
    assert [line.error_code for line in answer.topics] == [0, 0, 0, 3, 3]


TOPICS = 3_000


class Turns(trio.abc.Instrument):
    """Counts the turns of the loop."""

    count = 0

    def before_io_wait(self, timeout: float) -> None:
        self.count += 1


class World:
    """A node with many topics, as far as Metadata sees it."""

    def __init__(self, topics: int, *, partitions: int = 1) -> None:
        self.image = Image()
        self.table = PartitionTable()
        broker = commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None)
        self.image.apply(broker)
        for number in range(topics):
            self.create(f"t{number:05}", partitions=partitions)
        self.context = SimpleNamespace(
            image=self.image, table=self.table, broker_id=0, cluster_id="c", host="h", port=1
        )

    def create(self, name: str, *, partitions: int = 1) -> None:
        topic_id = name.encode().ljust(16, b"-")
        self.image.apply(
            commands.CreateTopic(
                name=name,
                topic_id=topic_id,
                partitions=partitions,
                assignment=None,
                configs={},
                now_ms=0,
            )
        )
        self.table.sync_topic(self.image, topic_id)

    def delete(self, name: str) -> None:
        topic_id = self.image.topics_by_name[name].topic_id
        self.image.apply(commands.DeleteTopic(topic_id=topic_id))
        self.table.sync_topic(self.image, topic_id)

    async def describe(self, names: list[str] | None = None) -> Any:
        """Return what Metadata answers."""
        sent: list[bytes] = []
        slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
        line = messages.MetadataRequest.MetadataRequestTopic
        wanted = None if names is None else [line(name=name) for name in names]
        await cluster.handle_metadata(
            cast("Context", self.context), cast("Slot", slot), 8, 1,
            messages.MetadataRequest(topics=wanted, allow_auto_topic_creation=False),
        )  # fmt: skip
        return codec.decode_response(3, 8, memoryview(sent[0]), 8)


async def _some_turns() -> None:
    """Let what was started begin its work, and not end it: a description takes six turns."""
    for _ in range(2):
        await trio.lowlevel.checkpoint()


@pytest.mark.parametrize("by_name", [False, True])
@pytest.mark.parametrize(("topics", "partitions"), [(TOPICS, 1), (1, TOPICS)])
async def test_long_description_is_made_in_turns(
    topics: int, partitions: int, by_name: bool
) -> None:
    """Building and encoding it in one go held up everybody for 50 ms and more."""
    world = World(topics, partitions=partitions)
    turns = Turns()
    trio.lowlevel.add_instrument(turns)
    answer = await world.describe(sorted(world.image.topics_by_name) if by_name else None)
    trio.lowlevel.remove_instrument(turns)

    assert len(answer.topics) == topics
    assert sum(len(topic.partitions) for topic in answer.topics) == TOPICS
    assert turns.count >= TOPICS // limits.LINES_PER_TURN - 1


async def test_description_is_made_once_for_all_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a restart all clients ask at the same time; who gives up leaves it to the next."""
    world = World(TOPICS)
    made: list[int] = []
    encode = cluster.encode

    async def counted(*arguments: Any) -> list[bytes]:
        made.append(1)
        return await encode(*arguments)

    monkeypatch.setattr(cluster, "encode", counted)
    answers: list[Any] = []

    async def ask() -> None:
        answers.append(await world.describe())

    async with trio.open_nursery() as nursery:
        with trio.CancelScope() as scope:
            async with trio.open_nursery() as impatient:
                impatient.start_soon(world.describe)
                await _some_turns()
                for _ in range(5):
                    nursery.start_soon(ask)
                await _some_turns()
                scope.cancel()

    assert [len(answer.topics) for answer in answers] == [TOPICS] * 5
    assert len(made) == 2  # The one that was given up, and one for all others.


async def test_description_that_is_old_before_it_is_made_is_not_kept() -> None:
    """Whoever asks after a change hears of it, though another answer is under way."""
    world = World(TOPICS)
    answers: list[Any] = []

    async def ask() -> None:
        answers.append(await world.describe())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask)
        await _some_turns()
        world.delete(f"t{TOPICS - 1:05}")
        world.create("new")
        nursery.start_soon(ask)

    names = [{topic.name for topic in answer.topics} for answer in answers]
    assert sorted("new" in found for found in names) == [False, True]
    assert "new" in {topic.name for topic in (await world.describe()).topics}


async def test_topic_may_go_while_it_is_described() -> None:
    """It is told as it was; nobody's connection breaks."""
    world = World(TOPICS)
    answers: list[Any] = []

    async def ask() -> None:
        answers.append(await world.describe())

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask)
        await _some_turns()
        world.delete(f"t{TOPICS - 1:05}")

    assert len(answers[0].topics) == TOPICS
    assert answers[0].topics[-1].partitions[0].leader_epoch == -1
