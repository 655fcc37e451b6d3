"""Receive memory, pooled: a fresh MiB costs ten times more in page faults than in copying.

A connection holds a buffer only while a request is partly received. What all connections hold
together is bounded; a connection that would exceed the bound waits for others to finish.
"""

import trio

from appliance import limits


class ReceivePool:
    """Buffers of `limits.RECEIVE_BUFFER_BYTES`, and larger ones counted against one bound."""

    def __init__(self, bytes_max: int) -> None:
        """Args: bytes_max: what connections may hold together (`queued.max.bytes`)."""
        self._bytes_max = max(bytes_max, limits.RECEIVE_BUFFER_BYTES)
        self._free: list[bytearray] = []
        self._held = 0
        self._returned = trio.Event()

    @property
    def held_bytes(self) -> int:
        """Bytes that connections hold now."""
        return self._held

    def take_nowait(self) -> bytearray | None:
        """Return a buffer of the standard size, or None when the bound is reached."""
        size = limits.RECEIVE_BUFFER_BYTES
        if self._held and self._held + size > self._bytes_max:
            return None
        self._held += size
        return self._free.pop() if self._free else bytearray(size)

    async def take(self) -> bytearray:
        """Wait for a buffer of the standard size. A cancelled call holds nothing."""
        while (buffer := self.take_nowait()) is None:
            await self._returned.wait()
        return buffer

    def grow(self, buffer: bytearray, used: int, need: int) -> bytearray | None:
        """Return a buffer with the first `used` bytes of `buffer` and room for more.

        The size doubles towards `need`, so a length that is claimed but never sent costs
        nothing. None when the bound is reached: the connection must be closed or wait.
        """
        size = min(max(2 * len(buffer), limits.RECEIVE_BUFFER_BYTES), max(need, len(buffer)))
        extra = size - len(buffer)
        if self._held > len(buffer) and self._held + extra > self._bytes_max:
            return None
        larger = bytearray(size)
        larger[:used] = memoryview(buffer)[:used]
        self._held += size
        self.give(buffer)
        return larger

    def give(self, buffer: bytearray) -> None:
        """Take a buffer back; standard ones are kept for reuse up to a bound."""
        self._held -= len(buffer)
        assert self._held >= 0
        size = limits.RECEIVE_BUFFER_BYTES
        if len(buffer) == size and len(self._free) * size < limits.RECEIVE_POOL_BYTES_MAX:
            self._free.append(buffer)
        self._returned.set()
        self._returned = trio.Event()
