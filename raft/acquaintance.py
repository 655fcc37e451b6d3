"""Whose disk is whose: the directory ids this node knows, its own among them.

A node draws its directory id once. A peer that comes back with another one has lost its disk, and
with it what it had promised: it must not vote or acknowledge under its old name, and is refused
until it is removed and added under a new one. The membership in the log names the disks of all who
were ever voters, too, for those who came later and never met them.

**Layout** of the file `peers`: a strict CBOR array `[2, own id, {node id: directory id}, agreed]`
of 16-byte ids, then the CRC-32C of it (u32, little-endian). `agreed` is empty, or the digest of
what all first voters of the group have noted of each other: BLAKE2b, 16 bytes, of the CBOR map of
their ids. Replaced as a whole: written as `peers.new`, flushed, renamed, directory flushed. Valid
if and only if the CRC and every type fit. Version 1, of older software, has no `agreed`; a node of
it that has taken part notes there the digest of those it knows, which need not be all.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import blake2b
from random import Random
from typing import Any

from raft import codec
from raft.checked_file import checked_body, replace_checked
from raft.configuration import DIGEST_BYTES, DIRECTORY_BYTES, Configuration
from raft.errors import CodecError, JournalCorruptError
from raft.files import Files

__all__ = ["Acquaintance"]

FILE = "peers"
FILE_BYTES_MAX = 1 << 20
VERSION = 2


class Acquaintance:
    """The directory ids on one node's disk.

    Attributes:
        directory_id: this disk's own.
        agreed: digest of what all first voters knew when the group began; empty: it has not.
        is_older: whether the file was written by software that knew no such digest.
        is_dirty: whether something is not durable.
    """

    def __init__(self, files: Files, *, rng: Random) -> None:
        self._files = files
        self._rng = rng
        self._known: dict[int, bytes] = {}
        self.directory_id = b""
        self.agreed = b""
        self.is_older = False
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
            self.directory_id, self._known, agreed = _decode(data)
        except CodecError as error:
            remedy = "Restore it from a backup, or remove this node and add it under a new id"
            raise JournalCorruptError(self._files.path(FILE), 0, str(error), remedy) from error
        self.agreed, self.is_older = agreed or b"", agreed is None

    @property
    def known(self) -> dict[int, bytes]:
        """The directory ids of the peers that were met."""
        return dict(self._known)

    def knows(self, peers: Collection[int]) -> bool:
        """Whether all of these were met."""
        return all(peer in self._known for peer in peers)

    def digest(self, nodes: Collection[int], *, node_id: int) -> bytes:
        """Returns a digest of the directory ids of those nodes, as far as they are known.

        Args:
            nodes: whose.
            node_id: of this one.
        """
        ids = {**self._known, node_id: self.directory_id}
        known = {node: ids[node] for node in sorted(nodes) if node in ids}
        return blake2b(codec.encode(known), digest_size=DIGEST_BYTES).digest()

    def note_agreed(self, digest: bytes) -> None:
        """All first voters know what has this digest: durable after the next `sync`."""
        self.agreed, self.is_dirty = digest, True

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
        known = dict(sorted(self._known.items()))
        body = codec.encode([VERSION, self.directory_id, known, self.agreed])
        await replace_checked(self._files, FILE, body)


def _decode(data: bytes) -> tuple[bytes, dict[int, bytes], bytes | None]:
    value: Any = codec.decode(checked_body(data))
    if type(value) is not list or not value or (value[0], len(value)) not in ((1, 3), (VERSION, 4)):
        raise CodecError("not a list of peers")
    _, own, known, *rest = value
    agreed = rest[0] if rest else None
    if rest and (type(agreed) is not bytes or len(agreed) not in (0, DIGEST_BYTES)):
        raise CodecError("not a digest of what was agreed")
    if type(known) is not dict or any(type(peer) is not int for peer in known):
        raise CodecError("not a list of peers")
    if any(type(i) is not bytes or len(i) != DIRECTORY_BYTES for i in (own, *known.values())):
        raise CodecError("not a directory id")
    return own, known, agreed
