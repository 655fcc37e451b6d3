"""How a node ends: cleanly when asked, in bounded time whatever hangs, at once when asked twice."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import OFFSET_BEGINNING, OFFSET_END, Consumer, Producer, TopicPartition

from tests.harness import ROOT, NodeProcess, log_lines

STOP_S_MAX = 10
"""What an operator is promised."""

HANGING_DISK = """
import os, pathlib, sys, time
sys.path.insert(0, {root!r})
from wal import aio

def hang(function, *arguments):
    while pathlib.Path({flag!r}).exists():
        time.sleep(0.05)
    return function(*arguments)

def collect(engine):
    return [] if pathlib.Path({flag!r}).exists() else collected(engine)

collected, close, pwrite = aio.Aio._collect, aio.Aio.close, os.pwrite
aio.Aio._collect = collect
aio.Aio.close = lambda engine: hang(close, engine)
os.pwrite = lambda *arguments: hang(pwrite, *arguments)
from appliance import cli
sys.exit(cli.main(sys.argv[1:]))
"""
"""No write is found done any more, and to give the disk up waits for them, as the kernel does."""

REFUSING_METADATA = """
import sys
sys.path.insert(0, {root!r})
from appliance.metadata import Image, Rejected, commands
from appliance.protocol.errors import ErrorCode

def apply(image, command):
    if isinstance(command, commands.CommitObject):
        raise Rejected(ErrorCode.INVALID_REQUEST, "it does not continue")
    return applied(image, command)

applied, Image.apply = Image.apply, apply
from appliance import cli
sys.exit(cli.main(sys.argv[1:]))
"""
"""The metadata takes no object: it and the tail disagree, which is a defect of ours."""


def ended(node: NodeProcess, *signals: signal.Signals) -> int:
    """Send signals; return the exit code, which must come in time."""
    assert node.process is not None
    for number in signals:
        node.process.send_signal(number)
    return node.process.wait(timeout=STOP_S_MAX)


@contextlib.contextmanager
def silent_server() -> Iterator[str]:
    """An S3 endpoint that takes every connection and never answers."""
    taken: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(server.accept()[0])

        worker = threading.Thread(target=accept, daemon=True)
        worker.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        worker.join()
    for connection in taken:
        connection.close()


def hanging_s3(endpoint: str) -> dict[str, str]:
    """Settings of a node whose object store is that endpoint."""
    return {
        "PENSTOCK_OBJECT_STORE": "s3://bucket/prefix",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_idle_connections_and_parked_fetches_do_not_delay_a_stop(
    number: signal.Signals, tmp_path: Path
) -> None:
    """Nobody waits for a client that has nothing to say."""
    with NodeProcess(tmp_path) as node, contextlib.ExitStack() as stack:
        host, port = node.kafka.split(":")
        for _ in range(50):
            stack.enter_context(socket.create_connection((host, int(port))))
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        producer.produce("t", b"x")
        assert producer.flush(20) == 0
        consumer = Consumer(
            {"bootstrap.servers": node.kafka, "group.id": "-", "fetch.wait.max.ms": 60_000}
            | {"socket.timeout.ms": 70_000, "log_level": 0, "enable.auto.commit": False}
        )
        stack.callback(consumer.close)
        consumer.assign([TopicPartition("t", 0, OFFSET_END)])
        while node.metric('penstock_requests_total{api="Fetch"}') == 0:
            consumer.poll(0.05)

        assert ended(node, number) == 0


def test_a_stop_under_load_keeps_every_acknowledged_record(tmp_path: Path) -> None:
    """Invariant 1; the producer goes on after the restart, and nothing is there twice."""
    with NodeProcess(tmp_path) as node:
        acked: list[bytes] = []
        producer = Producer(
            {"bootstrap.servers": node.kafka, "enable.idempotence": True, "linger.ms": 1}
            | {"retry.backoff.max.ms": 100, "reconnect.backoff.max.ms": 100, "log_level": 0}
        )

        def send(numbers: range) -> None:
            for number in numbers:
                producer.produce(
                    "t",
                    b"%06d" % number + bytes(500),
                    on_delivery=lambda error, m: None if error else acked.append(m.value()[:6]),
                )
                producer.poll(0)

        send(range(5000))
        while not acked:
            producer.poll(0.01)
        sender = threading.Thread(target=send, args=(range(5000, 20000),))
        sender.start()
        code = ended(node, signal.SIGTERM)
        sender.join()
        node.start()
        assert producer.flush(60) == 0

        assert code == 0
        consumer = Consumer(
            {"bootstrap.servers": node.kafka, "group.id": "-", "enable.auto.commit": False}
        )
        consumer.assign([TopicPartition("t", 0, OFFSET_BEGINNING)])
        found: list[bytes] = []
        while len(found) < len(acked) and (some := consumer.consume(1000, 10)):
            found += [message.value()[:6] for message in some]
        consumer.close()
        assert found == sorted(set(acked))


def test_a_start_is_given_up_when_told_to_stop(tmp_path: Path) -> None:
    """Before it is ready, too; here it waits for an object store that never answers."""
    with silent_server() as endpoint:
        node = NodeProcess(tmp_path, env=hanging_s3(endpoint))
        try:
            node.start(wait=False)
            journal = tmp_path / "data" / "volume"
            while not journal.exists():
                assert node.process is not None
                assert node.process.poll() is None
                time.sleep(0.01)

            assert ended(node, signal.SIGTERM) == 0
            lines = log_lines(node)
            assert [line["message"] for line in lines] == ["starting", "stopping", "stopped"]
        finally:
            node.close()


def test_a_signal_at_any_moment_of_the_start_harms_nothing(tmp_path: Path) -> None:
    """Ended by the signal itself before anything was touched, cleanly from then on."""
    node = NodeProcess(tmp_path, env={"PENSTOCK_VOLUME_SIZE": "16MiB"})
    try:
        for delay_ms in range(0, 600, 60):
            node.start(wait=False)
            time.sleep(delay_ms / 1000)

            assert ended(node, signal.SIGTERM) in (0, -signal.SIGTERM)
        node.start()
        assert {line["level"] for line in log_lines(node)} == {"info"}
        assert ended(node, signal.SIGTERM) == 0
    finally:
        node.close()


@pytest.mark.slow
def test_an_object_store_that_never_answers_delays_neither_start_nor_stop(tmp_path: Path) -> None:
    """It is away, as one that refuses connections; a call that hangs is left to itself."""
    with silent_server() as endpoint, NodeProcess(tmp_path, env=hanging_s3(endpoint)) as node:
        assert "no answer in 5 s" in node.log_path.read_text()
        while node.metric("penstock_store_calls_total") == 0:  # The listing hangs in a thread.
            time.sleep(0.05)

        assert ended(node, signal.SIGTERM) == 0


@pytest.fixture
def stuck(tmp_path: Path) -> Iterator[NodeProcess]:
    """A node whose disk has stopped answering, with a write on its way."""
    flag = tmp_path / "hang"
    program = tmp_path / "program.py"
    program.write_text(HANGING_DISK.format(root=str(ROOT), flag=str(flag)))
    node = NodeProcess(tmp_path, command=[sys.executable, str(program)])
    try:
        node.start()
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        producer.produce("t", b"first")
        assert producer.flush(20) == 0
        flag.touch()
        producer.produce("t", b"second")
        while node.metric("penstock_wal_pending_bytes") == 0:
            producer.poll(0.05)
        yield node
    finally:
        node.close()


@pytest.mark.slow
def test_a_disk_that_hangs_does_not_keep_a_stop_from_ending(stuck: NodeProcess) -> None:
    """What was not acknowledged may be lost; what was is there, and the next start finds it."""
    assert ended(stuck, signal.SIGTERM) == 0
    assert "not everything could be closed in time" in stuck.log_path.read_text()


@pytest.mark.slow
def test_a_disk_that_hangs_makes_a_node_not_ready(stuck: NodeProcess) -> None:
    """Nobody should send it records; the log says why, too."""
    while stuck.get("/ready")[0] == 200:
        time.sleep(0.1)
    assert "has not answered a write for" in stuck.get("/ready")[1]
    assert stuck.metric("penstock_ready") == 0
    while "the WAL volume does not answer" not in stuck.log_path.read_text():
        time.sleep(0.1)


def test_a_second_interrupt_ends_it_at_once(stuck: NodeProcess) -> None:
    """Also where a clean stop would hang."""
    assert stuck.process is not None
    stuck.process.send_signal(signal.SIGINT)
    # Two at once would be one.
    while "stopping" not in [line["message"] for line in log_lines(stuck)]:
        assert stuck.process.poll() is None
        time.sleep(0.01)

    assert ended(stuck, signal.SIGINT) == 130  # A clean stop's is 0.


def test_a_node_whose_object_is_refused_ends_in_one_line(tmp_path: Path) -> None:
    """Exit code 1, for a supervisor to start it again; no traceback for the operator."""
    command = [sys.executable, "-c", REFUSING_METADATA.format(root=str(ROOT))]
    node = NodeProcess(tmp_path, command=command, env={"PENSTOCK_UPLOAD_TRIGGER_MS": "10"})
    with node:
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        producer.produce("t", b"x")
        producer.flush(20)
        assert node.process is not None
        assert node.process.wait(timeout=STOP_S_MAX) == 1

    line = node.log_path.read_text().splitlines()[-1]
    assert line.startswith("penstock: the metadata refused object ")
    assert "nothing is lost" in line
