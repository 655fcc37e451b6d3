"""What a scraper and a supervisor see of a real node."""

from __future__ import annotations

import contextlib
import math
import re
import sys
import time
import urllib.error
from pathlib import Path

import pytest
from confluent_kafka import OFFSET_BEGINNING, Consumer, Producer, TopicPartition
from prometheus_client.parser import text_string_to_metric_families

from tests.component.test_stop import HANGING_DISK
from tests.harness import ROOT, NodeProcess
from tests.ports import kept_ports

EXPECTED = {
    "counter": """
        requests bytes_in bytes_out records_in wal_writes wal_frames wal_written_bytes uploads
        upload_bytes store_calls store_errors store_put_bytes store_get_bytes cache_hits
        cache_misses reads read_bytes connections_opened connections_refused protocol_errors
        raft_journal_syncs offsets_committed group_rebalances""",
    "histogram": "request_seconds wal_commit_seconds store_seconds",
    "gauge": """
        ready connections partitions volume_bytes volume_used_bytes volume_extents
        volume_extents_free wal_unsaved_bytes wal_pending_bytes wal_spare_extents
        store_may_be_away_seconds store_failures_in_row raft_is_leader raft_leader raft_term
        raft_commit_index raft_applied_index raft_last_index raft_journal_bytes
        raft_snapshot_index raft_snapshot_bytes raft_proposals_pending groups group_members
        groups_loading""",
}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory):
    """A node that has served a producer, a consumer and an upload."""
    folder = tmp_path_factory.mktemp("metrics")
    with NodeProcess(folder, env={"PENSTOCK_UPLOAD_TRIGGER_MS": "10"}) as node:
        producer = Producer({"bootstrap.servers": node.kafka, "log_level": 0})
        for _ in range(100):
            producer.produce("t", bytes(10_000), partition=0)
        assert producer.flush(20) == 0
        consumer = Consumer(
            {"bootstrap.servers": node.kafka, "group.id": "-", "enable.auto.commit": False}
        )
        consumer.assign([TopicPartition("t", 0, OFFSET_BEGINNING)])
        assert len(consumer.consume(100, 20)) == 100
        while node.metric("penstock_uploads_total") == 0:
            consumer.poll(0.05)
        consumer.close()
        yield node


def test_metrics_are_well_formed_and_complete(node: NodeProcess) -> None:
    """Every family once, with help and type; what only grows is a counter and ends in _total."""
    text = node.get("/metrics")[1]
    families = {family.name: family for family in text_string_to_metric_families(text)}

    declared = re.findall(r"^# TYPE (\S+)", text, re.MULTILINE)
    assert len(declared) == len(set(declared)) == len(families)
    samples = [line.rsplit(" ", 1)[0] for line in text.splitlines() if not line.startswith("#")]
    assert len(samples) == len(set(samples))
    assert [name for name, family in families.items() if not family.documentation] == []
    for kind, names in EXPECTED.items():
        wrong = [n for n in names.split() if families[f"penstock_{n}"].type != kind]
        assert wrong == [], kind
    for family in families.values():
        if family.type == "counter":
            assert {sample.name for sample in family.samples} <= {f"{family.name}_total"}
    assert {f.type for n, f in families.items() if n.startswith("penstock_")} == set(EXPECTED)


def test_what_was_done_is_counted(node: NodeProcess) -> None:
    """The figures are of this node's work."""
    assert node.metric("penstock_records_in_total") == 100
    assert node.metric("penstock_bytes_in_total") > 1_000_000
    assert node.metric("penstock_bytes_out_total") >= 1_000_000
    assert node.metric('penstock_request_seconds_count{api="Produce"}') >= 1
    frames = node.metric("penstock_wal_frames_total")
    assert node.metric("penstock_wal_commit_seconds_count") == frames
    assert 0 < frames <= node.metric("penstock_wal_writes_total")
    assert 0 < node.metric("penstock_wal_commit_seconds_sum") < 60
    assert node.metric("penstock_wal_written_bytes_total") > 1_000_000
    assert node.metric('penstock_store_seconds_count{operation="put"}') >= 1
    assert node.metric('penstock_cache_hits_total{cache="tail"}') >= 1
    assert node.metric("penstock_raft_is_leader") == 1
    assert node.metric("penstock_raft_journal_syncs_total") > 1
    assert node.metric("penstock_raft_applied_index") > 1
    assert 0 < node.metric("penstock_volume_used_bytes") < node.metric("penstock_volume_bytes")


def test_how_long_the_store_may_be_away_is_room_by_rate(node: NodeProcess) -> None:
    """Finite and positive after records have come."""
    seconds = node.metric("penstock_store_may_be_away_seconds")

    assert seconds > 0
    assert not math.isnan(seconds)
    assert seconds != math.inf


def test_admin_is_served_before_the_node_is_ready(tmp_path: Path) -> None:
    """A long start is alive and not ready; here the disk does not answer for a while."""
    flag = tmp_path / "hang"
    flag.touch()
    program = tmp_path / "program.py"
    program.write_text(HANGING_DISK.format(root=str(ROOT), flag=str(flag)))
    node = NodeProcess(
        tmp_path, command=[sys.executable, str(program)], env={"PENSTOCK_VOLUME_SIZE": "16MiB"}
    )
    with kept_ports(1) as (port,), contextlib.closing(node):
        node.start(wait=False, admin_port=port)
        node.admin = f"http://127.0.0.1:{port}"
        while not (found := asked(node, "/ready")):
            time.sleep(0.02)
        assert found == (503, "starting: reading the WAL\n")
        assert node.get("/health")[0] == 200
        assert "penstock_ready 0.0" in node.get("/metrics")[1]
        flag.unlink()
        node.wait_ready()
        assert node.get("/ready") == (200, "ok\n")


def asked(node: NodeProcess, path: str) -> tuple[int, str] | None:
    """GET a page; None while nobody listens."""
    try:
        return node.get(path)
    except urllib.error.URLError:
        assert node.process is not None
        assert node.process.poll() is None
        return None
