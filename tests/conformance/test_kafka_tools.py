"""Kafka's own command-line tools against a real node.

They run when `java` is on the path and the jars of Apache Kafka 4.x (kafka_2.13, kafka-tools and
what they need) are in the folder that `TEST_KAFKA_LIBS` names, or else in the user's cache, in
penstock-tools/kafka-4.*/libs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.harness import NodeProcess, die_with_parent

TOOL_S_MAX = 60


def _find_libs() -> str:
    """Return the folder of the jars, of the newest version in the cache, or nothing."""
    named = os.environ.get("TEST_KAFKA_LIBS")
    if named:
        return named
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    found = {
        tuple(int(part) for part in folder.parent.name.split("-")[1].split(".") if part.isdigit()):
        str(folder)
        for folder in cache.glob("penstock-tools/kafka-4.*/libs")
    }  # fmt: skip
    return found[max(found)] if found else ""


LIBS = _find_libs()

pytestmark = pytest.mark.skipif(
    not LIBS or shutil.which("java") is None,
    reason="no java, or no jars of Kafka: TEST_KAFKA_LIBS names their folder",
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
    "consumer-groups": "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
    "groups": "org.apache.kafka.tools.GroupsCommand",
    "consumer-perf-test": "org.apache.kafka.tools.ConsumerPerformance",
    "verifiable-consumer": "org.apache.kafka.tools.VerifiableConsumer",
    "e2e-latency": "org.apache.kafka.tools.EndToEndLatency",
}


class Tools:
    """Runs the tools; each is a process of its own."""

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self._archive: list[str] = []

    def archive_classes(self, path: Path, tool: str, *arguments: str) -> str:
        """Run one and keep the classes that it loaded: the others start in half the time."""
        self._archive = [f"-XX:ArchiveClassesAtExit={path}"]
        printed = self(tool, *arguments)
        self._archive = [f"-XX:SharedArchiveFile={path}"]
        return printed

    def __call__(self, tool: str, *arguments: str, given: str = "", code: int | None = 0) -> str:
        """Run one with `--bootstrap-server`; returns what it printed.

        Args:
            tool: its name.
            arguments: of the command line.
            given: what it reads.
            code: that it must end with, None for any; its complaints are returned, too, unless 0.
        """
        return self.run(
            tool, *arguments, "--bootstrap-server", self.bootstrap, given=given, code=code
        )

    def run(self, tool: str, *arguments: str, given: str = "", code: int | None = 0) -> str:
        ran = subprocess.run(
            self.command(tool, *arguments),
            input=given,
            capture_output=True,
            text=True,
            timeout=TOOL_S_MAX,
        )
        assert code is None or ran.returncode == code, ran.stdout + ran.stderr
        return ran.stdout if code == 0 else ran.stdout + ran.stderr

    def command(self, tool: str, *arguments: str) -> list[str]:
        java = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        java += ["-Xlog:disable", "-Xlog:all=error:stderr", *self._archive]
        return [*java, "-cp", f"{LIBS}/*", CLASSES[tool], *arguments]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeProcess]:
    folder: Path = tmp_path_factory.mktemp("node")
    with NodeProcess(folder, env={"PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "0"}) as running:
        yield running


@pytest.fixture(scope="module")
def tools(node: NodeProcess, tmp_path_factory: pytest.TempPathFactory) -> Tools:
    """The tools, after the one that uses every kind of client."""
    made = Tools(node.kafka)
    latency = made.archive_classes(
        tmp_path_factory.mktemp("classes") / "classes.jsa",
        "e2e-latency", "--topic", "latency", "--num-records", "50", "--producer-acks", "all",
        "--record-size", "100",
    )  # fmt: skip
    assert "Percentiles" in latency
    return made


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
    listed = tools("topics", "--list").split()
    assert "placed" in listed
    assert "made" not in listed


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


def test_broker_configs(tools: Tools) -> None:
    """Alter, describe and delete dynamic configs of one broker and of all; topics follow."""
    one = ["--entity-type", "brokers", "--entity-name", "1"]
    every = ["--entity-type", "brokers", "--entity-default"]
    added = "log.retention.ms=1000000,num.io.threads=9"
    assert "Completed updating" in tools("configs", "--alter", *every, "--add-config", added)
    tools("configs", "--alter", *one, "--add-config", "log.retention.ms=2000000")
    shown = tools("configs", "--describe", *every)
    assert "log.retention.ms=1000000 " in shown
    assert "num.io.threads=9 " in shown
    shown = tools("configs", "--describe", *one)
    assert "log.retention.ms=2000000 " in shown
    assert "DYNAMIC_DEFAULT_BROKER_CONFIG:log.retention.ms=1000000" in shown
    tools("topics", "--create", "--topic", "follows")
    topic = ["--entity-type", "topics", "--entity-name", "follows", "--all"]
    assert "retention.ms=2000000 " in tools("configs", "--describe", *topic)
    tools("configs", "--alter", *one, "--delete-config", "log.retention.ms")
    tools("configs", "--alter", *every, "--delete-config", "log.retention.ms,num.io.threads")
    assert "retention" not in tools("configs", "--describe", *every)
    group = ["--entity-type", "groups", "--entity-name", "g"]
    tools("configs", "--alter", *group, "--add-config", "consumer.session.timeout.ms=50000")
    assert "consumer.session.timeout.ms=50000 " in tools("configs", "--describe", *group)
    tools("configs", "--alter", *group, "--delete-config", "consumer.session.timeout.ms")
    logger = ["--entity-type", "broker-loggers", "--entity-name", "1"]
    tools("configs", "--alter", *logger, "--add-config", "root=DEBUG")
    assert "root=DEBUG " in tools("configs", "--describe", *logger)
    static = ["--add-config", "num.partitions=9"]
    assert "Cannot update these configs" in tools("configs", "--alter", *one, *static, code=1)


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
    some = ["--max-messages", "20", "--repeating-keys", "20"]  # so both partitions get some
    tools("verifiable-producer", "--topic", "deleted", *some)
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
        "transactions", *server, "describe-producers", "--topic", "latency", "--partition", "0",
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
    transaction = ["--transactional-id", "t", "--topic", "any", "--num-records", "1"]
    assert "TransactionalIdAuthorizationException" in tools(
        "producer-perf-test", *transaction, "--record-size", "1", "--throughput", "-1", code=1
    )
    up = ["upgrade", "--feature", "transaction.version=2"]
    assert f"{refused} this feature" in tools.run("features", *server, *up, code=1)
    same = ["upgrade", "--feature", "metadata.version=30"]
    assert "metadata.version was upgraded to 30" in tools.run("features", *server, *same)


def _lines(tools: Tools, topic: str, count: int) -> None:
    given = "\n".join(f"v{number}" for number in range(count))
    tools("console-producer", "--topic", topic, given=given)


def _offsets(described: str) -> dict[int, tuple[str, str, str]]:
    """Return partition -> (current, end, lag) of what `consumer-groups --describe` prints."""
    rows = [line.split() for line in described.splitlines() if line.strip()]
    found = [row for row in rows if len(row) > 5 and row[2].isdigit()]
    return {int(row[2]): (row[3], row[4], row[5]) for row in found}


def _row(printed: str, group: str) -> list[str]:
    """Return the words of the first line about a group."""
    return next(row for row in map(str.split, printed.splitlines()) if row[:1] == [group])


class LiveConsumer:
    """A verifiable consumer that stays in its group until it is told to leave."""

    def __init__(self, tools: Tools, group: str, topic: str) -> None:
        more = ["--group-id", group, "--topic", topic, "--reset-policy", "earliest"]
        self._process = subprocess.Popen(
            tools.command("verifiable-consumer", *more, "--bootstrap-server", tools.bootstrap),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=die_with_parent,
        )

    def wait(self, name: str) -> dict[str, Any]:
        """Return the next event of a name."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            event = json.loads(line)
            if event["name"] == name:
                return event
        raise AssertionError(f"the consumer ended without {name}")

    def __enter__(self) -> LiveConsumer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.communicate(timeout=TOOL_S_MAX)


def test_groups_at_work_are_described_and_protected(tools: Tools) -> None:
    """List, describe with offsets, members, state; offsets of a living group stay as they are."""
    tools("topics", "--create", "--topic", "live", "--partitions", "2")
    _lines(tools, "live", 10)
    group = ["--group", "living"]
    with LiveConsumer(tools, "living", "live") as consumer:
        assert len(consumer.wait("partitions_assigned")["partitions"]) == 2
        consumer.wait("offsets_committed")
        described = _offsets(tools("consumer-groups", "--describe", *group, "--offsets"))
        assert sorted(described) == [0, 1]
        assert sum(int(current) for current, _, _ in described.values() if current != "-") == 10
        member = _row(tools("consumer-groups", "--describe", *group, "--members"), "living")
        assert (member[2], member[4]) == ("/127.0.0.1", "2")
        verbose = tools("consumer-groups", "--describe", *group, "--members", "--verbose")
        assert "live:0,1" in verbose.replace("(", ":").replace(")", "")
        state = _row(tools("consumer-groups", "--describe", *group, "--state"), "living")
        assert state[-3:] == ["range", "Stable", "1"]
        listed = _row(tools("consumer-groups", "--list", "--state", "Stable"), "living")
        assert listed[-1] == "Stable"
        assert "living" in tools("consumer-groups", "--list", "--type", "classic")
        assert "living" not in tools("consumer-groups", "--list", "--type", "consumer")
        refused = tools(
            "consumer-groups", "--reset-offsets", *group, "--topic", "live", "--to-earliest",
            "--execute", code=None,
        )  # fmt: skip
        assert "inactive" in refused
        assert "NON_EMPTY_GROUP" in tools("consumer-groups", "--delete", *group, code=None).replace(
            "GroupNotEmptyException", "NON_EMPTY_GROUP"
        )
        refused = tools("consumer-groups", "--delete-offsets", *group, "--topic", "live", code=None)
        assert "subscribed" in refused
        assert sum(int(current) for current, _, _ in described.values() if current != "-") == 10
    state = _row(tools("consumer-groups", "--describe", *group, "--state"), "living")
    assert state[-2:] == ["Empty", "0"]


def test_every_way_to_reset_offsets(tools: Tools, tmp_path: Path) -> None:
    """Each mode, each scope, dry run, export and import."""
    tools("topics", "--create", "--topic", "grouped", "--partitions", "1")
    tools("topics", "--create", "--topic", "grouped-too", "--partitions", "2")
    _lines(tools, "grouped", 20)
    read = ["--topic", "grouped", "--group", "readers", "--from-beginning", "--max-messages"]
    assert tools("console-consumer", *read, "8").split() == [f"v{n}" for n in range(8)]
    assert tools("console-consumer", *read, "12").split() == [f"v{n}" for n in range(8, 20)]
    group = ["--group", "readers"]
    reset = ["--reset-offsets", *group, "--topic", "grouped"]
    for mode, offset in (
        (["--to-earliest"], "0"),
        (["--to-latest"], "20"),
        (["--shift-by", "-5"], "15"),
        (["--shift-by", "100"], "20"),
        (["--to-offset", "7"], "7"),
        (["--to-current"], "7"),
        (["--by-duration", "PT1H"], "0"),
        (["--to-datetime", "2099-01-01T00:00:00.000"], "20"),
    ):
        done = tools("consumer-groups", *reset, *mode, "--execute")
        assert _row(done, "readers")[-1] == offset, mode
    assert _offsets(tools("consumer-groups", "--describe", *group))[0] == ("20", "20", "0")
    exported = tools("consumer-groups", *reset, "--shift-by", "-2", "--dry-run", "--export")
    assert exported.split() == ["grouped,0,18"]
    plan = tmp_path / "plan.csv"
    plan.write_text("grouped,0,3\ngrouped-too,1,0\n")
    from_file = ["--reset-offsets", *group, "--from-file", str(plan), "--execute"]
    done = tools("consumer-groups", *from_file)
    assert _row(done, "readers")[-3:] == ["grouped", "0", "3"]
    everything = ["--reset-offsets", "--all-groups", "--all-topics", "--to-latest"]
    planned = tools("consumer-groups", *everything, "--dry-run")
    assert "grouped-too" in planned
    assert _offsets(tools("consumer-groups", "--describe", *group))[0][0] == "3"
    some = ["--reset-offsets", *group, "--topic", "grouped:0", "--topic", "grouped-too:0,1"]
    tools("consumer-groups", *some, "--to-earliest", "--execute")
    described = tools("consumer-groups", "--describe", *group)
    assert len([line for line in described.splitlines() if "grouped" in line]) == 3
    assert tools("console-consumer", *read, "20").split() == [f"v{n}" for n in range(20)]


def test_offsets_and_groups_are_deleted(tools: Tools) -> None:
    """Offsets of a topic or a partition; several groups at once, also one that is not there."""
    tools("topics", "--create", "--topic", "gone", "--partitions", "2")
    for name in ("one", "two"):
        reset = ["--reset-offsets", "--group", name, "--topic", "gone", "--to-earliest"]
        tools("consumer-groups", *reset, "--execute")
    one = ["--group", "one"]
    assert sorted(_offsets(tools("consumer-groups", "--describe", *one))) == [0, 1]
    tools("consumer-groups", "--delete-offsets", *one, "--topic", "gone:1")
    assert sorted(_offsets(tools("consumer-groups", "--describe", *one))) == [0]
    tools("consumer-groups", "--delete-offsets", *one, "--topic", "gone")
    assert _offsets(tools("consumer-groups", "--describe", *one, code=None)) == {}
    both = ["--group", "one", "--group", "two", "--group", "never-there"]
    printed = tools("consumer-groups", "--delete", *both, code=None)
    assert "never-there" in printed
    listed = tools("consumer-groups", "--list").split()
    assert "one" not in listed
    assert "two" not in listed
    assert "not found" in tools("consumer-groups", "--describe", "--group", "two", code=None)


def _objects(printed: str) -> list[Any]:
    """Return the JSON objects that a formatter printed, one behind the other without newlines."""
    found: list[Any] = []
    start = printed.find("{")
    while printed.startswith("{", start):
        value, start = json.JSONDecoder().raw_decode(printed, start)
        found.append(value)
        start += len(printed[start:]) - len(printed[start:].lstrip())
    return found


def test_offsets_topic_is_read_by_kafkas_formatters(tools: Tools) -> None:
    """Kafka's own code reads the records of groups and offsets."""
    _lines(tools, "formatted", 3)
    read = ["--topic", "formatted", "--group", "shown", "--from-beginning", "--max-messages", "3"]
    tools("console-consumer", *read)
    formatter = "org.apache.kafka.tools.consumer"
    consume = ["--topic", "__consumer_offsets", "--from-beginning", "--timeout-ms", "5000"]
    # Side by side: each waits for five seconds of silence.
    with ThreadPoolExecutor(2) as both:
        offsets, groups = both.map(
            lambda kind: tools("console-consumer", *consume, "--formatter", f"{formatter}.{kind}"),
            ("OffsetsMessageFormatter", "GroupMetadataMessageFormatter"),
        )
    found = [line for line in _objects(offsets) if line["key"]["data"]["group"] == "shown"]
    assert found[-1]["key"]["data"] == {"group": "shown", "topic": "formatted", "partition": 0}
    assert found[-1]["value"]["data"]["offset"] == 3
    found = [line for line in _objects(groups) if line["key"]["data"] == {"group": "shown"}]
    states = [line["value"]["data"] for line in found]
    assert states[0]["protocolType"] == "consumer"
    assert states[-1]["members"] == []


def test_consumers_that_measure_and_verify(tools: Tools) -> None:
    """The tools that subscribe or commit as a matter of course."""
    _lines(tools, "consumed", 100)
    perf = tools("consumer-perf-test", "--topic", "consumed", "--messages", "100")
    assert perf.splitlines()[-1].split(", ")[4] == "100"
    verified = tools(
        "verifiable-consumer", "--topic", "consumed", "--group-id", "verified", "--max-messages",
        "100", "--reset-policy", "earliest",
    )  # fmt: skip
    events = [json.loads(line) for line in verified.splitlines()]
    consumed = sum(event["count"] for event in events if event["name"] == "records_consumed")
    assert consumed == 100
    assert any(event["name"] == "offsets_committed" and event["success"] for event in events)
