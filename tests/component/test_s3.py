"""A node on a real S3 server that answers late, wrongly or not at all; real processes."""

from __future__ import annotations

import functools
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trio
from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from appliance.objects.s3 import S3Store, from_environment
from appliance.protocol import batch, messages
from tests import harness
from tests.component.test_every_api import Client
from tests.component.test_start_failures import refused
from tests.harness import NodeProcess, read_image
from tests.s3proxy import RANDOM_FAULTS, Fault, Proxy
from tests.s3server import BUCKET, S3Server

TOPIC = "s3"
KAFKA_STORAGE_ERROR = 56
WAIT_S_MAX = 60
wait_until = functools.partial(harness.wait_until, seconds=WAIT_S_MAX)
IDLE_S = 2.0


class World:
    """A node, the proxy before its object store, and a way past the proxy."""

    def __init__(self, folder: Path, server: S3Server, proxy: Proxy) -> None:
        self.folder = folder
        self.server = server
        self.proxy = proxy
        self.url = f"s3://{BUCKET}/{folder.name}"
        self.node = NodeProcess(
            folder / "node",
            env=server.environment(proxy.endpoint)
            | {
                "PENSTOCK_OBJECT_STORE": self.url,
                "PENSTOCK_VOLUME_SIZE": "32MiB",
                "PENSTOCK_UPLOAD_TRIGGER_MS": "100",
            },
        )

    def objects(self) -> set[str]:
        """Return the keys of all objects, asked past the proxy."""

        async def main() -> set[str]:
            store = S3Store(from_environment(self.url, self.server.environment()))
            return {info.key async for info in store.list("") if info.key.endswith(".pso")}

        return trio.run(main)

    def produce(self, start: int, count: int, *, size: int = 1000) -> None:
        """Send numbered records; returns when all are acknowledged."""
        producer = self.producer()
        failed = send(producer, range(start, start + count), size)
        assert producer.flush(WAIT_S_MAX) == 0
        assert not failed, failed

    def producer(self) -> Producer:
        return Producer(
            {
                "bootstrap.servers": self.node.kafka,
                "enable.idempotence": True,
                "request.timeout.ms": 2000,
                "retry.backoff.max.ms": 200,
                "log_level": 0,
            }
        )

    def read(self) -> list[int]:
        """Return the numbers of all records below the watermark."""
        consumer = Consumer(
            {
                "bootstrap.servers": self.node.kafka,
                "group.id": "unused",
                "enable.auto.commit": False,
            }
        )
        _, end = consumer.get_watermark_offsets(TopicPartition(TOPIC, 0), timeout=20)
        consumer.assign([TopicPartition(TOPIC, 0, OFFSET_BEGINNING)])
        got: list[int] = []
        deadline = time.monotonic() + WAIT_S_MAX
        while len(got) < end and time.monotonic() < deadline:
            for message in consumer.consume(1000, 0.1):
                assert message.error() is None, message.error()
                got.append(int(message.value()[:8]))
        consumer.close()
        return got

    def stop_uploaded(self, records: int) -> None:
        """Stop the node when objects hold everything, and the bucket only what is named."""

        def is_settled() -> bool:
            assert self.node.stop() == 0
            image = read_image(self.node, self.folder / "scratch")
            (partition_id,) = image.topics_by_name[TOPIC].partition_ids
            partition = image.partitions[partition_id]
            named = {stored.key for stored in image.objects.values()}
            if partition.committed_end == records and self.objects() == named:
                return True
            self.node.start()
            time.sleep(0.5)
            return False

        wait_until(is_settled, "everything in objects, and nothing else")


def send(producer: Producer, numbers: range, size: int) -> list[str]:
    """Queue records; returns the list that the errors of deliveries will be in."""
    failed: list[str] = []

    def on_delivery(error: object, _: object) -> None:
        if error is not None:
            failed.append(str(error))

    for number in numbers:
        value = b"%08d" % number + os.urandom(size)
        producer.produce(TOPIC, value, partition=0, on_delivery=on_delivery)
    return failed


def produce_error(node: NodeProcess) -> int:
    """Return the error code of one produce request of 900 kB, which may wait 0.2 s for room."""
    request = messages.ProduceRequest
    records = bytes(
        batch.build([(b"k", b"%08d" % 0 + b"v" * 900_000)], timestamp=1_700_000_000_000)
    )
    data = request.PartitionProduceData(index=0, records=records)
    topic = request.TopicProduceData(name=TOPIC, partition_data=[data])
    client = Client(node.kafka)
    answer = client.call(0, 9, request(acks=-1, timeout_ms=200, topic_data=[topic]))
    client.socket.close()
    return answer.responses[0].partition_responses[0].error_code


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with S3Server(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def world(server: S3Server, tmp_path: Path) -> Iterator[World]:
    with Proxy(server.address) as proxy:
        made = World(tmp_path, server, proxy)
        yield made
        made.node.close()


def test_every_fault_of_an_upload_and_of_a_read_is_got_over(world: World) -> None:
    """Slow, throttled, ambiguous and refused answers lose nothing and end nothing."""
    node, proxy = world.node.start(), world.proxy
    faults = (*RANDOM_FAULTS, Fault.REFUSED)
    for number, fault in enumerate(faults):
        before = node.metric("penstock_uploads_total")
        proxy.plan("PUT", [fault])
        world.produce(number * 10, 10)
        wait_until(lambda before=before: node.metric("penstock_uploads_total") > before, str(fault))
        assert not proxy.is_planned("PUT")
    count = len(faults) * 10
    world.stop_uploaded(count)

    node.start()
    wait_until(lambda: proxy.requests[-1].path.find("list-type") >= 0, "the look for orphans")
    proxy.plan("GET", faults)
    assert world.read() == list(range(count))
    assert not proxy.is_planned("GET")
    assert node.metric('penstock_read_bytes_total{source="objects"}') > 0
    assert node.stop() == 0


def test_an_idle_node_makes_no_request(world: World) -> None:
    """Neither after its start nor after its last upload."""
    requests = world.proxy.requests

    def settle() -> int:
        count, since = len(requests), time.monotonic()
        deadline = since + WAIT_S_MAX
        while time.monotonic() < since + IDLE_S:
            assert time.monotonic() < deadline, requests[-10:]
            if len(requests) != count:
                count, since = len(requests), time.monotonic()
            time.sleep(0.02)
        return count

    world.node.start()
    # The check's puts, list and delete; the owner, asked and written; the look for orphans.
    assert [request.method for request in requests[: settle()]] == [
        *("PUT", "PUT", "GET", "POST"), *("GET", "GET", "GET", "PUT", "GET")
    ]  # fmt: skip
    count = len(requests)
    world.produce(0, 100)
    wait_until(lambda: world.node.metric("penstock_uploads_total") > 0, "an upload")
    settled = settle()
    time.sleep(IDLE_S)
    assert len(requests) == settled
    assert {request.method for request in requests[count:]} == {"PUT"}


def test_an_object_whose_commit_a_crash_prevented_is_removed(world: World) -> None:
    """The put is carried out, its answer never comes, kill -9: an orphan, gone after the start."""
    requests = world.proxy.requests
    world.node.start()
    # Its owner's name is the first that is written, and read back.
    wait_until(lambda: sum("/owner" in r.path for r in requests) == 4, "the claim")
    world.proxy.plan("PUT", [Fault.HELD])
    world.produce(0, 10)
    wait_until(lambda: len(world.objects()) == 1, "the object")
    (orphan,) = world.objects()
    world.node.kill()
    world.proxy.clear()
    world.node.start()
    wait_until(lambda: bool(world.objects() - {orphan}), "the upload by the successor")
    wait_until(lambda: orphan not in world.objects(), "the removal")
    assert world.read() == list(range(10))
    world.stop_uploaded(10)


def test_while_s3_is_away_the_volume_fills_then_producers_wait_and_recover(world: World) -> None:
    """Produce and tail reads go on; a full volume is a retriable error, and no producer fails."""
    node, proxy = world.node.start(), world.proxy
    proxy.go_away()
    world.produce(0, 10, size=500_000)
    assert world.read() == list(range(10))

    producer = world.producer()
    failed = send(producer, range(10, 80), 500_000)
    wait_until(lambda: not producer.poll(0) and node.get("/ready")[0] == 503, "a full volume")
    wait_until(lambda: produce_error(node) == KAFKA_STORAGE_ERROR, "a refusal")
    assert node.get("/health")[0] == 200
    read = world.read()
    assert read == list(range(len(read)))
    assert 10 < len(read) < 80

    proxy.come_back()
    assert producer.flush(WAIT_S_MAX) == 0
    assert not failed, failed
    assert world.read() == list(range(80))
    wait_until(lambda: node.get("/ready") == (200, "ok\n"), "room")
    world.stop_uploaded(80)


@pytest.mark.parametrize("how", ["refused connections", "no answers", "503"])
def test_a_start_while_s3_is_away_serves_the_tail_and_takes_records(how: str, world: World) -> None:
    """A node that dies while S3 is away comes back without it."""
    node, proxy = world.node.start(), world.proxy
    if how == "refused connections":
        proxy.go_away()
    else:
        proxy.always = Fault.SILENT if how == "no answers" else Fault.UNAVAILABLE
    world.produce(0, 10)
    node.kill()
    node.start()
    assert node.get("/ready") == (200, "ok\n")
    assert world.read() == list(range(10))
    world.produce(10, 10)
    assert world.read() == list(range(20))
    assert world.objects() == set()

    proxy.clear()
    wait_until(lambda: node.metric("penstock_uploads_total") > 0, "an upload")
    world.stop_uploaded(20)


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        ((403, "SignatureDoesNotMatch"), "AWS_SECRET_ACCESS_KEY"),
        ((403, "AccessDenied"), "the bucket's policy"),
        ((404, "InvalidAccessKeyId"), "AWS_ACCESS_KEY_ID"),
        ((301, "PermanentRedirect"), "set AWS_REGION"),
        ((400, "AuthorizationHeaderMalformed"), "set AWS_REGION"),
        ((403, "RequestTimeTooSkewed"), "correct its time"),
        ((404, "NoSuchBucket"), "create it"),
    ],
)
def test_a_refusal_at_the_start_is_one_line_with_a_remedy(
    answer: tuple[int, str], remedy: str, world: World
) -> None:
    """Exit code 2: waiting would not help."""
    world.proxy.always, world.proxy.answer = Fault.REFUSED, answer
    env = world.server.environment(world.proxy.endpoint)
    line = refused("--data", world.folder / "data", "--object-store", world.url, env=env)

    assert remedy in line
    assert env["AWS_SECRET_ACCESS_KEY"] not in line


def test_a_wrong_bucket_and_wrong_keys_are_refused_by_the_server_itself(world: World) -> None:
    """As above, in a real server's own words; moto knows every key."""
    env = world.server.environment()
    data = world.folder / "data"
    assert "create it" in refused("--data", data, "--object-store", "s3://no-bucket/x", env=env)
    if world.server.kind == "versitygw":
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            wrong = env | {name: "wrong"}
            assert name in refused("--data", data, "--object-store", world.url, env=wrong)
        wrong = env | {"AWS_REGION": "eu-west-1"}
        assert "AWS_REGION" in refused("--data", data, "--object-store", world.url, env=wrong)


def test_a_wrong_prefix_is_refused_before_anything_is_uploaded(world: World) -> None:
    """A typing error; after its correction, nothing is missing."""
    node = world.node.start()
    world.produce(0, 10)
    wait_until(lambda: node.metric("penstock_uploads_total") > 0, "an upload")
    world.stop_uploaded(10)
    data = node.folder / "data"

    line = refused("--data", data, "--object-store", world.url + "-other", env=node.env)
    assert "lacks the objects of this cluster" in line
    assert world.url + "-other" in line
    node.start()
    assert world.read() == list(range(10))


def test_a_second_cluster_under_the_same_id_is_refused(world: World) -> None:
    """On the same prefix it would take the first one's ids of objects."""
    node = world.node
    node.env["PENSTOCK_CLUSTER_ID"] = "same"
    node.start()
    wait_until(lambda: any("/owner" in r.path for r in world.proxy.requests), "the owner")
    wait_until(lambda: sum(r.method == "PUT" for r in world.proxy.requests) == 3, "its name")
    line = refused("--data", world.folder / "second", env=node.env)

    assert "belongs to another cluster with the id same" in line
    assert node.stop() == 0
