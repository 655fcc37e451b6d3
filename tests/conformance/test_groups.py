"""Real consumers in groups: subscribe, share, commit, come back after kill -9 of the node."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import shutil
import signal
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.errors import KafkaError as AioKafkaError
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from tests.harness import NodeProcess, die_with_parent

with warnings.catch_warnings():  # kafka-python reads its message tables the old way.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka import KafkaConsumer
    from kafka.errors import KafkaConnectionError, KafkaError

WAIT_S_MAX = 60
SESSION_TIMEOUT_MS = 10_000
STUCK_S = 15
PARTITIONS = 6
RECORDS = 600
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # kafka-python's

ENV = {"PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "0"}


class Member(threading.Thread):
    """One consumer of a group in a thread of its own, which commits what it has read.

    Attributes:
        seen: (partition, offset, value) of all records, in the order they came.
        assigned: partitions it has now.
        error: what ended it, if anything did.
    """

    def __init__(self, bootstrap: str, group: str, topic: str, *, instance: str = "") -> None:
        super().__init__(daemon=True)
        self.bootstrap, self.group, self.topic, self.instance = bootstrap, group, topic, instance
        self.seen: list[tuple[int, int, bytes]] = []
        self.assigned: set[int] = set()
        self.error: BaseException | None = None
        self._leaving = threading.Event()

    def leave(self) -> None:
        self._leaving.set()
        self.join(WAIT_S_MAX)
        assert not self.is_alive()
        if self.error is not None:
            raise self.error

    def run(self) -> None:
        try:
            self.consume()
        except BaseException as error:
            self.error = error

    def consume(self) -> None:
        raise NotImplementedError


class Confluent(Member):
    strategy = "range,roundrobin"

    def consume(self) -> None:
        settings: dict[str, Any] = {
            "bootstrap.servers": self.bootstrap,
            "group.id": self.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "heartbeat.interval.ms": 200,
            "partition.assignment.strategy": self.strategy,
            "reconnect.backoff.max.ms": 200,
            "log_level": 0,
        }
        if self.instance:
            settings["group.instance.id"] = self.instance
        consumer = Consumer(settings)
        consumer.subscribe([self.topic])
        try:
            while not self._leaving.is_set():
                found = [m for m in consumer.consume(50, 0.1) if m.error() is None]
                self.seen += [(m.partition(), m.offset(), m.value()) for m in found]
                self.assigned = {line.partition for line in consumer.assignment()}
                if found:
                    try:
                        consumer.commit(asynchronous=False)
                    except KafkaException:
                        continue  # a rebalance, or the node is away: read or committed again
        finally:
            consumer.close()


class Cooperative(Confluent):
    strategy = "cooperative-sticky"


class Python(Member):
    """Replaces a consumer that has no partitions for long.

    kafka-python 3.0.12 sometimes never takes up an assignment whose SyncGroup was answered in the
    instant in which a poll timed out; its own log shows the answer.
    """

    def consume(self) -> None:
        while not self._leaving.is_set():
            self._consume_while_it_works()

    def _consume_while_it_works(self) -> None:
        consumer = KafkaConsumer(
            self.topic,
            bootstrap_servers=self.bootstrap,
            group_id=self.group,
            group_instance_id=self.instance or None,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            session_timeout_ms=SESSION_TIMEOUT_MS,
            heartbeat_interval_ms=200,
            reconnect_backoff_max_ms=200,
        )
        idle_until = time.monotonic() + STUCK_S
        try:
            while not self._leaving.is_set() and time.monotonic() < idle_until:
                try:
                    found = consumer.poll(timeout_ms=100)
                except KafkaConnectionError:
                    time.sleep(0.05)  # The node is away; mostly this client keeps that to itself.
                    continue
                for where, records in found.items():
                    self.seen += [(where.partition, r.offset, r.value) for r in records]
                self.assigned = {line.partition for line in consumer.assignment()}
                if self.assigned:
                    idle_until = time.monotonic() + STUCK_S
                if found:
                    try:
                        consumer.commit()
                    except KafkaError:
                        continue
        finally:
            consumer.close()


class Aio(Member):
    def consume(self) -> None:
        asyncio.run(self.consume_async())

    async def consume_async(self) -> None:
        consumer = AIOKafkaConsumer(
            self.topic,
            bootstrap_servers=self.bootstrap,
            group_id=self.group,
            group_instance_id=self.instance or None,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            heartbeat_interval_ms=200,
        )
        await consumer.start()
        try:
            while not self._leaving.is_set():
                found = await consumer.getmany(timeout_ms=100)
                for where, records in found.items():
                    self.seen += [(where.partition, r.offset, r.value) for r in records]
                self.assigned = {line.partition for line in consumer.assignment()}
                if found:
                    try:
                        await consumer.commit()
                    except AioKafkaError:
                        continue
        finally:
            await consumer.stop()


class Kcat(Member):
    """kcat -G: librdkafka on a command line; it commits by itself, every 100 ms and at its end."""

    def consume(self) -> None:
        command = ["kcat", "-b", self.bootstrap, "-u", "-f", "%p %o %s\n"]
        command += ["-X", "auto.offset.reset=earliest", "-X", "auto.commit.interval.ms=100"]
        command += ["-X", "heartbeat.interval.ms=200", "-G", self.group, self.topic]
        if self.instance:
            command[1:1] = ["-X", f"group.instance.id={self.instance}"]
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=die_with_parent,
        ) as process:
            threading.Thread(target=self._interrupt, args=[process], daemon=True).start()
            assert process.stdout is not None
            for line in process.stdout:
                if line[0].isdigit():
                    partition, offset, value = line.split()
                    self.seen.append((int(partition), int(offset), value.encode()))
                elif "rebalanced" in line:
                    assigned = line.split("assigned: ")[1] if "assigned: " in line else ""
                    self.assigned = {int(index) for index in re.findall(r"\[(\d+)\]", assigned)}
        assert self._leaving.is_set(), f"kcat ended with {process.returncode}"

    def _interrupt(self, process: subprocess.Popen[str]) -> None:
        self._leaving.wait()
        process.send_signal(signal.SIGINT)


LIBRARIES = [Confluent, Cooperative, Python, Aio]
if shutil.which("kcat"):
    LIBRARIES.append(Kcat)


def until(condition: Callable[[], bool], members: list[Member], what: str) -> None:
    deadline = time.monotonic() + WAIT_S_MAX
    while not condition():
        for member in members:
            if member.error is not None:
                raise member.error
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Let kafka-python's sockets go inside the test, where a warning about them is ignored.

    It leaves those of its attempts to connect to a node that is away; what it logs of them would
    keep them until the test is over.
    """
    logger = logging.getLogger("kafka")
    logger.setLevel(logging.CRITICAL + 1)
    yield
    logger.setLevel(logging.NOTSET)
    gc.collect()


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env=ENV) as running:
        yield running


def fill(bootstrap: str, topic: str, first: int = 0, count: int = RECORDS) -> None:
    """Produce numbered records, evenly over the partitions."""
    producer = Producer({"bootstrap.servers": bootstrap})
    for number in range(first, first + count):
        producer.produce(topic, b"%d" % number, partition=number % PARTITIONS)
    assert producer.flush(WAIT_S_MAX) == 0


def create(bootstrap: str, topic: str) -> None:
    admin = AdminClient({"bootstrap.servers": bootstrap})
    admin.create_topics([NewTopic(topic, PARTITIONS, 1)])[topic].result(10)


def values(*members: Member) -> list[int]:
    return sorted(int(value) for member in members for _, _, value in member.seen)


def committed(bootstrap: str, group: str, topic: str) -> list[int]:
    """Return the committed offset of each partition, as another client sees it."""
    consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": group, "log_level": 0})
    try:
        wanted = [TopicPartition(topic, index) for index in range(PARTITIONS)]
        return [max(line.offset, 0) for line in consumer.committed(wanted, timeout=WAIT_S_MAX)]
    finally:
        consumer.close()


def is_shared(members: list[Member]) -> bool:
    """Whether each partition has one owner, and nobody has nothing."""
    owned = [index for member in members for index in member.assigned]
    return sorted(owned) == list(range(PARTITIONS)) and all(m.assigned for m in members)


@pytest.mark.parametrize("library", LIBRARIES)
def test_group_goes_on_where_it_committed(node: NodeProcess, library: type[Member]) -> None:
    """A second consumer reads what the first one did not, and nothing else."""
    topic = f"resumed-{library.__name__}"
    create(node.kafka, topic)
    fill(node.kafka, topic)
    first = library(node.kafka, "g-" + topic, topic)
    first.start()
    until(lambda: len(first.seen) == RECORDS, [first], "the first did not read all")
    first.leave()
    fill(node.kafka, topic, RECORDS, 60)
    second = library(node.kafka, "g-" + topic, topic)
    second.start()
    until(lambda: len(second.seen) >= 60, [second], "the second did not read the rest")
    second.leave()

    assert values(first) == list(range(RECORDS))
    assert values(second) == list(range(RECORDS, RECORDS + 60))
    assert sum(committed(node.kafka, "g-" + topic, topic)) == RECORDS + 60


@pytest.mark.parametrize("library", LIBRARIES)
def test_members_share_partitions_and_take_over(node: NodeProcess, library: type[Member]) -> None:
    """Three consumers own two partitions each; those of one that leaves go to the others."""
    topic = f"shared-{library.__name__}"
    create(node.kafka, topic)
    members = [library(node.kafka, "g-" + topic, topic) for _ in range(3)]
    for member in members:
        member.start()
    try:
        until(lambda: is_shared(members), members, "partitions are not shared")
        fill(node.kafka, topic)
        until(lambda: len(set(values(*members))) == RECORDS, members, "not everything was read")
        members[0].leave()
        rest = members[1:]
        until(lambda: is_shared(rest), rest, "partitions are not taken over")
        fill(node.kafka, topic, RECORDS)
        until(lambda: len(set(values(*members))) == 2 * RECORDS, rest, "not everything was read")
    finally:
        for member in members:
            member.leave()

    assert sum(committed(node.kafka, "g-" + topic, topic)) == 2 * RECORDS


def test_libraries_share_a_group(node: NodeProcess) -> None:
    """Members of three libraries find a common assignor."""
    topic = "mixed"
    create(node.kafka, topic)
    members: list[Member] = [
        Confluent(node.kafka, "mixed", topic),
        Python(node.kafka, "mixed", topic),
        Aio(node.kafka, "mixed", topic),
    ]
    for member in members:
        member.start()
    try:
        until(lambda: is_shared(members), members, "partitions are not shared")
        fill(node.kafka, topic)
        until(lambda: len(set(values(*members))) == RECORDS, members, "not everything was read")
    finally:
        for member in members:
            member.leave()


def test_static_member_keeps_its_partitions(node: NodeProcess) -> None:
    """KIP-345: one that comes back with its instance id gets what it had, without a rebalance."""
    topic = "static"
    create(node.kafka, topic)
    members: list[Member] = [
        Confluent(node.kafka, "static", topic, instance=f"i{number}") for number in range(2)
    ]
    for member in members:
        member.start()
    try:
        until(lambda: is_shared(members), members, "partitions are not shared")
        had = set(members[0].assigned)
        before = node.metric("penstock_group_rebalances_total ")
        members[0].leave()
        members[0] = Confluent(node.kafka, "static", topic, instance="i0")
        members[0].start()
        until(lambda: is_shared(members), members, "partitions are not shared again")
        assert members[0].assigned == had
        assert node.metric("penstock_group_rebalances_total ") == before
    finally:
        for member in members:
            member.leave()


@pytest.mark.parametrize("library", [Confluent, Python, Aio])
def test_node_killed_under_a_group_loses_nothing(tmp_path: Path, library: type[Member]) -> None:
    """Every record is read at least once, and no committed offset goes back, over two kill -9."""
    node = NodeProcess(tmp_path, env=ENV | {"PENSTOCK_UPLOAD_TRIGGER_MS": "200"}).start()
    members: list[Member] = []
    try:
        create(node.kafka, "t")
        members = [library(node.kafka, "g", "t") for _ in range(2)]
        for member in members:
            member.start()
        before = [0] * PARTITIONS
        for number in range(3):
            fill(node.kafka, "t", number * RECORDS)
            wanted = number * RECORDS + RECORDS // 2
            until(lambda n=wanted: len(set(values(*members))) >= n, members, f"round {number}")
            now = committed(node.kafka, "g", "t")
            assert all(a <= b for a, b in zip(before, now, strict=True)), (before, now)
            before = now
            if number < 2:
                node.kill()
                node.start()
                now = committed(node.kafka, "g", "t")
                assert all(a <= b for a, b in zip(before, now, strict=True)), (before, now)
        total = 3 * RECORDS
        until(lambda: len(set(values(*members))) == total, members, "records are missing")
        for member in members:
            member.leave()
        assert committed(node.kafka, "g", "t") == [total // PARTITIONS] * PARTITIONS
    finally:
        node.close()
