"""What the bytes of a journal say, and whether they may be believed.

FORMAT.md has the layout, and when a file is valid. A group is flushed before the next one is
written, so a crash damages at most the last one; any other damage is corruption, and refused.
"""

from __future__ import annotations

import itertools

import trio
from fastcrc import crc32

from raft import limits
from raft.entry import Entry
from raft.errors import ForeignDirectoryError, JournalCorruptError, NewerFormatError
from raft.journal_format import (
    ENTRY,
    GROUP,
    GROUP_END,
    GROUP_MAGIC,
    HARD_STATE,
    HEADER,
    INDEX,
    MAGIC,
    RECORD,
    SECTOR_BYTES,
    VERSION,
    Identity,
    Kind,
    is_hard_state_allowed,
)

__all__ = ["REMEDY", "Replay"]

REMEDY = (
    "Do not delete it: replace this node's directory by a backup, or remove the node from the"
    " cluster and add it again with an empty directory"
)


class Replay:
    """The state that a file holds, group by group.

    Args:
        data: the file, or a byte more of it than `limits.JOURNAL_BYTES_MAX`.
        identity: whose it must be.
        path: what an operator calls it.

    Attributes:
        entries, term, vote: after the groups that were replayed.
        salt, sequence: of the group that goes on behind them.
        position: where the last of them ends.

    Invariants:
        1. Indexes are consecutive; terms never fall.
        2. The term never falls, and a vote of a term never changes.
    """

    def __init__(self, data: bytes, *, identity: Identity, path: str) -> None:
        self._data = data
        self._identity = identity
        self._path = path
        self.entries: list[Entry] = []
        self.term = 0
        self.vote: int | None = None
        self.salt = 0
        self.sequence = 0
        self.position = 0

    async def run(self) -> None:
        """Replays all groups but a torn last one.

        Raises:
            JournalCorruptError, ForeignDirectoryError, NewerFormatError
        """
        if len(self._data) > limits.JOURNAL_BYTES_MAX:
            raise self._corrupt(limits.JOURNAL_BYTES_MAX, "the file is too long")
        self._decode_header()
        while self.position < len(self._data):
            end = await self._decode_group(self.position)
            if end is None:
                break
            self.position = end

    def has_torn_tail(self) -> bool:
        """Whether anything but zeros is behind the last group."""
        # To strip a MiB of zeros takes three milliseconds, to compare it a tenth of one.
        return self._data[self.position :] != bytes(len(self._data) - self.position)

    def _decode_header(self) -> None:
        data = self._data
        # The file came to its name by a rename after a flush: a short header is never a crash.
        if len(data) < HEADER.size:
            raise self._corrupt(0, "the header is cut off")
        magic, version, header_bytes, zero, cluster_id, node_id, salt, pad, crc = (
            HEADER.unpack_from(data)
        )
        if magic != MAGIC:
            raise self._corrupt(0, "this is not a journal")
        if crc != crc32.iscsi(data[: HEADER.size - 4]):
            raise self._corrupt(0, "the checksum of the header is wrong")
        if version > VERSION:
            raise NewerFormatError(
                self._path,
                8,
                f"format version {version}, this software knows {VERSION}",
                "Start the newer software",
            )
        if version != VERSION or header_bytes != HEADER.size or zero or any(pad):
            raise self._corrupt(8, "the header is not valid")
        if cluster_id != self._identity.cluster_id or node_id != self._identity.node_id:
            raise ForeignDirectoryError(
                self._path,
                16,
                f"it belongs to node {node_id} of cluster {cluster_id.hex()}, not to node"
                f" {self._identity.node_id} of cluster {self._identity.cluster_id.hex()}",
                "Start this node with its own directory",
            )
        self.salt = salt
        self.position = HEADER.size

    async def _decode_group(self, start: int) -> int | None:
        """Replays one group; returns its end, or None if it is a torn tail."""
        data = self._data
        if len(data) - start < GROUP.size:
            return self._check_torn(start, len(data), "a group header is cut off")
        magic, body_bytes, sequence, salt, body_crc, header_crc = GROUP.unpack_from(data, start)
        body_start = start + GROUP.size
        if header_crc != crc32.iscsi(data[start : body_start - 4]):
            return self._check_torn(start, body_start, "the checksum of a group header is wrong")
        if magic != GROUP_MAGIC or salt != self.salt or sequence != self.sequence:
            raise self._corrupt(start, "a group is not in its place")
        body_end = body_start + body_bytes
        end = body_end + len(GROUP_END)
        if end > len(data):
            return self._check_torn(start, end, "a group is cut off")
        body = data[body_start:body_end]
        if body_crc != crc32.iscsi(body) or data[body_end:end] != GROUP_END:
            return self._check_torn(start, end, "the checksum of a group is wrong")
        await self._replay(body, body_start)
        self.sequence += 1
        return end

    def _check_torn(self, start: int, end: int, reason: str) -> None:
        """Returns if a crash explains the bad group `[start, end)`, raises if nothing does.

        A write cut short by a crash leaves sectors that never arrived: behind the end of the file
        or zero. Damage without such a sector happened to bytes that were there.
        """
        data = self._data
        following = data.find(GROUP_MAGIC, start + 1)
        while following != -1:
            if self._is_later_group(following):
                raise self._corrupt(start, f"{reason}, and good groups follow")
            following = data.find(GROUP_MAGIC, following + 1)
        if end > len(data) or len(data) - start < GROUP.size:
            return
        sector = start - start % SECTOR_BYTES
        while sector < end:
            piece = data[max(sector, start) : sector + SECTOR_BYTES]
            if not any(piece):
                return
            sector += SECTOR_BYTES
        raise self._corrupt(start, f"{reason}, though all its bytes are there")

    def _is_later_group(self, position: int) -> bool:
        data = self._data
        if len(data) - position < GROUP.size:
            return False
        _, _, sequence, salt, _, crc = GROUP.unpack_from(data, position)
        return (
            salt == self.salt
            and sequence > self.sequence
            and crc == crc32.iscsi(data[position : position + GROUP.size - 4])
        )

    async def _replay(self, body: bytes, body_start: int) -> None:
        position = 0
        for number in itertools.count(1):
            if position == len(body):
                return
            if number % limits.REPLAY_RECORDS == 0:
                await trio.lowlevel.checkpoint()
            if len(body) - position < RECORD.size:
                raise self._corrupt(body_start + position, "a record is cut off")
            payload_bytes, kind = RECORD.unpack_from(body, position)
            start = position + RECORD.size
            payload = body[start : start + payload_bytes]
            if len(payload) != payload_bytes or not self._replay_record(kind, payload):
                raise self._corrupt(body_start + position, "a record is not valid")
            position = start + payload_bytes

    def _replay_record(self, kind: int, payload: bytes) -> bool:
        """Applies one record; returns whether it is valid."""
        entries = self.entries
        match kind:
            case Kind.ENTRY:
                if len(payload) <= ENTRY.size:
                    return False
                index, term = ENTRY.unpack_from(payload)
                if entries and (index != entries[-1].index + 1 or term < entries[-1].term):
                    return False
                entries.append(Entry(payload[ENTRY.size :], index, term))
            case Kind.TRUNCATE:
                if len(payload) != INDEX.size or not entries:
                    return False
                (index,) = INDEX.unpack(payload)
                if not entries[0].index <= index <= entries[-1].index:
                    return False
                del entries[index - entries[0].index :]
            case Kind.HARD_STATE:
                if len(payload) != HARD_STATE.size:
                    return False
                term, vote = HARD_STATE.unpack(payload)
                vote = None if vote == -1 else vote
                if not is_hard_state_allowed(term, vote, after=(self.term, self.vote)):
                    return False
                self.term, self.vote = term, vote
            case Kind.RESET:
                if payload:
                    return False
                entries.clear()
            case _:
                return False
        return True

    def _corrupt(self, position: int, reason: str) -> JournalCorruptError:
        return JournalCorruptError(self._path, position, reason, REMEDY)
