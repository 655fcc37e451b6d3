"""Fetches that wait for data: waiter sets per partition and one deadline heap.

A parked fetch costs no task and no cancel scope. It is completed by the WAL's completion when the
watermark moves far enough, or by the one task here when its `max_wait_ms` is over.
"""

import heapq
from collections.abc import Callable
from typing import Protocol

import trio

from appliance import limits
from appliance.partition import Partition


class Waiter(Protocol):
    """A parked fetch."""

    deadline: float
    partitions: list[Partition]
    done: bool

    def is_satisfied(self) -> bool: ...

    def respond(self) -> None: ...


class ParkedFetches:
    """All parked fetches of a node."""

    def __init__(self, *, flush: Callable[[], None]) -> None:
        """Args: flush: sends the answers that `respond` completed."""
        self._flush = flush
        self._heap: list[tuple[float, int, Waiter]] = []
        self._waiting: dict[Waiter, None] = {}
        self._count = 0
        self._earlier = trio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    def park(self, waiter: Waiter) -> None:
        """Register a fetch until `respond` or `forget`."""
        for partition in waiter.partitions:
            partition.waiters[waiter] = None
        self._waiting[waiter] = None
        self._count += 1
        heapq.heappush(self._heap, (waiter.deadline, self._count, waiter))
        if self._heap[0][2] is waiter:
            self._earlier.set()

    def forget(self, waiter: Waiter) -> None:
        """Drop a fetch: answered, or its connection is gone."""
        waiter.done = True
        for partition in waiter.partitions:
            partition.waiters.pop(waiter, None)
        self._waiting.pop(waiter, None)
        # Completed entries leave the heap lazily; rebuild it when they are the majority.
        if len(self._heap) > 64 and len(self._heap) > 2 * len(self._waiting):
            self._heap = [e for e in self._heap if not e[2].done]
            heapq.heapify(self._heap)

    def on_deleted(self, touched: list[Partition]) -> None:
        """Answer, and send, the fetches of partitions that are gone; no commit may follow."""
        self.on_commit(touched)
        self._flush()

    def on_commit(self, touched: list[Partition]) -> None:
        """Answer the fetches for which the moved watermarks suffice; the caller flushes."""
        for partition in touched:
            for waiter in list(partition.waiters):
                if not waiter.done and (partition.deleted or waiter.is_satisfied()):
                    self.forget(waiter)
                    waiter.respond()
        touched.clear()

    async def run(self) -> None:
        """Answer fetches whose time is over."""
        while True:
            heap = self._heap
            now = trio.current_time()
            while heap and (heap[0][2].done or heap[0][0] <= now):
                waiter = heapq.heappop(heap)[2]
                if not waiter.done:
                    self.forget(waiter)
                    waiter.respond()
                heap = self._heap
            self._flush()
            self._earlier = trio.Event()
            deadline = heap[0][0] if heap else now + limits.RESPONSE_DELAY_S_MAX
            with trio.move_on_at(deadline):
                await self._earlier.wait()
