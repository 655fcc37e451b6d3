"""ListOffsets and OffsetForLeaderEpoch. Source: KIP-79, KIP-207, KIP-320, KIP-734, KIP-405."""

from collections import Counter
from typing import Any

import trio

from appliance import limits
from appliance.objects.errors import CorruptObjectError, StoreError
from appliance.partition import Partition
from appliance.protocol import codec, messages
from appliance.protocol.batch import CorruptBatchError
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot, Waiting
from appliance.server.context import Context
from appliance.server.turns import Turns, complete

_LIST_OFFSETS = 2
_OFFSET_FOR_LEADER_EPOCH = 23

_EPOCH_VERSION = 4
"""First version of ListOffsets whose answer has a leader epoch."""

_LATEST = -1
_EARLIEST = -2
_MAX_TIMESTAMP = -3
_EARLIEST_LOCAL = -4
_LATEST_TIERED = -5
_EARLIEST_PENDING_UPLOAD = -6

_NEVER = 1 << 15
_SINCE_VERSION = {
    _LATEST: 0,
    _EARLIEST: 0,
    _MAX_TIMESTAMP: 7,
    _EARLIEST_LOCAL: 8,
    _LATEST_TIERED: 9,
    _EARLIEST_PENDING_UPLOAD: 11,
}
"""Special timestamps, and the request version from which each has its meaning."""

_Topic = messages.ListOffsetsResponse.ListOffsetsTopicResponse
_Partition = messages.ListOffsetsResponse.ListOffsetsPartitionResponse
_EpochTopic = messages.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult
_EpochEnd = messages.OffsetForLeaderEpochResponse.EpochEndOffset


async def handle(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer earliest and latest from memory; look timestamps up in the tail and in objects."""
    topics: list[Any] = []
    turns = Turns()
    # For all lines together: the client's patience is for its request.
    deadline = trio.current_time() + limits.STORE_READ_S_MAX
    for topic in request.topics:
        counts = Counter(line.partition_index for line in topic.partitions)
        lines: list[Any] = []
        for line in topic.partitions:
            await turns.count()
            count = counts.pop(line.partition_index, 0)
            if count > 1:
                lines.append(_refused(line.partition_index, ErrorCode.INVALID_REQUEST))
            elif count:
                lines.append(await _answer(context, topic.name, line, version, deadline))
        topics.append(_Topic(name=topic.name, partitions=lines))
    response = messages.ListOffsetsResponse(throttle_time_ms=0, topics=topics)
    await complete(slot, version, correlation_id, response, "topics", "partitions")


def _refused(index: int, code: ErrorCode) -> Any:
    return _Partition(
        partition_index=index, error_code=int(code), timestamp=-1, offset=-1, leader_epoch=-1
    )


async def _answer(context: Context, name: str, line: Any, version: int, deadline: float) -> Any:
    if line.timestamp < 0 and version < _SINCE_VERSION.get(line.timestamp, _NEVER):
        return _refused(line.partition_index, ErrorCode.UNSUPPORTED_VERSION)
    partition = context.table.get(name, line.partition_index)
    if partition is None:
        return _refused(line.partition_index, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
    epoch = line.current_leader_epoch
    if epoch >= 0 and epoch != partition.leader_epoch:
        fenced = epoch < partition.leader_epoch
        return _refused(
            line.partition_index,
            ErrorCode.FENCED_LEADER_EPOCH if fenced else ErrorCode.UNKNOWN_LEADER_EPOCH,
        )
    try:
        with trio.fail_at(deadline):
            offset, timestamp = await _lookup(context, partition, line.timestamp)
    except (StoreError, CorruptObjectError, CorruptBatchError, trio.TooSlowError):
        return _refused(line.partition_index, ErrorCode.KAFKA_STORAGE_ERROR)
    return _Partition(
        partition_index=line.partition_index,
        error_code=0,
        timestamp=timestamp,
        offset=offset,
        leader_epoch=partition.leader_epoch if offset >= 0 and version >= _EPOCH_VERSION else -1,
    )


async def _lookup(context: Context, partition: Partition, timestamp: int) -> tuple[int, int]:
    """Return (offset, timestamp) of Kafka's answer; -1 where there is none."""
    if timestamp == _LATEST:
        return partition.high_watermark, -1
    if timestamp in (_EARLIEST, _EARLIEST_LOCAL):
        return partition.log_start_offset, -1
    if timestamp == _LATEST_TIERED:
        is_any = partition.committed_end > partition.log_start_offset
        return partition.committed_end - 1 if is_any else -1, -1
    if timestamp == _EARLIEST_PENDING_UPLOAD:
        return max(partition.committed_end, partition.log_start_offset), -1
    if timestamp == _MAX_TIMESTAMP:
        found = await context.reads.find_max_timestamp(partition)
    else:
        found = await context.reads.find_timestamp(partition, timestamp)
    return found if found is not None else (-1, -1)


def handle_leader_epoch(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> Waiting | None:
    """Answer where an epoch ended, so that a consumer can validate its position."""
    topics: list[Any] = []
    for topic in request.topics:
        lines: list[Any] = []
        for line in topic.partitions:
            partition = context.table.get(topic.topic, line.partition)
            if partition is None:
                code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                epoch, end = -1, -1
            else:
                current = line.current_leader_epoch
                code = ErrorCode.NONE
                if 0 <= current < partition.leader_epoch:
                    code = ErrorCode.FENCED_LEADER_EPOCH
                elif current > partition.leader_epoch:
                    code = ErrorCode.UNKNOWN_LEADER_EPOCH
                unknown = code or line.leader_epoch < 0
                epoch, end = (-1, -1) if unknown else partition.epoch_end(line.leader_epoch)
            lines.append(
                _EpochEnd(
                    partition=line.partition,
                    error_code=int(code),
                    leader_epoch=epoch,
                    end_offset=end,
                )
            )
        topics.append(_EpochTopic(topic=topic.topic, partitions=lines))
    response = messages.OffsetForLeaderEpochResponse(throttle_time_ms=0, topics=topics)
    slot.complete(
        *codec.encode_response_frame(_OFFSET_FOR_LEADER_EPOCH, version, correlation_id, response)
    )
    return None
