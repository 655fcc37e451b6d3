"""Ids of the appliance. An id is a name, never an index, a count or a size."""

from typing import NewType

BrokerId = NewType("BrokerId", int)
"""A node of the cluster; int32, not negative."""

BrokerEpoch = NewType("BrokerEpoch", int)
"""One registration of a broker; never goes back."""

WriterEpoch = NewType("WriterEpoch", int)
"""Fencing epoch of one writer incarnation; unique in the cluster, never goes back."""

LogId = NewType("LogId", int)
"""One writer incarnation's chain of extents; never reused."""

ExtentIndex = NewType("ExtentIndex", int)
"""Place of an extent on the volume, from 0."""

TopicId = NewType("TopicId", bytes)
"""Kafka's topic uuid; 16 bytes."""

PartitionId = NewType("PartitionId", int)
"""A partition of any topic, named by the metadata; never reused."""

ObjectId = NewType("ObjectId", int)
"""An object of the object store, handed out before its upload; never reused."""

ProducerId = NewType("ProducerId", int)
"""An idempotent producer; int64, never reused."""
