"""Plain TCP without a task for each message: what is there is read, and sent, by plain calls.

trio's own methods run a pass of the scheduler and ask the kernel again for each of them; with a
hundred observers those passes would be most of a leader's work.
"""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Sequence

import trio

from raft import limits

__all__ = ["Poller", "try_write"]


class Poller:
    """Reads what comes on many connections, all of them in one task.

    A connection belongs to its stream, which must stay open until `remove`.

    Args:
        done: called whenever all that was there has been read.
    """

    def __init__(self, done: Callable[[], None]) -> None:
        self._done = done
        self._epoll = select.epoll()
        self._takers: dict[int, tuple[Callable[[bytes], None], Callable[[], None]]] = {}

    def add(
        self, stream: trio.SocketStream, take: Callable[[bytes], None], end: Callable[[], None]
    ) -> None:
        """From now on gives `take` what comes; calls `end` once at the end, or at a reset."""
        descriptor = stream.socket.fileno()
        self._takers[descriptor] = take, end
        if not self._epoll.closed:
            self._epoll.register(descriptor, select.EPOLLIN)

    def remove(self, stream: trio.SocketStream) -> None:
        """Leaves a connection alone; one that has ended has been left already."""
        self._remove(stream.socket.fileno())

    def _remove(self, descriptor: int) -> None:
        if self._takers.pop(descriptor, None) is not None and not self._epoll.closed:
            self._epoll.unregister(descriptor)

    async def run(self) -> None:
        """Serves until cancelled; nothing is read any more then."""
        try:
            while True:
                await trio.lowlevel.wait_readable(self._epoll)
                # Connections that bring more than one read takes are reported again.
                for descriptor, _ in self._epoll.poll(0, limits.READS_PER_TURN):
                    # One of those before may have removed it.
                    if descriptor in self._takers:
                        self._read(descriptor)
                self._done()
        finally:
            self._epoll.close()

    def _read(self, descriptor: int) -> None:
        take, end = self._takers[descriptor]
        try:
            data = os.read(descriptor, limits.READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            take(data)
        else:
            self._remove(descriptor)
            end()


def try_write(descriptor: int, parts: Sequence[bytes]) -> int:
    """Sends what the kernel takes now; returns how many bytes that were, 0 also if it is broken."""
    try:
        return os.writev(descriptor, parts)
    except OSError:
        return 0
