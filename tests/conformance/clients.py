"""Every client library behind one shape: produce records to a partition, read them back.

What a library cannot express is said by its `can_produce`; everything else must come back
byte for byte, whichever library reads it.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition as AioPartition
from confluent_kafka import Consumer, Producer, TopicPartition

with warnings.catch_warnings():  # kafka-python reads its message tables the old way.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka import KafkaConsumer, KafkaProducer, TopicPartition as PythonPartition

REQUEST_BYTES_MAX = 24 << 20
WAIT_S_MAX = 60

Headers = tuple[tuple[str, bytes | None], ...]


class Record(NamedTuple):
    """One record as a client gives and gets it."""

    key: bytes | None
    value: bytes | None
    headers: Headers = ()
    timestamp: int = 1_700_000_000_000


class Read(NamedTuple):
    """One record read, and where."""

    offset: int
    record: Record


class Client(Protocol):
    """A client library."""

    name: str
    sets_timestamps: bool

    def can_produce(self, record: Record) -> bool:
        """Whether the library's interface can express the record."""
        ...

    def produce(
        self,
        bootstrap: str,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        partition: int = 0,
    ) -> None:
        """Send the records in order; return when all are acknowledged (acks 0: sent)."""
        ...

    def consume(self, bootstrap: str, topic: str, count: int, *, partition: int = 0) -> list[Read]:
        """Read `count` records from the start, without a group."""
        ...


class Confluent:
    """confluent-kafka: librdkafka."""

    name = "confluent"
    sets_timestamps = True

    def __init__(self, **settings: object) -> None:
        """Args: settings: of librdkafka, with `_` for `.`."""
        self._settings = {name.replace("_", "."): value for name, value in settings.items()}

    def can_produce(self, record: Record) -> bool:
        return True

    def produce(
        self,
        bootstrap: str,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        partition: int = 0,
    ) -> None:
        errors: list[Any] = []
        producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "compression.type": compression,
                "acks": acks,
                "enable.idempotence": acks == -1,
                "linger.ms": 5,
                "message.max.bytes": REQUEST_BYTES_MAX,
                "max.in.flight": 5 if acks == -1 else 1,  # Keeps the order without idempotence.
                **self._settings,
            }
        )
        for record in records:
            producer.produce(
                topic,
                record.value,
                record.key,
                partition,
                timestamp=record.timestamp,
                headers=list(record.headers) or None,
                on_delivery=lambda error, _: errors.append(error) if error else None,
            )
        assert producer.flush(WAIT_S_MAX) == 0
        assert errors == []

    def consume(
        self, bootstrap: str, topic: str, count: int, *, partition: int = 0, start: int = 0
    ) -> list[Read]:
        consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": "unused",
                "enable.auto.commit": False,
                "fetch.wait.max.ms": 50,
                "fetch.message.max.bytes": REQUEST_BYTES_MAX,
                "fetch.max.bytes": 4 * REQUEST_BYTES_MAX,
                "receive.message.max.bytes": 5 * REQUEST_BYTES_MAX,
                "check.crcs": True,
                **self._settings,
            }
        )
        try:
            # Not OFFSET_BEGINNING, for which librdkafka waits half a second.
            consumer.assign([TopicPartition(topic, partition, start)])
            found: list[Read] = []
            while len(found) < count:
                messages = consumer.consume(count - len(found), WAIT_S_MAX)
                assert messages, f"{len(found)} of {count} records"
                for message in messages:
                    assert message.error() is None, message.error()
                    record = Record(
                        message.key(),
                        message.value(),
                        tuple(message.headers() or ()),
                        message.timestamp()[1],
                    )
                    found.append(Read(message.offset(), record))
            return found
        finally:
            consumer.close()


class KafkaPython:
    """kafka-python: pure Python, the newest versions of the protocol."""

    name = "kafka-python"
    sets_timestamps = True

    def __init__(self, api_version: tuple[int, ...] | None = None) -> None:
        """Args: api_version: of the broker that the library shall speak with; None to ask it."""
        self._api_version = api_version

    def can_produce(self, record: Record) -> bool:
        """Key or value, and header values, must be there."""
        is_empty = record.key is None and record.value is None
        return not is_empty and all(value is not None for _, value in record.headers)

    def produce(
        self,
        bootstrap: str,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        partition: int = 0,
    ) -> None:
        producer = KafkaProducer(
            bootstrap_servers=bootstrap,
            api_version=self._api_version,
            acks=acks,
            enable_idempotence=acks == -1,
            compression_type=None if compression == "none" else compression,
            max_request_size=REQUEST_BYTES_MAX,
            linger_ms=5,
        )
        try:
            sent = [
                producer.send(
                    topic,
                    record.value,
                    record.key,
                    list(record.headers),
                    partition,
                    record.timestamp,
                )
                for record in records
            ]
            producer.flush(WAIT_S_MAX)
            for future in sent:
                future.get(WAIT_S_MAX)
        finally:
            producer.close(WAIT_S_MAX)

    def consume(self, bootstrap: str, topic: str, count: int, *, partition: int = 0) -> list[Read]:
        consumer = KafkaConsumer(
            bootstrap_servers=bootstrap,
            api_version=self._api_version,
            consumer_timeout_ms=WAIT_S_MAX * 1000,
            fetch_max_wait_ms=50,
            max_partition_fetch_bytes=REQUEST_BYTES_MAX,
            enable_auto_commit=False,
        )
        try:
            consumer.assign([PythonPartition(topic, partition)])
            consumer.seek_to_beginning()
            found: list[Read] = []
            for message in consumer:
                record = Record(
                    message.key, message.value, tuple(message.headers), message.timestamp
                )
                found.append(Read(message.offset, record))
                if len(found) == count:
                    break
            return found
        finally:
            consumer.close()


class Aiokafka:
    """aiokafka: its own codec, old versions of the protocol."""

    name = "aiokafka"
    sets_timestamps = True

    def can_produce(self, record: Record) -> bool:
        """Key or value must be there."""
        return record.key is not None or record.value is not None

    def produce(
        self,
        bootstrap: str,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        partition: int = 0,
    ) -> None:
        async def send() -> None:
            producer = AIOKafkaProducer(
                bootstrap_servers=bootstrap,
                acks="all" if acks == -1 else acks,
                enable_idempotence=acks == -1,
                compression_type=None if compression == "none" else compression,
                max_request_size=REQUEST_BYTES_MAX,
                linger_ms=5,
            )
            await producer.start()
            try:
                sent = [
                    await producer.send(
                        topic,
                        record.value,
                        record.key,
                        partition,
                        record.timestamp,
                        headers=list(record.headers),
                    )
                    for record in records
                ]
                await producer.flush()
                await asyncio.wait_for(asyncio.gather(*sent), WAIT_S_MAX)
            finally:
                await producer.stop()

        asyncio.run(send())

    def consume(self, bootstrap: str, topic: str, count: int, *, partition: int = 0) -> list[Read]:
        async def read() -> list[Read]:
            consumer = AIOKafkaConsumer(
                bootstrap_servers=bootstrap,
                fetch_max_wait_ms=50,
                max_partition_fetch_bytes=REQUEST_BYTES_MAX,
                enable_auto_commit=False,
            )
            await consumer.start()
            try:
                consumer.assign([AioPartition(topic, partition)])
                await consumer.seek_to_beginning()
                found: list[Read] = []
                while len(found) < count:
                    message = await asyncio.wait_for(consumer.getone(), WAIT_S_MAX)
                    record = Record(
                        message.key, message.value, tuple(message.headers), message.timestamp
                    )
                    found.append(Read(message.offset, record))
                return found
            finally:
                await consumer.stop()

        return asyncio.run(read())


class Kcat:
    """kcat: librdkafka on a command line; one process for each record that it sends."""

    name = "kcat"
    sets_timestamps = False

    def __init__(self, folder: Path) -> None:
        self._file = folder / "value"

    @staticmethod
    def is_installed() -> bool:
        return shutil.which("kcat") is not None

    def can_produce(self, record: Record) -> bool:
        """Say what arguments can: no empty and no binary keys and headers, no null values."""
        texts = [value for _, value in record.headers]
        if record.key is not None:
            texts.append(record.key)
        return bool(record.value) and all(text and text.isalnum() for text in texts)

    def produce(
        self,
        bootstrap: str,
        topic: str,
        records: Sequence[Record],
        *,
        compression: str = "none",
        acks: int = -1,
        partition: int = 0,
    ) -> None:
        for record in records:
            assert record.value is not None
            self._file.write_bytes(record.value)
            command = ["kcat", "-P", "-b", bootstrap, "-t", topic, "-p", str(partition)]
            command += ["-z", compression, "-X", f"acks={acks}"]
            command += ["-X", f"message.max.bytes={REQUEST_BYTES_MAX}"]
            if record.key is not None:
                command += ["-k", record.key.decode()]
            for name, value in record.headers:
                assert value is not None
                command += ["-H", f"{name}={value.decode()}"]
            subprocess.run([*command, str(self._file)], check=True, timeout=WAIT_S_MAX)

    def consume(self, bootstrap: str, topic: str, count: int, *, partition: int = 0) -> list[Read]:
        command = ["kcat", "-C", "-b", bootstrap, "-t", topic, "-p", str(partition), "-q", "-u"]
        command += ["-o", "beginning", "-c", str(count), "-f", "%o %T %K %S %h\n%k%s"]
        command += ["-X", f"fetch.message.max.bytes={REQUEST_BYTES_MAX}"]
        command += ["-X", f"receive.message.max.bytes={5 * REQUEST_BYTES_MAX}"]
        command += ["-X", f"fetch.max.bytes={4 * REQUEST_BYTES_MAX}", "-X", "fetch.wait.max.ms=50"]
        ran = subprocess.run(command, check=True, timeout=WAIT_S_MAX, stdout=subprocess.PIPE)
        return list(_parse_kcat(ran.stdout))


def _parse_kcat(data: bytes) -> list[Read]:
    found: list[Read] = []
    position = 0
    while position < len(data):
        end = data.index(b"\n", position)
        offset, timestamp, key_size, value_size, text = data[position:end].split(b" ", 4)
        position = end + 1
        parts: list[bytes | None] = []
        for size in (int(key_size), int(value_size)):
            parts.append(None if size < 0 else data[position : position + size])
            position += max(size, 0)
        headers: list[tuple[str, bytes | None]] = []
        for item in text.split(b",") if text else []:
            name, value = item.split(b"=", 1)
            headers.append((name.decode(), None if value == b"NULL" else value))
        record = Record(parts[0], parts[1], tuple(headers), int(timestamp))
        found.append(Read(int(offset), record))
    return found
