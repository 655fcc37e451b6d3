"""Receive memory, pooled: a fresh MiB costs ten times more in page faults than in copying.

Buffers have the standard size doubled some times over. A connection gets one of the size that its
last request needed, if one is free, so that large requests are not copied from buffer to buffer.

A connection holds a buffer only while more than a few bytes of a request are received and not
served. What all connections hold together is bounded; one that would exceed the bound waits for
others to finish. When that takes too long, the connection whose request has been arriving for the
longest time is closed: a client that stalls can waste its own share only.
"""

from typing import Protocol

import trio

from appliance import limits


class Holder(Protocol):
    """A connection, as the pool sees it."""

    @property
    def request_started(self) -> float:
        """Trio time at which the request began that is not complete yet."""
        ...

    def evict(self) -> None:
        """Close: others need the memory."""
        ...


class ReceiveBuffer:
    """What one connection has received and not served: in pooled memory only while it must be.

    Attributes:
        view: the pooled memory, empty while none is held.
        have: bytes at its start that are received and not dropped.
        served: of these, bytes at the start whose requests are served.
        is_held: whether `view` can be received into.
        is_borrowed: it is memory that was lent for a plain call, which ends with `let_go` or
            `keep`.
    """

    __slots__ = (
        "_holder", "_memory", "_pool", "_stash", "_usual", "have", "is_borrowed", "is_held",
        "served", "view",
    )  # fmt: skip

    def __init__(self, pool: "ReceivePool", holder: Holder) -> None:
        """Hold nothing yet."""
        self.view = memoryview(b"")
        self.have = self.served = 0
        self._pool = pool
        self._holder = holder
        self._memory: bytearray | None = None
        self.is_held = self.is_borrowed = False
        self._stash = b""
        self._usual = limits.RECEIVE_BUFFER_BYTES

    def borrow(self) -> bool:
        """Get memory for a plain call, which ends with `let_go` or `keep`; False: none now.

        Most calls receive a small request and serve it: they need not be counted as holders.
        """
        if self._stash or self._usual != limits.RECEIVE_BUFFER_BYTES:
            return self.hold_nowait()
        lent = self._pool.lend()
        if lent is None:
            return False
        self._memory, self.view = lent
        self.is_held = self.is_borrowed = True
        self.have = 0
        return True

    def keep(self) -> None:
        """Hold what was borrowed, if it still is."""
        if self.is_borrowed:
            self.is_borrowed = False
            self._pool.keep_lent(self._holder)

    def hold_nowait(self) -> bool:
        """Get memory of the size used last, with what had been received before; False: none now."""
        memory = self._pool.take_nowait(self._holder, self._usual)
        if memory is not None:
            self._take(memory)
        return memory is not None

    async def hold(self) -> None:
        """Get memory as `hold_nowait` does, also when others have to return some first."""
        if not self.hold_nowait():
            self._take(await self._pool.take(self._holder, self._usual))

    def _take(self, memory: bytearray) -> None:
        self._memory = memory
        self.is_held = True
        self.view = memoryview(memory)
        self.have = len(self._stash)
        if self.have:
            self.view[: self.have] = self._stash
            self._stash = b""

    def drop_served(self) -> None:
        """Forget what is served."""
        served = self.served
        if self.have > served:
            self.view[: self.have - served] = self.view[served : self.have]
        self.have -= served
        self.served = 0

    def let_go(self) -> bool:
        """Give the memory back unless much of a request is in it; return whether it is given."""
        if self._memory is None or self.have > limits.RECEIVE_STASH_BYTES:
            return self._memory is None
        assert not self.served
        if self.have:
            self._stash = bytes(self.view[: self.have])
        self._usual = len(self._memory)
        self.close()
        return True

    async def grow(self, need: int) -> None:
        """Go on in memory of twice the size, towards `need`."""
        assert self._memory is not None
        self.view.release()
        self._memory = await self._pool.grow(self._memory, self._holder, used=self.have, need=need)
        self.view = memoryview(self._memory)

    def close(self) -> None:
        """Give the memory back."""
        memory, self._memory = self._memory, None
        self.is_held = False
        if self.is_borrowed:
            self.is_borrowed = False
            self._pool.take_back()
        elif memory is not None:
            self.view.release()
            self._pool.give(memory, self._holder)

    def end(self) -> None:
        """Give the memory back for good, and forget the holder, which has this buffer."""
        self.close()
        del self._holder


class ReceivePool:
    """Buffers of `limits.RECEIVE_BUFFER_BYTES`, and larger ones counted against one bound."""

    def __init__(self, bytes_max: int) -> None:
        """Args: bytes_max: what connections may hold together (`queued.max.request.bytes`)."""
        self._bytes_max = max(bytes_max, limits.RECEIVE_BUFFER_BYTES)
        self._free: dict[int, list[bytearray]] = {}
        self._free_bytes = 0
        self._held = 0
        self._holders: dict[Holder, int] = {}
        self._returned: trio.Event | None = None  # somebody waits for it
        self._lent: tuple[bytearray, memoryview] | None = None
        self._is_lent = False

    @property
    def held_bytes(self) -> int:
        """Bytes that connections hold now."""
        return self._held

    def lend(self) -> tuple[bytearray, memoryview] | None:
        """Return a buffer of the standard size, for one borrower at a time; None: none now."""
        if self._is_lent or (self._held and not self._may_take(limits.RECEIVE_BUFFER_BYTES)):
            return None
        if self._lent is None:
            memory = self._make(limits.RECEIVE_BUFFER_BYTES)
            self._lent = memory, memoryview(memory)
        self._is_lent = True
        return self._lent

    def take_back(self) -> None:
        """Have the lent buffer again."""
        assert self._is_lent
        self._is_lent = False

    def keep_lent(self, holder: Holder) -> None:
        """Let the borrower hold it; another one is lent next."""
        assert self._is_lent
        self._is_lent = False
        self._lent = None
        self._hold(holder, limits.RECEIVE_BUFFER_BYTES)

    def take_nowait(self, holder: Holder, size: int) -> bytearray | None:
        """Return a buffer, or None when the bound is reached.

        Args:
            holder: who will hold it.
            size: wanted; a larger one than the standard is given only if it is at hand.
        """
        if not self._free.get(size) or not self._may_take(size):
            size = limits.RECEIVE_BUFFER_BYTES
        if not self._may_take(size):
            return None
        self._hold(holder, size)
        return self._make(size)

    async def take(self, holder: Holder, size: int) -> bytearray:
        """Wait for a buffer; see `take_nowait`. A cancelled call holds nothing."""
        while (buffer := self.take_nowait(holder, size)) is None:
            await self._wait(holder)
        return buffer

    async def grow(self, buffer: bytearray, holder: Holder, *, used: int, need: int) -> bytearray:
        """Return a buffer of twice the size with the first `used` bytes of `buffer`.

        It goes step by step towards `need`, so a length that is claimed but never sent costs
        nothing.

        Cancellation: `buffer` is still held.
        """
        assert need > len(buffer)
        size = 2 * len(buffer)
        # With nobody else to wait for, the bound gives way to the longest legal request.
        while (
            self._held + size - len(buffer) > self._bytes_max and self._held > self._holders[holder]
        ):
            await self._wait(holder)
        larger = self._make(size)
        larger[:used] = memoryview(buffer)[:used]
        self._hold(holder, size)
        self.give(buffer, holder)
        return larger

    def give(self, buffer: bytearray, holder: Holder) -> None:
        """Take a buffer back; it is kept for reuse up to a bound."""
        size = len(buffer)
        self._held -= size
        assert self._held >= 0
        left = self._holders[holder] - size
        assert left >= 0
        if left:
            self._holders[holder] = left
        else:
            del self._holders[holder]
        if self._free_bytes + size <= limits.RECEIVE_POOL_BYTES_MAX:
            self._free.setdefault(size, []).append(buffer)
            self._free_bytes += size
        if self._returned is not None:
            self._returned.set()
            self._returned = None

    def _may_take(self, size: int) -> bool:
        # A quarter is left to requests that are larger, or all could wait for each other.
        return not self._held or self._held + size <= self._bytes_max * 3 // 4

    def _make(self, size: int) -> bytearray:
        free = self._free.get(size)
        if not free:
            return bytearray(size)
        self._free_bytes -= size
        return free.pop()

    def _hold(self, holder: Holder, size: int) -> None:
        self._held += size
        self._holders[holder] = self._holders.get(holder, 0) + size

    async def _wait(self, holder: Holder) -> None:
        """Wait until memory comes back, or make the slowest of the others give up its own."""
        if self._returned is None:
            self._returned = trio.Event()
        with trio.move_on_after(limits.RECEIVE_WAIT_S):
            await self._returned.wait()
            return
        others = [other for other in self._holders if other is not holder]
        before = trio.current_time() - limits.RECEIVE_STALL_S_MIN
        slowest = min(others, key=lambda other: other.request_started, default=None)
        if slowest is not None and slowest.request_started <= before:
            slowest.evict()
