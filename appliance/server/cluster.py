"""ApiVersions, Metadata, DescribeCluster, DescribeTopicPartitions, InitProducerId, log dirs."""

from collections.abc import Sequence
from typing import Any

import trio

from appliance import limits
from appliance.ids import PartitionId
from appliance.metadata import commands, topic_names
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server import quorum, topics
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.proposing import propose
from appliance.server.refused import Refused
from appliance.server.turns import Lines, Turns, complete, encode

_NO_OPERATIONS = -2147483648
_TOPIC_OPERATIONS = sum(1 << code for code in (3, 4, 5, 6, 7, 8, 10, 11))
_CLUSTER_OPERATIONS = sum(1 << code for code in (5, 7, 8, 9, 10, 11, 12))
"""What everybody may do as long as there are no ACLs; the bits are Kafka's AclOperation codes."""
_NO_TOPIC = bytes(16)
_DESCRIBED_MAX = 8
_RANGES_PER_LINE = 50  # of objects that are added up in the time of a line

_ADVERTISED: dict[int, tuple[int, int]] = {
    0: (0, 13),
    1: (4, 18),
    2: (1, 11),
    3: (0, 13),
    8: (2, 10),
    9: (1, 10),
    10: (0, 6),
    11: (0, 9),
    12: (0, 4),
    13: (0, 5),
    14: (0, 5),
    15: (0, 6),
    16: (0, 5),
    18: (0, 4),
    19: (2, 7),
    20: (1, 6),
    21: (0, 2),
    22: (0, 5),
    23: (2, 4),
    29: (1, 3),
    30: (1, 3),
    31: (1, 3),
    32: (1, 4),
    33: (0, 2),
    34: (1, 2),
    35: (1, 5),
    37: (0, 3),
    42: (0, 2),
    43: (0, 2),
    44: (0, 1),
    45: (0, 1),
    46: (0, 0),
    47: (0, 0),
    48: (0, 1),
    49: (0, 1),
    50: (0, 0),
    51: (0, 0),
    55: (0, 2),
    57: (0, 2),
    60: (0, 2),
    61: (0, 0),
    74: (0, 1),
    75: (0, 0),
}
"""What works here. Produce says 0 although 3 is the least: librdkafka otherwise drops its
compression codecs (KAFKA-18659). It drops lz4, too, where FindCoordinator is not advertised."""


def advertised() -> dict[int, tuple[int, int]]:
    """Return API key -> (lowest, highest) version as ApiVersions reports them."""
    return dict(_ADVERTISED)


def is_served(api_key: int, version: int) -> bool:
    """Whether a request of that key and version is handled."""
    bounds = _ADVERTISED.get(api_key)
    lowest = 3 if api_key == 0 else bounds[0] if bounds else 0
    return bounds is not None and lowest <= version <= bounds[1]


def handle_api_versions(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer what is served; an unknown version gets error 35 in a version 0 body (KIP-511)."""
    response_class = messages.ApiVersionsResponse
    code = ErrorCode.NONE
    if request is None:
        code, version = ErrorCode.UNSUPPORTED_VERSION, 0
    elif version >= 3:
        slot.connection.software = f"{request.client_software_name[:64]}"
        if not _is_software(request.client_software_name) or not _is_software(
            request.client_software_version
        ):
            code = ErrorCode.INVALID_REQUEST
    keys = [
        response_class.ApiVersion(api_key=key, min_version=low, max_version=high)
        for key, (low, high) in _ADVERTISED.items()
    ]
    response = response_class(
        error_code=int(code),
        api_keys=keys if code != ErrorCode.INVALID_REQUEST else [],
        throttle_time_ms=0,
        supported_features=[
            response_class.SupportedFeatureKey(name=name, min_version=level, max_version=level)
            for name, level in quorum.FEATURES.items()
        ],
        finalized_features_epoch=0,
        finalized_features=[
            response_class.FinalizedFeatureKey(
                name=name, min_version_level=level, max_version_level=level
            )
            for name, level in quorum.FEATURES.items()
        ],
    )
    slot.complete(*codec.encode_response_frame(18, version, correlation_id, response))


def _is_software(text: str) -> bool:
    """KIP-511: letters, digits, `-` and `.`, not at either end."""
    inner = text.replace("-", "a").replace(".", "a")
    ends = text[:1] + text[-1:]
    return bool(text) and inner.isascii() and inner.isalnum() and ends.isalnum()


async def handle_metadata(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """List topics by name or id; create missing ones when the client and the broker allow it."""
    operations = (
        _TOPIC_OPERATIONS
        if version >= 8 and request.include_topic_authorized_operations
        else _NO_OPERATIONS
    )
    cluster_operations = _cluster_operations(version, request)
    if request.topics is None or (version == 0 and not request.topics):
        body = await _described(context, version, operations, cluster_operations)
        slot.complete(*codec.frame_response(3, version, correlation_id, body))
        return
    found: list[Any] = []
    # Each once, as Kafka does: a name of few bytes may stand for 10,000 partitions.
    distinct = {
        (wanted.name, wanted.topic_id if wanted.name is None else _NO_TOPIC): wanted
        for wanted in request.topics
    }
    room = limits.TOPICS_PER_REQUEST_MAX
    turns = Turns()
    for wanted in distinct.values():
        await turns.count()
        missing = wanted.name is not None and wanted.name not in context.image.topics_by_name
        found.append(
            await _find_or_create(
                context, wanted, version, request, operations=operations, may_create=room > 0
            )
        )
        room -= missing
    response = _metadata(context, found, operations, cluster_operations)
    await complete(slot, version, correlation_id, response, "topics", "partitions")


async def _described(
    context: Context, version: int, operations: int, cluster_operations: int
) -> bytes:
    """Return the body that describes all topics, made once after each change.

    Clients ask for all of them again and again, and after a restart all at the same time.

    Cancellation: whoever waits for the same body makes it.
    """
    described = context.table.described  # A change puts another one in its place.
    key = (version, operations, cluster_operations)
    while isinstance(body := described.get(key), trio.Event):
        await body.wait()
    if body is not None:
        return body
    if len(described) >= _DESCRIBED_MAX:
        described.clear()
    described[key] = done = trio.Event()
    try:
        known = [topic for _, topic in sorted(context.image.topics_by_name.items())]
        response = _metadata(context, known, operations, cluster_operations)
        body = b"".join(await encode(response, version, "topics", "partitions"))
        described[key] = body
    finally:
        if described.get(key) is done:
            del described[key]
        done.set()
    return body


def _cluster_operations(version: int, request: Any) -> int:
    if 8 <= version <= 10 and request.include_cluster_authorized_operations:
        return _CLUSTER_OPERATIONS
    return _NO_OPERATIONS


def _metadata(context: Context, topics: list[Any], operations: int, cluster_operations: int) -> Any:
    """Return the answer about topics, or what is to be said where there is none."""
    answer = messages.MetadataResponse

    def line(topic: Any) -> Any:
        if isinstance(topic, answer.MetadataResponseTopic):
            return topic
        return _topic_line(context, topic, operations)

    return answer(
        throttle_time_ms=0,
        brokers=_brokers(context, answer.MetadataResponseBroker),
        cluster_id=context.cluster_id,
        controller_id=context.broker_id,
        topics=Lines(topics, line),
        cluster_authorized_operations=cluster_operations,
    )


def _brokers(context: Context, line: Any) -> list[Any]:
    return [line(node_id=context.broker_id, host=context.host, port=context.port, rack=None)]


async def _find_or_create(
    context: Context,
    wanted: Any,
    version: int,
    request: Any,
    *,
    operations: int,
    may_create: bool,
) -> Any:
    """Return a topic, or the line that says why there is none.

    A name without a topic has its operations, too: what is allowed hangs on names, and there are
    clients that cannot read a line without them.
    """
    image = context.image
    if wanted.name is None:
        by_id = image.topics_by_id.get(wanted.topic_id)
        if by_id is None:
            return messages.MetadataResponse.MetadataResponseTopic(
                error_code=int(ErrorCode.UNKNOWN_TOPIC_ID),
                name=None if version >= 12 else "",
                topic_id=wanted.topic_id,
                partitions=[],
                topic_authorized_operations=_NO_OPERATIONS,
            )
        return by_id
    name = wanted.name
    code = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    if name not in image.topics_by_name:
        if topic_names.invalid_reason(name) is not None:
            code = ErrorCode.INVALID_TOPIC_EXCEPTION
        elif (
            may_create
            and (version < 4 or request.allow_auto_topic_creation)
            and context.settings.auto_create_topics_enable
        ):
            code = await topics.auto_create(context, name)
            if name in context.deleted_names and code == ErrorCode.NONE:
                del context.deleted_names[name]
                return _no_topic(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, operations)
    topic = image.topics_by_name.get(name)
    return _no_topic(name, code, operations) if topic is None else topic


def _no_topic(name: str, code: ErrorCode, operations: int) -> Any:
    return messages.MetadataResponse.MetadataResponseTopic(
        error_code=int(code),
        name=name,
        topic_id=_NO_TOPIC,
        partitions=[],
        topic_authorized_operations=operations,
    )


def _topic_line(context: Context, topic: Any, operations: int) -> Any:
    partition_line = messages.MetadataResponse.MetadataResponsePartition
    replicas = [context.broker_id]
    return messages.MetadataResponse.MetadataResponseTopic(
        error_code=0,
        name=topic.name,
        topic_id=topic.topic_id,
        is_internal=topic.name in topic_names.INTERNAL,
        partitions=[
            partition_line(
                error_code=0,
                partition_index=index,
                leader_id=context.broker_id,
                leader_epoch=_leader_epoch(context, partition_id),
                replica_nodes=replicas,
                isr_nodes=replicas,
                offline_replicas=[],
            )
            for index, partition_id in enumerate(topic.partition_ids)
        ],
        topic_authorized_operations=operations,
    )


def _leader_epoch(context: Context, partition_id: PartitionId) -> int:
    known = context.image.partitions.get(partition_id)
    return known.leader_epoch if known is not None else -1  # Deleted between two turns.


async def handle_describe_cluster(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer the brokers and the cluster id (KIP-700)."""
    if version >= 1 and request.endpoint_type != 1:
        code = (
            ErrorCode.MISMATCHED_ENDPOINT_TYPE
            if request.endpoint_type == 2
            else ErrorCode.UNSUPPORTED_ENDPOINT_TYPE
        )
        response = messages.DescribeClusterResponse(
            error_code=int(code),
            error_message="this listener serves brokers, not controllers",
            endpoint_type=1,
            cluster_id=context.cluster_id,
            controller_id=-1,
            brokers=[],
        )
    else:
        line = messages.DescribeClusterResponse.DescribeClusterBroker
        response = messages.DescribeClusterResponse(
            endpoint_type=1,
            cluster_id=context.cluster_id,
            controller_id=context.broker_id,
            brokers=[
                line(broker_id=context.broker_id, host=context.host, port=context.port, rack=None)
            ],
            cluster_authorized_operations=_CLUSTER_OPERATIONS
            if request.include_cluster_authorized_operations
            else _NO_OPERATIONS,
        )
    slot.complete(*codec.encode_response_frame(60, version, correlation_id, response))


async def handle_describe_topic_partitions(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Page through topics and partitions in name order (KIP-966)."""
    message = messages.DescribeTopicPartitionsResponse
    names = sorted({topic.name for topic in request.topics})
    first_partition = 0
    if (cursor := request.cursor) is not None:
        if cursor.partition_index < 0 or (names and cursor.topic_name not in names):
            refused = [_page_topic(name, ErrorCode.INVALID_REQUEST) for name in names]
            response = message(throttle_time_ms=0, topics=refused, next_cursor=None)
            await complete(slot, version, correlation_id, response, "topics")
            return
        first_partition = cursor.partition_index
    if not names:
        names = sorted(context.image.topics_by_name)
    if cursor is not None:
        names = [name for name in names if name >= cursor.topic_name]
        if not names or names[0] != cursor.topic_name:
            first_partition = 0
    limit = min(max(request.response_partition_limit, 1), limits.DESCRIBED_PARTITIONS_MAX)
    topics, next_cursor = await _describe_some(context, names, first_partition, limit)
    response = message(throttle_time_ms=0, topics=topics, next_cursor=next_cursor)
    await complete(slot, version, correlation_id, response, "topics", "partitions")


async def _describe_some(
    context: Context, names: Sequence[str], first_partition: int, room: int
) -> tuple[list[Any], Any]:
    """Return lines of `room` partitions at most, and where the next page begins, if there is one.

    Args:
        names: of topics that may be there.
        first_partition: of the first topic.
    """
    message = messages.DescribeTopicPartitionsResponse
    lines: list[Any] = []
    turns = Turns()
    for name in names:
        if room <= 0:
            return lines, message.Cursor(topic_name=name, partition_index=0)
        await turns.count()
        topic = context.image.topics_by_name.get(name)
        if topic is None:
            is_bad = topic_names.invalid_reason(name) is not None
            lines.append(
                _page_topic(
                    name,
                    ErrorCode.INVALID_TOPIC_EXCEPTION
                    if is_bad
                    else ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    topic_authorized_operations=_TOPIC_OPERATIONS,
                )
            )
            continue
        count = len(topic.partition_ids)
        end = min(count, first_partition + room)
        indexes = range(first_partition, end)
        room -= len(indexes)
        await turns.count(len(indexes))
        lines.append(
            _page_topic(
                name,
                ErrorCode.NONE,
                topic_id=topic.topic_id,
                is_internal=name in topic_names.INTERNAL,
                partitions=[_page_partition(context, topic, index) for index in indexes],
                topic_authorized_operations=_TOPIC_OPERATIONS,
            )
        )
        if end < count:
            return lines, message.Cursor(topic_name=name, partition_index=end)
        first_partition = 0
    return lines, None


def _page_topic(
    name: str,
    code: ErrorCode,
    *,
    topic_id: bytes = _NO_TOPIC,
    partitions: Sequence[Any] = (),
    **fields: Any,
) -> Any:
    """Return one topic's line of a DescribeTopicPartitions answer."""
    return messages.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic(
        error_code=int(code), name=name, topic_id=topic_id, partitions=partitions, **fields
    )


def _page_partition(context: Context, topic: Any, index: int) -> Any:
    """Return one partition's line of a DescribeTopicPartitions answer."""
    replicas = [context.broker_id]
    return messages.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition(
        error_code=0,
        partition_index=index,
        leader_id=context.broker_id,
        leader_epoch=context.image.partitions[topic.partition_ids[index]].leader_epoch,
        replica_nodes=replicas,
        isr_nodes=replicas,
        eligible_leader_replicas=[],
        last_known_elr=[],
        offline_replicas=[],
    )


async def handle_init_producer_id(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Hand out a producer id, or bump the epoch of an idempotent producer (KIP-360)."""
    code, producer_id, epoch = ErrorCode.NONE, -1, -1
    if request.transactional_id is not None:
        code = ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
        if request.transactional_id == "":
            code = ErrorCode.INVALID_REQUEST
    elif version >= 3 and (request.producer_id < 0) != (request.producer_epoch < 0):
        code = ErrorCode.INVALID_REQUEST
    else:
        block = context.producer_ids
        if block[0] >= block[1]:
            try:
                # What Kafka says while it has no next block; old producers repeat at nothing else.
                first = await propose(
                    context,
                    commands.AllocateProducerIds(
                        broker_id=context.broker_id, count=limits.PRODUCER_ID_BLOCK
                    ),
                    not_leading=ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
                    outcome_unknown=ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
                )
                block[:] = [first, first + limits.PRODUCER_ID_BLOCK]
            except Refused as error:
                code = ErrorCode(error.code)
        if code == ErrorCode.NONE:
            producer_id, epoch = block[0], 0
            block[0] += 1
    response = messages.InitProducerIdResponse(
        throttle_time_ms=0, error_code=int(code), producer_id=producer_id, producer_epoch=epoch
    )
    slot.complete(*codec.encode_response_frame(22, version, correlation_id, response))


async def handle_describe_log_dirs(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer one log dir, the volume, with the bytes of each partition on it and in objects."""
    message = messages.DescribeLogDirsResponse
    wanted: dict[str, set[int]] | None = None
    if request.topics is not None:
        wanted = {topic.topic: set(topic.partitions) for topic in request.topics}
    lines: list[Any] = []
    turns = Turns()
    for name in sorted(context.image.topics_by_name):
        if wanted is not None and name not in wanted:
            continue
        topic = context.image.topics_by_name.get(name)
        partitions: list[Any] = []
        for index, partition_id in enumerate(topic.partition_ids if topic is not None else ()):
            if wanted is not None and index not in wanted[name]:
                continue
            known = context.image.partitions.get(partition_id)
            if known is None:
                break  # Deleted meanwhile.
            await turns.count(1 + len(known.objects) // _RANGES_PER_LINE)
            stored = sum(r.size for r in known.objects)
            partition = context.table.by_id(partition_id)
            tail = partition.tail_bytes() if partition is not None else 0
            partitions.append(
                message.DescribeLogDirsPartition(
                    partition_index=index, partition_size=stored + tail, offset_lag=0
                )
            )
        if partitions:
            lines.append(message.DescribeLogDirsTopic(name=name, partitions=partitions))
    volume = context.image.volume
    extent_bytes = volume.extent_bytes if volume is not None else 0
    result = message.DescribeLogDirsResult(
        error_code=0,
        log_dir=context.volume_path,
        topics=lines,
        total_bytes=extent_bytes * volume.extent_count if volume is not None else -1,
        usable_bytes=extent_bytes * context.image.free_extents if volume is not None else -1,
    )
    response = message(throttle_time_ms=0, error_code=0, results=[result])
    await complete(slot, version, correlation_id, response, "results", "topics")
