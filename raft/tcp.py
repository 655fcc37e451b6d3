"""Links over TCP, plain or with mutual TLS. The bytes are described in WIRE.md.

Every node dials every peer and sends on the connections it dialled; it receives on those it
accepted. Both sides say who they are before anything else. With TLS a node is who its certificate
says; a stranger can open a connection and lose it, no more.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from random import Random
from typing import NoReturn

import trio

from raft import limits
from raft.certificates import certificate_name, names_of
from raft.errors import LinkError, PeerUnreachableError
from raft.frames import Frames, FrameTooLongError, encode_frame
from raft.greetings import Greetings, source_of
from raft.hello import RAFT, RPC, Farewell, Hello
from raft.links import Owner
from raft.peer_queue import PeerQueue
from raft.rpc import Connection, Handler
from raft.rpc_stream import Stream
from raft.sockets import Poller

__all__ = ["TcpLinks"]

_RESETS = (
    OSError,
    trio.BrokenResourceError,
    trio.ClosedResourceError,
    ssl.SSLError,
    ssl.CertificateError,
)
_UNREACHABLE = (*_RESETS, ValueError)
"""ValueError: a name that can be none, from the settings or from the log."""


class TcpLinks:
    """Implements `raft.Links`.

    Args:
        address: (host, port) to listen on; port 0 picks one, see `port`.
        peers: (host, port) of every other node that is known from the start; others are learnt
            by `set_members`. A node that is not known is turned away.
        rng: jitter of the delays between attempts.
        server_tls: of the listener; must demand certificates. None: plain TCP.
        client_tls: of what is dialled; None: plain TCP.
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
        self._peers = dict(peers)
        self._removed: frozenset[int] = frozenset()
        self._rng = rng
        self._server_tls = server_tls
        self._client_tls = client_tls
        self._queues: dict[int, PeerQueue] = {peer: PeerQueue() for peer in peers}
        self._accepted: dict[int, trio.CancelScope] = {}
        self._dialled: dict[int, trio.CancelScope] = {}
        self._nursery: trio.Nursery | None = None
        self._poller: Poller | None = None
        self._handlers: dict[str, Handler] = {}
        self._answering: dict[int, list[Connection]] = {}
        self._asking: dict[int, Connection] = {}
        self._asking_locks: dict[int, trio.Lock] = {}
        self._greetings = Greetings(rng=rng)
        self._owner: Owner | None = None
        self.port = address[1]
        self.refused = 0
        self.connected: set[int] = set()

    def send(self, peer: int, *messages: bytes) -> None:
        queue = self._queues.get(peer)
        if queue is not None:
            queue.put(messages)

    def set_members(self, addresses: Mapping[int, str], *, removed: Collection[int]) -> None:
        for peer, text in sorted(addresses.items()):
            if peer not in removed:
                self._peers[peer] = _split_address(text)
        self._removed = frozenset(removed)
        for peer in removed:
            self._forget(peer)
        self._dial_all()

    def _forget(self, peer: int) -> None:
        """Ends everything with a node that was removed."""
        self._peers.pop(peer, None)
        self._queues.pop(peer, None)
        for scopes in (self._dialled, self._accepted):
            if peer in scopes:
                scopes[peer].cancel()
        if peer in self._asking:
            self._asking[peer].close()
        for connection in self._answering.get(peer, ()):
            # It may just be waiting for the answer to its wish to be removed.
            connection.retire()

    def _dial_all(self) -> None:
        """Begins to dial whoever is known and not dialled yet."""
        owner, nursery = self._owner, self._nursery
        if owner is None or nursery is None:
            return
        for peer in self._peers:
            if peer != owner.node_id and peer not in self._dialled:
                queue = self._queues.setdefault(peer, PeerQueue())
                self._dialled[peer] = scope = trio.CancelScope()
                nursery.start_soon(self._dial, owner, peer, queue, scope)

    async def run(
        self, owner: Owner, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
    ) -> None:
        """Listens and dials until cancelled.

        Raises:
            OSError: the address cannot be listened on.
        """
        self._owner = owner
        host, port = self._address
        listeners = await trio.open_tcp_listeners(port, host=host)
        self.port = listeners[0].socket.getsockname()[1]
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                if self._server_tls is None:
                    self._poller = Poller(owner.received)
                    nursery.start_soon(self._poller.run)
                # When descriptors run out, accepting pauses and goes on.
                nursery.start_soon(trio.serve_listeners, self._accept, listeners)
                self._dial_all()
                task_status.started()
        finally:
            self._nursery = None

    # Calls: streams of their own, on connections of their own.

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

    async def _ask(self, peer: int) -> Connection:
        """Returns the connection for calls to a peer, which is dialled on demand."""
        async with self._asking_locks.setdefault(peer, trio.Lock()):
            known = self._asking.get(peer)
            if known is not None and not known.is_over:
                return known
            owner, nursery = self._owner, self._nursery
            if owner is None or nursery is None or peer not in self._peers:
                raise PeerUnreachableError(f"node {peer} is not known")
            try:
                with trio.fail_after(limits.HANDSHAKE_S):
                    stream, reader = await self._connect(owner, peer, protocol=RPC)
            except (*_UNREACHABLE, LinkError, trio.TooSlowError) as error:
                raise PeerUnreachableError(f"node {peer} does not answer") from error
            reader.frames.bytes_max = limits.RPC_FRAME_BYTES_MAX
            connection = Connection(stream, read=reader.read, peer=peer, handlers=None)
            self._asking[peer] = connection
            nursery.start_soon(connection.run)
            return connection

    async def _answer(self, stream: trio.abc.Stream, reader: _Reader, peer: int) -> None:
        """Answers the streams of one connection until it ends."""
        reader.frames.bytes_max = limits.RPC_FRAME_BYTES_MAX
        connection = Connection(stream, read=reader.read, peer=peer, handlers=self._handlers)
        connections = self._answering.setdefault(peer, [])
        connections.append(connection)
        for old in connections[: -limits.RPC_CONNECTIONS_MAX]:
            old.close()
        try:
            await connection.run()
        finally:
            connections.remove(connection)

    # Dialling: what this node says.

    async def _dial(
        self, owner: Owner, peer: int, queue: PeerQueue, scope: trio.CancelScope
    ) -> None:
        """Keeps one connection to the peer, and empties its queue into it, until it is removed."""
        with scope:
            await self._keep_dialling(owner, peer, queue)

    async def _keep_dialling(self, owner: Owner, peer: int, queue: PeerQueue) -> None:
        delays_s = _delays_s(self._rng)
        while True:
            try:
                with trio.fail_after(limits.HANDSHAKE_S):
                    stream, _ = await self._connect(owner, peer, protocol=RAFT)
                delays_s = _delays_s(self._rng)
                self.connected.add(peer)
                await self._pump(stream, queue)
            except (*_UNREACHABLE, LinkError, trio.TooSlowError):
                pass
            finally:
                self.connected.discard(peer)
            queue.clear()
            # Who has just dialled us is up: no need to wait.
            queue.is_peer_up = trio.Event()
            with trio.move_on_after(next(delays_s)):
                await queue.is_peer_up.wait()

    async def _connect(
        self, owner: Owner, peer: int, *, protocol: str
    ) -> tuple[trio.abc.Stream, _Reader]:
        if peer not in self._peers:
            # Removed before this task had its turn: its cancellation comes with the next wait.
            raise LinkError(f"node {peer} is no member")
        host, port = self._peers[peer]
        stream: trio.abc.Stream = await trio.open_tcp_stream(host, port)
        try:
            if self._client_tls is not None:
                stream = trio.SSLStream(
                    stream, self._client_tls, server_hostname=certificate_name(peer)
                )
                await stream.do_handshake()
            await stream.send_all(encode_frame(Hello.of(owner, protocol).encode()))
            reader = _Reader(stream, bytes_max=limits.HELLO_BYTES_MAX)
            answer = await reader.read()
            self._check_farewell(owner, answer, peer)
            hello = Hello.decode(answer)
            if hello.protocol != protocol:
                raise LinkError(f"{hello.protocol} where {protocol} should be")
            self._check(owner, hello, expected=peer)
        except BaseException:
            await trio.aclose_forcefully(stream)
            raise
        return stream, reader

    @staticmethod
    def _check_farewell(owner: Owner, answer: bytes, peer: int) -> None:
        """Raises LinkError if the peer says that this node was removed."""
        farewell = Farewell.try_decode(answer)
        if farewell is not None:
            if (farewell.cluster_id, farewell.node_id) == (owner.cluster_id, peer):
                owner.on_removed(peer, farewell.index)
            raise LinkError(f"node {peer} says that this node was removed")

    async def _pump(self, stream: trio.abc.Stream, queue: PeerQueue) -> None:
        """Sends what is queued until the connection ends; closes it."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._write, stream, queue, nursery.cancel_scope)
                # The peer says nothing here: whatever comes is the end, and is seen at once, not
                # when the next message is lost.
                nursery.start_soon(self._watch, stream, nursery.cancel_scope)
        finally:
            await trio.aclose_forcefully(stream)

    @staticmethod
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
        except (*_RESETS, trio.TooSlowError):
            scope.cancel()
        finally:
            queue.plain = None

    @staticmethod
    async def _watch(stream: trio.abc.Stream, scope: trio.CancelScope) -> None:
        try:
            await stream.receive_some(1)
        except _RESETS:
            pass
        scope.cancel()

    # Accepting: what this node hears.

    async def _accept(self, stream: trio.SocketStream) -> None:
        owner = self._owner
        assert owner is not None
        secure: trio.abc.Stream = stream
        try:
            source = source_of(stream.socket.getpeername()[0])
            with trio.fail_after(limits.HANDSHAKE_S) as scope:
                # Whoever is dropped for a newcomer goes as one that was too slow.
                number = self._greetings.begin(source, scope.cancel)
                try:
                    secure, reader, hello = await self._greet(owner, stream)
                finally:
                    self._greetings.end(source, number)
            peer = hello.node_id
            queue = self._queues.get(peer)
            if queue is None:
                raise LinkError(f"node {peer} was removed meanwhile")
            queue.is_peer_up.set()
            if hello.protocol == RPC:
                await self._answer(secure, reader, peer)
            else:
                await self._listen(owner, secure, reader, peer)
        except (*_RESETS, LinkError, trio.TooSlowError):
            self.refused += 1
        finally:
            await trio.aclose_forcefully(secure)
            await trio.aclose_forcefully(stream)

    async def _greet(
        self, owner: Owner, stream: trio.SocketStream
    ) -> tuple[trio.abc.Stream, _Reader, Hello]:
        secure: trio.abc.Stream = stream
        names: set[str] | None = None
        if self._server_tls is not None:
            tls = trio.SSLStream(stream, self._server_tls, server_side=True)
            await tls.do_handshake()
            names = names_of(tls.getpeercert())
            secure = tls
        reader = _Reader(secure, bytes_max=limits.HELLO_BYTES_MAX)
        hello = Hello.decode(await reader.read())
        if names is not None and certificate_name(hello.node_id) not in names:
            raise LinkError(f"the certificate of {sorted(names)} is not that of {hello.node_id}")
        if hello.node_id not in self._peers:
            if hello.node_id in self._removed and hello.cluster_id == owner.cluster_id:
                await secure.send_all(encode_frame(Farewell.of(owner).encode()))
            raise LinkError(f"node {hello.node_id} is not known")
        self._check(owner, hello, expected=hello.node_id)
        await secure.send_all(encode_frame(Hello.of(owner, hello.protocol).encode()))
        return secure, reader, hello

    def _check(self, owner: Owner, hello: Hello, *, expected: int) -> None:
        if hello.cluster_id != owner.cluster_id:
            raise LinkError(f"a node of cluster {hello.cluster_id.hex()}")
        if hello.node_id != expected or hello.node_id == owner.node_id:
            raise LinkError(f"node {hello.node_id} where {expected} should be")
        if not owner.admits(hello.node_id, hello.directory_id):
            raise LinkError(f"node {hello.node_id} has lost its disk")

    async def _listen(
        self, owner: Owner, stream: trio.abc.Stream, reader: _Reader, peer: int
    ) -> None:
        """Receives until the connection ends, or the peer opens another one."""
        before = self._accepted.get(peer)
        if before is not None:
            before.cancel()
        reader.frames.bytes_max = limits.MESSAGE_BYTES_MAX
        with trio.CancelScope() as scope:
            self._accepted[peer] = scope
            try:
                if self._poller is not None and isinstance(stream, trio.SocketStream):
                    await _listen_plainly(self._poller, owner, stream, reader.frames, peer)
                while True:
                    owner.receive(peer, await reader.read())
                    while (frame := reader.take()) is not None:
                        owner.receive(peer, frame)
                    owner.received()
            finally:
                owner.received()
                # One that came and ended while this one was being cancelled took the entry along.
                if self._accepted.get(peer) is scope:
                    del self._accepted[peer]


async def _listen_plainly(
    poller: Poller, owner: Owner, stream: trio.SocketStream, frames: Frames, peer: int
) -> NoReturn:
    """Receives what the poller reads, without a step of this task for each message.

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
        except FrameTooLongError as error:
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


class _Reader:
    """Frames from a stream."""

    def __init__(self, stream: trio.abc.Stream, *, bytes_max: int) -> None:
        self._stream = stream
        self.frames = Frames(bytes_max=bytes_max)

    async def read(self) -> bytes:
        """Returns the next frame.

        Raises:
            LinkError: the connection ended, or the frame is too long.
        """
        while (frame := self.take()) is None:
            data = await self._stream.receive_some(limits.READ_BYTES)
            if not data:
                raise LinkError("the connection ended")
            self.frames.feed(data)
        return frame

    def take(self) -> bytes | None:
        """Returns the next frame if it is there.

        Raises:
            LinkError: the frame is too long.
        """
        try:
            return self.frames.take()
        except FrameTooLongError as error:
            raise LinkError(str(error)) from error


def _delays_s(rng: Random) -> Iterator[float]:
    """Yields how long to wait before each attempt to connect again: doubling, with jitter."""
    delay_s = limits.RECONNECT_S_MIN
    while True:
        delay_s = min(2 * delay_s, limits.RECONNECT_S_MAX)
        yield delay_s * rng.uniform(0.5, 1.0)


def _split_address(text: str) -> tuple[str, int]:
    """Returns host and port; of what has no port a port that nobody listens on."""
    host, _, port = text.rpartition(":")
    is_number = port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65535
    return host.removeprefix("[").removesuffix("]"), int(port) if is_number else 0
