"""Commits on two dedicated threads: where the kernel offers no AIO, or not for this file.

Each thread reads the fence block after its write, or after two if the second waits already; each is
woken by its queue and reports through an eventfd.
"""

import ctypes
import queue
import threading
from collections import deque

from wal import limits
from wal.commits import Commit, transfer
from wal.device import OnDone

_WRITES_PER_FENCE_READ = 2
_Queue = queue.SimpleQueue[Commit | None]

# Keeps the GIL, unlike os.eventfd_write: to drop and retake it costs more than the call.
_signal = ctypes.PyDLL(None).eventfd_write
_signal.argtypes = [ctypes.c_int, ctypes.c_uint64]


class Threads:
    """A `wal.commits.CommitEngine` of blocking calls."""

    def __init__(self, name: str, fd: int, event_fd: int) -> None:
        """Args: event_fd: signalled when `complete` has something to do."""
        self._name = name
        self._fd = fd
        self._event_fd = event_fd
        # A queue a thread: threads that share one are all woken by each commit.
        self._threads: list[tuple[threading.Thread, _Queue]] = []
        self._loads: dict[_Queue, int] = {}
        self._done: deque[tuple[_Queue, OnDone, BaseException | None]] = deque()
        for number in range(limits.WRITES_IN_FLIGHT_MAX):
            commits: _Queue = queue.SimpleQueue()
            worker = threading.Thread(
                target=self._serve, args=(commits,), name=f"wal-{number}", daemon=True
            )
            worker.start()
            self._threads.append((worker, commits))
            self._loads[commits] = 0

    def submit(self, commit: Commit) -> None:
        """See `CommitEngine.submit`."""
        commits = min(self._loads, key=self._loads.__getitem__)
        self._loads[commits] += 1
        commits.put(commit)

    def has_completed(self) -> bool:
        """See `CommitEngine.has_completed`."""
        return bool(self._done)

    def complete(self) -> None:
        """See `CommitEngine.complete`."""
        done = self._done
        while done:
            commits, on_done, error = done.popleft()
            self._loads[commits] -= 1
            on_done(error)

    def close(self) -> None:
        """See `CommitEngine.close`: finishes what is queued, ends the threads."""
        for _, commits in self._threads:
            commits.put(None)
        for worker, _ in self._threads:
            worker.join()
        self._threads.clear()

    def _serve(self, commits: _Queue) -> None:
        done, event_fd = self._done, self._event_fd
        while True:
            commit = commits.get()
            if commit is None:
                return
            some = [commit]
            error = self._write_all(some, commits)
            for one in some:
                done.append((commits, one.on_done, error))
            _signal(event_fd, 1)
            del commit, some, error

    def _write_all(self, some: list[Commit], commits: _Queue) -> Exception | None:
        """Write one commit and those that wait behind it, a few; then read the fence for all."""
        try:
            self._write(some[0])
            while len(some) < _WRITES_PER_FENCE_READ and not commits.empty():
                following = commits.get()
                if following is None:
                    commits.put(None)  # For whoever asked the thread to end, afterwards.
                    break
                some.append(following)
                self._write(following)
            last = some[-1]
            transfer(
                self._fd,
                self._name,
                is_write=False,
                view=last.fence,
                position=last.fence_position,
            )
            for one in some[:-1]:
                one.fence[:] = last.fence
        except Exception as fault:  # Reported to the loop, never lost.
            return fault
        return None

    def _write(self, commit: Commit) -> None:
        transfer(self._fd, self._name, is_write=True, view=commit.buffer, position=commit.position)
