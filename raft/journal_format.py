"""Bytes of the journal, and how they are written: see FORMAT.md. `journal_replay.py` reads them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from fastcrc import crc32

from raft.entry import Entry

__all__ = [
    "ENTRY",
    "FILE",
    "FILE_NEW",
    "GROUP",
    "GROUP_BYTES",
    "GROUP_END",
    "GROUP_MAGIC",
    "HARD_STATE",
    "HEADER",
    "INDEX",
    "MAGIC",
    "RECORD",
    "SECTOR_BYTES",
    "VERSION",
    "Identity",
    "Kind",
    "encode_entry",
    "encode_group",
    "encode_groups",
    "encode_hard_state",
    "encode_header",
    "encode_record",
    "is_hard_state_allowed",
]

FILE = "journal"
FILE_NEW = "journal.new"

MAGIC = b"RAFTJRNL"
VERSION = 1
# magic, version, header bytes, zero, cluster id, node id, salt, zero, crc of all before
HEADER = struct.Struct("<8sHHI16sqQ12sI")
assert HEADER.size == 64
GROUP_MAGIC = b"RGRP"
# magic, body bytes, sequence, salt, crc of the body, crc of all before
GROUP = struct.Struct("<4sIQQII")
assert GROUP.size == 32
GROUP_END = b"\xee"  # not zero: the last sector of a complete group is never all zero
GROUP_BYTES = GROUP.size + len(GROUP_END)  # besides the records
RECORD = struct.Struct("<IB")  # payload bytes, kind
assert RECORD.size == 5
ENTRY = struct.Struct("<QQ")  # index, term; the command follows
INDEX = struct.Struct("<Q")
HARD_STATE = struct.Struct("<Qq")  # term, vote or -1
SECTOR_BYTES = 512


class Kind(IntEnum):
    """Record kinds."""

    ENTRY = 1
    TRUNCATE = 2
    HARD_STATE = 3
    RESET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose files these are: 16 bytes of cluster id and the node id."""

    cluster_id: bytes
    node_id: int

    def __post_init__(self) -> None:
        assert len(self.cluster_id) == 16
        assert self.node_id >= 0


_KIND_ENTRY = int(Kind.ENTRY)
_ENTRY_RECORD = struct.Struct("<IBQQ")  # RECORD and ENTRY at once
assert _ENTRY_RECORD.size == RECORD.size + ENTRY.size


def encode_header(identity: Identity, *, salt: int) -> bytes:
    """Encodes the header of a file whose groups have this salt."""
    head = HEADER.pack(
        MAGIC,
        VERSION,
        HEADER.size,
        0,
        identity.cluster_id,
        identity.node_id,
        salt,
        bytes(12),
        0,
    )[:-4]
    return head + crc32.iscsi(head).to_bytes(4, "little")


def encode_group(records: Sequence[bytes], *, sequence: int, salt: int) -> bytes:
    """Encodes the group of these records."""
    body = b"".join(records)
    head = GROUP.pack(GROUP_MAGIC, len(body), sequence, salt, crc32.iscsi(body), 0)[:-4]
    return head + crc32.iscsi(head).to_bytes(4, "little") + body + GROUP_END


def encode_groups(
    records: Iterable[bytes], *, sequence: int, salt: int, bytes_max: int
) -> Iterator[bytes]:
    """Packs records into groups of at most `bytes_max` (one record at least)."""
    part: list[bytes] = []
    part_bytes = 0
    for record in records:
        if part and part_bytes + len(record) > bytes_max:
            yield encode_group(part, sequence=sequence, salt=salt)
            sequence += 1
            part, part_bytes = [], 0
        part.append(record)
        part_bytes += len(record)
    if part:
        yield encode_group(part, sequence=sequence, salt=salt)


def encode_record(kind: Kind, payload: bytes) -> bytes:
    """Encodes a record; `encode_entry` does those of entries, in one go."""
    return RECORD.pack(len(payload), kind) + payload


def encode_entry(entry: Entry) -> bytes:
    """Encodes the record of an entry."""
    command, index, term = entry
    return _ENTRY_RECORD.pack(ENTRY.size + len(command), _KIND_ENTRY, index, term) + command


def encode_hard_state(term: int, vote: int | None) -> bytes:
    """Encodes the record of a term and the vote in it."""
    return encode_record(Kind.HARD_STATE, HARD_STATE.pack(term, -1 if vote is None else vote))


def is_hard_state_allowed(term: int, vote: int | None, *, after: tuple[int, int | None]) -> bool:
    """Whether the term does not fall, and no vote of a term changes."""
    term_before, vote_before = after
    if term == term_before:
        return vote_before is None or vote == vote_before
    return term > term_before
