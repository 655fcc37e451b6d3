"""Which groups there are, by id and by partition of `__consumer_offsets`."""

import struct

from appliance.coordinator.deadlines import Deadline, Deadlines
from appliance.coordinator.group import Group
from appliance.coordinator.usage import Usage
from appliance.protocol.errors import ErrorCode

PARTITION_COUNT = 50
"""`offsets.topic.num.partitions`."""


def group_partition(group_id: str, partition_count: int = PARTITION_COUNT) -> int:
    """Return the partition of `__consumer_offsets` that holds a group.

    It is Java's `String.hashCode` (over UTF-16 code units, 32 bits, wrapping), its absolute value
    (0 for -2**31, which has none), modulo the count.
    """
    raw = group_id.encode("utf-16-le", "surrogatepass")
    code = 0
    for unit in struct.unpack(f"<{len(raw) >> 1}H", raw):
        code = (code * 31 + unit) & 0xFFFFFFFF
    if code >= 0x80000000:
        code = 0 if code == 0x80000000 else 0x100000000 - code
    return code % partition_count


class Shard:
    """One partition of `__consumer_offsets` that this node leads.

    Attributes:
        index: of the partition.
        groups: by id; complete when it is not loading.
        is_loading: its log is being read.
        expiry: next cycle of offset expiry.
    """

    __slots__ = ("expiry", "groups", "index", "is_loading")

    def __init__(self, index: int) -> None:
        self.index = index
        self.groups: dict[str, Group] = {}
        self.is_loading = True
        self.expiry = Deadline(self)


class Registry:
    """Groups and shards of one node."""

    def __init__(self, deadlines: Deadlines, partition_count: int) -> None:
        assert partition_count > 0
        self._deadlines = deadlines
        self.partition_count = partition_count
        self.groups: dict[str, Group] = {}
        self.shards: dict[int, Shard] = {}
        self.usage = Usage()
        # What the log keeps is wall clock; what ends sessions must not jump when an operator
        # sets it. Everything in here is in steady time; this much is added for the log.
        self.wall_ahead_ms = 0

    def partition_of(self, group_id: str) -> int:
        """Return the partition of `__consumer_offsets` that holds a group, known or not."""
        group = self.groups.get(group_id)
        if group is not None:
            return group.partition
        return group_partition(group_id, self.partition_count)

    def check(self, group_id: str) -> ErrorCode:
        """Return NONE when this node may answer for a group now."""
        if group_id in self.groups:  # groups of a shard that is loading are not in here yet
            return ErrorCode.NONE
        shard = self.shards.get(group_partition(group_id, self.partition_count))
        if shard is None:
            return ErrorCode.NOT_COORDINATOR
        return ErrorCode.COORDINATOR_LOAD_IN_PROGRESS if shard.is_loading else ErrorCode.NONE

    def create(self, group_id: str, now_ms: int) -> Group:
        """Add a group; its shard is led and loaded."""
        assert group_id not in self.groups
        shard = self.shards[group_partition(group_id, self.partition_count)]
        assert not shard.is_loading
        group = Group(group_id, partition=shard.index, now_ms=now_ms, usage=self.usage)
        self.groups[group_id] = shard.groups[group_id] = group
        return group

    def drop(self, group: Group) -> None:
        """Remove a group and its deadlines; whatever it had parked is answered."""
        self._deadlines.clear(group.phase)
        for member in group.members.values():
            self._deadlines.clear(member.session)
        for deadline in group.pending.values():
            self._deadlines.clear(deadline)
        if self.groups.get(group.group_id) is group:
            del self.groups[group.group_id]
            group.release()
        shard = self.shards.get(group.partition)
        if shard is not None and shard.groups.get(group.group_id) is group:
            del shard.groups[group.group_id]

    def drop_if_unused(self, group: Group) -> None:
        """Remove a group that nothing was ever written of, when nobody needs it any more."""
        if group.is_unused:
            self.drop(group)
