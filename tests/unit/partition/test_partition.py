"""Offsets, watermark and tail index of a partition; sequence checks of its producers."""

from __future__ import annotations

import pytest

from appliance import limits
from appliance.partition import (
    Duplicate,
    Partition,
    ProducerBudget,
    ProducerStates,
    SequenceError,
)
from appliance.partition.producers import CheckpointError
from appliance.protocol.errors import ErrorCode

LOG = 7


def make(*, committed_end: int = 0, log_start: int = 0) -> Partition:
    return Partition(
        1,
        topic_id=bytes(16),
        topic_name="t",
        index=0,
        leader_epoch=3,
        log_start_offset=log_start,
        committed_end=committed_end,
        touched=[],
        with_tail=set(),
    )


def append(partition: Partition, count: int, *, length: int = 100, durable: bool = True) -> None:
    base = partition.log_end_offset
    partition.on_append(
        base,
        base + count,
        log_id=LOG,
        lsn=4096 * (1 + partition.tail_count),
        position=64,
        length=length,
        max_timestamp=1000 + base,
    )
    if durable:
        partition.on_durable(base + count)


def test_watermark_moves_only_when_durable() -> None:
    """Invariant 9: what is not durable is not readable."""
    partition = make()
    append(partition, 3)
    append(partition, 2, durable=False)

    assert (partition.high_watermark, partition.log_end_offset) == (3, 5)
    assert [e.base_offset for e in partition.plan(0, 10_000, at_least_one=True)] == [0]


def test_watermark_refuses_to_fall() -> None:
    """Invariant 9, asserted."""
    partition = make()
    append(partition, 3)
    with pytest.raises(AssertionError):
        partition.on_durable(2)


def test_plan_returns_the_batch_that_holds_the_offset_and_respects_the_limit() -> None:
    """KIP-74: the first batch whatever its size, then only what fits."""
    partition = make()
    for _ in range(4):
        append(partition, 10)

    assert [e.base_offset for e in partition.plan(15, 250, at_least_one=True)] == [10, 20]
    assert [e.base_offset for e in partition.plan(15, 10, at_least_one=True)] == [10]
    assert partition.plan(15, 10, at_least_one=False) == []
    assert partition.plan(40, 1000, at_least_one=True) == []


def test_readable_bytes_are_those_of_durable_batches_from_the_one_that_holds_the_offset() -> None:
    """What `min_bytes` counts, before and after the tail was cut."""
    partition = make()
    assert (partition.readable_bytes(0, 100), partition.tail_bytes()) == (0, 0)
    for length in (100, 200, 400):
        append(partition, 10, length=length)
    append(partition, 10, length=800, durable=False)

    def readable() -> list[int]:
        return [partition.readable_bytes(offset, 10_000) for offset in (0, 9, 10, 29, 30, 40)]

    assert readable() == [700, 700, 600, 400, 0, 0]
    assert partition.readable_bytes(0, 150) == 150
    assert partition.tail_bytes() == 1500

    partition.on_committed(20)
    assert readable() == [0, 0, 0, 400, 0, 0]
    assert partition.tail_bytes() == 1200

    partition.on_committed(30)
    append(partition, 10, length=7, durable=False)
    assert partition.tail_bytes() == 807


def test_commit_cuts_the_tail_and_keeps_the_rest_readable() -> None:
    """Offsets below the committed end are the objects'; the rest stays where it was."""
    partition = make()
    for _ in range(4):
        append(partition, 10)
    partition.on_committed(20)

    assert (partition.committed_end, partition.tail_start_offset) == (20, 20)
    assert partition.find(19) == -1
    assert partition.entry(partition.find(25)).base_offset == 20


def test_recovered_batches_that_objects_hold_are_left_out() -> None:
    """A crash between the metadata commit and the freeing of extents doubles nothing."""
    source = make()
    for _ in range(3):
        append(source, 10)
    target = make(committed_end=20)
    taken = [target.on_recovered(source.entry(i), leader_epoch=2) for i in range(3)]

    assert taken == [False, False, True]
    assert (target.high_watermark, target.tail_start_offset) == (30, 20)


def test_log_start_cuts_the_tail_below_it_and_keeps_the_batch_that_holds_it() -> None:
    """Deleted batches are neither read nor uploaded; the log start never falls."""
    partition = make()
    for _ in range(4):
        append(partition, 10)
    partition.on_log_start(25)
    partition.on_log_start(7)

    assert (partition.log_start_offset, partition.tail_start_offset) == (25, 20)
    assert [
        e.base_offset for e in partition.unsaved(LOG, 1 << 40, start_offset=-1, count_max=9)
    ] == [20, 30]
    partition.on_log_start(40)
    assert (partition.tail_count, partition.log_end_offset) == (0, 40)
    assert partition not in partition.with_tail


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize(("log_start", "kept"), [(25, 2), (20, 2), (40, 0), (31, 1), (3, 3)])
def test_recovery_respects_a_log_start_beyond_the_committed_end(
    log_start: int, kept: int, first: int
) -> None:
    """A batch that holds the log start is found whole, also when those before it are gone."""
    source = make()
    for _ in range(4):
        append(source, 10)
    target = make(committed_end=10, log_start=log_start)
    if log_start >= 10 * first:
        for number in range(first, 4):
            target.on_recovered(source.entry(number), leader_epoch=2)

        assert target.tail_count == kept
        assert target.tail_start_offset == 40 - 10 * kept
        assert target.log_end_offset == target.high_watermark == 40
        assert target.log_start_offset == log_start


def test_epoch_end_answers_as_kafka() -> None:
    """KIP-320: the current epoch ends at the watermark, an unknown one is (-1, -1)."""
    partition = make()
    append(partition, 5)

    assert partition.epoch_end(3) == (3, 5)
    assert partition.epoch_end(4) == (-1, -1)
    assert partition.epoch_end(1) == (1, 0)


def record(states: ProducerStates, first: int, count: int, base: int, epoch: int = 0) -> None:
    states.record(9, epoch, first, count, base_offset=base, append_time_ms=-1, now_ms=base)


def test_sequences_follow_duplicates_are_found_and_gaps_refused() -> None:
    """KIP-98: table of a producer's next batch."""
    states = ProducerStates()
    for number in range(limits.PRODUCER_BATCHES_KEPT + 1):
        record(states, 10 * number, 10, 100 + 10 * number)

    assert states.check(9, 0, 60, 5) is None
    assert states.check(9, 0, 50, 10) == Duplicate(150, 160, -1)
    assert states.check(9, 1, 0, 1) is None
    for epoch, first, count, code in [
        (0, 70, 1, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER),
        (0, 0, 10, ErrorCode.DUPLICATE_SEQUENCE_NUMBER),
        (1, 5, 1, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER),
        (-1, 60, 1, ErrorCode.INVALID_PRODUCER_EPOCH),
    ]:
        with pytest.raises(SequenceError) as caught:
            states.check(9, epoch, first, count)
        assert caught.value.code == code


def test_sequence_wraps_to_zero() -> None:
    """After 2**31 - 1 comes 0."""
    states = ProducerStates()
    record(states, 2**31 - 10, 10, 0)

    assert states.check(9, 0, 0, 3) is None


def checkpoint(states: ProducerStates, covered: int) -> list[bytes]:
    return [record for _, record in states.encode_checkpoint(lambda: covered)]


def test_checkpoint_restores_the_same_state() -> None:
    """What a checkpoint holds decides like the state it was made of."""
    states = ProducerStates()
    for number in range(7):
        record(states, number, 1, number)
    states.record(11, 4, 0, 5, base_offset=50, append_time_ms=9, now_ms=60)
    restored = ProducerStates()
    covered = [restored.load_checkpoint(r) for r in checkpoint(states, 55)]

    assert covered == [55]
    assert checkpoint(restored, 55) == checkpoint(states, 55)
    assert restored.check(11, 4, 0, 5) == Duplicate(50, 55, 9)


def test_checkpoint_cut_anywhere_is_refused() -> None:
    """A checkpoint is whole, or an error."""
    states = ProducerStates()
    record(states, 0, 1, 0)
    (data,) = checkpoint(states, 1)
    for end in range(len(data)):
        with pytest.raises(CheckpointError):
            ProducerStates().load_checkpoint(data[:end])


def test_idle_producers_expire_oldest_first() -> None:
    """producer.id.expiration.ms."""
    states = ProducerStates()
    for producer_id in range(5):
        states.record(
            producer_id, 0, 0, 1, base_offset=0, append_time_ms=-1, now_ms=100 * producer_id
        )

    assert states.expire(250) == 3
    assert [producer_id for producer_id, _ in states.items()] == [3, 4]


def test_batch_behind_a_refused_first_one_is_out_of_order() -> None:
    """Invariant 8: of a new producer's batches in flight, none is stored before the first."""
    states = ProducerStates()
    states.on_refused(5, 0, 0, now_ms=1)
    with pytest.raises(SequenceError) as caught:
        states.check(5, 0, 3, 2)
    assert caught.value.code == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    states.on_refused(5, 0, 3, now_ms=1)

    assert states.check(5, 0, 0, 3) is None
    assert states.check(5, 1, 0, 1) is None

    states.record(5, 0, 0, 3, base_offset=0, append_time_ms=-1, now_ms=1)
    assert states.check(5, 0, 3, 2) is None


def test_batch_before_the_first_that_is_known_was_not_stored() -> None:
    """To clients DUPLICATE_SEQUENCE_NUMBER is success: said of a batch that overtook, it is loss.

    A batch that was refused where the producer was not known yet, as by a partition that was not
    open, comes again behind at most four others that were in flight with it.
    """
    states = ProducerStates()
    for number in range(1, limits.PRODUCER_BATCHES_KEPT):
        record(states, number, 1, number)

    with pytest.raises(SequenceError) as caught:
        states.check(9, 0, 0, 1)
    assert caught.value.code == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER


def test_refused_batch_of_a_known_producer_changes_nothing() -> None:
    """What was stored decides."""
    states = ProducerStates()
    states.record(5, 0, 0, 3, base_offset=0, append_time_ms=-1, now_ms=1)
    states.on_refused(5, 0, 3, now_ms=1)

    assert states.check(5, 0, 0, 3) == Duplicate(0, 3, -1)
    assert states.check(5, 0, 3, 1) is None


def test_checkpoint_is_the_golden_bytes_and_a_newer_one_is_told() -> None:
    """The layout is on volumes: a changed byte needs a new version, and old ones stay readable."""
    states = ProducerStates()
    states.record(11, 4, 2**31 - 1, 5, base_offset=50, append_time_ms=9, now_ms=60)
    golden = bytes.fromhex(
        "01 0000000000000037 00000001"
        "000000000000000b 0004 000000000000003c 01"
        "7fffffff 00000003 0000000000000032 0000000000000009"
    )

    assert checkpoint(states, 55) == [golden]
    restored = ProducerStates()
    assert restored.load_checkpoint(golden) == 55
    assert restored.check(11, 4, 2**31 - 1, 5) == Duplicate(50, 55, 9)
    assert restored.check(11, 4, 4, 1) is None
    with pytest.raises(CheckpointError, match="start the release that wrote it"):
        restored.load_checkpoint(b"\x02" + golden[1:])


def test_duplicates_are_recognised_across_the_wrap() -> None:
    """The circle of sequences: before, across and behind 2**31 - 1."""
    states = ProducerStates()
    for first, base in ((2**31 - 6, 0), (2**31 - 3, 3), (0, 6), (3, 9), (6, 12)):
        record(states, first, 3, base)

    assert states.check(9, 0, 2**31 - 3, 3) == Duplicate(3, 6, -1)
    assert states.check(9, 0, 0, 3) == Duplicate(6, 9, -1)
    assert states.check(9, 0, 9, 2) is None
    for first, code in (
        (2**31 - 9, ErrorCode.DUPLICATE_SEQUENCE_NUMBER),
        (10, ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER),
    ):
        with pytest.raises(SequenceError) as caught:
            states.check(9, 0, first, 3)
        assert caught.value.code == code


def test_expired_producer_is_unknown_and_may_go_on() -> None:
    """KIP-360: without state any sequence is taken, in whatever epoch."""
    states = ProducerStates()
    record(states, 0, 5, 10, epoch=3)
    assert states.expire(11) == 1

    assert states.check(9, 0, 77, 5) is None
    assert states.check(9, 4, 5, 5) is None


def test_checkpoint_that_waited_for_room_does_not_hide_batches_before_it() -> None:
    """Invariant 8: its record may lie in the log behind batches that it does not cover."""
    writing = ProducerStates()
    record(writing, 0, 1, 126)
    (late,) = checkpoint(writing, 127)
    recovered = ProducerStates()
    record(recovered, 0, 1, 126)
    record(recovered, 1, 1, 131)
    record(recovered, 2, 1, 132)

    assert recovered.load_checkpoint(late) == 127
    assert recovered.check(9, 0, 0, 1) == Duplicate(126, 127, -1)
    assert recovered.check(9, 0, 2, 1) == Duplicate(132, 133, -1)
    assert recovered.check(9, 0, 3, 1) is None

    record(recovered, 0, 1, 140, epoch=1)
    recovered.load_checkpoint(late)
    assert recovered.check(9, 1, 0, 1) == Duplicate(140, 141, -1)
    assert recovered.check(9, 1, 1, 1) is None


def test_least_recently_active_producer_of_all_partitions_is_forgotten_first() -> None:
    """The bound is the node's: producers made up for one partition cost the others idle ones."""
    budget = ProducerBudget(3)
    quiet, loud = ProducerStates(budget), ProducerStates(budget)
    record(quiet, 0, 1, 0)
    for producer_id in (20, 21, 22):
        record(quiet, producer_id, 1, 0)  # Producer 9 stays active.
        loud.record(producer_id, 0, 0, 1, base_offset=0, append_time_ms=-1, now_ms=1)

    assert [producer_id for producer_id, _ in quiet.items()] == [9]
    assert [producer_id for producer_id, _ in loud.items()] == [21, 22]
    assert len(budget) == 3


def test_producers_that_go_leave_room_in_the_budget() -> None:
    """Expiry, a deleted partition and a replaced state are counted."""
    budget = ProducerBudget(10)
    one, two = ProducerStates(budget), ProducerStates(budget)
    for producer_id in range(4):
        for states in (one, two):
            states.record(
                producer_id, 0, 0, 1, base_offset=0, append_time_ms=-1, now_ms=producer_id
            )
    assert one.expire(2) == 2
    assert len(budget) == 6
    two.clear()
    assert (len(budget), len(two)) == (2, 0)
    (data,) = checkpoint(one, 5)
    one.load_checkpoint(data)

    assert len(budget) == len(one) == 2


def test_checkpoint_record_is_bounded_and_states_may_change_between_two() -> None:
    """One record a turn of the loop; what comes or goes meanwhile is no error."""
    budget = ProducerBudget(100)
    states = ProducerStates(budget)
    for producer_id in range(50):
        states.record(producer_id, 0, 0, 1, base_offset=0, append_time_ms=-1, now_ms=producer_id)
    records: list[tuple[int, bytes]] = []
    for found in states.encode_checkpoint(lambda: 7 + len(records), bytes_max=200):
        records.append(found)
        states.record(1000 + len(records), 0, 0, 1, base_offset=9, append_time_ms=-1, now_ms=99)
        states.expire(40)

    assert [offset for offset, _ in records] == list(range(7, 7 + len(records)))
    assert max(len(data) for _, data in records) < 200 + 139 + 13
    restored = ProducerStates()
    for _, data in records:
        restored.load_checkpoint(data)
    assert {p for p, _ in restored.items()} >= set(range(40, 50))
