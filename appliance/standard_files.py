"""Standard input, output and error: what may be closed, full, or a pipe that nobody reads.

Nothing that a node does may wait for, or end with, whoever reads its log: lines go through one
bounded queue to a thread that writes them. Plain file numbers, not `sys.stderr`: its lock, held by
a thread that hangs in a write, would make the interpreter abort when it ends.
"""

import os
import queue
import select
import sys
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable
from typing import IO

STANDARD_ERROR = 2

LINES_MAX = 1000
"""Lines that wait to be written; what comes on top of them is lost, and counted."""

LINE_BYTES_MAX = 64 << 10
"""A longer line is cut; one with a traceback has a twentieth of it."""

SAY_S_MAX = 0.5
"""Time that a last word has to be taken; after it, nobody listens."""


def hold() -> None:
    """Open /dev/null for what was closed at the start.

    The volume, or a client's socket, would get its number otherwise, and be written to by whatever
    prints.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # The lowest number that is free: this one.
    if sys.stdin is None:
        sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", closefd=False, encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", closefd=False, encoding="utf-8")  # noqa: SIM115


def say(text: str, stream: IO[str]) -> None:
    """Write a text; a stream that is full or gone is no error, and one that hangs is left."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        stream.write(text)  # A test's, in memory.
        return
    is_said = allocate_lock()
    is_said.acquire()

    def write() -> None:
        try:
            _write_all(number, _encode(text))
        except OSError:
            pass
        finally:
            is_said.release()

    start_new_thread(write, ())
    is_said.acquire(timeout=SAY_S_MAX)


class LineWriter:
    """Writes lines in a thread of its own.

    Attributes:
        lost: lines so far that found no room or could not be written.
    """

    def __init__(self, number: int, *, on_lost: Callable[[int], None] = lambda _: None) -> None:
        """Begin.

        Args:
            number: of the file.
            on_lost: called in `write` with the number of lines that were lost before it, once the
                file takes lines again.
        """
        self._number = number
        self._on_lost = on_lost
        # Of the queues the one whose `put` may interrupt itself: in a signal handler, a destructor.
        self._lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._dropped = self._failed = self._told = 0
        self._is_closed = self._is_failing = False
        self._is_done = allocate_lock()
        self._is_done.acquire()
        start_new_thread(self._run, ())

    @property
    def lost(self) -> int:
        return self._dropped + self._failed

    def write(self, line: str) -> None:
        """Write a line some time; never waits, never fails."""
        if self._is_closed or self._lines.qsize() >= LINES_MAX:
            self._dropped += 1
            return
        lost = self.lost - self._told
        if lost and not self._is_failing:
            self._told += lost
            self._on_lost(lost)
        data = _encode(line)[:LINE_BYTES_MAX]
        self._lines.put(data.rstrip(b"\n") + b"\n")

    def close(self, seconds: float) -> None:
        """Return when all is written, or so much time has passed."""
        self._is_closed = True
        self._lines.put(None)
        if self._is_done.acquire(timeout=seconds):
            self._is_done.release()

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            try:
                _write_all(self._number, line)
                self._is_failing = False
            except OSError:
                self._failed += 1
                self._is_failing = True
        self._is_done.release()


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _write_all(number: int, data: bytes) -> None:
    """Write all of it, also to a pipe that somebody made non-blocking. Raises OSError."""
    left = memoryview(data)
    while left:
        try:
            left = left[os.write(number, left) :]
        except BlockingIOError:
            select.select([], [number], [])
