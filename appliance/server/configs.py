"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs (KIP-226, KIP-339)."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from appliance.coordinator import PARTITION_COUNT
from appliance.ids import BrokerId
from appliance.metadata import broker_configs, commands, topic_configs, topic_names
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode
from appliance.server import config_texts, loggers, named_configs
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.proposing import propose
from appliance.server.refused import Refused
from appliance.server.turns import Lines, Turns, complete
from appliance.settings import Settings

_TOPIC = 2
_BROKER = 4
_SOURCE_TOPIC = 1
_SOURCE_BROKER = 2
_SOURCE_ALL_BROKERS = 3
_SOURCE_STATIC_BROKER = 4
_SOURCE_DEFAULT = 5
_SOURCE_LOGGER = 6
_SOURCE_CLIENT_METRICS = 7
_SOURCE_GROUP = 8
_TYPES = {
    "UNKNOWN": 0,
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
    "group.coordinator.rebalance.protocols": ("classic", "LIST"),
    "log.retention.hours": ("168", "INT"),
    "offsets.topic.num.partitions": (str(PARTITION_COUNT), "INT"),
    "offsets.topic.replication.factor": ("1", "SHORT"),
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
            lines = _describe_topic(context, _known_topic(context, name), request)
        case 4:  # a broker
            if name == "":
                lines = _describe_all_brokers(context, request)
            else:
                _check_broker(context, name)
                lines = _describe_broker(context, request)
        case loggers.BROKER_LOGGER:
            _check_broker(context, name)
            lines = [_describe_logger(context, request)]
        case kind if kind in named_configs.KINDS and name != "":
            lines = _describe_named(context, kind, name, request)
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


def _describe_topic(context: Context, topic: Any, request: Any) -> list[Any]:
    overrides = dict(topic.configs)
    lines: list[Any] = []
    for name, config in sorted(topic_configs.CONFIGS.items()):
        synonyms: list[tuple[str, str, int]] = []
        if name in overrides:
            synonyms.append((name, overrides[name].strip(), _SOURCE_TOPIC))
        for broker_name in config.synonyms[:1]:
            synonyms += _dynamic(context, broker_name)
            # With several broker configs behind one topic config, the first has no default.
            if len(config.synonyms) == 1:
                synonyms.append((broker_name, config.default, _SOURCE_DEFAULT))
        value, source = config.default, _SOURCE_DEFAULT
        if synonyms:
            _, value, source = synonyms[0]
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


def _dynamic(context: Context, name: str) -> list[tuple[str, str, int]]:
    """Return (name, value, source) of a broker config that was altered, what counts most first."""
    configs = context.image.broker_configs
    found = [
        (name, configs.get(key, {}).get(name), source)
        for key, source in (
            (BrokerId(context.broker_id), _SOURCE_BROKER),
            (None, _SOURCE_ALL_BROKERS),
        )
    ]
    return [(name, value.strip(), source) for name, value, source in found if value is not None]


def _describe_all_brokers(context: Context, request: Any) -> list[Any]:
    """Return the cluster-wide defaults of dynamic configs, as far as they are set."""
    configs = context.image.broker_configs.get(None, {})
    return [
        _dynamic_line(context, name, [(name, value, _SOURCE_ALL_BROKERS)], request)
        for name, value in sorted(configs.items())
    ]


def _dynamic_line(
    context: Context, name: str, synonyms: list[tuple[str, str | None, int]], request: Any
) -> Any:
    """Return the line of a dynamic config; the value of an unknown one may be a secret."""
    kind = broker_configs.kind(name)
    text = config_texts.BROKER.get(name)
    if name in broker_configs.TOPIC_NAMES:
        text = config_texts.TOPIC[broker_configs.TOPIC_NAMES[name]]
    is_secret = kind is None
    if is_secret:
        synonyms = [(known, None, source) for known, _, source in synonyms]
    _, value, source = synonyms[0]
    return _line(
        name,
        value,
        kind or "UNKNOWN",
        source=source,
        synonyms=synonyms,
        text=text,
        request=request,
        is_sensitive=is_secret,
    )


def _describe_broker(context: Context, request: Any) -> list[Any]:
    """Return the node's own settings, the defaults it gives to topics, and what was altered."""
    found: dict[str, list[tuple[str, str | None, int]]] = {}
    for name, topic_name in broker_configs.TOPIC_NAMES.items():
        config = topic_configs.CONFIGS[topic_name]
        value = config.default if len(config.synonyms) == 1 else None
        found[name] = [(name, value, _SOURCE_DEFAULT)]
    for name, value in broker_configs.DEFAULTS.items():
        found[name] = [(name, value, _SOURCE_DEFAULT)]
    own = _own(context)
    defaults = Settings().broker_configs() | _FIXED
    for name, (value, kind) in own.items():
        is_default = defaults.get(name) == (value, kind)
        found[name] = [(name, value, _SOURCE_DEFAULT if is_default else _SOURCE_STATIC_BROKER)]
    for key in (None, BrokerId(context.broker_id)):
        for name in context.image.broker_configs.get(key, {}):
            found.setdefault(name, [])
    lines: list[Any] = []
    for name, known in sorted(found.items()):
        synonyms = [*_dynamic(context, name), *known]
        if name in broker_configs.NAMES or name not in own:
            lines.append(_dynamic_line(context, name, synonyms, request))
            continue
        value, kind = own[name]
        lines.append(
            _line(
                name,
                value,
                kind,
                source=synonyms[0][2],
                synonyms=synonyms,
                text=config_texts.BROKER[name],
                request=request,
                read_only=True,
            )
        )
    return lines


def _describe_named(context: Context, kind: int, name: str, request: Any) -> list[Any]:
    """Return the configs of a group or of client metrics, as they are set or by default."""
    is_group = kind == named_configs.GROUP
    source = _SOURCE_GROUP if is_group else _SOURCE_CLIENT_METRICS
    overrides = context.image.named_configs.get((kind, name), {})
    lines: list[Any] = []
    for key, config in named_configs.KINDS[kind].items():
        synonyms = [(key, overrides[key], source)] if key in overrides else []
        if is_group:
            synonyms.append((f"group.{key}", config.default, _SOURCE_DEFAULT))
        lines.append(
            _line(
                key,
                overrides.get(key, config.default),
                config.kind,
                source=source if key in overrides else _SOURCE_DEFAULT,
                synonyms=synonyms,
                text=config.text,
                request=request,
            )
        )
    return lines


def _describe_logger(context: Context, request: Any) -> Any:
    return _line(
        loggers.ROOT,
        loggers.level(context),
        "UNKNOWN",
        source=_SOURCE_LOGGER,
        synonyms=[],
        text="Least level of what is logged.",
        request=request,
    )


def _own(context: Context) -> dict[str, tuple[str, str]]:
    """Return (value, type) of the configs of this broker that the file or nobody sets."""
    own = context.settings.broker_configs() | _FIXED
    own["node.id"] = own["broker.id"]
    own["log.dirs"] = (context.volume_path, "LIST")
    return own


def _line(
    name: str,
    value: str | None,
    kind: str,
    *,
    source: int,
    synonyms: Sequence[tuple[str, str | None, int]],
    text: str | None,
    request: Any,
    read_only: bool = False,
    is_sensitive: bool = False,
) -> Any:
    message = messages.DescribeConfigsResponse
    return message.DescribeConfigsResourceResult(
        name=name,
        value=value,
        read_only=read_only,
        config_source=source,
        is_sensitive=is_sensitive,
        synonyms=[
            message.DescribeConfigsSynonym(name=known, value=its, source=where)
            # A default of nothing is no synonym.
            for known, its, where in (synonyms if request.include_synonyms else ())
            if its is not None or is_sensitive
        ],
        config_type=_TYPES[kind],
        documentation=text if request.include_documentation else None,
    )


async def handle_list_resources(
    context: Context, slot: Slot, version: int, correlation_id: int, request: Any
) -> None:
    """List what has configs here; version 0 asks for client metrics alone."""
    message = messages.ListConfigResourcesResponse
    image = context.image
    names: dict[int, list[str]] = {
        _TOPIC: sorted(image.topics_by_name),
        _BROKER: [str(context.broker_id)],
        loggers.BROKER_LOGGER: [str(context.broker_id)],
        **{kind: [] for kind in named_configs.KINDS},
    }
    for kind, name in sorted(image.named_configs):
        names[kind].append(name)
    metrics = [named_configs.CLIENT_METRICS]
    wanted = list(dict.fromkeys(request.resource_types)) if version >= 1 else metrics
    is_known = set(wanted) <= names.keys()
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
    """Replace all configs of topics or brokers (the older, non-incremental call)."""
    message = messages.AlterConfigsResponse
    lines: list[Any] = []
    twice = _named_twice(request)
    turns = Turns()
    for resource in request.resources:
        code, text = 0, None
        try:
            _check_once(twice, resource)
            target = _target(context, resource)
            wanted: dict[str, str] = {}
            for config in resource.configs:
                if config.name in wanted:
                    raise Refused(ErrorCode.INVALID_REQUEST, f"{config.name} is named twice")
                if config.value is None:
                    raise Refused(ErrorCode.INVALID_REQUEST, f"Null value for config {config.name}")
                wanted[config.name] = config.value
            delete = [name for name in target.configs if name not in wanted]
            await _apply(context, target, wanted, delete, validate_only=request.validate_only)
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
    """Set, delete, append to and subtract from single configs of topics or brokers."""
    message = messages.IncrementalAlterConfigsResponse
    lines: list[Any] = []
    twice = _named_twice(request)
    turns = Turns()
    for resource in request.resources:
        code, text = 0, None
        try:
            _check_once(twice, resource)
            await _increment(context, resource, validate_only=request.validate_only)
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


async def _increment(context: Context, resource: Any, *, validate_only: bool) -> None:
    if resource.resource_type == loggers.BROKER_LOGGER:
        _check_broker(context, resource.resource_name)
        loggers.alter(context, resource, validate_only=validate_only)
        return
    target = _target(context, resource)
    wanted, delete = _increments(target, resource)
    await _apply(context, target, wanted, delete, validate_only=validate_only)


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


class _Target(Protocol):
    """What configs are altered of."""

    @property
    def configs(self) -> Mapping[str, str]:
        """What is set now."""
        ...

    def kind(self, name: str) -> str | None:
        """Return the type of a config, None when it is not known."""
        ...

    def effective(self, name: str) -> str:
        """Return the value of a known config."""
        ...

    def check(self, wanted: dict[str, str], kept: dict[str, str]) -> None:
        """Raise `Refused` unless all may be set, next to those that stay."""
        ...

    def command(self, wanted: dict[str, str], delete: list[str]) -> Any:
        """Return the command that alters them."""
        ...


class _TopicTarget:
    def __init__(self, context: Context, topic: Any) -> None:
        self._name = topic.name
        self._defaults = broker_configs.topic_defaults(
            context.image.broker_configs, context.broker_id
        )
        self.configs: Mapping[str, str] = topic.configs

    def kind(self, name: str) -> str | None:
        known = topic_configs.CONFIGS.get(name)
        return None if known is None else str(known.type)

    def effective(self, name: str) -> str:
        return topic_configs.effective(self._defaults | dict(self.configs), name)

    def check(self, wanted: dict[str, str], kept: dict[str, str]) -> None:
        try:
            topic_configs.validate_all(kept | wanted)
        except topic_configs.InvalidConfigError as error:
            raise Refused(ErrorCode.INVALID_CONFIG, str(error)) from error

    def command(self, wanted: dict[str, str], delete: list[str]) -> Any:
        return commands.AlterTopicConfigs(name=self._name, set=wanted, delete=delete)


class _BrokerTarget:
    """Dynamic configs of this broker, or the cluster-wide defaults."""

    def __init__(self, context: Context, broker_id: BrokerId | None) -> None:
        self._context = context
        self._broker_id = broker_id
        self.configs: Mapping[str, str] = context.image.broker_configs.get(broker_id, {})

    def kind(self, name: str) -> str | None:
        return broker_configs.kind(name)

    def effective(self, name: str) -> str:
        found = _dynamic(self._context, name)
        topic_name = broker_configs.TOPIC_NAMES[name]  # there is no other one of a list
        return found[0][1] if found else topic_configs.CONFIGS[topic_name].default

    def check(self, wanted: dict[str, str], kept: dict[str, str]) -> None:
        static = frozenset(_own(self._context))
        try:
            for name, value in sorted(wanted.items()):
                broker_configs.check(name, value, static=static)
        except (broker_configs.StaticConfigError, broker_configs.InvalidValueError) as error:
            # Not INVALID_CONFIG, as in Kafka: its own comment calls that a mistake to keep.
            raise Refused(ErrorCode.INVALID_REQUEST, str(error)) from error

    def command(self, wanted: dict[str, str], delete: list[str]) -> Any:
        return commands.AlterBrokerConfigs(broker_id=self._broker_id, set=wanted, delete=delete)


class _NamedTarget:
    """A group, or client metrics."""

    def __init__(self, context: Context, resource_type: int, name: str) -> None:
        self._type = resource_type
        self._name = name
        self.configs: Mapping[str, str] = context.image.named_configs.get((resource_type, name), {})

    def kind(self, name: str) -> str | None:
        config = named_configs.KINDS[self._type].get(name)
        return None if config is None else config.kind

    def effective(self, name: str) -> str:
        return self.configs.get(name, "")

    def check(self, wanted: dict[str, str], kept: dict[str, str]) -> None:
        for name, value in sorted(wanted.items()):
            named_configs.check(self._type, name, value)

    def command(self, wanted: dict[str, str], delete: list[str]) -> Any:
        return commands.AlterNamedConfigs(
            resource_type=self._type, name=self._name, set=wanted, delete=delete
        )


def _target(context: Context, resource: Any) -> _Target:
    name = resource.resource_name
    if resource.resource_type in named_configs.KINDS and name != "":
        return _NamedTarget(context, resource.resource_type, name)
    if resource.resource_type == _BROKER:
        if name == "":
            return _BrokerTarget(context, None)
        _check_broker(context, name)
        return _BrokerTarget(context, BrokerId(context.broker_id))
    if resource.resource_type != _TOPIC:
        raise Refused(
            ErrorCode.INVALID_REQUEST, f"configs of type {resource.resource_type} are unknown"
        )
    if name == "":
        raise Refused(ErrorCode.INVALID_REQUEST, "there are no default configs of all topics")
    return _TopicTarget(context, _known_topic(context, name))


def _increments(target: _Target, resource: Any) -> tuple[dict[str, str], list[str]]:
    """Return (configs to set, names to delete) of an incremental request."""
    wanted: dict[str, str] = {}
    delete: list[str] = []
    seen: set[str] = set()
    for config in resource.configs:
        name = config.name
        if name in seen:
            raise Refused(ErrorCode.INVALID_REQUEST, f"Error due to duplicate config keys: {name}")
        seen.add(name)
        if config.config_operation == _DELETE:
            if name in target.configs:  # Nothing to delete is no error.
                delete.append(name)
            continue
        if config.value is None:
            raise Refused(ErrorCode.INVALID_REQUEST, f"Null value not supported for : {name}")
        if config.config_operation == _SET:
            wanted[name] = config.value
            continue
        if config.config_operation not in (_APPEND, _SUBTRACT):
            raise Refused(ErrorCode.INVALID_REQUEST, f"Unknown operation {config.config_operation}")
        if target.kind(name) != "LIST":
            raise Refused(
                ErrorCode.INVALID_CONFIG,
                f"Config value append or subtract is not allowed for config key: {name}",
            )
        parts = [part for part in target.effective(name).split(",") if part]
        given = [part.strip() for part in config.value.split(",") if part.strip()]
        if config.config_operation == _APPEND:
            parts += [part for part in given if part not in parts]
        else:
            parts = [part for part in parts if part not in given]
        wanted[name] = ",".join(parts)
    return wanted, delete


async def _apply(
    context: Context,
    target: _Target,
    wanted: dict[str, str],
    delete: list[str],
    *,
    validate_only: bool,
) -> None:
    kept = {name: value for name, value in target.configs.items() if name not in delete}
    target.check(wanted, kept)
    if validate_only or not (wanted or delete):
        return
    await propose(context, target.command(wanted, delete))
