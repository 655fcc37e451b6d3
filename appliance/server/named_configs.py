"""Configs of groups and of client metrics (KIP-848, KIP-714): stored and shown.

They are for group protocols and a telemetry that are not served yet, and change nothing until then;
groups of the classic protocol have none in Kafka, too.
"""

from typing import NamedTuple

from appliance.protocol.errors import ErrorCode
from appliance.server.refused import Refused

CLIENT_METRICS = 16
GROUP = 32


class Config(NamedTuple):
    """A config: Kafka's name of its type, its default there, and a sentence."""

    kind: str
    default: str
    text: str


_GROUP = {
    "consumer.assignment.interval.ms": Config(
        "INT", "1000", "How often the assignment of a consumer group is made anew, at most."
    ),
    "consumer.heartbeat.interval.ms": Config(
        "INT", "5000", "How often members of a consumer group say that they live."
    ),
    "consumer.session.timeout.ms": Config(
        "INT", "45000", "A silent member of a consumer group is given up after it."
    ),
    "share.assignment.interval.ms": Config(
        "INT", "1000", "How often the assignment of a share group is made anew, at most."
    ),
    "share.auto.offset.reset": Config("STRING", "latest", "Where a share group begins to read."),
    "share.delivery.count.limit": Config(
        "INT", "5", "How often a record is delivered to a share group, at most."
    ),
    "share.heartbeat.interval.ms": Config(
        "INT", "5000", "How often members of a share group say that they live."
    ),
    "share.isolation.level": Config(
        "STRING", "read_uncommitted", "Whether a share group reads uncommitted records."
    ),
    "share.partition.max.record.locks": Config(
        "INT", "2000", "Records of a partition that members of a share group hold at once, at most."
    ),
    "share.record.lock.duration.ms": Config(
        "INT", "30000", "How long a member of a share group has a record for itself."
    ),
    "share.renew.acknowledge.enable": Config(
        "BOOLEAN", "true", "Whether a member of a share group may keep a record for longer."
    ),
    "share.session.timeout.ms": Config(
        "INT", "45000", "A silent member of a share group is given up after it."
    ),
    "streams.assignment.interval.ms": Config(
        "INT", "1000", "How often the assignment of a streams group is made anew, at most."
    ),
    "streams.heartbeat.interval.ms": Config(
        "INT", "5000", "How often members of a streams group say that they live."
    ),
    "streams.initial.rebalance.delay.ms": Config(
        "INT", "3000", "The first rebalance of a streams group waits so long for others."
    ),
    "streams.num.standby.replicas": Config(
        "INT", "0", "Standby replicas of each task of a streams group."
    ),
    "streams.session.timeout.ms": Config(
        "INT", "45000", "A silent member of a streams group is given up after it."
    ),
}
_METRICS = {
    "interval.ms": Config("INT", "300000", "How often clients push their metrics."),
    "match": Config("LIST", "", "Which clients push metrics."),
    "metrics": Config("LIST", "", "Prefixes of the names of the metrics that clients push."),
}
KINDS = {GROUP: _GROUP, CLIENT_METRICS: _METRICS}
"""Type of resource -> its configs."""

_INT32_MAX = (1 << 31) - 1


def check(resource_type: int, name: str, value: str) -> None:
    """Refuse a config that Kafka would refuse; its codes differ by the type."""
    is_group = resource_type == GROUP
    code = ErrorCode.INVALID_CONFIG if is_group else ErrorCode.INVALID_REQUEST
    config = KINDS[resource_type].get(name)
    if config is None:
        what = "group config name" if is_group else "client metrics configuration"
        raise Refused(code, f"Unknown {what}: {name}")
    text = value.strip()
    if config.kind == "INT":
        is_number = text.isascii() and text.isdigit() and len(text) <= 10
        if not is_number or int(text) > _INT32_MAX:
            raise Refused(code, f"Invalid value {value} for configuration {name}: Not a number")
    elif config.kind == "BOOLEAN" and text.lower() not in ("true", "false"):
        raise Refused(
            code,
            f"Invalid value {value} for configuration {name}: Expected value to be either true or"
            " false",
        )
