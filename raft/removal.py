"""What peers said of this node's removal: for people, and for a node that nobody would elect.

A removed node gets nothing from the others any more, its own removal included. When it dials them
they say so (WIRE.md). That is no proof: without certificates anybody may sit at a peer's address.
So nothing follows from it but what is so anyway if it is true, see `Elections`; and it is forgotten
when a leader speaks, or when whoever said it takes this node for a member again.

**Layout** of the file `removed`: a strict CBOR array `[1, {node id: index}]`, then the CRC-32C of
it (u32, little-endian). Replaced as a whole: written as `removed.new`, flushed, renamed, directory
flushed; removed when all is forgotten. Valid if and only if the CRC and every type fit; a file that
is not is as good as none, for whoever wrote it will be told again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import trio

from raft import codec
from raft.checked_file import checked_body, replace_checked
from raft.errors import CodecError
from raft.files import Files

__all__ = ["Removal", "read_removal"]

FILE = "removed"
FILE_BYTES_MAX = 1 << 20
VERSION = 1


class Removal:
    """Who said that this node was removed, as of which index of the log; on disk, too."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._told: dict[int, int] = {}
        self._is_told = trio.Event()
        self._has_file = False
        self.is_dirty = False

    @property
    def told(self) -> Mapping[int, int]:
        """The index by node; always the same object."""
        return self._told

    async def open(self) -> None:
        """Reads the file.

        Raises:
            StorageFailedError
        """
        self._has_file = FILE in self._files.list_names()
        self._told.update(await read_removal(self._files))
        if self._told:
            self._is_told.set()

    def on_told(self, peer: int, index: int) -> None:
        """A peer says so; the first time counts, or the file would be written at each attempt."""
        if peer not in self._told:
            self._told[peer] = index
            self.is_dirty = True
            self._is_told.set()

    def forget(self, peer: int) -> None:
        """The peer takes this node for a member."""
        if self._told.pop(peer, None) is not None:
            self._on_forgotten()

    def forget_all(self) -> None:
        """A leader takes this node for a member."""
        if self._told:
            self._told.clear()
            self._on_forgotten()

    def _on_forgotten(self) -> None:
        self.is_dirty = True
        if not self._told:
            self._is_told = trio.Event()

    async def wait_told(self) -> None:
        """Returns when somebody has said so; it may be forgotten by then."""
        await self._is_told.wait()

    async def sync(self) -> None:
        """Makes what was said durable.

        Raises:
            StorageFailedError
        """
        self.is_dirty = False
        if not self._told:
            if self._has_file:
                self._has_file = False
                await self._files.remove(FILE)
                await self._files.sync_directory()
            return
        body = codec.encode([VERSION, dict(sorted(self._told.items()))])
        self._has_file = True
        await replace_checked(self._files, FILE, body)


async def read_removal(files: Files) -> dict[int, int]:
    """Returns what the file says; empty: nothing, or it is damaged.

    Raises:
        StorageFailedError
    """
    data = await files.read(FILE, bytes_max=FILE_BYTES_MAX)
    try:
        return {} if data is None else _decode(data)
    except CodecError:
        return {}


def _decode(data: bytes) -> dict[int, int]:
    value: Any = codec.decode(checked_body(data))
    if type(value) is not list or len(value) != 2 or value[0] != VERSION:
        raise CodecError("not what peers said")
    told = value[1]
    if type(told) is not dict or any(type(i) is not int for i in (*told, *told.values())):
        raise CodecError("not indexes by node")
    return told
