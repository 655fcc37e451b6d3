"""Consumer groups of a real client for minutes, while the node and the consumers are killed.

    python -m tests.bench.group_soak [--seconds 300] [--kill-s 20] [--consumers 50] [--groups 10]
    python -m tests.bench.group_soak --seconds 30 --kill-s 12       # a short one

A node on an ephemeral port is ended by kill -9 again and again. Workers, each a process with
several consumers of different groups (confluent-kafka, eager and cooperative, some of them static),
are killed and started again; their consumers leave and come back. A producer writes all the time.

Laws: each acknowledged record is delivered to each group at least once; what a group committed
never goes back, neither as a consumer was told nor as an operator sees it; at the end each group
has read all. The exit code tells whether they held.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from confluent_kafka import Consumer, KafkaException, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from appliance.protocol import messages as m
from tests.bench.brokers import working_folder
from tests.bench.groups import Connection
from tests.harness import ROOT, NodeProcess, die_with_parent

TOPIC = "soak"
PARTITIONS = 12
RECORDS_PER_S = 500
RECORD_BYTES_MAX = 1_000
SESSION_MS = 6_000
CALL_S_MAX = 10
OFFSET_FETCH = 9
CATCH_UP_S_MAX = 120
STOP_S_MAX = 30
PROGRESS_S = 5
QUIET = {"log_level": 0, "reconnect.backoff.max.ms": 500}

Place = tuple[str, int]
"""(group, partition)."""


def _settings(bootstrap: str) -> dict[str, object]:
    return {"bootstrap.servers": bootstrap, **QUIET}


# ---- workers


class Seat(threading.Thread):
    """One consumer after the other of one group; what they see goes into the worker's file."""

    def __init__(self, worker: Worker, group: str, *, index: int, rng: random.Random) -> None:
        super().__init__(daemon=True)
        self._worker = worker
        self._group = group
        self._rng = rng
        number = int(group.rsplit("-", 1)[1])
        self._settings = _settings(worker.bootstrap) | {
            "group.id": group,
            "client.id": f"{group}-{worker.number}",
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "session.timeout.ms": SESSION_MS,
            "heartbeat.interval.ms": 500,
            "partition.assignment.strategy": "cooperative-sticky" if number % 2 else "range",
        }
        if number % 3 == 0:
            self._settings["group.instance.id"] = f"static-{worker.number}-{index}"

    def run(self) -> None:
        rng = self._rng
        while not self._worker.is_stopping.is_set():
            consumer = Consumer(self._settings)
            consumer.subscribe([TOPIC])
            try:
                leaves_at = time.monotonic() + rng.uniform(5, 60)
                while time.monotonic() < leaves_at and not self._worker.is_stopping.is_set():
                    self._consume(consumer)
            finally:
                consumer.close()
            self._worker.is_stopping.wait(rng.uniform(0.1, 5))

    def _consume(self, consumer: Consumer) -> None:
        seen: dict[int, list[int]] = {}
        for message in consumer.consume(200, 0.2):
            if message.error() is None:
                seen.setdefault(message.partition(), []).append(message.offset())
        if not seen:
            return
        lines: list[str] = []
        for partition, offsets in seen.items():
            for first, end in _ranges(offsets):
                lines.append(f"d {self._group} {partition} {first} {end}\n")
        self._worker.write(lines)
        try:
            done = consumer.commit(asynchronous=False) or []
        except KafkaException:
            return  # a rebalance, or the node is away: read or committed again
        self._worker.write(
            f"c {self._group} {line.partition} 0 {line.offset}\n"
            for line in done
            if line.error is None and line.offset >= 0
        )


def _ranges(offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Yield [first, end) of runs without a gap."""
    first = end = offsets[0]
    for offset in offsets:
        if offset != end:
            yield first, end
            first = offset
        end = offset + 1
    yield first, end


class Worker:
    """The process of some seats."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.bootstrap = arguments.bootstrap
        self.number = arguments.worker
        self.is_stopping = threading.Event()
        # Unbuffered: what was delivered is known even if the process is killed the moment after.
        self._file = os.open(arguments.out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        rng = random.Random(arguments.seed)
        self._seats = [
            Seat(self, group, index=index, rng=random.Random(rng.random()))
            for index, group in enumerate(arguments.of)
        ]

    def write(self, lines: Iterator[str] | list[str]) -> None:
        """Report."""
        data = "".join(lines).encode()
        if data:
            written = os.write(self._file, data)
            assert written == len(data)

    def run(self) -> None:
        """Work until SIGTERM."""
        signal.signal(signal.SIGTERM, lambda *_: self.is_stopping.set())
        for seat in self._seats:
            seat.start()
        while not self.is_stopping.wait(1):
            for seat in self._seats:
                if not seat.is_alive():
                    sys.exit(f"a consumer of worker {self.number} ended")
        for seat in self._seats:
            seat.join(STOP_S_MAX)


# ---- what is promised


@dataclass
class Ledger:
    """What was acknowledged, delivered and committed; `broken` says which law does not hold."""

    acked: dict[int, int] = field(default_factory=dict)
    delivered: dict[Place, list[tuple[int, int]]] = field(default_factory=dict)
    committed: dict[Place, int] = field(default_factory=dict)
    deliveries: int = 0
    commits: int = 0
    looks: int = 0
    broken: list[str] = field(default_factory=list)

    def read(self, lines: list[str]) -> None:
        """Take over what a worker reported."""
        for line in lines:
            kind, group, *rest = line.split()
            partition, first, end = map(int, rest)
            place = (group, partition)
            if kind == "d":
                self.deliveries += end - first
                self.delivered.setdefault(place, []).append((first, end))
            else:
                self.commits += 1
                self.committed[place] = max(end, self.committed.get(place, 0))

    def see(self, place: Place, floor: int, offset: int) -> None:
        """An operator saw a committed offset; `floor` was known when he asked."""
        self.looks += floor > 0
        if offset < floor:
            self.broken.append(f"{place} committed {floor}, and then {offset}")
        self.committed[place] = max(offset, self.committed.get(place, 0))

    def lag(self, groups: list[str]) -> int:
        """Return the number of acknowledged records that are not known to be committed."""
        ends = dict(self.acked)
        return sum(
            max(0, end - self.committed.get((group, partition), 0))
            for group in groups
            for partition, end in ends.items()
        )

    def missing(self, group: str) -> list[tuple[int, int]]:
        """Return (partition, offset) of the first acknowledged record that each lacks."""
        found: list[tuple[int, int]] = []
        for partition, end in self.acked.items():
            covered = 0
            for first, behind in sorted(self.delivered.get((group, partition), ())):
                if first > covered:
                    break
                covered = max(covered, behind)
            if covered < end:
                found.append((partition, covered))
        return found


class Load(threading.Thread):
    """Produces at a steady rate; acknowledged offsets go into the ledger."""

    def __init__(self, bootstrap: str, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self._ledger = ledger
        self.stop = threading.Event()
        self.failures: list[str] = []
        self._producer = Producer(
            _settings(bootstrap)
            | {"enable.idempotence": True, "linger.ms": 5, "message.timeout.ms": 120_000}
        )

    def run(self) -> None:
        sent, began = 0, time.monotonic()
        while not self.stop.is_set():
            due = int((time.monotonic() - began) * RECORDS_PER_S)
            for number in range(sent, due):
                self._producer.produce(
                    TOPIC,
                    b"%d:" % number + b"x" * (number % RECORD_BYTES_MAX),
                    partition=number % PARTITIONS,
                    on_delivery=self._on_delivery,
                )
            sent = due
            self._producer.poll(0.02)
        self._producer.flush(CATCH_UP_S_MAX)

    def _on_delivery(self, error: object, message: object) -> None:
        if error is not None:
            self.failures.append(str(error))
            return
        partition, offset = message.partition(), message.offset()  # type: ignore[attr-defined]
        acked = self._ledger.acked
        acked[partition] = max(offset + 1, acked.get(partition, 0))


class Watch(threading.Thread):
    """Reads what workers report, and what is committed, again and again.

    Over a connection of our own: librdkafka's admin client dies of an assertion when a broker goes
    while it asks for offsets.
    """

    def __init__(self, bootstrap: str, folder: Path, groups: list[str], *, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self._address = bootstrap
        self._connection: Connection | None = None
        self._folder = folder
        self._groups = groups
        self._ledger = ledger
        self._known: dict[Path, int] = {}
        self._is_stopping = threading.Event()

    def run(self) -> None:
        try:
            while not self._is_stopping.wait(0.3):
                self._read()
                self._look()
            self._read()
        except Exception as error:
            self._ledger.broken.append(f"the watch ended: {error!r}")
            raise

    def end(self) -> None:
        """Take a last look."""
        self._is_stopping.set()
        self.join(CALL_S_MAX * 3)

    def _read(self) -> None:
        for path in sorted(self._folder.glob("worker-*")):
            with path.open("rb") as file:
                file.seek(self._known.get(path, 0))
                data = file.read()
            whole = data[: data.rfind(b"\n") + 1]
            self._known[path] = self._known.get(path, 0) + len(whole)
            self._ledger.read(whole.decode().splitlines())

    def _look(self) -> None:
        """See what each group committed, as far as the node can say it now."""
        try:
            if self._connection is None:
                self._connection = Connection(self._address)
            for group in self._groups:
                self._look_at(self._connection, group)
        except (OSError, struct.error):  # reset, refused, or ended amid an answer
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _look_at(self, connection: Connection, group: str) -> None:
        places = [(group, partition) for partition in range(PARTITIONS)]
        floors = {place: self._ledger.committed.get(place, 0) for place in places}
        request = m.OffsetFetchRequest
        topic = request.OffsetFetchRequestTopics(
            name=TOPIC, partition_indexes=list(range(PARTITIONS))
        )
        wanted = request.OffsetFetchRequestGroup(group_id=group, topics=[topic])
        (found,) = connection.call(OFFSET_FETCH, 8, request(groups=[wanted])).groups
        if found.error_code:
            return  # still loading
        for line in found.topics[0].partitions:
            place = (group, line.partition_index)
            self._ledger.see(place, floors[place], max(line.committed_offset, 0))


# ---- the soak


class Soak:
    """A node, its workers, and what happens to them."""

    def __init__(self, arguments: argparse.Namespace, folder: Path) -> None:
        self._folder = folder
        self._seconds = arguments.seconds
        self._kill_s = arguments.kill_s
        self._rng = random.Random(arguments.seed)
        self._ledger = Ledger()
        self._groups = [f"group-{number}" for number in range(arguments.groups)]
        self._hosted: list[list[str]] = [[] for _ in range(arguments.workers)]
        for number in range(arguments.consumers):
            # The members of a group are in different processes.
            group = self._groups[number % len(self._groups)]
            self._hosted[(number // len(self._groups) + number) % arguments.workers].append(group)
        self._workers: dict[int, subprocess.Popen[bytes]] = {}
        self._node = NodeProcess(folder / "node", env={"PENSTOCK_UPLOAD_TRIGGER_BYTES": "8MiB"})
        self._node_kills = self._worker_kills = 0

    def run(self) -> list[str]:
        """Return what was broken."""
        with contextlib.ExitStack() as stack:
            stack.callback(self._node.close)
            self._node.start()
            admin = AdminClient(_settings(self._node.kafka))
            admin.create_topics([NewTopic(TOPIC, PARTITIONS, 1)])[TOPIC].result(CALL_S_MAX)
            load = Load(self._node.kafka, self._ledger)
            load.start()
            stack.callback(self._end_workers)
            for number in range(len(self._hosted)):
                self._start_worker(number)
            watch = Watch(self._node.kafka, self._folder, self._groups, ledger=self._ledger)
            watch.start()
            self._storm()
            load.stop.set()
            load.join(CATCH_UP_S_MAX)
            if load.is_alive() or load.failures:
                self._ledger.broken.append(f"records were not acknowledged: {load.failures[:3]}")
            self._catch_up(watch)
        return self._ledger.broken

    def _start_worker(self, number: int) -> None:
        command = [
            sys.executable, "-m", "tests.bench.group_soak", "--worker", str(number),
            "--bootstrap", self._node.kafka, "--out", str(self._folder / f"worker-{number}"),
            "--seed", str(self._rng.randrange(1 << 30)), "--of", *self._hosted[number],
        ]  # fmt: skip
        self._workers[number] = subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent)

    def _end_workers(self) -> None:
        for process in self._workers.values():
            process.terminate()
        for process in self._workers.values():
            try:
                process.wait(STOP_S_MAX)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _storm(self) -> None:
        """Kill the node and workers until the time is over."""
        began = shown_at = time.monotonic()
        kill_at, strike_at = began + self._kill_s, began + 5
        while not self._ledger.broken and time.monotonic() - began < self._seconds:
            time.sleep(0.5)
            now = time.monotonic()
            if now >= kill_at:
                self._node.kill()
                self._node.start()
                self._node_kills += 1
                kill_at = now + self._kill_s
            if now >= strike_at:
                self._strike()
                strike_at = now + self._rng.uniform(2, 15)
            self._check_workers()
            if now >= shown_at + PROGRESS_S:
                shown_at = now
                self._show(f"{now - began:4.0f}/{self._seconds:.0f} s")

    def _strike(self) -> None:
        """Kill a worker, and start it again."""
        number = self._rng.randrange(len(self._hosted))
        process = self._workers[number]
        process.kill()
        process.wait()
        self._worker_kills += 1
        self._start_worker(number)

    def _check_workers(self) -> None:
        for number, process in self._workers.items():
            if process.poll() is not None:
                self._ledger.broken.append(f"worker {number} ended with {process.returncode}")

    def _catch_up(self, watch: Watch) -> None:
        """Let every group read to the end, without any fault."""
        deadline = time.monotonic() + CATCH_UP_S_MAX
        shown_at = time.monotonic()
        while (lag := self._ledger.lag(self._groups)) and not self._ledger.broken:
            now = time.monotonic()
            if now > deadline:
                self._ledger.broken.append(f"{lag} records are not committed at the end")
            if now >= shown_at + PROGRESS_S:
                shown_at = now
                self._show(f"catching up, {lag} to go")
            time.sleep(0.5)
            self._check_workers()
        watch.end()  # reads once more: consumers report records before they commit them
        for group in self._groups:
            missing = self._ledger.missing(group)
            if missing and not self._ledger.broken:
                self._ledger.broken.append(f"{group} never saw {missing}")
        if not self._ledger.looks:
            self._ledger.broken.append("no committed offset was ever looked at")
        self._show("end")

    def _show(self, what: str) -> None:
        ledger = self._ledger
        print(
            f"{what}: node killed {self._node_kills}x, workers {self._worker_kills}x;"
            f" {sum(ledger.acked.values())} records acknowledged, {ledger.deliveries} delivered,"
            f" {ledger.commits} commits, {ledger.looks} offsets looked at",
            flush=True,
        )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.group_soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--kill-s", type=float, default=20, help="time between two kills")
    parser.add_argument("--consumers", type=int, default=50)
    parser.add_argument("--groups", type=int, default=10)
    parser.add_argument("--workers", type=int, default=10, help="processes of consumers")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    for name, kind in (("--worker", int), ("--bootstrap", str), ("--out", str)):
        parser.add_argument(name, type=kind, help=argparse.SUPPRESS)
    parser.add_argument("--of", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    arguments = _arguments()
    if arguments.worker is not None:
        Worker(arguments).run()
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if arguments.seed is None:
        arguments.seed = random.randrange(1 << 30)
    print(f"seed {arguments.seed}", flush=True)
    with working_folder(arguments.folder) as folder:
        broken = Soak(arguments, folder).run()
    for line in broken[:20]:
        print(f"BROKEN: {line}", flush=True)
    print("failed" if broken else "all laws held", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
