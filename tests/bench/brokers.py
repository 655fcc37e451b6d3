"""Starts the brokers that are compared, each a process of its own, and reads what they cost.

All listen on ephemeral loopback ports and keep their data in one folder, so on the same disk. None
of them outlives this process, however that ends, and neither does the folder.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.harness import ROOT, NodeProcess, die_with_parent

KAFKA = "kafka"
KAFKA_FSYNC = "kafka-fsync"
PENSTOCK = "penstock"
BUILT = ROOT / "dist" / "penstock.pyz"

READY_S_MAX = 60
STOP_S_MAX = 30
SETTLE_S_MAX = 20
QUIET_CORES_MAX = 0.1
"""A broker that uses less than this share of a core has nothing left to do: an idle JVM ticks."""

# What Kafka's own start script sets.
NODE_JVM = (
    "-Xms1g",
    "-Xmx1g",
    "-XX:+UseG1GC",
    "-XX:MaxGCPauseMillis=20",
    "-XX:InitiatingHeapOccupancyPercent=35",
    "-XX:+ExplicitGCInvokesConcurrent",
)
TOOL_JVM = ("-Xmx1g", "-XX:+UseG1GC")


@dataclass(frozen=True, kw_only=True)
class Broker:
    """A running broker: where clients connect, and which process pays."""

    name: str
    bootstrap: str
    pid: int

    def cpu_s(self) -> float:
        """Return the CPU seconds, user and system, of all its threads since it started."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def rss_mb(self) -> float:
        """Return the resident memory in MiB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise AssertionError("a process without VmRSS has ended")


def settle(brokers: Sequence[Broker]) -> None:
    """Wait until no broker works and no dirty page waits: nobody pays for the run of another."""
    os.sync()
    deadline = time.monotonic() + SETTLE_S_MAX
    while time.monotonic() < deadline:
        before, start = [broker.cpu_s() for broker in brokers], time.monotonic()
        time.sleep(0.5)
        elapsed = time.monotonic() - start
        used = [broker.cpu_s() - cpu for broker, cpu in zip(brokers, before)]
        if max(used) / elapsed < QUIET_CORES_MAX:
            return


def java(libs: Path, main_class: str, *arguments: str, jvm: Sequence[str] = TOOL_JVM) -> list[str]:
    """Return the command that runs a class of Kafka's jars."""
    return ["java", *jvm, "-cp", f"{libs}/*", main_class, *arguments]


def why_no_kafka(libs: Path | None) -> str:
    """Return what is missing to run Kafka and how to get it, in one line; empty if nothing is."""
    if shutil.which("java") is None:
        return "there is no java on the path (Kafka 4 needs Java 17 or later)"
    if libs is None:
        reason = "TEST_KAFKA_LIBS is not set"
    else:
        wanted = ("kafka_2.13-*.jar", "kafka-tools-*.jar", "log4j-core-*.jar")
        missing = [pattern for pattern in wanted if not any(libs.glob(pattern))]
        if not missing:
            return ""
        reason = f"{libs} has no {missing[0]}"
    return (
        f"{reason}: name the folder of Kafka's jars there (Maven artifacts"
        " org.apache.kafka:kafka_2.13:4.3.1, org.apache.kafka:kafka-tools:4.3.1 and"
        " org.apache.logging.log4j:log4j-core:2.24.3, by `mvn dependency:copy-dependencies`)"
    )


def kafka_version(libs: Path) -> str:
    """Return the version in the name of the broker's jar."""
    return next(libs.glob("kafka_2.13-*.jar")).stem.removeprefix("kafka_2.13-")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _kafka_settings(folder: Path, settings: Sequence[str]) -> str:
    """Return one KRaft node's settings: addresses, one replica for lack of nodes, else defaults."""
    port, controller_port = _free_ports(2)
    lines = [
        "process.roles=broker,controller",
        "node.id=1",
        f"controller.quorum.voters=1@127.0.0.1:{controller_port}",
        f"listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller_port}",
        f"advertised.listeners=PLAINTEXT://127.0.0.1:{port}",
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
        f"log.dirs={folder / 'data'}",
        "offsets.topic.replication.factor=1",
        *settings,
    ]
    return "".join(f"{line}\n" for line in lines)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM; SIGKILL after a while."""
    process.terminate()
    try:
        process.wait(STOP_S_MAX)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def kafka(name: str, folder: Path, libs: Path, *settings: str) -> Iterator[Broker]:
    """Run one Kafka node (KRaft, combined roles) that answers, and end it."""
    folder.mkdir()
    config, log = folder / "server.properties", folder / "node.log"
    config.write_text(_kafka_settings(folder, settings))
    port = int(config.read_text().split("PLAINTEXT://127.0.0.1:")[1].split(",")[0])
    cluster_id = base64.urlsafe_b64encode(b"bench" + uuid.uuid4().bytes[:11]).decode().rstrip("=")
    with log.open("wb") as out:
        subprocess.run(
            java(libs, "kafka.tools.StorageTool", "format", "-t", cluster_id, "-c", str(config)),
            stdout=out,
            stderr=out,
            check=True,
            timeout=READY_S_MAX,
            preexec_fn=die_with_parent,
        )
        process = subprocess.Popen(
            java(libs, "kafka.Kafka", str(config), jvm=NODE_JVM),
            cwd=folder,
            stdout=out,
            stderr=out,
            preexec_fn=die_with_parent,
        )
    try:
        deadline = time.monotonic() + READY_S_MAX
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{name} does not start:\n{log.read_text()[-3000:]}")
            time.sleep(0.1)
        yield Broker(name=name, bootstrap=f"127.0.0.1:{port}", pid=process.pid)
    finally:
        _end(process)


@contextmanager
def penstock(folder: Path, *, from_tree: bool) -> Iterator[Broker]:
    """Run one Penstock node with its defaults, of the built file or of the source tree."""
    command = [sys.executable, "-m", "appliance"] if from_tree else [sys.executable, str(BUILT)]
    # The harness gives tests a small volume: back to the default. The built file unpacks itself
    # below the folder, so that this leaves nothing behind.
    env = {"PENSTOCK_VOLUME_SIZE": "2GiB", "XDG_CACHE_HOME": str(folder / "cache")}
    node = NodeProcess(folder, command=command, env=env)
    try:
        node.start()
        assert node.process is not None
        yield Broker(name=PENSTOCK, bootstrap=node.kafka, pid=node.process.pid)
    finally:
        if node.process is not None:
            _end(node.process)


@contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """Make a folder that is removed at the end, also when this process is killed."""
    folder = Path(tempfile.mkdtemp(prefix="penstock-bench-", dir=parent))
    # It reads to the end of its input, which comes when we end in any way. The brokers get their
    # signal at the same moment and may need a moment to go.
    script = 'read _; for i in 1 2 3 4 5 6 7 8; do rm -rf -- "$0" && exit 0; sleep 1; done; exit 1'
    remover = subprocess.Popen(
        ["sh", "-c", script, str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield folder
    finally:
        remover.communicate()
