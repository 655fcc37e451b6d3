"""Checks that several requests share."""

from appliance.coordinator import limits
from appliance.coordinator.group import Group
from appliance.protocol.errors import ErrorCode


def is_text(text: str | None) -> bool:
    """Whether a text of a request fits into a record."""
    if text is None or len(text) * 4 <= limits.TEXT_BYTES_MAX:
        return True
    return len(text.encode()) <= limits.TEXT_BYTES_MAX


def member_code(group: Group, member_id: str, instance_id: str | None) -> ErrorCode:
    """Return NONE for a member of the group that nobody replaced."""
    if instance_id is not None:
        current = group.static.get(instance_id)
        if current is None:
            return ErrorCode.UNKNOWN_MEMBER_ID
        if current != member_id:
            return ErrorCode.FENCED_INSTANCE_ID
    return ErrorCode.NONE if member_id in group.members else ErrorCode.UNKNOWN_MEMBER_ID
