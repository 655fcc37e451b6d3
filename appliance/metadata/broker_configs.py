"""Dynamic configs of brokers (KIP-226): which there are, and what they say now.

A config is set for one broker, or for all of them (the cluster-wide default); the former counts
more. Most are the defaults that topics have without an override of their own. A name that is not
known here is stored and has no effect, as in Kafka.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from appliance.ids import BrokerId
from appliance.metadata import topic_configs

BrokerConfigs = Mapping[BrokerId | None, Mapping[str, str]]
"""Configs by broker id, and the cluster-wide defaults under None."""

_INT32_MAX = (1 << 31) - 1


class StaticConfigError(ValueError):
    """A config that only the configuration file sets."""


class InvalidValueError(ValueError):
    """A value that does not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    low: int
    high: int


_OWN = {
    "max.connections": _Own(low=0, high=_INT32_MAX),
    "producer.id.expiration.ms": _Own(low=1, high=_INT32_MAX),
}

_WITHOUT_EFFECT: dict[str, tuple[str, str | None]] = {
    "background.threads": ("INT", "10"),
    "follower.replication.throttled.rate": ("LONG", None),
    "leader.replication.throttled.rate": ("LONG", None),
    "log.cleaner.backoff.ms": ("LONG", "15000"),
    "log.cleaner.dedupe.buffer.size": ("LONG", "134217728"),
    "log.cleaner.io.buffer.load.factor": ("DOUBLE", "0.9"),
    "log.cleaner.io.buffer.size": ("INT", "524288"),
    "log.cleaner.io.max.bytes.per.second": ("DOUBLE", "1.7976931348623157E308"),
    "log.cleaner.threads": ("INT", "1"),
    "max.connection.creation.rate": ("INT", "2147483647"),
    "max.connections.per.ip": ("INT", "2147483647"),
    "max.connections.per.ip.overrides": ("STRING", ""),
    "num.io.threads": ("INT", "8"),
    "num.network.threads": ("INT", "3"),
    "num.recovery.threads.per.data.dir": ("INT", "2"),
    "num.replica.fetchers": ("INT", "1"),
    "replica.alter.log.dirs.io.max.bytes.per.second": ("LONG", None),
}
"""Dynamic configs of Kafka that are stored and shown, and change nothing: name -> (type, default).

Those without a default are shown once they are set, as in Kafka.
"""

DEFAULTS: dict[str, str] = {
    name: default for name, (_, default) in _WITHOUT_EFFECT.items() if default is not None
}
"""What they are in Kafka until they are set."""

TOPIC_NAMES: dict[str, str] = {
    config.synonyms[0]: name for name, config in topic_configs.CONFIGS.items() if config.synonyms
}
"""Broker config -> the topic config that it is the default of."""

_STATIC = frozenset(
    name for config in topic_configs.CONFIGS.values() for name in config.synonyms[1:]
)

NAMES: frozenset[str] = frozenset(TOPIC_NAMES) | frozenset(_OWN)
"""Dynamic configs that are known here."""


def kind(name: str) -> str | None:
    """Return Kafka's name of a known config's type, or None."""
    topic_name = TOPIC_NAMES.get(name)
    if topic_name is not None:
        return str(topic_configs.CONFIGS[topic_name].type)
    return "INT" if name in _OWN else _WITHOUT_EFFECT.get(name, (None, None))[0]


def check(name: str, value: str, *, static: frozenset[str]) -> None:
    """Check one config that is to be set.

    Args:
        name: of the config.
        value: wanted.
        static: names that the configuration file alone sets, but for those in `NAMES`.

    Raises:
        StaticConfigError, InvalidValueError.
    """
    if name in NAMES:
        _check_value(name, value)
    elif kind(name) not in ("STRING", None):
        _check_number(name, value)
    elif name in static or name in _STATIC:
        raise StaticConfigError(f"Cannot update these configs dynamically: [{name}]")


def _check_value(name: str, value: str) -> None:
    topic_name = TOPIC_NAMES.get(name)
    if topic_name is not None:
        reason = topic_configs.invalid_reason(topic_name, value)
    else:
        own, text = _OWN[name], value.strip()
        is_number = text.isascii() and text.isdigit() and len(text) <= 19
        is_good = is_number and own.low <= int(text) <= own.high
        reason = None if is_good else f"Value must be between {own.low} and {own.high}"
    if reason is not None:
        raise InvalidValueError(f"Invalid value {value} for configuration {name}: {reason}")


def _check_number(name: str, value: str) -> None:
    try:
        is_good = float(value) >= 0
    except ValueError:
        is_good = False
    if not is_good:
        raise InvalidValueError(f"Invalid value {value} for configuration {name}: Not a number")


def find(configs: BrokerConfigs, broker_id: int, name: str) -> str | None:
    """Return what is set of a config for a broker, or None."""
    for key in (BrokerId(broker_id), None):
        value = configs.get(key, {}).get(name)
        if value is not None:
            return value.strip()
    return None


def number(configs: BrokerConfigs, broker_id: int, name: str, default: int) -> int:
    """Return the value of a known config that is a number."""
    assert name in _OWN
    value = find(configs, broker_id, name)
    return default if value is None else int(value)


def topic_defaults(configs: BrokerConfigs, broker_id: int) -> dict[str, str]:
    """Return topic config -> default, of those that the configs of a broker change."""
    if not configs:
        return {}
    found = {topic: find(configs, broker_id, name) for name, topic in TOPIC_NAMES.items()}
    return {topic: value for topic, value in found.items() if value is not None}
