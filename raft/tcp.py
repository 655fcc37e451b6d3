"""Links over TCP, plain or with mutual TLS. The bytes are described in WIRE.md.

Every node dials every peer and sends on the connections it dialled; it receives on those it
accepted. Both sides say who they are before anything else. With TLS a node is who its certificate
says; a stranger can open a connection and lose it, no more.
"""

from __future__ import annotations

import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random

import trio

from raft.address_book import AddressBook
from raft.calls import Calls
from raft.errors import LinkError
from raft.frame_stream import RESETS
from raft.handshake import Handshake
from raft.hello import RPC
from raft.links import Owner
from raft.peer_queue import PeerQueue
from raft.receiving import Receiver
from raft.sending import keep_sending
from raft.sockets import Poller

__all__ = ["TcpLinks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """What there is only while the links run."""

    owner: Owner
    handshake: Handshake
    receiver: Receiver
    nursery: trio.Nursery


class TcpLinks:
    """Implements `raft.Links`.

    Args:
        address: (host, port) to listen on; port 0 picks one, see `port`.
        peers: (host, port) of every other node that is known from the start; others are learnt
            by `set_members`. A node that is not known is turned away.
        rng: jitter of the delays between attempts.
        server_tls: of the listener; must demand certificates. None: plain TCP.
        client_tls: of what is dialled; None: plain TCP.

    Attributes:
        calls: to the same peers, over the same listener.
        port: that is listened on.
        refused: accepted connections that have ended, those that were turned away among them.
    """

    def __init__(
        self,
        address: tuple[str, int],
        *,
        peers: Mapping[int, tuple[str, int]],
        rng: Random,
        server_tls: ssl.SSLContext | None = None,
        client_tls: ssl.SSLContext | None = None,
    ) -> None:
        assert (server_tls is None) == (client_tls is None)
        assert server_tls is None or server_tls.verify_mode is ssl.CERT_REQUIRED
        self._address = address
        self._book = AddressBook(peers)
        self._rng = rng
        self._server_tls = server_tls
        self._client_tls = client_tls
        self._queues: dict[int, PeerQueue] = {peer: PeerQueue() for peer in peers}
        self._sending: dict[int, trio.CancelScope] = {}
        self._running: _Running | None = None
        self.calls = Calls()
        self.port = address[1]
        self.refused = 0

    def send(self, peer: int, *messages: bytes) -> None:
        queue = self._queues.get(peer)
        if queue is not None:
            queue.put(messages)

    @property
    def connected(self) -> set[int]:
        """The peers that get what is sent to them."""
        return {peer for peer, queue in self._queues.items() if queue.is_connected}

    def set_members(self, addresses: Mapping[int, str], *, removed: Collection[int]) -> None:
        self._book.set_members(addresses, removed=removed)
        for peer in removed:
            self._forget(peer)
        self._send_to_all()

    def _forget(self, peer: int) -> None:
        """Ends everything with a node that was removed."""
        self._queues.pop(peer, None)
        if peer in self._sending:
            self._sending[peer].cancel()
        if self._running is not None:
            self._running.receiver.forget(peer)
        self.calls.forget(peer)

    def _send_to_all(self) -> None:
        """Begins to dial whoever is known and not dialled yet."""
        running = self._running
        if running is None:
            return
        for peer in self._book.addresses:
            if peer != running.owner.node_id and peer not in self._sending:
                queue = self._queues.setdefault(peer, PeerQueue())
                self._sending[peer] = scope = trio.CancelScope()
                running.nursery.start_soon(self._send_to, running.handshake, peer, queue, scope)

    async def _send_to(
        self, handshake: Handshake, peer: int, queue: PeerQueue, scope: trio.CancelScope
    ) -> None:
        """Sends to a peer until it is removed."""
        with scope:
            await keep_sending(peer, queue, handshake=handshake, rng=self._rng)

    async def run(
        self, owner: Owner, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Listens and dials until cancelled.

        Raises:
            OSError: the address cannot be listened on.
        """
        host, port = self._address
        listeners = await trio.open_tcp_listeners(port, host=host)
        self.port = listeners[0].socket.getsockname()[1]
        poller = Poller(owner.received) if self._server_tls is None else None
        handshake = Handshake(
            owner,
            book=self._book,
            rng=self._rng,
            server_tls=self._server_tls,
            client_tls=self._client_tls,
        )
        receiver = Receiver(owner, poller=poller)
        try:
            async with trio.open_nursery() as nursery:
                self._running = _Running(
                    owner=owner, handshake=handshake, receiver=receiver, nursery=nursery
                )
                if poller is not None:
                    nursery.start_soon(poller.run)
                # When descriptors run out, accepting pauses and goes on.
                nursery.start_soon(trio.serve_listeners, self._accept, listeners)
                self._send_to_all()
                await nursery.start(self.calls.run, handshake)
                task_status.started()
        finally:
            self._running = None

    async def _accept(self, stream: trio.SocketStream) -> None:
        running = self._running
        assert running is not None
        try:
            link, hello = await running.handshake.accept(stream)
            peer = hello.node_id
            queue = self._queues.get(peer)
            if queue is None:
                raise LinkError(f"node {peer} was removed meanwhile")
            queue.is_peer_up.set()
            if hello.protocol == RPC:
                await self.calls.answer(peer, link)
            else:
                await running.receiver.receive(peer, link)
        except (*RESETS, LinkError, trio.TooSlowError):
            self.refused += 1
        finally:
            await trio.aclose_forcefully(stream)
