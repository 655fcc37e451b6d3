"""Runs the test suites of other people's clients against a node, and prints what they found.

`python -m tests.foreign [SUITE ...]`, or `make foreign`. Go brings the pinned modules; copies of
them are built and run in build/foreign, and nothing of theirs is kept in this tree. Each suite has
a node of its own on 127.0.0.1:9092, in a network namespace, so that nothing else is in the way.

A test that needs what is not served is skipped by name, with the reason. What then fails is a
defect: the run ends with success only if nothing does.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness import ROOT, NodeProcess, die_with_parent

BUILD = ROOT / "build" / "foreign"
BUILD_S_MAX = 1200
RUN_S_MAX = 900
TOXIPROXY = "github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0"
TOXIPROXY_PORT = 8474
PORT = 9092

TRANSACTIONS = "transactions are not served"
SASL = "SASL is not served"
ACLS = "there is no authorizer; fails against Apache Kafka without one, too"
BROKERS = "wants several brokers; fails against one broker of Apache Kafka, too"
DOCKER = "runs commands in a container of the broker"
OWN_FAULT = "fails against Apache Kafka 4.3.1, too"
OWN_RACE = "depends on what comes first within their client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Tests of one Go package.

    Attributes:
        module, version: as Go names them.
        package: folder of the tests in the module.
        files: glob of the files whose tests are run.
        tags: of the build.
        edits: (file, old text, new text) in our copy: what the suite takes from no variable.
        files_added: path in our copy -> text.
        env: variables of the tests; settings: variables of the node.
        proxied: clients go through Toxiproxy, on these ports.
        flags: of the test program.
        skips: pattern of test names, as `go test -skip` takes them -> why.
    """

    module: str
    version: str
    package: str = "."
    files: str = "*_test.go"
    tags: str = ""
    edits: tuple[tuple[str, str, str], ...] = ()
    files_added: Mapping[str, str] = field(default_factory=dict[str, str])
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    proxied: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    skips: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def folder(self) -> Path:
        """Where its copy is; another one after each change of how it is made."""
        made_of = (
            self.module,
            self.version,
            self.tags,
            self.edits,
            sorted(self.files_added.items()),
        )
        return BUILD / f"{zlib.crc32(repr(made_of).encode()):08x}"


_NO_COMPOSE = """package compose

type Done struct{ Error error }

type LocalDockerCompose struct{}

func NewLocalDockerCompose(_ []string, _ string) *LocalDockerCompose        { return nil }
func (c *LocalDockerCompose) WithCommand(_ []string) *LocalDockerCompose    { return c }
func (c *LocalDockerCompose) Invoke() Done                                  { return Done{} }
func (c *LocalDockerCompose) Down() Done                                    { return Done{} }
"""
"""Stands for a library that starts containers, which takes minutes to build and is not called."""

SUITES: dict[str, Suite] = {
    "franz-go": Suite(
        module="github.com/twmb/franz-go",
        version="v1.22.3",
        package="pkg/kgo",
        env={"KGO_TEST_RF": "1", "KGO_TEST_RECORDS": "100000", "KGO_LOG_LEVEL": "none"},
        skips={"^TestTxnEtl$": TRANSACTIONS},
    ),
    "kadm": Suite(module="github.com/twmb/franz-go/pkg/kadm", version="v1.20.0"),
    "kafka-go": Suite(
        module="github.com/segmentio/kafka-go",
        version="v0.4.51",
        env={"KAFKA_VERSION": "4.0.0"},
        settings={"PENSTOCK_ADVERTISE": f"localhost:{PORT}"},
        skips={
            "^TestClientFindCoordinator$": TRANSACTIONS,
            "UserScramCredentials$": SASL,
            "^TestUnsupportedSASLMechanism$": SASL,
            "^TestWriter$/SASL": SASL,
            "^TestClient(Create|Delete|Describe)ACLs$": ACLS,
            # They look up a coordinator by a function that they leave nil.
            "^TestReaderConsumerGroup$/^consumer_group_commits_on_close$": OWN_FAULT,
            "^TestReaderConsumerGroup$/^verify_offset_committed": OWN_FAULT,
            # Twelve records from each of two readers, of 24 in three partitions.
            "^TestReaderConsumerGroup$/^consumer_group_rebalance$": OWN_FAULT,
            # A segment.bytes below the least that Kafka 4 takes.
            "^TestReaderReadCompactedMessage$": OWN_FAULT,
        },
    ),
    "sarama": Suite(
        module="github.com/IBM/sarama",
        version="v1.61.1",
        files="functional_*_test.go",
        tags="functional",
        edits=(("functional_test.go", "ReplicationFactor: 3", "ReplicationFactor: 1"),),
        env={
            "KAFKA_VERSION": "4.3.1",
            "TOXIPROXY_ADDR": f"http://localhost:{TOXIPROXY_PORT}",
        },
        settings={
            "PENSTOCK_ADVERTISE": "localhost:29091",
            "PENSTOCK_AUTO_CREATE_TOPICS_ENABLE": "false",
        },
        proxied=(29091, 29092, 29093, 29094, 29095),
        skips={
            "^TestFuncTxn": TRANSACTIONS,
            "^TestFunc(InitProducerId3|DescribeTransactions|ListTransactions)$": TRANSACTIONS,
            "^TestReadOnlyAndAllCommittedMessages$": TRANSACTIONS,
            "^TestFuncAdmin(ListConsumerGroupOffsets|DescribeLogDirs)$": BROKERS,
            "^TestFuncAdminAlterPartitionReassignments$": BROKERS,
            "^TestConsumerFetchFollowerFailover$": BROKERS,
            "^TestFuncIdempotentBufferedSequence$": DOCKER,
        },
    ),
    "confluent-kafka-go": Suite(
        module="github.com/confluentinc/confluent-kafka-go/v2",
        version="v2.11.1",
        package="kafka",
        edits=(
            (
                "kafka/integration_test.go",
                "github.com/testcontainers/testcontainers-go/modules/compose",
                "github.com/confluentinc/confluent-kafka-go/v2/compose",
            ),
        ),
        files_added={
            "compose/compose.go": _NO_COMPOSE,
            "kafka/testconf.json": json.dumps(
                {
                    "Brokers": f"localhost:{PORT}",
                    "TopicName": "test",
                    "GroupID": "testgroup",
                    "PerfMsgCount": 100_000,
                    "PerfMsgSize": 100,
                    "Config": ["api.version.request=true"],
                }
            ),
        },
        skips={
            "^TestTransactional": TRANSACTIONS,
            "^TestIntegration$/^TestAdminClient_UserScramCredentials$": SASL,
            "^TestIntegration$/^TestAdminACLs$": ACLS,
            # They hang or fail when the metadata is there before the eighth record is sent.
            "^TestIntegration$/^TestProducerFunc(DR)?$": OWN_RACE,
        },
    ),
    "watermill": Suite(
        module="github.com/ThreeDotsLabs/watermill-kafka/v3",
        version="v3.0.6",
        package="pkg/kafka",
        env={"WATERMILL_TEST_KAFKA_BROKERS": f"localhost:{PORT}"},
        # All its tests share one group, whose rebalances take longer than the long ones wait.
        flags=("-test.short",),
    ),
}

_OUTCOME = re.compile(r"--- (PASS|FAIL|SKIP): (\S+) \([0-9.]+s\)")
_TEST = re.compile(r"^func (Test\w+)\(t \*testing\.T\)", re.MULTILINE)


def go(*words: str, cwd: Path, **env: str) -> str:
    """Run Go; its errors go to the terminal, and end the run."""
    done = subprocess.run(
        ["go", *words],
        cwd=cwd, env=os.environ | {"GOFLAGS": "-p=2 -mod=mod"} | env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, text=True, timeout=BUILD_S_MAX, check=True,
    )  # fmt: skip
    return done.stdout


def build(name: str, suite: Suite) -> None:
    """Bring a suite and build its tests, unless that is done."""
    if suite.proxied and not (BUILD / "server").exists():
        print(f"{name}: building {TOXIPROXY}", flush=True)
        go("install", TOXIPROXY, cwd=BUILD, GOBIN=str(BUILD), GOFLAGS="-p=2")
    if (suite.folder / "suite.test").exists():
        return
    print(f"{name}: building {suite.module}@{suite.version}", flush=True)
    answer = go(
        "mod", "download", "-json", f"{suite.module}@{suite.version}", cwd=BUILD, GOFLAGS=""
    )
    shutil.rmtree(suite.folder, ignore_errors=True)
    shutil.copytree(json.loads(answer)["Dir"], suite.folder)
    for path in (suite.folder, *suite.folder.rglob("*")):  # what Go keeps is read-only
        path.chmod(path.stat().st_mode | 0o200)
    for file, old, new in suite.edits:
        path = suite.folder / file
        text = path.read_text()
        assert old in text, f"{file} of {suite.module} has changed"
        path.write_text(text.replace(old, new))
    for file, text in suite.files_added.items():
        path = suite.folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    made = suite.folder / "suite.made"
    tags = f"-tags={suite.tags}"
    go("test", "-c", tags, "-o", str(made), ".", cwd=suite.folder / suite.package)
    made.rename(suite.folder / "suite.test")


def names(suite: Suite) -> list[str]:
    """Return the names of the tests in a suite's files."""
    files = sorted((suite.folder / suite.package).glob(suite.files))
    return [name for file in files for name in _TEST.findall(file.read_text())]


def set_loopback_up() -> None:
    """A new network namespace has an interface for 127.0.0.1 that is down."""
    siocgifflags, siocsifflags, up = 0x8913, 0x8914, 1
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        answer = fcntl.ioctl(any_socket, siocgifflags, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", answer)[1] | up
        fcntl.ioctl(any_socket, siocsifflags, struct.pack("16sh14x", b"lo", flags))


def start_proxy(suite: Suite, folder: Path) -> subprocess.Popen[bytes]:
    """Start Toxiproxy with a way to the node on each port of the suite."""
    ways = [
        {"name": f"kafka{n}", "listen": f"127.0.0.1:{port}", "upstream": f"127.0.0.1:{PORT}",
         "enabled": True}
        for n, port in enumerate(suite.proxied, 1)
    ]  # fmt: skip
    config = folder / "toxiproxy.json"
    config.write_text(json.dumps(ways))
    with (folder / "toxiproxy.log").open("wb") as log:
        proxy = subprocess.Popen(
            [BUILD / "server", "-config", config], stdout=log, stderr=log,
            preexec_fn=die_with_parent,
        )  # fmt: skip
    for port in (TOXIPROXY_PORT, *suite.proxied):
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
    return proxy


def run(name: str, suite: Suite) -> bool:
    """Run a suite in this network namespace; True when nothing failed."""
    set_loopback_up()
    folder = BUILD / f"{name}.run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = {"PENSTOCK_GROUP_INITIAL_REBALANCE_DELAY_MS": "0", **suite.settings}
    node = NodeProcess(folder / "node", env=settings)
    node.port = PORT
    proxy = None
    command = [
        suite.folder / "suite.test",
        "-test.v",
        "-test.parallel=4",
        f"-test.timeout={RUN_S_MAX - 60}s",
        f"-test.run=^({'|'.join(names(suite))})$",
        f"-test.skip={'|'.join(suite.skips)}",
        *suite.flags,
    ]
    log = folder / "log"
    with node, log.open("wb") as out:
        try:
            if suite.proxied:
                proxy = start_proxy(suite, folder)
            done = subprocess.run(
                command, cwd=suite.folder / suite.package, env=os.environ | dict(suite.env),
                stdin=subprocess.DEVNULL, stdout=out, stderr=out, timeout=RUN_S_MAX, check=False,
                preexec_fn=die_with_parent,
            )  # fmt: skip
        finally:
            if proxy is not None:
                proxy.kill()
                proxy.wait()
        is_stopped = node.stop() == 0
    return report(name, suite, log, is_good=done.returncode == 0 and is_stopped)


def report(name: str, suite: Suite, log: Path, *, is_good: bool) -> bool:
    """Print what became of the tests; a test that has parts counts by them."""
    found: dict[str, str] = {}
    for outcome, test in _OUTCOME.findall(log.read_text(errors="replace")):
        if found.get(test) != "FAIL":
            found[test] = outcome
    parents = {test.rpartition("/")[0] for test in found}
    counts = Counter(outcome for test, outcome in found.items() if test not in parents)
    for test, outcome in sorted(found.items()):
        if outcome == "FAIL" and test not in parents:
            print(f"  FAILED {test}")
    for pattern, reason in suite.skips.items():
        print(f"  not run: {pattern}: {reason}")
    is_good = is_good and counts["PASS"] > 0 and counts["FAIL"] == 0
    print(
        f"{name} {suite.version}: {counts['PASS']} passed, {counts['FAIL']} failed, "
        f"{counts['SKIP']} skipped themselves"
        + ("" if is_good else f"; NOT AS IT SHOULD BE, see {log}"),
        flush=True,
    )
    return is_good


def main() -> int:
    """Run the suites that are named, or all."""
    parser = argparse.ArgumentParser(prog="tests.foreign")
    parser.add_argument("suites", nargs="*", help=", ".join(SUITES))
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    unknown = sorted(set(given.suites) - SUITES.keys())
    if unknown:
        parser.error(f"no such suite: {', '.join(unknown)}")
    if given.inside:
        (name,) = given.suites
        return 0 if run(name, SUITES[name]) else 1
    for program in ("go", "unshare"):
        if shutil.which(program) is None:
            parser.error(f"there is no `{program}` on this machine")
    BUILD.mkdir(parents=True, exist_ok=True)
    inside = ["unshare", "--net"] + (["--map-root-user"] if os.geteuid() else [])
    failed: list[str] = []
    for name in given.suites or SUITES:
        build(name, SUITES[name])
        command = [*inside, sys.executable, "-m", "tests.foreign", "--inside", name]
        if subprocess.run(command, cwd=ROOT, check=False).returncode != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "nothing failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
