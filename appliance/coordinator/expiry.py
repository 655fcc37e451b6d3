"""When offsets and groups are forgotten.

| Group | An offset is kept for `offsets.retention.minutes` after |
|---|---|
| without members, as a consumer group | the group became empty |
| of a consumer that only stores offsets | its commit |
| stable consumer group | its commit, if no member reads the topic any more |
| any other | for ever, while there are members |

A group without members and offsets goes with the next cycle. Source: KIP-211, KIP-496.
"""

from collections.abc import Callable

from appliance.coordinator import limits
from appliance.coordinator.appends import Appends
from appliance.coordinator.effects import Effects
from appliance.coordinator.group import Group
from appliance.coordinator.policy import Policy
from appliance.coordinator.records import (
    CommittedOffset,
    GroupLogRecord,
    GroupRecord,
    OffsetRecord,
)
from appliance.coordinator.registry import Registry, Shard
from appliance.coordinator.states import Event, State
from appliance.protocol.errors import ErrorCode


class Expiry:
    """What nobody needs any more, of all groups of a node."""

    def __init__(self, policy: Policy, registry: Registry, appends: Appends) -> None:
        self._policy = policy
        self._registry = registry
        self._appends = appends

    def expire(self, effects: Effects, shard: Shard, now_ms: int) -> None:
        """Forget what is old, and groups of which nothing is left; one cycle over a shard."""
        records: list[GroupLogRecord] = []
        for group in list(shard.groups.values()):
            expired = self._expired(group, now_ms + self._registry.wall_ahead_ms)
            records += [OffsetRecord(group.group_id, *key, None) for key in expired]
            is_over = group.state is State.EMPTY and len(expired) == len(group.offsets)
            if is_over and not group.offsets.has_pending and not group.pending:
                # Later requests find it DEAD until this is durable: no record of theirs may come
                # behind the tombstone and be lost with the group.
                group.on_event(Event.DELETING, now_ms)
                records.append(GroupRecord(group.group_id, None))
            if len(records) >= limits.RECORDS_PER_APPEND_MAX:
                self._append_tombstones(effects, shard.index, records)
                records = []
        if records:
            self._append_tombstones(effects, shard.index, records)

    def _expired(self, group: Group, wall_ms: int) -> list[tuple[str, int]]:
        state_ms = group.state_ms
        if group.state is State.DEAD:
            return []
        if group.protocol_type is not None and group.state is State.EMPTY and state_ms is not None:
            started = _since(state_ms + self._registry.wall_ahead_ms)
        else:
            is_stable = group.state is State.STABLE and group.subscribed is not None
            if group.protocol_type is not None and group.state is not State.EMPTY and not is_stable:
                return []
            started = _since_commit
        retention_ms = self._policy.offsets_retention_ms
        found = group.offsets.expired(wall_ms, retention_ms, since_ms=started)
        return [key for key in found if not group.is_subscribed(key[0])]

    def _append_tombstones(
        self, effects: Effects, partition: int, records: list[GroupLogRecord]
    ) -> None:
        doomed = [
            self._registry.groups[record.group_id]
            for record in records
            if isinstance(record, GroupRecord)
        ]

        def then(effects: Effects, now_ms: int) -> None:
            for group in doomed:
                self._registry.drop(group)

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            for group in doomed:
                group.on_event(Event.DELETE_FAILED, now_ms)  # the next cycle tries again

        self._appends.start(effects, partition, records, then=then, otherwise=otherwise)

    def on_partitions_deleted(self, effects: Effects, gone: set[tuple[str, int]]) -> None:
        """Forget the offsets of partitions that no longer exist."""
        topics = {topic for topic, _ in gone}
        for _, shard in sorted(self._registry.shards.items()):
            records: list[GroupLogRecord] = []
            for group in shard.groups.values():
                if group.state is State.DEAD or topics.isdisjoint(group.offsets.topics()):
                    continue
                doomed = [key for key in group.offsets.known() if key in gone]
                records += [OffsetRecord(group.group_id, *key, None) for key in doomed]
                if len(records) >= limits.RECORDS_PER_APPEND_MAX:
                    self._append_tombstones(effects, shard.index, records)
                    records = []
            if records:
                self._append_tombstones(effects, shard.index, records)


def _since_commit(committed: CommittedOffset) -> int:
    return committed.commit_ms


def _since(moment_ms: int) -> Callable[[CommittedOffset], int]:
    return lambda committed: moment_ms
