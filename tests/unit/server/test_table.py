"""Partitions of the node: opened when somebody asks, as if they had been there all the time."""

from __future__ import annotations

from typing import Any

from appliance.ids import PartitionId, TopicId
from appliance.metadata import Image, commands
from appliance.partition import Partition
from appliance.server.table import PartitionTable

ID = b"t" * 16


class World:
    """An image and a table that follows it."""

    def __init__(self) -> None:
        self.image = Image()
        self.table = PartitionTable()
        self.image.apply(
            commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None)
        )

    def create(self, count: int, topic_id: bytes = ID) -> None:
        self.apply(
            commands.CreateTopic(
                name="t", topic_id=topic_id, partitions=count, configs={}, now_ms=0
            ),
            topic_id,
        )

    def apply(self, command: Any, topic_id: bytes = ID) -> None:
        self.image.apply(command)
        self.table.sync_topic(self.image, topic_id)

    def partition(self, index: int) -> Partition:
        partition = self.table.get("t", index)
        assert partition is not None
        return partition


def test_creating_a_topic_opens_no_partition() -> None:
    """Ten thousand of them were 35 ms in which nobody else was served."""
    world = World()
    world.create(10_000)

    assert list(world.table) == []
    assert world.table.has_topic("t")
    assert world.table.has_topic(ID)
    assert world.partition(9999).index == 9999
    assert list(world.table) == [world.partition(9999)]


def test_a_partition_is_one_by_whatever_it_is_asked_for() -> None:
    """By name, by the topic's id, by its own."""
    for first in range(3):
        world = World()
        world.create(3)
        partition_id = world.image.topics_by_id[TopicId(ID)].partition_ids[1]
        asks = [
            lambda world=world: world.table.get("t", 1),
            lambda world=world: world.table.get(ID, 1),
            lambda world=world, i=partition_id: world.table.by_id(i),
        ]
        one = asks[first]()

        assert one is not None
        assert all(ask() is one for ask in asks)
        assert (one.partition_id, one.topic_id, one.topic_name) == (partition_id, ID, "t")
        assert world.table.get("t", 3) is world.table.get("t", -1) is world.table.by_id(99) is None


def test_a_partition_opened_late_knows_what_came_before() -> None:
    """Its log start, what is in objects, its topic's configs, and partitions that were added."""
    world = World()
    world.create(1)
    line = world.image.partitions[PartitionId(1)]
    line.committed_end = 70
    world.image.apply(commands.DeleteRecords(partition_id=1, log_start_offset=50))
    world.table.raise_log_start(1, 50)
    world.apply(commands.AlterTopicConfigs(name="t", set={"max.message.bytes": "1234"}, delete=()))
    world.apply(commands.CreatePartitions(name="t", total=2, assignment=None))

    partition = world.partition(0)
    assert (partition.log_start_offset, partition.committed_end) == (50, 70)
    assert partition.log_end_offset == partition.high_watermark == 70
    assert partition.settings.message_bytes_max == 1234
    assert world.partition(1).settings is partition.settings
    world.apply(commands.AlterTopicConfigs(name="t", set={}, delete=("max.message.bytes",)))
    assert partition.settings.message_bytes_max > 1234


def test_nothing_is_left_of_a_deleted_topic() -> None:
    """Neither of partitions that were opened, nor of the others; its name may be used again."""
    world = World()
    world.create(2)
    opened = world.partition(0)
    world.apply(commands.DeleteTopic(topic_id=ID))

    assert opened.deleted
    assert list(world.table) == []
    assert world.table.get("t", 0) is world.table.get(ID, 1) is None
    assert world.table.by_id(1) is world.table.by_id(2) is None
    assert not world.table.has_topic("t")
    world.create(1, b"u" * 16)
    assert world.partition(0) is not opened
    assert world.partition(0).partition_id == 3
