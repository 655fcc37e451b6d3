"""Starts the processes of `tests.bench.raft_node` and talks to them."""

from __future__ import annotations

import contextlib
import json
import queue
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.harness import ROOT, die_with_parent

ANSWER_S_MAX = 120.0


def rates(latencies: list[float], elapsed: float) -> dict[str, float]:
    """Return calls per second, and the median and p99 of their seconds in milliseconds."""
    latencies.sort()
    return {
        "per_s": len(latencies) / elapsed,
        "p50_ms": 1000 * latencies[len(latencies) // 2],
        "p99_ms": 1000 * latencies[len(latencies) * 99 // 100],
    }


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses, below those that the kernel gives to whoever connects."""
    with open("/proc/sys/net/ipv4/ip_local_port_range") as file:
        end = int(file.read().split()[0])
    first = max(1024, end - 16_384)
    ports: list[int] = []
    for port in random.sample(range(first, end), k=end - first):
        if len(ports) == count:
            break
        with socket.socket() as each, contextlib.suppress(OSError):
            each.bind(("127.0.0.1", port))
            ports.append(port)
    assert len(ports) == count, f"there are no {count} free ports below {end}"
    return ports


class NodeOfGroup:
    """One process; `leads` gets the moment of each of its elections."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        module: str = "tests.bench.raft_node",
        prefix: Sequence[str] = (),
    ) -> None:
        self._answers: queue.Queue[Any] = queue.Queue()
        self.leads: queue.Queue[float] = queue.Queue()
        command = [*prefix, sys.executable, "-m", module, *arguments]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            preexec_fn=die_with_parent,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            value = json.loads(line)
            if "leads" in value:
                self.leads.put(value["leads"])
            else:
                self._answers.put(value["answer"])

    @property
    def pid(self) -> int:
        return self._process.pid

    def call(self, name: str, *arguments: Any) -> Any:
        self.tell(name, *arguments)
        return self.answer()

    def tell(self, name: str, *arguments: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, *arguments]).encode() + b"\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        return self._answers.get(timeout=ANSWER_S_MAX)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Group:
    """So many voters in one folder, and addresses of others that may be observers.

    Args:
        folder: the directories of the nodes go there.
        voters: how many; their ids are 1, 2, 3 ...
        others: ids and ports of nodes that somebody else runs.
        observers: ids of observers.
        options: for every process.
        addresses: of all nodes; default: free ports of the loopback.
        prefix: what a node's command begins with.
    """

    def __init__(
        self,
        folder: Path,
        *,
        voters: int = 3,
        others: dict[int, int] | None = None,
        observers: Sequence[int] = (),
        options: Sequence[str] = (),
        addresses: dict[int, tuple[str, int]] | None = None,
        prefix: Callable[[int], Sequence[str]] = lambda _node: (),
    ) -> None:
        self.folder = folder
        self._options = [*options, "--observers", json.dumps(list(observers))]
        self._voters = list(range(1, voters + 1))
        self._prefix = prefix
        if addresses is None:
            ports = dict(zip(self._voters, free_ports(voters), strict=True)) | (others or {})
            addresses = {node: ("127.0.0.1", port) for node, port in ports.items()}
        self.addresses = addresses
        self.nodes: dict[int, NodeOfGroup] = {}

    def start(self, node: int) -> NodeOfGroup:
        self.nodes[node] = NodeOfGroup(
            [
                str(node),
                str(self.folder / f"n{node}"),
                json.dumps(self.addresses),
                json.dumps(self._voters),
                *self._options,
            ],
            prefix=self._prefix(node),
        )
        return self.nodes[node]

    def start_all(self) -> None:
        for node in self._voters:
            self.start(node)

    def kill(self, node: int) -> None:
        self.nodes.pop(node).kill()

    def wait_leader(self, *, connected: int = 0) -> int:
        """Returns who leads, once everybody follows and it has so many connections."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            states = {node: process.call("status") for node, process in self.nodes.items()}
            leaders = {state["leader"] for state in states.values()}
            if len(leaders) == 1 and (leader := leaders.pop()) in self.nodes:
                if states[leader]["connected"] >= connected:
                    return leader
            time.sleep(0.1)
        raise RuntimeError("no leader after 60 s")

    def close(self) -> None:
        for node in list(self.nodes):
            self.kill(node)


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="penstock-raft-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
