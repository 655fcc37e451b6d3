"""A soak of real nodes in network namespaces: links cut, delayed and lossy, kill -9, SIGSTOP.

    python -m tests.bench.raft_namespaces [--seconds 60] [--seed 1]

Each of three nodes has a network of its own, behind a bridge in a network that ends with this
program; nothing of it is seen outside. Commands go in by the nodes' standard input. In the end each
acknowledged command must be on every node. Where namespaces are not allowed, one line says so.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from tests.bench.raft_group import Group, temporary_folder
from tests.harness import ROOT, die_with_parent

NODES = (1, 2, 3)
PORT = 9093
WRITE_S, DEPTH = 1.0, 8


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, stdin=subprocess.DEVNULL)


def in_namespace(pid: int, *command: str) -> list[str]:
    return ["nsenter", f"--net=/proc/{pid}/ns/net", *command]


class Network:
    """A bridge, and a cable from it to the namespace of each node."""

    def __init__(self) -> None:
        self._holders: dict[int, subprocess.Popen[bytes]] = {}
        ip("link", "set", "lo", "up")
        ip("link", "add", "bridge", "type", "bridge")
        ip("link", "set", "bridge", "up")

    def add(self, node: int) -> None:
        """Makes the namespace; a process that only sleeps holds it while the node is down."""
        holder = subprocess.Popen(
            ["unshare", "--net", "sleep", "infinity"], preexec_fn=die_with_parent
        )
        self._holders[node] = holder
        own = os.readlink("/proc/self/ns/net")
        until = time.monotonic() + 10
        while os.readlink(f"/proc/{holder.pid}/ns/net") == own:
            if time.monotonic() > until:
                raise RuntimeError("unshare made no namespace")
            time.sleep(0.01)
        ip("link", "add", f"cable{node}", "type", "veth", "peer", "name", f"end{node}")
        ip("link", "set", f"cable{node}", "master", "bridge", "up")
        ip("link", "set", f"end{node}", "netns", str(holder.pid))
        for words in (
            ["addr", "add", f"192.0.2.{node}/24", "dev", f"end{node}"],
            ["link", "set", f"end{node}", "up"],
            ["link", "set", "lo", "up"],
        ):
            subprocess.run(in_namespace(holder.pid, "ip", *words), check=True)

    def prefix(self, node: int) -> list[str]:
        return in_namespace(self._holders[node].pid)

    def set_link(self, node: int, *, is_up: bool) -> None:
        ip("link", "set", f"cable{node}", "up" if is_up else "down")

    def impair(self, node: int, *options: str) -> None:
        """Delays or loses what goes to the node; without options no more."""
        verb = "replace" if options else "del"
        command = ["tc", "qdisc", verb, "dev", f"cable{node}", "root", "netem", *options]
        subprocess.run(command, check=bool(options), stderr=subprocess.DEVNULL)

    def can_impair(self, node: int) -> bool:
        """Whether there is a `tc`, and the kernel has netem."""
        if shutil.which("tc") is None:
            return False
        try:
            self.impair(node, "delay", "1ms")
        except subprocess.CalledProcessError:
            return False
        self.impair(node)
        return True

    def close(self) -> None:
        for holder in self._holders.values():
            holder.kill()
            holder.wait()


class Soak:
    def __init__(self, folder: Path, network: Network, seed: int) -> None:
        self._rng = Random(seed)
        self._network = network
        self._folder = folder
        addresses = {node: (f"192.0.2.{node}", PORT) for node in NODES}
        self._group = Group(
            folder,
            addresses=addresses,
            options=["--snapshot-entries", "500"],
            prefix=network.prefix,
        )
        self._stopped: set[int] = set()
        self._acknowledged: list[int] = []
        self._next = 1
        self._faults: dict[str, int] = {}
        self._can_impair = network.can_impair(NODES[0])
        if not self._can_impair:
            print("delay and loss are left out: no tc, or a kernel without netem", flush=True)

    def run(self, seconds: float) -> None:
        group = self._group
        try:
            group.start_all()
            group.wait_leader(connected=2)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                self._break()
                self._write()
                if self._rng.random() < 0.5:
                    self._heal()
            self._heal()
            self._judge()
        finally:
            group.close()

    def _break(self) -> None:
        node = self._rng.choice(NODES)
        kinds = ["cut", "kill", "pause", *(["impair"] if self._can_impair else [])]
        kind = self._rng.choice(kinds)
        self._faults[kind] = self._faults.get(kind, 0) + 1
        match kind:
            case "cut":
                self._network.set_link(node, is_up=False)
            case "impair":
                delay, loss = self._rng.choice((1, 20, 100)), self._rng.choice((0, 2, 20))
                self._network.impair(node, "delay", f"{delay}ms", f"{delay}ms", "loss", f"{loss}%")
            case "kill":
                self._stopped.discard(node)
                self._group.kill(node)
                self._group.start(node)
            case _:
                self._stopped.add(node)
                os.kill(self._group.nodes[node].pid, signal.SIGSTOP)

    def _heal(self) -> None:
        for node in NODES:
            self._network.set_link(node, is_up=True)
            if self._can_impair:
                self._network.impair(node)
            if node in self._stopped:
                os.kill(self._group.nodes[node].pid, signal.SIGCONT)
        self._stopped.clear()

    def _write(self) -> None:
        """Everybody who may lead is asked to write; only acknowledged rows count."""
        asked = [node for node in NODES if node not in self._stopped]
        for node in asked:
            self._group.nodes[node].tell("write", self._next, WRITE_S, DEPTH)
            self._next += 1_000_000
        for node in asked:
            self._acknowledged += self._group.nodes[node].answer()

    def _judge(self) -> None:
        self._group.wait_leader(connected=2)
        self._write()
        time.sleep(2)
        for node in NODES:
            missing = self._group.nodes[node].call("missing", self._acknowledged)
            if missing:
                raise RuntimeError(f"node {node} lacks acknowledged rows: {missing[:10]}")
        faults = ", ".join(f"{count} x {kind}" for kind, count in sorted(self._faults.items()))
        print(
            f"{len(self._acknowledged)} acknowledged commands, all on every node; {faults}",
            flush=True,
        )


def refusal() -> str | None:
    """Returns why this machine does not let us, or None."""
    for program in ("ip", "unshare", "nsenter"):
        if shutil.which(program) is None:
            return f"there is no {program}"
    command = ["unshare", "--net", "ip", "link", "add", "bridge", "type", "bridge"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False)
    return tried.stderr.strip() or "unshare failed" if tried.returncode else None


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.inside:
        reason = refusal()
        if reason is not None:
            print(f"nodes in network namespaces are left out: {reason}")
            return 0
        command = ["unshare", "--net", "--kill-child", "--fork", sys.executable, "-m"]
        command += ["tests.bench.raft_namespaces", "--inside", *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, check=False, preexec_fn=die_with_parent).returncode
    network = Network()
    with temporary_folder() as folder:
        try:
            for node in NODES:
                network.add(node)
            print(f"seed {arguments.seed}", flush=True)
            Soak(folder, network, arguments.seed).run(arguments.seconds)
        finally:
            network.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
