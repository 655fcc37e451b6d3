"""Producer state of one partition: sequence checks and duplicates of idempotent producers.

The state covers every batch that was given an offset, also those not yet durable: a client has
five batches in flight, and each is checked against the ones before it.

**Checkpoint layout** (big-endian): version u8 = 1, covered offset i64, count u32; per producer:
producer id i64, producer epoch i16, last append ms i64, batches u8; per batch: first sequence i32,
last sequence i32, base offset i64, append time i64.

Source: KIP-98, KIP-360; `kafka.md` 3.2.
"""

import struct
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from appliance import limits
from appliance.protocol.errors import ErrorCode

_HEAD = struct.Struct(">BqI")
_PRODUCER = struct.Struct(">qhqB")
_BATCH = struct.Struct(">iiqq")
assert _HEAD.size == 13
assert _PRODUCER.size == 19
assert _BATCH.size == 24

_SEQUENCES = 1 << 31
_VERSION = 1


class SequenceError(Exception):
    """A batch whose producer epoch or sequence does not follow; answered with `code`."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class CheckpointError(Exception):
    """A checkpoint record that is not one: corruption that a frame's CRC did not find."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A batch that this partition already holds, with what was answered the first time."""

    base_offset: int
    next_offset: int
    append_time_ms: int


class ProducerEntry:
    """What a partition remembers of one producer.

    Attributes:
        expected: first sequence of the batch that was refused before any was stored, or -1.
    """

    __slots__ = ("batches", "epoch", "expected", "last_ms")

    def __init__(self, epoch: int, last_ms: int) -> None:
        self.epoch = epoch
        self.last_ms = last_ms
        self.expected = -1
        # (first sequence, last sequence, base offset, append time or -1), oldest first
        self.batches: list[tuple[int, int, int, int]] = []

    def keep_newer(self, known: "ProducerEntry", covered_offset: int) -> None:
        """Take over what is known of batches that a checkpoint did not cover.

        Its record may have waited for room in the log while batches went on in before it.
        """
        newer = [batch for batch in known.batches if batch[2] >= covered_offset]
        if not newer:
            return
        if known.epoch > self.epoch:
            self.epoch = known.epoch
            self.batches.clear()
        self.batches = (self.batches + newer)[-limits.PRODUCER_BATCHES_KEPT :]
        self.last_ms = max(self.last_ms, known.last_ms)


class ProducerBudget:
    """Bounds the producers that the partitions of a node remember together.

    The least recently active of all is forgotten first, wherever it is: a client that makes up
    producers costs other partitions only what they have not used for long.

    Attributes:
        count_max: how many are remembered.
    """

    __slots__ = ("_order", "count_max")

    def __init__(self, count_max: int) -> None:
        self.count_max = count_max
        self._order: OrderedDict[ProducerEntry, tuple[ProducerStates, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._order)

    def add(self, entry: ProducerEntry, states: "ProducerStates", producer_id: int) -> None:
        """Count a producer, which is active now; others are forgotten to make room."""
        self._order[entry] = states, producer_id
        while len(self._order) > self.count_max:
            _, (other, oldest_id) = self._order.popitem(last=False)
            other.drop(oldest_id)

    def on_active(self, entry: ProducerEntry) -> None:
        """Note that a producer is active now."""
        self._order.move_to_end(entry)

    def remove(self, entry: ProducerEntry) -> None:
        """Count a producer no more."""
        del self._order[entry]


class ProducerStates:
    """All producers of one partition, least recently active first."""

    __slots__ = ("_budget", "_producers")

    def __init__(self, budget: ProducerBudget | None = None) -> None:
        """Args: budget: of the node; None: one for this partition alone."""
        self._budget = ProducerBudget(limits.PRODUCERS_MAX) if budget is None else budget
        self._producers: OrderedDict[int, ProducerEntry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._producers)

    def items(self) -> Iterator[tuple[int, ProducerEntry]]:
        """Yield (producer id, entry), least recently active first."""
        return iter(self._producers.items())

    def check(self, producer_id: int, epoch: int, first: int, count: int) -> Duplicate | None:
        """Qualify a batch before it is given an offset; changes nothing.

        Args:
            producer_id: of the batch, >= 0.
            epoch: the producer epoch of the batch.
            first: base sequence, 0 .. 2**31 - 1.
            count: records of the batch, >= 1.

        Returns:
            None to append it, or the earlier append of the same batch.

        Raises:
            SequenceError: INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER or
                DUPLICATE_SEQUENCE_NUMBER.
        """
        entry = self._producers.get(producer_id)
        if entry is None:
            return None
        if epoch < entry.epoch:
            raise SequenceError(
                ErrorCode.INVALID_PRODUCER_EPOCH,
                f"producer epoch {epoch} is older than {entry.epoch} of producer {producer_id}",
            )
        if epoch > entry.epoch:
            if first != 0:
                raise SequenceError(
                    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                    f"producer {producer_id} began epoch {epoch} with sequence {first}, not 0",
                )
            return None
        if not entry.batches:
            if entry.expected in (-1, first):
                return None
            raise SequenceError(
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                f"producer {producer_id} sent sequence {first}; {entry.expected} was refused and"
                " comes first",
            )
        last = (first + count - 1) % _SEQUENCES
        for batch in entry.batches:
            if batch[0] == first and batch[1] == last:
                return Duplicate(batch[2], batch[2] + count, batch[3])
        expected = (entry.batches[-1][1] + 1) % _SEQUENCES
        if first == expected:
            return None
        # Clients take it for success. With fewer batches nothing was forgotten: it is not stored.
        is_forgotten = len(entry.batches) == limits.PRODUCER_BATCHES_KEPT
        if is_forgotten and _is_before(last, entry.batches[0][0]):
            raise SequenceError(
                ErrorCode.DUPLICATE_SEQUENCE_NUMBER,
                f"producer {producer_id} sent sequence {first} again, long after it was stored",
            )
        raise SequenceError(
            ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
            f"producer {producer_id} sent sequence {first}, expected {expected}",
        )

    def record(
        self,
        producer_id: int,
        epoch: int,
        first: int,
        count: int,
        *,
        base_offset: int,
        append_time_ms: int,
        now_ms: int,
    ) -> None:
        """Remember a batch that was given an offset (checked before, or replayed)."""
        producers = self._producers
        entry = producers.get(producer_id)
        if entry is None:
            entry = self._put(producer_id, ProducerEntry(epoch, now_ms))
        else:
            producers.move_to_end(producer_id)
            self._budget.on_active(entry)
            if epoch > entry.epoch:
                entry.epoch = epoch
                entry.batches.clear()
        entry.last_ms = now_ms
        batches = entry.batches
        batches.append((first, (first + count - 1) % _SEQUENCES, base_offset, append_time_ms))
        if len(batches) > limits.PRODUCER_BATCHES_KEPT:
            del batches[0]

    def on_refused(self, producer_id: int, epoch: int, first: int, *, now_ms: int) -> None:
        """Remember that a batch was refused for now, so that none behind it is stored before it.

        A producer that is not known here may begin with any sequence. With its first batch refused
        and the second, in flight behind it, stored, the retry of the first would be taken for one
        that was stored long ago.
        """
        if producer_id not in self._producers:
            entry = self._put(producer_id, ProducerEntry(epoch, now_ms))
            entry.expected = first

    def _put(self, producer_id: int, entry: ProducerEntry) -> ProducerEntry:
        self._producers[producer_id] = entry
        self._budget.add(entry, self, producer_id)
        return entry

    def drop(self, producer_id: int) -> None:
        """Forget a producer; for the budget, which counts it no more."""
        del self._producers[producer_id]

    def clear(self) -> None:
        """Forget all producers: the partition is gone."""
        for entry in self._producers.values():
            self._budget.remove(entry)
        self._producers.clear()

    def expire(self, before_ms: int) -> int:
        """Forget producers that were last active before `before_ms`; returns how many."""
        gone = 0
        while self._producers:
            producer_id, entry = next(iter(self._producers.items()))
            if entry.last_ms >= before_ms:
                break
            del self._producers[producer_id]
            self._budget.remove(entry)
            gone += 1
        return gone

    def encode_checkpoint(
        self, covered: Callable[[], int], *, bytes_max: int = limits.CHECKPOINT_BYTES_MAX
    ) -> Iterator[tuple[int, bytes]]:
        """Yield (covered offset, checkpoint record); the records together hold the whole state.

        Every record adds to what the ones before it of the same checkpoint said. The state may
        change between two records: a producer that comes or writes meanwhile is found by its
        batches, which are behind the beginning of the checkpoint in the log.

        Args:
            covered: asked for each record: the offset up to which the state is known now.
            bytes_max: of one record, give or take one producer.
        """
        producers = self._producers
        parts: list[bytes] = []
        size = 0
        for producer_id in list(producers):
            entry = producers.get(producer_id)
            if entry is None:
                continue
            part = _PRODUCER.pack(producer_id, entry.epoch, entry.last_ms, len(entry.batches))
            part += b"".join(_BATCH.pack(*batch) for batch in entry.batches)
            parts.append(part)
            size += len(part)
            if size >= bytes_max:
                yield _record(covered(), parts)
                parts, size = [], 0
        if parts:
            yield _record(covered(), parts)

    def load_checkpoint(self, record: bytes | memoryview) -> int:
        """Merge one checkpoint record.

        Returns:
            The offset up to which (exclusive) the record covers the partition's batches.

        Raises:
            CheckpointError: the bytes are not a checkpoint of a version known here.
        """
        try:
            version, covered, count = _HEAD.unpack_from(record, 0)
            if version != _VERSION:
                raise CheckpointError(
                    f"the WAL holds a producer checkpoint of version {version}, this release reads"
                    f" {_VERSION}: start the release that wrote it, or a newer one"
                )
            position = _HEAD.size
            for _ in range(count):
                producer_id, epoch, last_ms, kept = _PRODUCER.unpack_from(record, position)
                position += _PRODUCER.size
                entry = ProducerEntry(epoch, last_ms)
                for _ in range(kept):
                    entry.batches.append(_BATCH.unpack_from(record, position))
                    position += _BATCH.size
                known = self._producers.get(producer_id)
                if known is not None:
                    entry.keep_newer(known, covered)
                    self._budget.remove(known)
                    del self._producers[producer_id]
                self._put(producer_id, entry)
        except struct.error as error:
            raise CheckpointError(f"producer checkpoint is cut short: {error}") from error
        if position != len(record):
            raise CheckpointError("producer checkpoint has bytes behind its end")
        return covered


def _record(covered_offset: int, parts: list[bytes]) -> tuple[int, bytes]:
    head = _HEAD.pack(_VERSION, covered_offset, len(parts))
    return covered_offset, head + b"".join(parts)


def _is_before(sequence: int, other: int) -> bool:
    """Whether `sequence` precedes `other` on the circle of 2**31 sequences."""
    return 0 < (other - sequence) % _SEQUENCES < _SEQUENCES // 2
