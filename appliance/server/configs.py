"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs (KIP-226, KIP-339)."""

from typing import Any

from appliance.coordinator import PARTITION_COUNT
from appliance.metadata import Rejected, commands, topic_configs, topic_names
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode
from appliance.server import config_texts
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.refused import Refused
from appliance.server.turns import Lines, Turns, complete

_TOPIC = 2
_BROKER = 4
_BROKER_LOGGER = 8
_CLIENT_METRICS = 16
_GROUP = 32
_WITHOUT_RESOURCES = (_BROKER_LOGGER, _CLIENT_METRICS, _GROUP)
"""Broker loggers, client metrics and groups: known types, of which nothing can be configured."""
_SOURCE_TOPIC = 1
_SOURCE_STATIC_BROKER = 4
_SOURCE_DEFAULT = 5
_TYPES = {
    "BOOLEAN": 1,
    "STRING": 2,
    "INT": 3,
    "SHORT": 4,
    "LONG": 5,
    "DOUBLE": 6,
    "LIST": 7,
    "CLASS": 8,
    "PASSWORD": 9,
}
_SET, _DELETE, _APPEND, _SUBTRACT = range(4)
_FIXED = {
    "default.replication.factor": ("1", "INT"),
    "delete.topic.enable": ("true", "BOOLEAN"),
    "log.retention.hours": ("168", "INT"),
    "offsets.topic.num.partitions": (str(PARTITION_COUNT), "INT"),
}
"""Broker configs of Kafka that hold here and cannot be set: name -> (value, type)."""


async def handle_describe(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer the effective configs of topics and of this broker."""
    message = messages.DescribeConfigsResponse

    def line(resource: Any) -> Any:
        code, text, configs = 0, None, list[Any]()
        try:
            configs = _describe(context, resource, request)
        except Refused as error:
            code, text = error.code, error.message
        return message.DescribeConfigsResult(
            error_code=code,
            error_message=text,
            resource_type=resource.resource_type,
            resource_name=resource.resource_name,
            configs=configs,
        )

    # Each once: a resource of few bytes is answered with some thousand.
    distinct = {(r.resource_type, r.resource_name): r for r in request.resources}
    response = message(throttle_time_ms=0, results=Lines(distinct.values(), line))
    await complete(slot, version, correlation_id, response, "results", "configs")


def _describe(context: Context, resource: Any, request: Any) -> list[Any]:
    name = resource.resource_name
    match resource.resource_type:
        case 2:  # a topic
            lines = _describe_topic(_known_topic(context, name), request)
        case 4:  # a broker
            if name == "":
                return []  # Cluster-wide dynamic defaults: there are none.
            _check_broker(context, name)
            lines = _describe_broker(context, request)
        case kind if kind in _WITHOUT_RESOURCES and name != "":
            if kind == _BROKER_LOGGER:
                _check_broker(context, name)
            return []
        case _:
            raise Refused(
                ErrorCode.INVALID_REQUEST, f"configs of type {resource.resource_type} are unknown"
            )
    wanted = set(resource.configuration_keys or ())
    return [line for line in lines if not wanted or line.name in wanted]


def _known_topic(context: Context, name: str) -> Any:
    reason = topic_names.invalid_reason(name)
    if reason is not None:
        raise Refused(ErrorCode.INVALID_TOPIC_EXCEPTION, reason)
    topic = context.image.topics_by_name.get(name)
    if topic is None:
        raise Refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, f"topic '{name}' does not exist")
    return topic


def _check_broker(context: Context, name: str) -> None:
    if name != str(context.broker_id):
        raise Refused(
            ErrorCode.INVALID_REQUEST,
            f"this is broker {context.broker_id}, the request names {name!r}",
        )


def _describe_topic(topic: Any, request: Any) -> list[Any]:
    overrides = dict(topic.configs)
    lines: list[Any] = []
    for name, config in sorted(topic_configs.CONFIGS.items()):
        value = topic_configs.effective(overrides, name)
        synonyms: list[tuple[str, str, int]] = []
        if name in overrides:
            synonyms.append((name, value, _SOURCE_TOPIC))
        # With several broker configs behind one topic config, the first has no default.
        if len(config.synonyms) == 1:
            synonyms.append((config.synonyms[0], config.default, _SOURCE_DEFAULT))
        source = _SOURCE_TOPIC if name in overrides else _SOURCE_DEFAULT
        lines.append(
            _line(
                name,
                value,
                str(config.type),
                source=source,
                synonyms=synonyms,
                text=config_texts.TOPIC[name],
                request=request,
            )
        )
    return lines


def _describe_broker(context: Context, request: Any) -> list[Any]:
    """Return the node's own settings, and the defaults it gives to topics."""
    lines: list[Any] = []
    for config in topic_configs.CONFIGS.values():
        for name in config.synonyms[:1]:
            value = config.default if len(config.synonyms) == 1 else None
            lines.append(
                _line(
                    name,
                    value,
                    str(config.type),
                    source=_SOURCE_DEFAULT,
                    synonyms=[] if value is None else [(name, value, _SOURCE_DEFAULT)],
                    text=config_texts.TOPIC[config.name],
                    request=request,
                    read_only=True,
                )
            )
    own = context.settings.broker_configs() | _FIXED
    own["node.id"] = own["broker.id"]
    for name, (value, kind) in own.items():
        source = _SOURCE_DEFAULT if name in _FIXED else _SOURCE_STATIC_BROKER
        lines.append(
            _line(
                name,
                value,
                kind,
                source=source,
                synonyms=[(name, value, source)],
                text=config_texts.BROKER[name],
                request=request,
                read_only=True,
            )
        )
    return sorted(lines, key=lambda line: line.name)


def _line(
    name: str,
    value: str | None,
    kind: str,
    *,
    source: int,
    synonyms: list[tuple[str, str, int]],
    text: str,
    request: Any,
    read_only: bool = False,
) -> Any:
    message = messages.DescribeConfigsResponse
    return message.DescribeConfigsResourceResult(
        name=name,
        value=value,
        read_only=read_only,
        config_source=source,
        is_sensitive=False,
        synonyms=[
            message.DescribeConfigsSynonym(name=known, value=its, source=where)
            for known, its, where in (synonyms if request.include_synonyms else ())
        ],
        config_type=_TYPES[kind],
        documentation=text if request.include_documentation else None,
    )


async def handle_list_resources(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """List what has configs here; version 0 asks for client metrics, of which there are none."""
    message = messages.ListConfigResourcesResponse
    names = {_TOPIC: sorted(context.image.topics_by_name), _BROKER: [str(context.broker_id)]}
    wanted = list(dict.fromkeys(request.resource_types)) if version >= 1 else [_CLIENT_METRICS]
    is_known = set(wanted) <= {*names, *_WITHOUT_RESOURCES}
    resources = [
        message.ConfigResource(resource_name=name, resource_type=kind)
        for kind in (wanted or names if is_known else ())
        for name in names.get(kind, ())
    ]
    response = message(
        throttle_time_ms=0,
        error_code=0 if is_known else int(ErrorCode.UNSUPPORTED_VERSION),
        config_resources=resources,
    )
    await complete(slot, version, correlation_id, response, "config_resources")


async def handle_alter(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Replace all configs of topics (the older, non-incremental call)."""
    message = messages.AlterConfigsResponse
    lines: list[Any] = []
    twice = _named_twice(request)
    turns = Turns()
    for resource in request.resources:
        code, text = 0, None
        try:
            _check_once(twice, resource)
            topic = _topic(context, resource)
            wanted: dict[str, str] = {}
            for config in resource.configs:
                if config.name in wanted:
                    raise Refused(ErrorCode.INVALID_REQUEST, f"{config.name} is named twice")
                if config.value is None:
                    raise Refused(ErrorCode.INVALID_REQUEST, f"Null value for config {config.name}")
                wanted[config.name] = config.value
            delete = [name for name in dict(topic.configs) if name not in wanted]
            await _apply(context, resource, wanted, delete, validate_only=request.validate_only)
        except Refused as error:
            code, text = error.code, error.message
        lines.append(
            message.AlterConfigsResourceResponse(
                error_code=code,
                error_message=text,
                resource_type=resource.resource_type,
                resource_name=resource.resource_name,
            )
        )
        await turns.count()
    response = message(throttle_time_ms=0, responses=lines)
    await complete(slot, version, correlation_id, response, "responses")


async def handle_incremental_alter(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Set, delete, append to and subtract from single configs of topics."""
    message = messages.IncrementalAlterConfigsResponse
    lines: list[Any] = []
    twice = _named_twice(request)
    turns = Turns()
    for resource in request.resources:
        code, text = 0, None
        try:
            _check_once(twice, resource)
            if _deletes_nothing(resource):
                if resource.resource_name != "":
                    _check_broker(context, resource.resource_name)
            else:
                wanted, delete = _increments(context, resource)
                await _apply(context, resource, wanted, delete, validate_only=request.validate_only)
        except Refused as error:
            code, text = error.code, error.message
        lines.append(
            message.AlterConfigsResourceResponse(
                error_code=code,
                error_message=text,
                resource_type=resource.resource_type,
                resource_name=resource.resource_name,
            )
        )
        await turns.count()
    response = message(throttle_time_ms=0, responses=lines)
    await complete(slot, version, correlation_id, response, "responses")


def _deletes_nothing(resource: Any) -> bool:
    """Whether a broker's dynamic configs are to be deleted: there are none, so that is success."""
    return resource.resource_type == _BROKER and all(
        config.config_operation == _DELETE for config in resource.configs
    )


def _named_twice(request: Any) -> set[tuple[int, str]]:
    seen: set[tuple[int, str]] = set()
    twice: set[tuple[int, str]] = set()
    for resource in request.resources:
        key = (resource.resource_type, resource.resource_name)
        (twice if key in seen else seen).add(key)
    return twice


def _check_once(twice: set[tuple[int, str]], resource: Any) -> None:
    if (resource.resource_type, resource.resource_name) in twice:
        raise Refused(ErrorCode.INVALID_REQUEST, "a resource is named twice in the request")


def _topic(context: Context, resource: Any) -> Any:
    name = resource.resource_name
    if resource.resource_type == _BROKER:
        if name != "":
            _check_broker(context, name)
        raise Refused(
            ErrorCode.INVALID_REQUEST,
            "broker configs are set in the configuration file; they cannot be altered here yet",
        )
    if resource.resource_type != _TOPIC:
        raise Refused(
            ErrorCode.INVALID_REQUEST, f"configs of type {resource.resource_type} are unknown"
        )
    if name == "":
        raise Refused(ErrorCode.INVALID_REQUEST, "there are no default configs of all topics")
    return _known_topic(context, name)


def _increments(context: Context, resource: Any) -> tuple[dict[str, str], list[str]]:
    """Return (configs to set, names to delete) of an incremental request."""
    overrides = dict(_topic(context, resource).configs)
    wanted: dict[str, str] = {}
    delete: list[str] = []
    seen: set[str] = set()
    for config in resource.configs:
        name = config.name
        if name in seen:
            raise Refused(ErrorCode.INVALID_REQUEST, f"Error due to duplicate config keys: {name}")
        seen.add(name)
        known = topic_configs.CONFIGS.get(name)
        if config.config_operation == _DELETE:
            if known is not None:  # Nothing to delete is no error.
                delete.append(name)
            continue
        if config.value is None:
            raise Refused(ErrorCode.INVALID_REQUEST, f"Null value not supported for : {name}")
        if config.config_operation == _SET:
            wanted[name] = config.value
            continue
        if config.config_operation not in (_APPEND, _SUBTRACT):
            raise Refused(ErrorCode.INVALID_REQUEST, f"Unknown operation {config.config_operation}")
        if known is None or str(known.type) != "LIST":
            raise Refused(
                ErrorCode.INVALID_CONFIG,
                f"Config value append or subtract is not allowed for config key: {name}",
            )
        current = topic_configs.effective(overrides, name) or ""
        parts = [part for part in current.split(",") if part]
        given = [part.strip() for part in config.value.split(",") if part.strip()]
        if config.config_operation == _APPEND:
            parts += [part for part in given if part not in parts]
        else:
            parts = [part for part in parts if part not in given]
        wanted[name] = ",".join(parts)
    return wanted, delete


async def _apply(
    context: Context,
    resource: Any,
    wanted: dict[str, str],
    delete: list[str],
    *,
    validate_only: bool,
) -> None:
    kept = {
        name: value
        for name, value in _topic(context, resource).configs.items()
        if name not in delete
    }
    try:
        topic_configs.validate_all(kept | wanted)
    except topic_configs.InvalidConfigError as error:
        raise Refused(ErrorCode.INVALID_CONFIG, str(error)) from error
    if validate_only:
        return
    command = commands.AlterTopicConfigs(name=resource.resource_name, set=wanted, delete=delete)
    try:
        await context.propose(command)
    except Rejected as error:
        raise Refused(error.error_code, error.message) from error
