"""The one logger of a node, as the resource type of Kafka's loggers (KIP-412).

Its level is altered while the node runs and forgotten when it ends, as in Kafka; the setting
`log_level` is where it begins.
"""

from typing import Any

from appliance.protocol.errors import ErrorCode
from appliance.server.context import Context
from appliance.server.refused import Refused
from appliance.telemetry import LOG_LEVELS

BROKER_LOGGER = 8
ROOT = "root"
_SET, _DELETE = 0, 1
_OPERATIONS = {2: "APPEND", 3: "SUBTRACT"}
_LEVEL_OF = {own: level for level, own in LOG_LEVELS.items() if level != "TRACE"}


def level(context: Context) -> str:
    """Return the level, by Kafka's name."""
    return context.telemetry.log_level or _LEVEL_OF[context.settings.log_level]


def alter(context: Context, resource: Any, *, validate_only: bool) -> None:
    """Alter the level, or refuse all of it."""
    wanted: str | None = None
    for config in resource.configs:
        name, operation = config.name, config.config_operation
        if operation not in (_SET, _DELETE):
            raise Refused(
                ErrorCode.INVALID_REQUEST,
                f"{_OPERATIONS.get(operation, operation)} operation is not allowed for the"
                " BROKER_LOGGER resource",
            )
        if name != ROOT:
            raise Refused(ErrorCode.INVALID_CONFIG, f"Logger {name} does not exist!")
        if operation == _DELETE:
            raise Refused(
                ErrorCode.INVALID_REQUEST,
                "Removing the log level of the root logger is not allowed",
            )
        if config.value not in LOG_LEVELS:
            raise Refused(
                ErrorCode.INVALID_CONFIG,
                f"Cannot set the log level of {name} to {config.value} as it is not a supported log"
                f" level. Valid log levels are {', '.join(sorted(LOG_LEVELS))}",
            )
        wanted = config.value
    if wanted is not None and not validate_only:
        context.telemetry.set_log_level(wanted)
