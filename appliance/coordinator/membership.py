"""SyncGroup, Heartbeat and LeaveGroup.

Source: KIP-62, KIP-345 (batched LeaveGroup), KIP-559 (protocol checks); `kafka.md` 3.6.
"""

from typing import Any

from appliance.coordinator import responses
from appliance.coordinator.appends import Appends
from appliance.coordinator.checks import member_code
from appliance.coordinator.effects import Call, Effects, Reply
from appliance.coordinator.group import Group
from appliance.coordinator.phases import Phases
from appliance.coordinator.registry import Registry
from appliance.coordinator.states import HEARTBEAT, Event, State
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode

_PROTOCOL_CHECKED = 5  # first version of SyncGroup


class Membership:
    """What members of a node's groups ask after they joined."""

    def __init__(self, registry: Registry, appends: Appends, phases: Phases) -> None:
        self._registry = registry
        self._appends = appends
        self._phases = phases

    # ---- SyncGroup

    def sync_group(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve SyncGroup; the answer comes when the leader's assignment is durable."""
        is_named = request.protocol_type is not None and request.protocol_name is not None
        if call.version >= _PROTOCOL_CHECKED and not is_named:
            code = ErrorCode.INCONSISTENT_GROUP_PROTOCOL
            effects.append(Reply(call, responses.sync_refused(code)))
            return
        group, code = self._find(request.group_id)
        if group is not None:
            code = self._sync_code(group, request)
        elif code is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
            # Clients take that code from JoinGroup, and from SyncGroup for the end of the world;
            # the rebalance they are in is lost anyway.
            code = ErrorCode.REBALANCE_IN_PROGRESS
        if group is None or code is not ErrorCode.NONE:
            effects.append(Reply(call, responses.sync_refused(code)))
            return
        member = group.members[request.member_id]
        if group.state is State.STABLE:
            group.unsynced.pop(member.member_id, None)
            effects.append(Reply(call, responses.synced(group, member)))
            self._phases.touch(member, call.now_ms)
            return
        assert group.state is State.COMPLETING_REBALANCE
        if member.syncing is not None:
            refused = responses.sync_refused(ErrorCode.REBALANCE_IN_PROGRESS)
            effects.append(Reply(member.syncing, refused))
        member.syncing = call
        group.unsynced.pop(member.member_id, None)
        # A leader that sends again while the first one is on its way waits for that one: two
        # assignments of one generation would have two owners of a partition.
        if member.member_id == group.leader and group.storing != group.generation:
            self._store_assignment(effects, group, request)

    def _sync_code(self, group: Group, request: Any) -> ErrorCode:
        if group.state is State.DEAD:
            return ErrorCode.COORDINATOR_NOT_AVAILABLE
        protocol_type, protocol = request.protocol_type, request.protocol_name
        code = member_code(group, request.member_id, request.group_instance_id)
        if code is not ErrorCode.NONE:
            return code
        if request.generation_id != group.generation:
            return ErrorCode.ILLEGAL_GENERATION
        if protocol_type is not None and protocol_type != group.protocol_type:
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
        # A group without a protocol is before its first generation: that decides.
        if group.protocol is not None and protocol not in (None, group.protocol):
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
        if group.state is State.PREPARING_REBALANCE:
            return ErrorCode.REBALANCE_IN_PROGRESS
        size = sum(len(one.assignment) for one in request.assignments)
        if not self._registry.usage.has_member_room(2 * size):
            return ErrorCode.GROUP_MAX_SIZE_REACHED
        return ErrorCode.NONE

    def _store_assignment(self, effects: Effects, group: Group, request: Any) -> None:
        given = {one.member_id: one.assignment for one in request.assignments}
        assignments = {member_id: given.get(member_id, b"") for member_id in group.members}
        generation = group.storing = group.generation

        def is_current() -> bool:
            is_waiting = group.state is State.COMPLETING_REBALANCE
            return is_waiting and group.generation == generation

        def then(effects: Effects, now_ms: int) -> None:
            if not is_current():
                return  # everybody has been told to join again
            group.storing = None
            for member in group.members.values():
                member.assignment = assignments.get(member.member_id, b"")
            group.on_event(Event.ASSIGNED, now_ms)
            self._phases.end_sync(effects, group, ErrorCode.NONE, now_ms)

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            if not is_current():
                return
            group.storing = None
            self._phases.end_sync(effects, group, code, now_ms)
            self._phases.begin(effects, group, now_ms)

        self._phases.store(effects, group, assignments, then=then, otherwise=otherwise)

    # ---- Heartbeat

    def heartbeat(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve Heartbeat: a number is written, and the answer says whether to join again."""
        group, code = self._find(request.group_id)
        if group is not None:
            code = self._heartbeat_code(group, request, call.now_ms)
        elif code is ErrorCode.COORDINATOR_LOAD_IN_PROGRESS:
            code = ErrorCode.NONE  # as in Kafka: the member may be a good one and keeps what it has
        effects.append(Reply(call, messages.HeartbeatResponse(error_code=int(code))))

    def _heartbeat_code(self, group: Group, request: Any, now_ms: int) -> ErrorCode:
        if group.state is State.DEAD:
            return HEARTBEAT[State.DEAD]
        code = member_code(group, request.member_id, request.group_instance_id)
        if code is not ErrorCode.NONE:
            return code
        if request.generation_id != group.generation:
            return ErrorCode.ILLEGAL_GENERATION
        self._phases.touch(group.members[request.member_id], now_ms)
        return HEARTBEAT[group.state]

    # ---- LeaveGroup

    def leave_group(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve LeaveGroup; answered when the group that became empty is stored as such."""
        group, code = self._find(request.group_id)
        if call.version >= 3:
            identities = request.members
        else:
            identities = [messages.LeaveGroupRequest.MemberIdentity(member_id=request.member_id)]
        if group is None and code is ErrorCode.UNKNOWN_MEMBER_ID:
            members = [_left(one, code) for one in identities]
            effects.append(Reply(call, responses.left(call, members)))
            return
        if group is not None and group.state is State.DEAD:
            code = ErrorCode.COORDINATOR_NOT_AVAILABLE
        if group is None or code is not ErrorCode.NONE:
            refused = messages.LeaveGroupResponse(error_code=int(code))
            effects.append(Reply(call, refused))
            return
        members = [self._leave(effects, group, one, call.now_ms) for one in identities]
        sent = group.records_sent
        if any(member.error_code == 0 for member in members):
            match group.state:
                case State.STABLE | State.COMPLETING_REBALANCE:
                    self._phases.begin(effects, group, call.now_ms)
                case _:
                    self._phases.maybe_complete(effects, group, call.now_ms)
        self._answer_leave(effects, group, call, members, is_sent=group.records_sent > sent)
        self._registry.drop_if_unused(group)

    def _answer_leave(
        self, effects: Effects, group: Group, call: Call, members: list[Any], *, is_sent: bool
    ) -> None:
        def then(effects: Effects, now_ms: int) -> None:
            effects.append(Reply(call, responses.left(call, members)))

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            refused = messages.LeaveGroupResponse(error_code=int(code))
            effects.append(Reply(call, refused))

        if not is_sent:
            then(effects, call.now_ms)
        else:
            waits = self._appends.wait(group.partition, then=then, otherwise=otherwise)
            assert waits

    def _leave(self, effects: Effects, group: Group, one: Any, now_ms: int) -> Any:
        member_id: str | None = one.member_id
        if not member_id:
            # An operator removes a static member by the name it gave itself.
            member_id = group.static.get(one.group_instance_id or "")
            code = ErrorCode.NONE if member_id else ErrorCode.UNKNOWN_MEMBER_ID
        elif member_id in group.pending:
            code = ErrorCode.NONE
        else:
            code = member_code(group, member_id, one.group_instance_id)
        if code is ErrorCode.NONE and member_id:
            self._phases.forget(effects, group, member_id, now_ms)
        return _left(one, code)

    def _find(self, group_id: str) -> tuple[Group | None, ErrorCode]:
        """Return (group, NONE), or (None, why there is none)."""
        if not group_id:
            return None, ErrorCode.INVALID_GROUP_ID
        group = self._registry.groups.get(group_id)
        if group is not None:
            return group, ErrorCode.NONE
        code = self._registry.check(group_id)
        return None, ErrorCode.UNKNOWN_MEMBER_ID if code is ErrorCode.NONE else code


def _left(identity: Any, code: ErrorCode) -> Any:
    return messages.LeaveGroupResponse.MemberResponse(
        member_id=identity.member_id,
        group_instance_id=identity.group_instance_id,
        error_code=int(code),
    )
