"""The log of a node: it ends nobody, stops nobody, fills no disk, and tells what operators ask."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import Producer

from tests.harness import ROOT, NodeProcess, log_lines

WAIT_S_MAX = 20
API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 7, -1)
SMALL = {"PENSTOCK_VOLUME_SIZE": "16MiB"}


def connect(node: NodeProcess) -> socket.socket:
    return socket.create_connection(("127.0.0.1", node.port), timeout=WAIT_S_MAX)


def send_garbage(node: NodeProcess, count: int) -> None:
    """Break the protocol on so many connections; each is closed by the node."""
    for _ in range(count):
        with connect(node) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            with contextlib.suppress(ConnectionError):
                assert connection.recv(10) == b""


def is_served(node: NodeProcess) -> bool:
    with connect(node) as connection:
        connection.sendall(API_VERSIONS)
        return len(connection.recv(100)) > 8


def messages(node: NodeProcess) -> list[str]:
    return [str(line["message"]) for line in log_lines(node)]


def wait_message(node: NodeProcess, start: str) -> dict[str, object]:
    """Return the first line whose message begins so."""
    deadline = time.monotonic() + WAIT_S_MAX
    while time.monotonic() < deadline:
        for line in log_lines(node):
            if str(line["message"]).startswith(start):
                return line
        time.sleep(0.02)
    raise AssertionError(f"no line {start!r} in {messages(node)}")


@contextlib.contextmanager
def running(node: NodeProcess) -> Iterator[NodeProcess]:
    try:
        yield node.start()
    finally:
        node.close()


def test_a_log_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    """A full disk behind standard error; the lines that are lost are counted."""
    full = os.open("/dev/full", os.O_WRONLY)
    with running(NodeProcess(tmp_path, env=SMALL, stderr=full)) as node:
        os.close(full)
        send_garbage(node, 3)

        assert is_served(node)
        assert node.metric("penstock_log_lines_lost_total") >= 3
        assert node.stop() == 0


def test_a_log_whose_reader_is_gone_ends_nothing(tmp_path: Path) -> None:
    """EPIPE."""
    ours, theirs = os.pipe()
    with running(NodeProcess(tmp_path, env=SMALL, stderr=theirs)) as node:
        os.close(theirs)
        os.close(ours)
        send_garbage(node, 3)

        assert is_served(node)
        assert node.stop() == 0


@pytest.mark.slow
def test_a_log_that_nobody_reads_stops_nothing(tmp_path: Path) -> None:
    """A pipe that is full from the first line on: the node serves, and stops when it is told to."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(theirs, bytes(4096))
    os.set_blocking(theirs, True)
    env = SMALL | {"PENSTOCK_LOG_LEVEL": "debug"}
    with running(NodeProcess(tmp_path, env=env, stderr=theirs)) as node:
        send_garbage(node, 2000)

        assert is_served(node)
        assert node.stop() == 0
    for end in (ours, theirs):
        os.close(end)


def test_an_error_of_the_start_ends_the_process_whoever_reads_it(tmp_path: Path) -> None:
    """Exit code 2 on a full disk and on a pipe that is full; the line itself where it is read."""
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(theirs, bytes(4096))
    os.set_blocking(theirs, True)
    command = [sys.executable, "-m", "appliance", "start", "--data", str(tmp_path / "d")]
    command += ["--kafka", "127.0.0.1:0", "--admin", "192.0.2.1:1"]
    with open("/dev/full", "wb") as full:
        for number in (full.fileno(), theirs):
            done = subprocess.run(command, cwd=ROOT, stderr=number, check=False, timeout=60)
            assert done.returncode == 2
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=60)

    assert shown.returncode == 2
    assert shown.stderr.splitlines()[-1].startswith(b"penstock: cannot listen on 192.0.2.1:1")
    for end in (ours, theirs):
        os.close(end)


@pytest.mark.parametrize("closed", ["2>&-", "0<&- 1>&- 2>&-"])
def test_a_node_whose_standard_files_are_closed_serves(closed: str, tmp_path: Path) -> None:
    """Neither its volume nor a client gets what it prints."""
    command = ["sh", "-c", f'exec "$0" -m appliance "$@" {closed}', sys.executable]
    node = NodeProcess(tmp_path, command=command, env=SMALL)
    try:
        node.start(wait=False)
        deadline = time.monotonic() + WAIT_S_MAX
        while True:
            try:
                send_garbage(node, 1)
                break
            except ConnectionError:
                assert time.monotonic() < deadline
                time.sleep(0.05)

        assert is_served(node)
        assert node.process is not None
        files = Path(f"/proc/{node.process.pid}/fd")
        assert {os.readlink(files / str(number)) for number in (2,)} == {"/dev/null"}
        assert node.stop() == 0
    finally:
        node.close()


def test_what_a_client_repeats_is_logged_so_often_and_then_counted(tmp_path: Path) -> None:
    """A client decides what it sends, not how long the log gets; the end tells the rest."""
    with running(NodeProcess(tmp_path, env=SMALL)) as node:
        send_garbage(node, 100)
        assert node.stop() == 0

    lines = log_lines(node)
    broken = [line for line in lines if "broke the protocol" in str(line["message"])]
    (more,) = [line for line in lines if line["message"] == "and more of the same"]
    assert (len(broken), more["more"], more["level"]) == (10, 90, "info")


def test_the_log_tells_of_the_start_and_of_the_stop(tmp_path: Path) -> None:
    """Who, where, what was recovered, why it ended; nothing else happened."""
    with running(
        NodeProcess(tmp_path, env=SMALL | {"PENSTOCK_UPLOAD_TRIGGER_MS": "60000"})
    ) as node:
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        producer.produce("t", bytes(5000))
        assert producer.flush(WAIT_S_MAX) == 0
        node.kill()
        node.log_path.unlink()
        node.start()
        assert node.stop() == 0

    lines = {str(line["message"]): line for line in log_lines(node)}
    assert list(lines) == [
        "starting",
        "settings of this start",
        "recovered what the runs before left on the WAL volume",
        "ready",
        "stopping",
        "answered what was under way",
        "stopped",
    ]
    recovered = lines["recovered what the runs before left on the WAL volume"]
    assert (recovered["logs"], recovered["unsaved_batches"]) == (1, 1)
    assert lines["stopping"]["signal"] == "SIGTERM"
    assert {line["level"] for line in lines.values()} == {"info"}


def test_debug_tells_of_connections_uploads_and_extents(tmp_path: Path) -> None:
    """What is going on, for who looks closely."""
    env = {"PENSTOCK_LOG_LEVEL": "debug", "PENSTOCK_UPLOAD_TRIGGER_MS": "50"}
    with running(NodeProcess(tmp_path, env=SMALL | env)) as node:
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        producer.produce("t", bytes(5000))
        assert producer.flush(WAIT_S_MAX) == 0

        upload = wait_message(node, "uploaded and committed an object")
        assert (upload["level"], upload["partitions"]) == ("debug", 1)
        assert wait_message(node, "extents for the WAL")["level"] == "debug"
        assert wait_message(node, "a client has connected")["level"] == "debug"


def test_debug_tells_of_a_request_that_is_cut_off(tmp_path: Path) -> None:
    """Every client that is killed may leave one: no line for operators."""
    with running(NodeProcess(tmp_path, env=SMALL | {"PENSTOCK_LOG_LEVEL": "debug"})) as node:
        with connect(node) as connection:
            connection.sendall(API_VERSIONS[:7])

        line = wait_message(node, "a client left in the middle of a request")
        assert (line["level"], line["received_bytes"]) == ("debug", 7)
        wait_message(node, "a client's connection is closed")


def test_a_client_that_never_reads_is_named_when_it_is_closed(tmp_path: Path) -> None:
    """Somebody's program hangs; an idle one is closed without a word."""
    env = SMALL | {"PENSTOCK_CONNECTIONS_MAX_IDLE_MS": "1000"}
    with running(NodeProcess(tmp_path, env=env)) as node, connect(node) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with connect(node) as idle, contextlib.suppress(OSError):
            while True:
                connection.sendall(API_VERSIONS * 1000)
        line = wait_message(node, "closed a connection that took no answers")

        assert line["level"] == "info"
        assert "closed an idle connection" not in messages(node)
        del idle


def test_a_client_with_sasl_is_told_of_in_plain_words(tmp_path: Path) -> None:
    """As those with TLS or HTTP."""
    with running(NodeProcess(tmp_path, env=SMALL)) as node:
        with connect(node) as connection:
            connection.sendall(struct.pack(">ihhih", 17, 17, 1, 7, -1) + b"\0\5PLAIN")
            assert connection.recv(10) == b""

        assert "SASL" in str(wait_message(node, "closed a connection that broke")["reason"])


@pytest.mark.parametrize(
    "sent", [struct.pack(">i", 3) + b"abc", struct.pack(">ihhih", 11, 3, 9, 7, 1) + b"\xff"]
)
def test_a_reason_has_no_words_of_python(sent: bytes, tmp_path: Path) -> None:
    """Whoever reads it knows Kafka, not our code."""
    with running(NodeProcess(tmp_path, env=SMALL)) as node:
        with connect(node) as connection:
            connection.sendall(sent)
            assert connection.recv(10) == b""

        reason = str(wait_message(node, "closed a connection that broke")["reason"])
        assert reason.startswith("bad request header: ")
        for word in ("unpack", "buffer", "codec", "decode", "index"):
            assert word not in reason


def test_a_low_limit_of_open_files_bounds_the_connections(tmp_path: Path) -> None:
    """One client cannot take what uploads and the admin page need; it is refused with one line."""
    command = ["sh", "-c", 'ulimit -n 80 && exec "$0" -m appliance "$@"', sys.executable]
    env = SMALL | {"PENSTOCK_UPLOAD_TRIGGER_MS": "50"}
    with running(NodeProcess(tmp_path, command=command, env=env)) as node:
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        producer.produce("t", bytes(5000))
        assert producer.flush(WAIT_S_MAX) == 0
        with contextlib.ExitStack() as stack:
            for _ in range(120):
                stack.enter_context(connect(node))
            producer.produce("t", bytes(5000))
            assert producer.flush(WAIT_S_MAX) == 0
            uploads = node.metric("penstock_uploads_total")
            producer.produce("t", bytes(5000))
            assert producer.flush(WAIT_S_MAX) == 0
            while node.metric("penstock_uploads_total") <= uploads:
                time.sleep(0.02)

            assert node.get("/ready") == (200, "ok\n")
        lines = [x for x in log_lines(node) if x["level"] != "info"]
        assert [line["message"] for line in lines] == [
            "refused a connection: there are as many as may be"
        ]
        assert lines[0]["bound_by"] == "open files"
        while node.metric("penstock_connections ") > 10:
            time.sleep(0.02)
        assert is_served(node)


def test_the_soft_limit_of_open_files_is_raised_to_the_hard_one(tmp_path: Path) -> None:
    """Many systems give 1,024 to start with."""
    command = ["sh", "-c", 'ulimit -S -n 100 && exec "$0" -m appliance "$@"', sys.executable]
    with running(NodeProcess(tmp_path, command=command, env=SMALL)) as node:
        assert node.process is not None
        limits = Path(f"/proc/{node.process.pid}/limits").read_text()
        (line,) = [line for line in limits.splitlines() if line.startswith("Max open files")]

        assert line.split()[3] == line.split()[4]


HEARING_HANG_UPS = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, "-m", "appliance", *sys.argv[1:]])
"""


def test_a_hang_up_stops_a_node_as_sigterm_does(tmp_path: Path) -> None:
    """The terminal was closed: what is under way is answered; under `nohup` it goes on."""
    # Whoever runs the tests may ignore it, and what is ignored is inherited.
    command = [sys.executable, "-c", HEARING_HANG_UPS]
    with running(NodeProcess(tmp_path / "a", command=command, env=SMALL)) as node:
        assert node.process is not None
        node.process.send_signal(signal.SIGHUP)
        assert node.process.wait(timeout=WAIT_S_MAX) == 0
    assert wait_message(node, "stopping")["signal"] == "SIGHUP"

    command = ["nohup", sys.executable, "-m", "appliance"]
    with running(NodeProcess(tmp_path / "b", command=command, env=SMALL)) as node:
        assert node.process is not None
        node.process.send_signal(signal.SIGHUP)
        assert is_served(node)
        assert node.stop() == 0
    assert wait_message(node, "stopping")["signal"] == "SIGTERM"
