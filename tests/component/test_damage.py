"""What is lost, damaged or not ours stops a start with one line, and is left as it is."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition

from tests.harness import NodeProcess

VOLUME_BYTES = 16 << 20
FENCES_END = 1 << 20
TOPIC = "damage"


def produce(node: NodeProcess, count: int) -> None:
    """Send records one by one, so that each is a frame of its own; all are acknowledged."""
    producer = Producer({"bootstrap.servers": node.kafka, "linger.ms": 0, "log_level": 0})
    failed: list[object] = []
    for number in range(count):
        producer.produce(
            TOPIC, b"record-%d" % number, partition=0, on_delivery=lambda e, _: failed.append(e)
        )
        producer.flush(20)
    assert failed == [None] * count


def consume(node: NodeProcess, count: int) -> list[bytes]:
    consumer = Consumer(
        {"bootstrap.servers": node.kafka, "group.id": "unused", "enable.auto.commit": False}
    )
    consumer.assign([TopicPartition(TOPIC, 0, OFFSET_BEGINNING)])
    got: list[bytes] = []
    for _ in range(100):
        got += [m.value() for m in consumer.consume(count, 0.2)]
        if len(got) >= count:
            break
    consumer.close()
    return got


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "check" not in path.parts
    }


def refused(node: NodeProcess) -> str:
    """Start it, expect exit code 2 and one line without a traceback; returns the line."""
    before = len(node.log_path.read_text())
    node.start(wait=False)
    assert node.process is not None
    assert node.process.wait(timeout=30) == 2
    text = node.log_path.read_text()[before:]
    assert "Traceback" not in text, text
    lines = [line for line in text.splitlines() if line and not line.startswith("{")]
    assert len(lines) == 1, text
    return lines[0]


def environment(folder: Path) -> dict[str, str]:
    return {
        "PENSTOCK_VOLUME_SIZE": str(VOLUME_BYTES),
        "PENSTOCK_OBJECT_STORE": f"file://{folder}/objects",
    }


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a killed node: 20 acknowledged records, ten of them in objects."""
    folder = tmp_path_factory.mktemp("template")
    with NodeProcess(
        folder, env={"PENSTOCK_UPLOAD_TRIGGER_MS": "100"} | environment(folder)
    ) as node:
        produce(node, 10)
        deadline = time.monotonic() + 20
        while not node.metric("penstock_uploads_total"):
            assert time.monotonic() < deadline, "nothing was uploaded"
            time.sleep(0.05)
        assert node.stop() == 0
        del node.env["PENSTOCK_UPLOAD_TRIGGER_MS"]
        node.start()
        produce(node, 10)
        node.kill()
    return folder


@pytest.fixture
def node(template: Path, tmp_path: Path) -> Iterator[NodeProcess]:
    """Return a stopped node on a copy of the template."""
    folder = tmp_path / "node"
    shutil.copytree(template, folder)
    node = NodeProcess(folder, env=environment(folder))
    yield node
    node.close()


def volume_of(node: NodeProcess) -> Path:
    (found,) = [p for p in (node.folder / "data").iterdir() if p.stat().st_size == VOLUME_BYTES]
    return found


def test_lost_metadata_next_to_a_used_volume_is_refused(node: NodeProcess) -> None:
    """Without its metadata a node must not take records and objects for free space."""
    raft = node.folder / "data" / "raft"
    raft.rename(node.folder / "raft-away")
    volume = volume_of(node)
    before = hashlib.sha256(volume.read_bytes()).digest(), digests(node.folder / "objects")

    line = refused(node)

    assert str(volume) in line and "metadata" in line
    after = hashlib.sha256(volume.read_bytes()).digest(), digests(node.folder / "objects")
    assert after == before
    shutil.rmtree(raft)
    (node.folder / "raft-away").rename(raft)
    node.start()
    assert len(consume(node, 20)) == 20


def test_lost_data_folder_with_the_same_cluster_id_leaves_the_objects_alone(
    node: NodeProcess,
) -> None:
    """Objects that this metadata never gave out an id for belong to somebody else."""
    properties = (node.folder / "data" / "meta.properties").read_text()
    cluster_id = properties.split("cluster.id=")[1].splitlines()[0]
    (node.folder / "data").rename(node.folder / "data-away")
    node.env["PENSTOCK_CLUSTER_ID"] = cluster_id
    before = digests(node.folder / "objects")
    assert before

    line = refused(node)

    assert cluster_id in line
    assert digests(node.folder / "objects") == before


def test_damaged_acknowledged_frame_is_refused(node: NodeProcess) -> None:
    """A flipped bit below what was acknowledged is damage, not the end of the log."""
    volume = volume_of(node)
    data = bytearray(volume.read_bytes())
    at = data.rfind(b"record-3")
    data[at] ^= 1
    volume.write_bytes(data)

    line = refused(node)

    assert str(volume) in line and "damaged" in line
    assert volume.read_bytes()[FENCES_END:] == data[FENCES_END:]


def test_damaged_journal_is_refused(node: NodeProcess) -> None:
    """A flipped bit in the metadata's journal is named with its file and the remedy."""
    journal = node.folder / "data" / "raft" / "journal"
    data = bytearray(journal.read_bytes())
    data[len(data.rstrip(b"\0")) // 2] ^= 1  # Zeros written ahead follow; nobody needs them.
    journal.write_bytes(data)

    line = refused(node)

    assert str(journal) in line and "backup" in line


def test_another_clusters_volume_is_refused(node: NodeProcess, tmp_path: Path) -> None:
    """A volume that was swapped for another one is neither read nor written."""
    with NodeProcess(tmp_path / "other", env=environment(tmp_path / "other")) as other:
        other.kill()
    volume = volume_of(node)
    volume.write_bytes(volume_of(other).read_bytes())
    before = hashlib.sha256(volume.read_bytes()).digest()

    line = refused(node)

    assert str(volume) in line and "belongs to cluster" in line
    assert hashlib.sha256(volume.read_bytes()).digest() == before
