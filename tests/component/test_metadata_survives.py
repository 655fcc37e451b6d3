"""Metadata commands survive kill -9 of any one of three voters: nothing acknowledged is lost.

An operator sets client quotas, one after the other and through whichever voter answers, before,
while and after each voter in turn is killed and comes back.
"""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.component.test_cluster_changes import Voters, made_voters
from tests.component.test_voters import wait_until
from tests.harness import read_image

KEY = "producer_byte_rate"
SHARED = "everybody"
ACKNOWLEDGED_BETWEEN = 15


class Operator(threading.Thread):
    """Sets a quota of a new client each time, and raises that of a shared one.

    `acknowledged` are the numbers whose command was answered with success. What was answered
    otherwise, or not at all, may have happened or not: it is never repeated.
    """

    def __init__(self, voters: Voters) -> None:
        super().__init__(daemon=True)
        self._voters = voters
        self._stopping = threading.Event()
        self.acknowledged: list[int] = []
        self.shared_acknowledged = 0
        self.unexpected: list[str] = []
        self.tried = 0

    def run(self) -> None:
        while not self._stopping.is_set():
            self.tried += 1
            # Through each voter in turn, also those that are down or do not lead.
            node = self._voters.nodes[self.tried % 3 + 1]
            if self._set(node.admin, f"client-{self.tried}", self.tried):
                self.acknowledged.append(self.tried)
            if self._set(node.admin, SHARED, self.tried):
                self.shared_acknowledged = self.tried

    def _set(self, admin: str, client: str, value: int) -> bool:
        asked = {"entity": {"client-id": client}, "set": {KEY: value}}
        request = urllib.request.Request(
            f"{admin}/v1/quotas/alter",
            data=json.dumps(asked).encode(),
            headers={"content-type": "application/json"},
        )
        try:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return json.load(answer) == {"values": {KEY: value}}
            except urllib.error.HTTPError as error:
                text = error.read().decode()
                if error.code != 503:
                    self.unexpected.append(f"{error.code} {text}")
        except (OSError, http.client.HTTPException):  # Also in the middle of an answer.
            self._stopping.wait(0.01)
        return False

    def wait_more(self) -> None:
        """Returns when some more commands were acknowledged."""
        enough = len(self.acknowledged) + ACKNOWLEDGED_BETWEEN
        wait_until(lambda: len(self.acknowledged) >= enough, *self._voters.running)

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=60)
        assert not self.is_alive()


@pytest.fixture
def voters(tmp_path: Path) -> Iterator[Voters]:
    with made_voters(tmp_path) as found:
        yield found


@pytest.mark.parametrize("is_leading", [True, False], ids=["leader", "follower"])
def test_acknowledged_commands_survive_any_one_node(
    voters: Voters, tmp_path: Path, is_leading: bool
) -> None:
    """Each of the three in turn, as the leader and as a follower."""
    voters.start_three()
    operator = Operator(voters)
    operator.start()
    try:
        for victim in (1, 2, 3):
            operator.wait_more()
            while (voters.leader == victim) != is_leading:
                target = victim if is_leading else victim % 3 + 1
                voters.run("transfer-leader", str(target), at=target)
            voters.nodes[victim].kill()
            operator.wait_more()
            back = voters.start(victim)
            operator.wait_more()
            wait_until(lambda back=back: back.get("/ready")[0] == 200, back)
    finally:
        operator.stop()

    assert operator.unexpected == []
    assert len(operator.acknowledged) >= 9 * ACKNOWLEDGED_BETWEEN
    shown = _quotas(voters)
    _check(operator, shown)
    wait_until(lambda: len({n.commit_index for n in voters.running}) == 1, *voters.running)
    images = []
    for node_id, node in voters.nodes.items():
        node.kill()
        image = read_image(node, tmp_path / f"copy-{node_id}")
        images.append(b"".join(image.snapshot_pieces()))
        entities = image.client_quotas.items()
        _check(operator, {str(e[0][1]): float(values[KEY]) for e, values in entities})
    assert images[1:] == images[:-1]


def _quotas(voters: Voters) -> dict[str, float]:
    """Returns client -> quota as the cluster shows them."""
    request = urllib.request.Request(
        f"{voters.running[0].admin}/v1/quotas",
        data=b"{}",
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        found = json.load(answer)["quotas"]
    return {line["entity"]["client-id"]: line["values"][KEY] for line in found}


def _check(operator: Operator, shown: dict[str, float]) -> None:
    lost = [n for n in operator.acknowledged if shown.get(f"client-{n}") != n]
    assert lost == []
    assert operator.shared_acknowledged <= shown.pop(SHARED) <= operator.tried
    # Nothing that nobody asked for.
    assert all(shown[client] == int(client.removeprefix("client-")) for client in shown)
