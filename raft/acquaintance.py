"""Whose disk is whose: the directory ids this node knows, its own among them.

A node draws its directory id once. A peer that comes back with another one has lost its disk, and
with it what it had promised: it must not vote or acknowledge under its old name, and is refused
until it is removed and added under a new one. The membership in the log names the disks of all who
were ever voters, too, for those who came later and never met them.

**Layout** of the file `peers`: a strict CBOR array `[1, own id, {node id: directory id}]` of
16-byte ids, then the CRC-32C of it (u32, little-endian). Replaced as a whole: written as
`peers.new`, flushed, renamed, directory flushed. Valid if and only if the CRC and every type fit.
"""

from __future__ import annotations

from random import Random
from typing import Any

from raft import codec
from raft.checked_file import checked_body, replace_checked
from raft.configuration import DIRECTORY_BYTES, Configuration
from raft.errors import CodecError, JournalCorruptError
from raft.files import Files

__all__ = ["Acquaintance"]

FILE = "peers"
FILE_BYTES_MAX = 1 << 20
VERSION = 1


class Acquaintance:
    """The directory ids on one node's disk."""

    def __init__(self, files: Files, *, rng: Random) -> None:
        self._files = files
        self._rng = rng
        self._known: dict[int, bytes] = {}
        self.directory_id = b""
        self.is_dirty = False

    async def open(self) -> None:
        """Reads the file, or draws this directory's id and writes it.

        Raises:
            JournalCorruptError, StorageFailedError
        """
        data = await self._files.read(FILE, bytes_max=FILE_BYTES_MAX)
        if data is None:
            self.directory_id = self._rng.randbytes(DIRECTORY_BYTES)
            await self.sync()
            return
        try:
            self.directory_id, self._known = _decode(data)
        except CodecError as error:
            remedy = "Restore it from a backup, or remove this node and add it under a new id"
            raise JournalCorruptError(self._files.path(FILE), 0, str(error), remedy) from error

    @property
    def known(self) -> dict[int, bytes]:
        """The directory ids of the peers that were met."""
        return dict(self._known)

    def admits(self, peer: int, directory_id: bytes, configuration: Configuration) -> bool:
        """Whether the peer still has the disk it had; the first one it shows is noted.

        The note is durable after the next `sync`, which comes before this node votes or
        acknowledges an entry again. What the membership in force says counts as much: a wiped disk
        may come here first.
        """
        if dict(configuration.directories).get(peer, directory_id) != directory_id:
            return False
        known = self._known.get(peer)
        if known is None:
            self._known[peer] = directory_id
            self.is_dirty = True
        return known in (None, directory_id)

    def strangers(self, configuration: Configuration) -> set[int]:
        """Returns nodes that were met with another disk than the membership in force says."""
        known = self._known
        return {peer for peer, i in configuration.directories if known.get(peer, i) != i}

    async def sync(self) -> None:
        """Makes the notes durable.

        Raises:
            StorageFailedError
        """
        self.is_dirty = False
        body = codec.encode([VERSION, self.directory_id, dict(sorted(self._known.items()))])
        await replace_checked(self._files, FILE, body)


def _decode(data: bytes) -> tuple[bytes, dict[int, bytes]]:
    value: Any = codec.decode(checked_body(data))
    if type(value) is not list or len(value) != 3 or value[0] != VERSION:
        raise CodecError("not a list of peers")
    _, own, known = value
    if type(known) is not dict or any(type(peer) is not int for peer in known):
        raise CodecError("not a list of peers")
    if any(type(i) is not bytes or len(i) != DIRECTORY_BYTES for i in (own, *known.values())):
        raise CodecError("not a directory id")
    return own, known
