"""The topics that a consumer subscribes to, from the metadata of its JoinGroup.

The coordinator does not interpret what members tell each other, with one exception, as in Kafka:
offsets of topics that a group reads neither expire nor are deleted.

**Layout** (big-endian), a prefix of every version: int16 version, int32 count of topics, each an
int16 length and UTF-8. Source: ConsumerProtocolSubscription.
"""

import struct

PROTOCOL_TYPE = "consumer"

_HEAD = struct.Struct(">hi")
_LENGTH = struct.Struct(">h")
assert _HEAD.size == 6


def decode_topics(metadata: bytes) -> list[str] | None:
    """Return the topics of a consumer's metadata, or None when it is none: it is a client's own."""
    if len(metadata) < _HEAD.size:
        return None
    version, count = _HEAD.unpack_from(metadata, 0)
    position = _HEAD.size
    if version < 0 or count < 0 or count * _LENGTH.size > len(metadata) - position:
        return None
    topics: list[str] = []
    for _ in range(count):
        if len(metadata) - position < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(metadata, position)
        position += _LENGTH.size
        end = position + length
        if length < 0 or end > len(metadata):
            return None
        try:
            topics.append(metadata[position:end].decode())
        except UnicodeDecodeError:
            return None
        position = end
    return topics
