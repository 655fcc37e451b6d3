"""Recovery after kill -9: start to ready with much unsaved WAL, next to reading it off the disk.

python -m tests.bench.recovery [--folder DIR] [--size 1024] [--batch 16384 1048576] [--runs 3]

The aim: ready in at most 2 s plus what reading the same bytes takes, by direct IO, 1 MiB a read.
"""

from __future__ import annotations

import argparse
import mmap
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from confluent_kafka import Producer

from tests.harness import NodeProcess

MIB = 1 << 20
PARTITIONS = 12
FIRST_EXTENT = MIB
AIM_S = 2.0


def fill(node: NodeProcess, size: int, batch_bytes: int) -> None:
    """Produce `size` bytes of 1 KiB records that do not compress."""
    producer = Producer(
        {
            "bootstrap.servers": node.kafka,
            "enable.idempotence": True,
            "batch.size": batch_bytes,
            "batch.num.messages": 10_000,
            "linger.ms": 50,
            "queue.buffering.max.kbytes": 128 << 10,
            "log_level": 0,
        }
    )
    value = os.urandom(1024)
    for number in range(size // len(value)):
        while True:
            try:
                producer.produce("recovery", value, partition=number // 1000 % PARTITIONS)
                break
            except BufferError:
                producer.poll(0.05)
        if number % 1000 == 0:
            producer.poll(0)
    assert producer.flush(120) == 0


def read_s(path: Path, size: int) -> float:
    """Return the seconds that reading `size` bytes of the volume takes."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECT)
    try:
        with mmap.mmap(-1, MIB) as piece:
            start = time.monotonic()
            for position in range(FIRST_EXTENT, FIRST_EXTENT + size, MIB):
                assert os.preadv(fd, [piece], position) == MIB
            return time.monotonic() - start
    finally:
        os.close(fd)


def start_s(node: NodeProcess) -> float:
    start = time.monotonic()
    node.start()
    return time.monotonic() - start


def measure(folder: Path, size: int, batch_bytes: int, runs: int) -> None:
    settings = {
        "PENSTOCK_VOLUME_SIZE": str(3 * size),
        "PENSTOCK_UPLOAD_TRIGGER_BYTES": str(8 * size),
        "PENSTOCK_UPLOAD_TRIGGER_MS": "86400000",
        # Away: what is recovered stays unsaved, so that it can be recovered again.
        "PENSTOCK_OBJECT_STORE": "s3://bucket/prefix",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }
    with NodeProcess(folder, env=settings) as node:
        admin_topic(node)
        node.kill()
        empty = statistics.median(restart_s(node) for _ in range(runs))
        fill(node, size, batch_bytes)
        unsaved = node.metric("penstock_wal_written_bytes")
        node.kill()
        ready: list[float] = []
        reading: list[float] = []
        for _ in range(runs):
            reading.append(read_s(folder / "data" / "volume", size))
            ready.append(start_s(node))
            node.kill()
    disk, took = statistics.median(reading), statistics.median(ready)
    verdict = "reached" if took <= AIM_S + disk else "MISSED"
    print(
        f"| {batch_bytes >> 10} KiB | {unsaved / MIB:.0f} MiB | {empty:.2f} s | {disk:.2f} s |"
        f" {took:.2f} s ({min(ready):.2f}-{max(ready):.2f}) | {AIM_S + disk:.2f} s: {verdict} |",
        flush=True,
    )


def admin_topic(node: NodeProcess) -> None:
    from confluent_kafka.admin import AdminClient, NewTopic

    admin = AdminClient({"bootstrap.servers": node.kafka})
    admin.create_topics([NewTopic("recovery", PARTITIONS, 1)])["recovery"].result(10)


def restart_s(node: NodeProcess) -> float:
    node.close()
    return start_s(node)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", help="on the disk to be measured")
    parser.add_argument("--size", type=int, default=1024, help="MiB of unsaved records")
    parser.add_argument("--batch", type=int, nargs="+", default=[16 << 10, MIB], help="bytes")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    print("| batches | unsaved WAL | start without | reading it | start to ready | aim |")
    print("|---|---|---|---|---|---|")
    for batch_bytes in arguments.batch:
        folder = Path(tempfile.mkdtemp(prefix="penstock-recovery-", dir=arguments.folder))
        try:
            measure(folder, arguments.size * MIB, batch_bytes, arguments.runs)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
