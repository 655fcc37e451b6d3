"""Idempotent producers of real clients across kill -9 of the node."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic

from tests.conformance.clients import Confluent
from tests.harness import NodeProcess

RESTARTS = 2
PARTITIONS = 3
IN_FLIGHT_MAX = 300


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.005)


@pytest.mark.parametrize("trigger_ms", ["100", "300000"])
def test_idempotent_producer_across_kills_stores_each_record_once(
    tmp_path: Path, trigger_ms: str
) -> None:
    """Nothing lost, doubled or out of order, with the tail on the volume or in objects."""
    node = NodeProcess(tmp_path, env={"PENSTOCK_UPLOAD_TRIGGER_MS": trigger_ms}).start()
    acked: list[bytes] = []
    errors: list[object] = []
    done = threading.Event()
    sent = [0] * PARTITIONS

    def on_delivery(error: object, message: object) -> None:
        if error is not None:
            errors.append(error)
        else:
            acked.append(message.value())  # type: ignore[attr-defined]

    def produce() -> None:
        producer = Producer(
            {
                "bootstrap.servers": node.kafka,
                "enable.idempotence": True,
                "linger.ms": 1,
                "batch.num.messages": 20,
                "reconnect.backoff.max.ms": 200,
                "retry.backoff.max.ms": 200,
                "log_level": 0,
            }
        )
        while not done.is_set():
            for partition in range(PARTITIONS):
                value = b"%d-%d" % (partition, sent[partition])
                producer.produce("t", value, partition=partition, on_delivery=on_delivery)
                sent[partition] += 1
            producer.poll(0)
            while sum(sent) - len(acked) > IN_FLIGHT_MAX and not done.is_set():
                producer.poll(0.01)
        assert producer.flush(60) == 0

    try:
        admin = AdminClient({"bootstrap.servers": node.kafka})
        admin.create_topics([NewTopic("t", PARTITIONS, 1)])["t"].result(10)
        thread = threading.Thread(target=produce)
        thread.start()
        for number in range(RESTARTS):
            before = len(acked)
            until(lambda before=before: len(acked) >= before + 300, f"no acks in round {number}")
            node.kill()
            node.start()
        before = len(acked)
        until(lambda: len(acked) >= before + 300, "no acks after the last restart")
        done.set()
        thread.join()
        assert errors == []
        assert len(acked) == sum(sent)
        for partition in range(PARTITIONS):
            found = Confluent().consume(node.kafka, "t", sent[partition], partition=partition)
            values = [read.record.value for read in found]
            assert values == [b"%d-%d" % (partition, n) for n in range(sent[partition])]
            assert [read.offset for read in found] == list(range(sent[partition]))
    finally:
        done.set()
        node.close()
