"""Kafka clients of the simulation, speaking our own codec over `network` streams.

Each has one connection with a reader task; answers are matched in request order, as Kafka promises.
A client whose connection breaks, or whose answer does not come in time, connects again.
"""

from __future__ import annotations

import math
import random
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import trio

from appliance.protocol import batch, codec, messages as m
from appliance.protocol.errors import ErrorCode
from tests.sim.model import Key, Violation

if TYPE_CHECKING:
    from tests.sim.universe import Universe

PRODUCE, FETCH, LIST_OFFSETS, METADATA = 0, 1, 2, 3
CREATE_TOPICS, DELETE_TOPICS, DELETE_RECORDS, INIT_PRODUCER_ID = 19, 20, 21, 22
OFFSET_COMMIT, OFFSET_FETCH, FIND_COORDINATOR = 8, 9, 10
ANSWER_S_MAX = 40.0
IN_FLIGHT_MAX = 5
OVERSIZE_BYTES = 70_000
"""Longer than an extent: no batch of it can ever be stored."""
LATEST, EARLIEST = -1, -2
HIGH_WATERMARK = -1
LOG_START_VERSION = 5
"""First version of Fetch whose answer says where the log begins."""
RETRIABLE = {
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ErrorCode.UNKNOWN_TOPIC_ID,
    ErrorCode.KAFKA_STORAGE_ERROR,
    ErrorCode.LEADER_NOT_AVAILABLE,
    ErrorCode.REQUEST_TIMED_OUT,
}
COORDINATOR_RETRIABLE = {
    ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
    ErrorCode.COORDINATOR_NOT_AVAILABLE,
    ErrorCode.NOT_COORDINATOR,
}
SEQUENCE_ERRORS = {
    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
    ErrorCode.DUPLICATE_SEQUENCE_NUMBER,
}


class ConnectionLostError(Exception):
    """The connection is gone; what was in flight has an unknown outcome."""


class Wire:
    """One connection: requests out, answers in, in order."""

    def __init__(self, universe: Universe, name: str, nursery: trio.Nursery) -> None:
        self._stream = universe.connect(name)
        if self._stream is None:
            raise ConnectionLostError
        self._name = name
        self._count = 0
        self._pending: deque[tuple[int, int, int, Callable[[Any], None]]] = deque()
        self._nursery = nursery
        self._sendable = trio.Lock()
        self.is_lost = trio.Event()
        nursery.start_soon(self._receive)

    async def send(
        self, key: int, version: int, message: Any, on_answer: Callable[[Any], None] | None
    ) -> None:
        """Send a request; `on_answer` gets the answer, or never anything."""
        self._count += 1
        parts = codec.encode_request_frame(key, version, self._count, self._name, message)
        if on_answer is not None:
            self._pending.append((self._count, key, version, on_answer))
        assert self._stream is not None
        data = b"".join(parts)
        async with self._sendable:
            try:
                await self._stream.send_all(data)
            except (OSError, trio.ClosedResourceError):
                raise self._lose() from None

    async def call(self, key: int, version: int, message: Any) -> Any:
        """Return the answer to a request."""
        answers: list[Any] = []
        done = trio.Event()

        def on_answer(value: Any) -> None:
            answers.append(value)
            done.set()

        await self.send(key, version, message, on_answer)
        with trio.move_on_after(ANSWER_S_MAX):
            await done.wait()
        if not answers:
            raise self._lose()
        return answers[0]

    def close(self) -> None:
        """Leave."""
        assert self._stream is not None
        self._stream.close()
        self.is_lost.set()

    def _lose(self) -> ConnectionLostError:
        self.close()
        self._nursery.cancel_scope.cancel()
        return ConnectionLostError()

    async def _receive(self) -> None:
        assert self._stream is not None
        data = bytearray()
        try:
            while piece := await self._stream.receive():
                data += piece
                while len(data) >= 4:
                    (size,) = struct.unpack_from(">i", data)
                    if len(data) < 4 + size:
                        break
                    answer = bytes(data[4 : 4 + size])
                    del data[: 4 + size]
                    self._on_answer(answer)
        except (OSError, trio.ClosedResourceError):
            pass
        self._lose()

    def _on_answer(self, answer: bytes) -> None:
        (number,) = struct.unpack_from(">i", answer)
        if not self._pending or self._pending[0][0] != number:
            raise Violation(f"{self._name}: answer to {number} out of order")
        _, key, version, on_answer = self._pending.popleft()
        head = 4 + codec.response_header_version(key, version)
        on_answer(codec.decode_response(key, version, memoryview(answer), head))


class Client:
    """Connects, works until the connection breaks, waits, connects again."""

    def __init__(self, universe: Universe, name: str) -> None:
        self.universe = universe
        self.name = name
        self.rng: random.Random = universe.rng(name)
        self.is_done = trio.Event()

    async def run(self) -> None:
        """Work until `work` returns in a connection that stands."""
        while not self.is_done.is_set():
            try:
                async with trio.open_nursery() as nursery:
                    wire = Wire(self.universe, self.name, nursery)
                    try:
                        await self.work(wire)
                        self.is_done.set()
                    finally:
                        wire.close()
                        nursery.cancel_scope.cancel()
            except* ConnectionLostError:
                pass
            self.on_lost()
            if not self.is_done.is_set():
                await trio.sleep(self.backoff_s())

    def backoff_s(self) -> float:
        return self.rng.uniform(0.02, 0.5)

    def on_lost(self) -> None:
        """The connection is gone."""

    async def work(self, wire: Wire) -> None:
        """Use a connection; return when nothing is left to do."""
        raise NotImplementedError


class _Batch:
    __slots__ = ("data", "is_in_flight", "is_oversize", "names")

    def __init__(self, names: list[bytes], data: bytes, *, is_oversize: bool) -> None:
        self.is_oversize = is_oversize
        self.names = names
        self.data = data
        self.is_in_flight = False


class _Line:
    """What a producer has to send to one partition, oldest first."""

    def __init__(self, key: Key, topic: str) -> None:
        self.key = key
        self.topic = topic
        self.number = 0
        self.sequence = 0
        self.unacked: deque[_Batch] = deque()
        self.is_draining = False  # a batch failed: wait for those behind it, then resend in order
        self.not_before = 0.0

    @property
    def in_flight(self) -> int:
        return sum(batch.is_in_flight for batch in self.unacked)


class Producer(Client):
    """Sends numbered records; idempotent ones never give up, others never retry."""

    def __init__(
        self, universe: Universe, name: str, keys: list[tuple[Key, str]], *, idempotent: bool
    ) -> None:
        super().__init__(universe, name)
        rng = self.rng
        self.idempotent = idempotent
        self.label = name.encode()
        if idempotent:
            universe.model.idempotent[self.label] = None
        self.lines = [_Line(key, topic) for key, topic in keys]
        self.producer_id = -1
        self.is_filling = True
        self.acks = -1 if idempotent else rng.choice([-1, 1, 0])
        self.version = rng.choice([7, 9, 12, 13])
        self.gap_s = rng.choice([0.002, 0.02, 0.1])
        self.padding_max = rng.choice([50, 2000, 9000])
        self.timeout_ms = rng.choice([200, 1500, 5000])
        self.long_backoff = rng.random() < 0.4
        self.wake = trio.Event()
        self.acked = 0

    def backoff_s(self) -> float:
        if self.long_backoff and self.rng.random() < 0.3:
            return self.rng.uniform(1.0, 12.0)
        return super().backoff_s()

    @property
    def unacked(self) -> int:
        return sum(len(line.unacked) for line in self.lines)

    def on_lost(self) -> None:
        for line in self.lines:
            line.is_draining = False
            for one in line.unacked:
                one.is_in_flight = False
            if not self.idempotent:
                line.unacked.clear()

    async def work(self, wire: Wire) -> None:
        if self.idempotent and self.producer_id < 0:
            answer = await wire.call(
                INIT_PRODUCER_ID,
                self.rng.choice([0, 4]),
                m.InitProducerIdRequest(transactional_id=None, transaction_timeout_ms=1000),
            )
            if answer.error_code in COORDINATOR_RETRIABLE:
                raise ConnectionLostError  # It tries again, as after that.
            if answer.error_code:
                raise Violation(f"{self.name}: InitProducerId answered {answer.error_code}")
            self.producer_id = answer.producer_id
            self.universe.model.on_producer_id(answer.producer_id, self.name)
        sent_at = trio.current_time()
        while self.is_filling or self.unacked:
            chosen = self._choose()
            if chosen:
                await self._send(wire, chosen)
                sent_at = trio.current_time()
            elif any(line.in_flight for line in self.lines):
                if trio.current_time() - sent_at > ANSWER_S_MAX:
                    raise ConnectionLostError
            self.wake = trio.Event()
            with trio.move_on_after(self.rng.uniform(0.5, 1.5) * self.gap_s if chosen else 0.2):
                await self.wake.wait()
                if chosen:
                    await trio.sleep(self.gap_s)
            if wire.is_lost.is_set():
                raise ConnectionLostError

    def _choose(self) -> list[tuple[_Line, _Batch]]:
        chosen: list[tuple[_Line, _Batch]] = []
        now = trio.current_time()
        for line in self.rng.sample(self.lines, len(self.lines)):
            if len(chosen) >= 3 or line.is_draining or now < line.not_before:
                continue
            waiting = [one for one in line.unacked if not one.is_in_flight]
            if len(line.unacked) - len(waiting) >= IN_FLIGHT_MAX:
                continue
            if waiting:
                chosen.append((line, waiting[0]))
            elif self.is_filling and self.universe.may_produce():
                chosen.append((line, self._new(line)))
            if self.rng.random() < 0.3:
                break
        return chosen

    def _new(self, line: _Line) -> _Batch:
        rng = self.rng
        names: list[bytes] = []
        records: list[tuple[bytes | None, bytes]] = []
        is_oversize = not self.idempotent and rng.random() < 0.03
        for _ in range(1 if is_oversize else rng.randint(1, 4)):
            length = OVERSIZE_BYTES if is_oversize else rng.randint(0, self.padding_max)
            name = b"%s:%d:%d" % (self.label, line.number, length)
            line.number += 1
            names.append(name)
            records.append((None, name + b":" + bytes([97 + length % 26]) * length))
        data = bytes(
            batch.build(
                records,
                timestamp=self.universe.now_ms(),
                producer_id=self.producer_id,
                producer_epoch=0 if self.idempotent else -1,
                base_sequence=line.sequence if self.idempotent else -1,
            )
        )
        line.sequence += len(records)
        made = _Batch(names, data, is_oversize=is_oversize)
        line.unacked.append(made)
        return made

    async def _send(self, wire: Wire, chosen: list[tuple[_Line, _Batch]]) -> None:
        request = m.ProduceRequest
        topics: dict[str, Any] = {}
        by_answer: dict[tuple[Any, int], tuple[_Line, _Batch]] = {}
        for line, one in chosen:
            one.is_in_flight = True
            topic_id, index = line.key
            topic = topics.get(line.topic)
            if topic is None:
                topic = topics[line.topic] = request.TopicProduceData(
                    name=line.topic, topic_id=topic_id, partition_data=[]
                )
            topic.partition_data.append(request.PartitionProduceData(index=index, records=one.data))
            by_answer[topic_id if self.version >= 13 else line.topic, index] = (line, one)
        message = request(
            acks=self.acks, timeout_ms=self.timeout_ms, topic_data=list(topics.values())
        )

        def on_answer(answer: Any) -> None:
            for topic in answer.responses:
                key = topic.topic_id if self.version >= 13 else topic.name
                for part in topic.partition_responses:
                    line, one = by_answer.pop((key, part.index))
                    self._on_result(line, one, part)
            if by_answer:
                raise Violation(f"{self.name}: {len(by_answer)} batches without an answer")
            self.wake.set()

        await wire.send(PRODUCE, self.version, message, on_answer if self.acks else None)
        if not self.acks:
            for line, one in chosen:
                line.unacked.remove(one)

    def _on_result(self, line: _Line, one: _Batch, part: Any) -> None:
        one.is_in_flight = False
        code = part.error_code
        self.universe.trace(self.name, f"answer {code} {part.base_offset} {one.names[0]!r}")
        if one.is_oversize:
            if code not in (ErrorCode.MESSAGE_TOO_LARGE, *RETRIABLE):
                raise Violation(f"{self.name}: an oversize batch was answered {code}")
            line.unacked.remove(one)
        elif code == 0:
            line.unacked.remove(one)
            self.acked += 1
            self.universe.model.on_ack(line.key, part.base_offset, one.names)
        elif not self.idempotent:
            if code not in RETRIABLE:
                raise Violation(f"{self.name}: {ErrorCode(code).name} for {one.names[0]!r}")
            line.unacked.remove(one)
        else:
            is_first = line.unacked[0] is one
            if code not in RETRIABLE and (is_first or code not in SEQUENCE_ERRORS):
                raise Violation(f"8: {ErrorCode(code).name} for {one.names[0]!r} of {line.key}")
            line.is_draining = True
            line.not_before = trio.current_time() + self.rng.uniform(0.0, 0.3)
        if line.is_draining and not line.in_flight:
            line.is_draining = False


class Consumer(Client):
    """Reads partitions in order, from the start or from the end, and jumps back at times."""

    def __init__(self, universe: Universe, name: str, keys: list[tuple[Key, str]]) -> None:
        super().__init__(universe, name)
        rng = self.rng
        self.keys = keys
        self.version = rng.choice([4, 11, 12, 13, 17])
        self.offsets: dict[Key, int] = {}
        self.from_start = rng.random() < 0.6
        self.wait_ms = rng.choice([0, 50, 500])
        self.bytes_max = rng.choice([2_000, 30_000, 1 << 20])
        self.gap_s = rng.choice([0.02, 0.1, 0.4])
        self.is_stopping = False
        self.records = 0
        self.out_of_range: dict[Key, None] = {}

    async def work(self, wire: Wire) -> None:
        for key, topic in self.keys:
            if key not in self.offsets:
                self.offsets[key] = await self._offset(
                    wire, key, topic, EARLIEST if self.from_start else LATEST
                )
        while not self.is_stopping:
            await self._fetch(wire)
            for key, topic in self.keys:
                if key in self.out_of_range:
                    self.offsets[key] = await self._offset(wire, key, topic, EARLIEST)
                    del self.out_of_range[key]
            if self.rng.random() < 0.02:
                key, topic = self.rng.choice(self.keys)
                end = await self._offset(wire, key, topic, LATEST)
                self.offsets[key] = self.rng.randint(0, end)
            await trio.sleep(self.rng.uniform(0.5, 1.5) * self.gap_s)

    async def _offset(self, wire: Wire, key: Key, topic: str, timestamp: int) -> int:
        model = self.universe.model
        floor = model.partition(key).high_watermark
        log_start_floor = model.partition(key).log_start
        offset = await list_offset(wire, key, topic, timestamp, version=self.rng.choice([1, 7]))
        if timestamp == LATEST:
            model.on_watermark(key, offset, floor=floor)
        else:
            model.on_log_start(key, offset, floor=log_start_floor)
        return offset

    async def _fetch(self, wire: Wire) -> None:
        request = m.FetchRequest
        topics: dict[str, Any] = {}
        names = {key[0]: topic for key, topic in self.keys}
        ids = {topic: key[0] for key, topic in self.keys}
        for key, topic in self.keys:
            line = request.FetchPartition(
                partition=key[1],
                fetch_offset=self.offsets[key],
                partition_max_bytes=self.bytes_max,
            )
            topics.setdefault(
                topic, request.FetchTopic(topic=topic, topic_id=key[0], partitions=[])
            ).partitions.append(line)
        assert len(names) == len(ids)
        model = self.universe.model
        floors = {key: model.partition(key).high_watermark for key, _ in self.keys}
        log_starts = {key: model.partition(key).log_start for key, _ in self.keys}
        answer = await wire.call(
            FETCH,
            self.version,
            request(
                max_wait_ms=self.wait_ms,
                min_bytes=1,
                max_bytes=self.rng.choice([10_000, 1 << 20]),
                session_epoch=-1,
                topics=list(topics.values()),
            ),
        )
        if answer.error_code:
            raise Violation(f"{self.name}: Fetch answered {answer.error_code}")
        for topic in answer.responses:
            topic_id = topic.topic_id if self.version >= 13 else ids[topic.topic]
            for part in topic.partitions:
                key = (topic_id, part.partition_index)
                self._on_partition(key, part, floors[key], log_starts[key])

    def _on_partition(self, key: Key, part: Any, floor: int, log_start: int) -> None:
        if part.error_code == ErrorCode.KAFKA_STORAGE_ERROR:
            return
        model = self.universe.model
        wanted = self.offsets[key]
        is_deleted = wanted < model.partition(key).log_start_max
        if part.error_code == ErrorCode.OFFSET_OUT_OF_RANGE and is_deleted:
            self.out_of_range[key] = None
            return
        if part.error_code:
            raise Violation(
                f"1: {self.name} was answered {ErrorCode(part.error_code).name} for offset"
                f" {self.offsets[key]} of {key}"
            )
        if wanted < log_start:
            raise Violation(f"log start: {key} is served from {wanted}, begins at {log_start}")
        if self.version >= LOG_START_VERSION:
            model.on_log_start(key, part.log_start_offset, floor=log_start)
        model.on_watermark(key, part.high_watermark, floor=floor)
        for offset, name in open_records(part.records, key, wanted):
            if offset >= part.high_watermark:
                raise Violation(f"9: offset {offset} of {key} is above the high watermark")
            model.on_read(key, offset, name)
            self.offsets[key] = offset + 1
            self.records += 1
        if self.offsets[key] != wanted:
            self.universe.trace(self.name, f"read {key[1]} [{wanted}, {self.offsets[key]})")


def _verified(data: Any, key: Key) -> list[tuple[memoryview, batch.Header]]:
    try:
        return [(view, batch.check(view)) for view in batch.iterate_batches(memoryview(data))]
    except batch.CorruptBatchError as error:
        raise Violation(f"1: a batch of {key} does not verify: {error}") from error


def open_records(data: Any, key: Key, wanted: int) -> list[tuple[int, bytes]]:
    """Return (offset, name) of the records from `wanted` on; all that was sent must verify."""
    found: list[tuple[int, bytes]] = []
    if not data:
        return found
    next_offset = -1
    for view, header in _verified(data, key):
        if next_offset not in (-1, header.base_offset):
            raise Violation(f"9: {key} goes on at {header.base_offset}, expected {next_offset}")
        if next_offset < 0 and header.base_offset > wanted:
            raise Violation(f"9: {key} begins at {header.base_offset}, wanted {wanted}")
        next_offset = header.base_offset + header.last_offset_delta + 1
        if next_offset <= wanted:
            continue
        for record in batch.iterate_records(view):
            value = record.value or b""
            name, _, padding = value.rpartition(b":")
            if padding.strip(padding[:1]) or len(padding) != int(name.rpartition(b":")[2]):
                raise Violation(f"1: the value at {record.offset} of {key} is damaged")
            if record.offset >= wanted:
                found.append((record.offset, name))
    return found


class Admin(Client):
    """Creates and deletes topics of its own; what it was told stays true."""

    def __init__(self, universe: Universe, name: str) -> None:
        super().__init__(universe, name)
        self.is_stopping = False
        self.count = 0
        self.present: dict[str, bytes] = {}
        self.unknown: dict[str, None] = {}  # the answer to a create or delete was lost

    async def work(self, wire: Wire) -> None:
        steps: list[Callable[[Wire], Awaitable[None]]] = [self._create, self._delete, self._look]
        while not self.is_stopping:
            await self.rng.choice(steps)(wire)
            await trio.sleep(self.rng.uniform(0.2, 3.0))

    async def _create(self, wire: Wire) -> None:
        self.count += 1
        name = f"{self.name}-{self.count}"
        topic_id = await create_topic(wire, name, self.rng.randint(1, 3), self.unknown)
        if topic_id is not None:
            self.present[name] = topic_id
            await self._fill(wire, name, topic_id)

    async def _fill(self, wire: Wire, name: str, topic_id: bytes) -> None:
        """Write a little, so that deleted topics leave batches in frames and objects."""
        request = m.ProduceRequest
        value = b"%s:0:3:abc" % name.encode()
        data = bytes(batch.build([(None, value)], timestamp=self.universe.now_ms()))
        part = request.PartitionProduceData(index=0, records=data)
        topic = request.TopicProduceData(name=name, topic_id=topic_id, partition_data=[part])
        await wire.call(PRODUCE, 9, request(acks=-1, timeout_ms=100, topic_data=[topic]))

    async def _delete(self, wire: Wire) -> None:
        if not self.present:
            return
        name = self.rng.choice(list(self.present))
        topic_id = self.present.pop(name)
        self.unknown[name] = None
        request = m.DeleteTopicsRequest
        answer = await wire.call(
            DELETE_TOPICS,
            6,
            request(topics=[request.DeleteTopicState(name=None, topic_id=topic_id)]),
        )
        code = answer.responses[0].error_code
        if code not in (0, ErrorCode.UNKNOWN_TOPIC_ID):
            raise Violation(f"{self.name}: DeleteTopics answered {code}")
        del self.unknown[name]
        self.universe.model.deleted[topic_id] = None

    async def _look(self, wire: Wire) -> None:
        present = dict(self.present)
        deleted = list(self.universe.model.deleted)
        answer = await wire.call(METADATA, 12, m.MetadataRequest(topics=None))
        found = {topic.name: topic.topic_id for topic in answer.topics}
        for name, topic_id in present.items():
            if found.get(name) != topic_id:
                raise Violation(f"1: topic {name} is gone or another one")
        for name, topic_id in found.items():
            if topic_id in deleted:
                raise Violation(f"1: topic {name} was deleted and is back")


class Deleter(Client):
    """Deletes records below random offsets, or all there are."""

    def __init__(self, universe: Universe, name: str, keys: list[tuple[Key, str]]) -> None:
        super().__init__(universe, name)
        self.keys = keys
        self.gap_s = self.rng.choice([0.2, 1.0, 5.0])
        self.all_share = self.rng.choice([0.0, 0.3])
        self.is_stopping = False

    async def work(self, wire: Wire) -> None:
        while not self.is_stopping:
            await trio.sleep(self.rng.uniform(0.5, 1.5) * self.gap_s)
            await self._delete(wire, *self.rng.choice(self.keys))

    async def _delete(self, wire: Wire, key: Key, topic: str) -> None:
        model = self.universe.model
        partition = model.partition(key)
        offset = self.rng.randint(partition.log_start, partition.high_watermark)
        is_all = self.rng.random() < self.all_share
        floor, before = max(offset, partition.log_start), partition.log_start_max
        # Without an answer nobody knows how far the watermark was.
        partition.log_start_max = math.inf if is_all else max(before, offset)
        request = m.DeleteRecordsRequest
        line = request.DeleteRecordsPartition(
            partition_index=key[1], offset=HIGH_WATERMARK if is_all else offset
        )
        wanted = request.DeleteRecordsTopic(name=topic, partitions=[line])
        answer = await wire.call(
            DELETE_RECORDS, self.rng.choice([0, 2]), request(topics=[wanted], timeout_ms=5000)
        )
        found = answer.topics[0].partitions[0]
        self.universe.trace(
            self.name, f"deleted {key[1]} below {line.offset}: {found.low_watermark}"
        )
        if found.error_code == ErrorCode.REQUEST_TIMED_OUT:
            return  # The journal failed, and the node ends: nobody knows, as without an answer.
        if found.error_code:
            code = ErrorCode(found.error_code).name
            raise Violation(f"{self.name}: DeleteRecords answered {code} for {line.offset}")
        if is_all:
            floor = max(floor, partition.log_start)
            partition.log_start_max = max(before, found.low_watermark)
        model.on_log_start(key, found.low_watermark, floor=floor)
        model.deletions += found.low_watermark > 0


class Committer(Client):
    """Commits ascending offsets for a few groups, and looks at what is committed."""

    def __init__(self, universe: Universe, name: str, key: Key, topic: str) -> None:
        super().__init__(universe, name)
        self.key, self.topic = key, topic
        self.sent = {f"{name}-{number}": 0 for number in range(self.rng.randint(1, 8))}
        self.acked = dict.fromkeys(self.sent, 0)
        self.version = self.rng.choice([2, 6, 8, 9, 10])
        self.gap_s = self.rng.choice([0.01, 0.1, 0.5])
        self.is_stopping = False

    async def work(self, wire: Wire) -> None:
        found = await wire.call(FIND_COORDINATOR, 0, m.FindCoordinatorRequest(key=self.name))
        if found.error_code not in (0, ErrorCode.COORDINATOR_NOT_AVAILABLE):
            raise Violation(f"{self.name}: FindCoordinator answered {found.error_code}")
        while not self.is_stopping:
            group = self.rng.choice(list(self.sent))
            if self.rng.random() < 0.6:
                await self._commit(wire, group)
            else:
                await self.check(wire, group)
            await trio.sleep(self.rng.uniform(0.5, 1.5) * self.gap_s)
        for group in self.sent:
            while not await self.check(wire, group):
                await trio.sleep(0.1)

    async def _commit(self, wire: Wire, group: str) -> None:
        request = m.OffsetCommitRequest
        self.sent[group] += 1
        offset = self.sent[group]
        line = request.OffsetCommitRequestPartition(
            partition_index=self.key[1], committed_offset=offset, committed_metadata=""
        )
        topic = request.OffsetCommitRequestTopic(
            name=self.topic, topic_id=self.key[0], partitions=[line]
        )
        answer = await wire.call(
            OFFSET_COMMIT,
            self.version,
            request(group_id=group, generation_id_or_member_epoch=-1, topics=[topic]),
        )
        code = answer.topics[0].partitions[0].error_code
        self.universe.trace(self.name, f"commit {offset} of {group}: {code}")
        if code == 0:
            self.acked[group] = offset
        elif code not in COORDINATOR_RETRIABLE:
            raise Violation(f"{self.name}: OffsetCommit answered {ErrorCode(code).name}")

    async def check(self, wire: Wire, group: str) -> bool:
        """Compare what is committed with what was promised; False when it is not known now."""
        request = m.OffsetFetchRequest
        topic = request.OffsetFetchRequestTopics(name=self.topic, partition_indexes=[self.key[1]])
        wanted = request.OffsetFetchRequestGroup(group_id=group, topics=[topic])
        acked = self.acked[group]
        answer = await wire.call(
            OFFSET_FETCH, 8, request(groups=[wanted], require_stable=self.rng.random() < 0.5)
        )
        (found,) = answer.groups
        if found.error_code in COORDINATOR_RETRIABLE:
            return False
        offset = found.topics[0].partitions[0].committed_offset
        if found.error_code or not acked <= max(offset, 0) <= self.sent[group]:
            raise Violation(
                f"1: {group} committed {acked} (sent {self.sent[group]}) and finds {offset}, error"
                f" {found.error_code}"
            )
        self.acked[group] = max(offset, acked)  # what was seen does not go back
        self.universe.model.checked_commits += acked > 0
        return True


async def list_offset(wire: Wire, key: Key, topic: str, timestamp: int, *, version: int) -> int:
    """Return what ListOffsets answers for a partition."""
    request = m.ListOffsetsRequest
    line = request.ListOffsetsPartition(partition_index=key[1], timestamp=timestamp)
    answer = await wire.call(
        LIST_OFFSETS,
        version,
        request(topics=[request.ListOffsetsTopic(name=topic, partitions=[line])]),
    )
    part = answer.topics[0].partitions[0]
    if part.error_code:
        raise Violation(f"ListOffsets answered {ErrorCode(part.error_code).name} for {key}")
    return part.offset


async def create_topic(
    wire: Wire, name: str, partitions: int, unknown: dict[str, None]
) -> bytes | None:
    """Create a topic; returns its id, or None when an earlier attempt had created it."""
    request = m.CreateTopicsRequest
    unknown[name] = None
    answer = await wire.call(
        CREATE_TOPICS,
        7,
        request(
            topics=[
                request.CreatableTopic(name=name, num_partitions=partitions, replication_factor=1)
            ],
            timeout_ms=5000,
        ),
    )
    code = answer.topics[0].error_code
    if code == ErrorCode.TOPIC_ALREADY_EXISTS:
        return None
    if code:
        raise Violation(f"CreateTopics answered {ErrorCode(code).name}")
    del unknown[name]
    return answer.topics[0].topic_id
