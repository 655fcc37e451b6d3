"""Random command sequences: determinism and the invariants."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from appliance.metadata import (
    Image,
    LogState,
    ObjectState,
    Rejected,
    commands as c,
    schema,
    snapshots,
)

_SMALL = st.integers(0, 4)
_NAME = st.sampled_from(["a", "a.b", "a_b", "c", "bad name"])
_UUID = st.integers(0, 5).map(lambda i: bytes([i]) * 16)
_LSN = st.integers(0, 5).map(lambda i: i * 4096)
_COUNT = st.integers(1, 4)
_ASSIGNMENT = st.none() | st.lists(st.lists(_SMALL, max_size=2).map(tuple), max_size=3).map(tuple)
_CONFIGS = st.dictionaries(
    st.sampled_from(["retention.ms", "cleanup.policy", "nonsense"]),
    st.sampled_from(["1", "compact", "-5"]),
    max_size=2,
)
_NAMES = st.lists(st.sampled_from(["retention.ms", "x"]), max_size=1).map(tuple)
_IDS = st.lists(st.integers(0, 9), max_size=3).map(tuple)
_RANGE = st.builds(
    lambda partition_id, start, length: c.ObjectRangeCommit(
        partition_id=partition_id,
        start_offset=start,
        end_offset=start + length,
        size=length,
        max_timestamp=start,
    ),
    _COUNT,
    st.sampled_from([0, 0, 0, 1, 2, 3]),
    st.integers(1, 3),
)
_COMMAND = st.one_of(
    st.builds(c.InitCluster, cluster_id=st.sampled_from("CD"), now_ms=_SMALL),
    st.builds(
        c.RegisterBroker,
        broker_id=st.integers(0, 2),
        incarnation=_SMALL,
        host=st.just("h"),
        port=_SMALL,
        rack=st.none(),
    ),
    st.builds(c.AllocateExtents, log_id=_SMALL, count=_COUNT,
              first_chain_sequence=st.none() | _SMALL),
    st.builds(c.FreeExtents, log_id=_SMALL, below_chain_sequence=_SMALL),
    st.builds(c.FenceLog, log_id=_SMALL),
    st.builds(c.SealLog, log_id=_SMALL, end_lsn=_LSN),
    st.builds(c.AdvanceLog, log_id=_SMALL, uploaded_lsn=_LSN),
    st.builds(c.ReleaseLog, log_id=_SMALL),
    st.builds(c.CreateTopic, name=_NAME, topic_id=_UUID, partitions=_COUNT,
              assignment=_ASSIGNMENT, configs=_CONFIGS, now_ms=_SMALL),
    st.builds(c.CreateTopic, name=_NAME, topic_id=_UUID, partitions=_COUNT,
              configs=st.just({}), now_ms=_SMALL),
    st.builds(c.DeleteTopic, topic_id=_UUID),
    st.builds(c.CreatePartitions, name=_NAME, total=_COUNT, assignment=_ASSIGNMENT),
    st.builds(c.AlterTopicConfigs, name=_NAME, set=_CONFIGS, delete=_NAMES),
    st.builds(c.AlterBrokerConfigs, broker_id=st.none() | _SMALL, set=_CONFIGS, delete=_NAMES),
    st.builds(c.AllocateProducerIds, broker_id=_SMALL, count=_COUNT),
    st.builds(c.AllocateObjectIds, count=_COUNT),
    st.builds(c.CommitObject, object_id=st.integers(0, 9), key=st.just("k"), size=_SMALL,
              created_ms=_SMALL, log_id=_SMALL, uploaded_lsn=_LSN,
              ranges=st.lists(_RANGE, max_size=3).map(tuple)),
    st.builds(c.DeleteRecords, partition_id=_COUNT, log_start_offset=_SMALL),
    st.builds(c.DropObjects, object_ids=_IDS),
    st.builds(c.ObjectsDeleted, object_ids=_IDS),
    st.builds(
        c.AlterClientQuotas,
        entity=st.sampled_from(
            [(("user", None),), (("client-id", "a"), ("user", "u")), (("client-id", None),), ()]
        ),
        set=st.dictionaries(
            st.sampled_from(["producer_byte_rate", "request_percentage", "odd"]),
            st.sampled_from(["1.0", "0.5", "-1.0", "x"]),
            max_size=2,
        ),
        delete=st.lists(st.just("consumer_byte_rate"), max_size=1).map(tuple),
    ),
    st.builds(
        c.AlterNamedConfigs,
        resource_type=st.sampled_from([16, 32]),
        name=st.sampled_from(["g", "m"]),
        set=_CONFIGS,
        delete=_NAMES,
    ),
)  # fmt: skip
_START: list[c.Command] = [
    c.FormatVolume(volume_uuid=bytes(16), extent_bytes=4096, extent_count=6),
    c.RegisterBroker(broker_id=1, incarnation=9, host="h", port=1, rack=None),
    c.CreateTopic(name="z", topic_id=b"z" * 16, partitions=3, configs={}, now_ms=0),
    c.AllocateObjectIds(count=4),
    c.AllocateExtents(log_id=1, count=2),
]


def _apply(image: Image, command: c.Command) -> object:
    try:
        return image.apply(command)
    except Rejected as error:
        return error.args


def check(image: Image) -> None:
    """Assert what must hold after every command."""
    owned = [e.index for log in image.logs.values() for e in log.extents]
    assert len(owned) == len(set(owned))
    assert sorted([*owned, *image._free_extents]) == list(range(6))
    for log in image.logs.values():
        sequences = [e.chain_sequence for e in log.extents]
        assert sequences == list(
            range(log.next_chain_sequence - len(sequences), log.next_chain_sequence)
        )
        assert (log.end_lsn is not None) == (log.state >= LogState.SEALED)
        assert log.state is not LogState.FREED or not log.extents
    needed: Counter[int] = Counter()
    for partition_id, partition in image.partitions.items():
        topic = image.topics_by_id[partition.topic_id]
        assert topic.partition_ids[partition.index] == partition_id
        ends = [r.start for r in partition.objects[1:]] + [partition.committed_end]
        for line, end in zip(partition.objects, ends, strict=False):
            assert line.start < line.end == end
            needed[line.object_id] += 1
    assert needed.keys() <= image.objects.keys()
    for object_id, stored in image.objects.items():
        assert stored.live_ranges == needed[object_id]
        marked = stored.state is ObjectState.MARKED
        assert marked == (object_id in image.marked) == (stored.live_ranges == 0)
    assert sorted(image.topics_by_name) == sorted(t.name for t in image.topics_by_id.values())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_COMMAND, max_size=25), st.integers(0, 25))
def test_random_commands_give_equal_images(sequence: list[c.Command], cut: int) -> None:
    """Invariant 7: a second image, restored half-way and fed decoded bytes, is byte-equal."""
    first, second = Image(), Image()
    for number, command in enumerate([*_START, *sequence]):
        if number == cut:
            second = Image.restore(second.snapshot())
        before = first.snapshot()
        epochs = _epochs(first)
        result = _apply(first, command)
        other = _apply(second, c.decode(c.encode(command)))
        assert result == other
        if isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], str):
            assert first.snapshot() == before
        assert all(new >= old for new, old in zip(_epochs(first), epochs, strict=True))
        check(first)
        check(second)
        assert first.snapshot() == second.snapshot()
    data = first.snapshot()
    restored = Image.restore(data)
    check(restored)
    assert restored.snapshot() == data


def _epochs(image: Image) -> tuple[int, ...]:
    return (
        image.topic_epoch,
        image.next_writer_epoch,
        image.next_broker_epoch,
        image.next_log_id,
        image.next_partition_id,
        image.next_object_id,
        image.next_producer_id,
    )


def _likely(image: Image, rng: random.Random) -> c.Command:
    """Return a command that mostly fits the image."""
    log_id = rng.choice(sorted(image.logs))
    log = image.logs[log_id]
    partition_ids = sorted(image.partitions)
    chosen = rng.sample(partition_ids, min(len(partition_ids), rng.randint(0, 3)))
    ranges = [
        c.ObjectRangeCommit(
            partition_id=i,
            start_offset=image.partitions[i].committed_end,
            end_offset=image.partitions[i].committed_end + rng.randint(1, 5),
            size=1,
            max_timestamp=0,
        )
        for i in chosen
    ]
    end = log.next_chain_sequence * 4096 if log.end_lsn is None else log.end_lsn
    uploaded = rng.randint(log.uploaded_lsn, max(end, log.uploaded_lsn))
    name = rng.choice("abcd")
    choices: list[c.Command] = [
        c.RegisterBroker(
            broker_id=rng.randint(0, 2),
            incarnation=rng.getrandbits(64),
            host="h",
            port=1,
            rack=None,
        ),
        c.AllocateExtents(log_id=log_id, count=1),
        c.FreeExtents(log_id=log_id, below_chain_sequence=log.uploaded_lsn // 4096),
        c.FenceLog(log_id=log_id),
        c.SealLog(log_id=log_id, end_lsn=end),
        c.AdvanceLog(log_id=log_id, uploaded_lsn=end),
        c.ReleaseLog(log_id=log_id),
        c.CreateTopic(
            name=name,
            topic_id=rng.randbytes(16),
            partitions=rng.randint(1, 4),
            configs={},
            now_ms=1,
        ),
        c.CreatePartitions(name=name, total=rng.randint(1, 6)),
        c.AllocateObjectIds(count=1),
        c.ObjectsDeleted(object_ids=tuple(image.marked)[:2]),
    ]
    commit = c.CommitObject(
        object_id=rng.randint(1, image.next_object_id),
        key="k",
        size=1,
        created_ms=0,
        log_id=log_id,
        uploaded_lsn=uploaded,
        ranges=tuple(ranges),
    )
    choices += [commit] * 5
    if partition_ids:
        line = image.partitions[rng.choice(partition_ids)]
        start = rng.randint(0, line.committed_end)
        choices.append(c.DeleteRecords(partition_id=line.partition_id, log_start_offset=start))
        if rng.random() < 0.3:
            choices.append(c.DeleteTopic(topic_id=line.topic_id))
    return rng.choice(choices)


@pytest.mark.parametrize("seed", range(5))
def test_likely_commands_keep_the_invariants(seed: int) -> None:
    """A long life of a cluster, replayed from bytes by a node that restarts now and then."""
    rng = random.Random(seed)
    first, second = Image(), Image()
    accepted: Counter[str] = Counter()
    for number in range(600):
        command = _START[number] if number < len(_START) else _likely(first, rng)
        result = _apply(first, command)
        assert result == _apply(second, c.decode(c.encode(command)))
        if not (isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], str)):
            accepted[type(command).__name__] += 1
        check(first)
        if number % 20 == 0:
            assert first.snapshot() == second.snapshot()
            second = Image.restore(second.snapshot())
            check(second)
    assert first.snapshot() == second.snapshot()
    assert min(accepted[n] for n in ("CommitObject", "ReleaseLog", "FreeExtents")) > 5


@pytest.mark.parametrize("seed", range(10))
def test_snapshot_is_of_the_moment_it_was_asked_for(seed: int) -> None:
    """Its pieces are drawn while commands go on to be applied."""
    rng = random.Random(seed)
    image = Image()
    for number in range(600):
        command = _START[number] if number < len(_START) else _likely(image, rng)
        _apply(image, command)
        if number % 20 == 19:
            expected = image.snapshot()
            pieces = image.snapshot_pieces()
            start = b"".join(next(pieces, b"") for _ in range(rng.randrange(3)))
            for _ in range(20):
                _apply(image, _likely(image, rng))

            assert start + b"".join(pieces) == expected


def large() -> Image:
    """Return an image with a topic of 3,000 partitions of three ranges each, and 3,000 quotas."""
    image = Image()
    for command in _START:
        image.apply(command)
    image.apply(
        c.CreateTopic(name="big", topic_id=b"b" * 16, partitions=3000, configs={}, now_ms=0)
    )
    for number in range(3):
        image.apply(c.AllocateObjectIds(count=1))
        image.apply(
            c.CommitObject(
                object_id=number + 5,
                key="k" * 40,
                size=1,
                created_ms=0,
                log_id=1,
                uploaded_lsn=0,
                ranges=[
                    c.ObjectRangeCommit(
                        partition_id=partition_id, start_offset=number, end_offset=number + 1,
                        size=1, max_timestamp=1 << 40,
                    )
                    for partition_id in range(4, 3004)
                ],
            )
        )  # fmt: skip
    for number in range(3000):
        entity = (("user", f"user-{number}"),)
        image.apply(c.AlterClientQuotas(entity=entity, set={"producer_byte_rate": "1"}, delete=()))
    return image


def test_pieces_of_a_large_snapshot_are_small() -> None:
    """Each is made in one turn of the event loop; joined they are the one encoding there is."""
    pieces = list(large().snapshot_pieces())

    assert max(map(len, pieces)) < 40_000
    assert len(pieces) > 10
    assert Image.restore(b"".join(pieces)).snapshot() == b"".join(pieces)


def test_large_snapshot_is_restored_in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes one turn of the event loop, and no more of the pieces than it needs."""
    data = large().snapshot()
    drawn, worked = [0], [0]

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(data), 4096):
            drawn[0] += 1
            yield data[start : start + 4096]

    def counted(make: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **fields: Any) -> Any:
            worked[0] += 1
            return make(*arguments, **fields)

        return call

    monkeypatch.setattr(schema.Row, "decode", counted(schema.Row.decode))
    for name in ("ObjectRange", "Partition"):
        monkeypatch.setattr(snapshots, name, counted(getattr(snapshots, name)))
    restored = Image()
    steps = [(drawn[0], worked[0]) for _ in restored.load(pieces())]

    assert restored.snapshot() == data
    assert len(steps) > 50
    assert steps[0][0] < 20
    for before, after in pairwise([(0, 0), *steps]):
        assert after[0] - before[0] < 20
        assert after[1] - before[1] < 1000
