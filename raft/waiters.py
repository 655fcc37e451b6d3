"""Who waits until an entry is applied."""

from __future__ import annotations

import heapq
import itertools

import trio

__all__ = ["Waiters"]


class Waiters:
    """Those of one node, by index."""

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._heap: list[tuple[int, int, trio.Event]] = []

    def __len__(self) -> int:
        return len(self._heap)

    async def wait(self, index: int) -> None:
        """Returns when `release` is called for this index or a later one, or `abandon_all`."""
        done = trio.Event()
        waiter = index, next(self._numbers), done
        heapq.heappush(self._heap, waiter)
        try:
            await done.wait()
        finally:
            if not done.is_set():
                # Given up: it may be for what is never applied.
                self._heap.remove(waiter)
                heapq.heapify(self._heap)

    def release(self, applied_index: int) -> None:
        """Everything up to this index is applied."""
        while self._heap and self._heap[0][0] <= applied_index:
            heapq.heappop(self._heap)[2].set()

    def abandon_all(self) -> None:
        """The node stops: nothing more is applied."""
        for _, _, done in self._heap:
            done.set()
        self._heap.clear()
