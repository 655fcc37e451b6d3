"""Snapshots: one file each, named by the index of the last entry it contains.

The bytes are described in FORMAT.md. A snapshot is written to a temporary file, flushed, renamed
and the directory flushed, before the journal drops the entries it replaces.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from fastcrc import crc32

from raft import limits
from raft.errors import ForeignDirectoryError, NewerFormatError, SnapshotCorruptError
from raft.files import Files
from raft.journal import Entry, Identity

__all__ = ["Snapshot", "SnapshotStore"]

PREFIX = "snapshot-"
RECEIVED = "received-"  # of another node, not yet in force
SUFFIX_NEW = ".new"
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
    """

    previous: Entry
    last: Entry
    state: bytes
    own: bytes = b""


class SnapshotStore:
    """The snapshot files of one directory."""

    def __init__(self, files: Files, *, identity: Identity) -> None:
        self._files = files
        self._identity = identity
        self._newest: tuple[int, int] | None = None

    async def write(
        self,
        *,
        previous: Entry,
        last: Entry,
        pieces: Iterable[bytes],
        own: bytes = b"",
        is_received: bool = False,
    ) -> int:
        """Writes a durable snapshot; returns the bytes of its state.

        Args:
            previous: the entry before `last`.
            last: the last entry in the state.
            pieces: the state.
            own: what the group itself has to remember.
            is_received: it comes from another node and gets in force by `adopt`.

        Cancellation: as with a failure, the older snapshots stay in force.

        Raises:
            StorageFailedError
        """
        assert previous.index + 1 == last.index
        name = f"{RECEIVED if is_received else PREFIX}{last.index:020d}"
        version = VERSION if own else VERSION_PLAIN
        head = self._encode_header(previous, last, version) + previous.command + last.command
        crc = crc32.iscsi(head)
        state_bytes = 0
        if own:
            pieces = itertools.chain([OWN.pack(len(own)), own], pieces)
        file = self._files.create(name + SUFFIX_NEW)
        try:
            file.write(head)
            for piece in pieces:
                for start in range(0, len(piece), limits.SNAPSHOT_PIECE_BYTES):
                    part = piece[start : start + limits.SNAPSHOT_PIECE_BYTES]
                    await file.write_bulk(part)
                    crc = crc32.iscsi(part, crc)
                    state_bytes += len(part)
            tail = TRAILER.pack(state_bytes, END, 0)[:-4]
            file.write(tail + crc32.iscsi(tail, crc).to_bytes(4, "little"))
            await file.sync()
        finally:
            file.close()
        self._files.rename(name + SUFFIX_NEW, name)
        await self._files.sync_directory()
        if not is_received:
            self._note(last.index, len(head) + state_bytes + TRAILER.size)
        return state_bytes - (OWN.size + len(own) if own else 0)

    # Between nodes: the file goes over as it is.

    def newest(self) -> tuple[int, int] | None:
        """Returns index and bytes of the newest snapshot file, or None."""
        return self._newest

    def read_piece(self, index: int, offset: int) -> bytes | None:
        """Returns the next piece of a snapshot file, or None if it is gone."""
        data = self._files.read(
            f"{PREFIX}{index:020d}", bytes_max=limits.SNAPSHOT_PIECE_BYTES - 1, start=offset
        )
        return data or None

    def decode_received(self, data: bytes, index: int) -> Snapshot:
        """Decodes another node's snapshot file.

        Raises:
            SnapshotCorruptError, ForeignDirectoryError, NewerFormatError
        """
        return self._decode(data, f"{RECEIVED}{index:020d}", index=index, node_id=None)

    async def adopt(self, snapshot: Snapshot) -> None:
        """Puts a received snapshot in force: the journal joins on to it, durably."""
        index = snapshot.last.index
        self._files.rename(f"{RECEIVED}{index:020d}", f"{PREFIX}{index:020d}")
        await self._files.sync_directory()
        self._note(index, self._file_bytes(snapshot))

    def _note(self, index: int, file_bytes: int) -> None:
        # A leader's newer one may have been put in force while ours was being written.
        if self._newest is None or index > self._newest[0]:
            self._newest = index, file_bytes

    def load_received(self) -> Snapshot | None:
        """Returns a complete received snapshot that was not adopted, or None."""
        for name in reversed(self._names(RECEIVED)):
            try:
                return self._read(name, RECEIVED)
            except SnapshotCorruptError:
                continue  # Nothing relies on it: it is asked for again.
        return None

    def remove_received(self) -> None:
        """Removes received snapshots that were not adopted."""
        for name in self._names(RECEIVED):
            self._files.remove(name)

    # At start.

    def load(self) -> list[tuple[int, Snapshot | SnapshotCorruptError]]:
        """Reads all snapshots with their index, newest first; a damaged one as its error.

        Raises:
            ForeignDirectoryError, NewerFormatError, StorageFailedError
        """
        found: list[tuple[int, Snapshot | SnapshotCorruptError]] = []
        for name in reversed(self._names(PREFIX)):
            index = int(name.removeprefix(PREFIX))
            try:
                snapshot = self._read(name, PREFIX)
                self._note(index, self._file_bytes(snapshot))
                found.append((index, snapshot))
            except SnapshotCorruptError as error:
                found.append((index, error))
        return found

    def remove_old(self) -> None:
        """Removes unfinished files and all but the newest `limits.SNAPSHOTS_KEPT` snapshots."""
        for name in self._files.list_names():
            if name.startswith((PREFIX, RECEIVED)) and name.endswith(SUFFIX_NEW):
                self._files.remove(name)
        self.remove_older()

    def remove_older(self) -> None:
        """Removes all but the newest `limits.SNAPSHOTS_KEPT` snapshots."""
        for name in self._names(PREFIX)[: -limits.SNAPSHOTS_KEPT]:
            self._files.remove(name)

    def _names(self, prefix: str) -> list[str]:
        names = self._files.list_names()
        return [n for n in names if n.startswith(prefix) and n[len(prefix) :].isdigit()]

    @staticmethod
    def _file_bytes(snapshot: Snapshot) -> int:
        commands_bytes = len(snapshot.previous.command) + len(snapshot.last.command)
        own_bytes = OWN.size + len(snapshot.own) if snapshot.own else 0
        return HEADER.size + commands_bytes + own_bytes + len(snapshot.state) + TRAILER.size

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

    def _read(self, name: str, prefix: str) -> Snapshot:
        data = self._files.read(name, bytes_max=limits.SNAPSHOT_BYTES_MAX) or b""
        return self._decode(
            data, name, index=int(name.removeprefix(prefix)), node_id=self._identity.node_id
        )

    def _decode(self, data: bytes, name: str, *, index: int, node_id: int | None) -> Snapshot:
        """Decodes a file of this cluster that should hold `index`; `node_id` None: anybody's."""
        path = self._files.path(name)
        if len(data) > limits.SNAPSHOT_BYTES_MAX:
            raise SnapshotCorruptError(path, 0, "the file is too long", _REMEDY)
        if len(data) < HEADER.size + TRAILER.size:
            raise SnapshotCorruptError(path, 0, "the file is cut off", _REMEDY)
        (magic, version, header_bytes, zero, cluster_id, owner_id, last_index, last_term) = (
            fields := HEADER.unpack_from(data)
        )[:8]
        last_bytes, previous_index, previous_term, previous_bytes, header_crc = fields[8:]
        if magic != MAGIC or header_crc != crc32.iscsi(data[: HEADER.size - 4]):
            raise SnapshotCorruptError(path, 0, "the header is damaged", _REMEDY)
        if version > VERSION:
            raise NewerFormatError(path, 8, f"format version {version}", "Start the newer software")
        if version not in (VERSION_PLAIN, VERSION) or header_bytes != HEADER.size or zero:
            raise SnapshotCorruptError(path, 8, "the header is not valid", _REMEDY)
        if cluster_id != self._identity.cluster_id or node_id not in (None, owner_id):
            raise ForeignDirectoryError(
                path, 16, f"it belongs to node {owner_id}", "Start this node with its own directory"
            )
        state_bytes, end, _ = TRAILER.unpack_from(data, len(data) - TRAILER.size)
        start = HEADER.size + previous_bytes + last_bytes
        if end != END or start + state_bytes + TRAILER.size != len(data):
            raise SnapshotCorruptError(path, start, "the file is cut off", _REMEDY)
        if crc32.iscsi(memoryview(data)[:-4]).to_bytes(4, "little") != data[-4:]:
            raise SnapshotCorruptError(path, start, "the checksum is wrong", _REMEDY)
        if previous_index + 1 != last_index or index != last_index:
            raise SnapshotCorruptError(path, 16, "the file has another snapshot's name", _REMEDY)
        middle = HEADER.size + previous_bytes
        state_start = own_start = start
        end_of_state = start + state_bytes
        if version == VERSION:
            own_start = start + OWN.size
            if state_bytes >= OWN.size:
                state_start = own_start + OWN.unpack_from(data, start)[0]
            if not own_start < state_start <= end_of_state:
                raise SnapshotCorruptError(path, start, "the membership is cut off", _REMEDY)
        return Snapshot(
            previous=Entry(data[HEADER.size : middle], previous_index, previous_term),
            last=Entry(data[middle:start], last_index, last_term),
            state=data[state_start:end_of_state],
            own=data[own_start:state_start],
        )
