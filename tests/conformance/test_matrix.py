"""What any client produces, every client reads back: byte for byte, with every compression."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from appliance.protocol import batch, messages
from tests.component.test_every_api import Client as RawClient
from tests.conformance.clients import Aiokafka, Client, Confluent, KafkaPython, Kcat, Read, Record
from tests.harness import NodeProcess

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

COMPRESSIONS = ["none", "gzip", "snappy", "lz4", "zstd"]
NAMES = ["confluent", "kafka-python", "aiokafka", "kcat"]
SIZES = [1, 2, 100, 1 << 10, 16 << 10, 1 << 20, 10 << 20]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env={"PENSTOCK_UPLOAD_TRIGGER_MS": "300"}) as running:
        yield running


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Client]:
    made: list[Client] = [
        Confluent(),
        KafkaPython(),
        Aiokafka(),
        Kcat(tmp_path_factory.mktemp("k")),
    ]
    return {client.name: client for client in made}


def chosen(clients: dict[str, Client], *names: str) -> list[Client]:
    if "kcat" in names and not Kcat.is_installed():
        pytest.skip("kcat is not installed")
    return [clients[name] for name in names]


def create(node: NodeProcess, **configs: str) -> str:
    topic = f"t-{uuid.uuid4().hex[:12]}"
    admin = AdminClient({"bootstrap.servers": node.kafka})
    settings = {name.replace("_", "."): value for name, value in configs.items()}
    admin.create_topics([NewTopic(topic, 2, 1, config=settings)])[topic].result(10)
    return topic


def shapes() -> list[Record]:
    """Every shape of key, value, headers and timestamp; times go back and forth."""
    rng = random.Random(7)
    duplicate = (("h", b"1"), ("h", b"2"), ("a", b"3"), ("h", b"1"))
    return [
        Record(None, b"no key"),
        Record(b"", b"empty key"),
        Record(b"key", None),
        Record(b"key", b""),
        Record(None, None),
        Record(bytes(range(256)), bytes(range(256)) * 3),
        Record(b"key", b"headers", duplicate),
        Record(b"key", b"headers", (("null", None), ("empty", b""))),
        Record(b"key", b"headers", (("\u043a\u043b\u044e\u0447", b"\xff\xfe"), ("", b"x"))),
        Record(b"key", None, duplicate, 1),
        Record(b"key", b"late", (), 1_600_000_000_000),
        Record(rng.randbytes(5000), b"long key"),
        Record(b"key", b"many", tuple((f"h{n}", b"%d" % n) for n in range(100))),
        *(Record(b"n", b"v%d" % n, (), 1_700_000_000_000 + n) for n in range(200)),
    ]


def sized(compression: str) -> list[Record]:
    """Values of 1 B to 10 MiB: noise where nothing is compressed, half of it elsewhere."""
    rng = random.Random(11)
    records: list[Record] = []
    for size in SIZES:
        noise = rng.randbytes(size if compression == "none" else (size + 1) // 2)
        records.append(Record(b"size", (noise + bytes(size))[:size]))
    return records


def stored_codecs(node: NodeProcess, topic: str) -> set[int]:
    """Return the codecs of the batches of partition 0, as they are stored."""
    m: Any = messages.FetchRequest
    client = RawClient(node.kafka)
    codecs: set[int] = set()
    offset = 0
    while True:
        part = m.FetchPartition(partition=0, fetch_offset=offset, partition_max_bytes=1 << 20)
        wanted = m.FetchTopic(topic=topic, partitions=[part])
        answer = client.call(1, 11, m(max_bytes=1 << 20, session_epoch=-1, topics=[wanted]))
        line = answer.responses[0].partitions[0]
        for view in batch.iterate_batches(line.records):
            header = batch.read_header(view)
            codecs.add(header.attributes & 7)
            offset = header.base_offset + header.last_offset_delta + 1
        if offset >= line.high_watermark:
            client.socket.close()
            return codecs


def assert_same(found: Sequence[Read], sent: Sequence[Record], producer: Client) -> None:
    assert [read.offset for read in found] == list(range(len(sent)))
    for read, record in zip(found, sent, strict=True):
        expected = record
        if not producer.sets_timestamps:
            assert abs(read.record.timestamp - time.time() * 1000) < 3_600_000
            expected = record._replace(timestamp=read.record.timestamp)
        assert read.record == expected


@pytest.mark.parametrize("compression", COMPRESSIONS)
@pytest.mark.parametrize("producer_name", NAMES)
def test_every_client_reads_what_any_client_produced(
    node: NodeProcess, clients: dict[str, Client], producer_name: str, compression: str
) -> None:
    """Keys, values, headers, timestamps and sizes of 1 B to 10 MiB come back unchanged."""
    (producer,) = chosen(clients, producer_name)
    topic = create(node, max_message_bytes=str(24 << 20))
    records = [record for record in shapes() + sized(compression) if producer.can_produce(record)]
    if producer_name == "kcat":  # A process each: some of the many small ones do.
        records = records[:12] + records[-len(SIZES) :]
    producer.produce(node.kafka, topic, records, compression=compression)

    # A library may leave a batch as it is when compression does not pay.
    codec = COMPRESSIONS.index(compression)
    assert {codec} <= stored_codecs(node, topic) <= {0, codec}
    for reader in clients.values():
        if reader.name != "kcat" or Kcat.is_installed():
            assert_same(reader.consume(node.kafka, topic, len(records)), records, producer)


OLD_CLIENTS: dict[str, Client] = {
    "librdkafka-0.11": Confluent(api_version_request=False, broker_version_fallback="0.11.0.0"),
    "librdkafka-1.0": Confluent(api_version_request=False, broker_version_fallback="1.0.0"),
    "librdkafka-2.0": Confluent(api_version_request=False, broker_version_fallback="2.0.0"),
    "kafka-python-0.11": KafkaPython((0, 11)),
    "kafka-python-1.1": KafkaPython((1, 1)),
    "kafka-python-2.1": KafkaPython((2, 1)),
    "kafka-python-2.8": KafkaPython((2, 8)),
    "kafka-python-3.7": KafkaPython((3, 7)),
}
"""Clients that speak with us as with an old broker."""


@pytest.mark.parametrize("name", OLD_CLIENTS)
def test_old_protocol_versions_write_and_read_the_same(
    node: NodeProcess, clients: dict[str, Client], name: str
) -> None:
    """What is stored does not depend on the version that it came or goes with."""
    topic = create(node)
    old, new = OLD_CLIENTS[name], clients[OLD_CLIENTS[name].name]
    records = [record for record in shapes() if old.can_produce(record)]
    old.produce(node.kafka, topic, records, compression="lz4", acks=1)
    new.produce(node.kafka, topic, records, compression="gzip", partition=1)

    assert_same(new.consume(node.kafka, topic, len(records)), records, old)
    assert_same(old.consume(node.kafka, topic, len(records), partition=1), records, new)


@pytest.mark.parametrize("acks", [0, 1, -1])
@pytest.mark.parametrize("producer_name", NAMES)
def test_every_client_with_every_acks(
    node: NodeProcess, clients: dict[str, Client], producer_name: str, acks: int
) -> None:
    """acks 0 gets no answer, 1 and all one; each stores the records in order."""
    (producer,) = chosen(clients, producer_name)
    topic = create(node)
    records = [record for record in shapes()[-30:] if producer.can_produce(record)]
    if producer_name == "kcat":
        records = records[:3]
    producer.produce(node.kafka, topic, records, acks=acks, partition=1)

    found = clients["confluent"].consume(node.kafka, topic, len(records), partition=1)
    assert_same(found, records, producer)


@pytest.mark.parametrize("compression", ["none", "lz4"])
@pytest.mark.parametrize("producer_name", NAMES)
def test_log_append_time_is_the_brokers_for_every_reader(
    node: NodeProcess, clients: dict[str, Client], producer_name: str, compression: str
) -> None:
    """A LogAppendTime topic gives one time to all records of a batch, and changes nothing else."""
    (producer,) = chosen(clients, producer_name)
    topic = create(node, message_timestamp_type="LogAppendTime")
    records = [record for record in shapes()[-20:] if producer.can_produce(record)][:8]
    before = int(time.time() * 1000)
    producer.produce(node.kafka, topic, records, compression=compression)
    after = int(time.time() * 1000)

    for reader in clients.values():
        if reader.name == "kcat" and not Kcat.is_installed():
            continue
        found = reader.consume(node.kafka, topic, len(records))
        times = [read.record.timestamp for read in found]
        assert times == sorted(times)
        assert before <= times[0] <= times[-1] <= after
        assert [read.record._replace(timestamp=0) for read in found] == [
            record._replace(timestamp=0) for record in records
        ]


def test_the_readers_of_one_partition_see_the_records_of_all_clients(
    node: NodeProcess, clients: dict[str, Client]
) -> None:
    """Batches of different libraries and codecs lie side by side in one log."""
    topic = create(node)
    sent: list[Record] = []
    for number, compression in enumerate(COMPRESSIONS):
        for producer in clients.values():
            if producer.name != "kcat":
                records = [Record(producer.name.encode(), b"%d" % number, (), number + 1)] * 3
                producer.produce(node.kafka, topic, records, compression=compression)
                sent += records

    for reader in clients.values():
        if reader.name != "kcat" or Kcat.is_installed():
            assert_same(reader.consume(node.kafka, topic, len(sent)), sent, clients["confluent"])
