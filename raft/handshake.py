"""How a connection begins: each side says who it is, and checks who the other one is.

With TLS a node is who its certificate says. A stranger loses the connection without a word; a node
of this cluster that was removed is told so. The bytes are described in WIRE.md.
"""

from __future__ import annotations

import ssl
from random import Random

import trio

from raft import limits
from raft.address_book import AddressBook
from raft.certificates import certificate_name, names_of
from raft.errors import LinkError, PeerUnreachableError
from raft.frame_stream import RESETS, FrameStream
from raft.greetings import Greetings, source_of
from raft.hello import Farewell, Hello
from raft.links import Owner

__all__ = ["Handshake"]


class Handshake:
    """Both sides of it.

    Args:
        owner: the node that this end speaks for.
        book: whom it knows.
        rng: picks who gives way when too many have not said who they are.
        server_tls, client_tls: see `TcpLinks`.
    """

    def __init__(
        self,
        owner: Owner,
        *,
        book: AddressBook,
        rng: Random,
        server_tls: ssl.SSLContext | None,
        client_tls: ssl.SSLContext | None,
    ) -> None:
        self._owner = owner
        self._book = book
        self._server_tls = server_tls
        self._client_tls = client_tls
        self._greetings = Greetings(rng=rng)

    async def dial(self, peer: int, protocol: str) -> FrameStream:
        """Returns a new connection to a peer, behind both hellos.

        Raises:
            PeerUnreachableError: it is not known, does not answer in time or is not who it should
                be, or this node was removed.
        """
        address = self._book.addresses.get(peer)
        if address is None:
            # Or removed before a task had its turn whose cancellation comes with the next wait.
            raise PeerUnreachableError(f"node {peer} is not known")
        try:
            with trio.fail_after(limits.HANDSHAKE_S):
                host, port = address
                stream = await trio.open_tcp_stream(host, port)
                try:
                    return await self._introduce(stream, peer, protocol)
                except BaseException:
                    await trio.aclose_forcefully(stream)
                    raise
        # ValueError: a name that can be none, from the settings or from the log.
        except (*RESETS, ValueError, LinkError, trio.TooSlowError) as error:
            raise PeerUnreachableError(f"node {peer} does not answer") from error

    async def _introduce(self, stream: trio.abc.Stream, peer: int, protocol: str) -> FrameStream:
        if self._client_tls is not None:
            name = certificate_name(peer)
            stream = tls = trio.SSLStream(stream, self._client_tls, server_hostname=name)
            await tls.do_handshake()
        connection = FrameStream(stream, bytes_max=limits.HELLO_BYTES_MAX)
        await connection.send(Hello.of(self._owner, protocol).encode())
        answer = await connection.read()
        self._check_farewell(answer, peer)
        hello = Hello.decode(answer)
        if hello.protocol != protocol:
            raise LinkError(f"{hello.protocol} where {protocol} should be")
        self._check(hello, expected=peer)
        return connection

    def _check_farewell(self, answer: bytes, peer: int) -> None:
        """Raises LinkError if the peer says that this node was removed."""
        farewell = Farewell.try_decode(answer)
        if farewell is not None:
            if (farewell.cluster_id, farewell.node_id) == (self._owner.cluster_id, peer):
                self._owner.on_removed(peer, farewell.index)
            raise LinkError(f"node {peer} says that this node was removed")

    async def accept(self, stream: trio.SocketStream) -> tuple[FrameStream, Hello]:
        """Returns the connection of a peer that has dialled, behind both hellos, and the peer's.

        Raises:
            LinkError: it is not known, or not who it says.
            trio.TooSlowError: it was too slow, or gave way to a newcomer.
            RESETS
        """
        source = source_of(stream.socket.getpeername()[0])
        with trio.fail_after(limits.HANDSHAKE_S) as scope:
            # Whoever is dropped for a newcomer goes as one that was too slow.
            number = self._greetings.begin(source, scope.cancel)
            try:
                return await self._greet(stream)
            finally:
                self._greetings.end(source, number)

    async def _greet(self, stream: trio.abc.Stream) -> tuple[FrameStream, Hello]:
        names: set[str] | None = None
        if self._server_tls is not None:
            stream = tls = trio.SSLStream(stream, self._server_tls, server_side=True)
            await tls.do_handshake()
            names = names_of(tls.getpeercert())
        connection = FrameStream(stream, bytes_max=limits.HELLO_BYTES_MAX)
        hello = Hello.decode(await connection.read())
        if names is not None and certificate_name(hello.node_id) not in names:
            raise LinkError(f"the certificate of {sorted(names)} is not that of {hello.node_id}")
        if hello.node_id not in self._book.addresses:
            if hello.node_id in self._book.removed and hello.cluster_id == self._owner.cluster_id:
                await connection.send(Farewell.of(self._owner).encode())
            raise LinkError(f"node {hello.node_id} is not known")
        self._check(hello, expected=hello.node_id)
        await connection.send(Hello.of(self._owner, hello.protocol).encode())
        return connection, hello

    def _check(self, hello: Hello, *, expected: int) -> None:
        if hello.cluster_id != self._owner.cluster_id:
            raise LinkError(f"a node of cluster {hello.cluster_id.hex()}")
        if hello.node_id != expected or hello.node_id == self._owner.node_id:
            raise LinkError(f"node {hello.node_id} where {expected} should be")
        if not self._owner.admits(hello.node_id, hello.directory_id):
            raise LinkError(f"node {hello.node_id} has lost its disk")
