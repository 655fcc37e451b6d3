"""kill -9 at random moments: everything acknowledged is there, once and in order."""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import trio
from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from appliance.metadata import Image
from appliance.objects.local import LocalStore
from appliance.objects.s3 import S3Store, from_environment
from appliance.objects.store import RETRY_DELAY_S_MAX, ObjectStore
from tests.harness import NodeProcess, read_image
from tests.s3proxy import RANDOM_FAULTS, Proxy
from tests.s3server import BUCKET, S3Server

ROUNDS = int(os.environ.get("TEST_KILL_ROUNDS", "20"))
ROUNDS_TOLD = 25
SEED = int(os.environ.get("TEST_KILL_SEED", "1"))
PARTITIONS = 4
FAULTS_SHARE = 0.3
AWAY_SHARE = 0.2
FULL_S = 10
"""Without progress for so long: the object store comes back, faultless for this round."""
PROGRESS_S_MAX = FULL_S + RETRY_DELAY_S_MAX + 30
"""It is asked again after so long at most."""


class Load(threading.Thread):
    """Produces numbered records with idempotence; remembers what was acknowledged."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        super().__init__(daemon=True)
        self.topic = topic
        self.acked: dict[int, list[int]] = {p: [] for p in range(PARTITIONS)}
        self.sent = 0
        self.failed: list[str] = []
        self.stop = threading.Event()
        self.producer = Producer(
            {
                "bootstrap.servers": bootstrap,
                "enable.idempotence": True,
                "linger.ms": 1,
                "message.timeout.ms": 120_000,
                "reconnect.backoff.max.ms": 100,
                "retry.backoff.ms": 20,
                "retry.backoff.max.ms": 100,
                "log_level": 0,
            }
        )

    def run(self) -> None:
        numbers = [0] * PARTITIONS
        rng = random.Random(SEED)
        while not self.stop.is_set():
            # Bounded: a client whose broker is down must not fill its own queue.
            while self.sent - self.count() - len(self.failed) > 2000 and not self.stop.is_set():
                self.producer.poll(0.01)
            partition = self.sent % PARTITIONS
            number = numbers[partition]
            numbers[partition] += 1
            self.sent += 1
            value = b"%012d" % number + b"x" * rng.choice([10, 200, 3000])
            self.producer.produce(
                self.topic,
                value,
                partition=partition,
                on_delivery=lambda error, _, p=partition, n=number: (
                    self.failed.append(str(error)) if error else self.acked[p].append(n)
                ),
            )
            self.producer.poll(0)
            if self.sent % 50 == 0:
                time.sleep(0.005)
        self.producer.flush(60)

    def count(self) -> int:
        """Records acknowledged so far."""
        return sum(map(len, self.acked.values()))

    def wait_progress(self, *, proxy: Proxy | None = None) -> None:
        """Return when the present node has acknowledged something: a round must bite.

        Lives too short for an upload, in a row, fill the volume (each takes an extent); then
        nothing is acknowledged before the object store is back.
        """
        before = self.count()
        started = time.monotonic()
        deadline = started + PROGRESS_S_MAX
        while self.count() == before:
            if proxy is not None and time.monotonic() > started + FULL_S:
                proxy.clear()
                proxy = None
            assert not self.failed, self.failed[:5]
            assert self.is_alive(), "the producer ended"
            assert time.monotonic() < deadline, "no record is acknowledged any more"
            time.sleep(0.005)


def read_all(bootstrap: str, topic: str) -> dict[int, list[int]]:
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "unused",
            "enable.auto.commit": False,
            "fetch.wait.max.ms": 20,
        }
    )
    ends = {}
    for partition in range(PARTITIONS):
        _, ends[partition] = consumer.get_watermark_offsets(
            TopicPartition(topic, partition), timeout=20
        )
    consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in range(PARTITIONS)])
    got: dict[int, list[int]] = {p: [] for p in range(PARTITIONS)}
    deadline = time.monotonic() + 60
    while sum(map(len, got.values())) < sum(ends.values()) and time.monotonic() < deadline:
        for message in consumer.consume(10_000, 0.2):
            assert message.error() is None, message.error()
            assert message.offset() == len(got[message.partition()])
            got[message.partition()].append(int(message.value()[:12]))
    consumer.close()
    assert sum(map(len, got.values())) == sum(ends.values())
    return got


@dataclass
class World:
    """A node, its object store, and what lies between them."""

    node: NodeProcess
    store: Callable[[], ObjectStore]
    proxy: Proxy | None = None

    def keys(self) -> set[str]:
        """Return the keys of all objects, asked past the proxy."""

        async def main() -> set[str]:
            found = [info.key async for info in self.store().list("")]
            return {key for key in found if key.endswith(".pso")}

        return trio.run(main)


UPLOAD_OFTEN = {"PENSTOCK_UPLOAD_TRIGGER_MS": "150", "PENSTOCK_UPLOAD_TRIGGER_BYTES": "1MiB"}


@pytest.fixture(params=["local", "s3"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with contextlib.ExitStack() as stack:
        if request.param == "local":
            made = World(
                NodeProcess(tmp_path / "node", env=UPLOAD_OFTEN),
                lambda: LocalStore(str(tmp_path / "node" / "data" / "objects")),
            )
        else:
            server = stack.enter_context(S3Server(tmp_path / "s3"))
            proxy = stack.enter_context(Proxy(server.address, seed=SEED))
            url = f"s3://{BUCKET}/kill"
            env = UPLOAD_OFTEN | server.environment(proxy.endpoint)
            made = World(
                NodeProcess(tmp_path / "node", env=env | {"PENSTOCK_OBJECT_STORE": url}),
                lambda: S3Store(from_environment(url, server.environment())),
                proxy,
            )
        stack.callback(made.node.close)
        yield made


def kill_again_and_again(world: World, load: Load, rng: random.Random) -> None:
    """ROUNDS times: wait until the node works, kill it in the middle of it, start it again."""
    node, proxy = world.node, world.proxy
    for number in range(ROUNDS):
        if number and number % ROUNDS_TOLD == 0:
            print(f"\n{number} of {ROUNDS} rounds, {load.count()} records acknowledged")
        if proxy is not None:
            proxy.share = FAULTS_SHARE
            if rng.random() < AWAY_SHARE:
                proxy.go_away()
        load.wait_progress(proxy=proxy)
        time.sleep(rng.uniform(0.0, 0.5))
        node.kill()
        if proxy is not None and rng.random() < 0.5:
            proxy.come_back()  # Otherwise the node starts while S3 is away.
        node.start()
        if proxy is not None:
            proxy.come_back()
    if proxy is not None:
        proxy.clear()


def stop_when_all_is_uploaded(world: World, ends: dict[int, int], scratch: Path) -> Image:
    """Stop the node when objects hold everything; returns its metadata."""
    deadline = time.monotonic() + 120
    while True:
        assert world.node.stop() == 0
        image = read_image(world.node, scratch)
        topic = image.topics_by_name["kill"]
        committed = [image.partitions[number].committed_end for number in topic.partition_ids]
        if committed == [ends[partition] for partition in range(PARTITIONS)]:
            return image
        assert time.monotonic() < deadline, f"{committed} of {ends} is uploaded"
        world.node.start()
        time.sleep(1)


def check_nothing_is_orphaned(world: World, image: Image) -> None:
    """Invariant 6: the store holds what the metadata names, and soon after a start only that."""
    named = {stored.key for stored in image.objects.values()}
    deadline = time.monotonic() + 60
    while (keys := world.keys()) != named:
        assert named <= keys, f"lost objects: {sorted(named - keys)[:5]}"
        assert time.monotonic() < deadline, f"orphans: {sorted(keys - named)[:5]}"
        time.sleep(0.1)


def check_records(load: Load, got: dict[int, list[int]]) -> None:
    """Invariants 1, 2, 8: what was acknowledged is there, nothing twice, all in order."""
    for partition in range(PARTITIONS):
        assert got[partition] == sorted(set(got[partition])), "order or duplicates"
        missing = set(load.acked[partition]) - set(got[partition])
        assert not missing, f"partition {partition} lost {sorted(missing)[:10]}"


@pytest.mark.slow
def test_kill_at_random_moments_loses_and_doubles_nothing(world: World, tmp_path: Path) -> None:
    """Invariants 1, 2, 6, 8 over restarts, uploads included, on a folder and on a faulty S3."""
    node = world.node.start()
    admin = AdminClient({"bootstrap.servers": node.kafka, "log_level": 0})
    admin.create_topics([NewTopic("kill", PARTITIONS, 1)])["kill"].result(10)
    load = Load(node.kafka, "kill")
    load.start()
    kill_again_and_again(world, load, random.Random(SEED))
    load.wait_progress()
    load.stop.set()
    load.join(timeout=90)
    assert not load.is_alive()
    assert not load.failed, load.failed[:5]
    assert load.count() > 10 * ROUNDS

    got = read_all(node.kafka, "kill")
    check_records(load, got)
    ends = {partition: len(numbers) for partition, numbers in got.items()}
    image = stop_when_all_is_uploaded(world, ends, tmp_path / "scratch")
    node.start()
    check_nothing_is_orphaned(world, image)
    assert read_all(node.kafka, "kill") == got
    assert node.metric('penstock_read_bytes_total{source="objects"}') > 0
    assert node.metric('penstock_read_bytes_total{source="tail"}') == 0
    assert node.metric('penstock_read_bytes_total{source="volume"}') == 0
    faults = Counter(r.fault.value for r in world.proxy.requests) if world.proxy else {}
    assert world.proxy is None or set(faults) >= {fault.value for fault in RANDOM_FAULTS}
    print(
        f"\nseed {SEED}: {ROUNDS} rounds, {load.count()} records acknowledged,"
        f" {sum(ends.values())} read, {len(image.objects)} objects, {dict(faults)}"
    )
