"""Topic configs of Kafka 4.3: names, types, defaults, ranges, synonyms, and what has effect here.

Every name is accepted with a valid value, so that existing tools and clients work; those outside
`EFFECTIVE_NAMES` are stored and shown, and change nothing.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

_I32 = (-(1 << 31), (1 << 31) - 1)
_I64 = (-(1 << 63), (1 << 63) - 1)
_INTEGER = re.compile(r"[+-]?[0-9]{1,40}")
_DOUBLE = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,4})?")
_REPLICAS = re.compile(r"[0-9]{1,10}:[0-9]{1,10}")


class InvalidConfigError(ValueError):
    """A config name that is not known or a value that does not fit; the text is Kafka's."""


class ConfigType(StrEnum):
    """Kafka's config types, as they are spelt."""

    BOOLEAN = "BOOLEAN"
    STRING = "STRING"
    INT = "INT"
    LONG = "LONG"
    DOUBLE = "DOUBLE"
    LIST = "LIST"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicConfig:
    """One topic config.

    Attributes:
        type: decides how a value is parsed.
        default: as Kafka writes it.
        low, high: inclusive bounds of a number; None for none beyond the type's.
        values: allowed strings, or allowed members of a list; empty for any.
        further: a check beyond those, `value -> reason or None`.
        synonyms: broker configs that give the default of all topics in Kafka, best first.
        has_effect: whether this product acts on it.
    """

    name: str
    type: ConfigType
    default: str
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    further: Callable[[str], str | None] | None = None
    synonyms: tuple[str, ...] = ()
    has_effect: bool = False


def _throttled_reason(value: str) -> str | None:
    items = _items(value)
    if not items or items == ["*"] or all(map(_REPLICAS.fullmatch, items)):
        return None
    return (
        "Must be the literal '*' or a list of replicas in the following format:"
        " [partitionId]:[brokerId],[partitionId]:[brokerId],..."
    )


def _gzip_level_reason(value: str) -> str | None:
    if int(value) == -1 or 1 <= int(value) <= 9:
        return None
    return "Value must be between 1 and 9 or equal to -1"


def _no_tiers_reason(value: str) -> str | None:
    if value.strip().lower() != "true":
        return None
    return (
        "Tiered Storage functionality is disabled in the broker: every topic is kept in the"
        " object store anyway"
    )


def _row(
    name: str,
    kind: str,
    default: str,
    *synonyms: str,
    low: float | None = None,
    high: float | None = None,
    values: tuple[str, ...] = (),
    further: Callable[[str], str | None] | None = None,
    has_effect: bool = False,
) -> TopicConfig:
    return TopicConfig(
        name=name,
        type=ConfigType(kind),
        default=default,
        low=low,
        high=high,
        values=values,
        further=further,
        synonyms=synonyms,
        has_effect=has_effect,
    )


_MAX = str(_I64[1])
_COMPRESSIONS = ("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer")
_TABLE = (
    _row("cleanup.policy", "LIST", "delete", "log.cleanup.policy", values=("compact", "delete"),
         has_effect=True),
    _row("compression.gzip.level", "INT", "-1", "compression.gzip.level",
         further=_gzip_level_reason),
    _row("compression.lz4.level", "INT", "9", "compression.lz4.level", low=1, high=17),
    _row("compression.type", "STRING", "producer", "compression.type", values=_COMPRESSIONS,
         has_effect=True),
    _row("compression.zstd.level", "INT", "3", "compression.zstd.level", low=-131072, high=22),
    _row("delete.retention.ms", "LONG", "86400000", "log.cleaner.delete.retention.ms", low=0),
    _row("file.delete.delay.ms", "LONG", "60000", "log.segment.delete.delay.ms", low=0),
    _row("flush.messages", "LONG", _MAX, "log.flush.interval.messages", low=1),
    _row("flush.ms", "LONG", _MAX, "log.flush.interval.ms", "log.flush.scheduler.interval.ms",
         low=0),
    _row("follower.replication.throttled.replicas", "LIST", "", further=_throttled_reason),
    _row("index.interval.bytes", "INT", "4096", "log.index.interval.bytes", low=0),
    _row("leader.replication.throttled.replicas", "LIST", "", further=_throttled_reason),
    _row("local.retention.bytes", "LONG", "-2", "log.local.retention.bytes", low=-2),
    _row("local.retention.ms", "LONG", "-2", "log.local.retention.ms", low=-2),
    _row("max.compaction.lag.ms", "LONG", _MAX, "log.cleaner.max.compaction.lag.ms", low=1),
    _row("max.message.bytes", "INT", "1048588", "message.max.bytes", low=0, has_effect=True),
    _row("message.timestamp.after.max.ms", "LONG", "3600000",
         "log.message.timestamp.after.max.ms", low=0, has_effect=True),
    _row("message.timestamp.before.max.ms", "LONG", _MAX,
         "log.message.timestamp.before.max.ms", low=0, has_effect=True),
    _row("message.timestamp.type", "STRING", "CreateTime", "log.message.timestamp.type",
         values=("CreateTime", "LogAppendTime"), has_effect=True),
    _row("min.cleanable.dirty.ratio", "DOUBLE", "0.5", "log.cleaner.min.cleanable.ratio", low=0,
         high=1),
    _row("min.compaction.lag.ms", "LONG", "0", "log.cleaner.min.compaction.lag.ms", low=0),
    _row("min.insync.replicas", "INT", "1", "min.insync.replicas", low=1, has_effect=True),
    _row("preallocate", "BOOLEAN", "false", "log.preallocate"),
    _row("remote.log.copy.disable", "BOOLEAN", "false"),
    _row("remote.log.delete.on.disable", "BOOLEAN", "false"),
    _row("remote.storage.enable", "BOOLEAN", "false", further=_no_tiers_reason),
    _row("retention.bytes", "LONG", "-1", "log.retention.bytes"),
    _row("retention.ms", "LONG", "604800000", "log.retention.ms", "log.retention.minutes",
         "log.retention.hours", low=-1),
    _row("segment.bytes", "INT", "1073741824", "log.segment.bytes", low=1048576),
    _row("segment.index.bytes", "INT", "10485760", "log.index.size.max.bytes", low=4),
    _row("segment.jitter.ms", "LONG", "0", "log.roll.jitter.ms", "log.roll.jitter.hours", low=0),
    _row("segment.ms", "LONG", "604800000", "log.roll.ms", "log.roll.hours", low=1),
    _row("unclean.leader.election.enable", "BOOLEAN", "false", "unclean.leader.election.enable"),
)  # fmt: skip

CONFIGS: dict[str, TopicConfig] = {config.name: config for config in _TABLE}
"""All topic configs by name; read only."""

EFFECTIVE_NAMES: tuple[str, ...] = tuple(c.name for c in _TABLE if c.has_effect)
"""Those that change what the product does."""


def validate(name: str, value: str) -> None:
    """Check one override.

    Raises:
        InvalidConfigError: unknown name, or a value of the wrong type or out of its range.
    """
    if name not in CONFIGS:
        raise InvalidConfigError(f"Unknown topic config name: {name}")
    reason = invalid_reason(name, value)
    if reason is not None:
        raise InvalidConfigError(f"Invalid value {value} for configuration {name}: {reason}")


def invalid_reason(name: str, value: str) -> str | None:
    """Return why a known config cannot have a value, or None when it can."""
    return _reason(CONFIGS[name], value)


def validate_all(configs: Mapping[str, str]) -> None:
    """Check all overrides of a topic, each and together; see `validate`."""
    for name in sorted(configs):
        validate(name, configs[name])
    low = int(effective(configs, "min.compaction.lag.ms"))
    high = int(effective(configs, "max.compaction.lag.ms"))
    if low > high:
        raise InvalidConfigError(
            f"conflict topic config setting min.compaction.lag.ms ({low}) >"
            f" max.compaction.lag.ms ({high})"
        )


def effective(configs: Mapping[str, str], name: str) -> str:
    """Return a topic's value of a known config: its override, trimmed, or the default."""
    value = configs.get(name)
    return CONFIGS[name].default if value is None else value.strip()


def _items(value: str) -> list[str]:
    value = value.strip()
    return [item.strip() for item in value.split(",")] if value else []


def _reason(config: TopicConfig, value: str) -> str | None:
    text = value.strip()
    match config.type:
        case ConfigType.BOOLEAN:
            if text.lower() not in ("true", "false"):
                return "Expected value to be either true or false"
        case ConfigType.INT | ConfigType.LONG:
            least, most = _I32 if config.type is ConfigType.INT else _I64
            if not _INTEGER.fullmatch(text) or not least <= int(text) <= most:
                return f"Not a number of type {config.type}"
            reason = _range_reason(config, int(text))
            if reason is not None:
                return reason
        case ConfigType.DOUBLE:
            if not _DOUBLE.fullmatch(text) or not math.isfinite(float(text)):
                return f"Not a number of type {config.type}"
            reason = _range_reason(config, float(text))
            if reason is not None:
                return reason
        case ConfigType.STRING:
            if config.values and text not in config.values:
                return f"String must be one of: {', '.join(config.values)}"
        case ConfigType.LIST:
            if config.values and not set(_items(text)) <= set(config.values):
                return f"String must be one of: {', '.join(config.values)}"
    return None if config.further is None else config.further(text)


def _range_reason(config: TopicConfig, number: float) -> str | None:
    if config.low is not None and number < config.low:
        return f"Value must be at least {config.low}"
    if config.high is not None and number > config.high:
        return f"Value must be no more than {config.high}"
    return None
