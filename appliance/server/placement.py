"""Where partitions lie: ElectLeaders, reassignments, log dirs, as one broker answers them.

Each partition has one replica, here, on one volume: no election is needed, no reassignment is ever
under way, and there is no other log dir. Source: KIP-183, KIP-455, KIP-460, KIP-113.
"""

from typing import Any

from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.refused import Refused

_ALTER_REPLICA_LOG_DIRS = 34
_ELECT_LEADERS = 43
_ALTER_REASSIGNMENTS = 45
_LIST_REASSIGNMENTS = 46
_ELECTION_TYPES = (0, 1)  # preferred, unclean


def handle_elect_leaders(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer that the only replica leads; with null topics those are left out, as Kafka does."""
    message = messages.ElectLeadersResponse
    image = context.image
    is_known = version == 0 or request.election_type in _ELECTION_TYPES
    if request.topic_partitions is None:
        wanted = [(name, list[int]()) for name in sorted(image.topics_by_name)]
    else:
        wanted = [(topic.topic, topic.partitions) for topic in request.topic_partitions]
    results: list[Any] = []
    for name, indexes in wanted:
        lines: list[Any] = []
        for index in indexes:
            code, text = ErrorCode.ELECTION_NOT_NEEDED, "the only replica leads the partition"
            if not is_known:
                code = ErrorCode.INVALID_REQUEST
                text = f"unknown election type {request.election_type}"
            elif context.table.get(name, index) is None:
                code, text = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"no partition {name}-{index}"
            lines.append(
                message.PartitionResult(
                    partition_id=index, error_code=int(code), error_message=text
                )
            )
        results.append(message.ReplicaElectionResult(topic=name, partition_result=lines))
    response = message(
        throttle_time_ms=0,
        error_code=0 if is_known else int(ErrorCode.INVALID_REQUEST),
        replica_election_results=results,
    )
    slot.complete(*codec.encode_response_frame(_ELECT_LEADERS, version, correlation_id, response))


def handle_list_reassignments(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer that nothing is being moved."""
    response = messages.ListPartitionReassignmentsResponse(
        throttle_time_ms=0, error_code=0, error_message=None, topics=[]
    )
    slot.complete(
        *codec.encode_response_frame(_LIST_REASSIGNMENTS, version, correlation_id, response)
    )


def handle_alter_reassignments(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Accept what is so already; refuse other brokers, and cancelling what is not under way."""
    message = messages.AlterPartitionReassignmentsResponse
    topics: list[Any] = []
    for topic in request.topics:
        lines: list[Any] = []
        for line in topic.partitions:
            code, text = 0, None
            try:
                _check_reassignment(context, topic.name, line)
            except Refused as error:
                code, text = error.code, error.message
            lines.append(
                message.ReassignablePartitionResponse(
                    partition_index=line.partition_index, error_code=code, error_message=text
                )
            )
        topics.append(message.ReassignableTopicResponse(name=topic.name, partitions=lines))
    response = message(
        throttle_time_ms=0,
        allow_replication_factor_change=version == 0 or request.allow_replication_factor_change,
        error_code=0,
        error_message=None,
        responses=topics,
    )
    slot.complete(
        *codec.encode_response_frame(_ALTER_REASSIGNMENTS, version, correlation_id, response)
    )


def _check_reassignment(context: Context, name: str, line: Any) -> None:
    if context.table.get(name, line.partition_index) is None:
        raise Refused(
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"no partition {name}-{line.partition_index}"
        )
    brokers = line.replicas
    if brokers is None:
        raise Refused(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, "nothing is being moved")
    if not brokers:
        raise Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, "a partition needs a replica")
    if len(set(brokers)) != len(brokers):
        raise Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, "a broker is named twice")
    unknown = sorted(set(brokers) - {context.broker_id})
    if unknown:
        raise Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, f"unknown broker ids {unknown}")


def handle_alter_replica_log_dirs(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Accept the volume, where every partition lies; refuse every other place."""
    message = messages.AlterReplicaLogDirsResponse
    codes: dict[str, dict[int, int]] = {}
    for place in request.dirs:
        for topic in place.topics:
            for index in topic.partitions:
                if place.path != context.volume_path:
                    code = ErrorCode.LOG_DIR_NOT_FOUND
                elif context.table.get(topic.name, index) is None:
                    code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                else:
                    code = ErrorCode.NONE
                codes.setdefault(topic.name, {})[index] = int(code)
    results = [
        message.AlterReplicaLogDirTopicResult(
            topic_name=name,
            partitions=[
                message.AlterReplicaLogDirPartitionResult(partition_index=index, error_code=code)
                for index, code in lines.items()
            ],
        )
        for name, lines in codes.items()
    ]
    response = message(throttle_time_ms=0, results=results)
    slot.complete(
        *codec.encode_response_frame(_ALTER_REPLICA_LOG_DIRS, version, correlation_id, response)
    )
