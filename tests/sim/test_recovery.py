"""What a recovery keeps of a log: scripted, in the simulated world."""

from __future__ import annotations

import pytest
import trio

from appliance.coordinator import checkpoint
from tests.sim.clients import Committer
from tests.sim.full_volume import FullVolume
from wal.format import KIND_GROUPS


class UnfinishedCheckpoint(FullVolume):
    """Groups are checkpointed behind the last batch; then the power fails.

    Attributes:
        written: LSN at which the checkpoint began.
        sealed: LSN at which the next life cut the log off.
    """

    written = sealed = -1

    async def _scenario(self, nursery: trio.Nursery) -> None:
        self.topics = await self._create_topics()
        committer = Committer(self, "committer", *self.topics[0])
        nursery.start_soon(committer.run)
        await self._wait_until("nothing is committed", lambda: any(committer.acked.values()))
        committer.is_stopping = True
        await self._wait_until("the committer does not end", committer.is_done.is_set)
        life = self.life
        assert life is not None
        context = life.node.context
        assert context is not None
        writer = context.writer
        await self._wait_until("not durable", lambda: writer.durable_lsn == writer.end_lsn)
        self.written = writer.end_lsn
        partition = next(p for p in context.table if p.settings.is_internal and p.tail_count)
        covered = partition.log_end_offset
        for piece in list(checkpoint.split(bytes(3000), 1000))[:2]:
            writer.append_nowait(partition.partition_id, covered, 0, -1, KIND_GROUPS, piece, None)
        writer.submit_nowait()
        await self._wait_until("not durable", lambda: writer.durable_lsn > self.written)
        life.power_off("behind the checkpoint")
        await self._wait_until("the node does not start", self._serves)
        assert self.life is not None
        self.sealed = self.life.image.logs[context.log_id].end_lsn
        again = Committer(self, "again", *self.topics[0])
        again.sent, again.acked = committer.sent, committer.acked
        again.is_stopping = True
        nursery.start_soon(again.run)
        await self._wait_until("commits are not back", again.is_done.is_set)


@pytest.mark.parametrize("seed", range(2))
def test_unfinished_checkpoint_of_groups_is_cut_off(seed: int) -> None:
    """Otherwise each kill behind one takes another extent from a full volume."""
    world = UnfinishedCheckpoint(seed)
    world.run()

    assert world.sealed == world.written
