"""Kafka's own command-line tools against a real node, those that need no group.

They run when `PENSTOCK_KAFKA_LIBS` names a folder with the jars of Apache Kafka 4.x (kafka_2.13,
kafka-tools and what they need) and `java` is on the path. Not among them: `consumer-perf-test`,
which subscribes, and `e2e-latency`, which commits; both need a group.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness import NodeProcess

LIBS = os.environ.get("PENSTOCK_KAFKA_LIBS", "")
TOOL_S_MAX = 60

pytestmark = pytest.mark.skipif(
    not LIBS or shutil.which("java") is None,
    reason="PENSTOCK_KAFKA_LIBS names no folder of Kafka's jars, or there is no java",
)

CLASSES = {
    "topics": "org.apache.kafka.tools.TopicCommand",
    "configs": "kafka.admin.ConfigCommand",
    "console-producer": "org.apache.kafka.tools.ConsoleProducer",
    "console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
    "producer-perf-test": "org.apache.kafka.tools.ProducerPerformance",
    "verifiable-producer": "org.apache.kafka.tools.VerifiableProducer",
    "get-offsets": "org.apache.kafka.tools.GetOffsetShell",
    "log-dirs": "org.apache.kafka.tools.LogDirsCommand",
    "cluster": "org.apache.kafka.tools.ClusterTool",
    "broker-api-versions": "org.apache.kafka.tools.BrokerApiVersionsCommand",
    "delete-records": "org.apache.kafka.tools.DeleteRecordsCommand",
    "leader-election": "org.apache.kafka.tools.LeaderElectionCommand",
    "reassign-partitions": "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
    "features": "org.apache.kafka.tools.FeatureCommand",
    "metadata-quorum": "org.apache.kafka.tools.MetadataQuorumCommand",
    "acls": "org.apache.kafka.tools.AclCommand",
    "transactions": "org.apache.kafka.tools.TransactionsCommand",
    "client-metrics": "org.apache.kafka.tools.ClientMetricsCommand",
}


class Tools:
    """Runs the tools; each is a process of its own."""

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap

    def __call__(self, tool: str, *arguments: str, given: str = "", code: int = 0) -> str:
        """Run one with `--bootstrap-server`; returns what it printed, errors when it fails."""
        return self.run(
            tool, *arguments, "--bootstrap-server", self.bootstrap, given=given, code=code
        )

    def run(self, tool: str, *arguments: str, given: str = "", code: int = 0) -> str:
        command = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        command += ["-cp", f"{LIBS}/*", CLASSES[tool], *arguments]
        ran = subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=TOOL_S_MAX
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout if code == 0 else ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder) as running:
        yield running


@pytest.fixture(scope="module")
def tools(node: NodeProcess) -> Tools:
    return Tools(node.kafka)


def test_topics(tools: Tools) -> None:
    """Create, list, describe, alter and delete."""
    made = tools(
        "topics", "--create", "--topic", "made", "--partitions", "3", "--replication-factor", "1",
        "--config", "retention.ms=5000",
    )  # fmt: skip
    assert made.split() == ["Created", "topic", "made."]
    tools("topics", "--create", "--topic", "made", code=1)
    tools("topics", "--create", "--topic", "placed", "--replica-assignment", "1,1")
    tools("topics", "--create", "--topic", "many", "--replication-factor", "3", code=1)
    tools("topics", "--alter", "--topic", "made", "--partitions", "5")
    head, *lines = tools("topics", "--describe", "--topic", "made").splitlines()
    assert "PartitionCount: 5" in head
    assert "ReplicationFactor: 1" in head
    assert "Configs: retention.ms=5000" in head
    assert [line.split()[3] for line in lines] == list("01234")
    assert {line.split("Leader:")[1].split()[0] for line in lines} == {"1"}
    assert tools("topics", "--describe", "--under-replicated-partitions") == ""
    tools("topics", "--delete", "--topic", "made")
    assert tools("topics", "--list").split() == ["placed"]


def test_configs(tools: Tools) -> None:
    """Describe; add and delete configs of a topic; describe the broker's."""
    tools("topics", "--create", "--topic", "configured")
    topic = ["--entity-type", "topics", "--entity-name", "configured"]
    added = "max.message.bytes=2000000,cleanup.policy=[compact,delete]"
    tools("configs", "--alter", *topic, "--add-config", added)
    shown = tools("configs", "--describe", *topic).splitlines()[1:]
    assert [line.split()[0] for line in shown] == [
        "cleanup.policy=compact,delete",
        "max.message.bytes=2000000",
    ]
    assert "DEFAULT_CONFIG:message.max.bytes=1048588" in shown[1]
    tools("configs", "--alter", *topic, "--delete-config", "cleanup.policy")
    every = tools("configs", "--describe", *topic, "--all").splitlines()[1:]
    assert len(every) == 33
    assert any(line.strip().startswith("cleanup.policy=delete ") for line in every)
    broker = ["--entity-type", "brokers", "--entity-name", "1", "--all"]
    assert "num.partitions=1 " in tools("configs", "--describe", *broker)


def test_console_producer_and_consumer(tools: Tools) -> None:
    """Lines with keys and headers go in and come out in order; no group is needed."""
    producing = ["parse.key=true", "parse.headers=true", "headers.delimiter=|", "key.separator=:"]
    reader = [word for item in producing for word in ("--reader-property", item)]
    lines = [f"h:{number}|k{number}:v{number}" for number in range(50)]
    tools(
        "console-producer", "--topic", "console", "--compression-codec", "lz4", *reader,
        given="\n".join(lines),
    )  # fmt: skip
    shown = ["print.key=true", "print.headers=true", "print.offset=true", "print.timestamp=true"]
    formatter = [word for item in shown for word in ("--formatter-property", item)]
    read = tools(
        "console-consumer", "--topic", "console", "--partition", "0", "--offset", "earliest",
        "--max-messages", "50", *formatter,
    ).splitlines()  # fmt: skip

    assert [line.split("\t")[1:] for line in read] == [
        [f"Offset:{n}", f"h:{n}", f"k{n}", f"v{n}"] for n in range(50)
    ]
    assert all(line.startswith("CreateTime:1") for line in read)


def test_topic_compression_is_read_by_java(tools: Tools) -> None:
    """The broker compresses; a consumer of Kafka's own library reads what it made."""
    lines = [f"{number} {'x' * 2000}" for number in range(100)]
    for name in ("lz4", "snappy"):
        topic = f"packed-{name}"
        tools("topics", "--create", "--topic", topic, "--config", f"compression.type={name}")
        tools("console-producer", "--topic", topic, given="\n".join(lines))
        read = tools(
            "console-consumer", "--topic", topic, "--partition", "0", "--offset", "earliest",
            "--max-messages", "100",
        )  # fmt: skip
        assert read.splitlines() == lines


def test_producers_that_measure_and_offsets(tools: Tools) -> None:
    """Every record sent is acknowledged and counted by the offsets of its topic."""
    printed = tools.run(
        "producer-perf-test", "--topic", "measured", "--num-records", "5000", "--record-size",
        "1000", "--throughput", "-1", "--producer-props",
        f"bootstrap.servers={tools.bootstrap}", "compression.type=zstd", "acks=all",
    )  # fmt: skip
    assert printed.splitlines()[-1].startswith("5000 records sent")
    verified = tools("verifiable-producer", "--topic", "measured", "--max-messages", "20")
    assert json.loads(verified.splitlines()[-1])["acked"] == 20
    offsets = ["--topic", "measured", "--time"]
    assert tools("get-offsets", *offsets, "latest") == "measured:0:5020\n"
    assert tools("get-offsets", *offsets, "1") == "measured:0:0\n"
    _, _, offset = tools("get-offsets", *offsets, "max-timestamp").strip().split(":")
    assert 5000 <= int(offset) < 5020


def test_cluster_log_dirs_and_api_versions(node: NodeProcess, tools: Tools) -> None:
    """The tools that look at brokers see one, and what it serves."""
    tools("topics", "--create", "--topic", "stored", "--partitions", "2")
    assert tools("cluster", "cluster-id").startswith("Cluster ID: ")
    assert node.kafka.split(":")[1] in tools("cluster", "list-endpoints")
    described = tools("log-dirs", "--describe", "--topic-list", "stored").splitlines()[-1]
    (broker,) = json.loads(described)["brokers"]
    (folder,) = broker["logDirs"]
    assert folder["error"] is None
    assert sorted(line["partition"] for line in folder["partitions"]) == ["stored-0", "stored-1"]
    served = tools("broker-api-versions")
    assert "Produce(0): 0 to 13 [usable: 13]" in served
    assert "Fetch(1): 4 to 18 [usable: 18]" in served


def test_delete_records(tools: Tools, tmp_path: Path) -> None:
    """Records below an offset, or all, are gone; the tool tells the new log starts."""
    tools("topics", "--create", "--topic", "deleted", "--partitions", "2")
    tools("verifiable-producer", "--topic", "deleted", "--max-messages", "20")
    offsets = tools("get-offsets", "--topic", "deleted", "--time", "latest").split()
    ends = {int(line.split(":")[1]): int(line.split(":")[2]) for line in offsets}
    plan = tmp_path / "plan.json"
    lines = [
        {"topic": "deleted", "partition": 0, "offset": -1},
        {"topic": "deleted", "partition": 1, "offset": 1},
    ]
    plan.write_text(json.dumps({"version": 1, "partitions": lines}))
    printed = tools("delete-records", "--offset-json-file", str(plan))

    assert f"partition: deleted-0\tlow_watermark: {ends[0]}" in printed
    assert "partition: deleted-1\tlow_watermark: 1" in printed
    earliest = tools("get-offsets", "--topic", "deleted", "--time", "earliest").split()
    assert sorted(earliest) == [f"deleted:0:{ends[0]}", "deleted:1:1"]


def test_elections_and_reassignments(tools: Tools, tmp_path: Path) -> None:
    """The tools that move partitions find nothing to do."""
    tools("topics", "--create", "--topic", "placed2", "--partitions", "2")
    elect = ["--election-type", "preferred"]
    printed = tools("leader-election", *elect, "--topic", "placed2", "--partition", "0")
    assert "Valid replica already elected for partitions placed2-0" in printed
    tools("leader-election", *elect, "--all-topic-partitions")
    assert "No partition reassignments found." in tools("reassign-partitions", "--list")
    plan = tmp_path / "plan.json"
    line = {"topic": "placed2", "partition": 0, "replicas": [1], "log_dirs": ["any"]}
    plan.write_text(json.dumps({"version": 1, "partitions": [line]}))
    arguments = ["--reassignment-json-file", str(plan)]
    started = tools("reassign-partitions", *arguments, "--execute")
    assert "Successfully started partition reassignment for placed2-0" in started
    assert "is completed" in tools("reassign-partitions", *arguments, "--verify")


def test_features_quorum_and_acls(tools: Tools) -> None:
    """What the cluster is, as its tools show it; nothing is protected, and says so."""
    server = ["--bootstrap-server", tools.bootstrap]
    (line,) = tools.run("features", *server, "describe").splitlines()
    assert line.split()[:2] == ["Feature:", "metadata.version"]
    assert "FinalizedVersionLevel: 4.3-IV0" in line
    status = tools.run("metadata-quorum", *server, "describe", "--status")
    assert "LeaderId:               1" in status
    replication = tools.run("metadata-quorum", *server, "describe", "--replication").splitlines()
    assert replication[1].split()[-1] == "Leader"
    tools("acls", "--list", code=1)
    assert "ProducerId" in tools.run(
        "transactions", *server, "describe-producers", "--topic", "deleted", "--partition", "0",
    )  # fmt: skip
    assert tools("client-metrics", "--list") == "\n"


def test_client_quotas(tools: Tools) -> None:
    """Quotas of clients, users and both are added, described and deleted."""
    entities = [
        (["--entity-type", "clients", "--entity-name", "slow"], "producer_byte_rate=1024000"),
        (["--entity-type", "users", "--entity-default"], "request_percentage=5000"),
        (["--entity-type", "users", "--entity-name", "someone", "--entity-type", "clients",
          "--entity-name", "slow"], "consumer_byte_rate=2048000"),
    ]  # fmt: skip
    for entity, quota in entities:
        tools("configs", "--alter", *entity, "--add-config", quota)
        assert f"{quota}.0" in tools("configs", "--describe", *entity)
    for entity, quota in entities:
        tools("configs", "--alter", *entity, "--delete-config", quota.split("=")[0])
    assert tools("configs", "--describe", "--entity-type", "clients").strip() == ""


def test_producer_is_throttled_by_its_quota(tools: Tools) -> None:
    """The tool that measures feels the quota of its client id: it is slower than without."""
    client = ["--entity-type", "clients", "--entity-name", "throttled"]
    tools("configs", "--alter", *client, "--add-config", "producer_byte_rate=100000")
    printed = tools.run(
        "producer-perf-test", "--topic", "throttled", "--num-records", "1300", "--record-size",
        "1000", "--throughput", "-1", "--print-metrics", "--producer-props",
        f"bootstrap.servers={tools.bootstrap}", "client.id=throttled",
    )  # fmt: skip
    tools("configs", "--alter", *client, "--delete-config", "producer_byte_rate")
    (line,) = (
        line
        for line in printed.splitlines()
        if line.startswith("producer-metrics:produce-throttle-time-max:")
    )

    assert float(line.rsplit(":", 1)[1]) > 0


def test_what_is_not_served_is_refused_by_name(tools: Tools) -> None:
    """No tool hangs or is lied to: it ends with an error that says what is not there."""
    server = ["--bootstrap-server", tools.bootstrap]
    refused = "does not support"
    assert f"{refused} LIST_TRANSACTIONS" in tools.run("transactions", *server, "list", code=1)
    assert "ProducerId" in tools.run("transactions", *server, "find-hanging", "--broker-id", "1")
    assert f"{refused} the broker unregistration" in tools("cluster", "unregister", "--id", "1")
    scram = ["--entity-type", "users", "--entity-name", "u"]
    added = "SCRAM-SHA-256=[iterations=8192,password=p]"
    assert "SASL" in tools("configs", "--alter", *scram, "--add-config", added, code=1)
    broker = ["--entity-type", "brokers", "--entity-name", "1"]
    added = "num.io.threads=9"
    assert "broker configs" in tools("configs", "--alter", *broker, "--add-config", added, code=1)
    up = ["upgrade", "--feature", "transaction.version=2"]
    assert f"{refused} this feature" in tools.run("features", *server, *up, code=1)
    same = ["upgrade", "--feature", "metadata.version=30"]
    assert "metadata.version was upgraded to 30" in tools.run("features", *server, *same)
