"""Bytes of the journal: see FORMAT.md."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

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
    "encode_record",
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


def encode_record(kind: Kind, payload: bytes) -> bytes:
    """Encodes a record; `encode_entry` does those of entries, in one go."""
    return RECORD.pack(len(payload), kind) + payload


def encode_entry(entry: Entry) -> bytes:
    """Encodes the record of an entry."""
    command, index, term = entry
    return _ENTRY_RECORD.pack(ENTRY.size + len(command), _KIND_ENTRY, index, term) + command
