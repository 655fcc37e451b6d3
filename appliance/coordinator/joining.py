"""JoinGroup: who is let in, under which id, and whether that takes a rebalance.

Source: KIP-62, KIP-345 (static members), KIP-394 (member id required), KIP-814 (skip assignment);
`kafka.md` 3.6.
"""

from typing import Any, NamedTuple

from appliance.coordinator import limits, responses
from appliance.coordinator.checks import is_text, member_code
from appliance.coordinator.deadlines import Deadlines
from appliance.coordinator.effects import Call, Effects, Reply
from appliance.coordinator.group import Group, Member, Protocols, member_bytes
from appliance.coordinator.phases import Phases
from appliance.coordinator.policy import Policy
from appliance.coordinator.registry import Registry
from appliance.coordinator.states import State
from appliance.protocol.errors import ErrorCode

_MEMBER_ID_REQUIRED = 4  # first version of JoinGroup
_SKIP_ASSIGNMENT = 9  # first version of JoinGroup


class _Join(NamedTuple):
    """A JoinGroup that passed the checks that need no group."""

    call: Call
    member_id: str
    instance_id: str | None
    session_timeout_ms: int
    rebalance_timeout_ms: int
    protocol_type: str
    protocols: Protocols


class Joining:
    """JoinGroup requests of a node."""

    def __init__(
        self, policy: Policy, registry: Registry, deadlines: Deadlines, phases: Phases
    ) -> None:
        self._policy = policy
        self._registry = registry
        self._deadlines = deadlines
        self._phases = phases

    def join_group(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve JoinGroup; the answer comes when the join phase is over."""
        code = self._join_code(request)
        if code is ErrorCode.NONE:
            code = self._registry.check(request.group_id)
        if code is not ErrorCode.NONE:
            effects.append(Reply(call, responses.join_refused(call, code, request.member_id)))
            return
        group = self._registry.groups.get(request.group_id)
        if group is None:
            if request.member_id:
                code = ErrorCode.UNKNOWN_MEMBER_ID
                effects.append(Reply(call, responses.join_refused(call, code, request.member_id)))
                return
            group = self._registry.create(request.group_id, call.now_ms)
        self._join(effects, group, _parse_join(request, call))
        self._registry.drop_if_unused(group)

    def _join_code(self, request: Any) -> ErrorCode:
        policy = self._policy
        if not request.group_id or not is_text(request.group_id):
            return ErrorCode.INVALID_GROUP_ID
        timeout_ms = request.session_timeout_ms
        if not policy.session_timeout_ms_min <= timeout_ms <= policy.session_timeout_ms_max:
            return ErrorCode.INVALID_SESSION_TIMEOUT
        if not is_text(request.group_instance_id):
            return ErrorCode.INVALID_REQUEST
        names = [protocol.name for protocol in request.protocols]
        if len(names) > limits.PROTOCOLS_PER_MEMBER_MAX:
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
        if not all(map(is_text, [request.protocol_type, *names])):
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
        return ErrorCode.NONE

    def _join(self, effects: Effects, group: Group, join: _Join) -> None:
        call, member_id = join.call, join.member_id
        if not self._accepts(group, member_id):
            code = ErrorCode.GROUP_MAX_SIZE_REACHED
            effects.append(Reply(call, responses.join_refused(call, code)))
            self._phases.forget(effects, group, member_id, call.now_ms)
            self._phases.maybe_complete(effects, group, call.now_ms)
            return
        if group.state is State.DEAD:
            code = ErrorCode.COORDINATOR_NOT_AVAILABLE
        elif not self._has_room(group, join):
            code = ErrorCode.GROUP_MAX_SIZE_REACHED
        elif not group.supports(join.protocol_type, join.protocols):
            code = ErrorCode.INCONSISTENT_GROUP_PROTOCOL
        elif not member_id:
            self._join_new(effects, group, join)
            return
        elif member_id in group.pending and join.instance_id is None:
            self._deadlines.clear(group.take_pending(member_id))
            self._add(effects, group, join, member_id)
            return
        else:
            code = member_code(group, member_id, join.instance_id)
            if code is ErrorCode.NONE:
                self._join_again(effects, group, join, group.members[member_id])
                return
        effects.append(Reply(call, responses.join_refused(call, code, member_id)))

    def _accepts(self, group: Group, member_id: str) -> bool:
        """Whether there is room for one who joins."""
        size_max = min(self._policy.group_size_max, limits.MEMBERS_PER_GROUP_MAX)
        member = group.members.get(member_id)
        match group.state:
            case State.EMPTY | State.DEAD:
                return True
            case State.PREPARING_REBALANCE:
                # Those who joined count: when the bound was lowered, the last ones to join go.
                return group.joined < size_max or (
                    member is not None and member.joining is not None
                )
            case _:
                return member is not None or len(group.members) < size_max

    def _has_room(self, group: Group, join: _Join) -> bool:
        """Whether the node may keep what a member says of itself."""
        member = group.members.get(join.member_id)
        before = 0 if member is None else member.size
        more = member_bytes(join.instance_id, join.protocols) - before
        return self._registry.usage.has_member_room(more)

    def _join_new(self, effects: Effects, group: Group, join: _Join) -> None:
        call = join.call
        name = call.client_id[: limits.CLIENT_ID_CHARS_MAX]
        if join.instance_id is not None:
            name = join.instance_id[: limits.CLIENT_ID_CHARS_MAX]
        member_id = f"{name}-{call.uuid}"
        assert call.uuid
        assert member_id not in group.members
        assert member_id not in group.pending
        if join.instance_id is not None:
            current = group.static.get(join.instance_id)
            if current is None:
                self._add(effects, group, join, member_id)
            else:
                self._replace_static(effects, group, join, group.members[current], member_id)
            return
        if call.version < _MEMBER_ID_REQUIRED:
            self._add(effects, group, join, member_id)
            return
        if len(group.pending) >= limits.PENDING_MEMBERS_PER_GROUP_MAX:
            code = ErrorCode.GROUP_MAX_SIZE_REACHED
            effects.append(Reply(call, responses.join_refused(call, code)))
            return
        deadline = group.add_pending(member_id)
        self._deadlines.set(deadline, call.now_ms + join.session_timeout_ms)
        code = ErrorCode.MEMBER_ID_REQUIRED
        effects.append(Reply(call, responses.join_refused(call, code, member_id)))

    def _add(self, effects: Effects, group: Group, join: _Join, member_id: str) -> None:
        call = join.call
        member = Member(
            member_id,
            instance_id=join.instance_id,
            client_id=call.client_id[: limits.CLIENT_ID_CHARS_MAX],
            client_host=call.client_host,
            rebalance_timeout_ms=join.rebalance_timeout_ms,
            session_timeout_ms=join.session_timeout_ms,
            protocols=join.protocols,
        )
        member.is_new = True
        member.joining = call
        if group.state is State.PREPARING_REBALANCE and group.previous_state is State.EMPTY:
            group.was_joined = True
        group.add(member, join.protocol_type)
        # It has no heartbeat yet, and its connection says nothing while the request is parked: a
        # client that gave up and came again as another member would stay for ever.
        timeout_ms = self._policy.new_member_join_timeout_ms
        self._deadlines.set(member.session, call.now_ms + timeout_ms)
        self._phases.rebalance_or_complete(effects, group, call.now_ms)

    def _join_again(self, effects: Effects, group: Group, join: _Join, member: Member) -> None:
        is_changed = member.protocols != join.protocols
        is_leader = group.leader == member.member_id
        match group.state:
            case State.PREPARING_REBALANCE:
                is_current = False
            case State.COMPLETING_REBALANCE:
                # The same again: the answer to the first one was lost on the way.
                is_current = not is_changed
            case State.STABLE:
                # A leader that joins again wants a new assignment, whatever changed outside.
                is_current = not is_changed and not is_leader
            case _:
                raise AssertionError(f"a member in {group.state}")
        if is_current:
            effects.append(Reply(join.call, responses.joined(join.call, group, member)))
            return
        self._update(effects, group, member, join)
        self._phases.rebalance_or_complete(effects, group, join.call.now_ms)

    def _update(self, effects: Effects, group: Group, member: Member, join: _Join) -> None:
        """Take over what a member says of itself, and park its JoinGroup."""
        group.set_protocols(member, join.protocols)
        member.rebalance_timeout_ms = join.rebalance_timeout_ms
        member.session_timeout_ms = join.session_timeout_ms
        if member.joining is not None:
            code = ErrorCode.REBALANCE_IN_PROGRESS
            response = responses.join_refused(member.joining, code, member.member_id)
            effects.append(Reply(member.joining, response))
        else:
            group.joined += 1
        member.joining = join.call

    def _replace_static(
        self, effects: Effects, group: Group, join: _Join, old: Member, new_id: str
    ) -> None:
        """Let a restarted static member take the place of the one it was."""
        call, leader = join.call, group.leader
        self._phases.answer_all(effects, group, old, ErrorCode.FENCED_INSTANCE_ID, old.member_id)
        self._deadlines.clear(old.session)
        before = old.protocols, old.rebalance_timeout_ms, old.session_timeout_ms
        # It may restart again before the log knows its new id, and then neither may get there.
        stored_id = old.stored_id or [old.member_id]
        member = group.replace_static(old, new_id)
        self._update(effects, group, member, join)
        self._phases.touch(member, call.now_ms)
        match group.state:
            case State.PREPARING_REBALANCE:
                self._phases.maybe_complete(effects, group, call.now_ms)
                return
            case State.COMPLETING_REBALANCE:
                # The leader may be assigning to the old id right now.
                self._phases.begin(effects, group, call.now_ms)
                return
            case _:
                assert group.state is State.STABLE
        if group.select_protocol() != group.protocol:
            self._phases.begin(effects, group, call.now_ms)
            return
        group.refresh_subscribed()
        member.stored_id = stored_id

        def then(effects: Effects, now_ms: int) -> None:
            stored_id[0] = new_id
            member.stored_id = None
            if member.joining is not call or group.state is not State.STABLE:
                return  # a rebalance came in between and answers it
            is_leader = group.leader == new_id
            if call.version >= _SKIP_ASSIGNMENT:
                response = responses.joined(call, group, member, is_assigned=is_leader)
            else:
                # Told of the old leader, the member does not take itself for one and assign.
                response = responses.joined(call, group, member, leader=leader)
            self._phases.answer_join(effects, group, member, response)
            self._phases.touch(member, now_ms)

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            member.stored_id = None
            if member.joining is not call or group.state is not State.STABLE:
                return
            self._phases.answer_join(effects, group, member, responses.join_refused(call, code))
            self._deadlines.clear(member.session)
            protocols, member.rebalance_timeout_ms, member.session_timeout_ms = before
            group.set_protocols(member, protocols)
            self._phases.answer_all(effects, group, member, ErrorCode.FENCED_INSTANCE_ID, new_id)
            restored = group.replace_static(member, stored_id[0])
            group.refresh_subscribed()
            self._phases.touch(restored, now_ms)

        assignments = {m.member_id: m.assignment for m in group.members.values()}
        self._phases.store(effects, group, assignments, then=then, otherwise=otherwise)


def _parse_join(request: Any, call: Call) -> _Join:
    # Version 0 knows one timeout only.
    rebalance_ms = request.rebalance_timeout_ms if call.version >= 1 else request.session_timeout_ms
    protocols = {protocol.name: protocol.metadata for protocol in request.protocols}
    return _Join(
        call=call,
        member_id=request.member_id,
        instance_id=request.group_instance_id,
        session_timeout_ms=request.session_timeout_ms,
        rebalance_timeout_ms=max(rebalance_ms, 0),
        protocol_type=request.protocol_type,
        protocols=tuple(protocols.items()),
    )
