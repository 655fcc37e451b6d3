"""A voter over a Raft node that is none."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import trio
import trio.testing

import raft
from appliance import limits
from appliance.metadata import commands
from appliance.node import MetadataMachine
from appliance.telemetry import Telemetry
from appliance.voter import Voter


class Deaf:
    """Leads voters of whom nobody takes over: a Raft node as far as a stop needs one."""

    leader = 1

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        task_status.started()
        await trio.sleep_forever()

    def status(self) -> Any:
        return SimpleNamespace(
            node_id=1, voters=tuple(range(1, 10)), told_removed={1: 1}, voters_awaited=()
        )

    async def watch_leader(self) -> Any:
        await trio.sleep_forever()
        yield

    async def wait_told_removed(self) -> None:
        await trio.sleep_forever()

    async def transfer_leadership(self, target: int) -> None:
        await trio.sleep(raft.limits.TRANSFER_S_MAX)
        raise raft.TransferFailedError(f"{target} did not take over")


class Waiting(Deaf):
    """Node 1 of a new cluster of three, which has met nobody, or node 3 without its disk."""

    leader = None

    def __init__(self, without_disk: tuple[int, ...]) -> None:
        self._without_disk = without_disk

    def status(self) -> Any:
        return SimpleNamespace(
            node_id=1,
            voters=(1, 2, 3),
            observers=(),
            removed=(),
            told_removed={},
            voters_awaited=(2, 3),
            peers_without_disk=self._without_disk,
        )


def make_voter(node: Deaf) -> Voter:
    return Voter(
        cluster_id="c",
        raft_node=lambda _: node,
        admin_socket=None,
        now_ms=lambda: 0,
        telemetry=Telemetry(),
        check_address=lambda _: None,
        rpc=None,
    )


@pytest.mark.parametrize(
    ("without_disk", "hint"),
    [
        ((), "if the cluster is not new, this node's data folder is, and the others refuse it"),
        ((3,), "node 3 came with another data folder than before: give it that one, or, if no"),
    ],
)
def test_who_waits_for_a_new_cluster_says_what_else_it_may_be(
    without_disk: tuple[int, ...], hint: str
) -> None:
    """A voter whose data folder is lost would look for what is wrong with the others."""
    is_ready, text = make_voter(Waiting(without_disk)).ready()

    assert not is_ready
    assert text.startswith("the new cluster waits for node 2, 3: ")
    assert hint in text


async def test_a_stop_does_not_wait_for_every_voter_to_take_over(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The next one is asked when one does not answer, but a stop has an end."""
    voter = make_voter(Deaf())
    async with trio.open_nursery() as nursery:
        await nursery.start(voter.run)
        voter.stop()

    assert trio.current_time() <= limits.DRAIN_S


def quota(number: int) -> bytes:
    """Return the command that gives a user a quota."""
    return commands.encode(
        commands.AlterClientQuotas(
            entity=(("user", f"user-{number}"),), set={"producer_byte_rate": "1"}, delete=()
        )
    )


def test_metadata_are_restored_in_steps_and_replaced_in_one() -> None:
    """Until then the old ones are in force, and may change; the loop is never held up for long."""
    machine, other = MetadataMachine(), MetadataMachine()
    for number in range(3000):
        other.apply(number + 1, quota(number))
    pieces = list(other.snapshot())
    drawn: list[bytes] = []

    def draw() -> Iterator[bytes]:
        for piece in pieces:
            drawn.append(piece)
            yield piece

    before = machine.image
    steps: list[bool] = []
    for is_replaced in machine.restore(draw()):
        if not steps:
            assert 0 < len(drawn) < len(pieces)
            machine.apply(1, quota(7))
        steps.append(is_replaced)
        assert (machine.image is before) is (True not in steps)

    assert steps.count(True) == 1
    assert steps.count(False) > 20
    assert len(before.client_quotas) == 1
    assert machine.image.snapshot() == other.image.snapshot()
