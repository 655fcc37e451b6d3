"""Configs of groups and of client metrics (KIP-848, KIP-714): stored and shown.

They are for group protocols and a telemetry that are not served yet, and change nothing until then;
groups of the classic protocol have none in Kafka, too.
"""

from appliance.protocol.errors import ErrorCode
from appliance.server.refused import Refused

CLIENT_METRICS = 16
GROUP = 32

_GROUP_KINDS = {
    "consumer.heartbeat.interval.ms": "INT",
    "consumer.session.timeout.ms": "INT",
    "share.auto.offset.reset": "STRING",
    "share.heartbeat.interval.ms": "INT",
    "share.isolation.level": "STRING",
    "share.record.lock.duration.ms": "INT",
    "share.session.timeout.ms": "INT",
    "streams.heartbeat.interval.ms": "INT",
    "streams.num.standby.replicas": "INT",
    "streams.session.timeout.ms": "INT",
}
_METRICS_KINDS = {"interval.ms": "INT", "match": "LIST", "metrics": "LIST"}
KINDS = {GROUP: _GROUP_KINDS, CLIENT_METRICS: _METRICS_KINDS}
"""Type of resource -> its configs and their types."""

TEXTS = {
    "consumer.heartbeat.interval.ms": "How often members of a consumer group say that they live.",
    "consumer.session.timeout.ms": "A silent member of a consumer group is given up after it.",
    "interval.ms": "How often clients push their metrics.",
    "match": "Which clients push metrics.",
    "metrics": "Prefixes of the names of the metrics that clients push.",
    "share.auto.offset.reset": "Where a share group begins to read.",
    "share.heartbeat.interval.ms": "How often members of a share group say that they live.",
    "share.isolation.level": "Whether a share group reads uncommitted records.",
    "share.record.lock.duration.ms": "How long a member of a share group has a record for itself.",
    "share.session.timeout.ms": "A silent member of a share group is given up after it.",
    "streams.heartbeat.interval.ms": "How often members of a streams group say that they live.",
    "streams.num.standby.replicas": "Standby replicas of each task of a streams group.",
    "streams.session.timeout.ms": "A silent member of a streams group is given up after it.",
}
_INT32_MAX = (1 << 31) - 1


def check(resource_type: int, name: str, value: str) -> None:
    """Refuse a config that Kafka would refuse; its codes differ by the type."""
    is_group = resource_type == GROUP
    kind = KINDS[resource_type].get(name)
    if kind is None:
        what = "group config name" if is_group else "client metrics configuration"
        code = ErrorCode.INVALID_CONFIG if is_group else ErrorCode.INVALID_REQUEST
        raise Refused(code, f"Unknown {what}: {name}")
    text = value.strip()
    if kind == "INT":
        is_number = text.isascii() and text.isdigit() and len(text) <= 10
        if not is_number or int(text) > _INT32_MAX:
            code = ErrorCode.INVALID_CONFIG if is_group else ErrorCode.INVALID_REQUEST
            raise Refused(code, f"Invalid value {value} for configuration {name}: Not a number")
