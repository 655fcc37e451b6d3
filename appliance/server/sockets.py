"""The listener's port, and its adapter over a non-blocking socket.

trio's own socket methods run a scheduler pass and an epoll call even when data is ready; the
direct calls below cost half the CPU on small requests (DECISIONS.md, "Direct socket loop").
"""

import socket
from collections.abc import Sequence
from typing import Protocol

import trio


class ByteStream(Protocol):
    """A connected, ordered byte stream with readiness waits."""

    peer: str

    def recv_into(self, buffer: memoryview) -> int:
        """Receive what is there; 0 at the end. Raises BlockingIOError, OSError."""
        ...

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        """Send what fits of the gathered buffers. Raises BlockingIOError, OSError."""
        ...

    async def wait_readable(self) -> None:
        """Return when `recv_into` would not block. Raises trio.ClosedResourceError."""
        ...

    async def wait_writable(self) -> None:
        """Return when `send` would not block. Raises trio.ClosedResourceError."""
        ...

    def close(self) -> None:
        """Close at once; waits in progress raise trio.ClosedResourceError. Idempotent."""
        ...


class SocketStream:
    """ByteStream over a non-blocking TCP socket."""

    __slots__ = ("_socket", "peer", "recv_into")

    def __init__(self, sock: socket.socket, peer: str) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._socket = sock
        self.peer = peer
        self.recv_into = sock.recv_into

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        return self._socket.sendmsg(buffers)

    async def wait_readable(self) -> None:
        await trio.lowlevel.wait_readable(self._socket)

    async def wait_writable(self) -> None:
        await trio.lowlevel.wait_writable(self._socket)

    def close(self) -> None:
        if self._socket.fileno() >= 0:
            trio.lowlevel.notify_closing(self._socket)
            self._socket.close()
