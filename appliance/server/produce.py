"""Produce: check a batch's header, give it offsets, put it into the WAL, answer when durable.

Records are never decoded, except for null keys on compacted topics, for old timestamps where
`message.timestamp.before.max.ms` is set, for another compression than the producer's, and to name
those with a bad timestamp. A batch is copied once: from the receive buffer into its WAL frame.
Source: KIP-98, KIP-467; `kafka.md` 3.1, 3.2.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import trio

from appliance import limits
from appliance.partition import Appends, Duplicate, Partition, SequenceError
from appliance.protocol import batch, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot, Waiting
from appliance.server.context import Context
from wal.errors import BatchTooLargeError, WalFullError
from wal.format import KIND_BATCH
from wal.writer import BatchFields

_ZSTD = 4
_ZSTD_VERSION = 7
_COMPRESSION_MASK = 7
_NO_TIMESTAMP = -1
_ROOM_WAIT_S_MAX = 10
_ROOM_PAUSE_S = 1

Refusal = tuple[ErrorCode, str, list[tuple[int, str]]]
_ZSTD_REFUSAL: Refusal = (
    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "zstd needs Produce version 7", []
)  # fmt: skip
_NO_REFUSALS: Mapping[int, Refusal] = MappingProxyType({})

_TopicResponse = messages.ProduceResponse.TopicProduceResponse
_PartitionResponse = messages.ProduceResponse.PartitionProduceResponse
_RecordError = messages.ProduceResponse.BatchIndexAndErrorMessage
_NO_LEADER = messages.ProduceResponse.LeaderIdAndEpoch()
"""Shared by the answers that are not refusals, which would make one each."""


class _Pending:
    """One produce request whose batches are on their way to the disk."""

    __slots__ = ("context", "correlation_id", "remaining", "response", "slot", "version")

    def __init__(
        self, context: Context, slot: Slot, version: int, correlation_id: int, response: Any
    ) -> None:
        self.context = context
        self.slot = slot
        self.version = version
        self.correlation_id = correlation_id
        self.response = response
        self.remaining = 1

    def on_durable(self) -> None:
        """One frame, or duplicate, less to wait for; the last one sends the answer."""
        self.remaining -= 1
        if self.remaining:
            return
        slot = self.slot
        if slot.abandoned:
            return
        if self.response is None:
            slot.complete([], 0)
        else:
            slot.answer(self.version, self.correlation_id, self.response)
        self.context.flush_later[slot.connection] = None


def handle(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> Waiting | None:
    """Append the request's batches, at once when the WAL has room."""
    if context.table.inspected and (opened := _opened(context, version, request)):
        return _append_opened(context, slot, version, correlation_id, request, opened)
    if context.writer.room_for(*_needs(request)):
        _append_all(context, slot, version, correlation_id, request)
        return None
    return _append_when_room(context, slot, version, correlation_id, request)


def _needs(request: Any) -> tuple[int, int]:
    """Return the bytes and the number of the request's batches."""
    size = count = 0
    for topic in request.topic_data:
        for line in topic.partition_data:
            if line.records is not None:
                size += len(line.records)
                count += 1
    return size, count


def _opened(context: Context, version: int, request: Any) -> list[tuple[Any, Any]]:
    """Return (line of the request, topic settings) of the batches that are looked into."""
    found: list[tuple[Any, Any]] = []
    for topic in request.topic_data:
        for line in topic.partition_data:
            key = topic.topic_id if version >= 13 else topic.name
            partition = context.table.get(key, line.index)
            if partition is not None and partition.settings.opens_batches:
                found.append((line, partition.settings))
    return found


async def _append_opened(
    context: Context,
    slot: Slot,
    version: int,
    correlation_id: int,
    request: Any,
    opened: list[tuple[Any, Any]],
) -> None:
    """Check the records and recompress first; the connection is not read meanwhile."""
    refusals: dict[int, Refusal] = {}
    for line, settings in opened:
        refusal = None
        if settings.checks_records:
            refusal = await _check_records(context, line.records, settings)
        if refusal is None and settings.codec is not None:
            refusal = await _recompress(context, line, settings, version)
        if refusal is not None:
            refusals[id(line)] = refusal
    await _append_when_room(context, slot, version, correlation_id, request, refusals)


async def _append_when_room(
    context: Context,
    slot: Slot,
    version: int,
    correlation_id: int,
    request: Any,
    refusals: Mapping[int, Refusal] = _NO_REFUSALS,
) -> None:
    """Wait for the disk, or for S3 to free the volume; then append, or answer retriable errors.

    The connection is not read meanwhile: that is the backpressure a producer feels. The wait ends
    well before the client's own patience, and is not repeated for each of its requests behind: the
    client would send them again elsewhere, and a late append would store them twice. Another
    client's wait says nothing: that request may have been in a hurry, or too large for the moment.
    """
    wait_s = min(max(request.timeout_ms / 2000, 0.05), _ROOM_WAIT_S_MAX)
    connection = slot.connection
    if trio.current_time() < connection.full_until:
        wait_s = 0
    needs = _needs(request)
    with trio.move_on_after(wait_s) as scope:
        while not context.writer.room_for(*needs):
            await context.writer.wait_room()
    if scope.cancelled_caught and wait_s:
        connection.full_until = trio.current_time() + _ROOM_PAUSE_S
    _append_all(context, slot, version, correlation_id, request, refusals)


def _append_all(
    context: Context,
    slot: Slot,
    version: int,
    correlation_id: int,
    request: Any,
    refusals: Mapping[int, Refusal] = _NO_REFUSALS,
) -> None:
    """Append what the checks let through; the answer waits for the disk, unless none is wanted."""
    acks = request.acks
    pending = _Pending(context, slot, version, correlation_id, None)
    if acks in (-1, 0, 1):
        topics = _append_topics(context, version, request, pending, refusals)
    else:
        topics = _refuse_acks(request)
    if acks != 0:
        pending.response = messages.ProduceResponse(responses=topics, throttle_time_ms=0)
        pending.on_durable()
        return
    # Nothing is owed; the slot must not hold back later answers.
    slot.complete([], 0)
    if any(answer.error_code for topic in topics for answer in topic.partition_responses):
        # Kafka's only way to tell such a producer: it refreshes its metadata.
        context.flush_later.pop(slot.connection, None)
        slot.connection.close()
    else:
        slot.abandoned = True


def _refuse_acks(request: Any) -> list[Any]:
    return [
        _TopicResponse(
            name=topic.name,
            topic_id=topic.topic_id,
            partition_responses=[
                _refused(line.index, ErrorCode.INVALID_REQUIRED_ACKS)
                for line in topic.partition_data
            ],
        )
        for topic in request.topic_data
    ]


def _append_topics(
    context: Context,
    version: int,
    request: Any,
    pending: _Pending,
    refusals: Mapping[int, Refusal],
) -> list[Any]:
    """Append the sound batches of a request; returns the topics of the answer."""
    by_id = version >= 13
    find = context.table.get
    now_ms = context.now_ms()
    accepted = _Accepted(context, pending, now_ms)
    topics: list[Any] = []
    for topic in request.topic_data:
        answers: list[Any] = []
        key = topic.topic_id if by_id else topic.name
        for line in topic.partition_data:
            partition = find(key, line.index)
            if partition is None:
                answer = _refused(
                    line.index,
                    ErrorCode.UNKNOWN_TOPIC_ID
                    if by_id and not context.table.has_topic(key)
                    else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                )
            elif refusals and (refusal := refusals.get(id(line))) is not None:
                answer = _refused_records(partition, line.index, *refusal)
            else:
                if partition in accepted.partitions:
                    accepted.append()  # What follows is checked against it.
                answer = _accept(partition, line, version, pending, now_ms, accepted)
                if answer is None:
                    accepted.places.append((answers, len(answers)))
            answers.append(answer)
        topics.append(
            _TopicResponse(name=topic.name, topic_id=topic.topic_id, partition_responses=answers)
        )
    accepted.append()
    return topics


def _refused(
    index: int, code: ErrorCode, message: str | None = None, *, log_start_offset: int = -1
) -> Any:
    """Return a refusal; the log start is told, as in Kafka, where the records were looked at."""
    return _PartitionResponse(
        index=index,
        error_code=int(code),
        base_offset=-1,
        log_append_time_ms=-1,
        log_start_offset=log_start_offset,
        error_message=message,
    )


def _accept(
    partition: Partition,
    line: Any,
    version: int,
    pending: _Pending,
    now_ms: int,
    accepted: "_Accepted",
) -> Any:
    """Put one partition's batch with those to be appended, or return its line of the answer."""
    settings = partition.settings
    if settings.is_internal:
        return _refused(
            line.index, ErrorCode.INVALID_TOPIC_EXCEPTION, "clients may not write to it"
        )
    view = line.records
    if view is None or len(view) == 0:
        return _refused(line.index, ErrorCode.INVALID_RECORD, "no record batch")
    try:
        header = batch.check(view)
    except batch.CorruptBatchError as error:
        is_seen = error.fault is batch.BatchFault.COUNTS
        return _refused(
            line.index,
            ErrorCode(error.code),
            str(error),
            log_start_offset=partition.log_start_offset if is_seen else -1,
        )
    refusal = _check(header, view, settings, version, now_ms)
    if refusal is not None:
        code, message, errors = refusal
        if code == ErrorCode.INVALID_TIMESTAMP and not errors:
            errors = _bad_timestamps(header, view, settings, now_ms)
        return _refused_records(partition, line.index, code, message, errors)
    if header.producer_id >= 0:
        try:
            known = partition.producers.check(
                header.producer_id, header.producer_epoch, header.base_sequence, header.count
            )
        except SequenceError as error:
            return _refused(
                line.index,
                error.code,
                error.message,
                log_start_offset=partition.log_start_offset,
            )
        if known is not None:
            return _duplicate(partition, line.index, known, pending)
    accepted.add(partition, header, view)
    return None


class _Accepted:
    """Batches of one request that passed every check, on their way into the WAL together.

    A partition's offsets and producers know a batch only when it is appended, so `partitions` may
    get no second one before that.

    Attributes:
        partitions: of the batches.
        places: for each batch the list of answers, and the index in it, where its answer belongs.
    """

    __slots__ = ("_batches", "_context", "_fields", "_now_ms", "_pending", "partitions", "places")

    def __init__(self, context: Context, pending: _Pending, now_ms: int) -> None:
        self.partitions: set[Partition] = set()
        self.places: list[tuple[list[Any], int]] = []
        self._context = context
        self._pending = pending
        self._now_ms = now_ms
        # (partition, header, append time or -1) of each; attributes of one object would cost more.
        self._batches: list[tuple[Partition, batch.Header, int]] = []
        self._fields: list[BatchFields] = []

    def add(self, partition: Partition, header: batch.Header, view: memoryview) -> None:
        """Give a batch its offsets; its place is added by the caller."""
        base_offset = partition.log_end_offset
        batch.assign(view, base_offset, partition.leader_epoch)
        append_time = -1
        max_timestamp = header.max_timestamp
        if partition.settings.log_append_time:
            append_time = max_timestamp = self._now_ms
            batch.restamp_log_append_time(view, append_time)
        self.partitions.add(partition)
        self._batches.append((partition, header, append_time))
        self._fields.append(
            (
                partition.partition_id,
                base_offset,
                max_timestamp,
                header.last_offset_delta,
                KIND_BATCH,
                view,
            )
        )

    def append(self) -> None:
        """Append the batches, frame by frame, and fill in their answers."""
        fields = self._fields
        count = len(fields)
        first = 0
        while first < count:
            appends = Appends(self._pending.on_durable)
            try:
                lsn, positions = self._context.writer.append_some_nowait(
                    fields[first:] if first else fields, appends
                )
            except WalFullError as error:
                self._refuse(first, error)
                first += 1  # A smaller one may find room.
                continue
            self._pending.remaining += 1
            self._on_appended(first, lsn, positions, appends)
            first += len(positions)
        self.partitions.clear()
        self.places.clear()
        self._batches.clear()
        self._fields.clear()

    def _on_appended(self, first: int, lsn: int, positions: list[int], appends: Appends) -> None:
        """Note where batches lie, one frame's of those from `first` on, and answer them."""
        log_id, now_ms = self._context.log_id, self._now_ms
        last = first + len(positions)
        ends = appends.ends
        records = size = 0
        for (partition, header, append_time), fields, (answers, place), position in zip(
            self._batches[first:last],
            self._fields[first:last],
            self.places[first:last],
            positions,
            strict=True,
        ):
            _, base_offset, max_timestamp, last_offset_delta, _, view = fields
            count = last_offset_delta + 1
            next_offset = base_offset + count
            length = len(view)
            partition.on_append(
                base_offset,
                next_offset,
                log_id=log_id,
                lsn=lsn,
                position=position,
                length=length,
                max_timestamp=max_timestamp,
            )
            ends.append((partition, next_offset))
            if (producer_id := header.producer_id) >= 0:
                partition.producers.record(
                    producer_id,
                    header.producer_epoch,
                    header.base_sequence,
                    count,
                    base_offset=base_offset,
                    append_time_ms=append_time,
                    now_ms=now_ms,
                )
            records += count
            size += length
            answers[place] = _PartitionResponse(
                index=partition.index,
                error_code=0,
                base_offset=base_offset,
                log_append_time_ms=append_time,
                log_start_offset=partition.log_start_offset,
                record_errors=(),
                current_leader=_NO_LEADER,
            )
        telemetry = self._context.telemetry
        telemetry.records_in += records
        telemetry.bytes_in += size

    def _refuse(self, number: int, error: WalFullError) -> None:
        """Answer a batch that found no room in the WAL."""
        partition, header, _ = self._batches[number]
        answers, place = self.places[number]
        if isinstance(error, BatchTooLargeError):
            answers[place] = _refused(partition.index, ErrorCode.MESSAGE_TOO_LARGE, str(error))
            return
        if header.producer_id >= 0:
            partition.producers.on_refused(
                header.producer_id,
                header.producer_epoch,
                header.base_sequence,
                now_ms=self._now_ms,
            )
        answers[place] = _refused(
            partition.index,
            ErrorCode.KAFKA_STORAGE_ERROR,
            "the WAL volume is full: records wait for the object store; retry",
        )


def _check(
    header: Any, view: memoryview, settings: Any, version: int, now_ms: int
) -> Refusal | None:
    """Return why a batch with a sound header is refused, or None."""
    if len(view) > settings.message_bytes_max:
        return (
            ErrorCode.MESSAGE_TOO_LARGE,
            f"batch of {len(view)} bytes; max.message.bytes is {settings.message_bytes_max}",
            [],
        )
    if header.base_offset != 0:
        return ErrorCode.INVALID_RECORD, "a client's batch must have base offset 0", []
    attributes = header.attributes
    if attributes & batch.CONTROL:
        return ErrorCode.INVALID_RECORD, "clients may not write control batches", []
    if attributes & batch.TRANSACTIONAL:
        return (
            ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            "transactions are not served yet",
            [],
        )
    if (
        attributes & _COMPRESSION_MASK == _ZSTD
        and version < _ZSTD_VERSION
        and settings.codec is None  # Otherwise it is the broker's choice.
    ):
        return _ZSTD_REFUSAL
    if attributes & _COMPRESSION_MASK > _ZSTD:
        return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, "unknown compression", []
    if header.producer_id >= 0 and header.base_sequence < 0:
        return ErrorCode.INVALID_RECORD, "idempotent batch without a sequence", []
    if settings.log_append_time and attributes & batch.LOG_APPEND_TIME:
        text = "the broker alone sets LogAppendTime"
        places = range(min(header.count, limits.RECORD_ERRORS_MAX))
        return ErrorCode.INVALID_TIMESTAMP, text, [(place, text) for place in places]
    text = _bad_timestamp(header.max_timestamp, settings, now_ms)
    if text is not None:
        return ErrorCode.INVALID_TIMESTAMP, text, []
    return None


async def _check_records(
    context: Context, view: memoryview | None, settings: Any
) -> Refusal | None:
    """Return why the batch is refused for records that lack a key or whose timestamps are off."""
    if view is None or len(view) > settings.message_bytes_max:
        return None  # Refused by the checks that open nothing.
    now_ms = context.now_ms()
    errors: list[tuple[int, str]] = []
    code = ErrorCode.INVALID_RECORD
    position = 0

    def visit(record: batch.Record) -> bool:
        nonlocal code, position
        if settings.compacted and record.key is None:
            errors.append((position, "compacted topics need a key"))
        elif (text := _bad_timestamp(record.timestamp, settings, now_ms)) is not None:
            code = ErrorCode.INVALID_TIMESTAMP
            errors.append((position, text))
        position += 1
        return len(errors) < limits.RECORD_ERRORS_MAX

    try:
        batch.check(view)
        await context.reads.opener.visit(
            view, visit, records_bytes_max=_records_bytes_max(settings)
        )
    except batch.CorruptBatchError as error:
        return ErrorCode(error.code), str(error), []
    if errors:
        return code, f"one or more records are refused, the first: {errors[0][1]}", errors
    return None


def _bad_timestamp(timestamp: int, settings: Any, now_ms: int) -> str | None:
    """Return what is wrong with a record's timestamp, or with a batch's oldest or newest."""
    if settings.log_append_time or timestamp == _NO_TIMESTAMP:
        return None
    if timestamp - now_ms > settings.timestamp_after_ms_max:
        return f"timestamp {timestamp} is further ahead than message.timestamp.after.max.ms"
    if now_ms - timestamp > settings.timestamp_before_ms_max:
        return f"timestamp {timestamp} is older than message.timestamp.before.max.ms"
    return None


def _records_bytes_max(settings: Any) -> int:
    """Return how large the decompressed records of a batch may be."""
    return min(
        max(limits.KEY_CHECK_BYTES, limits.KEY_CHECK_RATIO * settings.message_bytes_max),
        batch.RECORDS_BYTES_MAX,
    )


async def _recompress(context: Context, line: Any, settings: Any, version: int) -> Refusal | None:
    """Put the batch of a line under the topic's compression, or return why that fails."""
    view = line.records
    if view is None or len(view) > settings.message_bytes_max:
        return None  # Refused by the checks that open nothing.
    try:
        present = batch.check(view).attributes & _COMPRESSION_MASK
        if present == _ZSTD and version < _ZSTD_VERSION:
            return _ZSTD_REFUSAL
        if present == settings.codec:
            return None
        stored = await context.reads.opener.recompress(
            view,
            settings.codec,
            settings.codec_level,
            records_bytes_max=_records_bytes_max(settings),
        )
    except batch.CorruptBatchError as error:
        return ErrorCode(error.code), str(error), []
    line.records = memoryview(stored)
    return None


def _bad_timestamps(
    header: Any, view: memoryview, settings: Any, now_ms: int
) -> list[tuple[int, str]]:
    """Return (place, reason) of the records whose timestamps are off, as far as that is cheap."""
    errors: list[tuple[int, str]] = []
    if header.count > limits.RECORDS_PER_TURN:
        return errors
    try:
        records = batch.iterate_records(view, records_bytes_max=limits.TIMESTAMP_CHECK_BYTES)
        for place, record in enumerate(records):
            text = _bad_timestamp(record.timestamp, settings, now_ms)
            if text is not None:
                errors.append((place, text))
                if len(errors) == limits.RECORD_ERRORS_MAX:
                    break
    except batch.CorruptBatchError:
        pass  # The batch is refused already.
    return errors


def _refused_records(
    partition: Partition,
    index: int,
    code: ErrorCode,
    message: str,
    errors: list[tuple[int, str]],
) -> Any:
    is_seen = code in (ErrorCode.INVALID_RECORD, ErrorCode.INVALID_TIMESTAMP)
    answer = _refused(
        index, code, message, log_start_offset=partition.log_start_offset if is_seen else -1
    )
    answer.record_errors = [
        _RecordError(batch_index=position, batch_index_error_message=text)
        for position, text in errors
    ]
    return answer


def _duplicate(partition: Partition, index: int, known: Duplicate, pending: _Pending) -> Any:
    """Answer a batch that was appended before: as then, and not before it is durable."""
    if known.next_offset > partition.high_watermark:
        pending.remaining += 1
        partition.waiters[_DurableWaiter(partition, known.next_offset, pending)] = None
    return _PartitionResponse(
        index=index,
        error_code=0,
        base_offset=known.base_offset,
        log_append_time_ms=known.append_time_ms,
        log_start_offset=partition.log_start_offset,
    )


class _DurableWaiter:
    """Waits, among a partition's parked fetches, for the watermark to pass a duplicate."""

    __slots__ = ("deadline", "done", "next_offset", "partitions", "pending")

    def __init__(self, partition: Partition, next_offset: int, pending: _Pending) -> None:
        self.partitions = [partition]
        self.next_offset = next_offset
        self.pending = pending
        self.deadline = 0.0
        self.done = False

    def is_satisfied(self) -> bool:
        return self.partitions[0].high_watermark >= self.next_offset

    def respond(self) -> None:
        self.pending.on_durable()
