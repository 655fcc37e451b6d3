"""The group coordinator: members, generations and committed offsets, as pure bookkeeping."""

from appliance.coordinator.checkpoint import InvalidCheckpointError
from appliance.coordinator.coordinator import Coordinator
from appliance.coordinator.effects import Append, Call, Effect, Effects, Reply
from appliance.coordinator.loading import Load
from appliance.coordinator.policy import Policy
from appliance.coordinator.records import InvalidRecordError, PlainRecords
from appliance.coordinator.registry import PARTITION_COUNT, group_partition
from appliance.coordinator.topics import Topics

__all__ = [
    "PARTITION_COUNT",
    "Append",
    "Call",
    "Coordinator",
    "Effect",
    "Effects",
    "InvalidCheckpointError",
    "InvalidRecordError",
    "Load",
    "PlainRecords",
    "Policy",
    "Reply",
    "Topics",
    "group_partition",
]
