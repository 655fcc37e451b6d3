"""Voters are added, removed, replaced and handed over to, as an operator does it: by commands."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.component.test_voters import (
    VoterProcess,
    cluster_status,
    wait_until,
)
from tests.harness import ROOT
from tests.ports import kept_ports


class Voters:
    """Three voters that run, and whoever joins them; killed at the end."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.folder = folder
        self.ports = dict(zip(range(1, 6), ports, strict=True))
        self.quorum = ",".join(f"{i}@{self.address(i)}" for i in (1, 2, 3))
        self.nodes: dict[int, VoterProcess] = {}
        self.protocol = "PLAINTEXT"

    def address(self, node_id: int) -> str:
        return f"127.0.0.1:{self.ports[node_id]}"

    def start(self, node_id: int, *, wait: bool = True) -> VoterProcess:
        env = {
            "PENSTOCK_PROCESS_ROLES": "controller",
            "PENSTOCK_CONTROLLER_QUORUM_VOTERS": self.quorum,
            "PENSTOCK_NODE_SECURITY_PROTOCOL": self.protocol,
            "PENSTOCK_CLUSTER_ID": "voters",
            "PENSTOCK_BROKER_ID": str(node_id),
        }
        if node_id > 3:
            env["PENSTOCK_NODE_LISTENER"] = self.address(node_id)
        node = self.nodes.setdefault(node_id, VoterProcess(self.folder / str(node_id), env=env))
        node.start(wait=wait)
        return node

    def start_three(self) -> None:
        for node_id in (1, 2, 3):
            self.start(node_id, wait=False)
        for node in self.nodes.values():
            node.wait_ready()
        wait_until(lambda: all(n.get("/ready")[0] == 200 for n in self.nodes.values()))

    @property
    def leader(self) -> int:
        """Who leads, when all that run agree."""
        found: set[int] = set()

        def is_agreed() -> bool:
            found.clear()
            found.update(n.leader for n in self.running if n.get("/ready")[0] == 200)
            return len(found) == 1 and found.isdisjoint({-1})

        wait_until(is_agreed)
        return found.pop()

    @property
    def running(self) -> list[VoterProcess]:
        return [n for n in self.nodes.values() if n.process and n.process.poll() is None]

    def run(self, *words: str, at: int | None = None) -> tuple[int, str]:
        """`penstock cluster …`, asking every voter that runs or one; exit code and all output."""
        asked = self.running if at is None else [self.nodes[at]]
        admin = [w for node in asked for w in ("--admin", node.admin.removeprefix("http://"))]
        done = subprocess.run(
            [sys.executable, "-m", "appliance", "cluster", *words, *admin],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def members(self, node_id: int) -> dict[str, object]:
        return json.loads(self.nodes[node_id].get("/v1/cluster")[1])

    def follower(self) -> int:
        leader = self.leader
        return next(n for n, node in self.nodes.items() if n != leader and node in self.running)


@contextlib.contextmanager
def made_voters(folder: Path) -> Iterator[Voters]:
    with kept_ports(5) as ports:
        found = Voters(folder, ports)
        yield found
        for node in found.nodes.values():
            node.close()


@pytest.fixture
def voters(tmp_path: Path) -> Iterator[Voters]:
    with made_voters(tmp_path) as found:
        yield found


def test_cluster_grows_to_five_and_shrinks_under_a_kill(voters: Voters) -> None:
    """Add a fourth and a fifth, kill the leader, remove it: the rest goes on and says so."""
    voters.start_three()
    with kept_ports(1) as (nobody,):
        code, text = voters.run("add", f"4@127.0.0.1:{nobody}")  # a slip of the operator
    assert code == 2
    assert "follows the log and does not vote yet (4 does not answer)" in text
    assert voters.members(voters.leader)["observers"] == [4]

    fourth = voters.start(4)
    code, text = voters.run("add", f"4@{voters.address(4)}")
    assert (code, text) == (0, "node 4 votes\n")
    fifth = voters.start(5)
    assert fifth.get("/ready") == (
        503,
        "no member yet: `penstock cluster add` on one of the voters lets it vote\n",
    )
    assert voters.run("add", f"5@{voters.address(5)}") == (0, "node 5 votes\n")
    assert voters.run("add", f"5@{voters.address(5)}") == (0, "node 5 votes\n")
    wait_until(lambda: fourth.metric("penstock_raft_voters") == 5, fourth)

    leader = voters.leader
    voters.nodes[leader].kill()
    wait_until(lambda: all(n.leader not in (leader, -1) for n in voters.running))
    code, text = voters.run("remove", str(leader))
    assert (code, text) == (0, f"node {leader} is removed for ever; stop it\n")
    code, shown = cluster_status(*voters.running)
    assert code == 0
    assert f"removed:   {leader}" in shown
    other = 5 if leader == 4 else 4
    assert f"{other}@{voters.address(other)}" in shown

    # Restarted, each knows the members from its log, whatever its settings say.
    for node in voters.running:
        node.kill()
    for node_id in sorted(set(voters.nodes) - {leader}):
        voters.start(node_id)
    assert voters.leader != leader
    back = voters.start(leader)
    wait_until(lambda: back.get("/ready")[0] == 503, back)
    code, text = voters.run("add", f"{leader}@{voters.address(leader)}", at=voters.leader)
    assert code == 2
    assert f"node {leader} was removed and stays removed" in text


def test_cluster_grows_from_one_and_the_first_goes(voters: Voters) -> None:
    """A group of one is never stopped by whom it adds; each may ask for the change."""
    voters.quorum = f"1@{voters.address(1)}"
    voters.start(1)
    wait_until(lambda: voters.nodes[1].get("/ready")[0] == 200)
    code, text = voters.run("add", f"4@{voters.address(4)}")
    assert code == 2
    assert "4 does not answer" in text
    for node_id in (4, 5):
        voters.start(node_id)
        assert voters.run("add", f"{node_id}@{voters.address(node_id)}", at=1)[0] == 0
    assert voters.run("transfer-leader", "5", at=4)[0] == 0
    wait_until(lambda: {n.leader for n in voters.running} == {5})
    assert voters.run("remove", "1", at=1) == (0, "node 1 is removed for ever; stop it\n")
    voters.nodes[1].kill()
    wait_until(lambda: all(voters.members(n)["voters"] == [4, 5] for n in (4, 5)))
    assert voters.leader in (4, 5)


def test_leadership_is_handed_over_on_demand(voters: Voters) -> None:
    """To whom the operator names, or to anybody; the leader is not removed before."""
    voters.start_three()
    leader, target = voters.leader, voters.follower()
    code, text = voters.run("remove", str(leader))
    assert code == 2
    assert "penstock cluster transfer-leader" in text
    code, text = voters.run("transfer-leader", str(target))
    assert (code, text) == (0, f"node {leader} handed over to node {target}\n")
    assert voters.leader == target
    assert voters.run("transfer-leader", str(target)) == (0, f"node {target} leads already\n")
    code, text = voters.run("transfer-leader", "7")
    assert code == 2
    assert "node 7 is no other voter" in text
    code, text = voters.run("transfer-leader")
    assert code == 0
    assert voters.leader != target


def test_wiped_disk_is_refused_until_it_is_added_under_a_new_id(voters: Voters) -> None:
    """It forgot its votes: under the old id nobody hears it, and the status says what to do."""
    voters.start_three()
    lost = voters.follower()
    voters.nodes[lost].kill()
    shutil.rmtree(voters.nodes[lost].folder / "data")
    voters.start(lost)
    leader = voters.leader
    wait_until(lambda: voters.members(leader)["without_disk"] == [lost])
    assert voters.nodes[lost].leader == -1
    _, shown = cluster_status(voters.nodes[leader])
    assert f"node {lost} came back without its disk and is refused" in shown

    assert voters.run("remove", str(lost), at=leader)[0] == 0
    voters.nodes[lost].kill()
    voters.start(4)
    assert voters.run("add", f"4@{voters.address(4)}", at=leader) == (0, "node 4 votes\n")
    rest = sorted({1, 2, 3, 4} - {lost})
    wait_until(lambda: all(voters.members(n)["voters"] == rest for n in rest))


def test_removal_that_would_stop_the_cluster_is_refused(voters: Voters) -> None:
    """One of three is down; removing the other living one would leave a majority that is not."""
    voters.start_three()
    leader, dead = voters.leader, voters.follower()
    voters.nodes[dead].kill()
    (other,) = {1, 2, 3} - {leader, dead}
    found: list[str] = []

    def is_refused_for_the_dead() -> bool:
        code, text = voters.run("remove", str(other), at=leader)
        found[:] = [text]
        return code == 2

    wait_until(is_refused_for_the_dead)
    assert f"too few voters would be left that answer; {dead} do not" in found[0]
    assert voters.run("remove", str(dead), at=leader)[0] == 0


def test_removed_node_that_runs_on_says_so(voters: Voters) -> None:
    """It cannot learn it from the log; whoever recovers it would make a second cluster."""
    voters.start_three()
    removed = voters.follower()
    node = voters.nodes[removed]
    node.kill()
    others = sorted({1, 2, 3} - {removed})
    # A majority is left without it: the two others.
    assert voters.run("remove", str(removed), at=voters.leader)[0] == 0
    voters.start(removed)
    wait_until(lambda: "was removed from its cluster for ever" in node.get("/ready")[1], node)
    wait_until(lambda: len(voters.members(removed)["told_removed"]) == 2, node)
    node.kill()
    voters.start(removed)
    for other in others:
        wait_until(lambda other=other: f"node {other} (as of" in node.get("/ready")[1], node)
    _, shown = cluster_status(*voters.running)
    assert f"node {removed} was removed, says node {others[0]}, {others[1]}: stop it" in shown
    assert voters.nodes[others[0]].get("/ready")[0] == 200
    # Once for each start, however often it is told.
    assert node.log_path.read_text().count("was removed from its cluster for ever") == 2

    assert node.stop() == 0
    done = subprocess.run(
        [
            *(sys.executable, "-m", "appliance", "cluster", "recover"),
            *("--data", str(node.folder / "data"), "--controller-quorum-voters", voters.quorum),
        ],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"node {others[0]} told it that it was removed, as of log index" in done.stdout


def test_wrong_change_is_refused_in_one_line(voters: Voters) -> None:
    """With what would be right."""
    voters.start_three()
    for words, text in (
        (("add", "4"), "is not ID@HOST:PORT"),
        (("add", "4@nowhere"), "is no address"),
        (("add", "4@8.8.8.8:9093"), "not private"),
        (("add", "4@0.0.0.0:9093"), "no node can be reached there"),
        (("remove", "x"), "is no node id"),
        (("remove", "9"), "node 9 is no member: voters are 1, 2, 3"),
    ):
        code, shown = voters.run(*words)
        assert code == 2
        assert text in shown
        assert shown.count("\n") == 1
        assert shown.startswith("penstock: ")


def test_cluster_forms_on_certificates_that_it_issued(voters: Voters) -> None:
    """The default: no PLAINTEXT. A node of another authority stays outside."""
    for node_id in (1, 2, 3, 4):
        authority = "ca" if node_id < 4 else "other"
        for words in (
            ("init", "--folder", authority),
            ("issue", str(node_id), "--folder", authority, "--output", f"{node_id}/data/tls"),
        ):
            done = subprocess.run(
                [sys.executable, "-m", "appliance", "certs", *words],
                cwd=voters.folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True, text=True, timeout=60, check=False,
            )  # fmt: skip
            assert done.returncode == 0 or "never overwritten" in done.stderr, done.stderr
    voters.protocol = "SSL"
    voters.start_three()
    fourth = voters.start(4)
    # Asked of a follower, which takes the question to the leader over the same certificates.
    code, text = voters.run("add", f"4@{voters.address(4)}", at=voters.follower())
    assert code == 2
    assert "4 does not answer" in text
    assert fourth.leader == -1
    assert voters.members(voters.leader)["voters"] == [1, 2, 3]


def test_changes_come_from_this_machine_and_from_no_browser(voters: Voters) -> None:
    """A page that is open in a browser here can reach the port, and must not change anything."""
    voters.start_three()
    admin = voters.nodes[voters.leader].admin
    body = b'{"node": 1}'
    right = {"content-type": "application/json"}
    for headers, method, data, code in (
        ({"content-type": "text/plain"}, "POST", body, 415),
        ({**right, "host": "attacker.example:9644"}, "POST", body, 403),
        (right, "GET", None, 405),
        (right, "POST", b"[1]", 400),
        (right, "POST", b'{"node": "1"}', 400),
        (right, "POST", b'{"node": 1, "force": true}', 400),
        (right, "POST", b"{", 400),
    ):
        request = urllib.request.Request(
            f"{admin}/v1/cluster/remove", data=data, headers=headers, method=method
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=10)
        assert refused.value.code == code, headers
        refused.value.close()
    assert voters.members(voters.leader)["voters"] == [1, 2, 3]
