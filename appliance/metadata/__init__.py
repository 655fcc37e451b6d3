"""The cluster's metadata as a deterministic state machine; see README.md."""

from appliance.metadata.commands import InvalidCommandError
from appliance.metadata.image import Image
from appliance.metadata.rejected import Rejected
from appliance.metadata.state import (
    Broker,
    ExtentRef,
    InvalidSnapshotError,
    Log,
    LogState,
    ObjectRange,
    ObjectState,
    Partition,
    Registration,
    StoredObject,
    Topic,
    Volume,
)

__all__ = [
    "Broker",
    "ExtentRef",
    "Image",
    "InvalidCommandError",
    "InvalidSnapshotError",
    "Log",
    "LogState",
    "ObjectRange",
    "ObjectState",
    "Partition",
    "Registration",
    "Rejected",
    "StoredObject",
    "Topic",
    "Volume",
]
