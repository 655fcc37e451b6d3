"""What peers say: one connection of each, the newest.

Plain ones are read by one task, the poller's, without a step of a task for each message; over TLS
each has a task of its own.
"""

from __future__ import annotations

from typing import NoReturn

import trio

from raft import limits
from raft.errors import LinkError
from raft.frame_stream import FrameStream
from raft.frames import Frames
from raft.links import Owner
from raft.sockets import Poller

__all__ = ["Receiver"]


class Receiver:
    """Connections on which peers say something.

    Args:
        owner: is given it.
        poller: runs, and reads what is plain; None: nothing is.
    """

    def __init__(self, owner: Owner, *, poller: Poller | None) -> None:
        self._owner = owner
        self._poller = poller
        self._scopes: dict[int, trio.CancelScope] = {}

    async def receive(self, peer: int, link: FrameStream) -> None:
        """Receives until the connection ends, or the peer opens another one, or is forgotten."""
        self.forget(peer)
        owner, frames = self._owner, link.frames
        frames.bytes_max = limits.MESSAGE_BYTES_MAX
        with trio.CancelScope() as scope:
            self._scopes[peer] = scope
            try:
                if self._poller is not None and isinstance(link.stream, trio.SocketStream):
                    await _receive_plainly(self._poller, link.stream, frames, owner, peer)
                while True:
                    owner.receive(peer, await link.read())
                    while (frame := frames.take()) is not None:
                        owner.receive(peer, frame)
                    owner.received()
            finally:
                owner.received()
                # One that came and ended while this one was being cancelled took the entry along.
                if self._scopes.get(peer) is scope:
                    del self._scopes[peer]

    def forget(self, peer: int) -> None:
        """Ends the peer's connection, if there is one."""
        if peer in self._scopes:
            self._scopes[peer].cancel()


async def _receive_plainly(
    poller: Poller, stream: trio.SocketStream, frames: Frames, owner: Owner, peer: int
) -> NoReturn:
    """Receives what the poller reads.

    Raises:
        LinkError: the connection ended, or a frame is too long.
    """
    ended = trio.Event()
    reasons: list[str] = []

    def end(reason: str) -> None:
        reasons.append(reason)
        poller.remove(stream)
        ended.set()

    def take(data: bytes) -> None:
        frame = frames.take_whole(data)
        if frame is not None:
            owner.receive(peer, frame)
            return
        try:
            while (frame := frames.take()) is not None:
                owner.receive(peer, frame)
        except LinkError as error:
            end(str(error))

    poller.add(stream, take, lambda: end("the connection ended"))
    try:
        # Something may have come behind the hello.
        take(b"")
        owner.received()
        await ended.wait()
    finally:
        poller.remove(stream)
    raise LinkError(reasons[0])
