"""Reading a partition of `__consumer_offsets` back into groups.

What is kept of a group's own records is the last one: it is decoded once, at the end. Memory is
that of the groups, whatever the length of the log.
"""

import struct
from collections import Counter
from collections.abc import Iterable
from typing import Any

from appliance.coordinator import checkpoint, limits
from appliance.coordinator.checkpoint import InvalidCheckpointError
from appliance.coordinator.group import Group, Member
from appliance.coordinator.records import (
    InvalidRecordError,
    OffsetRecord,
    Skipped,
    check_offset_value,
    decode_group_value,
    decode_key,
)
from appliance.coordinator.registry import group_partition
from appliance.coordinator.usage import Usage

_I32 = struct.Struct(">i")


class Load:
    """One load of one partition, from its first record (or a checkpoint) to its end.

    Attributes:
        partition: of `__consumer_offsets`.
        skipped: reason -> how many records were not taken over.
    """

    def __init__(
        self, partition: int, *, partition_count: int, now_ms: int, wall_ahead_ms: int
    ) -> None:
        self.partition = partition
        self.skipped: Counter[str] = Counter()
        self._partition_count = partition_count
        self._now_ms = now_ms
        self._wall_ahead_ms = wall_ahead_ms
        self._groups: dict[str, Group] = {}
        self._usage = Usage()  # whoever serves the groups counts them anew
        self._is_done = False
        # Decoded keys: most records of a log are commits of the same few.
        self._keys: dict[bytes, tuple[Group, str, int]] = {}

    def restore(self, raw: bytes) -> int:
        """Begin with a checkpoint instead of an empty state.

        Returns:
            The offset of the log to go on from.

        Raises:
            InvalidCheckpointError: the load begins anew, with another `Load`, from the log's start.
        """
        assert not self._groups
        next_offset, stored = checkpoint.decode(raw, partition=self.partition)
        for one in stored:
            group = self._group(one.group_id)
            if group is None:
                raise InvalidCheckpointError(f"group {one.group_id!r} is of another partition")
            group.set_stored(one.value)
            group.offsets.restore(one.offsets)
        return next_offset

    def replay(self, records: Iterable[tuple[bytes, bytes | None]]) -> None:
        """Take over records in the order of the log; call it as often as there are batches.

        Args:
            records: (key, value) each; the value of a tombstone is None.

        Raises:
            InvalidRecordError: a record of a known type that does not decode.
        """
        assert not self._is_done
        keys = self._keys
        for key, value in records:
            known = keys.get(key)
            if known is None or value is None:
                self._replay_one(key, value)
                continue
            group, topic, partition = known
            check_offset_value(value)
            partitions = group.offsets.by_topic.get(topic)
            if partitions is None:
                group.offsets.by_topic[topic] = {partition: bytes(value)}
            else:
                partitions[partition] = bytes(value)

    def _replay_one(self, key: bytes, value: bytes | None) -> None:
        found = decode_key(key)
        if isinstance(found, Skipped):
            self.skipped[found.reason] += 1
            return
        if isinstance(found, str):
            self._replay_group(found, value)
            return
        group_id, topic, partition = found
        if value is None:
            group = self._groups.get(group_id)
            if group is not None:
                group.offsets.apply(OffsetRecord(group_id, topic, partition, None))
            return
        check_offset_value(value)
        group = self._group(group_id)
        if group is not None:
            group.offsets.apply(OffsetRecord(group_id, topic, partition, bytes(value)))
            if len(self._keys) >= limits.REPLAY_CACHE_ENTRIES_MAX:
                self._keys.clear()
            self._keys[bytes(key)] = (group, topic, partition)

    def _replay_group(self, group_id: str, value: bytes | None) -> None:
        if value is not None:
            group = self._group(group_id)
            if group is not None:
                group.set_stored(bytes(value))
        elif group_id in self._groups:
            del self._groups[group_id]
            self._keys.clear()  # it names the group that is gone

    def _group(self, group_id: str) -> Group | None:
        group = self._groups.get(group_id)
        if group is None:
            if group_partition(group_id, self._partition_count) != self.partition:
                self.skipped["its group belongs to another partition"] += 1
                return None
            group = Group(
                group_id, partition=self.partition, now_ms=self._now_ms, usage=self._usage
            )
            self._groups[group_id] = group
        return group

    def finish(self) -> dict[str, Group]:
        """Return the groups, by id; the load is over.

        Raises:
            InvalidRecordError: a group's last record does not decode, or contradicts itself.
        """
        assert not self._is_done
        for group in self._groups.values():
            if group.stored is not None:
                _fill(group, decode_group_value(group.stored), self._wall_ahead_ms)
        # A tombstone of the last offset leaves a simple group with nothing in it.
        found = {i: group for i, group in self._groups.items() if not group.is_unused}
        self._is_done = True
        self._keys.clear()
        return found


def _fill(group: Group, value: Any, wall_ahead_ms: int) -> None:
    protocol = value.protocol
    members: list[Member] = []
    for one in value.members:
        timeout_ms = one.rebalance_timeout
        members.append(
            Member(
                one.member_id,
                instance_id=one.group_instance_id,
                client_id=one.client_id,
                client_host=one.client_host,
                rebalance_timeout_ms=one.session_timeout if timeout_ms == -1 else timeout_ms,
                session_timeout_ms=one.session_timeout,
                protocols=((protocol or "", one.subscription),),
                assignment=one.assignment,
            )
        )
    ids = {member.member_id for member in members}
    instances = [member.instance_id for member in members if member.instance_id is not None]
    if len(ids) != len(members) or len(set(instances)) != len(instances):
        raise InvalidRecordError(f"group {group.group_id!r} has a member twice")
    if any(m.session_timeout_ms < 0 or m.rebalance_timeout_ms < 0 for m in members):
        raise InvalidRecordError(f"group {group.group_id!r} has a negative timeout")
    since_ms = value.current_state_timestamp
    group.load(
        generation=value.generation,
        protocol_type=value.protocol_type or None,
        protocol=protocol,
        leader=value.leader,
        # -1 is "not known"; what is no time at all is not known either.
        state_ms=since_ms - wall_ahead_ms if 0 <= since_ms <= limits.TIMESTAMP_MS_MAX else None,
        members=members,
    )
