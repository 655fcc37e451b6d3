"""The phases of a rebalance: who is awaited, until when, and what happens then.

```
begin -> (members join) -> complete -> (members sync) -> the leader's assignment is durable
```

A parked request is a `Call` at its member, and is answered exactly once: when its phase ends, when
its member goes, is fenced or sends the same request again, or when the partition moves away.

Source: KIP-62, KIP-134 (initial delay), KIP-345 (static members); `kafka.md` 3.6.
"""

from typing import Any

from appliance.coordinator import limits, responses
from appliance.coordinator.appends import Appends, Otherwise, Then
from appliance.coordinator.deadlines import Deadlines
from appliance.coordinator.effects import Effects, Reply
from appliance.coordinator.group import Group, Member
from appliance.coordinator.policy import Policy
from appliance.coordinator.records import GroupRecord, encode_group_value
from appliance.coordinator.registry import Registry
from appliance.coordinator.states import Event, State
from appliance.protocol.errors import ErrorCode

_POSTPONED_MS_MIN = 1_000  # nobody joined: a shorter pause would only burn time


class Phases:
    """Rebalances of all groups of a node.

    Attributes:
        rebalances: join phases that came to an end.
    """

    def __init__(
        self, policy: Policy, registry: Registry, deadlines: Deadlines, appends: Appends
    ) -> None:
        self._policy = policy
        self._registry = registry
        self._deadlines = deadlines
        self._appends = appends
        self.rebalances = 0

    def rebalance_or_complete(self, effects: Effects, group: Group, now_ms: int) -> None:
        """Begin a rebalance, or end the join phase of the one that goes on."""
        if group.can_rebalance:
            self.begin(effects, group, now_ms)
        else:
            self.maybe_complete(effects, group, now_ms)

    def begin(self, effects: Effects, group: Group, now_ms: int) -> None:
        """Begin a rebalance: everybody has to join again."""
        if group.state is State.COMPLETING_REBALANCE:
            self.end_sync(effects, group, ErrorCode.REBALANCE_IN_PROGRESS, now_ms)
        group.unsynced.clear()
        self._deadlines.clear(group.phase)
        is_first = group.state is State.EMPTY
        group.on_event(Event.JOINING, now_ms)
        if is_first:
            # More members are likely on their way: one rebalance for all of them.
            delay_ms = self._policy.initial_rebalance_delay_ms
            group.was_joined = False
            group.initial_remaining_ms = max(group.rebalance_timeout_ms() - delay_ms, 0)
            self._deadlines.set(group.phase, now_ms + delay_ms)
        elif group.is_all_joined:
            self._complete(effects, group, now_ms)
        else:
            self._deadlines.set(group.phase, now_ms + max(group.rebalance_timeout_ms(), 1))

    def maybe_complete(self, effects: Effects, group: Group, now_ms: int) -> None:
        """End the join phase when nobody is missing; the first one ends by time alone."""
        if group.state is not State.PREPARING_REBALANCE or group.previous_state is State.EMPTY:
            return
        if group.is_all_joined:
            self._complete(effects, group, now_ms)

    def _complete(self, effects: Effects, group: Group, now_ms: int) -> None:
        """End the join phase."""
        self._deadlines.clear(group.phase)
        for member in list(group.members.values()):
            if member.joining is None and member.instance_id is None:
                self.forget(effects, group, member.member_id, now_ms)
        if group.members and not group.elect_joined_leader():
            # Only static members, none of them back yet: their sessions decide.
            timeout_ms = max(group.rebalance_timeout_ms(), _POSTPONED_MS_MIN)
            self._deadlines.set(group.phase, now_ms + timeout_ms)
            return
        group.next_generation(now_ms)
        self.rebalances += 1
        if group.state is State.EMPTY:
            self.store(effects, group, {}, then=_nothing, otherwise=_nothing_failed)
            return
        for member in group.members.values():
            member.is_new = False
            member.assignment = b""
            group.unsynced[member.member_id] = None
            if member.joining is not None:
                response = responses.joined(member.joining, group, member)
                self.answer_join(effects, group, member, response)
            self.touch(member, now_ms)
        self._deadlines.set(group.phase, now_ms + max(group.rebalance_timeout_ms(), 1))

    def end_sync(self, effects: Effects, group: Group, code: ErrorCode, now_ms: int) -> None:
        """Answer the members that wait for their assignment: there is none, or here it is."""
        for member in group.members.values():
            if code is not ErrorCode.NONE:
                member.assignment = b""
            if member.syncing is None:
                continue
            is_good = code is ErrorCode.NONE
            response = responses.synced(group, member) if is_good else responses.sync_refused(code)
            effects.append(Reply(member.syncing, response))
            member.syncing = None
            self.touch(member, now_ms)

    def on_phase_over(self, effects: Effects, group: Group, now_ms: int) -> None:
        """End what took too long."""
        if group.state is State.PREPARING_REBALANCE:
            remaining_ms = group.initial_remaining_ms
            is_first = group.previous_state is State.EMPTY
            if is_first and group.was_joined and remaining_ms > 0:
                delay_ms = min(self._policy.initial_rebalance_delay_ms, remaining_ms)
                group.was_joined = False
                group.initial_remaining_ms = remaining_ms - delay_ms
                self._deadlines.set(group.phase, now_ms + delay_ms)
                return
            self._complete(effects, group, now_ms)
        elif group.unsynced:
            for member_id in list(group.unsynced):
                self.forget(effects, group, member_id, now_ms)
            self.begin(effects, group, now_ms)

    def on_session_over(self, effects: Effects, group: Group, member_id: str, now_ms: int) -> None:
        """Give up a member that was silent, or an id that nobody used."""
        member = group.members.get(member_id)
        if member is not None:
            if not member.is_new and (member.joining is not None or member.syncing is not None):
                return  # it waits for us; its session starts anew with the answer
        self.forget(effects, group, member_id, now_ms)
        if member is not None and group.can_rebalance:
            self.begin(effects, group, now_ms)
        else:
            self.maybe_complete(effects, group, now_ms)
        self._registry.drop_if_unused(group)

    def forget(self, effects: Effects, group: Group, member_id: str, now_ms: int) -> None:
        """Remove a member or an unused id, if there is one; answer what it had parked."""
        if member_id in group.pending:
            self._deadlines.clear(group.take_pending(member_id))
        member = group.members.get(member_id)
        if member is not None:
            self.answer_all(effects, group, member, ErrorCode.UNKNOWN_MEMBER_ID, "")
            group.remove(member_id)
            self._deadlines.clear(member.session)

    def answer_all(
        self, effects: Effects, group: Group, member: Member, code: ErrorCode, member_id: str
    ) -> None:
        """Answer what a member has parked with an error."""
        if member.joining is not None:
            response = responses.join_refused(member.joining, code, member_id)
            self.answer_join(effects, group, member, response)
        if member.syncing is not None:
            effects.append(Reply(member.syncing, responses.sync_refused(code)))
            member.syncing = None

    def answer_join(self, effects: Effects, group: Group, member: Member, response: Any) -> None:
        """Answer a member's parked JoinGroup."""
        assert member.joining is not None
        effects.append(Reply(member.joining, response))
        member.joining = None
        group.joined -= 1
        assert group.joined >= 0

    def touch(self, member: Member, now_ms: int) -> None:
        """Start a member's session anew: a number is written."""
        self._deadlines.set(member.session, now_ms + member.session_timeout_ms)

    def store(
        self,
        effects: Effects,
        group: Group,
        assignments: dict[str, bytes],
        *,
        then: Then,
        otherwise: Otherwise,
    ) -> None:
        """Send the group's state to the log."""
        wall_ahead_ms = self._registry.wall_ahead_ms
        value = encode_group_value(
            responses.group_value(group, assignments, wall_ahead_ms=wall_ahead_ms)
        )
        record = GroupRecord(group.group_id, value)
        self._appends.start(effects, group.partition, [record], then=then, otherwise=otherwise)

    # ---- partitions come and go

    def on_loaded(self, effects: Effects, group: Group, now_ms: int) -> None:
        """Give the members of a group that was read from the log a fresh session."""
        for member in group.members.values():
            self.touch(member, now_ms)
        size_max = min(self._policy.group_size_max, limits.MEMBERS_PER_GROUP_MAX)
        if len(group.members) > size_max:
            self.begin(effects, group, now_ms)

    def on_unloaded(self, effects: Effects, group: Group, now_ms: int) -> None:
        """Send everybody to the new coordinator."""
        group.on_event(Event.UNLOADED, now_ms)
        for member in group.members.values():
            code = ErrorCode.NOT_COORDINATOR
            self.answer_all(effects, group, member, code, member.member_id)


def _nothing(effects: Effects, now_ms: int) -> None:
    pass


def _nothing_failed(effects: Effects, now_ms: int, code: ErrorCode) -> None:
    """Forget it: what the log says of members that are gone ends with their sessions."""
