"""A voter over a Raft node that is none."""

from types import SimpleNamespace
from typing import Any

import trio
import trio.testing

import raft
from appliance import limits
from appliance.telemetry import Telemetry
from appliance.voter import Voter


class Deaf:
    """Leads voters of whom nobody takes over: a Raft node as far as a stop needs one."""

    leader = 1

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        task_status.started()
        await trio.sleep_forever()

    def status(self) -> Any:
        return SimpleNamespace(node_id=1, voters=tuple(range(1, 10)), told_removed={1: 1})

    async def watch_leader(self) -> Any:
        await trio.sleep_forever()
        yield

    async def wait_told_removed(self) -> None:
        await trio.sleep_forever()

    async def transfer_leadership(self, target: int) -> None:
        await trio.sleep(raft.limits.TRANSFER_S_MAX)
        raise raft.TransferFailedError(f"{target} did not take over")


async def test_a_stop_does_not_wait_for_every_voter_to_take_over(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The next one is asked when one does not answer, but a stop has an end."""
    voter = Voter(
        cluster_id="c",
        raft_node=lambda _: Deaf(),
        admin_socket=None,
        now_ms=lambda: 0,
        telemetry=Telemetry(),
        check_address=lambda _: None,
        rpc=None,
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(voter.run)
        voter.stop()

    assert trio.current_time() <= limits.DRAIN_S
