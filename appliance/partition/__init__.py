"""Partitions: offsets, high watermark, producer state, and where the unsaved tail lies."""

from appliance.partition.log import Appends, Partition, TailEntry
from appliance.partition.producers import (
    Duplicate,
    ProducerBudget,
    ProducerEntry,
    ProducerStates,
    SequenceError,
)

__all__ = [
    "Appends",
    "Duplicate",
    "Partition",
    "ProducerBudget",
    "ProducerEntry",
    "ProducerStates",
    "SequenceError",
    "TailEntry",
]
