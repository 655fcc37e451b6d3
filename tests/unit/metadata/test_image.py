"""The state machine, command by command."""

from typing import Any

import pytest

from appliance.metadata import (
    Image,
    InvalidSnapshotError,
    LogState,
    ObjectState,
    Rejected,
    commands as c,
)
from appliance.metadata.rejected import Code

MIB = 1 << 20
TOPIC_A, TOPIC_B = b"a" * 16, b"b" * 16


def ready() -> Image:
    """Return a cluster with a volume of 4 extents, broker 1 (log 1) and topic `a` of 2."""
    image = Image()
    for command in (
        c.InitCluster(cluster_id="C", now_ms=1),
        c.FormatVolume(volume_uuid=b"v" * 16, extent_bytes=MIB, extent_count=4),
        register(),
        create("a", TOPIC_A, 2),
        c.AllocateObjectIds(count=100),
    ):
        image.apply(command)
    return image


def register(broker_id: int = 1, incarnation: int = 11, port: int = 9092) -> c.RegisterBroker:
    """Return a registration."""
    return c.RegisterBroker(
        broker_id=broker_id, incarnation=incarnation, host="h", port=port, rack=None
    )


def create(name: str, topic_id: bytes, partitions: int, **other: Any) -> c.CreateTopic:
    """Return a topic's creation."""
    fields: dict[str, Any] = {"configs": {}, "now_ms": 5} | other
    return c.CreateTopic(name=name, topic_id=topic_id, partitions=partitions, **fields)


def commit(
    object_id: int, *ranges: tuple[int, int, int], uploaded_lsn: int = 0, **other: Any
) -> c.CommitObject:
    """Return a commit of (partition, start, end) ranges out of log 1."""
    fields: dict[str, Any] = {"key": f"k{object_id}", "log_id": 1} | other
    return c.CommitObject(
        object_id=object_id,
        size=10,
        created_ms=7,
        uploaded_lsn=uploaded_lsn,
        ranges=[
            c.ObjectRangeCommit(
                partition_id=p, start_offset=s, end_offset=e, size=e - s, max_timestamp=-1
            )
            for p, s, e in ranges
        ],
        **fields,
    )


def refused(image: Image, command: c.Command, code: Code) -> None:
    """Assert that a command is rejected and that nothing changed."""
    before = image.snapshot()
    with pytest.raises(Rejected) as caught:
        image.apply(command)
    assert caught.value.error_code == code
    assert image.snapshot() == before


def repeated(image: Image, command: c.Command) -> Any:
    """Apply twice; assert that the second time changes nothing and answers the same."""
    first = image.apply(command)
    before = image.snapshot()
    assert image.apply(command) == first
    assert image.snapshot() == before
    return first


def test_init_cluster_another_id_is_refused() -> None:
    """A cluster has one id for ever."""
    image = Image()
    assert repeated(image, c.InitCluster(cluster_id="C", now_ms=1)) == "C"
    refused(image, c.InitCluster(cluster_id="D", now_ms=2), Code.INCONSISTENT_CLUSTER_ID)
    assert image.created_ms == 1


def test_register_broker_new_incarnation_bumps_epochs() -> None:
    """A restart is a new incarnation: new log, new epochs, leader epochs of its partitions + 1."""
    image = ready()
    image.apply(register(2))
    image.apply(create("b", TOPIC_B, 2, assignment=[[2], [1]]))
    epoch = image.topic_epoch

    again = image.apply(register(incarnation=12))

    assert (again.log_id, again.writer_epoch, again.broker_epoch) == (3, 3, 3)
    assert [image.partitions[i].leader_epoch for i in (1, 2, 3, 4)] == [1, 1, 0, 1]
    assert image.logs[3].incarnation == 12
    assert image.logs[3].state is LogState.OPEN
    assert image.topic_epoch > epoch
    assert image.led_by(1) == [1, 2, 4]


def test_register_broker_same_incarnation_is_success_until_fenced() -> None:
    """A repeated proposal must not fence its own first copy."""
    image = ready()
    first = repeated(image, register())
    assert image.apply(register(port=1)) == first
    assert image.brokers[1].port == 1
    image.apply(c.FenceLog(log_id=first.log_id))
    assert image.apply(register()).writer_epoch > first.writer_epoch


def test_register_broker_forgets_logs_without_extents() -> None:
    """A zombie that never wrote gets no extents; one that wrote keeps its log for recovery."""
    image = ready()
    image.apply(register(incarnation=12))
    refused(image, c.AllocateExtents(log_id=1, count=1), Code.STALE_BROKER_EPOCH)
    image.apply(c.AllocateExtents(log_id=2, count=1))
    image.apply(register(incarnation=13))
    assert sorted(image.logs) == [2, 3]


def test_format_volume_another_geometry_is_refused() -> None:
    """The volume is formatted once."""
    image = ready()
    same = c.FormatVolume(volume_uuid=b"v" * 16, extent_bytes=MIB, extent_count=4)
    repeated(image, same)
    other = c.FormatVolume(volume_uuid=b"w" * 16, extent_bytes=MIB, extent_count=4)
    refused(image, other, Code.INVALID_REQUEST)


def test_allocate_extents_lowest_free_first() -> None:
    """Freed extents come back, the lowest first; chain sequences go on."""
    image = ready()
    assert image.apply(c.AllocateExtents(log_id=1, count=3)) == [(0, 0), (1, 1), (2, 2)]
    refused(image, c.AllocateExtents(log_id=1, count=2), Code.KAFKA_STORAGE_ERROR)
    image.apply(commit(1, uploaded_lsn=2 * MIB))
    free = c.FreeExtents(log_id=1, below_chain_sequence=2)
    assert image.apply(free) == (0, 1)
    assert image.apply(free) == ()
    assert image.apply(c.AllocateExtents(log_id=1, count=1)) == [(0, 3)]
    assert image.logs[1].extents == [(2, 2), (0, 3)]
    assert image.free_extents == 2


def test_allocate_extents_repeat_with_sequence_gets_the_same() -> None:
    """An unknown outcome is asked again without a gap in the chain."""
    image = ready()
    ask = c.AllocateExtents(log_id=1, count=2, first_chain_sequence=0)
    assert repeated(image, ask) == [(0, 0), (1, 1)]
    gap = c.AllocateExtents(log_id=1, count=1, first_chain_sequence=5)
    refused(image, gap, Code.INVALID_REQUEST)


def test_allocate_extents_without_right_is_refused() -> None:
    """No volume, no log, no open log."""
    refused(Image(), c.AllocateExtents(log_id=1, count=1), Code.KAFKA_STORAGE_ERROR)
    image = ready()
    refused(image, c.AllocateExtents(log_id=9, count=1), Code.RESOURCE_NOT_FOUND)
    repeated(image, c.FenceLog(log_id=1))
    refused(image, c.AllocateExtents(log_id=1, count=1), Code.STALE_BROKER_EPOCH)


def test_free_extents_not_uploaded_is_refused() -> None:
    """Invariant 5."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=2))
    image.apply(c.AdvanceLog(log_id=1, uploaded_lsn=MIB - 1))
    refused(image, c.FreeExtents(log_id=1, below_chain_sequence=1), Code.INVALID_REQUEST)


def test_log_is_fenced_sealed_once_uploaded_and_released() -> None:
    """The life of a log; each step repeats as success."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=2))
    repeated(image, c.FenceLog(log_id=1))
    refused(image, c.ReleaseLog(log_id=1), Code.INVALID_REQUEST)
    repeated(image, c.SealLog(log_id=1, end_lsn=MIB + 4096))
    refused(image, c.SealLog(log_id=1, end_lsn=MIB), Code.INVALID_REQUEST)
    refused(image, c.ReleaseLog(log_id=1), Code.INVALID_REQUEST)
    refused(image, c.AdvanceLog(log_id=1, uploaded_lsn=2 * MIB), Code.INVALID_REQUEST)
    repeated(image, c.AdvanceLog(log_id=1, uploaded_lsn=MIB + 4096))
    assert image.apply(c.ReleaseLog(log_id=1)) == (0, 1)
    assert image.apply(c.ReleaseLog(log_id=1)) == ()
    assert image.logs[1].state is LogState.FREED
    assert image.free_extents == 4
    refused(image, commit(1, (1, 0, 3)), Code.STALE_BROKER_EPOCH)

    image.apply(register(incarnation=12))

    assert sorted(image.logs) == [2]
    assert image.apply(c.ReleaseLog(log_id=1)) == ()
    assert image.apply(c.FenceLog(log_id=1)) is None


def test_sealed_log_gives_back_the_extents_beyond_its_end() -> None:
    """A node that restarts again and again on a full volume must not use it up."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=3))

    log = repeated(image, c.SealLog(log_id=1, end_lsn=MIB))

    assert [extent.index for extent in log.extents] == [0]
    assert image.free_extents == 3
    assert Image.restore(image.snapshot()).logs[1] == log


def test_sealed_log_without_a_frame_keeps_no_extent() -> None:
    """An incarnation that died before its first write leaves nothing to upload."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=2))

    log = repeated(image, c.SealLog(log_id=1, end_lsn=0))

    assert log.extents == []
    assert image.free_extents == 4


def test_create_topic_is_found_by_name_and_id() -> None:
    """Partitions get ids that no other ever has."""
    image = ready()
    topic = repeated(image, create("b", TOPIC_B, 3, configs={"retention.ms": "1"}))
    assert image.topics_by_name["b"] is image.topics_by_id[TOPIC_B]
    assert topic.partition_ids == (3, 4, 5)
    assert [image.partitions[i].index for i in topic.partition_ids] == [0, 1, 2]
    assert dict(topic.configs) == {"retention.ms": "1"}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (create("a", TOPIC_B, 2), Code.TOPIC_ALREADY_EXISTS),
        (create("b", TOPIC_A, 2), Code.INVALID_REQUEST),
        (create("b", bytes(16), 2), Code.INVALID_REQUEST),
        (create("b c", TOPIC_B, 2), Code.INVALID_TOPIC_EXCEPTION),
        (create("b", TOPIC_B, 1, configs={"x": "1"}), Code.INVALID_CONFIG),
        (create("b", TOPIC_B, 1, assignment=[[9]]), Code.INVALID_REPLICA_ASSIGNMENT),
        (create("b", TOPIC_B, 1, assignment=[[]]), Code.INVALID_REPLICA_ASSIGNMENT),
        (create("b", TOPIC_B, 1, assignment=[[1, 1]]), Code.INVALID_REPLICA_ASSIGNMENT),
        (create("b", TOPIC_B, 2, assignment=[[1]]), Code.INVALID_REPLICA_ASSIGNMENT),
    ],
)
def test_create_topic_that_does_not_fit_is_refused(command: c.Command, code: Code) -> None:
    """Kafka's codes."""
    refused(ready(), command, code)


def test_create_topic_colliding_name_is_refused_until_deleted() -> None:
    """`x.y` and `x_y` would share their metrics."""
    image = ready()
    image.apply(create("x.y", TOPIC_B, 1))
    other = create("x_y", b"c" * 16, 1)
    refused(image, other, Code.INVALID_TOPIC_EXCEPTION)
    refused(Image.restore(image.snapshot()), other, Code.INVALID_TOPIC_EXCEPTION)
    image.apply(c.DeleteTopic(topic_id=TOPIC_B))
    image.apply(other)


def test_create_topic_without_broker_is_refused() -> None:
    """Somebody must lead."""
    refused(Image(), create("a", TOPIC_A, 1), Code.INVALID_REPLICATION_FACTOR)


def test_create_topic_places_on_who_leads_least() -> None:
    """Broker 1 leads two already."""
    image = ready()
    image.apply(register(2))
    ids = image.apply(create("b", TOPIC_B, 4)).partition_ids
    assert [image.partitions[i].leader for i in ids] == [2, 2, 1, 2]


def test_delete_topic_marks_objects_that_nobody_needs() -> None:
    """An object of two topics lives until the second goes."""
    image = ready()
    image.apply(create("b", TOPIC_B, 1))
    image.apply(commit(1, (1, 0, 5), (3, 0, 5)))
    image.apply(commit(2, (2, 0, 5)))
    assert image.apply(c.DeleteTopic(topic_id=TOPIC_A)).name == "a"
    assert list(image.marked) == [2]
    assert image.objects[1].state is ObjectState.COMMITTED
    assert image.objects[1].live_ranges == 1
    assert sorted(image.partitions) == [3]
    assert image.apply(c.DeleteTopic(topic_id=TOPIC_A)) is None
    image.apply(c.DeleteTopic(topic_id=TOPIC_B))
    assert list(image.marked) == [2, 1]
    assert list(Image.restore(image.snapshot()).marked) == [2, 1]
    assert image.apply(create("a", b"c" * 16, 1)).partition_ids == (4,)


def test_create_partitions_adds_the_missing_ones() -> None:
    """The present count is success, less is refused."""
    image = ready()
    topic = repeated(image, c.CreatePartitions(name="a", total=4, assignment=[[1], [1]]))
    assert topic.partition_ids == (1, 2, 3, 4)
    assert image.partitions[4].index == 3
    refused(image, c.CreatePartitions(name="a", total=3), Code.INVALID_PARTITIONS)
    missing = c.CreatePartitions(name="z", total=3)
    refused(image, missing, Code.UNKNOWN_TOPIC_OR_PARTITION)
    short = c.CreatePartitions(name="a", total=6, assignment=[[1]])
    refused(image, short, Code.INVALID_REPLICA_ASSIGNMENT)


def test_alter_topic_configs_sets_and_deletes() -> None:
    """All or nothing."""
    image = ready()
    both = {"retention.ms": "1", "segment.ms": "2"}
    repeated(image, c.AlterTopicConfigs(name="a", set=both, delete=()))
    topic = repeated(
        image, c.AlterTopicConfigs(name="a", set={"retention.ms": "3"}, delete=("segment.ms",))
    )
    assert topic.configs == {"retention.ms": "3"}
    bad = {"retention.ms": "4", "segment.ms": "no"}
    refused(image, c.AlterTopicConfigs(name="a", set=bad, delete=()), Code.INVALID_CONFIG)
    refused(image, c.AlterTopicConfigs(name="a", set={}, delete=("x",)), Code.INVALID_CONFIG)
    clash = c.AlterTopicConfigs(name="a", set={"segment.ms": "9"}, delete=("segment.ms",))
    refused(image, clash, Code.INVALID_REQUEST)
    missing = c.AlterTopicConfigs(name="z", set={}, delete=())
    refused(image, missing, Code.UNKNOWN_TOPIC_OR_PARTITION)


def test_alter_broker_configs_default_and_one_broker() -> None:
    """None stands for the cluster's default."""
    image = ready()
    for broker_id in (None, 1):
        command = c.AlterBrokerConfigs(broker_id=broker_id, set={"x": "1"}, delete=("y",))
        assert repeated(image, command) == {"x": "1"}
    assert image.broker_configs == {None: {"x": "1"}, 1: {"x": "1"}}
    repeated(image, c.AlterBrokerConfigs(broker_id=1, set={}, delete=("x",)))
    assert image.broker_configs == {None: {"x": "1"}}
    unknown = c.AlterBrokerConfigs(broker_id=9, set={}, delete=())
    refused(image, unknown, Code.BROKER_ID_NOT_REGISTERED)


def test_allocated_ids_are_never_given_twice() -> None:
    """Blocks follow each other."""
    image = ready()
    ask = c.AllocateProducerIds(broker_id=1, count=1000)
    assert [image.apply(ask), image.apply(ask)] == [0, 1000]
    unknown = c.AllocateProducerIds(broker_id=9, count=1)
    refused(image, unknown, Code.BROKER_ID_NOT_REGISTERED)
    assert image.apply(c.AllocateObjectIds(count=2)) == 101
    assert image.apply(c.AllocateObjectIds(count=1)) == 103


def test_commit_object_moves_the_committed_end() -> None:
    """Ranges continue each other and are found by offset."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=1))
    repeated(image, commit(1, (1, 0, 5), (2, 0, 1), uploaded_lsn=4096))
    image.apply(commit(2, (1, 5, 9), uploaded_lsn=8192))
    assert image.partitions[1].committed_end == 9
    assert image.logs[1].uploaded_lsn == 8192
    found = [image.find_object_range(1, offset) for offset in (0, 4, 5, 8, 9)]
    assert [r and r.object_id for r in found] == [1, 1, 2, 2, None]
    assert image.find_object_range(99, 0) is None
    assert image.find_object_range(1, -1) is None


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (commit(2, (1, 6, 9), uploaded_lsn=4096), Code.INVALID_REQUEST),
        (commit(2, (1, 4, 9), uploaded_lsn=4096), Code.INVALID_REQUEST),
        (commit(2, (2, 0, 1), (1, 6, 9), uploaded_lsn=4096), Code.INVALID_REQUEST),
        (commit(2, (2, 0, 1), (2, 1, 2), uploaded_lsn=4096), Code.INVALID_REQUEST),
        (commit(2, (1, 5, 5), uploaded_lsn=4096), Code.INVALID_REQUEST),
        (commit(2, (1, 5, 9), uploaded_lsn=0), Code.INVALID_REQUEST),
        (commit(2, (1, 5, 9), uploaded_lsn=MIB + 1), Code.INVALID_REQUEST),
        (commit(1, (1, 5, 9), uploaded_lsn=4096, key="other"), Code.INVALID_REQUEST),
        (commit(101, (1, 5, 9), uploaded_lsn=4096), Code.INVALID_REQUEST),
        (commit(2, (1, 5, 9), uploaded_lsn=4096, log_id=7), Code.RESOURCE_NOT_FOUND),
        (commit(2, (99, 0, 9), uploaded_lsn=4096), Code.UNKNOWN_TOPIC_OR_PARTITION),
    ],
)
def test_commit_object_that_does_not_fit_is_refused(command: c.Command, code: Code) -> None:
    """A gap, an overlap, a log that goes back: nothing of the object is taken."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=1))
    image.apply(commit(1, (1, 0, 5), uploaded_lsn=4096))
    refused(image, command, code)


def test_commit_object_ranges_of_deleted_partitions_are_ignored() -> None:
    """The upload raced with the deletion; the log still advances."""
    image = ready()
    image.apply(create("b", TOPIC_B, 1))
    image.apply(c.AllocateExtents(log_id=1, count=1))
    image.apply(c.DeleteTopic(topic_id=TOPIC_A))
    assert image.apply(commit(1, (1, 3, 5), (3, 0, 2), uploaded_lsn=4096)).live_ranges == 1
    assert image.apply(commit(2, (2, 0, 5), uploaded_lsn=8192)).state is ObjectState.MARKED
    assert list(image.marked) == [2]


def test_delete_records_forgets_whole_ranges_below() -> None:
    """The log start never falls; the range that holds it stays."""
    image = ready()
    image.apply(commit(1, (1, 0, 5)))
    image.apply(commit(2, (1, 5, 9)))
    assert repeated(image, c.DeleteRecords(partition_id=1, log_start_offset=6)) == 6
    assert image.apply(c.DeleteRecords(partition_id=1, log_start_offset=2)) == 6
    assert list(image.marked) == [1]
    assert image.find_object_range(1, 4) is None
    assert image.apply(c.DeleteRecords(partition_id=1, log_start_offset=99)) == 99
    assert image.partitions[1].objects == []
    assert image.apply(commit(3, (1, 9, 12))).state is ObjectState.MARKED
    assert image.partitions[1].committed_end == 12
    refused(image, commit(4, (1, 100, 120)), Code.INVALID_REQUEST)
    refused(image, commit(4, (1, 11, 120)), Code.INVALID_REQUEST)
    assert image.apply(commit(4, (1, 95, 120))).state is ObjectState.COMMITTED
    assert image.find_object_range(1, 99) == (4, 95, 120, -1, 25)
    assert Image.restore(image.snapshot()).snapshot() == image.snapshot()
    missing = c.DeleteRecords(partition_id=9, log_start_offset=1)
    refused(image, missing, Code.UNKNOWN_TOPIC_OR_PARTITION)


def test_objects_are_dropped_and_deleted_only_when_not_needed() -> None:
    """Invariant 6; a missing object is success."""
    image = ready()
    image.apply(commit(1, (1, 0, 5)))
    image.apply(commit(2, (2, 0, 5)))
    refused(image, c.DropObjects(object_ids=(1,)), Code.INVALID_REQUEST)
    image.apply(c.DeleteRecords(partition_id=1, log_start_offset=5))
    refused(image, c.ObjectsDeleted(object_ids=(1, 2)), Code.INVALID_REQUEST)
    repeated(image, c.DropObjects(object_ids=(1, 77)))
    repeated(image, c.ObjectsDeleted(object_ids=(1, 77)))
    assert sorted(image.objects) == [2]
    assert not image.marked


def test_restore_damaged_bytes_raises_its_own_error() -> None:
    """Truncated and flipped snapshots are refused, or are another valid image."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=2))
    image.apply(commit(1, (1, 0, 5), uploaded_lsn=4096))
    data = image.snapshot()
    assert Image.restore(data).snapshot() == data
    for end in range(len(data)):
        with pytest.raises(InvalidSnapshotError):
            Image.restore(data[:end])
    for position in range(len(data)):
        damaged = bytearray(data)
        damaged[position] ^= 1 << (position % 8)
        try:
            restored = Image.restore(bytes(damaged))
        except InvalidSnapshotError:
            continue
        assert restored.snapshot() == damaged


def test_restore_does_not_depend_on_where_the_snapshot_is_cut() -> None:
    """The pieces of a file end anywhere; a snapshot that ends early, or late, is refused."""
    image = ready()
    image.apply(c.AllocateExtents(log_id=1, count=2))
    image.apply(commit(1, (1, 0, 5), (2, 0, 9), uploaded_lsn=4096))
    data = image.snapshot()
    for size in (*range(1, 9), 100, len(data)):
        pieces = [data[start : start + size] for start in range(0, len(data), size)]
        restored = Image()
        for _ in restored.load(iter([b"", *pieces, b""])):
            pass
        assert restored.snapshot() == data
        assert restored.free_extents == image.free_extents
        for wrong in (pieces[:-1], [*pieces, b"\x00"], pieces[1:], [pieces[0], *pieces]):
            with pytest.raises(InvalidSnapshotError):
                list(Image().load(iter(wrong)))


def test_empty_image_round_trips() -> None:
    """The state before the first command has a snapshot too."""
    data = Image().snapshot()
    assert Image.restore(data).snapshot() == data
