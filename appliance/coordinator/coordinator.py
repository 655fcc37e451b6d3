"""The group coordinator of one node: all groups whose partition of `__consumer_offsets` it leads.

Every call returns the `Effects` it wants, in order; nothing else happens. A request is answered in
the effects of its own call or of a later one (`on_durable`, `on_append_failed`, `on_time`, another
request, `unload`), exactly once.
"""

from collections.abc import Iterable
from itertools import islice

from appliance.coordinator import checkpoint, limits
from appliance.coordinator.appends import Appends
from appliance.coordinator.checkpoint import StoredGroup
from appliance.coordinator.deadlines import Deadlines
from appliance.coordinator.effects import Call, Effects
from appliance.coordinator.expiry import Expiry
from appliance.coordinator.group import Group
from appliance.coordinator.group_requests import GroupRequests
from appliance.coordinator.joining import Joining
from appliance.coordinator.limits import EXPIRY_STAGGER_MS
from appliance.coordinator.loading import Load
from appliance.coordinator.membership import Membership
from appliance.coordinator.offset_requests import OffsetRequests
from appliance.coordinator.phases import Phases
from appliance.coordinator.policy import Policy
from appliance.coordinator.registry import PARTITION_COUNT, Registry, Shard
from appliance.coordinator.topics import Topics
from appliance.coordinator.usage import Usage
from appliance.protocol.errors import ErrorCode

_OF_OPERATORS = frozenset((15, 16, 42, 47))
"""DescribeGroups, ListGroups, DeleteGroups, OffsetDelete."""


class Coordinator:
    """Groups, their members and their offsets; changed only from the node's own tasks."""

    def __init__(
        self, policy: Policy, topics: Topics, *, partition_count: int = PARTITION_COUNT
    ) -> None:
        """Begin without a partition: everything is NOT_COORDINATOR."""
        self._policy = policy
        self._deadlines = Deadlines()
        self._registry = registry = Registry(self._deadlines, partition_count)
        self._appends = appends = Appends(registry)
        self._phases = phases = Phases(policy, registry, self._deadlines, appends)
        self._expiry = Expiry(policy, registry, appends)
        joining = Joining(policy, registry, self._deadlines, phases)
        membership = Membership(registry, appends, phases)
        offsets = OffsetRequests(policy, registry, appends, phases=phases, topics=topics)
        groups = GroupRequests(registry, appends)
        self.next_deadline = self._deadlines.next_ms
        """Return when `on_time` has something to do, ms; it may be a little early. None: never."""
        self._serve = {
            8: offsets.commit,
            9: offsets.fetch,
            11: joining.join_group,
            12: membership.heartbeat,
            13: membership.leave_group,
            14: membership.sync_group,
            15: groups.describe,
            16: groups.list_groups,
            42: groups.delete,
            47: offsets.delete,
        }

    @property
    def api_keys(self) -> frozenset[int]:
        """API keys that `serve` takes; FindCoordinator needs the metadata and is not among them."""
        return frozenset(self._serve)

    @property
    def groups(self) -> dict[str, Group]:
        """The groups by id; read only, for gauges and tests."""
        return self._registry.groups

    @property
    def usage(self) -> Usage:
        """Memory that clients make the groups take, about."""
        return self._registry.usage

    @property
    def rebalances(self) -> int:
        """Join phases that came to an end, of all groups; for counters."""
        return self._phases.rebalances

    def is_loaded(self, partition: int) -> bool:
        """Whether this node coordinates a partition, and has read it."""
        shard = self._registry.shards.get(partition)
        return shard is not None and not shard.is_loading

    def partition_of(self, group_id: str) -> int:
        """Return the partition of `__consumer_offsets` of a group: its leader coordinates it."""
        return self._registry.partition_of(group_id)

    def serve(self, api_key: int, request: object, call: Call) -> Effects:
        """Serve a request of one of `api_keys`.

        Args:
            api_key: of the request.
            request: of the class and version that `call` says.
            call: comes back in a `Reply`, at once or later.
        """
        effects: Effects = []
        if api_key in _OF_OPERATORS:
            # Who waits for a session to end and asks then must not meet its member because
            # `on_time` comes in turns. Members' own requests keep theirs: after a stall of the
            # node a heartbeat that came in time counts.
            effects = self.on_time(call.now_ms)
        self._serve[api_key](effects, request, call)
        return effects

    # ---- the log

    def on_durable(self, append_id: int, now_ms: int) -> Effects:
        """Go on after an append; those of a partition become durable in their order."""
        effects: Effects = []
        self._appends.on_durable(effects, append_id, now_ms)
        return effects

    def on_append_failed(self, append_id: int, now_ms: int, code: ErrorCode) -> Effects:
        """Take back what depended on an append that is not in the log and never will be.

        Args:
            append_id: of the `Append`.
            now_ms: the time.
            code: why; NOT_LEADER_OR_FOLLOWER and KAFKA_STORAGE_ERROR send clients to look for the
                coordinator again, NOT_ENOUGH_REPLICAS and REQUEST_TIMED_OUT let them wait.
        """
        assert code is not ErrorCode.NONE
        effects: Effects = []
        self._appends.on_failed(effects, append_id, now_ms, code)
        return effects

    # ---- time

    def set_wall_clock(self, now_ms: int, wall_ms: int) -> None:
        """Learn what the wall clock shows at steady time `now_ms`.

        Call it before the first load, then as often as the clock may have been set. Timestamps in
        the log and retention follow it; sessions and rebalances do not.
        """
        self._registry.wall_ahead_ms = wall_ms - now_ms

    def on_time(self, now_ms: int) -> Effects:
        """Do what is due, or as much of it as fits one call: `next_deadline` tells of the rest."""
        effects: Effects = []
        for deadline in islice(self._deadlines.due(now_ms), limits.DEADLINES_PER_CALL):
            owner = deadline.owner
            if isinstance(owner, Group):
                self._phases.on_phase_over(effects, owner, now_ms)
            elif isinstance(owner, Shard):
                self._expiry.expire(effects, owner, now_ms)
                interval_ms = self._policy.offsets_retention_check_interval_ms
                self._deadlines.set(owner.expiry, now_ms + interval_ms)
            else:
                group, member_id = owner
                self._phases.on_session_over(effects, group, member_id, now_ms)
        return effects

    # ---- the metadata

    def on_partitions_deleted(self, gone: Iterable[tuple[str, int]]) -> Effects:
        """Forget the offsets of (topic, partition)s that were deleted."""
        effects: Effects = []
        self._expiry.on_partitions_deleted(effects, set(gone))
        return effects

    def begin_load(self, partition: int, now_ms: int) -> Load:
        """Become the coordinator of a partition; until `finish_load` its groups are loading."""
        assert 0 <= partition < self._registry.partition_count
        assert partition not in self._registry.shards
        self._registry.shards[partition] = Shard(partition)
        return Load(
            partition,
            partition_count=self._registry.partition_count,
            now_ms=now_ms,
            wall_ahead_ms=self._registry.wall_ahead_ms,
        )

    def finish_load(self, load: Load, now_ms: int) -> Effects:
        """Serve the groups that were read.

        Raises:
            InvalidRecordError: the partition goes on loading; `unload` gives it up.
        """
        effects: Effects = []
        shard = self._registry.shards[load.partition]
        assert shard.is_loading
        shard.groups = load.finish()
        shard.is_loading = False
        self._registry.groups.update(shard.groups)
        for group in list(shard.groups.values()):
            group.count_in(self._registry.usage)
            self._phases.on_loaded(effects, group, now_ms)
        first_ms = self._policy.offsets_retention_check_interval_ms
        stagger_ms = shard.index * EXPIRY_STAGGER_MS
        self._deadlines.set(shard.expiry, now_ms + first_ms + stagger_ms)
        return effects

    def load(
        self, partition: int, records: Iterable[tuple[bytes, bytes | None]], now_ms: int
    ) -> Effects:
        """Load a partition whose records are at hand."""
        load = self.begin_load(partition, now_ms)
        load.replay(records)
        return self.finish_load(load, now_ms)

    def unload(self, partition: int, now_ms: int) -> Effects:
        """Stop coordinating a partition, loaded or not; whoever waits is sent away."""
        effects: Effects = []
        shard = self._registry.shards.get(partition)
        if shard is None:
            return effects
        for group in shard.groups.values():
            self._phases.on_unloaded(effects, group, now_ms)
        self._appends.drop(effects, partition, now_ms)
        for group in list(shard.groups.values()):
            self._registry.drop(group)
        self._deadlines.clear(shard.expiry)
        del self._registry.shards[partition]
        return effects

    def snapshot(self, partition: int, next_offset: int) -> bytes:
        """Return a checkpoint of what is durable of a loaded partition; `Load.restore` reads it.

        Args:
            partition: of `__consumer_offsets`.
            next_offset: of the log, behind the last append that `on_durable` was called for.
        """
        shard = self._registry.shards[partition]
        assert not shard.is_loading
        stored = (
            StoredGroup(group.group_id, group.stored, group.offsets.by_topic)
            for group in shard.groups.values()
            if group.stored is not None or group.offsets.by_topic
        )
        return checkpoint.encode(partition, next_offset, stored)
