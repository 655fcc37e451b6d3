"""What consumers of a group tell each other, and how their leader shares out partitions.

The coordinator does not look into these bytes, but for the topics of a subscription.

**Layout** (big-endian) of a subscription, version 2: int16 version; int32 count of topics, each an
int16 length and UTF-8; int32 length of user data, -1; owned places; int32 generation. Of an
assignment, version 0: int16 version; places; int32 length of user data, -1. Of places: int32
count of topics, each its name, an int32 count and int32 partitions.
Source: ConsumerProtocolSubscription, ConsumerProtocolAssignment; KIP-429, KIP-792.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.sim.group_model import Place

EAGER, COOPERATIVE = "range", "cooperative-sticky"
_NO_DATA = struct.pack(">i", -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member as its leader sees it; owned and generation are its own claims."""

    member_id: str
    topics: list[str]
    owned: list[Place]
    generation: int


def _encode_text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack(">h", len(raw)) + raw


def _encode_places(places: Iterable[Place]) -> bytes:
    by_topic: dict[str, list[int]] = {}
    for topic, index in sorted(places):
        by_topic.setdefault(topic, []).append(index)
    parts = [struct.pack(">i", len(by_topic))]
    for topic, indexes in by_topic.items():
        parts.append(_encode_text(topic))
        parts.append(struct.pack(f">i{len(indexes)}i", len(indexes), *indexes))
    return b"".join(parts)


def _decode_text(data: bytes, position: int) -> tuple[str, int]:
    (length,) = struct.unpack_from(">h", data, position)
    position += 2
    return data[position : position + length].decode(), position + length


def _decode_places(data: bytes, position: int) -> tuple[list[Place], int]:
    places: list[Place] = []
    (count,) = struct.unpack_from(">i", data, position)
    position += 4
    for _ in range(count):
        topic, position = _decode_text(data, position)
        (indexes,) = struct.unpack_from(">i", data, position)
        places += [(topic, i) for i in struct.unpack_from(f">{indexes}i", data, position + 4)]
        position += 4 + 4 * indexes
    return places, position


def encode_subscription(topics: Sequence[str], owned: Iterable[Place], generation: int) -> bytes:
    """Return what a member sends with its JoinGroup."""
    head = struct.pack(">hi", 2, len(topics)) + b"".join(map(_encode_text, topics))
    return head + _NO_DATA + _encode_places(owned) + struct.pack(">i", generation)


def decode_subscription(member_id: str, data: bytes) -> Candidate:
    """Return what a leader reads of a member."""
    version, count = struct.unpack_from(">hi", data)
    assert version == 2
    position, topics = 6, list[str]()
    for _ in range(count):
        topic, position = _decode_text(data, position)
        topics.append(topic)
    owned, position = _decode_places(data, position + len(_NO_DATA))
    (generation,) = struct.unpack_from(">i", data, position)
    return Candidate(member_id=member_id, topics=topics, owned=owned, generation=generation)


def encode_assignment(places: Iterable[Place]) -> bytes:
    """Return what a leader sends for a member."""
    return struct.pack(">h", 0) + _encode_places(places) + _NO_DATA


def decode_assignment(data: bytes) -> list[Place]:
    """Return what a member was given; nothing at all is nothing."""
    return _decode_places(data, 2)[0] if data else []


def assign(
    candidates: Sequence[Candidate], places: Sequence[Place], *, is_cooperative: bool
) -> tuple[dict[str, list[Place]], bool]:
    """Share out partitions evenly; who has one keeps it if that is fair.

    Returns:
        Places by member id; whether some are held back until their owners gave them up.
    """
    claims: dict[Place, tuple[int, str]] = {}
    for one in candidates:
        for place in one.owned:
            claims[place] = max(claims.get(place, (-1, "")), (one.generation, one.member_id))
    plan: dict[str, list[Place]] = {one.member_id: [] for one in candidates}
    topics = {one.member_id: one.topics for one in candidates}
    fair = -(-len(places) // len(candidates))
    free: list[Place] = []
    for place in places:
        _, keeper = claims.get(place, (-1, ""))
        if keeper and place[0] in topics[keeper] and len(plan[keeper]) < fair:
            plan[keeper].append(place)
        else:
            free.append(place)
    is_withheld = False
    for place in free:
        takers = [who for who in plan if place[0] in topics[who]]
        if not takers:
            continue
        taker = min(takers, key=lambda who: len(plan[who]))
        _, keeper = claims.get(place, (-1, ""))
        if is_cooperative and keeper not in ("", taker):
            is_withheld = True
        else:
            plan[taker].append(place)
    return plan, is_withheld
