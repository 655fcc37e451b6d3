"""The durable log and hard state (term, vote) of one node: an append-only file of groups.

The bytes are described in FORMAT.md. A group is what one `sync` makes durable: one write, one
flush. The next group is written only after that flush: `journal_replay.py` relies on it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from random import Random
from typing import overload

import trio

from raft import limits
from raft.entry import Entry
from raft.errors import JournalCorruptError
from raft.files import Files, OpenFile
from raft.journal_format import (
    FILE,
    FILE_NEW,
    GROUP_BYTES,
    INDEX,
    Identity,
    Kind,
    encode_entry,
    encode_group,
    encode_groups,
    encode_hard_state,
    encode_header,
    encode_record,
    is_hard_state_allowed,
)
from raft.journal_replay import REMEDY, Replay

__all__ = ["Journal"]


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
        path = self._files.path(FILE)
        data = await self._files.read(FILE, bytes_max=limits.JOURNAL_BYTES_MAX)
        if data is None:
            if not create:
                raise JournalCorruptError(path, 0, "the file is missing", REMEDY)
            await self._rewrite()
            return
        replay = Replay(data, identity=self._identity, path=path)
        await replay.run()
        self._entries, self._term, self._vote = replay.entries, replay.term, replay.vote
        if replay.has_torn_tail():
            await self._rewrite()
            return
        self._salt, self._sequence = replay.salt, replay.sequence
        self._file = self._files.open(FILE, position=replay.position)
        self.file_bytes, self._filled_bytes = replay.position, len(data)
        # The rename that created the file may be as volatile as its last group.
        await self._file.sync()
        await self._files.sync_directory()
        self._end_sync(*self._begin_sync())

    def close(self) -> None:
        """Closes the file; queued changes are lost."""
        if self._file is not None:
            self._file.close()
            self._file = None

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
        group = encode_group(self._take_records(), sequence=self._sequence, salt=self._salt)
        self._file.write(group)
        self._sequence += 1
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
            groups = encode_groups(
                self._take_records(),
                sequence=self._sequence,
                salt=self._salt,
                bytes_max=limits.GROUP_BYTES_MAX,
            )
            for group in groups:
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
        self._sequence += 1
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
        head = encode_header(self._identity, salt=self._salt)
        hard_state, entries = encode_hard_state(self._term, self._vote), list(self._entries)
        groups = encode_groups(
            itertools.chain([hard_state], map(encode_entry, entries)),
            sequence=0,
            salt=self._salt,
            bytes_max=limits.REWRITE_BYTES,
        )
        file = await self._files.create(FILE_NEW)
        try:
            file.write(head)
            self.file_bytes = len(head)
            for group in groups:
                await file.write_bulk(group)
                self._sequence += 1
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

    def _put(self, record: bytes) -> None:
        self._records.append(record)
        self._records_bytes += len(record)

    def _drop_durable(self, kept_index: int) -> None:
        """Entries behind `kept_index` are no more, whatever a running `sync` writes."""
        self._kept_index = min(self._kept_index, kept_index)
        self.durable_index = min(self.durable_index, kept_index)

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
        assert is_hard_state_allowed(term, vote, after=(self._term, self._vote))
        self._term, self._vote = term, vote
        self._put(encode_hard_state(term, vote))

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
