"""The listener's port, and its adapter over a non-blocking socket.

trio's own socket methods run a scheduler pass and an epoll call even when data is ready; the
direct calls below cost half the CPU on small requests (DECISIONS.md, "Direct socket loop"). For the
same reason readiness comes from an epoll of our own: a request on an idle connection is served by
a plain call, without a step of the connection's task and without a system call to wait again.
"""

import select
import socket
from collections.abc import Callable, Sequence
from typing import Protocol

import trio

from appliance import limits

_READABLE = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLET
_ENDED = select.EPOLLRDHUP | select.EPOLLHUP | select.EPOLLERR


class ByteStream(Protocol):
    """A connected, ordered byte stream with readiness waits."""

    peer: str

    def recv_into(self, buffer: memoryview) -> int:
        """Receive what is there; 0 at the end. Raises BlockingIOError, OSError."""
        ...

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        """Send what fits of the gathered buffers. Raises BlockingIOError, OSError."""
        ...

    async def serve_readable(self, step: Callable[[], bool]) -> None:
        """Call `step` whenever there may be something to receive, until it returns False.

        Between two calls nothing must be left to receive: less came than there was room for, or
        `recv_into` would have blocked. It also returns, without a call, when the peer has ended the
        stream: that is told once, and the last data may not have been received. `step` runs in
        whatever task noticed, and must not raise.

        Raises:
            trio.ClosedResourceError: the stream was closed meanwhile.

        Cancellation: `step` is not called any more.
        """
        ...

    def be_patient(self, is_patient: bool) -> None:
        """Say that `step` may come some milliseconds later, together with others' (or no more)."""
        ...

    async def wait_writable(self) -> None:
        """Return when `send` would not block. Raises trio.ClosedResourceError."""
        ...

    def close(self) -> None:
        """Close at once; waits in progress raise trio.ClosedResourceError. Idempotent."""
        ...


class Poller:
    """Notices which of many sockets became readable, and serves some of them a turn.

    Events are edges, so nothing has to be said to wait for the next one.
    """

    def __init__(
        self,
        *,
        per_turn: int,
        pause_s: float,
        begin_look: Callable[[], None],
        end_look: Callable[[], None],
    ) -> None:
        """Make one that is not run yet.

        Args:
            per_turn: sockets served between two turns of the event loop.
            pause_s: rest between two looks while there are fewer.
            begin_look, end_look: called before and after each of these turns.
        """
        self._per_turn = per_turn
        self._pause_s = pause_s
        self._begin_look = begin_look
        self._end_look = end_look
        self._epoll = select.epoll()
        self._streams: dict[int, SocketStream] = {}

    def add(self, number: int, stream: "SocketStream") -> None:
        """Begin with a socket; what is there already is noticed, too."""
        self._streams[number] = stream
        if not self._epoll.closed:
            self._epoll.register(number, _READABLE)

    def remove(self, number: int) -> None:
        """Forget a socket that is still open."""
        del self._streams[number]
        if not self._epoll.closed:
            self._epoll.unregister(number)

    async def run(self) -> None:
        """Serve for ever.

        Cancellation: closes the epoll; no stream is served any more.
        """
        epoll, streams, per_turn = self._epoll, self._streams, self._per_turn
        try:
            while True:
                await trio.lowlevel.wait_readable(epoll)
                # Few, because between two turns others do what is more urgent.
                events = epoll.poll(0, per_turn)
                self._begin_look()
                for number, flags in events:
                    stream = streams.get(number)
                    if stream is not None:
                        stream.on_readable(is_ended=flags & _ENDED != 0)
                self._end_look()
                if self._pause_s and len(events) < per_turn:
                    await trio.sleep(self._pause_s)
        finally:
            epoll.close()


class Pollers:
    """Of the sockets of one listener: those that are served at once, and the patient ones."""

    def __init__(self, *, begin_look: Callable[[], None], end_look: Callable[[], None]) -> None:
        """Args: begin_look, end_look: called before and after several sockets are served."""
        self.prompt = Poller(
            per_turn=limits.CONNECTIONS_PER_TURN,
            pause_s=0,
            begin_look=begin_look,
            end_look=end_look,
        )
        self.patient = Poller(
            per_turn=limits.PATIENT_PER_TURN,
            pause_s=limits.PATIENT_PAUSE_S,
            begin_look=begin_look,
            end_look=end_look,
        )

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Serve until cancelled."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self.prompt.run)
            nursery.start_soon(self.patient.run)
            task_status.started()


class SocketStream:
    """ByteStream over a non-blocking TCP socket."""

    __slots__ = (
        "_is_ended", "_is_ready", "_number", "_parked", "_poller", "_pollers", "_socket", "_step",
        "peer", "recv_into",
    )  # fmt: skip

    def __init__(self, sock: socket.socket, peer: str, pollers: Pollers) -> None:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._socket = sock
        self._number = sock.fileno()
        self._pollers = pollers
        self._poller = pollers.prompt
        self._poller.add(self._number, self)
        self._step: Callable[[], bool] | None = None
        self._parked = trio.Event()
        self._is_ready = self._is_ended = False  # since `step` was called last
        self.peer = peer
        self.recv_into = sock.recv_into

    def send(self, buffers: Sequence[bytes | memoryview]) -> int:
        if len(buffers) == 1:
            return self._socket.send(buffers[0])
        return self._socket.sendmsg(buffers)

    async def serve_readable(self, step: Callable[[], bool]) -> None:
        assert self._step is None
        self._check_open()
        if self._is_ended:
            self._is_ready = self._is_ended = False
            return
        if self._is_ready:
            self._is_ready = False
            if not step():
                return
            self._check_open()
        self._parked = trio.Event()
        self._step = step
        try:
            await self._parked.wait()
        finally:
            self._step = None
        self._check_open()

    def on_readable(self, *, is_ended: bool) -> None:
        """Learn from the poller that there is something to receive."""
        step = self._step
        if step is None:
            self._is_ready = True
            self._is_ended = self._is_ended or is_ended
        elif is_ended or not step():
            # The end of a stream comes with its last data, and nothing tells of it again.
            self._step = None
            self._parked.set()

    def be_patient(self, is_patient: bool) -> None:
        poller = self._pollers.patient if is_patient else self._pollers.prompt
        if poller is not self._poller:
            self._poller.remove(self._number)
            self._poller = poller
            poller.add(self._number, self)

    async def wait_writable(self) -> None:
        await trio.lowlevel.wait_writable(self._socket)

    def close(self) -> None:
        if self._socket.fileno() >= 0:
            self._poller.remove(self._number)
            self._step = None
            self._parked.set()
            trio.lowlevel.notify_closing(self._socket)
            self._socket.close()

    def _check_open(self) -> None:
        if self._socket.fileno() < 0:
            raise trio.ClosedResourceError
