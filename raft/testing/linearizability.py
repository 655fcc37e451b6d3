"""A checker for histories of one register: Wing and Gong's search, with Lowe's memory of states.

A history is linearizable if every operation can be given one moment between its start and its end
so that a register that does them one at a time, in that order, gives the same results. An
operation whose outcome is unknown has no end: it may have its moment at any time after its start,
or never.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Operation", "find_violation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation on a register, as its client saw it.

    Attributes:
        start: when it was called.
        end: when it returned; infinite if its outcome is unknown.
        written: the value to write; None: it reads.
        expected: writes only if this is the value; None: always.
        result: the value read, or whether it wrote; no matter if the outcome is unknown.
    """

    start: float
    end: float
    written: str | None = None
    expected: str | None = None
    result: str | bool | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether the client never learnt the outcome."""
        return self.end == math.inf


def find_violation(
    history: Sequence[Operation], initial: str | None = None
) -> Sequence[Operation] | None:
    """Returns the part of the history that cannot be explained, or None if all of it can.

    The part are the operations behind the longest explanation found.
    """
    # A read that nobody saw the result of says nothing.
    operations = sorted(
        (o for o in history if o.written is not None or not o.is_unknown), key=lambda o: o.start
    )
    required = sum(1 << i for i, o in enumerate(operations) if not o.is_unknown)
    stack: list[tuple[int, str | None]] = [(0, initial)]
    seen = {(0, initial)}
    longest = 0
    while stack:
        done, value = stack.pop()
        if done & required == required:
            return None
        if (done & required).bit_count() > (longest & required).bit_count():
            longest = done
        for number in _candidates(operations, done):
            is_possible, after = _run(operations[number], value)
            state = done | 1 << number, after
            if is_possible and state not in seen:
                seen.add(state)
                stack.append(state)
    return [o for i, o in enumerate(operations) if not longest >> i & 1]


def _candidates(operations: Sequence[Operation], done: int) -> list[int]:
    """Returns the operations that may come next: none left ended before they began."""
    first_end = math.inf
    left: list[int] = []
    for number, operation in enumerate(operations):
        if operation.start > first_end:
            break
        if not done >> number & 1:
            left.append(number)
            first_end = min(first_end, operation.end)
    return [number for number in left if operations[number].start <= first_end]


def _run(operation: Operation, value: str | None) -> tuple[bool, str | None]:
    """Runs an operation; returns whether it gives its result, and the value afterwards."""
    if operation.written is None:
        return operation.result == value, value
    is_written = operation.expected in (None, value)
    is_possible = operation.is_unknown or operation.result == is_written
    return is_possible, operation.written if is_written else value
