"""ListGroups, DescribeGroups and DeleteGroups: what operators ask."""

from typing import Any

from appliance.coordinator.appends import Appends
from appliance.coordinator.effects import Call, Effects, Reply
from appliance.coordinator.gather import Gather
from appliance.coordinator.group import Group
from appliance.coordinator.records import GroupLogRecord, GroupRecord, OffsetRecord
from appliance.coordinator.registry import Registry
from appliance.coordinator.states import DELETE, Event, State
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode

GROUP_TYPE = "classic"
"""What ListGroups calls the groups of this protocol (KIP-848)."""

ALL_OPERATIONS = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11
"""READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS: without an authorizer all of a group's
operations are allowed."""

_NOT_FOUND = 6  # first version of DescribeGroups that knows GROUP_ID_NOT_FOUND
_STATES, _TYPES = 4, 5  # first versions of ListGroups with these fields


class GroupRequests:
    """Groups of a node as operators see them."""

    def __init__(self, registry: Registry, appends: Appends) -> None:
        self._registry = registry
        self._appends = appends

    def list_groups(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve ListGroups: the groups this node coordinates, if it knows all of them."""
        if any(shard.is_loading for shard in self._registry.shards.values()):
            code = int(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS)
            effects.append(Reply(call, messages.ListGroupsResponse(error_code=code)))
            return
        states = {state.strip().lower() for state in request.states_filter}
        types = {kind.lower() for kind in request.types_filter}
        groups = [
            _listed(group)
            for _, group in sorted(self._registry.groups.items())
            if (call.version < _STATES or not states or group.state.value.lower() in states)
            and (call.version < _TYPES or not types or GROUP_TYPE in types)
        ]
        effects.append(Reply(call, messages.ListGroupsResponse(groups=groups)))

    def describe(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve DescribeGroups; an unknown group is a dead one."""
        described = [self._describe(group_id, request, call) for group_id in request.groups]
        effects.append(Reply(call, messages.DescribeGroupsResponse(groups=described)))

    def _describe(self, group_id: str, request: Any, call: Call) -> Any:
        code = self._registry.check(group_id)
        answer = messages.DescribeGroupsResponse.DescribedGroup(
            group_id=group_id, error_code=int(code)
        )
        if code is not ErrorCode.NONE:
            return answer
        group = self._registry.groups.get(group_id)
        if group is None:
            answer.group_state = State.DEAD.value
            if call.version >= _NOT_FOUND:
                answer.error_code = int(ErrorCode.GROUP_ID_NOT_FOUND)
                answer.error_message = f"Group {group_id} not found."
                return answer
        else:
            answer.group_state = group.state.value
            answer.protocol_type = group.protocol_type or ""
            is_stable = group.state is State.STABLE
            answer.protocol_data = (group.protocol or "") if is_stable else ""
            answer.members = _described_members(group)
        if call.version >= 3 and request.include_authorized_operations:
            answer.authorized_operations = ALL_OPERATIONS
        return answer

    def delete(self, effects: Effects, request: Any, call: Call) -> None:
        """Serve DeleteGroups; answered when all deletions are durable."""
        wanted = list(dict.fromkeys(request.groups_names))
        by_partition: dict[int, list[Group]] = {}
        codes: dict[str, ErrorCode] = {}
        for group_id in wanted:
            codes[group_id] = self._delete_code(group_id)
            if codes[group_id] is ErrorCode.NONE:
                group = self._registry.groups[group_id]
                by_partition.setdefault(group.partition, []).append(group)

        def build(parts: list[Any]) -> Any:
            for part in parts:
                codes.update(part)
            result = messages.DeleteGroupsResponse.DeletableGroupResult
            return messages.DeleteGroupsResponse(
                results=[result(group_id=i, error_code=int(codes[i])) for i in wanted]
            )

        gather = Gather(call, len(by_partition), build)
        gather.start(effects)
        for index, (partition, groups) in enumerate(sorted(by_partition.items())):
            self._delete(effects, partition, groups, gather=gather, index=index, now_ms=call.now_ms)

    def _delete_code(self, group_id: str) -> ErrorCode:
        code = self._registry.check(group_id)
        if code is not ErrorCode.NONE:
            return code
        group = self._registry.groups.get(group_id)
        return ErrorCode.GROUP_ID_NOT_FOUND if group is None else DELETE[group.state]

    def _delete(
        self,
        effects: Effects,
        partition: int,
        groups: list[Group],
        *,
        gather: Gather,
        index: int,
        now_ms: int,
    ) -> None:
        records: list[GroupLogRecord] = []
        for group in groups:
            group.on_event(Event.DELETING, now_ms)
            records += [OffsetRecord(group.group_id, *key, None) for key in group.offsets.known()]
            records.append(GroupRecord(group.group_id, None))

        def then(effects: Effects, now_ms: int) -> None:
            for group in groups:
                self._registry.drop(group)
            gather.put(effects, index, {group.group_id: ErrorCode.NONE for group in groups})

        def otherwise(effects: Effects, now_ms: int, code: ErrorCode) -> None:
            for group in groups:
                group.on_event(Event.DELETE_FAILED, now_ms)
            gather.put(effects, index, {group.group_id: code for group in groups})

        self._appends.start(effects, partition, records, then=then, otherwise=otherwise)


def _listed(group: Group) -> Any:
    return messages.ListGroupsResponse.ListedGroup(
        group_id=group.group_id,
        protocol_type=group.protocol_type or "",
        group_state=group.state.value,
        group_type=GROUP_TYPE,
    )


def _described_members(group: Group) -> list[Any]:
    is_stable = group.state is State.STABLE
    return [
        messages.DescribeGroupsResponse.DescribedGroupMember(
            member_id=member.member_id,
            group_instance_id=member.instance_id,
            client_id=member.client_id,
            client_host=member.client_host,
            # While a rebalance goes on nobody knows which assignor's metadata to show.
            member_metadata=member.metadata(group.protocol) if is_stable else b"",
            member_assignment=member.assignment,
        )
        for member in group.members.values()
    ]
