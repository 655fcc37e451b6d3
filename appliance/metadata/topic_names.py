"""Kafka's rules for topic names."""

NAME_CHARS_MAX = 249
"""Kafka's bound: a folder `name-partition` must fit into 255 bytes."""

OFFSETS = "__consumer_offsets"
"""What consumer groups are stored in."""

INTERNAL = frozenset((OFFSETS, "__transaction_state", "__share_group_state"))
"""Topics that the cluster itself writes, now or later: clients only read them."""

_ALLOWED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def invalid_reason(name: str) -> str | None:
    """Return why a topic cannot have this name, in Kafka's words; None when it can."""
    if not name:
        return "Topic name is invalid: the empty string is not allowed"
    if name in (".", ".."):
        return f"Topic name is invalid: '{name}' is not allowed"
    if len(name) > NAME_CHARS_MAX:
        return (
            f"Topic name is invalid: the length of '{name[:300]}' is longer than the max allowed"
            f" length {NAME_CHARS_MAX}"
        )
    if not _ALLOWED.issuperset(name):
        return (
            f"Topic name is invalid: '{name}' contains one or more characters other than ASCII"
            " alphanumerics, '.', '_' and '-'"
        )
    return None


def unified(name: str) -> str:
    """Return the form in which colliding names are equal: metric names make `.` a `_`."""
    return name.replace(".", "_")


def collide(left: str, right: str) -> bool:
    """Whether two different names differ only in `.` and `_`."""
    return left != right and unified(left) == unified(right)
