"""All deadlines of a coordinator: one heap, lazily cleaned.

Moving a deadline to a later time writes a number and leaves the heap alone: the entry that is
already there comes up early, finds the later time and goes back. So a heartbeat costs no heap
operation, and a member costs one per session timeout however often it beats. Entries of cancelled
deadlines are dropped when they come up, or all at once when they are the majority.

Order is by time, then by the order of entry: the same calls fire in the same order everywhere.
"""

import heapq
from collections.abc import Iterator
from typing import Any

from appliance.coordinator import limits

NEVER = 1 << 62
"""A time that does not come; ms."""


class Deadline:
    """One moment that may be set, moved and cleared.

    Attributes:
        at_ms: when it is due, or NEVER.
        owner: what the caller wants to be reminded of.
    """

    __slots__ = ("_entry_ms", "at_ms", "owner")

    def __init__(self, owner: Any) -> None:
        self.at_ms = NEVER
        self.owner = owner
        self._entry_ms = NEVER  # time of the one entry of the heap that counts


class Deadlines:
    """The heap."""

    __slots__ = ("_count", "_heap", "_stale")

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, Deadline]] = []
        self._count = 0
        self._stale = 0

    def __len__(self) -> int:
        return len(self._heap)

    def set(self, deadline: Deadline, at_ms: int) -> None:
        """Move a deadline to `at_ms`, also to an earlier time."""
        assert at_ms < NEVER
        deadline.at_ms = at_ms
        if at_ms < deadline._entry_ms:
            if deadline._entry_ms != NEVER:
                self._on_stale()
            self._push(deadline)

    def clear(self, deadline: Deadline) -> None:
        """Forget a deadline; it may be set again."""
        deadline.at_ms = NEVER
        if deadline._entry_ms != NEVER:
            deadline._entry_ms = NEVER
            self._on_stale()

    def next_ms(self) -> int | None:
        """Return a time before which nothing is due, or None; it may be earlier than needed."""
        heap = self._heap
        while heap and heap[0][2]._entry_ms != heap[0][0]:
            heapq.heappop(heap)
            self._stale = max(self._stale - 1, 0)
        return heap[0][0] if heap else None

    def due(self, now_ms: int) -> Iterator[Deadline]:
        """Yield what is due, each cleared; what is set while this runs is seen by it.

        It ends early when it had to look at many entries: `next_ms` tells whether there is more.
        """
        heap = self._heap
        for _ in range(limits.DEADLINE_ENTRIES_PER_CALL):
            if not heap or heap[0][0] > now_ms:
                return
            entry_ms, _, deadline = heapq.heappop(heap)
            if deadline._entry_ms != entry_ms:
                self._stale = max(self._stale - 1, 0)
                continue
            deadline._entry_ms = NEVER
            if deadline.at_ms > now_ms:
                assert deadline.at_ms != NEVER
                self._push(deadline)
                continue
            deadline.at_ms = NEVER
            yield deadline
            heap = self._heap  # It may have been rebuilt.

    def _push(self, deadline: Deadline) -> None:
        deadline._entry_ms = deadline.at_ms
        self._count += 1
        heapq.heappush(self._heap, (deadline.at_ms, self._count, deadline))

    def _on_stale(self) -> None:
        self._stale += 1
        if self._stale > limits.DEADLINES_STALE_MIN and self._stale * 2 > len(self._heap):
            self._heap = [entry for entry in self._heap if entry[2]._entry_ms == entry[0]]
            heapq.heapify(self._heap)
            self._stale = 0
