"""A byte stream in memory between a simulated client and the real connection loop.

Fault model:
    - Bytes arrive in pieces of random length, in order, none lost while the stream stands.
    - A send takes a random part of what is offered, and nothing when the pipe is full.
    - Who waits to receive is told of what came since, once; never again of an end.
    - `cut` breaks both ends at once; what the client had not received yet is lost or not, by seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import trio

PIPE_BYTES_MAX = 256 << 10


class _Pipe:
    """One direction: bytes on their way, and who waits at either end."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.is_finished = False  # the writer closed
        self.is_broken = False
        self.is_news = False  # something came since the reader was told last
        self.changed = trio.Event()

    def on_change(self) -> None:
        self.changed.set()
        self.changed = trio.Event()


class MemoryStream:
    """One end; the server's end is a `server.sockets.ByteStream`."""

    def __init__(self, peer: str, *, rng: random.Random, incoming: _Pipe, outgoing: _Pipe) -> None:
        self.peer = peer
        self._rng = rng
        self._in = incoming
        self._out = outgoing
        self._is_closed = False
        self.spin_share = 0.3  # of the sends and receives that do less than they could

    # The port of the listener.

    def recv_into(self, buffer: memoryview) -> int:
        pipe = self._in
        if self._is_closed:
            raise OSError("closed")
        data = pipe.data
        if not data:
            if pipe.is_broken:
                raise ConnectionResetError("reset by peer")
            if pipe.is_finished:
                return 0
            raise BlockingIOError
        count = min(len(buffer), len(data))
        if count > 1 and self._rng.random() < self.spin_share:
            count = self._rng.randint(1, count)
        buffer[:count] = data[:count]
        del data[:count]
        if count < len(buffer) and data:
            pipe.is_news = True  # A short receive says that the rest came just now.
        pipe.on_change()
        return count

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        pipe = self._out
        if self._is_closed:
            raise OSError("closed")
        if pipe.is_broken or pipe.is_finished:
            raise BrokenPipeError("reset by peer")
        room = PIPE_BYTES_MAX - len(pipe.data)
        if room <= 0:
            raise BlockingIOError
        data = b"".join(buffers)
        count = min(room, len(data))
        if count > 1 and self._rng.random() < self.spin_share:
            count = self._rng.randint(1, count)
        pipe.data += data[:count]
        pipe.is_news = True
        pipe.on_change()
        return count

    async def serve_readable(self, step: Callable[[], bool]) -> None:
        await trio.lowlevel.checkpoint()
        pipe = self._in
        while True:
            while not pipe.is_news:
                self._check_open()
                await pipe.changed.wait()
            self._check_open()
            pipe.is_news = False
            if pipe.is_broken or pipe.is_finished or not step():
                return

    def be_patient(self, is_patient: bool) -> None:
        return None

    async def wait_readable(self) -> None:
        await trio.lowlevel.checkpoint()
        while not (self._in.data or self._in.is_finished or self._in.is_broken):
            self._check_open()
            await self._in.changed.wait()
        self._check_open()

    async def wait_writable(self) -> None:
        await trio.lowlevel.checkpoint()
        while len(self._out.data) >= PIPE_BYTES_MAX and not self._out.is_broken:
            self._check_open()
            await self._out.changed.wait()
        self._check_open()

    def close(self) -> None:
        self._is_closed = True
        self._out.is_finished = self._out.is_news = True
        self._in.data.clear()
        self._in.is_broken = True  # what the other end still sends meets a reset
        self._in.on_change()
        self._out.on_change()

    # What a simulated client does.

    async def receive(self) -> bytes:
        """Return the next bytes; empty at the end."""
        buffer = bytearray(64 << 10)
        while True:
            try:
                count = self.recv_into(memoryview(buffer))
            except BlockingIOError:
                await self.wait_readable()
                continue
            return bytes(buffer[:count])

    async def send_all(self, data: bytes) -> None:
        """Send everything."""
        while data:
            try:
                data = data[self.send([data]) :]
            except BlockingIOError:
                await self.wait_writable()

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._is_closed or self._out.is_broken

    def cut(self) -> None:
        """Break the stream at both ends."""
        keeps = self._rng.random() < 0.5
        for pipe in (self._in, self._out):
            if pipe is self._in or not keeps:
                pipe.data.clear()
            pipe.is_broken = pipe.is_news = True
            pipe.on_change()

    def _check_open(self) -> None:
        if self._is_closed:
            raise trio.ClosedResourceError


def make_pair(name: str, *, rng: random.Random) -> tuple[MemoryStream, MemoryStream]:
    """Return (client's end, server's end)."""
    up, down = _Pipe(), _Pipe()
    client = MemoryStream("server", rng=rng, incoming=down, outgoing=up)
    server = MemoryStream(name, rng=rng, incoming=up, outgoing=down)
    return client, server
