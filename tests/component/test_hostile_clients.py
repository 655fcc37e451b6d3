"""Clients that waste what is not theirs: only their own connection notices."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import Producer

from tests.harness import NodeProcess, log_lines

QUEUED_BYTES = 64 << 20
MEMORY_SLACK_BYTES = 64 << 20
"""What fragmentation and the node's own work may add to what the settings bound."""

WAIT_S_MAX = 20


@pytest.fixture
def node(tmp_path: Path) -> Iterator[NodeProcess]:
    env = {
        "PENSTOCK_SOCKET_REQUEST_MAX_BYTES": "32MiB",
        "PENSTOCK_QUEUED_MAX_REQUEST_BYTES": str(QUEUED_BYTES),
        "PENSTOCK_TAIL_CACHE_BYTES": "64MiB",
    }
    with NodeProcess(tmp_path, env=env) as node:
        yield node


def connect(node: NodeProcess) -> socket.socket:
    host, port = node.kafka.split(":")
    return socket.create_connection((host, int(port)), timeout=WAIT_S_MAX)


def header(key: int, version: int, *, body: bytes = b"", client: bytes = b"hostile") -> bytes:
    """Return a framed request with a version 1 header."""
    request = struct.pack(">hhih", key, version, 7, len(client)) + client + body
    return struct.pack(">i", len(request)) + request


def is_closed(connection: socket.socket) -> bool:
    """Wait until the node closes; whatever it still sends is read and dropped."""
    try:
        while connection.recv(65536):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    return True


def served(node: NodeProcess) -> bool:
    """Whether an honest producer is."""
    acked: list[object] = []
    producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
    producer.produce("honest", b"x" * 1000, on_delivery=lambda error, _: acked.append(error))
    return producer.flush(WAIT_S_MAX) == 0 and acked == [None]


def memory_bytes(node: NodeProcess) -> int:
    assert node.process is not None
    resident = Path(f"/proc/{node.process.pid}/statm").read_text().split()[1]
    return int(resident) * os.sysconf("SC_PAGESIZE")


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        struct.pack(">i", 2**31 - 1),
        struct.pack(">i", -1),
        struct.pack(">i", -(2**31)) + bytes(100),
        struct.pack(">i", 0),
        struct.pack(">i", 3) + b"abc",
        header(9999, 0),
        header(-1, 0),
        header(0, 99),
        header(3, 12, body=b"\xff" * 40),
        header(1, 4, body=b"\x7f" * 40),
    ],
)
def test_bytes_that_no_client_sends_close_the_connection_with_one_line(
    sent: bytes, node: NodeProcess
) -> None:
    """Garbage, impossible lengths, unknown keys: logged once, at a level that wakes nobody."""
    with connect(node) as connection:
        connection.sendall(sent)
        assert is_closed(connection)

    assert served(node)
    lines = [line for line in log_lines(node) if "broke the protocol" in str(line["message"])]
    assert [line["level"] for line in lines] == ["info"]
    assert node.metric("penstock_protocol_errors_total") == 1
    assert node.metric("penstock_handler_errors_total") == 0


def test_a_truncated_request_is_dropped_when_its_client_leaves(node: NodeProcess) -> None:
    """Half a request is nothing, and nothing to log."""
    while log_lines(node)[-1]["message"] != "ready":
        time.sleep(0.01)  # The node says so before its log does.
    before = len(log_lines(node))
    for cut in (1, 3, 4, 10, 20):
        with connect(node) as connection:
            connection.sendall(header(3, 12, body=bytes(100))[:cut])

    assert served(node)
    assert len(log_lines(node)) == before


def test_many_claims_of_large_requests_cost_what_was_sent(node: NodeProcess) -> None:
    """A length is a promise: memory is given for bytes, and within queued.max.request.bytes."""
    before = memory_bytes(node)
    with contextlib.ExitStack() as stack:
        claims = [stack.enter_context(connect(node)) for _ in range(200)]
        for connection in claims:
            connection.sendall(struct.pack(">i", 32 << 20) + bytes(10))
        for _ in range(3):
            for connection in claims:
                with contextlib.suppress(ConnectionError):  # It may have been closed for its claim.
                    connection.sendall(b"x")
            assert served(node)

        assert memory_bytes(node) - before < QUEUED_BYTES + MEMORY_SLACK_BYTES


def test_a_client_that_never_reads_is_read_no_further(node: NodeProcess) -> None:
    """Its answers fill its own bound; then its requests stay in its own socket."""
    with connect(node) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        before = memory_bytes(node)
        request = header(3, 0, body=struct.pack(">i", 0)) * 1000
        connection.settimeout(5)
        sent = 0
        with contextlib.suppress(TimeoutError):
            while sent < 64 << 20:
                sent += connection.send(request)

        assert sent < 64 << 20
        assert served(node)
        assert memory_bytes(node) - before < MEMORY_SLACK_BYTES


def test_connections_beyond_the_bound_are_closed_and_counted(tmp_path: Path) -> None:
    """max.connections: whoever comes later is told so by the close, the others go on."""
    with NodeProcess(tmp_path, env={"PENSTOCK_MAX_CONNECTIONS": "20"}) as node:
        with contextlib.ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(connect(node))
            while node.metric("penstock_connections ") < 20:
                time.sleep(0.02)
            late = stack.enter_context(connect(node))

            assert is_closed(late)
            assert node.metric("penstock_connections_refused_total") == 1
        assert served(node)


def test_idle_and_stalled_connections_are_closed_in_time(tmp_path: Path) -> None:
    """connections.max.idle.ms: silence, also in the middle of a request."""
    with NodeProcess(tmp_path, env={"PENSTOCK_CONNECTIONS_MAX_IDLE_MS": "1000"}) as node:
        with connect(node) as silent, connect(node) as stalled:
            stalled.sendall(struct.pack(">i", 1000) + b"some")

            assert is_closed(silent)
            assert is_closed(stalled)
        assert served(node)
