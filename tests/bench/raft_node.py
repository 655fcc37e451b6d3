"""A process of `tests.bench.raft`: one node of a group on loopback, told what to do on stdin.

    python -m tests.bench.raft_node NODE FOLDER ADDRESSES VOTERS [--observers IDS] [--measure-loop]

Each line of stdin is a JSON array, a command and its arguments; each answer is one line of JSON.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import cbor2
import trio

import raft
from appliance.__main__ import _keep_freed_memory
from raft.tcp import TcpLinks
from tests.bench.raft_commands import contents
from tests.bench.raft_group import rates

CLUSTER_ID = b"raft bench group"
assert len(CLUSTER_ID) == 16
BUCKETS = 1024
ROW_BYTES = 100
COMMAND_BYTES = 100
FILL = b"fill"
_KEY = struct.Struct("<I")
_HEAD = struct.Struct("<I")


class Table:
    """Rows of bytes under numbers; a snapshot is taken without copying them.

    A bucket that a snapshot holds is copied before it changes. A command is `FILL` and two numbers
    (so many rows of 100 bytes, from the first on), or replaces the row that its first 4 bytes name.
    """

    def __init__(self) -> None:
        self.buckets: list[dict[int, bytes]] = [{} for _ in range(BUCKETS)]
        self._held: set[int] = set()

    def apply(self, index: int, command: bytes) -> object:
        if command.startswith(FILL):
            first, count = struct.unpack_from("<II", command, len(FILL))
            for key in range(first, first + count):
                self._bucket(key)[key] = key.to_bytes(4, "little") * (ROW_BYTES // 4)
        else:
            (key,) = _KEY.unpack_from(command)
            self._bucket(key)[key] = command
        return index

    def _bucket(self, key: int) -> dict[int, bytes]:
        number = key % BUCKETS
        if number in self._held:
            self._held.discard(number)
            self.buckets[number] = dict(self.buckets[number])
        return self.buckets[number]

    @property
    def rows(self) -> int:
        return sum(map(len, self.buckets))

    def snapshot(self) -> Iterator[bytes]:
        self._held = set(range(BUCKETS))
        return self._encode(list(self.buckets))

    @staticmethod
    def _encode(buckets: list[dict[int, bytes]]) -> Iterator[bytes]:
        for bucket in buckets:
            data = cbor2.dumps(bucket)
            yield _HEAD.pack(len(data)) + data

    def restore(self, pieces: Iterator[bytes]) -> Iterator[bool]:
        buckets: list[dict[int, bytes]] = []
        buffer = bytearray()
        for piece in pieces:
            buffer += piece
            while len(buffer) >= _HEAD.size:
                end = _HEAD.size + _HEAD.unpack_from(buffer)[0]
                if len(buffer) < end:
                    break
                buckets.append(cbor2.loads(bytes(buffer[_HEAD.size : end])))
                del buffer[:end]
                yield False
        old, self.buckets, self._held = self.buckets, buckets, set()
        yield True
        while old:
            old.pop()
            yield False


class LoopTimes(trio.abc.Instrument):
    """How long the event loop went without looking at its sockets, at most.

    By the clock; without the time in which the thread waited for a processor, which is what others
    took; and by the time it ran. The second holds what the loop did and waited for: a disk, a lock.
    """

    def __init__(self) -> None:
        self._schedstat = -1
        self.reset()

    def reset(self) -> None:
        self._begin_pass()
        self.longest_s = 0.0
        self.longest_own_s = 0.0
        self.longest_cpu_s = 0.0
        self.over_5ms = 0
        self._step = self._start
        self.longest_step_s = 0.0
        self.longest_step = ""

    def _waited_s(self) -> float:
        """Returns how long the thread has waited for a processor."""
        if self._schedstat < 0:
            return 0.0
        return int(os.pread(self._schedstat, 100, 0).split()[1]) / 1e9

    def _begin_pass(self) -> None:
        self._waited = self._waited_s()
        self._cpu = time.thread_time()
        self._start = time.perf_counter()

    def before_run(self) -> None:
        # What the process does before there is a loop holds nobody up.
        self._schedstat = os.open("/proc/thread-self/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        self.reset()

    def after_io_wait(self, timeout: float) -> None:
        self._begin_pass()

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        self._step = time.perf_counter()

    def after_task_step(self, task: trio.lowlevel.Task) -> None:
        passed = time.perf_counter() - self._step
        if passed > self.longest_step_s:
            # At most what the whole pass waited: a step is not worth a call before it, too.
            passed -= self._waited_s() - self._waited
        if passed > self.longest_step_s:
            self.longest_step_s = passed
            self.longest_step = task.name

    def before_io_wait(self, timeout: float) -> None:
        passed = time.perf_counter() - self._start
        if passed > self.longest_own_s:
            own = passed - (self._waited_s() - self._waited)
            self.longest_own_s = max(self.longest_own_s, own)
        self.longest_s = max(self.longest_s, passed)
        self.over_5ms += passed > 0.005
        # A pass that was interrupted by another process is long, but not by its own work.
        self.longest_cpu_s = max(self.longest_cpu_s, time.thread_time() - self._cpu)


class Program:
    """Runs the node and answers commands."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        addresses = json.loads(arguments.addresses)
        self._id = arguments.node
        self.machine = Table()
        self.times = LoopTimes()
        self.started_at = time.monotonic()
        self._is_random = arguments.random_commands
        self._files = raft.Directory(arguments.folder, sync_inline=arguments.sync_inline)
        self.links = TcpLinks(
            tuple(addresses[str(self._id)]),
            peers={int(n): tuple(a) for n, a in addresses.items() if int(n) != self._id},
            rng=Random(),
        )
        self.node = raft.Node(
            self._id,
            voters=json.loads(arguments.voters),
            observers=json.loads(arguments.observers),
            cluster_id=CLUSTER_ID,
            files=self._files,
            state_machine=self.machine,
            rng=Random(),
            links=self.links,
            snapshot_entries=arguments.snapshot_entries,
        )

    async def run(self) -> None:
        async with trio.open_nursery() as nursery:
            await nursery.start(self.node.run)
            nursery.start_soon(self._watch)
            await self._serve()
            nursery.cancel_scope.cancel()

    async def _serve(self) -> None:
        stdin = trio.lowlevel.FdStream(os.dup(0))
        buffer = b""
        while data := await stdin.receive_some():
            *lines, buffer = (buffer + data).split(b"\n")
            for line in lines:
                name, *values = json.loads(line)
                answer = await getattr(self, f"do_{name}")(*values)
                say({"answer": answer})

    async def _watch(self) -> None:
        """Tells of leadership as soon as this node has it; only a leader matters here."""
        async for leader in self.node.watch_leader():
            if leader == self._id:
                say({"leads": time.monotonic(), "term": self.node.status().term})

    async def do_status(self) -> dict[str, Any]:
        status = self.node.status()
        return {
            "role": status.role.name,
            "leader": status.leader,
            "applied": status.applied_index,
            "snapshot": status.snapshot_index,
            "snapshot_bytes": status.snapshot_bytes,
            "journal_bytes": status.journal_bytes,
            "first": status.first_index,
            "rows": self.machine.rows,
            "connected": len(self.links.connected),
        }

    async def do_fill(self, rows: int) -> int:
        step = 1000
        for first in range(0, rows, step):
            await self.node.propose(FILL + struct.pack("<II", first, step))
        return self.machine.rows

    async def do_load(
        self, depth: int, seconds: float, command_bytes: int
    ) -> dict[str, float] | None:
        """Proposes from so many tasks, each after its last result; None: it led no longer."""
        latencies: list[float] = []
        rests = itertools.cycle(contents(command_bytes - _KEY.size, is_random=self._is_random))
        start = time.perf_counter()
        until = start + seconds

        async def propose(number: int) -> None:
            key = _KEY.pack(number)
            while True:
                began = time.perf_counter()
                if began > until:
                    return
                await self.node.propose(key + next(rests))
                latencies.append(time.perf_counter() - began)

        cpu = time.process_time()
        is_leader = True
        try:
            async with trio.open_nursery() as nursery:
                for number in range(depth):
                    nursery.start_soon(propose, number)
        except* (raft.NotLeaderError, raft.OutcomeUnknownError):
            is_leader = False
        if not is_leader:
            return None
        elapsed = time.perf_counter() - start
        cores = (time.process_time() - cpu) / elapsed
        values = rates(latencies, elapsed)
        return {**values, "cores": cores, "cpu_us": 1e6 * cores / values["per_s"]}

    async def do_propose(self) -> int:
        return await self.node.propose(bytes(100))  # type: ignore[return-value]

    async def do_snapshot(self, depth: int, command_bytes: int) -> float | None:
        """Writes a snapshot while so many tasks propose; the seconds until the journal is cut.

        None: it led no longer.
        """
        start, before = time.monotonic(), self.node.status().snapshot_index

        async def propose(number: int) -> None:
            while True:
                await self.node.propose(_KEY.pack(number) + bytes(command_bytes - _KEY.size))

        is_leader = True
        try:
            async with trio.open_nursery() as nursery:
                for number in range(depth):
                    nursery.start_soon(propose, number)
                await trio.sleep(1.0)
                self.node.request_snapshot()
                while self.node.status().snapshot_index == before:
                    await trio.sleep(0.005)
                while self.node.status().first_index < self.node.status().snapshot_index - 1:
                    await trio.sleep(0.005)
                # The new journal is written and the old one freed behind that.
                await trio.sleep(1.0)
                nursery.cancel_scope.cancel()
        except* (raft.NotLeaderError, raft.OutcomeUnknownError):
            is_leader = False
        return time.monotonic() - start if is_leader else None

    async def do_write(self, first: int, seconds: float, depth: int) -> list[int]:
        """Writes rows from `first` on for so long; returns those that were acknowledged."""
        acknowledged: list[int] = []
        numbers = itertools.count(first)

        async def propose() -> None:
            while True:
                number = next(numbers)
                try:
                    await self.node.propose(_KEY.pack(number) + bytes(COMMAND_BYTES))
                    acknowledged.append(number)
                except (raft.NotLeaderError, raft.OutcomeUnknownError):
                    await trio.sleep(0.05)

        with trio.move_on_after(seconds):
            async with trio.open_nursery() as nursery:
                for _ in range(depth):
                    nursery.start_soon(propose)
        return acknowledged

    async def do_missing(self, rows: list[int]) -> list[int]:
        return [row for row in rows if row not in self.machine.buckets[row % BUCKETS]]

    async def do_reset(self) -> None:
        self.times.reset()

    async def do_times(self) -> dict[str, Any]:
        return {
            "longest_ms": 1000 * self.times.longest_s,
            "longest_own_ms": 1000 * self.times.longest_own_s,
            "longest_cpu_ms": 1000 * self.times.longest_cpu_s,
            "over_5ms": self.times.over_5ms,
            "longest_step_ms": 1000 * self.times.longest_step_s,
            "longest_step": self.times.longest_step,
        }


def say(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("node", type=int)
    parser.add_argument("folder")
    parser.add_argument("addresses")
    parser.add_argument("voters")
    parser.add_argument("--observers", default="[]")
    parser.add_argument("--snapshot-entries", type=int, default=1 << 14)
    parser.add_argument("--measure-loop", action="store_true")
    parser.add_argument("--sync-inline", action="store_true", help="flush in the event loop")
    parser.add_argument("--random-commands", action="store_true", help="nothing to pack in them")
    parser.add_argument("--profile", type=Path)
    arguments = parser.parse_args()
    # Made once, in 60 ms: not while the loop is watched.
    contents(COMMAND_BYTES - _KEY.size, is_random=arguments.random_commands)
    program = Program(arguments)
    # As the product does once it has started: what is there now is not searched again.
    gc.collect()
    gc.freeze()
    instruments = []
    if arguments.measure_loop:
        # Also as the product does: a heap that gets empty is given back at once, 64 MiB in 7 ms.
        _keep_freed_memory()
        instruments.append(program.times)
    if arguments.profile is not None:
        import cProfile

        profile = cProfile.Profile()
        profile.runcall(trio.run, program.run, instruments=instruments)
        profile.dump_stats(arguments.profile)
    else:
        trio.run(program.run, instruments=instruments)


if __name__ == "__main__":
    main()
