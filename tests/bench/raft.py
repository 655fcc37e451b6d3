"""A Raft group of three processes on loopback with real disks; see RESULTS.md.

    python -m tests.bench.raft [--repeat 3] [--seconds 5] [--rounds 100] [--only commits ...]

Parts: `commits` (per second, closed loop in the leader's process, 100-byte commands, fdatasync),
`inline` (the same with `Directory(sync_inline=True)`),
`elections` (kill -9 of the leader until a command is committed again, default timeouts),
`observers` (the commit rate with 100 of them and without, in turn; what they cost is that of each
pair), `etcd` (three of them, put by HTTP, in the same run; `etcd` on the path or in TEST_ETCD, from
Debian's etcd-server).

Commands have the bytes of the product's (`raft_commands`); `--random-commands` gives the observers'
part random ones, of which nothing can be packed.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import trio

from tests.bench.raft_group import Group, NodeOfGroup, free_ports, rates, temporary_folder
from tests.harness import ROOT, die_with_parent

COMMAND_BYTES = 100
AIMS = {1: 1_500, 32: 20_000, 256: 60_000}
ELECTION_P99_S = 1.5
OBSERVERS = 100
OBSERVERS_COST = 0.2
OBSERVERS_TURNS = 6
LEADERS_MAX = 10
PARTS = ("commits", "inline", "observers", "etcd", "elections")
FIRST_OBSERVER = 100


class Results:
    """Values by what they are of; printed as lines of the table of RESULTS.md."""

    def __init__(self) -> None:
        self._values: dict[str, list[dict[str, float]]] = {}

    def add(self, what: str, values: dict[str, float]) -> None:
        self._values.setdefault(what, []).append(values)
        shown = ", ".join(f"{name} {value:,.2f}" for name, value in values.items())
        print(f"  {what}: {shown}", flush=True)

    def all(self, what: str, name: str) -> list[float]:
        return sorted(each[name] for each in self._values.get(what, []))

    def median(self, what: str, name: str) -> float | None:
        found = self.all(what, name)
        return statistics.median(found) if found else None

    def row(self, what: str, aim: str, is_met: bool | None) -> str:
        rates = self.all(what, "per_s")
        rate = " / ".join(f"{r:,.0f}" for r in (rates[0], statistics.median(rates), rates[-1]))
        p50, p99 = self.median(what, "p50_ms"), self.median(what, "p99_ms")
        verdict = "" if is_met is None else ", met" if is_met else ", missed"
        return f"| {what} | {rate} | {p50:.2f} / {p99:.2f} | {aim}{verdict} |"


def load(group: Group, depth: int, seconds: float, *, connected: int) -> dict[str, float]:
    """Loads the leader for so long; repeats that if another one was elected meanwhile."""
    for _ in range(LEADERS_MAX):
        leader = group.wait_leader(connected=connected)
        values = group.nodes[leader].call("load", depth, seconds, COMMAND_BYTES)
        if values is not None:
            return values
        print(f"  depth {depth}: {leader} led no longer, the interval is repeated", flush=True)
    raise RuntimeError(f"{LEADERS_MAX} leaders were deposed under load, one after the other")


def commits(folder: Path, seconds: float, results: Results, *, is_inline: bool = False) -> None:
    """With the flushes by the kernel, or in the event loop."""
    group = Group(folder, options=["--sync-inline"] if is_inline else [])
    try:
        group.start_all()
        load(group, 32, 1.0, connected=2)
        for depth in AIMS:
            values = load(group, depth, seconds, connected=2)
            results.add(f"commits, depth {depth}{', flushed inline' * is_inline}", values)
    finally:
        group.close()


def observers(
    folder: Path,
    seconds: float,
    results: Results,
    depths: Sequence[int],
    *,
    options: Sequence[str] = (),
) -> None:
    """A group without and one with observers, loaded by turns, a second or so each.

    Both are up all the time. The machine's other work changes in a minute more than observers cost,
    so each interval is compared with the one just before it.
    """
    ids = list(range(FIRST_OBSERVER, FIRST_OBSERVER + OBSERVERS))
    ports = dict(zip(ids, free_ports(OBSERVERS), strict=True))
    # Without them it must have none: absent ones are dialled, which costs as much again.
    alone = Group(folder / "alone", options=options)
    observed = Group(folder / "observed", others=ports, observers=ids, options=options)
    crowd: NodeOfGroup | None = None
    try:
        alone.start_all()
        observed.start_all()
        crowd = NodeOfGroup(
            [json.dumps(observed.addresses), json.dumps(ids)], module="tests.bench.raft_observers"
        )
        for group, count in ((alone, 2), (observed, 2 + OBSERVERS)):
            load(group, 32, 1.0, connected=count)
        for depth in depths:
            for _ in range(OBSERVERS_TURNS):
                before = load(alone, depth, seconds / 2, connected=2)
                before_s = crowd.call("cpu")
                values = load(observed, depth, seconds / 2, connected=2 + OBSERVERS)
                # Of an interval that had to be repeated, too: then it is a little too much.
                values["crowd_cores"] = (crowd.call("cpu") - before_s) / (seconds / 2)
                values["cost"] = 1 - values["per_s"] / before["per_s"]
                results.add(f"alone, depth {depth}", before)
                results.add(f"beside them, depth {depth}, {OBSERVERS} observers", values)
        last = observed.nodes[observed.wait_leader()].call("status")["applied"]
        until = time.monotonic() + 10
        least, snapshots = crowd.call("least")
        while least < last and time.monotonic() < until:
            time.sleep(0.05)
            least, snapshots = crowd.call("least")
        print(f"  the observers were sent {snapshots} snapshots", flush=True)
        assert least >= last, f"the last observer lacks {last - least} entries"
    finally:
        alone.close()
        observed.close()
        if crowd is not None:
            crowd.kill()


def elections(folder: Path, rounds: int) -> list[float]:
    """Seconds from each kill -9 of the leader until its successor has committed a command."""
    group = Group(folder)
    found: list[float] = []
    try:
        group.start_all()
        for _ in range(rounds):
            leader = group.wait_leader(connected=2)
            group.nodes[leader].call("propose")
            # Random against the heartbeats.
            time.sleep(0.3 + 0.1 * (time.monotonic_ns() % 997) / 997)
            killed_at = time.monotonic()
            group.kill(leader)
            found.append(_committed_again(group, killed_at))
            group.start(leader)
    finally:
        group.close()
    return sorted(found)


def _committed_again(group: Group, killed_at: float) -> float:
    until = killed_at + 30
    while time.monotonic() < until:
        for node in group.nodes.values():
            if not node.leads.empty() and node.leads.get() > killed_at:
                node.call("propose")
                return time.monotonic() - killed_at
        time.sleep(0.002)
    raise RuntimeError("no successor after 30 s")


# etcd.


def find_etcd() -> str | None:
    return os.environ.get("TEST_ETCD") or shutil.which("etcd")


def etcd(folder: Path, program: str, seconds: float, results: Results) -> None:
    peers, clients = free_ports(3), free_ports(3)
    members = ",".join(f"n{i}=http://127.0.0.1:{port}" for i, port in enumerate(peers))
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for i in range(3):
            client, peer = f"http://127.0.0.1:{clients[i]}", f"http://127.0.0.1:{peers[i]}"
            command = [program, "--name", f"n{i}", "--data-dir", str(folder / f"n{i}")]
            command += ["--listen-client-urls", client, "--advertise-client-urls", client]
            command += ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer]
            command += ["--initial-cluster", members, "--initial-cluster-state", "new"]
            log = (folder / f"n{i}.log").open("wb")
            processes.append(
                subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=die_with_parent)
            )
            log.close()
        leader = _leader_of_etcd(clients)
        for depth in AIMS:
            values = trio.run(_load_etcd, leader, depth, seconds)
            results.add(f"etcd, depth {depth}", values)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def _leader_of_etcd(ports: list[int]) -> int:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for port in ports:
            try:
                status = trio.run(_ask_etcd, port, "/v3/maintenance/status", b"{}")
            except OSError:
                continue
            if status.get("leader") and status["leader"] == status["header"]["member_id"]:
                return port
        time.sleep(0.2)
    raise RuntimeError("etcd has no leader after 30 s")


def _request(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: etcd\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _answer(stream: trio.SocketStream) -> bytes:
    """Reads one answer with a length; etcd gives one to short answers."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += await _some(stream)
    head, _, body = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head + body
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    while len(body) < int(fields[b"content-length"]):
        body += await _some(stream)
    return body


async def _some(stream: trio.SocketStream) -> bytes:
    data = await stream.receive_some(1 << 16)
    if not data:
        raise ConnectionError("etcd closed the connection")
    return bytes(data)


async def _ask_etcd(port: int, path: str, body: bytes) -> Any:
    async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
        await stream.send_all(_request(path, body))
        return json.loads(await _answer(stream))


async def _load_etcd(port: int, depth: int, seconds: float) -> dict[str, float]:
    latencies: list[float] = []
    start = time.perf_counter()
    until = start + seconds

    async def put(number: int) -> None:
        key, value = (base64.b64encode(b).decode() for b in (b"%d" % number, bytes(COMMAND_BYTES)))
        request = _request("/v3/kv/put", json.dumps({"key": key, "value": value}).encode())
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            while (began := time.perf_counter()) < until:
                await stream.send_all(request)
                await _answer(stream)
                latencies.append(time.perf_counter() - began)

    async with trio.open_nursery() as nursery:
        for number in range(depth):
            nursery.start_soon(put, number)
    return rates(latencies, time.perf_counter() - start)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--random-commands", action="store_true", help="for the observers")
    parser.add_argument("--only", action="append", choices=PARTS)
    arguments = parser.parse_args()
    parts, seconds = arguments.only or PARTS, arguments.seconds
    print(f"load average {os.getloadavg()[0]:.1f}; folders in {os.environ.get('TMPDIR', '/tmp')}")
    results = Results()
    program = find_etcd() if "etcd" in parts else None
    if "etcd" in parts and program is None:
        print("etcd is left out: it is not on the path (Debian's etcd-server has it)")
    for _ in range(arguments.repeat):
        with temporary_folder() as folder:
            if "commits" in parts:
                commits(folder / "commits", seconds, results)
            if "inline" in parts:
                commits(folder / "inline", seconds, results, is_inline=True)
            if program is not None:
                (folder / "etcd").mkdir()
                etcd(folder / "etcd", program, seconds, results)
            if "observers" in parts:
                options = ["--random-commands"] if arguments.random_commands else []
                observers(folder / "observers", seconds, results, tuple(AIMS), options=options)
    found: list[float] = []
    if "elections" in parts:
        with temporary_folder() as folder:
            found = elections(folder, arguments.rounds)
    _print(results, found)
    return 0


def _print(results: Results, elections_s: list[float]) -> None:
    print("| what | per second, min / median / max | p50 / p99 ms | aim |")
    print("|---|---|---|---|")
    costs_us: list[tuple[Any, ...]] = []
    crowds: list[float | None] = []
    for depth, aim in AIMS.items():
        name = f"commits, depth {depth}"
        if (rate := results.median(name, "per_s")) is not None:
            print(results.row(name, f">= {aim:,}", rate >= aim))
        for other in (f"commits, depth {depth}, flushed inline", f"etcd, depth {depth}"):
            if results.all(other, "per_s"):
                print(results.row(other, "-", None))
        alone = f"alone, depth {depth}"
        beside = f"beside them, depth {depth}, {OBSERVERS} observers"
        if costs := results.all(beside, "cost"):
            cost = statistics.median(costs)
            print(results.row(alone, "-", None))
            aim_text = (
                f"{costs[0]:.0%} / {cost:.0%} / {costs[-1]:.0%} less, <= {OBSERVERS_COST:.0%}"
            )
            print(results.row(beside, aim_text, cost <= OBSERVERS_COST))
            costs_us.append((depth, *(results.median(w, "cpu_us") for w in (alone, beside))))
            crowds.append(results.median(beside, "crowd_cores"))
    for (depth, alone_us, beside_us), crowd in zip(costs_us, crowds, strict=True):
        print(
            f"\ndepth {depth}: the leader's processor time of a commit {alone_us:.1f} us alone,"
            f" {beside_us:.1f} us beside observers ({beside_us / alone_us - 1:+.0%}); their own"
            f" process takes {crowd:.2f} cores of the same machine"
        )
    if elections_s:
        p50, p99 = elections_s[len(elections_s) // 2], elections_s[len(elections_s) * 99 // 100]
        print(
            f"\nkill -9 of the leader until a command is committed, {len(elections_s)} rounds:"
            f" p50 {p50:.2f} s, p99 {p99:.2f} s, longest {elections_s[-1]:.2f} s"
            f" (aim p99 <= {ELECTION_P99_S} s, {'met' if p99 <= ELECTION_P99_S else 'missed'})"
        )


if __name__ == "__main__":
    assert ROOT.is_dir()
    sys.exit(main())
