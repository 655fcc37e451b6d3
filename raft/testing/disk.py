"""A fake directory with a fault model, for tests and simulation. No threads, no system calls.

Fault model:
    - Bytes written are volatile until `sync` of their file returns. A crash keeps, of the volatile
      bytes of each file, a random prefix, in which random sectors may be zero (they did not
      arrive though the file had grown, or was filled with zeros there). Also the first, in which
      durable bytes lie before them: those stay.
    - Creations, renames and removals are volatile until `sync_directory` returns. A crash keeps a
      random prefix of them, in order.
    - The operation numbered `fail_at` (counted from 0 over all changing operations) crashes the
      machine (`Crashed`) or fails with EIO or ENOSPC. A write that crashes may have been done
      in part; a sync that crashes may have been carried out or not.
    - After a crash every operation raises `Crashed`; `reboot` returns the directory as found then.
    - `kill` instead of a crash loses nothing that was written: only the process is gone.
    - `flip_bit` damages a byte that was durable.
    - With `loses_most` a crash keeps nothing that was volatile.
    - `sync` takes `sync_s` seconds, and does not return before `resume` after a `stall`. If it
      takes no time, `try_sync` does every other one at once.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from enum import Enum
from random import Random

import trio

from raft.errors import StorageFailedError
from raft.journal_format import SECTOR_BYTES

__all__ = ["Crashed", "Fault", "MemoryFiles"]


class Crashed(BaseException):
    """The machine lost its power. Not an Exception: nothing may handle it."""


class Fault(Enum):
    """What happens at operation `fail_at`."""

    CRASH = "crash"
    EIO = "eio"
    ENOSPC = "enospc"


@dataclass(slots=True, eq=False)
class _Inode:
    """`data` holds what was written, from the start to `end`, and behind it the zeros of a fill."""

    data: bytearray = field(default_factory=bytearray)
    end: int = 0
    durable_end: int = 0  # the same for what is durable
    durable_bytes: int = 0  # zeros included

    def cut(self, start: int, end: int, *, stop: int) -> int:
        """Returns where a write from `start` to `stop` ends that came as far as `end`.

        A sector arrives as a whole or not at all; only the end of a file may be anywhere.
        """
        if end == stop or stop >= len(self.data):
            return end
        return max(start, end - end % SECTOR_BYTES)


class MemoryFiles:
    """Implements `raft.Files` in memory."""

    def __init__(self, *, rng: Random) -> None:
        self._rng = rng
        self._names: dict[str, _Inode] = {}
        self._durable_names: dict[str, _Inode] = {}
        self._pending: list[dict[str, _Inode]] = []
        self._is_crashed = False
        self.operations: list[str] = []
        self.fail_at: int | None = None
        self.fault = Fault.CRASH
        self.sync_s = 0.0
        self.loses_most = False
        self._resumed: trio.Event | None = None

    # The port.

    def path(self, name: str) -> str:
        return f"memory/{name}"

    def list_names(self) -> list[str]:
        self._check()
        return sorted(self._names)

    async def read(self, name: str, *, bytes_max: int, start: int = 0) -> bytes | None:
        await trio.lowlevel.checkpoint()
        self._check()
        inode = self._names.get(name)
        return None if inode is None else bytes(inode.data[start : start + bytes_max + 1])

    async def create(self, name: str) -> _MemoryFile:
        await trio.lowlevel.checkpoint()
        self._operation("create", name)
        inode = _Inode()
        self._change({**self._names, name: inode})
        return _MemoryFile(self, name, inode)

    def open(self, name: str, *, position: int) -> _MemoryFile:
        self._check()
        inode = self._names[name]
        assert not any(inode.data[position:]), "only zeros may be written over"
        inode.end, inode.durable_end = position, min(position, inode.durable_end)
        return _MemoryFile(self, name, inode)

    async def rename(self, source: str, target: str) -> None:
        await trio.lowlevel.checkpoint()
        self._operation("rename", target)
        names = dict(self._names)
        names[target] = names.pop(source)
        self._change(names)

    async def remove(self, name: str) -> None:
        await trio.lowlevel.checkpoint()
        self._operation("remove", name)
        names = dict(self._names)
        del names[name]
        self._change(names)

    async def sync_directory(self) -> None:
        await self._take_time()
        self._operation("sync_directory", "")
        self._durable_names = dict(self._names)
        self._pending.clear()

    # What a test does.

    def content(self, name: str) -> bytes:
        """Returns a file's bytes as the process sees them."""
        inode = self._names[name]
        return bytes(inode.data[: inode.end])

    def is_durable(self, name: str, data: bytes) -> bool:
        """Whether a power loss is sure to leave these bytes in the file of this name."""
        inode = self._durable_names.get(name)
        return inode is not None and inode.data.find(data, 0, inode.durable_end) != -1

    def replace_content(self, name: str, data: bytes) -> None:
        """Changes a file behind the back of the process, durably."""
        size = len(data)
        self._names[name] = _Inode(bytearray(data), size, size, size)
        self._durable_names[name] = self._names[name]

    def durable_files(self) -> dict[str, int]:
        """Returns the bytes of each file that a power loss is sure to leave under its name.

        Without the zeros at its end, which may have been filled in.
        """
        durable = {
            name: len(inode.data[: inode.durable_end].rstrip(b"\0"))
            for name, inode in sorted(self._durable_names.items())
            if self._names.get(name) is inode
        }
        return {name: size for name, size in durable.items() if size}

    def flip_bit(self, name: str, position: int, bit: int) -> None:
        """Damages a durable byte of a file; what is volatile stays volatile."""
        inode = self._durable_names[name]
        assert 0 <= position < inode.durable_end
        inode.data[position] ^= 1 << bit

    def stall(self) -> None:
        """No `sync` returns until `resume`."""
        if self._resumed is None:
            self._resumed = trio.Event()

    def resume(self) -> None:
        """Ends a `stall`."""
        if self._resumed is not None:
            self._resumed.set()
            self._resumed = None

    @property
    def is_slow(self) -> bool:
        """Whether `sync` takes time."""
        return self.sync_s > 0 or self._resumed is not None

    async def _take_time(self) -> None:
        await trio.lowlevel.checkpoint()
        if self.sync_s:
            await trio.sleep(self.sync_s)
        if self._resumed is not None:
            await self._resumed.wait()

    def crash(self) -> None:
        """Turns the power off."""
        self._is_crashed = True

    def reboot(self) -> MemoryFiles:
        """Returns the directory as found after the crash."""
        rng = self._rng
        states = [self._durable_names, *([] if self.loses_most else self._pending)]
        survivors = states[rng.randrange(len(states))]
        return self._successor({name: self._survive(node) for name, node in survivors.items()})

    def kill(self) -> MemoryFiles:
        """Returns the directory as the next process finds it; the volatile stays volatile."""
        self._is_crashed = True
        successor = self._successor(self._names)
        successor._durable_names = self._durable_names
        successor._pending = self._pending
        return successor

    def _successor(self, names: dict[str, _Inode]) -> MemoryFiles:
        files = MemoryFiles(rng=self._rng)
        files._names = dict(names)
        files._durable_names = dict(names)
        return files

    def _survive(self, inode: _Inode) -> _Inode:
        rng = self._rng
        size = rng.randint(inode.durable_bytes, len(inode.data))
        start, stop = inode.durable_end, inode.end
        end = inode.cut(start, rng.randint(start, stop), stop=stop)
        if self.loses_most:
            size, end = inode.durable_bytes, inode.durable_end
        data = inode.data[:end]
        first = inode.durable_end // SECTOR_BYTES
        for sector in range(first, -(-end // SECTOR_BYTES)):
            if rng.random() < 0.3:
                start = max(sector * SECTOR_BYTES, inode.durable_end)
                stop = min((sector + 1) * SECTOR_BYTES, end)
                data[start:stop] = bytes(stop - start)
        size = max(size, end)
        data += bytes(size - end)
        return _Inode(data, size, size, size)

    def _change(self, names: dict[str, _Inode]) -> None:
        self._names = names
        self._pending.append(dict(names))

    def _check(self) -> None:
        if self._is_crashed:
            raise Crashed

    def _operation(self, kind: str, name: str) -> bool:
        """Counts an operation; returns whether it is the one that crashes half way."""
        self._check()
        number = len(self.operations)
        self.operations.append(f"{kind} {name}")
        if number != self.fail_at:
            return False
        if self.fault is not Fault.CRASH:
            number = errno.EIO if self.fault is Fault.EIO else errno.ENOSPC
            cause = OSError(number, os.strerror(number))
            raise StorageFailedError(self.path(name), kind, cause)
        self._is_crashed = True
        if kind in ("write", "sync"):
            return True
        raise Crashed


class _MemoryFile:
    def __init__(self, files: MemoryFiles, name: str, inode: _Inode) -> None:
        self._files = files
        self._name = name
        self._inode = inode
        self._begun = trio.Event()

    def write(self, data: bytes) -> None:
        if self._files._operation("write", self._name):
            start, stop = self._inode.end, self._inode.end + len(data)
            end = self._inode.cut(start, self._files._rng.randint(start, stop), stop=stop)
            self._put(data[: end - start])
            raise Crashed
        self._put(data)

    def _put(self, data: bytes) -> None:
        inode = self._inode
        end = inode.end + len(data)
        inode.data[inode.end : end] = data
        inode.end = end

    async def write_bulk(self, data: bytes) -> None:
        await trio.lowlevel.checkpoint()
        self.write(data)

    async def fill(self, length: int) -> None:
        await trio.lowlevel.checkpoint()
        inode = self._inode
        try:
            is_last = self._files._operation("write", self._name)
        except StorageFailedError:
            if self._files.fault is Fault.ENOSPC:
                return
            raise
        if is_last:
            length = self._files._rng.randint(0, length)
        inode.data += bytes(max(0, inode.end + length - len(inode.data)))
        if is_last:
            raise Crashed

    def try_sync(self) -> bool:
        if self._files.is_slow or self._files._rng.random() < 0.5:
            self._begun.set()
            return False
        self._flush(self._inode.end, len(self._inode.data))
        return True

    async def wait_sync(self) -> None:
        await self._begun.wait()

    async def sync(self) -> None:
        self._begun = trio.Event()
        end, size = self._inode.end, len(self._inode.data)
        await self._files._take_time()
        self._flush(end, size)

    def _flush(self, end: int, size: int) -> None:
        inode = self._inode
        is_last = self._files._operation("sync", self._name)
        if not is_last or self._files._rng.random() < 0.5:
            inode.durable_end = max(end, inode.durable_end)
            inode.durable_bytes = max(size, inode.durable_bytes)
        if is_last:
            raise Crashed

    def close(self) -> None: ...
