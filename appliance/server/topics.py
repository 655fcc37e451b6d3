"""CreateTopics, DeleteTopics, CreatePartitions, and creation on first use."""

import copy
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import trio

from appliance import limits
from appliance.coordinator import PARTITION_COUNT
from appliance.ids import TopicId
from appliance.metadata import broker_configs, commands, topic_configs, topic_names
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.proposing import propose
from appliance.server.refused import Refused
from appliance.server.turns import Lines, complete

_NO_TOPIC = bytes(16)
_CONFIGS_VERSION = 5
"""First version of CreateTopics whose answer shows the configs."""
_OFFSETS_CONFIGS = {
    "cleanup.policy": "compact",
    "compression.type": "producer",
    "segment.bytes": "104857600",
}
_STRICT = {19: 6, 20: 5, 37: 3}
"""API key -> first version whose clients know THROTTLING_QUOTA_EXCEEDED (KIP-599)."""

_TOO_MANY = f"a request names at most {limits.TOPICS_PER_REQUEST_MAX} topics"


async def auto_create(context: Context, name: str) -> ErrorCode:
    """Create a topic on first use; NONE when it exists afterwards."""
    if name == topic_names.OFFSETS:
        return await create_offsets(context)
    if name in topic_names.INTERNAL:
        return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    if topic_names.unified(name) in topic_names.INTERNAL:
        return ErrorCode.INVALID_TOPIC_EXCEPTION
    return await _create_silently(context, name, context.settings.num_partitions, {})


async def create_offsets(context: Context) -> ErrorCode:
    """Create the topic of consumer groups, and coordinate them; NONE when it exists afterwards."""
    code = await _create_silently(context, topic_names.OFFSETS, PARTITION_COUNT, _OFFSETS_CONFIGS)
    context.groups.open()
    return code


async def _create_silently(
    context: Context, name: str, count: int, configs: dict[str, str]
) -> ErrorCode:
    command = commands.CreateTopic(
        name=name,
        topic_id=context.random_bytes(16),
        partitions=count,
        assignment=None,
        configs=configs,
        now_ms=context.now_ms(),
    )
    try:
        await propose(context, command)
    except Refused as error:
        exists = error.code == ErrorCode.TOPIC_ALREADY_EXISTS
        return ErrorCode.NONE if exists else ErrorCode(error.code)
    return ErrorCode.NONE


class _Quota:
    """How many partitions the client of one request may create or delete."""

    def __init__(self, context: Context, slot: Slot, version: int) -> None:
        self._throttle = context.throttle if context.image.client_quotas else None
        self._slot = slot
        self._version = version

    def take(self, count: int) -> None:
        """Count partitions, or refuse."""
        if self._throttle is None:
            return
        slot = self._slot
        is_strict = self._version >= _STRICT[slot.api_key]
        if self._throttle.on_mutation(slot.connection.client_id, count, is_strict=is_strict):
            return
        raise Refused(
            ErrorCode.THROTTLING_QUOTA_EXCEEDED, "The throttling quota has been exceeded."
        )

    def throttle(self) -> None:
        """Let the answer say when there is more, and the connection wait until then."""
        slot = self._slot
        if self._throttle is not None:
            wait_ms = self._throttle.mutation_throttle_ms(slot.connection.client_id)
            if wait_ms > (slot.throttle[1] if slot.throttle else 0):
                slot.throttle = (self._version, wait_ms)


async def handle_create(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Create topics, or only say whether they could be created."""
    message = messages.CreateTopicsResponse
    counts = Counter(topic.name for topic in request.topics)
    quota = _Quota(context, slot, version)
    overrides: dict[str, dict[str, str]] = {}

    async def create(topic: Any, place: int) -> Any:
        try:
            _check_place(place)
            if counts[topic.name] > 1:
                raise Refused(ErrorCode.INVALID_REQUEST, "topic is named twice in the request")
            return await _create(
                context, topic, overrides, quota=quota, validate_only=request.validate_only
            )
        except Refused as error:
            return message.CreatableTopicResult(
                name=topic.name,
                topic_id=_NO_TOPIC,
                error_code=error.code,
                error_message=error.message,
                num_partitions=-1,
                replication_factor=-1,
                configs=[],
            )

    distinct = {topic.name: topic for topic in request.topics}
    lines = await _side_by_side(create, distinct.values())
    quota.throttle()
    defaults = broker_configs.topic_defaults(context.image.broker_configs, context.broker_id)

    def show(line: Any) -> Any:
        if line.error_code or version < _CONFIGS_VERSION:
            return line
        shown = copy.copy(line)
        shown.configs = _config_lines(overrides[line.name], defaults)
        return shown

    response = message(throttle_time_ms=0, topics=Lines(lines, show))
    await complete(slot, version, correlation_id, response, "topics", "configs")


def _overrides(topic: Any) -> dict[str, str]:
    """Return the configs of a topic to be created."""
    configs: dict[str, str] = {}
    for config in topic.configs:
        if config.value is None:
            raise Refused(ErrorCode.INVALID_CONFIG, f"{config.name} has no value")
        configs[config.name] = config.value
    return configs


def _config_lines(overrides: dict[str, str], defaults: dict[str, str]) -> list[Any]:
    """Return all configs of a topic that was created, over the broker's defaults."""
    values = {**defaults, **overrides}
    return [
        messages.CreateTopicsResponse.CreatableTopicConfigs(
            name=name,
            value=topic_configs.effective(values, name),
            read_only=False,
            config_source=1 if name in overrides else 5,
            is_sensitive=False,
        )
        for name in sorted(topic_configs.CONFIGS)
    ]


async def _create(
    context: Context,
    topic: Any,
    overrides: dict[str, dict[str, str]],
    *,
    quota: _Quota,
    validate_only: bool,
) -> Any:
    """Create one topic; its configs go into `overrides`, to be shown later."""
    message = messages.CreateTopicsResponse
    reason = topic_names.invalid_reason(topic.name)
    if reason is not None:
        raise Refused(ErrorCode.INVALID_TOPIC_EXCEPTION, reason)
    if topic.name in context.image.topics_by_name:
        raise Refused(ErrorCode.TOPIC_ALREADY_EXISTS, f"Topic '{topic.name}' already exists.")
    _check_public(topic.name)
    if topic_names.unified(topic.name) in topic_names.INTERNAL:
        # It would collide with one that comes later, and then there were no groups for ever.
        raise Refused(
            ErrorCode.INVALID_TOPIC_EXCEPTION,
            f"Topic '{topic.name}' collides with existing topic: {topic_names.unified(topic.name)}",
        )
    count, assignment = _placement(context, topic)
    configs = overrides[topic.name] = _overrides(topic)
    _validate(configs)
    quota.take(count)
    topic_id = context.random_bytes(16)
    if not validate_only:
        command = commands.CreateTopic(
            name=topic.name,
            topic_id=topic_id,
            partitions=count,
            assignment=assignment,
            configs=configs,
            now_ms=context.now_ms(),
        )
        await propose(context, command)
    return message.CreatableTopicResult(
        name=topic.name,
        topic_id=_NO_TOPIC if validate_only else topic_id,
        error_code=0,
        error_message=None,
        num_partitions=count,
        replication_factor=1,
        configs=[],
    )


def _validate(configs: dict[str, str]) -> None:
    try:
        topic_configs.validate_all(configs)
    except topic_configs.InvalidConfigError as error:
        raise Refused(ErrorCode.INVALID_CONFIG, str(error)) from error


def _placement(context: Context, topic: Any) -> tuple[int, list[list[int]] | None]:
    """Return (partition count, manual assignment or None) of a topic to be created."""
    if topic.assignments:
        if topic.num_partitions != -1 or topic.replication_factor != -1:
            raise Refused(
                ErrorCode.INVALID_REQUEST,
                "num_partitions and replication_factor must be -1 with a manual assignment",
            )
        lines = {line.partition_index: line.broker_ids for line in topic.assignments}
        if sorted(lines) != list(range(len(topic.assignments))):
            raise Refused(
                ErrorCode.INVALID_REPLICA_ASSIGNMENT, "partitions must be 0 .. n-1, each once"
            )
        assignment = [lines[index] for index in range(len(lines))]
        for brokers in assignment:
            _check_brokers(context, brokers)
        _check_count(context, len(assignment), len(assignment))
        return len(assignment), assignment
    count = topic.num_partitions
    if count == -1:
        count = context.settings.num_partitions
    if count <= 0:
        raise Refused(ErrorCode.INVALID_PARTITIONS, "partition count must be positive or -1")
    if topic.replication_factor != -1:
        if topic.replication_factor <= 0:
            raise Refused(
                ErrorCode.INVALID_REPLICATION_FACTOR, "replication factor must be positive or -1"
            )
        if topic.replication_factor > 1:
            raise Refused(
                ErrorCode.INVALID_REPLICATION_FACTOR,
                f"replication factor {topic.replication_factor} is larger than the 1 broker of"
                " this cluster; durability comes from the volume and the object store",
            )
    _check_count(context, count, count)
    return count, None


def _check_public(name: str) -> None:
    """Refuse to change a topic that the cluster itself needs, and needs as it is."""
    if name in topic_names.INTERNAL:
        raise Refused(ErrorCode.INVALID_REQUEST, f"Topic '{name}' belongs to the cluster itself.")


def _check_place(number: int) -> None:
    """Refuse a topic that is the `number`-th of its request, when that is too many."""
    if number > limits.TOPICS_PER_REQUEST_MAX:
        raise Refused(ErrorCode.INVALID_REQUEST, _TOO_MANY)


def _check_count(context: Context, count: int, added: int) -> None:
    """Refuse a topic of `count` partitions, `added` of them new, when there would be too many."""
    if count > limits.PARTITIONS_PER_TOPIC_MAX:
        raise Refused(
            ErrorCode.INVALID_PARTITIONS,
            f"{count} partitions; at most {limits.PARTITIONS_PER_TOPIC_MAX} per topic",
        )
    reason = context.image.too_many_reason(added)
    if reason is not None:
        raise Refused(ErrorCode.INVALID_PARTITIONS, reason)


def _check_brokers(context: Context, brokers: list[int]) -> None:
    if not brokers or len(set(brokers)) != len(brokers):
        raise Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, "each partition needs distinct brokers")
    unknown = sorted(set(brokers) - {context.broker_id})
    if unknown:
        raise Refused(ErrorCode.INVALID_REPLICA_ASSIGNMENT, f"unknown broker ids {unknown}")


async def handle_delete(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Delete topics by name, or by id from version 6 on (KIP-516)."""
    message = messages.DeleteTopicsResponse
    wanted: list[tuple[str | None, bytes]] = (
        [(topic.name, topic.topic_id) for topic in request.topics]
        if version >= 6
        else [(name, _NO_TOPIC) for name in request.topic_names]
    )
    counts = Counter(wanted)
    quota = _Quota(context, slot, version)

    async def delete(topic: tuple[str | None, bytes], place: int) -> Any:
        name, topic_id = topic
        code, text = ErrorCode.NONE, None
        try:
            _check_place(place)
            if counts[topic] > 1:
                raise Refused(ErrorCode.INVALID_REQUEST, "topic is named twice in the request")
            found = _find(context, name, topic_id)
            name, topic_id = found.name, found.topic_id
            _check_public(name)
            quota.take(len(found.partition_ids))
            await propose(context, commands.DeleteTopic(topic_id=topic_id))
            context.parked.on_deleted(context.table.touched)
            context.groups.on_topic_deleted(name, len(found.partition_ids))
            remember_deleted(context.deleted_names, name)
        except Refused as error:
            code, text = ErrorCode(error.code), error.message
        return message.DeletableTopicResult(
            name=name, topic_id=topic_id, error_code=int(code), error_message=text
        )

    lines = await _side_by_side(delete, counts)
    quota.throttle()
    response = message(throttle_time_ms=0, responses=lines)
    await complete(slot, version, correlation_id, response, "responses")


def remember_deleted(names: dict[str, None], name: str) -> None:
    """Keep the name of a deleted topic, and forget the one deleted first above the bound."""
    names.pop(name, None)
    names[name] = None
    if len(names) > limits.DELETED_NAMES_MAX:
        del names[next(iter(names))]


async def handle_create_partitions(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Raise the partition count of topics (KIP-195)."""
    message = messages.CreatePartitionsResponse
    counts = Counter(topic.name for topic in request.topics)
    quota = _Quota(context, slot, version)

    async def grow(topic: Any, place: int) -> Any:
        code, text = 0, None
        try:
            _check_place(place)
            if counts[topic.name] > 1:
                raise Refused(ErrorCode.INVALID_REQUEST, "topic is named twice in the request")
            await _grow(context, topic, quota=quota, validate_only=request.validate_only)
        except Refused as error:
            code, text = error.code, error.message
        return message.CreatePartitionsTopicResult(
            name=topic.name, error_code=int(code), error_message=text
        )

    distinct = {topic.name: topic for topic in request.topics}
    lines = await _side_by_side(grow, distinct.values())
    quota.throttle()
    response = message(throttle_time_ms=0, results=lines)
    await complete(slot, version, correlation_id, response, "results")


async def _grow(context: Context, topic: Any, *, quota: _Quota, validate_only: bool) -> None:
    known = context.image.topics_by_name.get(topic.name)
    if known is None:
        raise Refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic.")
    _check_public(topic.name)
    have = len(known.partition_ids)
    if topic.count <= have:
        raise Refused(
            ErrorCode.INVALID_PARTITIONS,
            f"The topic {topic.name} currently has {have} partition(s); {topic.count} would not"
            " be an increase.",
        )
    _check_count(context, topic.count, topic.count - have)
    assignment = None
    if topic.assignments is not None:
        assignment = [line.broker_ids for line in topic.assignments]
        if len(assignment) != topic.count - have:
            raise Refused(
                ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                f"{topic.count - have} new partitions, but {len(assignment)} assignments",
            )
        for brokers in assignment:
            _check_brokers(context, brokers)
    quota.take(topic.count - have)
    if validate_only:
        return
    command = commands.CreatePartitions(name=topic.name, total=topic.count, assignment=assignment)
    await propose(context, command)


def _find(context: Context, name: str | None, topic_id: bytes) -> Any:
    """Return a topic's metadata by name or id."""
    if (name is None) == (topic_id == _NO_TOPIC):
        raise Refused(ErrorCode.INVALID_REQUEST, "give either a topic's name or its id")
    image = context.image
    if name is not None:
        found, code = image.topics_by_name.get(name), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
    else:
        found, code = image.topics_by_id.get(TopicId(topic_id)), ErrorCode.UNKNOWN_TOPIC_ID
    if found is None:
        raise Refused(code, "This server does not host this topic.")
    return found


async def _side_by_side(work: Callable[[Any, int], Awaitable[Any]], items: Iterable[Any]) -> list:
    """Work on many items at once and return the results in their order.

    Their metadata commands share a flush of the Raft journal. `work` gets an item and its place,
    which counts from 1.
    """
    results: dict[int, Any] = {}
    waiting = enumerate(items, start=1)

    async def run() -> None:
        for place, item in waiting:
            results[place] = await work(item, place)
            # Most of what is refused is refused without a pause.
            await trio.lowlevel.checkpoint()

    async with trio.open_nursery() as nursery:
        for _ in range(limits.TOPICS_AT_ONCE_MAX):
            nursery.start_soon(run)
    return [results[place] for place in sorted(results)]
