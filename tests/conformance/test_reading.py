"""Reads of one partition across the tail cache, the volume and objects, with real clients."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from tests.conformance.clients import Aiokafka, Client, Confluent, KafkaPython, Read, Record
from tests.harness import NodeProcess

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

RECORD_BYTES = 100_000
TRIGGER_BYTES = 16 << 20
CACHE_BYTES = 8 << 20


@pytest.fixture
def node(tmp_path: Path) -> Iterator[NodeProcess]:
    env = {
        "PENSTOCK_VOLUME_SIZE": "128MiB",
        "PENSTOCK_UPLOAD_TRIGGER_BYTES": str(TRIGGER_BYTES),
        "PENSTOCK_TAIL_CACHE_BYTES": str(CACHE_BYTES),
        "PENSTOCK_SOCKET_REQUEST_MAX_BYTES": "4MiB",
        "PENSTOCK_BLOCK_CACHE_BYTES": str(32 << 20),
    }
    with NodeProcess(tmp_path, env=env) as running:
        admin = AdminClient({"bootstrap.servers": running.kafka})
        admin.create_topics([NewTopic("t", 1, 1)])["t"].result(10)
        yield running


def values(first: int, count: int) -> list[Record]:
    """Records that say their number and do not compress."""
    return [
        Record(b"%08d" % number, random.Random(number).randbytes(RECORD_BYTES))
        for number in range(first, first + count)
    ]


def produce_in_objects(node: NodeProcess, first: int) -> list[Record]:
    """Produce more than an upload takes, and return when objects hold it."""
    records = values(first, TRIGGER_BYTES // RECORD_BYTES + 10)
    before = node.metric("penstock_uploads_total")
    Confluent().produce(node.kafka, "t", records)
    deadline = time.monotonic() + 30
    while node.metric("penstock_uploads_total") == before or is_uploading(node):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return records


def is_uploading(node: NodeProcess) -> bool:
    return node.metric("penstock_wal_unsaved_bytes") >= TRIGGER_BYTES


def read_bytes(node: NodeProcess) -> dict[str, float]:
    return {
        source: node.metric(f'penstock_read_bytes_total{{source="{source}"}}')
        for source in ("tail", "volume", "objects")
    }


def growth(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {source: after[source] - before[source] for source in before}


def assert_once_and_in_order(found: Sequence[Read], sent: Sequence[Record]) -> None:
    assert [read.offset for read in found] == list(range(len(sent)))
    for read, record in zip(found, sent, strict=True):
        assert read.record == record


def test_readers_from_the_start_while_producers_run_see_every_record_once(
    node: NodeProcess,
) -> None:
    """Objects, volume and tail join without gap, doubling or inversion, for every library."""
    sent = produce_in_objects(node, 0)
    # Less than an upload takes, more than the cache holds: the first of it is on the volume only.
    unsaved = values(len(sent), (CACHE_BYTES + (4 << 20)) // RECORD_BYTES)
    Confluent().produce(node.kafka, "t", unsaved)
    sent += unsaved
    before = read_bytes(node)
    small = Confluent(fetch_message_max_bytes=1 << 20)
    assert_once_and_in_order(small.consume(node.kafka, "t", len(sent)), sent)
    after_first = growth(before, read_bytes(node))
    assert min(after_first.values()) > 0, after_first

    more = values(len(sent), 2 * TRIGGER_BYTES // RECORD_BYTES)
    sent += more
    found: dict[str, list[Read]] = {}

    def read(client: Client) -> None:
        found[client.name] = client.consume(node.kafka, "t", len(sent))

    clients: list[Client] = [Confluent(), KafkaPython(), Aiokafka()]
    threads = [threading.Thread(target=read, args=(client,)) for client in clients]
    threads.append(threading.Thread(target=Confluent().produce, args=(node.kafka, "t", more)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == sorted(client.name for client in clients)
    for reads in found.values():
        assert_once_and_in_order(reads, sent)


def test_a_catch_up_reader_does_not_evict_the_tail(node: NodeProcess) -> None:
    """After old data was read several times over, the newest still comes from memory alone."""
    sent = produce_in_objects(node, 0)
    newest = values(len(sent), (4 << 20) // RECORD_BYTES)
    Confluent().produce(node.kafka, "t", newest)
    start = len(sent)
    sent += newest
    for _ in range(3):
        assert_once_and_in_order(Confluent().consume(node.kafka, "t", len(sent)), sent)
    before = read_bytes(node)
    found = Confluent().consume(node.kafka, "t", len(newest), start=start)

    assert [read.record for read in found] == newest
    grown = growth(before, read_bytes(node))
    assert grown["tail"] >= len(newest) * RECORD_BYTES
    assert grown["volume"] == grown["objects"] == 0
