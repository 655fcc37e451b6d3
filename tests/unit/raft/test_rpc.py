"""Calls and streams between two nodes: many at once, bounded, and safe from the other end."""

from __future__ import annotations

import tracemalloc
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from random import Random

import pytest
import trio
import trio.testing

from raft import codec, limits, rpc_frames
from raft.errors import (
    CallFailedError,
    CodecError,
    PeerLostError,
    PeerUnreachableError,
)
from raft.frame_stream import FrameStream
from raft.hello import RPC, Hello
from raft.rpc import Connection, Handler
from raft.rpc_frames import Code, Credit, Data, End, Failed, Open, Ping, Pong
from raft.rpc_stream import Stream
from raft.tcp import TcpLinks
from tests.ports import kept_ports
from tests.unit.raft.test_tcp import CLUSTER_ID, HELLO, Heard, frame, is_closed

EVERY_FRAME = [
    Open(1, "m"),
    Data(1, b"x"),
    End(1),
    Credit(1, 1),
    Failed(1, 2, "why"),
    Ping(0),
    Pong(7),
]


async def echo(stream: Stream) -> None:
    while piece := await stream.receive():
        await stream.send(piece)


async def count(stream: Stream) -> None:
    await stream.send(b"%d" % len(await stream.receive_all()))


async def refuse(stream: Stream) -> None:
    raise CallFailedError(Code.REFUSED, f"not for node {stream.peer}")


HANDLERS: Mapping[str, Handler] = {"echo": echo, "count": count, "refuse": refuse}


@asynccontextmanager
async def connected(
    handlers: Mapping[str, Handler] = HANDLERS,
) -> AsyncIterator[tuple[Connection, Connection]]:
    """Yields the ends that ask and answer, over a stream in memory."""
    here, there = trio.testing.memory_stream_pair()
    ends = [
        Connection(link_on(stream), peer=peer, handlers=answers)
        for stream, peer, answers in ((here, 2, None), (there, 1, handlers))
    ]
    async with trio.open_nursery() as nursery:
        for end in ends:
            nursery.start_soon(end.run)
        yield ends[0], ends[1]
        nursery.cancel_scope.cancel()


def link_on(stream: trio.abc.Stream) -> FrameStream:
    return FrameStream(stream, bytes_max=limits.RPC_FRAME_BYTES_MAX)


class Peer:
    """The other end, frame by frame, of a connection that answers."""

    def __init__(self, stream: trio.abc.Stream) -> None:
        self.stream = stream
        self._reader = link_on(stream)

    async def say(self, *frames: rpc_frames.Frame) -> None:
        await self.stream.send_all(b"".join(frame(rpc_frames.encode(f)) for f in frames))

    async def hear(self) -> rpc_frames.Frame:
        return rpc_frames.decode(await self._reader.read())


@asynccontextmanager
async def answering(
    handlers: Mapping[str, Handler] = HANDLERS,
) -> AsyncIterator[tuple[Peer, Connection]]:
    here, there = trio.testing.memory_stream_pair()
    end = Connection(link_on(there), peer=1, handlers=handlers)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(end.run)
        yield Peer(here), end
        nursery.cancel_scope.cancel()


# Frames.


@pytest.mark.parametrize("one", EVERY_FRAME)
def test_frame_comes_back(one: rpc_frames.Frame) -> None:
    """Every kind, whole."""
    assert rpc_frames.decode(rpc_frames.encode(one)) == one


@pytest.mark.parametrize(
    "value",
    [
        [], [0], [8, 1], ["1", 1, "m"], [1, 1], [1, 0, "m"], [1, 1, ""], [1, -1, "m"],
        [1, 1, "m" * (limits.RPC_METHOD_CHARS_MAX + 1)], [1, 1, b"m"], [1, True, "m"],
        [2, 1, b""], [2, 1, bytes(limits.RPC_PIECE_BYTES + 1)], [3, 1, 1], [4, 1, 0],
        [4, 1, limits.RPC_WINDOW_BYTES + 1], [5, 1, 0, "x"], [5, 1, 1, "x" * 1001], [6, -1],
        {1: 1}, None,
    ],
)  # fmt: skip
def test_frame_that_is_none_is_refused(value: object) -> None:
    """Types, ranges and numbers of fields."""
    with pytest.raises(CodecError):
        rpc_frames.decode(codec.encode(value))


def test_longest_frames_fit_the_cap() -> None:
    """What this node sends, its peer accepts."""
    for one in (
        Data((1 << 62) - 1, bytes(limits.RPC_PIECE_BYTES)),
        Failed((1 << 62) - 1, 65535, "\U0001f600" * limits.RPC_TEXT_CHARS_MAX),
    ):
        assert len(rpc_frames.encode(one)) <= limits.RPC_FRAME_BYTES_MAX


# Calls and streams.


async def test_call_is_answered_whole(autojump_clock: trio.testing.MockClock) -> None:
    """Also empty, and longer than the windows of both directions."""
    async with connected() as (asking, _):
        for size in (0, 1, 3 * limits.RPC_WINDOW_BYTES + 1):
            request = Random(size).randbytes(size)
            assert await asking.call("echo", request) == request
        assert await asking.call("count", bytes(1000)) == b"1000"


async def test_calls_go_on_beside_each_other(autojump_clock: trio.testing.MockClock) -> None:
    """More than streams may be open: the rest wait for their turn."""
    running = most = 0

    async def slow(stream: Stream) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        request = await stream.receive_all()
        await trio.sleep(1)
        running -= 1
        await stream.send(request)

    async with connected({"slow": slow}) as (asking, _), trio.open_nursery() as nursery:

        async def ask(number: int) -> None:
            assert await asking.call("slow", b"%d" % number) == b"%d" % number

        for number in range(3 * limits.RPC_STREAMS_MAX):
            nursery.start_soon(ask, number)
    assert most == limits.RPC_STREAMS_MAX


async def test_refusal_and_unknown_method_fail_one_call(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """With code and text; the connection goes on."""
    async with connected() as (asking, _):
        for method, code, text in (
            ("refuse", Code.REFUSED, "not for node 1"),
            ("nothing", Code.NO_METHOD, "there is no nothing"),
        ):
            with pytest.raises(CallFailedError, match=text) as failed:
                await asking.call(method, b"x")
            assert failed.value.code == code
        assert await asking.call("count", b"abc") == b"3"


async def test_request_that_is_too_long_is_given_up(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The handler holds the bound and no more, and the caller learns why."""
    async with connected() as (asking, _):
        with pytest.raises(CallFailedError) as failed:
            await asking.call("count", bytes(limits.RPC_CALL_BYTES_MAX + 1))
        assert failed.value.code == Code.TOO_LONG
        assert await asking.call("count", b"abc") == b"3"


async def test_reader_that_stops_holds_up_its_stream_alone(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A window, and no more, is sent to who does not read; others are not kept waiting."""
    held: list[Stream] = []

    async def hold(stream: Stream) -> None:
        held.append(stream)
        await trio.sleep_forever()

    async with connected({"hold": hold, **HANDLERS}) as (asking, _):
        async with asking.open("hold") as stream:
            with trio.move_on_after(10) as scope:
                await stream.send(bytes(2 * limits.RPC_WINDOW_BYTES))
            assert scope.cancelled_caught
            assert len(held[0]._received) == limits.RPC_WINDOW_BYTES
            assert await asking.call("count", bytes(limits.RPC_WINDOW_BYTES)) == b"262144"
        await trio.testing.wait_all_tasks_blocked()
        assert not held[0].is_open


async def test_stream_given_up_cancels_its_handler(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Nobody works for an answer that nobody wants."""
    ended = trio.Event()

    async def wait(_: Stream) -> None:
        try:
            await trio.sleep_forever()
        finally:
            ended.set()

    async with connected({"wait": wait}) as (asking, answering):
        with trio.move_on_after(1):
            await asking.call("wait", b"")
        await ended.wait()
        await trio.testing.wait_all_tasks_blocked()
        assert not asking._streams
        assert not answering._streams


async def test_answer_before_the_end_of_the_request_is_read(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """What the handler said before it lost interest counts."""

    async def early(stream: Stream) -> None:
        await stream.receive()
        await stream.send(b"enough")

    async with connected({"early": early}) as (asking, _), asking.open("early") as stream:
        await stream.send(b"some")
        assert await stream.receive_all() == b"enough"
        with pytest.raises(CallFailedError):
            while True:
                await stream.send(bytes(1000))


async def test_connection_that_ends_fails_every_stream(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Those who send, those who wait, and those who come later."""

    async def wait(_: Stream) -> None:
        await trio.sleep_forever()

    outcomes: list[str] = []
    async with connected({"wait": wait}) as (asking, answering):

        async def ask(size: int) -> None:
            try:
                await asking.call("wait", bytes(size))
            except PeerLostError:
                outcomes.append("lost")

        async with trio.open_nursery() as nursery:
            nursery.start_soon(ask, 0)
            nursery.start_soon(ask, 2 * limits.RPC_WINDOW_BYTES)
            await trio.testing.wait_all_tasks_blocked()
            answering.close()
        await ask(0)
    assert outcomes == ["lost"] * 3


async def test_silent_peer_is_given_up(autojump_clock: trio.testing.MockClock) -> None:
    """Each end asks whether the other lives; one that hears nothing lets go."""
    async with connected() as (asking, answering):
        await trio.sleep(10 * limits.RPC_SILENCE_S_MAX)
        assert not asking.is_over
        assert not answering.is_over
    async with answering_alone() as end:
        await trio.sleep(limits.RPC_SILENCE_S_MAX + 1)
        assert end.is_over


@asynccontextmanager
async def answering_alone() -> AsyncIterator[Connection]:
    async with answering() as (_, end):
        yield end


async def test_bug_in_a_handler_ends_the_node(autojump_clock: trio.testing.MockClock) -> None:
    """It is not hidden in an answer."""

    async def broken(_: Stream) -> None:
        raise ZeroDivisionError

    with pytest.raises(BaseExceptionGroup) as group:
        async with connected({"broken": broken}) as (asking, _):
            await asking.call("broken", b"")
    assert group.group_contains(ZeroDivisionError)


async def test_retired_connection_gives_the_answers_that_it_owes(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A member may ask to be removed; then it gets this answer, and no other."""

    async def remove(stream: Stream) -> None:
        asked = await stream.receive_all()
        answering.retire()
        await trio.sleep(limits.RPC_FAREWELL_S / 2)
        await stream.send(asked)

    async with connected({"remove": remove}) as (asking, answering):
        assert await asking.call("remove", b"me") == b"me"
        with pytest.raises(PeerLostError):
            await asking.call("remove", b"again")
    async with connected({"remove": remove}) as (asking, answering):
        await asking.call("remove", b"me")
        await trio.sleep(limits.RPC_FAREWELL_S)
        await trio.testing.wait_all_tasks_blocked()
        assert asking.is_over


# Hostile peers.


@pytest.mark.parametrize(
    "frames",
    [
        [Data(1, b"x")],
        [Open(2, "echo"), Open(1, "echo")],
        [Open(1, "echo"), Open(1, "echo")],
        [Open(1, "echo"), End(1), End(2)],
        [Open(1, "hold"), End(1), End(1)],
        [Open(1, "hold"), End(1), Data(1, b"x")],
        [Open(1, "hold"), Credit(1, 1)],
        [Open(1, "hold"), *[Data(1, bytes(limits.RPC_PIECE_BYTES))] * 5],
        [Open(n, "hold") for n in range(1, limits.RPC_STREAMS_MAX + 2)],
    ],
    ids=[
        "no stream", "falling number", "same number", "later stream", "second end",
        "data behind the end", "credit beyond the window", "data beyond the window", "many streams",
    ],
)  # fmt: skip
async def test_peer_that_breaks_a_rule_is_disconnected(
    autojump_clock: trio.testing.MockClock, frames: list[rpc_frames.Frame]
) -> None:
    """The connection alone ends; the handlers with it."""

    async def hold(_: Stream) -> None:
        await trio.sleep_forever()

    async with answering({"hold": hold, "echo": echo}) as (peer, end):
        await peer.say(*frames)
        await trio.testing.wait_all_tasks_blocked()
        assert end.is_over


async def test_acceptor_that_opens_a_stream_is_disconnected(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Only who dialled asks."""
    here, there = trio.testing.memory_stream_pair()
    asking = Connection(link_on(here), peer=2, handlers=None)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(asking.run)
        await Peer(there).say(Open(1, "echo"))
        await trio.testing.wait_all_tasks_blocked()
        assert asking.is_over
        nursery.cancel_scope.cancel()


async def test_late_frames_of_an_ended_stream_are_ignored(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """They were on their way."""
    async with answering() as (peer, end):
        await peer.say(Open(1, "refuse"), Failed(1, 3, ""), Data(1, b"x"), Credit(1, 5), End(1))
        await peer.say(Open(2, "count"), Data(2, b"abc"), End(2))
        while (heard := await peer.hear()) != Data(2, b"3"):
            assert type(heard) in (Failed, Ping)
        assert await peer.hear() == End(2)
        assert not end.is_over


async def test_pings_are_answered_by_the_newest(autojump_clock: trio.testing.MockClock) -> None:
    """A flood of them costs one answer."""
    async with answering() as (peer, _):
        await peer.say(*[Ping(number) for number in range(10_000)])
        heard = await peer.hear()
        while heard != Pong(9_999):
            assert type(heard) is Pong
            heard = await peer.hear()


async def test_peer_that_asks_and_never_reads_is_bounded(
    autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refusals pile up to a bound; then it is disconnected."""
    monkeypatch.setattr(limits, "SEND_S_MAX", 1e9)
    here, there = trio.testing.lockstep_stream_pair()
    end = Connection(link_on(there), peer=1, handlers={})
    async with trio.open_nursery() as nursery:
        nursery.start_soon(end.run)
        number, most = 0, 0
        with pytest.raises(trio.BrokenResourceError):
            while True:
                frames = [Open(number + i, "x" * 60) for i in range(1, 1001)]
                number += 1000
                await Peer(here).say(*frames)
                most = max(most, end._queue._bytes)
                assert number < 1_000_000
        assert most <= limits.RPC_OUTBOX_BYTES_MAX + limits.RPC_FRAMES_PER_TURN * 1000
        nursery.cancel_scope.cancel()


async def test_handlers_that_end_slowly_are_bounded(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Opening and giving up again and again does not pile up tasks."""
    running = most = 0

    async def stubborn(_: Stream) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        with trio.CancelScope(shield=True):
            await trio.sleep(100)
        running -= 1

    async with answering({"stubborn": stubborn}) as (peer, end):
        for number in range(1, 1000):
            try:
                await peer.say(Open(number, "stubborn"), Failed(number, 3, ""))
            except trio.BrokenResourceError:
                break
            await trio.testing.wait_all_tasks_blocked()
        await trio.sleep(200)
        assert end.is_over
    assert most == limits.RPC_HANDLERS_MAX


async def test_bytes_in_tiny_pieces_cost_a_window(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A frame for each byte does not multiply the memory."""

    async def hold(_: Stream) -> None:
        await trio.sleep_forever()

    async with answering({"hold": hold}) as (peer, end):
        await peer.say(Open(1, "hold"))
        tracemalloc.start()
        for _ in range(10):
            await peer.say(*[Data(1, b"x")] * 1000)
            await trio.testing.wait_all_tasks_blocked()
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(end._streams[1]._received) == 10_000
        assert held < 2 << 20


async def test_fuzzed_frames_end_connections_and_nothing_else(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Whatever bytes come, cut anywhere: no error of this node, and the bounds hold."""
    rng = Random(11)
    ended = 0
    for _ in range(400):
        async with answering() as (peer, end):
            number = 0
            for _ in range(rng.randint(1, 60)):
                number += rng.random() < 0.4
                one = rng.choice(EVERY_FRAME)
                if type(one) not in (Ping, Pong):
                    one = one._replace(stream=max(1, number - rng.randint(0, 2)))
                if type(one) is Open:
                    one = Open(number or 1, rng.choice(["echo", "count", "refuse", "?"]))
                data = bytearray(frame(rpc_frames.encode(one)))
                if rng.random() < 0.03:
                    data[rng.randrange(len(data))] = rng.randrange(256)
                try:
                    await peer.stream.send_all(bytes(data))
                except trio.BrokenResourceError:
                    break
            await trio.testing.wait_all_tasks_blocked()
            assert len(end._streams) <= limits.RPC_STREAMS_MAX
            assert end._queue._bytes <= limits.RPC_OUTBOX_BYTES_MAX
            ended += end.is_over
    assert 50 < ended < 400


# Over the listener of the group.


@asynccontextmanager
async def two_nodes() -> AsyncIterator[tuple[TcpLinks, TcpLinks, list[Heard]]]:
    heard = [Heard(), Heard()]
    with kept_ports(2) as ports:
        addresses = {node_id: ("127.0.0.1", port) for node_id, port in zip((1, 2), ports)}
        links = [
            TcpLinks(addresses[mine], peers={other: addresses[other]}, rng=Random(mine))
            for mine, other in ((1, 2), (2, 1))
        ]
        for method, handler in HANDLERS.items():
            links[1].calls.handle(method, handler)
        async with trio.open_nursery() as nursery:
            for node_id, one, hears in zip((1, 2), links, heard, strict=True):
                await nursery.start(one.run, hears.owner(node_id))
            yield links[0], links[1], heard
            nursery.cancel_scope.cancel()


async def test_calls_share_the_listener_with_the_group() -> None:
    """Messages of the group go on beside a long stream, on another connection."""
    async with two_nodes() as (one, two, heard):
        with trio.fail_after(30):
            assert await one.calls.call(2, "echo", bytes(1 << 20)) == bytes(1 << 20)
            async with one.calls.open(2, "echo") as stream:
                await stream.send(b"begun")
                while 2 not in one.connected:
                    await trio.sleep(0.01)
                one.send(2, b"heartbeat")
                await heard[1].wake.wait()
                assert heard[1].messages == [(1, b"heartbeat")]
                stream.end()
                assert await stream.receive_all() == b"begun"
            with pytest.raises(CallFailedError):
                await two.calls.call(1, "echo", b"")  # node 1 answers nothing


async def test_call_to_who_is_not_there_was_not_sent() -> None:
    """Known or not; and a member that is removed hears nothing more."""
    async with two_nodes() as (one, _, _):
        for peer in (1, 3):
            with pytest.raises(PeerUnreachableError):
                await one.calls.call(peer, "echo", b"")
        one.set_members({3: "127.0.0.1:1"}, removed=())
        with pytest.raises(PeerUnreachableError):
            await one.calls.call(3, "echo", b"")
        assert await one.calls.call(2, "count", b"x") == b"1"
        one.set_members({}, removed=(2,))
        with pytest.raises((PeerLostError, PeerUnreachableError)):
            await one.calls.call(2, "count", b"x")


async def test_connections_of_one_peer_are_bounded() -> None:
    """One more ends the oldest; a stranger has none."""
    async with two_nodes() as (_, two, _):
        hello = Hello(cluster_id=CLUSTER_ID, node_id=1, directory_id=bytes([1]) * 16, protocol=RPC)
        streams = []
        for _ in range(limits.RPC_CONNECTIONS_MAX + 1):
            stream = await trio.open_tcp_stream("127.0.0.1", two.port)
            await stream.send_all(frame(hello.encode()))
            answer = Hello.decode((await stream.receive_some(1000))[4:])
            assert answer.protocol == RPC
            streams.append(stream)
        assert await is_closed(streams[0])
        peer = Peer(streams[-1])
        await peer.say(Open(1, "count"), Data(1, b"abc"), End(1))
        assert await peer.hear() == Data(1, b"3")
        for stream in streams:
            await stream.aclose()
        stranger = await trio.open_tcp_stream("127.0.0.1", two.port)
        await stranger.send_all(frame(HELLO.encode()))  # that node is this one
        assert await is_closed(stranger)
        await stranger.aclose()


@pytest.mark.parametrize("first", [b"\xff\xff\xff\xff", frame(b""), frame(b"\xff")])
async def test_frame_that_is_none_ends_the_connection(first: bytes) -> None:
    """Too long is enough: nothing of it is waited for."""
    async with two_nodes() as (_, two, _):
        hello = Hello(cluster_id=CLUSTER_ID, node_id=1, directory_id=bytes([1]) * 16, protocol=RPC)
        stream = await trio.open_tcp_stream("127.0.0.1", two.port)
        await stream.send_all(frame(hello.encode()) + first)
        assert await is_closed(stream)
        await stream.aclose()
