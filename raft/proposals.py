"""Commands between `propose` and their results."""

from __future__ import annotations

import trio

from raft import limits
from raft.states import Outcome

__all__ = ["Proposal", "Proposals"]


class Proposals:
    """Those of one node, at most `limits.PROPOSALS_PENDING_MAX`.

    A place belongs to the engine's queue, not to the caller, who may be cancelled.
    """

    def __init__(self) -> None:
        self._places = trio.Semaphore(limits.PROPOSALS_PENDING_MAX)
        self._pending: dict[Proposal, None] = {}
        self.done_in_turn = 0

    def __len__(self) -> int:
        return len(self._pending)

    async def take_place(self) -> None:
        """Waits for a place; `begin` or `release` must follow."""
        try:
            # Taking a free one needs no turn of the scheduler.
            self._places.acquire_nowait()
        except trio.WouldBlock:
            await self._places.acquire()

    def release(self) -> None:
        """Gives a place back that nothing was begun with."""
        self._places.release()

    def begin(self) -> Proposal:
        """Puts a new command on the place that was taken."""
        proposal = Proposal(self)
        self._pending[proposal] = None
        return proposal

    def is_pending(self, proposal: Proposal) -> bool:
        """Whether it has no result yet."""
        return proposal in self._pending

    def end(self, proposal: Proposal) -> bool:
        """Gives its place back; False: it had ended before."""
        if self._pending.pop(proposal, proposal) is proposal:
            return False
        self.done_in_turn += 1
        self._places.release()
        return True

    def abandon_all(self) -> None:
        """The node stops: nobody will know what became of them."""
        for proposal in list(self._pending):
            proposal.finish(Outcome.UNKNOWN, None)


class Proposal:
    """One command."""

    __slots__ = ("_proposals", "_task", "outcome", "value")

    def __init__(self, proposals: Proposals) -> None:
        self._proposals = proposals
        self._task: trio.lowlevel.Task | None = None
        self.outcome = Outcome.UNKNOWN
        self.value: object = None

    def finish(self, outcome: Outcome, value: object) -> None:
        """Takes the result; the first one counts."""
        if not self._proposals.end(self):
            return
        self.outcome, self.value = outcome, value
        if self._task is not None:
            trio.lowlevel.reschedule(self._task)
            self._task = None

    async def wait(self) -> None:
        """Returns when the result is there.

        An event of its own would cost each command more than all the rest of this class.
        """
        if not self._proposals.is_pending(self):
            await trio.lowlevel.checkpoint()
            return
        self._task = trio.lowlevel.current_task()

        def abort(_: object) -> trio.lowlevel.Abort:
            self._task = None
            return trio.lowlevel.Abort.SUCCEEDED

        await trio.lowlevel.wait_task_rescheduled(abort)
