"""The fake ports of one life of a node: they know where a crash may fall and what must hold there.

Every operation of a port is a *point*: a moment between two steps at which the universe may cut the
power. After that the port is dead: nothing it was asked for happens any more.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import trio

from appliance.objects.memory import MemoryStore
from appliance.objects.store import Bytes, list_all
from raft.errors import StorageFailedError
from raft.testing import Crashed, MemoryFiles
from tests.sim.model import Violation
from wal import limits as wal_limits
from wal.device import OnDone
from wal.testing import FakeDevice, Operation

if TYPE_CHECKING:
    from tests.sim.universe import Life


class SimDevice(FakeDevice):
    """The volume in one life."""

    life: Life

    def submit_commit(
        self,
        buffer: memoryview,
        position: int,
        fence: memoryview,
        fence_position: int,
        on_done: OnDone,
    ) -> None:
        self.life.commits_in_flight += 1
        if self.life.commits_in_flight > wal_limits.FRAMES_AT_DEVICE_MAX:
            raise Violation("10: too many writes in flight")

        def done(error: BaseException | None) -> None:
            self.life.commits_in_flight -= 1
            self.life.point("commit done")
            on_done(error)
            self.life.point("commit acknowledged")

        super().submit_commit(buffer, position, fence, fence_position, done)

    async def write(self, buffer: memoryview | bytes, position: int) -> None:
        self.life.point("write")
        await super().write(buffer, position)
        self.life.point("write done")

    async def read(self, position: int, length: int) -> memoryview:
        # Late: what the caller looked up may lie elsewhere by now.
        await trio.sleep(self.life.read_stall_s())
        data = await super().read(position, length)
        self.life.point("read")
        return data

    def _finish(self, operation: Operation) -> None:
        kind = "write" if operation.is_write else "read"
        error = "" if operation.error is None else " EIO"
        self.life.universe.trace("disk", f"{kind}{error} {operation.position}")
        if operation.error is not None:
            self.life.has_disk_error = True
        super()._finish(operation)

    async def _complete_later(self, operation: Operation) -> None:
        try:
            await super()._complete_later(operation)
        except Crashed:
            pass
        except Violation as error:  # A system task must not end the run in its own way.
            self.life.universe.fail(error)


class SimFiles(MemoryFiles):
    """The Raft directory in one life."""

    life: Life

    @classmethod
    def found(cls, files: MemoryFiles, *, rng: random.Random) -> SimFiles:
        """Return a directory as another life left it."""
        made = cls(rng=rng)
        made._names = files._names
        made._durable_names = files._durable_names
        made._pending = files._pending
        return made

    def _operation(self, kind: str, name: str) -> bool:
        self.life.point(f"raft {kind}")
        try:
            is_last = super()._operation(kind, name)
        except StorageFailedError:
            self.life.has_disk_error = True
            raise
        except Crashed:
            self.life.power_off(f"raft {kind} undone")
            raise
        if is_last:
            self.life.power_off(f"raft {kind} half done")
        return is_last


class SimStore:
    """One life's connection to the object store, which outlives it."""

    def __init__(self, life: Life, inner: MemoryStore, rng: random.Random) -> None:
        self._life = life
        self._inner = inner
        self._rng = rng

    async def check(self) -> None:
        await self._inner.check()

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        self._life.point("put")
        await self._pause()
        await self._inner.put(key, parts, if_absent=if_absent)
        self._life.universe.trace("store", f"put {key}")
        self._life.point("put done")

    async def get(self, key: str) -> bytes:
        await self._pause()
        return await self._inner.get(key)

    async def get_range(self, key: str, start: int, length: int) -> Bytes:
        await self._pause()
        return await self._inner.get_range(key, start, length)

    async def head(self, key: str) -> Any:
        await self._pause()
        return await self._inner.head(key)

    async def list_page(self, prefix: str, *, after: str = "") -> Any:
        await self._pause()
        return await self._inner.list_page(prefix, after=after)

    def list(self, prefix: str, *, after: str = "") -> Any:
        return list_all(self, prefix, after)

    async def delete(self, keys: Sequence[str]) -> None:
        self._life.check_delete(keys)
        self._life.point("delete")
        await self._pause()
        await self._inner.delete(keys)
        self._life.universe.trace("store", f"delete {list(keys)}")
        self._life.point("delete done")

    async def _pause(self) -> None:
        await trio.sleep(self._rng.uniform(0.001, 0.05))
