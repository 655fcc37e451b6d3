"""The durable log and hard state (term, vote) of one node: an append-only file of groups.

The bytes are described in FORMAT.md. A group is what one `sync` makes durable: one write, one
flush. The next group is written only after that flush, so a crash damages at most the last group
of a file; any other damage is corruption and the journal refuses to start.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import overload

import trio
from fastcrc import crc32

from raft import limits
from raft.entry import Entry
from raft.errors import ForeignDirectoryError, JournalCorruptError, NewerFormatError
from raft.files import Files, OpenFile
from raft.journal_format import (
    ENTRY,
    FILE,
    FILE_NEW,
    GROUP,
    GROUP_BYTES,
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
    encode_entry,
    encode_record,
)

__all__ = ["Journal"]

_REMEDY = (
    "Do not delete it: replace this node's directory by a backup, or remove the node from the"
    " cluster and add it again with an empty directory"
)


class Journal:
    """The log as a list of entries in memory, and its durable image.

    Changes are queued in memory; `sync` makes all of them durable at once, and more may be queued
    while it runs. The log methods with camelCase names are the journal interface of the engine
    (positions, not indexes).

    Invariants:
        1. `durable_index` never exceeds the index of the last entry.
        2. Indexes are consecutive; terms never fall.
        3. The term never falls, and a vote of a term never changes.
    """

    def __init__(self, files: Files, *, identity: Identity, rng: Random) -> None:
        self._files = files
        self._identity = identity
        self._rng = rng
        self._entries: list[Entry] = []
        self._term = 0
        self._vote: int | None = None
        self._records: list[bytes] = []
        self._records_bytes = 0
        self._written: tuple[int, int] | None = None  # last index and term of a group not flushed
        self._file: OpenFile | None = None
        self._salt = 0
        self._sequence = 0
        self._dropped: list[Entry] = []
        self._is_rewrite_due = False
        self._kept_index = 0
        self._filled_bytes = 0  # up to here a group needs no longer file
        self.durable_index = 0
        self.term_durable = 0
        self.file_bytes = 0  # without the zeros behind the last group
        self.syncs = 0

    # Opening.

    async def open(self, *, create: bool) -> None:
        """Reads the file, or creates it.

        A torn last group is dropped. Everything that was read is made durable before this
        returns: after a mere kill of the process the file may hold groups that were never flushed.

        Args:
            create: whether a missing file is a new journal instead of an error.

        Raises:
            JournalCorruptError, ForeignDirectoryError, NewerFormatError, StorageFailedError
        """
        data = await self._files.read(FILE, bytes_max=limits.JOURNAL_BYTES_MAX)
        if data is None:
            if not create:
                raise self._corrupt(0, "the file is missing")
            await self._rewrite()
            return
        if len(data) > limits.JOURNAL_BYTES_MAX:
            raise self._corrupt(limits.JOURNAL_BYTES_MAX, "the file is too long")
        good = await self._recover(data)
        # To strip a MiB of zeros takes three milliseconds, to compare it a tenth of one.
        if data[good:] != bytes(len(data) - good):
            await self._rewrite()
            return
        self._file = self._files.open(FILE, position=good)
        self.file_bytes, self._filled_bytes = good, len(data)
        # The rename that created the file may be as volatile as its last group.
        await self._file.sync()
        await self._files.sync_directory()
        self._end_sync(*self._begin_sync())

    def close(self) -> None:
        """Closes the file; queued changes are lost."""
        if self._file is not None:
            self._file.close()
            self._file = None

    async def _recover(self, data: bytes) -> int:
        """Replays the groups; returns the end of the last good one."""
        self._decode_header(data)
        position = HEADER.size
        while position < len(data):
            end = await self._decode_group(data, position)
            if end is None:
                break
            position = end
        return position

    def _decode_header(self, data: bytes) -> None:
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
                self._files.path(FILE),
                8,
                f"format version {version}, this software knows {VERSION}",
                "Start the newer software",
            )
        if version != VERSION or header_bytes != HEADER.size or zero or any(pad):
            raise self._corrupt(8, "the header is not valid")
        if cluster_id != self._identity.cluster_id or node_id != self._identity.node_id:
            raise ForeignDirectoryError(
                self._files.path(FILE),
                16,
                f"it belongs to node {node_id} of cluster {cluster_id.hex()}, not to node"
                f" {self._identity.node_id} of cluster {self._identity.cluster_id.hex()}",
                "Start this node with its own directory",
            )
        self._salt = salt

    async def _decode_group(self, data: bytes, start: int) -> int | None:
        """Replays one group; returns its end, or None if it is a torn tail."""
        if len(data) - start < GROUP.size:
            return self._check_torn(data, start, len(data), "a group header is cut off")
        magic, body_bytes, sequence, salt, body_crc, header_crc = GROUP.unpack_from(data, start)
        body_start = start + GROUP.size
        if header_crc != crc32.iscsi(data[start : body_start - 4]):
            return self._check_torn(
                data, start, body_start, "the checksum of a group header is wrong"
            )
        if magic != GROUP_MAGIC or salt != self._salt or sequence != self._sequence:
            raise self._corrupt(start, "a group is not in its place")
        body_end = body_start + body_bytes
        end = body_end + len(GROUP_END)
        if end > len(data):
            return self._check_torn(data, start, end, "a group is cut off")
        body = data[body_start:body_end]
        if body_crc != crc32.iscsi(body) or data[body_end:end] != GROUP_END:
            return self._check_torn(data, start, end, "the checksum of a group is wrong")
        await self._replay(body, body_start)
        self._sequence += 1
        return end

    def _check_torn(self, data: bytes, start: int, end: int, reason: str) -> None:
        """Returns if a crash explains the bad group `[start, end)`, raises if nothing does.

        A write cut short by a crash leaves sectors that never arrived: behind the end of the file
        or zero. Damage without such a sector happened to bytes that were there.
        """
        following = data.find(GROUP_MAGIC, start + 1)
        while following != -1:
            if self._is_later_group(data, following):
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

    def _is_later_group(self, data: bytes, position: int) -> bool:
        if len(data) - position < GROUP.size:
            return False
        _, _, sequence, salt, _, crc = GROUP.unpack_from(data, position)
        return (
            salt == self._salt
            and sequence > self._sequence
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
        entries = self._entries
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
                if not self._is_hard_state_allowed(term, None if vote == -1 else vote):
                    return False
                self._term, self._vote = term, None if vote == -1 else vote
            case Kind.RESET:
                if payload:
                    return False
                entries.clear()
            case _:
                return False
        return True

    def _is_hard_state_allowed(self, term: int, vote: int | None) -> bool:
        if term == self._term:
            return self._vote is None or vote == self._vote
        return term > self._term

    def _corrupt(self, position: int, reason: str) -> JournalCorruptError:
        return JournalCorruptError(self._files.path(FILE), position, reason, _REMEDY)

    # Durability.

    @property
    def is_dirty(self) -> bool:
        """Whether something waits for `sync`."""
        return bool(self._records) or self._is_rewrite_due or self._written is not None

    def try_sync(self) -> bool:
        """Writes a short group and flushes it, or begins to; returns whether it is durable.

        Raises:
            StorageFailedError: the process must end.
        """
        if not self._records or self._is_rewrite_due or self._file is None:
            return False
        if self._records_bytes > min(limits.WRITE_INLINE_BYTES_MAX, limits.GROUP_BYTES_MAX):
            return False
        if self.file_bytes + GROUP_BYTES + self._records_bytes > self._filled_bytes:
            return False
        # Never behind an earlier group: only `sync` may leave one that is not flushed.
        assert self._written is None
        self._written = self._begin_sync()
        group = self._group(self._take_records())
        self._file.write(group)
        self.file_bytes += len(group)
        return self._file.try_sync() and self._end_written()

    @property
    def is_sync_begun(self) -> bool:
        """Whether `try_sync` has left a group that `sync` must end."""
        return self._written is not None

    async def wait_sync(self) -> None:
        """Returns when what `try_sync` begins, or has begun, needs no more waiting of `sync`."""
        assert self._file is not None
        await self._file.wait_sync()

    def _end_written(self) -> bool:
        assert self._written is not None
        self._end_sync(*self._written)
        self._written = None
        return True

    async def sync(self) -> None:
        """Makes durable what was queued before the call, or what `try_sync` has left written.

        One call at a time.

        Cancellation: the journal may only be closed afterwards.

        Raises:
            StorageFailedError: the process must end.
        """
        if self._written is None and self.try_sync():
            await trio.lowlevel.checkpoint()
        elif self._written is not None:
            assert self._file is not None
            await self._file.sync()
            self._end_written()
        elif self._is_rewrite_due:
            await self._rewrite()
        else:
            last_index, term = self._begin_sync()
            for group in self._groups(self._take_records(), bytes_max=limits.GROUP_BYTES_MAX):
                await self._append(group)
            self._end_sync(last_index, term)

    def _take_records(self) -> list[bytes]:
        records, self._records = self._records, []
        self._records_bytes = 0
        return records

    def _begin_sync(self) -> tuple[int, int]:
        """Notes what is about to become durable; later truncations lower `_kept_index`."""
        self._kept_index = self._entries[-1].index if self._entries else 0
        return self._kept_index, self._term

    def _end_sync(self, last_index: int, term: int) -> None:
        self.durable_index = min(last_index, self._kept_index)
        self.term_durable = term
        self.syncs += 1

    async def _append(self, group: bytes) -> None:
        assert self._file is not None
        if len(group) > limits.WRITE_INLINE_BYTES_MAX:
            await self._file.write_bulk(group)
        else:
            self._file.write(group)
        self.file_bytes += len(group)
        if self.file_bytes > self._filled_bytes:
            await self._fill(self._file)
        if not self._file.try_sync():
            await self._file.sync()

    async def _fill(self, file: OpenFile) -> None:
        """Writes zeros behind the last group, for the next ones to be written over."""
        await file.fill(limits.JOURNAL_FILL_BYTES)
        self._filled_bytes = self.file_bytes + limits.JOURNAL_FILL_BYTES

    async def _rewrite(self) -> None:
        """Replaces the file by one that holds just the present state.

        However long the log is, the event loop is held up for no longer than a small group takes.
        """
        self._is_rewrite_due = False
        self._take_records()
        last_index, term = self._begin_sync()
        self._salt = self._rng.getrandbits(64)
        self._sequence = 0
        head = HEADER.pack(
            MAGIC,
            VERSION,
            HEADER.size,
            0,
            self._identity.cluster_id,
            self._identity.node_id,
            self._salt,
            bytes(12),
            0,
        )[:-4]
        head += crc32.iscsi(head).to_bytes(4, "little")
        entries = list(self._entries)
        records = itertools.chain([self._hard_state_record()], map(encode_entry, entries))
        file = await self._files.create(FILE_NEW)
        try:
            file.write(head)
            self.file_bytes = len(head)
            for group in self._groups(records, bytes_max=limits.REWRITE_BYTES):
                await file.write_bulk(group)
                self.file_bytes += len(group)
            await self._fill(file)
            await file.sync()
            # Closed before it is replaced: the last one to let a large file go pays for that.
            self.close()
            await self._files.rename(FILE_NEW, FILE)
            await self._files.sync_directory()
        except BaseException:
            file.close()
            raise
        self._file = file
        self._end_sync(last_index, term)
        await self._free()

    async def _free(self) -> None:
        """Gives the memory of dropped entries back, some at a time."""
        dropped, self._dropped = self._dropped, []
        while dropped:
            del dropped[-limits.FREE_ENTRIES :]
            await trio.lowlevel.checkpoint()

    def _groups(self, records: Iterable[bytes], *, bytes_max: int) -> Iterator[bytes]:
        """Packs records into groups of at most `bytes_max` (one record at least)."""
        part: list[bytes] = []
        part_bytes = 0
        for record in records:
            if part and part_bytes + len(record) > bytes_max:
                yield self._group(part)
                part, part_bytes = [], 0
            part.append(record)
            part_bytes += len(record)
        if part:
            yield self._group(part)

    def _group(self, records: list[bytes]) -> bytes:
        body = b"".join(records)
        head = GROUP.pack(GROUP_MAGIC, len(body), self._sequence, self._salt, crc32.iscsi(body), 0)[
            :-4
        ]
        self._sequence += 1
        return head + crc32.iscsi(head).to_bytes(4, "little") + body + GROUP_END

    def _put(self, record: bytes) -> None:
        self._records.append(record)
        self._records_bytes += len(record)

    def _drop_durable(self, kept_index: int) -> None:
        """Entries behind `kept_index` are no more, whatever a running `sync` writes."""
        self._kept_index = min(self._kept_index, kept_index)
        self.durable_index = min(self.durable_index, kept_index)

    def _hard_state_record(self) -> bytes:
        vote = -1 if self._vote is None else self._vote
        return encode_record(Kind.HARD_STATE, HARD_STATE.pack(self._term, vote))

    # The log.

    def trim_to(self, position: int) -> None:
        """Drops the entries before `position`; the next `sync` writes a new file."""
        assert 0 <= position < len(self._entries)
        if position > 0:
            self._dropped += self._entries[:position]
            del self._entries[:position]
            self._is_rewrite_due = True

    @overload
    def __getitem__(self, item: int) -> Entry: ...
    @overload
    def __getitem__(self, item: slice) -> list[Entry]: ...
    def __getitem__(self, item: int | slice) -> Entry | list[Entry]:
        return self._entries[item]

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, command: bytes, index: int, term: int) -> None:
        """Appends one entry."""
        assert command
        self.extend([Entry(command, index, term)])

    def extend(self, entries: Sequence[Entry]) -> None:
        """Appends entries whose commands and order are known to be good."""
        if not entries:
            return
        first, last = entries[0], entries[-1]
        assert last.index - first.index == len(entries) - 1
        assert first.term <= last.term
        if self._entries:
            assert first.index == self._entries[-1].index + 1
            assert first.term >= self._entries[-1].term
        self._entries += entries
        records = list(map(encode_entry, entries))
        self._records += records
        self._records_bytes += sum(map(len, records))

    def clear(self) -> None:
        """Drops all entries."""
        self._entries.clear()
        self._drop_durable(0)
        self._put(encode_record(Kind.RESET, b""))

    def reset(self, entries: Sequence[Entry]) -> None:
        """Replaces the whole log; the next `sync` writes a new file."""
        assert entries
        self._dropped += self._entries
        self._entries = list(entries)
        self._drop_durable(0)
        self._is_rewrite_due = True

    def deleteEntriesFrom(self, position: int) -> None:
        """Drops the entries from `position` on."""
        if position < len(self._entries):
            index = self._entries[position].index
            del self._entries[position:]
            self._drop_durable(index - 1)
            self._put(encode_record(Kind.TRUNCATE, INDEX.pack(index)))

    def deleteEntriesTo(self, position: int) -> None:
        """Drops the entries before `position`: a snapshot holds their effect."""
        self.trim_to(position)

    def setCurrentTerm(self, term: int, vote: int | None) -> None:
        """Sets term and vote."""
        assert self._is_hard_state_allowed(term, vote)
        self._term, self._vote = term, vote
        self._put(self._hard_state_record())

    def getCurrentTerm(self) -> int:
        """Returns the term."""
        return self._term

    def getVotedForNodeId(self) -> int | None:
        """Returns the vote of the term."""
        return self._vote

    def setRaftCommitIndex(self, index: int) -> None:
        """Does nothing: the commit index is volatile in Raft."""

    def getRaftCommitIndex(self) -> int:
        """Returns the first index: the commit index is volatile."""
        return self._entries[0].index if self._entries else 1

    def onOneSecondTimer(self) -> None:
        """Does nothing."""

    def _destroy(self) -> None:
        """Does nothing: the node closes the journal."""
