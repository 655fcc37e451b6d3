"""Links over real sockets of the loopback: peers talk, strangers lose their connection."""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest
import trio
import trio.testing
import trustme

import raft
from raft import codec, limits
from raft.certificates import certificate_name
from raft.errors import LinkError
from raft.hello import Hello
from raft.links import Owner
from raft.sending import _delays_s
from raft.tcp import TcpLinks
from raft.testing import MemoryFiles, Registers
from tests.ports import kept_ports

CLUSTER_ID = b"0123456789abcdef"
HELLO = Hello(cluster_id=CLUSTER_ID, node_id=2, directory_id=bytes(16))


def make_tls(authority: trustme.CA, node_id: int) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Returns (server, client) contexts of a node."""
    certificate = authority.issue_cert(certificate_name(node_id))
    contexts = []
    for purpose in (ssl.Purpose.CLIENT_AUTH, ssl.Purpose.SERVER_AUTH):
        context = ssl.create_default_context(purpose)
        context.verify_mode = ssl.CERT_REQUIRED
        certificate.configure_cert(context)
        authority.configure_trust(context)
        contexts.append(context)
    return contexts[0], contexts[1]


class Heard:
    """Who was admitted, and what was received."""

    def __init__(self) -> None:
        self.messages: list[tuple[int, bytes]] = []
        self.wake = trio.Event()
        self.known: dict[int, bytes] = {}
        self.told: list[tuple[int, int]] = []
        self.is_told = trio.Event()

    def on_removed(self, peer: int, index: int) -> None:
        self.told.append((peer, index))
        self.is_told.set()

    def receive(self, peer: int, message: bytes) -> None:
        self.messages.append((peer, message))
        self.wake.set()

    def admits(self, peer: int, directory_id: bytes) -> bool:
        return self.known.setdefault(peer, directory_id) == directory_id

    def owner(self, node_id: int) -> Owner:
        return Owner(
            node_id=node_id,
            cluster_id=CLUSTER_ID,
            directory_id=bytes([node_id]) * 16,
            admits=self.admits,
            receive=self.receive,
            received=lambda: None,
            applied_index=lambda: 57,
            on_removed=self.on_removed,
        )


@asynccontextmanager
async def listening(
    **tls: ssl.SSLContext,
) -> AsyncIterator[tuple[TcpLinks, Heard]]:
    """Links of node 1 that listen; node 2 is known, and not there."""
    heard = Heard()
    with kept_ports(1) as (nobody,):
        links = TcpLinks(("127.0.0.1", 0), peers={2: ("127.0.0.1", nobody)}, rng=Random(1), **tls)
        async with trio.open_nursery() as nursery:
            await nursery.start(links.run, heard.owner(1))
            yield links, heard
            nursery.cancel_scope.cancel()


def frame(body: bytes) -> bytes:
    return len(body).to_bytes(4, "little") + body


async def is_closed(stream: trio.abc.Stream) -> bool:
    """Whether the other end gives the connection up."""
    with trio.fail_after(10):
        try:
            while await stream.receive_some(1 << 16):
                pass
        except trio.BrokenResourceError:
            pass
    return True


@pytest.mark.parametrize("is_secure", [False, True])
async def test_three_nodes_commit_and_survive_one(is_secure: bool, ports: list[int]) -> None:
    """The whole node over real sockets; whichever leads may go."""
    addresses = {node_id: ("127.0.0.1", port) for node_id, port in enumerate(ports, 1)}
    authority = trustme.CA()
    nodes: dict[int, raft.Node] = {}
    machines: dict[int, Registers] = {}
    scopes: dict[int, trio.CancelScope] = {}

    async def live(node_id: int) -> None:
        server_tls, client_tls = make_tls(authority, node_id) if is_secure else (None, None)
        machines[node_id] = Registers()
        nodes[node_id] = raft.Node(
            node_id,
            voters=[1, 2, 3],
            cluster_id=CLUSTER_ID,
            files=MemoryFiles(rng=Random(node_id)),
            state_machine=machines[node_id],
            rng=Random(node_id),
            links=TcpLinks(
                addresses[node_id],
                peers={peer: a for peer, a in addresses.items() if peer != node_id},
                rng=Random(node_id),
                server_tls=server_tls,
                client_tls=client_tls,
            ),
        )
        with trio.CancelScope() as scopes[node_id]:
            await nodes[node_id].run()
        del nodes[node_id]

    async def propose(command: bytes) -> None:
        while True:
            for node in list(nodes.values()):
                try:
                    await node.propose(command)
                    return
                except (raft.NotLeaderError, raft.OutcomeUnknownError):
                    continue
            await trio.sleep(0.02)

    with trio.fail_after(60):
        async with trio.open_nursery() as nursery:
            for node_id in (1, 2, 3):
                nursery.start_soon(live, node_id)
            for number in range(50):
                await propose(b"x=%d" % number)
            (leader,) = {node.leader for node in nodes.values()} - {None}
            assert leader is not None
            scopes[leader].cancel()
            await propose(b"x=after")
            rest = [node for node_id, node in nodes.items() if node_id != leader]
            assert rest[0].leader != leader
            for node in rest:
                await node.wait_applied(max(n.applied_index for n in rest))
            nursery.cancel_scope.cancel()
    assert [m.values for n, m in machines.items() if n != leader] == [{"x": "after"}] * 2


async def test_peer_is_heard_after_its_hello() -> None:
    """Both sides say who they are; then frames of any chunking are messages."""
    async with listening() as (links, heard):
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)
        await stream.send_all(frame(HELLO.encode()))
        data = await stream.receive_some(1000)
        answer = Hello.decode(data[4:])
        assert (answer.node_id, answer.directory_id) == (1, bytes([1]) * 16)
        for byte in frame(b"first") + frame(b"") + frame(b"second"):
            await stream.send_all(bytes([byte]))
        with trio.fail_after(10):
            while len(heard.messages) < 3:
                await trio.sleep(0.01)
        assert heard.messages == [(2, b"first"), (2, b""), (2, b"second")]
        await stream.aclose()


BAD = {
    "nothing": b"",
    "zeros": bytes(100),
    "http": b"GET / HTTP/1.1\r\n\r\n",
    "long frame": (limits.HELLO_BYTES_MAX + 1).to_bytes(4, "little"),
    "huge frame": b"\xff\xff\xff\xff",
    "no cbor": frame(b"\xff" * 50),
    "a list": frame(codec.encode([1, 2, 3])),
    "newer version": frame(codec.encode(["raft", 2, CLUSTER_ID, 2, bytes(16)])),
    "other protocol": frame(codec.encode(["tfar", 1, CLUSTER_ID, 2, bytes(16)])),
    "bad node": frame(codec.encode(["raft", 1, CLUSTER_ID, "2", bytes(16)])),
    "short directory": frame(codec.encode(["raft", 1, CLUSTER_ID, 2, bytes(15)])),
    "other cluster": frame(Hello(cluster_id=bytes(16), node_id=2, directory_id=bytes(16)).encode()),
    "unknown node": frame(Hello(cluster_id=CLUSTER_ID, node_id=7, directory_id=bytes(16)).encode()),
    "itself": frame(Hello(cluster_id=CLUSTER_ID, node_id=1, directory_id=bytes(16)).encode()),
    "calls of an unknown node": frame(
        Hello(cluster_id=CLUSTER_ID, node_id=7, directory_id=bytes(16), protocol="rpc").encode()
    ),
    "calls from another cluster": frame(
        Hello(cluster_id=bytes(16), node_id=2, directory_id=bytes(16), protocol="rpc").encode()
    ),
    "cut hello": frame(HELLO.encode())[:-1],
}


@pytest.mark.parametrize("name", sorted(BAD))
async def test_stranger_loses_the_connection(name: str) -> None:
    """Without a word, and without a message received; peers are still welcome."""
    async with listening() as (links, heard):
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)
        await stream.send_all(BAD[name] or b"\0")
        await stream.send_eof()
        assert await is_closed(stream)
        assert heard.messages == []
        assert links.refused == 1
        await stream.aclose()
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)
        await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
        with trio.fail_after(10):
            await heard.wake.wait()
        await stream.aclose()


async def hears(links: TcpLinks, heard: Heard, node_id: int) -> bool:
    """Whether a message of this node arrives."""
    hello = Hello(cluster_id=CLUSTER_ID, node_id=node_id, directory_id=bytes([node_id]) * 16)
    before = len(heard.messages)
    stream = await trio.open_tcp_stream("127.0.0.1", links.port)
    try:
        await stream.send_all(frame(hello.encode()) + frame(b"m"))
        await stream.send_eof()
        await is_closed(stream)
    except trio.BrokenResourceError:
        pass
    finally:
        await stream.aclose()
    return len(heard.messages) > before


async def test_member_that_is_added_is_dialled_and_heard_until_it_is_removed() -> None:
    """Its address comes with the membership; an address that is none is merely not reached."""
    async with listening() as (links, heard), trio.open_nursery() as nursery:
        assert not await hears(links, heard, 4)
        listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
        port = listeners[0].socket.getsockname()[1]
        bad = ["nowhere", "[::1]:x", "h:99999", "a\0b:1", f"{'x' * 64}:1", "\ud800:1"]
        members = {4: f"127.0.0.1:{port}", **dict(enumerate(bad, 5))}
        links.set_members(members, removed=())
        accepted: list[trio.SocketStream] = []
        dialled = trio.Event()

        async def accept(stream: trio.SocketStream) -> None:
            data = await stream.receive_some(1000)
            assert Hello.decode(data[4:]).node_id == 1
            hello = Hello(cluster_id=CLUSTER_ID, node_id=4, directory_id=bytes([4]) * 16)
            await stream.send_all(frame(hello.encode()))
            accepted.append(stream)
            dialled.set()
            await trio.sleep_forever()

        nursery.start_soon(trio.serve_listeners, accept, listeners)
        with trio.fail_after(10):
            await dialled.wait()
            assert await hears(links, heard, 4)
            assert await hears(links, heard, 5)
            while 4 not in links.connected:
                await trio.sleep(0.01)
            links.send(4, b"to 4")
            assert await accepted[0].receive_some(1000) == frame(b"to 4")

        links.set_members({4: f"127.0.0.1:{port}"}, removed=(4,))
        assert await is_closed(accepted[0])
        assert not await hears(links, heard, 4)
        assert await hears(links, heard, 2)
        links.send(4, b"to nobody")
        nursery.cancel_scope.cancel()


async def answer_to(hello: Hello, links: TcpLinks) -> bytes:
    """What is answered to a hello before the connection ends; empty: not a word."""
    stream = await trio.open_tcp_stream("127.0.0.1", links.port)
    data = b""
    with contextlib.suppress(trio.BrokenResourceError):
        await stream.send_all(frame(hello.encode()))
        with trio.fail_after(10):
            while piece := await stream.receive_some(1000):
                data += piece
    await stream.aclose()
    return data


@pytest.mark.parametrize("is_secure", [False, True])
async def test_removed_member_is_told_when_it_dials(is_secure: bool) -> None:
    """As of which index; the next attempt finds the same."""
    authority = trustme.CA()
    tls: list[dict[str, ssl.SSLContext]] = [{}, {}]
    if is_secure:
        for node_id, contexts in enumerate(tls, 1):
            contexts["server_tls"], contexts["client_tls"] = make_tls(authority, node_id)
    async with listening(**tls[0]) as (links, _), trio.open_nursery() as nursery:
        links.set_members({}, removed=(2,))
        removed, heard = (
            TcpLinks(
                ("127.0.0.1", 0),
                peers={1: ("127.0.0.1", links.port)},
                rng=Random(2),
                **tls[1],
            ),
            Heard(),
        )
        nursery.start_soon(removed.run, heard.owner(2))
        with trio.fail_after(10):
            await heard.is_told.wait()
            with pytest.raises(raft.PeerUnreachableError):
                await removed.calls.call(1, "method", b"")

        assert set(heard.told) == {(1, 57)}
        assert len(heard.told) > 1
        assert removed.connected == set()
        nursery.cancel_scope.cancel()


async def test_nobody_else_is_told_of_a_removal() -> None:
    """A stranger, a node of another cluster and whoever has not that node's certificate."""
    async with listening() as (links, _):
        links.set_members({}, removed=(3,))
        good = {"cluster_id": CLUSTER_ID, "node_id": 3, "directory_id": bytes(16)}
        for protocol in ("raft", "rpc"):
            data = await answer_to(Hello(**good, protocol=protocol), links)
            assert data == frame(codec.encode(["removed", 1, CLUSTER_ID, 1, 57]))
        assert await answer_to(Hello(**{**good, "node_id": 4}), links) == b""
        assert await answer_to(Hello(**{**good, "cluster_id": bytes(16)}), links) == b""

    authority = trustme.CA()
    server_tls, client_tls = make_tls(authority, 1)
    async with listening(server_tls=server_tls, client_tls=client_tls) as (links, _):
        links.set_members({}, removed=(3,))
        _, tls = make_tls(authority, 4)
        tcp = await trio.open_tcp_stream("127.0.0.1", links.port)
        stream = trio.SSLStream(tcp, tls, server_hostname=certificate_name(1))
        await stream.send_all(frame(Hello(**good).encode()))
        with pytest.raises(trio.BrokenResourceError):
            await stream.receive_some(1)
        await trio.aclose_forcefully(stream)


@pytest.mark.parametrize(
    "answer",
    [
        codec.encode(["removed", 1, bytes(16), 2, 57]),  # of another cluster
        codec.encode(["removed", 1, CLUSTER_ID, 3, 57]),  # of whom was not dialled
        codec.encode(["removed", 2, CLUSTER_ID, 2, 57]),
        codec.encode(["removed", 1, CLUSTER_ID, 2, -1]),
        codec.encode(["removed", 1, CLUSTER_ID, 2]),
        b"removed",
    ],
)
async def test_answer_that_is_no_farewell_of_the_peer_is_passed_over(answer: bytes) -> None:
    """It ends the attempt like any other nonsense."""
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listeners[0].socket.getsockname()[1]
    links, heard = (
        TcpLinks(("127.0.0.1", 0), peers={2: ("127.0.0.1", port)}, rng=Random(1)),
        Heard(),
    )
    attempts = 0
    again = trio.Event()

    async def accept(stream: trio.SocketStream) -> None:
        nonlocal attempts
        attempts += 1
        if attempts > 1:
            again.set()
        await stream.receive_some(1000)
        await stream.send_all(frame(answer))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, accept, listeners)
        nursery.start_soon(links.run, heard.owner(1))
        with trio.fail_after(10):
            await again.wait()
        assert heard.told == []
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("at_once", [1, 7, 210])
async def test_messages_that_do_not_fit_into_the_connection_arrive_whole_and_in_order(
    at_once: int, ports: list[int]
) -> None:
    """What the kernel takes at once, what it takes in part, and what is queued behind that."""
    addresses = {1: ("127.0.0.1", ports[0]), 2: ("127.0.0.1", ports[1])}
    heard = Heard()
    links = [TcpLinks(addresses[i], peers={3 - i: addresses[3 - i]}, rng=Random(i)) for i in (1, 2)]
    sent = [bytes([i]) * (i * 1001) for i in range(200)] + [b"x"] * 10
    async with trio.open_nursery() as nursery:
        await nursery.start(links[0].run, heard.owner(1))
        await nursery.start(links[1].run, heard.owner(2))
        with trio.fail_after(10):
            while 2 not in links[0].connected:
                await trio.sleep(0.01)
            for start in range(0, len(sent), at_once):
                links[0].send(2, *sent[start : start + at_once])
            while len(heard.messages) < len(sent):
                await trio.sleep(0.01)
            links[0].send(2, b"behind all that")
            while len(heard.messages) <= len(sent):
                await trio.sleep(0.01)
        nursery.cancel_scope.cancel()

    assert [message for _, message in heard.messages] == [*sent, b"behind all that"]


async def test_member_that_is_removed_before_it_is_first_dialled_is_let_go() -> None:
    """The removal is in the log already when a node starts: whichever task comes first."""
    for _ in range(10):
        async with listening() as (links, heard):
            links.set_members({4: "127.0.0.1:1"}, removed=())
            links.set_members({}, removed=(2, 4))
            await trio.testing.wait_all_tasks_blocked()
            assert not await hears(links, heard, 4)


async def test_silent_strangers_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """For each one beyond the bound one is closed at once, and the rest in time."""
    monkeypatch.setattr(limits, "GREETINGS_MAX", 3)
    monkeypatch.setattr(limits, "HANDSHAKE_S", 0.3)
    async with listening() as (links, _):
        streams = [await trio.open_tcp_stream("127.0.0.1", links.port) for _ in range(8)]
        for stream in streams:
            assert await is_closed(stream)
            await stream.aclose()
        assert links.refused == 8


async def keep_strangers(port: int, *, count: int, nursery: trio.Nursery) -> None:
    """Returns when so many silent connections are open; each is opened again when it is lost."""

    async def stay(*, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            task_status.started()
            await is_closed_sometime(stream)
        while True:
            async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
                await is_closed_sometime(stream)

    for _ in range(count):
        await nursery.start(stay)


async def is_closed_sometime(stream: trio.abc.Stream) -> None:
    try:
        await stream.receive_some(1)
    except trio.BrokenResourceError:
        pass


@pytest.mark.parametrize("is_secure", [False, True])
async def test_member_is_heard_among_strangers_that_keep_the_bound_used_up(
    is_secure: bool,
) -> None:
    """All of them have its address; still it needs no more than a second attempt."""
    authority = trustme.CA()
    tls: dict[str, ssl.SSLContext] = {}
    if is_secure:
        tls["server_tls"], tls["client_tls"] = make_tls(authority, 1)
        _, member_tls = make_tls(authority, 2)
    async with listening(**tls) as (links, heard), trio.open_nursery() as nursery:
        count = limits.GREETINGS_MAX + 6
        await keep_strangers(links.port, count=count, nursery=nursery)
        while not links.refused:
            await trio.sleep(0.01)

        for _ in range(2):
            stream: trio.abc.Stream = await trio.open_tcp_stream("127.0.0.1", links.port)
            if is_secure:
                stream = trio.SSLStream(stream, member_tls, server_hostname=certificate_name(1))
            try:
                await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
                await stream.receive_some(1)
            except trio.BrokenResourceError:
                continue
            finally:
                await trio.aclose_forcefully(stream)
        with trio.move_on_after(2):
            await heard.wake.wait()
        assert (2, b"m") in heard.messages
        nursery.cancel_scope.cancel()


async def test_stranger_that_says_a_byte_now_and_then_has_no_more_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The time runs from the connection on, not from the last byte."""
    monkeypatch.setattr(limits, "HANDSHAKE_S", 0.3)
    async with listening() as (links, _), trio.open_nursery() as nursery:
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)

        async def drip() -> None:
            with contextlib.suppress(trio.BrokenResourceError):
                for byte in frame(bytes(limits.HELLO_BYTES_MAX)):
                    await stream.send_all(bytes([byte]))
                    await trio.sleep(0.02)

        nursery.start_soon(drip)
        assert await is_closed(stream)
        assert links.refused == 1
        nursery.cancel_scope.cancel()
        await trio.aclose_forcefully(stream)


async def test_listener_goes_on_after_descriptors_ran_out(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever came meanwhile is heard once there are some again."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken: list[int] = []
    async with listening() as (links, heard):
        client = trio.socket.socket()
        resource.setrlimit(resource.RLIMIT_NOFILE, (client.fileno() + 8, before[1]))
        try:
            with pytest.raises(OSError, match="Too many open files"):
                while True:
                    taken.append(os.dup(client.fileno()))
            await client.connect(("127.0.0.1", links.port))
            with trio.fail_after(10):
                while not caplog.records:
                    await trio.sleep(0.01)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
            for descriptor in taken:
                os.close(descriptor)
        assert "EMFILE" in caplog.text
        stream = trio.SocketStream(client)
        await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
        with trio.fail_after(10):
            await heard.wake.wait()
        await stream.aclose()


async def test_peer_with_a_new_disk_is_refused() -> None:
    """Its directory id is another one."""
    async with listening() as (links, heard):
        for directory_id, is_welcome in ((bytes(16), True), (b"\x01" * 16, False)):
            hello = Hello(cluster_id=CLUSTER_ID, node_id=2, directory_id=directory_id)
            stream = await trio.open_tcp_stream("127.0.0.1", links.port)
            await stream.send_all(frame(hello.encode()) + frame(b"m"))
            await stream.send_eof()
            assert await is_closed(stream)
            assert (len(heard.messages) == 1) == is_welcome or len(heard.messages) == 1
            await stream.aclose()
        assert heard.messages == [(2, b"m")]
        assert links.refused == 2


async def test_connection_that_ends_as_it_replaces_another_harms_nobody() -> None:
    """The one that it replaced ends after it, and finds nothing to tidy up."""
    async with listening() as (links, heard):
        hello = frame(HELLO.encode())
        for _ in range(200):
            first = await trio.open_tcp_stream("127.0.0.1", links.port)
            await first.send_all(hello)
            await first.receive_some(1000)
            second = await trio.open_tcp_stream("127.0.0.1", links.port)
            # All that it has to say is there at once: it ends in the turn in which it is heard.
            await second.send_all(hello + b"\xff\xff\xff\xff")
            assert await is_closed(second)
            assert await is_closed(first)
            await trio.aclose_forcefully(first)
            await trio.aclose_forcefully(second)
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)
        await stream.send_all(hello + frame(b"m"))
        with trio.fail_after(10):
            await heard.wake.wait()
        await stream.aclose()


async def test_frame_beyond_the_cap_ends_the_connection() -> None:
    """Announced is enough: nothing of it is waited for or kept."""
    async with listening() as (links, heard):
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)
        await stream.send_all(frame(HELLO.encode()))
        await stream.send_all((limits.MESSAGE_BYTES_MAX + 1).to_bytes(4, "little"))
        assert await is_closed(stream)
        assert heard.messages == []
        await stream.aclose()


async def test_certificate_of_another_node_is_refused() -> None:
    """Who has a certificate of the cluster is who it says, and nobody else."""
    authority, other = trustme.CA(), trustme.CA()
    server_tls, client_tls = make_tls(authority, 1)
    async with listening(server_tls=server_tls, client_tls=client_tls) as (links, heard):
        for from_whom, node_id, is_welcome in (
            (authority, 3, False),  # says that it is node 2
            (other, 2, False),
            (authority, 2, True),
        ):
            _, tls = make_tls(from_whom, node_id)
            if from_whom is other:
                authority.configure_trust(tls)
            tcp = await trio.open_tcp_stream("127.0.0.1", links.port)
            stream = trio.SSLStream(tcp, tls, server_hostname=certificate_name(1))
            try:
                await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
                if is_welcome:
                    with trio.fail_after(10):
                        await heard.wake.wait()
                else:
                    assert await is_closed(stream)
            except trio.BrokenResourceError:
                assert not is_welcome
            finally:
                await trio.aclose_forcefully(stream)
            assert bool(heard.messages) == is_welcome


async def test_plain_stranger_meets_tls() -> None:
    """Without a certificate not even the hello is read."""
    server_tls, client_tls = make_tls(trustme.CA(), 1)
    async with listening(server_tls=server_tls, client_tls=client_tls) as (links, heard):
        stream = await trio.open_tcp_stream("127.0.0.1", links.port)
        await stream.send_all(frame(HELLO.encode()) + frame(b"m"))
        assert await is_closed(stream)
        assert heard.messages == []
        await stream.aclose()


def test_attempts_are_repeated_after_50_ms_to_1_s() -> None:
    """Doubling, with jitter: WIRE.md says so to whoever writes the other end."""
    for seed in range(100):
        delays_s = list(itertools.islice(_delays_s(Random(seed)), 10))
        assert 0.05 <= delays_s[0] <= 0.1
        assert all(0.05 <= delay_s <= 1.0 for delay_s in delays_s)
        assert min(delays_s[4:]) >= 0.5


def test_hello_of_anything_is_a_hello_or_an_error() -> None:
    """A decoder fed anything returns a value or raises its own error."""
    rng = Random(6)
    good = HELLO.encode()
    assert Hello.decode(good) == HELLO
    for _ in range(5000):
        data = bytearray(good)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            Hello.decode(bytes(data[: rng.randint(0, len(data))]))
        except LinkError:
            pass
