"""What one peer gets: it is dialled again and again, and its queue emptied into the connection."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import trio

from raft import limits
from raft.errors import PeerUnreachableError
from raft.frame_stream import RESETS
from raft.handshake import Handshake
from raft.hello import RAFT
from raft.peer_queue import PeerQueue

__all__ = ["keep_sending"]


async def keep_sending(peer: int, queue: PeerQueue, *, handshake: Handshake, rng: Random) -> None:
    """Keeps one connection to the peer until cancelled, and sends what is queued.

    What is queued while there is no connection is dropped: it would be old.
    """
    delays_s = _delays_s(rng)
    while True:
        try:
            link = await handshake.dial(peer, RAFT)
            delays_s = _delays_s(rng)
            queue.is_connected = True
            await _pump(link.stream, queue)
        except PeerUnreachableError:
            pass
        finally:
            queue.is_connected = False
        queue.clear()
        # Who has just dialled us is up: no need to wait.
        queue.is_peer_up = trio.Event()
        with trio.move_on_after(next(delays_s)):
            await queue.is_peer_up.wait()


async def _pump(stream: trio.abc.Stream, queue: PeerQueue) -> None:
    """Sends what is queued until the connection ends; closes it."""
    try:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_write, stream, queue, nursery.cancel_scope)
            # The peer says nothing here: whatever comes is the end, and is seen at once, not when
            # the next message is lost.
            nursery.start_soon(_watch, stream, nursery.cancel_scope)
    finally:
        await trio.aclose_forcefully(stream)


async def _write(stream: trio.abc.Stream, queue: PeerQueue, scope: trio.CancelScope) -> None:
    try:
        while True:
            if isinstance(stream, trio.SocketStream) and not queue.has_messages:
                queue.plain = stream.socket.fileno()
            await queue.wait()
            queue.plain = None
            # A peer that takes nothing for so long is gone, or might as well be.
            with trio.fail_after(limits.SEND_S_MAX):
                await stream.send_all(queue.take())
    except (*RESETS, trio.TooSlowError):
        scope.cancel()
    finally:
        queue.plain = None


async def _watch(stream: trio.abc.Stream, scope: trio.CancelScope) -> None:
    try:
        await stream.receive_some(1)
    except RESETS:
        pass
    scope.cancel()


def _delays_s(rng: Random) -> Iterator[float]:
    """Yields how long to wait before each attempt to connect again: doubling, with jitter."""
    delay_s = limits.RECONNECT_S_MIN
    while True:
        delay_s = min(2 * delay_s, limits.RECONNECT_S_MAX)
        yield delay_s * rng.uniform(0.5, 1.0)
