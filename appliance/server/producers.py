"""DescribeProducers: what a partition remembers of idempotent producers (KIP-664)."""

from typing import Any

import trio

from appliance.metadata import topic_names
from appliance.partition import Partition
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context

_DESCRIBE_PRODUCERS = 61
_NO_TRANSACTION = -1

_Response = messages.DescribeProducersResponse


async def handle(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer the producers of each partition; others are served between two partitions."""
    wanted: dict[str, dict[int, None]] = {}
    for topic in request.topics:
        wanted.setdefault(topic.name, {}).update(dict.fromkeys(topic.partition_indexes))
    topics: list[Any] = []
    for name, indexes in wanted.items():
        lines: list[Any] = []
        for index in indexes:
            lines.append(_describe(context.table.get(name, index), name, index))
            await trio.lowlevel.checkpoint()
        topics.append(_Response.TopicResponse(name=name, partitions=lines))
    response = _Response(throttle_time_ms=0, topics=topics)
    slot.complete(
        *codec.encode_response_frame(_DESCRIBE_PRODUCERS, version, correlation_id, response)
    )


def _describe(partition: Partition | None, name: str, index: int) -> Any:
    if partition is None:
        reason = topic_names.invalid_reason(name)
        code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
        if reason is not None:
            code = ErrorCode.INVALID_TOPIC_EXCEPTION
        return _Response.PartitionResponse(
            partition_index=index,
            error_code=int(code),
            error_message=reason or "This server does not host this topic-partition.",
            active_producers=[],
        )
    return _Response.PartitionResponse(
        partition_index=index,
        error_code=0,
        error_message=None,
        active_producers=[
            _Response.ProducerState(
                producer_id=producer_id,
                producer_epoch=entry.epoch,
                last_sequence=entry.batches[-1][1] if entry.batches else -1,
                last_timestamp=entry.last_ms,
                coordinator_epoch=_NO_TRANSACTION,
                current_txn_start_offset=_NO_TRANSACTION,
            )
            for producer_id, entry in partition.producers.items()
        ],
    )
