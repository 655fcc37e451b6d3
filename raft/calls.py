"""Calls and streams to any node and from any node: which connections there are for them.

A node asks on a connection that it dials when it is first needed, and answers on those it accepted.
What goes on in one of them is `rpc.py`.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

import trio

from raft import limits
from raft.errors import PeerUnreachableError
from raft.frame_stream import FrameStream
from raft.handshake import Handshake
from raft.hello import RPC
from raft.rpc import Connection, Handler
from raft.rpc_stream import Stream

__all__ = ["Calls"]


class Calls:
    """Connections for calls, by peer.

    Invariant:
        1. A peer has one connection to be asked on, and is answered on
           `limits.RPC_CONNECTIONS_MAX` at most.
    """

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}
        self._answering: dict[int, list[Connection]] = {}
        self._asking: dict[int, Connection] = {}
        self._asking_locks: dict[int, trio.Lock] = {}
        self._handshake: Handshake | None = None
        self._nursery: trio.Nursery | None = None

    def handle(self, method: str, handler: Handler) -> None:
        """Answers a method from now on."""
        assert method not in self._handlers
        self._handlers[method] = handler

    async def call(self, peer: int, method: str, request: bytes) -> bytes:
        """Returns another node's answer, both of `limits.RPC_CALL_BYTES_MAX` bytes at most.

        Raises:
            PeerUnreachableError: nothing was sent.
            PeerLostError: whether it had an effect is unknown.
            CallFailedError: the other node refused it or gave it up.
        """
        connection = await self._ask(peer)
        return await connection.call(method, request)

    @contextlib.asynccontextmanager
    async def open(self, peer: int, method: str) -> AsyncIterator[Stream]:
        """Opens a stream to another node; gives it up on exit unless both ends are done.

        Raises:
            PeerUnreachableError, PeerLostError: as for `call`.
        """
        connection = await self._ask(peer)
        async with connection.open(method) as stream:
            yield stream

    async def run(
        self, handshake: Handshake, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Serves the connections to be asked on, dialled by this handshake, until cancelled."""
        try:
            async with trio.open_nursery() as nursery:
                self._handshake, self._nursery = handshake, nursery
                task_status.started()
                await trio.sleep_forever()
        finally:
            self._handshake = self._nursery = None

    async def _ask(self, peer: int) -> Connection:
        """Returns the connection for calls to a peer, which is dialled on demand."""
        async with self._asking_locks.setdefault(peer, trio.Lock()):
            known = self._asking.get(peer)
            if known is not None and not known.is_over:
                return known
            handshake, nursery = self._handshake, self._nursery
            if handshake is None or nursery is None:
                raise PeerUnreachableError("the links do not run")
            link = await handshake.dial(peer, RPC)
            link.frames.bytes_max = limits.RPC_FRAME_BYTES_MAX
            connection = Connection(link, peer=peer, handlers=None)
            self._asking[peer] = connection
            nursery.start_soon(connection.run)
            return connection

    async def answer(self, peer: int, link: FrameStream) -> None:
        """Answers the streams of a connection that a peer has dialled, until it ends."""
        link.frames.bytes_max = limits.RPC_FRAME_BYTES_MAX
        connection = Connection(link, peer=peer, handlers=self._handlers)
        connections = self._answering.setdefault(peer, [])
        connections.append(connection)
        for old in connections[: -limits.RPC_CONNECTIONS_MAX]:
            old.close()
        try:
            await connection.run()
        finally:
            connections.remove(connection)

    def forget(self, peer: int) -> None:
        """Ends everything with a node that was removed."""
        if peer in self._asking:
            self._asking[peer].close()
        for connection in self._answering.get(peer, ()):
            # It may just be waiting for the answer to its wish to be removed.
            connection.retire()
