"""Three voters as processes on the loopback: they elect, survive one, and say so."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness import ROOT, NodeProcess
from tests.ports import kept_ports

WAIT_S_MAX = 30
IDS = (1, 2, 3)


class VoterProcess(NodeProcess):
    """One `penstock start` with `process.roles = controller`."""

    def wait_ready(self) -> None:
        def told() -> str:
            """Return the text behind the last label, once its line is whole."""
            _, _, text = (self.folder / "stdout").read_text().partition("health, metrics")
            return text.strip() if text.endswith("\n") else ""

        wait_until(lambda: bool(told()), self)
        self.admin = told().removesuffix("/metrics")

    @property
    def leader(self) -> int:
        """Who leads, as far as it knows; -1 nobody."""
        return int(self.metric("penstock_raft_leader"))

    @property
    def commit_index(self) -> int:
        return int(self.metric("penstock_raft_commit_index"))


def wait_until(is_so: Callable[[], bool], *nodes: NodeProcess) -> None:
    deadline = time.monotonic() + WAIT_S_MAX
    while not is_so():
        for node in nodes:
            if node.process is not None and node.process.poll() is not None:
                raise AssertionError(node.log_path.read_text()[-3000:])
        assert time.monotonic() < deadline, [n.log_path.read_text()[-1000:] for n in nodes]
        time.sleep(0.05)


@pytest.fixture
def voters(tmp_path: Path) -> Iterator[dict[int, VoterProcess]]:
    """Three voters that are not started yet; killed at the end."""
    with kept_ports(len(IDS)) as ports:
        quorum = ",".join(f"{i}@127.0.0.1:{port}" for i, port in zip(IDS, ports, strict=True))
        nodes = {
            node_id: VoterProcess(
                tmp_path / str(node_id),
                env={
                    "PENSTOCK_PROCESS_ROLES": "controller",
                    "PENSTOCK_CONTROLLER_QUORUM_VOTERS": quorum,
                    "PENSTOCK_NODE_SECURITY_PROTOCOL": "PLAINTEXT",
                    "PENSTOCK_CLUSTER_ID": "voters",
                    "PENSTOCK_BROKER_ID": str(node_id),
                },
            )
            for node_id in IDS
        }
        yield nodes
        for node in nodes.values():
            node.close()


def cluster_status(*nodes: VoterProcess) -> tuple[int, str]:
    """Run `penstock cluster status`; returns exit code and output."""
    addresses = [node.admin.removeprefix("http://") for node in nodes]
    done = subprocess.run(
        [sys.executable, "-m", "appliance", "cluster", "status", *addresses],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout


def test_three_voters_elect_and_survive_any_one(voters: dict[int, VoterProcess]) -> None:
    """kill -9 of the leader costs an election; what was committed stays, and it comes back.

    A new cluster waits for all of its voters before, and says so.
    """
    nodes = list(voters.values())
    for node in nodes[:2]:
        node.start(wait=False)
    for node in nodes[:2]:
        node.wait_ready()
    # A majority, but a new cluster begins when all have met.
    wait_until(lambda: "the new cluster waits for node 3" in nodes[0].log_path.read_text())
    code, shown = cluster_status(*nodes[:2])
    assert code == 1
    assert "node 1 waits for 3: a new cluster begins when all of controller.quorum.voters" in shown
    nodes[2].start(wait=False)
    nodes[2].wait_ready()
    wait_until(lambda: len({n.leader for n in nodes}) == 1 and nodes[0].leader > 0, *nodes)
    leader = nodes[0].leader
    # The first command of the cluster is committed and everywhere.
    wait_until(lambda: len({n.commit_index for n in nodes}) == 1 and nodes[0].commit_index > 2)
    code, shown = cluster_status(*nodes)
    assert code == 0
    *rows, members = shown.splitlines()
    assert [line.split()[1] for line in rows] == ["node", "1", "2", "3"]
    assert members == "voters:    1, 2, 3"
    assert shown.count("yes") == 1

    before = nodes[0].commit_index
    voters[leader].kill()
    rest = [node for node_id, node in voters.items() if node_id != leader]
    wait_until(lambda: {n.leader for n in rest} <= set(IDS) - {leader}, *rest)
    wait_until(lambda: all(n.commit_index > before for n in rest), *rest)
    code, shown = cluster_status(*nodes)
    assert code == 1
    assert "no answer" in shown
    voters[leader].start()
    wait_until(lambda: voters[leader].commit_index >= rest[0].commit_index, *nodes)
    for node in nodes:
        assert node.stop() == 0


def _hold_connections(ports: list[int], stop: threading.Event) -> None:
    """Keeps 200 silent connections to each port open, until told to stop."""
    held: dict[int, list[socket.socket]] = {port: [] for port in ports}
    while not stop.wait(0.02):
        for port, sockets in held.items():
            readable, _, _ = select.select(sockets, [], [], 0)
            for sock in readable:  # Nothing is ever said to it but the end.
                sockets.remove(sock)
                sock.close()
            with contextlib.suppress(OSError):
                while len(sockets) < 200:
                    sockets.append(socket.create_connection(("127.0.0.1", port), timeout=1))
    for sockets in held.values():
        for sock in sockets:
            sock.close()


def _kill_and_restart(killed: int, voters: dict[int, VoterProcess]) -> None:
    """Returns when the others have a leader without it, and it has what they have."""
    nodes = list(voters.values())
    wait_until(lambda: len({n.leader for n in nodes}) == 1 and nodes[0].leader > 0, *nodes)
    voters[killed].kill()
    rest = [node for node_id, node in voters.items() if node_id != killed]
    wait_until(lambda: {n.leader for n in rest} <= set(IDS) - {killed}, *rest)
    voters[killed].start()
    wait_until(lambda: voters[killed].commit_index >= rest[0].commit_index, *nodes)


def test_killed_voter_comes_back_among_silent_strangers(voters: dict[int, VoterProcess]) -> None:
    """Whoever can reach the port can open connections and lose them, no more."""
    nodes = list(voters.values())
    quorum = nodes[0].env["PENSTOCK_CONTROLLER_QUORUM_VOTERS"]
    stop = threading.Event()
    flood = threading.Thread(
        target=_hold_connections,
        args=([int(voter.rpartition(":")[2]) for voter in quorum.split(",")], stop),
    )
    flood.start()
    try:
        for node in nodes:
            node.start()
        for killed in IDS:
            _kill_and_restart(killed, voters)
    finally:
        stop.set()
        flood.join()


def test_two_of_three_stop_and_the_last_says_so(voters: dict[int, VoterProcess]) -> None:
    """Without a majority nobody leads; /ready tells what to do."""
    for node in voters.values():
        node.start()
    nodes = list(voters.values())
    wait_until(lambda: all(n.get("/ready")[0] == 200 for n in nodes), *nodes)
    for node in nodes[:2]:
        node.kill()
    last = nodes[2]
    wait_until(lambda: last.get("/ready")[0] == 503, last)
    assert "a majority of the voters must be up" in last.get("/ready")[1]
    assert last.process is not None
    last.process.send_signal(signal.SIGTERM)
    assert last.process.wait(timeout=15) == 0


def test_voter_without_certificates_says_where_they_go(
    voters: dict[int, VoterProcess],
) -> None:
    """TLS is the default: no cluster is open by accident."""
    node = voters[1]
    del node.env["PENSTOCK_NODE_SECURITY_PROTOCOL"]
    node.start(wait=False)
    assert node.process is not None
    assert node.process.wait(timeout=WAIT_S_MAX) == 2
    text = node.log_path.read_text()
    assert "ca.pem" in text
    assert "PLAINTEXT" in text


def test_voter_whose_address_is_taken_says_which_settings_give_it(
    voters: dict[int, VoterProcess],
) -> None:
    """One line, and exit code 2: the operator must come first."""
    quorum = voters[1].env["PENSTOCK_CONTROLLER_QUORUM_VOTERS"]
    port = int(quorum.partition(",")[0].rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        node = voters[1].start(wait=False)
        assert node.process is not None
        assert node.process.wait(timeout=WAIT_S_MAX) == 2

    line = node.log_path.read_text().splitlines()[-1]
    assert line.startswith("penstock: cannot listen for the other voters")
    assert "controller.quorum.voters" in line


def test_last_voter_goes_on_alone_when_told_to(voters: dict[int, VoterProcess]) -> None:
    """A lost majority: first what would be lost is shown, then it is done; the node leads again."""
    for node in voters.values():
        node.start()
    nodes = list(voters.values())
    wait_until(lambda: len({n.commit_index for n in nodes}) == 1 and nodes[0].commit_index > 2)
    for node in nodes:
        node.kill()
    last = voters[3]
    command = [
        sys.executable, "-m", "appliance", "cluster", "recover",
        "--data", str(last.folder / "data"),
        "--controller-quorum-voters", last.env["PENSTOCK_CONTROLLER_QUORUM_VOTERS"],
    ]  # fmt: skip
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert shown.returncode == 1
    assert "nothing was changed" in shown.stdout
    done = subprocess.run(
        [*command, "--accept-loss"], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "only voter" in done.stdout
    last.start()
    wait_until(lambda: last.leader == 3, last)
    assert last.metric("penstock_raft_voters") == 1
    assert last.stop() == 0
