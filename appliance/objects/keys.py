"""Object keys: spread over 256 prefixes, and naming the object id.

**Layout:** `<prefix><hh>/<object id, 16 hex digits>.pso`. `prefix` is empty or ends in "/"; `hh` is
the top byte of `object_id * 0x9E3779B97F4A7C15 mod 2**64`, two lower-case hex digits. Neighbouring
ids land under different `hh`, which S3 partitions its request limits by, and no folder of a local
store gets more than a 256th of the objects.
"""

import re

_ID_MAX = (1 << 63) - 1
_MULTIPLIER = 0x9E3779B97F4A7C15
_KEY = re.compile(r"(?P<prefix>(?:[^/]+/)*)(?P<hash>[0-9a-f]{2})/(?P<id>[0-9a-f]{16})\.pso")


def object_key(prefix: str, object_id: int) -> str:
    """Return the key of an object.

    Args:
        prefix: empty, or ends in "/".
        object_id: in [0, 2**63).
    """
    assert not prefix or prefix.endswith("/")
    assert 0 <= object_id <= _ID_MAX
    return f"{prefix}{_spread(object_id):02x}/{object_id:016x}.pso"


def parse_object_id(key: str) -> int | None:
    """Return the object id that a key names, under whatever prefix; None for any other key."""
    match = _KEY.fullmatch(key)
    if match is None:
        return None
    object_id = int(match["id"], 16)
    if object_id > _ID_MAX or _spread(object_id) != int(match["hash"], 16):
        return None
    return object_id


def _spread(object_id: int) -> int:
    return (object_id * _MULTIPLIER & 0xFFFF_FFFF_FFFF_FFFF) >> 56
