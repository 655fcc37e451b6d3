"""What a broker does to batches before it stores them, and whom it refuses them to."""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance import limits
from appliance.protocol import batch, messages
from tests.component.test_every_api import Client, _create, _produce
from tests.harness import NodeProcess

M: Any = messages
CODECS = {"uncompressed": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        yield running


@pytest.fixture
def client(node: NodeProcess) -> Iterator[Client]:
    made = Client(node.kafka)
    yield made
    made.socket.close()


def read(client: Client, topic: str) -> list[memoryview]:
    line = M.FetchRequest.FetchPartition(partition=0, fetch_offset=0, partition_max_bytes=1 << 24)
    wanted = M.FetchRequest.FetchTopic(topic=topic, partitions=[line])
    answer = client.call(
        1, 11, M.FetchRequest(max_wait_ms=0, min_bytes=1, max_bytes=1 << 24, topics=[wanted])
    )
    records = answer.responses[0].partitions[0].records
    return list(batch.iterate_batches(memoryview(bytes(records))))


@pytest.mark.parametrize("name", CODECS)
def test_batches_are_stored_under_the_compression_of_the_topic(client: Client, name: str) -> None:
    """compression.type other than producer: small and large, from every codec."""
    topic = f"stored-{name}"
    _create(client, topic, compression_type=name)
    sizes = [10, 400_000]
    for source in range(5):
        for size in sizes:
            plain = batch.build([(b"k", bytes(size))], timestamp=5)
            data = bytes(batch.recompress(memoryview(plain), source, 3))
            assert _produce(client, topic, data).error_code == 0
    stored = read(client, topic)

    assert [batch.check(view).attributes & 7 for view in stored] == [CODECS[name]] * 10
    values = [record.value for view in stored for record in batch.iterate_records(view)]
    assert values == [bytes(size) for size in sizes] * 5


def test_recompressed_batch_above_the_limit_is_refused(client: Client) -> None:
    """max.message.bytes is for what is stored, too."""
    _create(client, "grown", compression_type="uncompressed", max_message_bytes="20000")
    plain = batch.build([(b"k", bytes(100_000))], timestamp=5)
    small = bytes(batch.recompress(memoryview(plain), 4, 3))

    assert _produce(client, "grown", small).error_code == 10
    bad = bytearray(small)
    bad[-1] ^= 1
    assert _produce(client, "grown", bytes(bad)).error_code == 2
    assert read(client, "grown") == []


@pytest.mark.parametrize("name", ["lz4", "zstd"])
def test_zstd_needs_a_version_that_knows_it_whatever_is_stored(client: Client, name: str) -> None:
    """KIP-110: a producer's batch, not the form that the topic gives it."""
    topic = f"old-client-{name}"
    _create(client, topic, compression_type=name)
    plain = batch.build([(b"k", b"v")], timestamp=5)
    packed = bytes(batch.recompress(memoryview(plain), 4, 3))

    assert _produce(client, topic, packed, version=6).error_code == 76
    assert _produce(client, topic, bytes(plain), version=6).error_code == 0
    assert _produce(client, topic, packed, version=7).error_code == 0


def test_log_append_time_is_the_brokers_alone(client: Client) -> None:
    """A producer that claims it is refused on such a topic, record by record."""
    _create(client, "stamped", message_timestamp_type="LogAppendTime")
    claimed = batch.build([(b"k", b"v")] * 2, timestamp=5, attributes=batch.LOG_APPEND_TIME)
    refused = _produce(client, "stamped", bytes(claimed))

    assert (refused.error_code, refused.log_start_offset) == (32, 0)
    assert [line.batch_index for line in refused.record_errors] == [0, 1]
    ahead = int(time.time() * 1000) + (1 << 40)
    assert (
        _produce(client, "stamped", bytes(batch.build([(b"k", b"v")], timestamp=ahead))) is not None
    )
    (stored,) = read(client, "stamped")
    assert batch.read_header(stored).max_timestamp < ahead


def test_transactional_batches_are_refused_and_others_are_not(client: Client) -> None:
    """Without an authorization to transactions: 53; the id of a request alone is nothing."""
    _create(client, "transactional")
    marked = batch.build(
        [(b"k", b"v")], timestamp=5, producer_id=9, producer_epoch=0, base_sequence=0,
        attributes=batch.TRANSACTIONAL,
    )  # fmt: skip
    plain = bytes(batch.build([(b"k", b"v")], timestamp=5))
    line = M.ProduceRequest.PartitionProduceData(index=0, records=plain)
    topic = M.ProduceRequest.TopicProduceData(name="transactional", partition_data=[line])
    request = M.ProduceRequest(transactional_id="t", acks=-1, timeout_ms=5000, topic_data=[topic])

    assert _produce(client, "transactional", bytes(marked)).error_code == 53
    answer = client.call(0, 8, request).responses[0].partition_responses[0]
    assert (answer.error_code, answer.base_offset) == (0, 0)


def test_records_with_bad_timestamps_are_named(client: Client) -> None:
    """KIP-467: the places of the records, from version 8 on; nothing is stored."""
    _create(client, "strict", message_timestamp_after_max_ms="1000")
    ahead = int(time.time() * 1000) + 3_600_000
    one = bytes(batch.build([(b"k", b"v")] * 3, timestamp=ahead))
    many = bytes(batch.build([(b"k", b"v")] * 500, timestamp=ahead))

    refused = _produce(client, "strict", one)
    assert (refused.error_code, refused.base_offset) == (32, -1)
    assert [line.batch_index for line in refused.record_errors] == [0, 1, 2]
    assert len(_produce(client, "strict", many).record_errors) == limits.RECORD_ERRORS_MAX
    assert _produce(client, "strict", one, version=7).error_code == 32
    assert read(client, "strict") == []


def stamped(*timestamps: int) -> bytes:
    """Return a batch of one record per timestamp (ms), and the newest in its header."""
    body = bytearray()
    for number, timestamp in enumerate(timestamps):
        record = bytearray(b"\0")
        for value in (timestamp - timestamps[0], number, 1):
            record += batch._encode_varint(value)
        record += b"k\x01\0"  # no value, no headers
        body += batch._encode_varint(len(record)) + record
    head = batch.build([(None, None)] * len(timestamps), timestamp=timestamps[0])
    out = head[: batch.BATCH_OVERHEAD] + body
    struct.pack_into(">i", out, 8, len(out) - 12)
    struct.pack_into(">q", out, 35, max(timestamps))
    struct.pack_into(">I", out, 17, batch._crc32c(memoryview(out)[21:]))
    return bytes(out)


@pytest.mark.parametrize("codec", range(5))
def test_one_old_record_among_others_is_found(client: Client, codec: int) -> None:
    """message.timestamp.before.max.ms is of records: the batch's header names the newest alone."""
    topic = f"aged-{codec}"
    _create(client, topic, message_timestamp_before_max_ms="60000")
    now = int(time.time() * 1000)

    def produce(*timestamps: int) -> Any:
        plain = memoryview(bytearray(stamped(*timestamps)))
        return _produce(client, topic, bytes(batch.recompress(plain, codec, 3)))

    refused = produce(now, now - 120_000, now, now - 90_000)
    assert (refused.error_code, refused.base_offset) == (32, -1)
    assert [line.batch_index for line in refused.record_errors] == [1, 3]
    assert produce(now, now - 30_000, now).base_offset == 0


@pytest.mark.parametrize("magic", [0, 1])
@pytest.mark.parametrize("size", [1, 1000])
def test_old_message_formats_are_refused(client: Client, magic: int, size: int) -> None:
    """Message sets of formats 0 and 1, as producers before 0.11 sent them."""
    topic = f"old-{magic}-{size}"
    _create(client, topic)
    time_ = struct.pack(">q", 5) if magic else b""
    body = struct.pack(">bb", magic, 0) + time_ + struct.pack(">ii", -1, size) + bytes(size)
    message = struct.pack(">I", zlib.crc32(body)) + body

    assert _produce(client, topic, struct.pack(">qi", 0, len(message)) + message).error_code == 87


def unreadable(timestamp: int) -> bytes:
    """Return a batch whose CRC fits and whose records are none."""
    data = batch.build([(b"k", b"v" * 20)] * 2, timestamp=timestamp)
    data[batch.BATCH_OVERHEAD :] = bytes([0x7F]) * (len(data) - batch.BATCH_OVERHEAD)
    struct.pack_into(">I", data, 17, batch._crc32c(memoryview(data)[21:]))
    return bytes(data)


def look_up(client: Client, topic: str, timestamp: int) -> tuple[int, int, int]:
    line = M.ListOffsetsRequest.ListOffsetsPartition(partition_index=0, timestamp=timestamp)
    asked = M.ListOffsetsRequest.ListOffsetsTopic(name=topic, partitions=[line])
    (answer,) = client.call(2, 7, M.ListOffsetsRequest(topics=[asked])).topics
    (found,) = answer.partitions
    return found.error_code, found.offset, found.timestamp


def test_unreadable_batch_is_found_by_its_header(client: Client) -> None:
    """One bad batch must not hide the timestamps of a partition: its header stands for it."""
    _create(client, "garbled")
    for data in (
        bytes(batch.build([(b"k", b"v")], timestamp=100)),
        unreadable(200),
        bytes(batch.build([(b"k", b"v")], timestamp=150)),
    ):
        assert _produce(client, "garbled", data).error_code == 0

    assert look_up(client, "garbled", 120) == (0, 1, 200)
    assert look_up(client, "garbled", -3) == (0, 1, 200)
    assert look_up(client, "garbled", 50) == (0, 0, 100)
    assert look_up(client, "garbled", 201) == (0, -1, -1)


@pytest.mark.parametrize("size", [20, 100_000])
def test_recompression_refuses_what_cannot_be_read(client: Client, size: int) -> None:
    """Compressed by the broker, records that are none would look as if it had spoiled them."""
    topic = f"recompressed-{size}"
    _create(client, topic, compression_type="zstd")
    data = batch.build([(b"k", bytes(size))] * 2, timestamp=5)
    data[batch.BATCH_OVERHEAD] ^= 1
    struct.pack_into(">I", data, 17, batch._crc32c(memoryview(data)[21:]))

    for codec in (0, 3):
        sent = data if codec == 0 else batch.recompress(memoryview(data), codec, 3)
        assert _produce(client, topic, bytes(sent)).error_code == 87
    assert read(client, topic) == []


def fetch(client: Client, topic: str, *lines: tuple[int, int]) -> list[Any]:
    """Fetch partition 0 once for each (offset, most bytes); returns the lines of the answer."""
    part = M.FetchRequest.FetchPartition
    asked = [
        part(partition=0, fetch_offset=offset, partition_max_bytes=size) for offset, size in lines
    ]
    wanted = M.FetchRequest.FetchTopic(topic=topic, partitions=asked)
    answer = client.call(
        1, 11, M.FetchRequest(max_wait_ms=0, min_bytes=1, max_bytes=1 << 24, topics=[wanted])
    )
    return [line for found in answer.responses for line in found.partitions]


def test_partition_fetched_twice_is_answered_once(client: Client) -> None:
    """As in Kafka, the last mention counts; and less than no bytes are an error."""
    _create(client, "twice")
    data = bytes(batch.build([(b"k", b"v")], timestamp=5))
    for _ in range(2):
        assert _produce(client, "twice", data).error_code == 0

    (line,) = fetch(client, "twice", (0, 1 << 20), (1, 1 << 20))
    assert (line.error_code, len(line.records)) == (0, len(data))
    (line,) = fetch(client, "twice", (0, -1))
    assert (line.error_code, len(line.records)) == (-1, 0)
