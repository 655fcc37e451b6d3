"""DeleteRecords: raises the log start of partitions (KIP-107).

The answer comes after the metadata holds the new log start: what was deleted stays deleted. Whole
objects below it are marked and go with the next round of deletions; the unsaved tail below it is
never uploaded.
"""

from typing import Any

from appliance.metadata import commands
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.proposing import propose
from appliance.server.refused import Refused

_DELETE_RECORDS = 21
_HIGH_WATERMARK = -1
_INTERNAL_TOPICS = frozenset(("__consumer_offsets", "__transaction_state", "__share_group_state"))

_Topic = messages.DeleteRecordsResponse.DeleteRecordsTopicResult
_Partition = messages.DeleteRecordsResponse.DeleteRecordsPartitionResult


async def handle(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Delete records below an offset, or below the high watermark; answers the new log starts."""
    wanted: dict[str, dict[int, int]] = {}
    for topic in request.topics:
        lines = wanted.setdefault(topic.name, {})
        lines |= {line.partition_index: line.offset for line in topic.partitions}
    topics: list[Any] = []
    for name, lines in wanted.items():
        answers: list[Any] = []
        for index, offset in lines.items():
            code, low_watermark = 0, -1
            try:
                low_watermark = await _delete(context, name, index, offset)
            except Refused as error:
                code = error.code
            answers.append(
                _Partition(partition_index=index, low_watermark=low_watermark, error_code=code)
            )
        topics.append(_Topic(name=name, partitions=answers))
    response = messages.DeleteRecordsResponse(throttle_time_ms=0, topics=topics)
    slot.complete(*codec.encode_response_frame(_DELETE_RECORDS, version, correlation_id, response))


async def _delete(context: Context, name: str, index: int, offset: int) -> int:
    """Raise one log start; returns where it is then, which is higher when it was so before."""
    if name in _INTERNAL_TOPICS:
        raise Refused(ErrorCode.INVALID_TOPIC_EXCEPTION, "the topic is internal")
    partition = context.table.get(name, index)
    if partition is None:
        raise Refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "this node does not serve it")
    if not partition.settings.deletes:
        raise Refused(ErrorCode.POLICY_VIOLATION, "cleanup.policy does not hold delete")
    if offset == _HIGH_WATERMARK:
        offset = partition.high_watermark
    if not 0 <= offset <= partition.high_watermark:
        raise Refused(ErrorCode.OFFSET_OUT_OF_RANGE, "above the high watermark, or negative")
    if offset > partition.log_start_offset:
        command = commands.DeleteRecords(
            partition_id=partition.partition_id, log_start_offset=offset
        )
        # The request goes to the leader of a partition: clients would not look for a controller.
        await propose(context, command, not_leading=ErrorCode.NOT_LEADER_OR_FOLLOWER)
        # Readers that wait below it are told now; no commit may follow.
        context.parked.on_deleted(context.table.touched)
    return partition.log_start_offset
