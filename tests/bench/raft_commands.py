"""What the bench proposes: commands of one length with the bytes of the product's own.

Zeros would flatter whatever packs them. An upload proposes an object id, the object with a range of
each partition in it, and extents; these, encoded, are put one behind the other and cut.
"""

from __future__ import annotations

from functools import cache
from random import Random

from appliance.metadata import commands
from appliance.objects import keys

COUNT = 4096
"""So many differ: none comes back within what a packer remembers (32 KiB)."""

_CLUSTER = "5cVnTCLWQSGBTSvXSBxvKA"
_NOW_MS = 1_764_360_000_000


@cache
def contents(size: int, *, is_random: bool = False) -> list[bytes]:
    """Returns that many contents of `size` bytes: of the product's commands, or random ones."""
    rng = Random(1)
    if is_random:
        return [rng.randbytes(size) for _ in range(COUNT)]
    data = bytearray()
    object_id = 100_000
    while len(data) < COUNT * size:
        object_id += 1
        for command in _of_an_upload(rng, object_id):
            data += commands.encode(command)
    return [bytes(data[i * size : (i + 1) * size]) for i in range(COUNT)]


def _of_an_upload(rng: Random, object_id: int) -> list[commands.Command]:
    log_id = rng.randrange(3)
    now_ms = _NOW_MS + 250 * object_id + rng.randrange(250)
    sequence = object_id // 4
    ranges: list[commands.ObjectRangeCommit] = []
    for partition_id in sorted(rng.sample(range(1000), rng.randint(1, 6))):
        start = rng.randrange(1 << 30)
        ranges.append(
            commands.ObjectRangeCommit(
                partition_id=partition_id,
                start_offset=start,
                end_offset=start + rng.randrange(1, 50_000),
                size=rng.randrange(1 << 22),
                max_timestamp=now_ms - rng.randrange(5000),
            )
        )
    return [
        commands.AllocateObjectIds(count=1),
        commands.CommitObject(
            object_id=object_id,
            key=keys.object_key(f"{_CLUSTER}/", object_id),
            size=sum(line.size for line in ranges) + 300,
            created_ms=now_ms,
            log_id=log_id,
            uploaded_lsn=(object_id << 23) + 4096 * rng.randrange(2048),
            ranges=ranges,
        ),
        commands.AllocateExtents(log_id=log_id, count=1, first_chain_sequence=sequence),
        commands.FreeExtents(log_id=log_id, below_chain_sequence=sequence - 3),
    ]
