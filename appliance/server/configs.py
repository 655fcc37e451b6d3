"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs (KIP-226, KIP-339)."""

from typing import Any

from appliance.metadata import Rejected, commands, topic_configs
from appliance.protocol import codec, messages
from appliance.protocol.errors import ErrorCode
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.refused import Refused

_TOPIC = 2
_BROKER = 4
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


async def handle_describe(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Answer the effective configs of topics and of this broker."""
    message = messages.DescribeConfigsResponse
    lines: list[Any] = []
    # Each once: a resource of few bytes is answered with some thousand.
    distinct = {(r.resource_type, r.resource_name): r for r in request.resources}
    for resource in distinct.values():
        code, text, configs = 0, None, list[Any]()
        try:
            configs = _describe(context, resource, request)
        except Refused as error:
            code, text = error.code, error.message
        lines.append(
            message.DescribeConfigsResult(
                error_code=code,
                error_message=text,
                resource_type=resource.resource_type,
                resource_name=resource.resource_name,
                configs=configs,
            )
        )
    response = message(throttle_time_ms=0, results=lines)
    slot.complete(*codec.encode_response_frame(32, version, correlation_id, response))


def _describe(context: Context, resource: Any, request: Any) -> list[Any]:
    message = messages.DescribeConfigsResponse
    wanted = None if resource.configuration_keys is None else set(resource.configuration_keys)
    lines: list[Any] = []
    if resource.resource_type == _TOPIC:
        topic = context.image.topics_by_name.get(resource.resource_name)
        if topic is None:
            raise Refused(
                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic."
            )
        overrides = dict(topic.configs)
        for name, config in sorted(topic_configs.CONFIGS.items()):
            if wanted is not None and name not in wanted:
                continue
            source = _SOURCE_TOPIC if name in overrides else _SOURCE_DEFAULT
            value = topic_configs.effective(overrides, name)
            synonyms: list[Any] = []
            if request.include_synonyms:
                if name in overrides:
                    synonyms.append(
                        message.DescribeConfigsSynonym(name=name, value=value, source=_SOURCE_TOPIC)
                    )
                synonyms.append(
                    message.DescribeConfigsSynonym(
                        name=name,
                        value=topic_configs.effective({}, name),
                        source=_SOURCE_DEFAULT,
                    )
                )
            lines.append(
                message.DescribeConfigsResourceResult(
                    name=name,
                    value=value,
                    read_only=False,
                    config_source=source,
                    is_sensitive=False,
                    synonyms=synonyms,
                    config_type=_TYPES.get(str(config.type), 0),
                    documentation=None,
                )
            )
        return lines
    if resource.resource_type == _BROKER:
        if resource.resource_name not in ("", str(context.broker_id)):
            raise Refused(
                ErrorCode.INVALID_REQUEST,
                f"Unexpected broker id, expected {context.broker_id}, but received"
                f" {resource.resource_name}",
            )
        if resource.resource_name == "":
            return []
        for name, (value, kind) in sorted(context.settings.broker_configs().items()):
            if wanted is None or name in wanted:
                lines.append(
                    message.DescribeConfigsResourceResult(
                        name=name,
                        value=value,
                        read_only=True,
                        config_source=_SOURCE_STATIC_BROKER,
                        is_sensitive=False,
                        synonyms=[],
                        config_type=_TYPES[kind],
                        documentation=None,
                    )
                )
        return lines
    raise Refused(ErrorCode.INVALID_REQUEST, f"Unsupported resource type: {resource.resource_type}")


async def handle_alter(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Replace all configs of topics (the older, non-incremental call)."""
    message = messages.AlterConfigsResponse
    lines: list[Any] = []
    for resource in request.resources:
        code, text = 0, None
        try:
            topic = _topic(context, resource)
            wanted: dict[str, str] = {}
            for config in resource.configs:
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
    response = message(throttle_time_ms=0, responses=lines)
    slot.complete(*codec.encode_response_frame(33, version, correlation_id, response))


async def handle_incremental_alter(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """Set, delete, append to and subtract from single configs of topics."""
    message = messages.IncrementalAlterConfigsResponse
    lines: list[Any] = []
    for resource in request.resources:
        code, text = 0, None
        try:
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
    response = message(throttle_time_ms=0, responses=lines)
    slot.complete(*codec.encode_response_frame(44, version, correlation_id, response))


def _topic(context: Context, resource: Any) -> Any:
    if resource.resource_type == _BROKER:
        raise Refused(
            ErrorCode.INVALID_REQUEST,
            "broker configs are set in the configuration file; they cannot be altered here yet",
        )
    if resource.resource_type != _TOPIC:
        raise Refused(
            ErrorCode.INVALID_REQUEST, f"Unsupported resource type: {resource.resource_type}"
        )
    topic = context.image.topics_by_name.get(resource.resource_name)
    if topic is None:
        raise Refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic.")
    return topic


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
            if known is None:
                raise Refused(ErrorCode.INVALID_CONFIG, f"Unknown topic config name: {name}")
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
    for name, value in sorted(wanted.items()):
        try:
            topic_configs.validate(name, value)
        except topic_configs.InvalidConfigError as error:
            raise Refused(ErrorCode.INVALID_CONFIG, str(error)) from error
    if validate_only:
        return
    command = commands.AlterTopicConfigs(name=resource.resource_name, set=wanted, delete=delete)
    try:
        await context.propose(command)
    except Rejected as error:
        raise Refused(error.error_code, error.message) from error
