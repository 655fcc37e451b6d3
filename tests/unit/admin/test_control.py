"""Questions of operators: what is answered where, and what an answer that is lost is called."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
import trio
import trio.testing

import raft
from appliance.admin import http
from appliance.admin.control import Control
from appliance.admin.http import Answer
from appliance.metadata import Image


class FakeRaft:
    """A node of voters 1, 2, 3 that does what it is told, or refuses so often.

    Fault model: `failures` are raised by the next changes, one each.
    """

    def __init__(self, *, leader: int | None = 1) -> None:
        self.leader = leader
        self.changes: list[tuple[int, raft.Membership, str | None]] = []
        self.failures: list[Exception] = []

    def status(self) -> Any:
        return SimpleNamespace(
            node_id=1,
            leader=self.leader,
            voters=(1, 2, 3),
            observers=(4,),
            removed=(9,),
            addresses={4: "h:4"},
            peers_without_disk=(),
            voters_awaited=(3,),
            told_removed={2: 7},
        )

    async def change_member(
        self, node_id: int, membership: raft.Membership, *, address: str | None = None
    ) -> None:
        await trio.lowlevel.checkpoint()
        if self.failures:
            raise self.failures.pop(0)
        self.changes.append((node_id, membership, address))

    async def transfer_leadership(self, target: int) -> None:
        await trio.lowlevel.checkpoint()
        if self.failures:
            raise self.failures.pop(0)


async def _not_reached(leader: int, name: str, body: bytes) -> Answer:
    raise AssertionError("nothing to forward")


def _control(
    node: FakeRaft, forward: Callable[[int, str, bytes], Awaitable[Answer]] = _not_reached
) -> Control:
    return Control(
        raft_node=node,  # type: ignore[arg-type]  # by shape
        image=Image,
        check_address=lambda _: None,
        forward=forward,
    )


async def _ask(control: Control, name: str, **fields: object) -> tuple[int, str]:
    answer = await control.answer(name, json.dumps(fields).encode())
    found = json.loads(answer.body)
    return answer.status, found.get("error") or found.get("text", "")


async def test_change_waits_for_what_goes_by(autojump_clock: trio.testing.MockClock) -> None:
    """A change before it, or a node that is silent for a moment, costs no second try."""
    node = FakeRaft()
    node.failures = [raft.MembershipRefusedError("another change is not committed")] * 5
    assert await _ask(_control(node), "cluster/remove", node=3) == (
        200,
        "node 3 is removed for ever; stop it",
    )
    assert node.changes == [(3, raft.Membership.REMOVED, None)]


async def test_change_that_stays_refused_says_why(autojump_clock: trio.testing.MockClock) -> None:
    """In one line, and in bounded time."""
    node = FakeRaft()
    node.failures = [raft.MembershipRefusedError("5 does not\nanswer")] * 1000
    with trio.fail_after(http.REQUEST_S_MAX):
        status, text = await _ask(_control(node), "cluster/add", node=4, address="h:4")
    assert status == 409
    assert text.startswith("node 4 follows the log and does not vote yet (5 does not answer)")
    assert node.changes == []


async def test_members_tell_who_says_that_this_node_was_removed() -> None:
    """As of which index of the log; and whom a new cluster waits for."""
    answer = await _control(FakeRaft()).answer("cluster", b"")
    assert json.loads(answer.body)["told_removed"] == {"2": 7}
    assert json.loads(answer.body)["voters_awaited"] == [3]


async def test_moved_observer_gets_its_new_address_before_it_votes() -> None:
    """It could not be reached at the old one."""
    node = FakeRaft()
    assert (await _ask(_control(node), "cluster/add", node=4, address="h:5"))[0] == 200
    assert node.changes == [
        (4, raft.Membership.OBSERVER, "h:5"),
        (4, raft.Membership.VOTER, None),
    ]


async def test_question_goes_to_the_leader_and_no_further() -> None:
    """As it was asked; what was forwarded once is not forwarded again."""
    asked: list[tuple[int, str, bytes]] = []

    async def forward(leader: int, name: str, body: bytes) -> Answer:
        asked.append((leader, name, body))
        return Answer(409, b"as it came")

    control = _control(FakeRaft(leader=2), forward)
    body = b'{"node": 3}'
    assert await control.answer("cluster/remove", body) == Answer(409, b"as it came")
    assert asked == [(2, "cluster/remove", body)]
    answer = await control.answer("cluster/remove", body, may_forward=False)
    assert answer.status == 503
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (raft.PeerUnreachableError("x"), "node 2 leads and does not answer: repeat the command"),
        (raft.PeerLostError("x"), "it may be done or not: repeat the command"),
        (raft.CallFailedError(3, "x"), "it may be done or not: repeat the command"),
    ],
)
async def test_leader_that_does_not_answer_is_told_apart(error: Exception, text: str) -> None:
    """Not sent, or perhaps done: each says what to do."""

    async def forward(leader: int, name: str, body: bytes) -> Answer:
        raise error

    status, shown = await _ask(_control(FakeRaft(leader=2), forward), "cluster/remove", node=3)
    assert status == 503
    assert text in shown


@pytest.mark.parametrize(
    ("name", "fields", "status", "text"),
    [
        ("nothing", {}, 404, "there is no nothing"),
        ("cluster/add", {"node": 4}, 400, "address"),
        ("cluster/add", {"node": -1, "address": "h:1"}, 400, "node id -1"),
        ("cluster/add", {"node": 4, "address": "x" * 1000}, 400, "far too long"),
        ("cluster/add", {"node": 9, "address": "h:1"}, 409, "stays removed"),
        ("cluster/remove", {"node": 1}, 409, "transfer-leader"),
        ("cluster/remove", {"node": 7}, 404, "voters are 1, 2, 3"),
        ("cluster/remove", {"node": 9}, 200, "was removed before"),
        ("cluster/transfer-leader", {"node": 4}, 404, "2, 3 are"),
        ("cluster/transfer-leader", {"node": 1}, 200, "leads already"),
        ("quotas/alter", {"entity": {}}, 400, "empty"),
        ("quotas/alter", {"entity": {"user": "u"}, "set": {"x": 1}}, 400, "configuration key x"),
        ("quotas/alter", {"entity": {"user": "u"}, "set": {"producer_byte_rate": -1}}, 400, "0"),
    ],
)
async def test_question_that_is_wrong_or_done_is_answered_at_once(
    name: str, fields: dict[str, object], status: int, text: str
) -> None:
    """Nothing changes."""
    node = FakeRaft()
    found = await _ask(_control(node), name, **fields)
    assert found[0] == status
    assert text in found[1]
    assert node.changes == []


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[" * 60_000,
        b'{"entity":' * 6_000,
        b"\xff",
        b'{"entity": {"user": "\xff"}}',
        b'{"entity": {"user": "\\ud800"}}',
        b'{"entity": {"user": "u"}, "set": {"producer_byte_rate": 1e999}}',
        b'{"entity": {"user": "u"}, "set": {"producer_byte_rate": ' + b"9" * 5000 + b"}}",
        b'{"entity": {"user": "' + b"u" * 60_000 + b'"}, "set": {"producer_byte_rate": 1}}',
        b'{"entity": {"user": "u", "ip": "::1"}, "set": {"producer_byte_rate": 1}}',
    ],
)
async def test_body_of_anything_is_answered(body: bytes) -> None:
    """An error of a decoder would end the node, and with it perhaps the leader."""
    answer = await _control(FakeRaft()).answer("quotas/alter", body)
    assert answer.status == 400
    assert json.loads(answer.body)["error"]


async def test_leadership_goes_to_the_next_who_takes_it() -> None:
    """One voter that is down is no reason to fail; if all are, that is said."""
    node = FakeRaft()
    node.failures = [raft.TransferFailedError("2 did not take over")]
    assert await _ask(_control(node), "cluster/transfer-leader") == (
        200,
        "node 1 handed over to node 3",
    )
    node.failures = [raft.TransferFailedError("x")] * 2
    status, text = await _ask(_control(node), "cluster/transfer-leader")
    assert (status, text.partition(":")[0]) == (
        409,
        "2, 3 did not take over, node 1 leads on",
    )


@pytest.mark.parametrize(
    ("peer", "own", "is_local"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("::1", "::1", True),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1", True),
        ("10.0.0.1", "10.0.0.1", True),  # this machine, by its own address
        ("10.0.0.2", "10.0.0.1", False),
        ("::ffff:10.0.0.2", "::ffff:10.0.0.1", False),
        ("fe80::2%eth0", "fe80::1%eth0", False),
    ],
)
def test_only_this_machine_is_local(peer: str, own: str, is_local: bool) -> None:
    """A listener that is open to the network, for its metrics, takes no changes from there."""
    sock = SimpleNamespace(getpeername=lambda: (peer, 1), getsockname=lambda: (own, 2))
    assert http._is_local(SimpleNamespace(socket=sock)) == is_local  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("host", "is_address"),
    [
        ("127.0.0.1:9644", True),
        ("127.0.0.1", True),
        ("[::1]:9644", True),
        ("localhost:9644", True),
        ("attacker.example", False),
        ("attacker.example:9644", False),
        ("127.0.0.1.attacker.example:80", False),
        ("", False),
    ],
)
def test_host_is_an_address(host: str, is_address: bool) -> None:
    """Not a name that somebody's DNS points at this machine."""
    assert http._is_address(host) == is_address
