"""Links over TCP, plain or with mutual TLS. The bytes are described in WIRE.md.

Every node dials every peer and sends on the connections it dialled; it receives on those it
accepted. Both sides say who they are before anything else. With TLS a node is who its certificate
says; a stranger can open a connection and lose it, no more.
"""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import trio

from raft import codec, limits
from raft.errors import CodecError, RaftError
from raft.frames import Frames, FrameTooLongError, encode_head
from raft.links import Owner

__all__ = ["LinkError", "TcpLinks", "certificate_name", "make_contexts"]

PROTOCOL = "raft"
VERSION = 1
_READ_BYTES = 1 << 16
_RESETS = (
    OSError,
    trio.BrokenResourceError,
    trio.ClosedResourceError,
    ssl.SSLError,
    ssl.CertificateError,
)


class LinkError(RaftError):
    """The other end does not speak this protocol, or is not who it should be: close."""


def make_contexts(folder: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Returns (server, client) contexts of a folder with `ca.pem`, `node.pem` and `node.key`.

    Both demand a certificate of that authority and TLS 1.3.

    Raises:
        OSError: a file is missing, or is no certificate or key (ssl.SSLError).
    """
    contexts: list[ssl.SSLContext] = []
    for purpose in (ssl.Purpose.CLIENT_AUTH, ssl.Purpose.SERVER_AUTH):
        context = ssl.create_default_context(purpose, cafile=f"{folder}/ca.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(f"{folder}/node.pem", f"{folder}/node.key")
        contexts.append(context)
    return contexts[0], contexts[1]


def certificate_name(node_id: int) -> str:
    """Returns the DNS name that a node's certificate must carry."""
    return f"node-{node_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """What each side says first."""

    cluster_id: bytes
    node_id: int
    directory_id: bytes

    def encode(self) -> bytes:
        """Encodes it for a frame."""
        return codec.encode([PROTOCOL, VERSION, self.cluster_id, self.node_id, self.directory_id])

    @classmethod
    def decode(cls, data: bytes) -> Hello:
        """Decodes a frame.

        Raises:
            LinkError: it is no hello of this version.
        """
        try:
            value: Any = codec.decode(data)
        except CodecError as error:
            raise LinkError(f"no hello: {error}") from error
        if type(value) is not list or len(value) != 5 or value[:2] != [PROTOCOL, VERSION]:
            raise LinkError("no hello of this version")
        _, _, cluster_id, node_id, directory_id = value
        if type(node_id) is not int or not 0 <= node_id < 1 << 62:
            raise LinkError("no node id")
        if any(type(i) is not bytes or len(i) != 16 for i in (cluster_id, directory_id)):
            raise LinkError("no cluster or directory id")
        return cls(cluster_id=cluster_id, node_id=node_id, directory_id=directory_id)


class TcpLinks:
    """Implements `raft.Links`.

    Args:
        address: (host, port) to listen on; port 0 picks one, see `port`.
        peers: (host, port) of every other node. A node that is not among them is turned away.
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
        self._rng = rng
        self._server_tls = server_tls
        self._client_tls = client_tls
        self._queues: dict[int, _Queue] = {peer: _Queue() for peer in peers}
        self._accepted: dict[int, trio.CancelScope] = {}
        self._greeting = 0
        self._owner: Owner | None = None
        self.port = address[1]
        self.refused = 0
        self.connected: set[int] = set()

    def send(self, peer: int, message: bytes) -> None:
        queue = self._queues.get(peer)
        if queue is not None:
            queue.put(message)

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
        async with trio.open_nursery() as nursery:
            # When descriptors run out, accepting pauses and goes on.
            nursery.start_soon(trio.serve_listeners, self._accept, listeners)
            for peer in self._peers:
                if peer != owner.node_id:
                    nursery.start_soon(self._dial, owner, peer)
            task_status.started()

    # Dialling: what this node says.

    async def _dial(self, owner: Owner, peer: int) -> None:
        """Keeps one connection to the peer, and empties its queue into it."""
        delay_s = limits.RECONNECT_S_MIN
        while True:
            try:
                with trio.fail_after(limits.HANDSHAKE_S):
                    stream = await self._connect(owner, peer)
                delay_s = limits.RECONNECT_S_MIN
                self.connected.add(peer)
                await self._pump(stream, self._queues[peer])
            except (*_RESETS, LinkError, FrameTooLongError, trio.TooSlowError):
                pass
            finally:
                self.connected.discard(peer)
            queue = self._queues[peer]
            queue.clear()
            # Who has just dialled us is up: no need to wait.
            queue.is_peer_up = trio.Event()
            with trio.move_on_after(delay_s * self._rng.uniform(0.5, 1.0)):
                await queue.is_peer_up.wait()
            delay_s = min(2 * delay_s, limits.RECONNECT_S_MAX)

    async def _connect(self, owner: Owner, peer: int) -> trio.abc.Stream:
        host, port = self._peers[peer]
        stream: trio.abc.Stream = await trio.open_tcp_stream(host, port)
        try:
            if self._client_tls is not None:
                stream = trio.SSLStream(
                    stream, self._client_tls, server_hostname=certificate_name(peer)
                )
                await stream.do_handshake()
            await stream.send_all(_frame(_hello_of(owner).encode()))
            reader = _Reader(stream, bytes_max=limits.HELLO_BYTES_MAX)
            self._check(owner, Hello.decode(await reader.read()), expected=peer)
        except BaseException:
            await trio.aclose_forcefully(stream)
            raise
        return stream

    async def _pump(self, stream: trio.abc.Stream, queue: _Queue) -> None:
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
    async def _write(stream: trio.abc.Stream, queue: _Queue, scope: trio.CancelScope) -> None:
        try:
            while True:
                await queue.wait()
                # A peer that takes nothing for so long is gone, or might as well be.
                with trio.fail_after(limits.SEND_S_MAX):
                    await stream.send_all(queue.take())
        except (*_RESETS, trio.TooSlowError):
            scope.cancel()

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
        if self._greeting >= limits.GREETINGS_MAX:
            await trio.aclose_forcefully(stream)
            self.refused += 1
            return
        secure: trio.abc.Stream = stream
        try:
            self._greeting += 1
            try:
                with trio.fail_after(limits.HANDSHAKE_S):
                    secure, reader, peer = await self._greet(owner, stream)
            finally:
                self._greeting -= 1
            self._queues[peer].is_peer_up.set()
            await self._listen(owner, reader, peer)
        except (*_RESETS, LinkError, FrameTooLongError, trio.TooSlowError):
            self.refused += 1
        finally:
            await trio.aclose_forcefully(secure)
            await trio.aclose_forcefully(stream)

    async def _greet(
        self, owner: Owner, stream: trio.SocketStream
    ) -> tuple[trio.abc.Stream, _Reader, int]:
        secure: trio.abc.Stream = stream
        names: set[str] | None = None
        if self._server_tls is not None:
            tls = trio.SSLStream(stream, self._server_tls, server_side=True)
            await tls.do_handshake()
            names = _certificate_names(tls.getpeercert())
            secure = tls
        reader = _Reader(secure, bytes_max=limits.HELLO_BYTES_MAX)
        hello = Hello.decode(await reader.read())
        if names is not None and certificate_name(hello.node_id) not in names:
            raise LinkError(f"the certificate of {sorted(names)} is not that of {hello.node_id}")
        if hello.node_id not in self._peers:
            raise LinkError(f"node {hello.node_id} is not known")
        self._check(owner, hello, expected=hello.node_id)
        await secure.send_all(_frame(_hello_of(owner).encode()))
        return secure, reader, hello.node_id

    def _check(self, owner: Owner, hello: Hello, *, expected: int) -> None:
        if hello.cluster_id != owner.cluster_id:
            raise LinkError(f"a node of cluster {hello.cluster_id.hex()}")
        if hello.node_id != expected or hello.node_id == owner.node_id:
            raise LinkError(f"node {hello.node_id} where {expected} should be")
        if not owner.admits(hello.node_id, hello.directory_id):
            raise LinkError(f"node {hello.node_id} has lost its disk")

    async def _listen(self, owner: Owner, reader: _Reader, peer: int) -> None:
        """Receives until the connection ends, or the peer opens another one."""
        before = self._accepted.get(peer)
        if before is not None:
            before.cancel()
        reader.frames.bytes_max = limits.MESSAGE_BYTES_MAX
        with trio.CancelScope() as scope:
            self._accepted[peer] = scope
            try:
                while True:
                    owner.receive(peer, await reader.read())
            finally:
                # One that came and ended while this one was being cancelled took the entry along.
                if self._accepted.get(peer) is scope:
                    del self._accepted[peer]


class _Queue:
    """Messages for one peer: bounded, the newest are dropped."""

    def __init__(self) -> None:
        self._messages: deque[bytes] = deque()
        self._bytes = 0
        self._wake = trio.Event()
        self.is_peer_up = trio.Event()

    def put(self, message: bytes) -> None:
        if self._bytes and self._bytes + len(message) > limits.OUTBOX_BYTES_MAX:
            return
        self._messages.append(message)
        self._bytes += len(message)
        self._wake.set()

    async def wait(self) -> None:
        """Returns when there is something to send."""
        await self._wake.wait()

    def take(self) -> bytes:
        """Returns the next messages as frames; some, so that joining them holds nobody up."""
        parts: list[bytes] = []
        size = 0
        while self._messages and size < limits.SEND_BYTES:
            message = self._messages.popleft()
            size += len(message)
            parts += (encode_head(message), message)
        self._bytes -= size
        if not self._messages:
            self._wake = trio.Event()
        return b"".join(parts)

    def clear(self) -> None:
        self._messages.clear()
        self._bytes = 0
        self._wake = trio.Event()


class _Reader:
    """Frames from a stream."""

    def __init__(self, stream: trio.abc.Stream, *, bytes_max: int) -> None:
        self._stream = stream
        self.frames = Frames(bytes_max=bytes_max)

    async def read(self) -> bytes:
        """Returns the next frame.

        Raises:
            LinkError: the connection ended.
            FrameTooLongError
        """
        while (frame := self.frames.take()) is None:
            data = await self._stream.receive_some(_READ_BYTES)
            if not data:
                raise LinkError("the connection ended")
            self.frames.feed(data)
        return frame


def _frame(message: bytes) -> bytes:
    return encode_head(message) + message


def _hello_of(owner: Owner) -> Hello:
    return Hello(
        cluster_id=owner.cluster_id, node_id=owner.node_id, directory_id=owner.directory_id
    )


def _certificate_names(certificate: Any) -> set[str]:
    names = (certificate or {}).get("subjectAltName", ())
    return {name for kind, name in names if kind == "DNS"}
