"""Responses of the group protocol, with what each version cannot say left out."""

from typing import Any

from appliance.coordinator.effects import Call
from appliance.coordinator.group import Group, Member
from appliance.protocol import messages
from appliance.protocol.errors import ErrorCode

NO_MEMBER = ""
"""Member id of a member that has none yet."""

_PROTOCOL_NULLABLE = 7  # first version of JoinGroup whose protocol name may be null


def join_refused(call: Call, code: ErrorCode, member_id: str = NO_MEMBER) -> Any:
    """Return a JoinGroup answer with an error."""
    return messages.JoinGroupResponse(
        error_code=int(code),
        member_id=member_id,
        protocol_name=None if call.version >= _PROTOCOL_NULLABLE else "",
    )


def joined(
    call: Call,
    group: Group,
    member: Member,
    *,
    leader: str | None = None,
    is_assigned: bool = False,
) -> Any:
    """Return a JoinGroup answer for the group's generation.

    Args:
        call: of the request.
        group: not preparing a rebalance.
        member: the one who asked; the leader is told about all.
        leader: whom the member shall take for the leader, if not the leader.
        is_assigned: the leader need not assign anew (KIP-814).
    """
    told = group.leader if leader is None else leader
    return messages.JoinGroupResponse(
        generation_id=group.generation,
        protocol_type=group.protocol_type,
        protocol_name=group.protocol or "",
        leader=told or "",
        skip_assignment=is_assigned,
        member_id=member.member_id,
        members=everybody(group) if told == member.member_id else [],
    )


def everybody(group: Group) -> list[Any]:
    """Return what the leader learns of the members."""
    return [
        messages.JoinGroupResponse.JoinGroupResponseMember(
            member_id=member.member_id,
            group_instance_id=member.instance_id,
            metadata=member.metadata(group.protocol),
        )
        for member in group.members.values()
    ]


def sync_refused(code: ErrorCode) -> Any:
    """Return a SyncGroup answer with an error."""
    return messages.SyncGroupResponse(error_code=int(code))


def synced(group: Group, member: Member) -> Any:
    """Return a SyncGroup answer with the member's assignment."""
    return messages.SyncGroupResponse(
        protocol_type=group.protocol_type,
        protocol_name=group.protocol,
        assignment=member.assignment,
    )


def left(call: Call, members: list[Any]) -> Any:
    """Return a LeaveGroup answer; before version 3 there is one member and one code."""
    if call.version >= 3:
        return messages.LeaveGroupResponse(members=members)
    codes = [member.error_code for member in members if member.error_code]
    return messages.LeaveGroupResponse(error_code=codes[0] if codes else 0)


def group_value(group: Group, assignments: dict[str, bytes], *, wall_ahead_ms: int) -> Any:
    """Return what is stored of a group.

    Args:
        group: in the state to store.
        assignments: by member id; missing ones are empty.
        wall_ahead_ms: wall clock less steady time.
    """
    return messages.GroupMetadataValue(
        protocol_type=group.protocol_type or "",
        generation=group.generation,
        protocol=group.protocol,
        leader=group.leader,
        current_state_timestamp=-1 if group.state_ms is None else group.state_ms + wall_ahead_ms,
        members=[
            messages.GroupMetadataValue.MemberMetadata(
                member_id=member.member_id,
                group_instance_id=member.instance_id,
                client_id=member.client_id,
                client_host=member.client_host,
                rebalance_timeout=member.rebalance_timeout_ms,
                session_timeout=member.session_timeout_ms,
                subscription=member.metadata(group.protocol),
                assignment=assignments.get(member.member_id, b""),
            )
            for member in group.members.values()
        ],
    )
