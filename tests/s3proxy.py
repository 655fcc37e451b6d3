"""A proxy in front of an S3 server that answers badly, by seed or by order of the test.

**Fault model**, per request: passed on; refused with 503 SlowDown or 429 without being passed on;
delayed; carried out while its answer is lost or held for ever; cut in the middle of its body, or of
its answer's; never answered; answered with a given error. The whole service may be away: then
connections are refused. A request may be carried out for a client that is gone by then.

Each request has a connection of its own to the server, as "Connection: close" tells both sides.
"""

from __future__ import annotations

import collections
import contextlib
import random
import re
import socket
import struct
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from tests.ports import keep_port

_HEAD_BYTES_MAX = 64 << 10
_PIECE_BYTES = 256 << 10


class Fault(Enum):
    """What may happen to a request."""

    NONE = "passed"
    UNAVAILABLE = "503"
    THROTTLED = "429"
    DELAYED = "delayed"
    ANSWER_LOST = "answer lost"
    REQUEST_CUT = "request cut"
    ANSWER_CUT = "answer cut"
    HELD = "carried out, answer held"
    SILENT = "never answered"
    REFUSED = "given answer"


RANDOM_FAULTS = (
    Fault.UNAVAILABLE,
    Fault.THROTTLED,
    Fault.DELAYED,
    Fault.ANSWER_LOST,
    Fault.REQUEST_CUT,
    Fault.ANSWER_CUT,
)


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; `fault` is what was done to it."""

    method: str
    path: str
    fault: Fault


@dataclass(slots=True)
class _Message:
    head: bytes
    body: bytes
    is_whole: bool


@dataclass(slots=True)
class Proxy:
    """Listens on an ephemeral port from `start` on; everything may be changed while it runs.

    Attributes:
        server: address of the S3 server.
        seed: of the random faults; request number n meets the same fault in every run.
        share: of requests that meet a random fault.
        delay_s_max: of delayed requests.
        answer: (status, S3 error code) for Fault.REFUSED.
        always: fault of every request, if any.
        requests: what came, oldest first.
    """

    server: tuple[str, int]
    seed: int = 0
    share: float = 0.0
    delay_s_max: float = 0.3
    answer: tuple[int, str] = (403, "AccessDenied")
    always: Fault | None = None
    requests: list[Request] = field(default_factory=list)
    _keeper: socket.socket = field(default_factory=keep_port)
    _listening: socket.socket | None = None
    _open: set[socket.socket] = field(default_factory=set)
    _deck: list[Fault] = field(default_factory=list)
    _planned: dict[str, collections.deque[Fault]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _count: int = 0

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._keeper.getsockname()[1]}"

    def start(self) -> Proxy:
        self.come_back()
        return self

    def plan(self, method: str, faults: Iterable[Fault]) -> None:
        """Give the next requests of a method these faults, one each."""
        with self._lock:
            self._planned.setdefault(method, collections.deque()).extend(faults)

    def is_planned(self, method: str) -> bool:
        """Whether planned faults of a method have not met a request yet."""
        with self._lock:
            return bool(self._planned.get(method))

    def count(self, fault: Fault) -> int:
        """Return how many requests met a fault."""
        return sum(request.fault is fault for request in list(self.requests))

    def clear(self) -> None:
        """End all faults; held requests are cut."""
        with self._lock:
            self.share = 0.0
            self.always = None
            self._planned.clear()
        self._reset()
        self.come_back()

    def go_away(self) -> None:
        """Refuse connections and reset those that are open."""
        listening, self._listening = self._listening, None
        if listening is not None:
            # Wakes the thread in accept(), which `close` alone does not.
            with contextlib.suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
        self._reset()

    def come_back(self) -> None:
        """Accept connections again, on the same port."""
        if self._listening is not None:
            return
        listening = socket.create_server(self._keeper.getsockname(), backlog=128)
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def close(self) -> None:
        self.go_away()
        self._keeper.close()

    def __enter__(self) -> Proxy:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _reset(self) -> None:
        with self._lock:
            victims = list(self._open)
        for victim in victims:
            _abort(victim)

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            if self._listening is not listening:
                client.close()
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    @contextlib.contextmanager
    def _registered(self, sock: socket.socket) -> Iterator[socket.socket]:
        with self._lock:
            self._open.add(sock)
        try:
            yield sock
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()

    def _serve(self, client: socket.socket) -> None:
        with self._registered(client), contextlib.suppress(OSError):
            head = _read_head(client)
            if not head:
                return
            fault, rng = self._choose(head)
            self._answer(client, head, fault, rng)

    def _choose(self, head: bytes) -> tuple[Fault, random.Random]:
        method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        with self._lock:
            number = self._count
            self._count += 1
            rng = random.Random(f"{self.seed}:{number}")
            fault = Fault.NONE
            if rng.random() < self.share:
                fault = self._deal(rng)
            if self.always is not None:
                fault = self.always
            planned = self._planned.get(method)
            if planned:
                fault = planned.popleft()
            self.requests.append(Request(method, path, fault))
        return fault, rng

    def _deal(self, rng: random.Random) -> Fault:
        """Return a random fault; each kind comes once before any comes again."""
        if not self._deck:
            self._deck.extend(rng.sample(RANDOM_FAULTS, len(RANDOM_FAULTS)))
        return self._deck.pop()

    def _answer(self, client: socket.socket, head: bytes, fault: Fault, rng: random.Random) -> None:
        match fault:
            case Fault.SILENT:
                _wait_closed(client)
                return
            case Fault.UNAVAILABLE:
                _read_body(client, head)
                _send_error(client, 503, "SlowDown")
                return
            case Fault.THROTTLED:
                _read_body(client, head)
                _send_error(client, 429, "TooManyRequests")
                return
            case Fault.REFUSED:
                _read_body(client, head)
                _send_error(client, *self.answer)
                return
            case Fault.REQUEST_CUT:
                self._cut_request(client, head)
                return
            case Fault.DELAYED:
                time.sleep(rng.uniform(0, self.delay_s_max))
            case _:
                pass
        body = _read_body(client, head)
        with self._registered(socket.create_connection(self.server)) as upstream:
            upstream.sendall(_closing(head) + body)
            answer = _read_answer(upstream, is_head=head.startswith(b"HEAD "))
        match fault:
            case Fault.HELD:
                _wait_closed(client)
            case Fault.ANSWER_LOST:
                _abort(client)
            case Fault.ANSWER_CUT:
                whole = answer.head + answer.body
                client.sendall(whole[: len(answer.head) + len(answer.body) // 2 - 1])
                _abort(client)
            case _:
                client.sendall(answer.head + answer.body)
                if not answer.is_whole:
                    _abort(client)

    def _cut_request(self, client: socket.socket, head: bytes) -> None:
        """Pass half of the body on, then break both connections."""
        body = _read_body(client, head)
        with self._registered(socket.create_connection(self.server)) as upstream:
            upstream.sendall(_closing(head) + body[: len(body) // 2])
            _abort(upstream)
        _abort(client)


def _read_head(sock: socket.socket) -> bytes:
    """Return a message's head and take nothing of its body; b"" at the end of the connection."""
    while True:
        seen = sock.recv(_HEAD_BYTES_MAX, socket.MSG_PEEK)
        end = seen.find(b"\r\n\r\n")
        if end >= 0:
            return _exactly(sock, end + 4)
        if not seen or len(seen) >= _HEAD_BYTES_MAX:
            return b""
        # A peek does not wait for more than is there.
        time.sleep(0.001)


def _exactly(sock: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        piece = sock.recv(min(size - len(data), _PIECE_BYTES))
        if not piece:
            raise ConnectionError("the peer is gone")
        data += piece
    return bytes(data)


def _length(head: bytes) -> int | None:
    match = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    return int(match[1]) if match else None


def _read_body(client: socket.socket, head: bytes) -> bytes:
    assert b"transfer-encoding" not in head.lower(), "the client sends bodies of known length"
    return _exactly(client, _length(head) or 0)


def _closing(head: bytes) -> bytes:
    """Return the head with "Connection: close", so that the end of the answer is the end of it."""
    head = re.sub(rb"\r\nconnection:[^\r]*", b"", head, flags=re.IGNORECASE)
    return head[:-2] + b"Connection: close\r\n\r\n"


def _read_answer(upstream: socket.socket, *, is_head: bool) -> _Message:
    head = _read_head(upstream)
    length = 0 if is_head else _length(head)
    body = bytearray()
    while length is None or len(body) < length:
        piece = upstream.recv(_PIECE_BYTES)
        if not piece:
            break
        body += piece
    return _Message(_closing(head), bytes(body), is_whole=length is None or len(body) == length)


def _send_error(client: socket.socket, status: int, code: str) -> None:
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>by order of the test</Message></Error>"
    ).encode()
    head = (
        f"HTTP/1.1 {status} {code}\r\nContent-Type: application/xml\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    client.sendall(head.encode() + body)


def _wait_closed(client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while client.recv(_PIECE_BYTES):
            pass


def _abort(sock: socket.socket) -> None:
    """Close with a reset; also ends what another thread does with the socket."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        sock.shutdown(socket.SHUT_RDWR)
