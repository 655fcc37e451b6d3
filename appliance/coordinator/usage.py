"""About how much memory clients make a node's coordinator keep.

The sums count what a client chooses: texts, metadata, assignments, and a flat price for each
object that goes with them.
"""

from appliance.coordinator import limits


class Usage:
    """What all groups of a node hold.

    Attributes:
        member_bytes: groups, their members and assignments, and their stored records.
        offset_bytes: committed offsets and their metadata.
    """

    __slots__ = ("member_bytes", "offset_bytes")

    def __init__(self) -> None:
        self.member_bytes = 0
        self.offset_bytes = 0

    def has_member_room(self, more: int) -> bool:
        """Whether members may take so many bytes more; to take less is always allowed."""
        return more <= 0 or self.member_bytes + more <= limits.MEMBERS_BYTES_MAX

    def has_offset_room(self, more: int) -> bool:
        """Whether offsets may take so many bytes more; to take less is always allowed."""
        return more <= 0 or self.offset_bytes + more <= limits.OFFSETS_BYTES_MAX
