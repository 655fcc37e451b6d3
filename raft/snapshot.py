"""Snapshots: one file each, named by the index of the last entry it contains.

The bytes are described in FORMAT.md. A snapshot is written to a temporary file, flushed, renamed
and the directory flushed, before the journal drops the entries it replaces.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import trio
from fastcrc import crc32

from raft import limits
from raft.entry import Entry
from raft.errors import ForeignDirectoryError, NewerFormatError, SnapshotCorruptError
from raft.files import Files, OpenFile
from raft.journal_format import Identity

__all__ = ["Snapshot", "SnapshotStore"]

PREFIX = "snapshot-"
RECEIVED = "received-"  # of another node, not yet in force
SUFFIX_NEW = ".new"
STAGED = "received-staged.new"  # of another node, as it comes; removed at start
MAGIC = b"RAFTSNAP"
END = b"RAFTSEND"
VERSION_PLAIN = 1  # nothing but the state: what a group without changes and sessions writes
VERSION = 2
# magic, version, header bytes, zero, cluster id, node id, last index, last term, last bytes,
# previous index, previous term, previous bytes, crc of all before
HEADER = struct.Struct("<8sHHI16sqQQIQQII")
assert HEADER.size == 84
# state bytes, magic, crc of the whole file before
TRAILER = struct.Struct("<Q8sI")
assert TRAILER.size == 20

OWN = struct.Struct("<I")  # bytes of what the group itself remembers; version 2 only

_REMEDY = "Replace this node's directory by a backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state and the last two entries it contains, where the log goes on.

    `own` is what the group itself has to remember: membership and sessions; empty: nothing.
    The state is kept in the pieces in which it was read or came: each copy of it as a whole would
    hold the event loop up.
    """

    previous: Entry
    last: Entry
    pieces: list[bytes]
    state_bytes: int
    own: bytes = b""

    def take_pieces(self) -> Iterator[bytes]:
        """Yields the pieces and forgets them, so that their memory is given back one by one."""
        self.pieces.reverse()
        while self.pieces:
            yield self.pieces.pop()


class SnapshotStore:
    """The snapshot files of one directory."""

    def __init__(self, files: Files, *, identity: Identity) -> None:
        self._files = files
        self._identity = identity
        self._newest: tuple[int, int] | None = None
        self._staged: OpenFile | None = None
        self._staged_crc = 0
        self._staged_tail = b""
        self._removing = trio.Lock()

    async def write(
        self,
        *,
        previous: Entry,
        last: Entry,
        pieces: Iterable[bytes],
        own: Iterable[bytes] = (),
        is_received: bool = False,
    ) -> int:
        """Writes a durable snapshot; returns the bytes of its state.

        Args:
            previous: the entry before `last`.
            last: the last entry in the state.
            pieces: the state; drawn one after the other, others have their turn in between.
            own: what the group itself has to remember, in pieces too.
            is_received: it comes from another node and gets in force by `adopt`.

        Cancellation: as with a failure, the older snapshots stay in force.

        Raises:
            StorageFailedError
        """
        assert previous.index + 1 == last.index
        name = f"{RECEIVED if is_received else PREFIX}{last.index:020d}"
        own_pieces: list[bytes] = []
        for piece in own:
            own_pieces.append(piece)
            await trio.lowlevel.checkpoint()
        own_bytes = sum(map(len, own_pieces))
        version = VERSION if own_bytes else VERSION_PLAIN
        head = self._encode_header(previous, last, version) + previous.command + last.command
        crc = crc32.iscsi(head)
        state_bytes = 0
        if own_bytes:
            pieces = itertools.chain([OWN.pack(own_bytes)], own_pieces, pieces)
        file = await self._files.create(name + SUFFIX_NEW)
        try:
            file.write(head)
            for part in _joined(pieces):
                if part is None:
                    await trio.lowlevel.checkpoint()
                    continue
                await file.write_bulk(part)
                crc = crc32.iscsi(part, crc)
                state_bytes += len(part)
            tail = TRAILER.pack(state_bytes, END, 0)[:-4]
            file.write(tail + crc32.iscsi(tail, crc).to_bytes(4, "little"))
            await file.sync()
        finally:
            file.close()
        await self._files.rename(name + SUFFIX_NEW, name)
        await self._files.sync_directory()
        if not is_received:
            self._note(last.index, len(head) + state_bytes + TRAILER.size)
        return state_bytes - (OWN.size + own_bytes if own_bytes else 0)

    # Between nodes: the file goes over as it is.

    def newest(self) -> tuple[int, int] | None:
        """Returns index and bytes of the newest snapshot file, or None."""
        return self._newest

    async def read_piece(self, index: int, offset: int) -> bytes | None:
        """Returns the next piece of a snapshot file, or None if it is gone."""
        data = await self._files.read(
            f"{PREFIX}{index:020d}", bytes_max=limits.SNAPSHOT_PIECE_BYTES - 1, start=offset
        )
        return data or None

    async def stage(self, data: bytes, *, offset: int) -> None:
        """Writes the next piece of another node's snapshot file; at offset 0 a new file begins.

        It is not durable, and nothing relies on it.

        Raises:
            StorageFailedError
        """
        if offset == 0:
            self.close()
            self._staged = await self._files.create(STAGED)
            self._staged_crc, self._staged_tail = 0, b""
        assert self._staged is not None
        await self._staged.write_bulk(data)
        # All but the last four bytes, which are the checksum.
        checked = self._staged_tail + data
        self._staged_crc = crc32.iscsi(checked[:-4], self._staged_crc)
        self._staged_tail = checked[-4:]

    async def take_staged(self, index: int) -> Snapshot:
        """Decodes the file that was staged, and removes it.

        Raises:
            SnapshotCorruptError, ForeignDirectoryError, NewerFormatError, StorageFailedError
        """
        self.close()
        try:
            # Before it is read: what nobody can use takes no memory.
            if self._staged_tail != self._staged_crc.to_bytes(4, "little"):
                path = self._files.path(STAGED)
                raise SnapshotCorruptError(path, 0, "the checksum is wrong", _REMEDY)
            return await self._read(STAGED, index=index, node_id=None)
        finally:
            await self._files.remove(STAGED)

    def close(self) -> None:
        """Releases the descriptor of the file that comes in."""
        if self._staged is not None:
            self._staged.close()
            self._staged = None

    async def adopt(self, snapshot: Snapshot) -> None:
        """Puts a received snapshot in force: the journal joins on to it, durably."""
        index = snapshot.last.index
        await self._files.rename(f"{RECEIVED}{index:020d}", f"{PREFIX}{index:020d}")
        await self._files.sync_directory()
        self._note(index, _file_bytes(snapshot))

    def _note(self, index: int, file_bytes: int) -> None:
        # A leader's newer one may have been put in force while ours was being written.
        if self._newest is None or index > self._newest[0]:
            self._newest = index, file_bytes

    async def load_received(self) -> Snapshot | None:
        """Returns a complete received snapshot that was not adopted, or None."""
        for name in reversed(self._names(RECEIVED)):
            try:
                return await self._read_own(name, RECEIVED)
            except SnapshotCorruptError:
                continue  # Nothing relies on it: it is asked for again.
        return None

    async def remove_received(self) -> None:
        """Removes received snapshots that were not adopted."""
        for name in self._names(RECEIVED):
            await self._files.remove(name)

    # At start.

    async def load(self) -> list[tuple[int, Snapshot | SnapshotCorruptError]]:
        """Reads snapshots with their index, newest first, up to one that is intact, the last.

        Older ones would only take memory. A damaged one comes as its error.

        Raises:
            ForeignDirectoryError, NewerFormatError, StorageFailedError
        """
        found: list[tuple[int, Snapshot | SnapshotCorruptError]] = []
        for name in reversed(self._names(PREFIX)):
            index = int(name.removeprefix(PREFIX))
            try:
                snapshot = await self._read_own(name, PREFIX)
            except SnapshotCorruptError as error:
                found.append((index, error))
                continue
            self._note(index, _file_bytes(snapshot))
            return [*found, (index, snapshot)]
        return found

    async def remove_old(self) -> None:
        """Removes unfinished files and all but the newest `limits.SNAPSHOTS_KEPT` snapshots."""
        for name in self._files.list_names():
            if name.startswith((PREFIX, RECEIVED)) and name.endswith(SUFFIX_NEW):
                await self._files.remove(name)
        await self.remove_older()

    async def remove_older(self) -> None:
        """Removes all but the newest `limits.SNAPSHOTS_KEPT` snapshots."""
        # One's own and a received one may be finished at the same time.
        async with self._removing:
            for name in self._names(PREFIX)[: -limits.SNAPSHOTS_KEPT]:
                await self._files.remove(name)

    def _names(self, prefix: str) -> list[str]:
        names = self._files.list_names()
        return [n for n in names if n.startswith(prefix) and n[len(prefix) :].isdigit()]

    def _encode_header(self, previous: Entry, last: Entry, version: int) -> bytes:
        head = HEADER.pack(
            MAGIC,
            version,
            HEADER.size,
            0,
            self._identity.cluster_id,
            self._identity.node_id,
            last.index,
            last.term,
            len(last.command),
            previous.index,
            previous.term,
            len(previous.command),
            0,
        )[:-4]
        return head + crc32.iscsi(head).to_bytes(4, "little")

    async def _read_own(self, name: str, prefix: str) -> Snapshot:
        index = int(name.removeprefix(prefix))
        return await self._read(name, index=index, node_id=self._identity.node_id)

    async def _read(self, name: str, *, index: int, node_id: int | None) -> Snapshot:
        pieces: list[bytes] = []
        piece_bytes = size = limits.SNAPSHOT_PIECE_BYTES
        while size == piece_bytes and len(pieces) * size <= limits.SNAPSHOT_BYTES_MAX:
            piece = await self._files.read(
                name, bytes_max=piece_bytes - 1, start=len(pieces) * piece_bytes
            )
            pieces.append(piece or b"")
            size = len(pieces[-1])
        return await self._decode(pieces, name, index=index, node_id=node_id)

    async def _decode(
        self, pieces: list[bytes], name: str, *, index: int, node_id: int | None
    ) -> Snapshot:
        """Decodes a file of this cluster that should hold `index`; `node_id` None: anybody's."""
        path = self._files.path(name)
        file_bytes = sum(map(len, pieces))
        if file_bytes > limits.SNAPSHOT_BYTES_MAX:
            raise SnapshotCorruptError(path, 0, "the file is too long", _REMEDY)
        if file_bytes < HEADER.size + TRAILER.size:
            raise SnapshotCorruptError(path, 0, "the file is cut off", _REMEDY)
        head = _join(pieces, 0, HEADER.size)
        (magic, version, header_bytes, zero, cluster_id, owner_id, last_index, last_term) = (
            fields := HEADER.unpack(head)
        )[:8]
        last_bytes, previous_index, previous_term, previous_bytes, header_crc = fields[8:]
        if magic != MAGIC or header_crc != crc32.iscsi(head[:-4]):
            raise SnapshotCorruptError(path, 0, "the header is damaged", _REMEDY)
        if version > VERSION:
            raise NewerFormatError(path, 8, f"format version {version}", "Start the newer software")
        if version not in (VERSION_PLAIN, VERSION) or header_bytes != HEADER.size or zero:
            raise SnapshotCorruptError(path, 8, "the header is not valid", _REMEDY)
        if cluster_id != self._identity.cluster_id or node_id not in (None, owner_id):
            raise ForeignDirectoryError(
                path, 16, f"it belongs to node {owner_id}", "Start this node with its own directory"
            )
        end_of_state = file_bytes - TRAILER.size
        state_bytes, end, crc = TRAILER.unpack(_join(pieces, end_of_state, file_bytes))
        middle = HEADER.size + previous_bytes
        start = middle + last_bytes
        if end != END or start + state_bytes != end_of_state:
            raise SnapshotCorruptError(path, start, "the file is cut off", _REMEDY)
        if crc != await _checksum(pieces, file_bytes - 4):
            raise SnapshotCorruptError(path, start, "the checksum is wrong", _REMEDY)
        if previous_index + 1 != last_index or index != last_index:
            raise SnapshotCorruptError(path, 16, "the file has another snapshot's name", _REMEDY)
        state_start = own_start = start
        if version == VERSION:
            own_start = start + OWN.size
            if state_bytes >= OWN.size:
                state_start = own_start + OWN.unpack(_join(pieces, start, own_start))[0]
            if not own_start < state_start <= end_of_state:
                raise SnapshotCorruptError(path, start, "the membership is cut off", _REMEDY)
        return Snapshot(
            previous=Entry(_join(pieces, HEADER.size, middle), previous_index, previous_term),
            last=Entry(_join(pieces, middle, start), last_index, last_term),
            pieces=_cut(pieces, state_start, end_of_state),
            state_bytes=end_of_state - state_start,
            own=_join(pieces, own_start, state_start),
        )


def _file_bytes(snapshot: Snapshot) -> int:
    commands_bytes = len(snapshot.previous.command) + len(snapshot.last.command)
    own_bytes = OWN.size + len(snapshot.own) if snapshot.own else 0
    return HEADER.size + commands_bytes + own_bytes + snapshot.state_bytes + TRAILER.size


def _joined(pieces: Iterable[bytes]) -> Iterator[bytes | None]:
    """Yields the same bytes in parts of `limits.SNAPSHOT_PIECE_BYTES`; None after each piece.

    Each write is a thread's: a thousand short ones cost ten times as much as the state they hold.
    """
    buffer = bytearray()
    for piece in pieces:
        # A long piece is never held twice as a whole.
        for start in range(0, len(piece), limits.SNAPSHOT_PIECE_BYTES):
            buffer += piece[start : start + limits.SNAPSHOT_PIECE_BYTES]
            if len(buffer) >= limits.SNAPSHOT_PIECE_BYTES:
                yield bytes(buffer[: limits.SNAPSHOT_PIECE_BYTES])
                del buffer[: limits.SNAPSHOT_PIECE_BYTES]
        yield None
    if buffer:
        yield bytes(buffer)


async def _checksum(pieces: Sequence[bytes], length: int) -> int:
    """Returns the CRC of the first `length` bytes; others have their turn meanwhile."""
    crc = 0
    for piece in pieces:
        crc = crc32.iscsi(piece[:length] if len(piece) > length else piece, crc)
        length -= min(len(piece), length)
        await trio.lowlevel.checkpoint()
    return crc


def _cut(pieces: Sequence[bytes], start: int, end: int) -> list[bytes]:
    """Returns the bytes `[start, end)` of the joined pieces, in pieces; whole ones are shared."""
    found: list[bytes] = []
    position = 0
    for piece in pieces:
        part = piece[max(start - position, 0) : max(end - position, 0)]
        if part:
            found.append(part)
        position += len(piece)
    return found


def _join(pieces: Sequence[bytes], start: int, end: int) -> bytes:
    return b"".join(_cut(pieces, start, end))
