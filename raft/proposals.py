"""Commands between `propose` and their results."""

from __future__ import annotations

from collections import OrderedDict

import trio

from raft import limits
from raft.states import Outcome

__all__ = ["Proposal", "Proposals"]


class Proposals:
    """Those of one node: at most `limits.PROPOSALS_PENDING_MAX`, and `limits.PROPOSALS_BYTES_MAX`.

    A place belongs to the engine's queue, not to the caller, who may be cancelled.
    """

    def __init__(self) -> None:
        self._places_free = limits.PROPOSALS_PENDING_MAX
        self._bytes_free = limits.PROPOSALS_BYTES_MAX
        # In the order in which they came; each gets its place together with its event.
        self._waiting: OrderedDict[trio.Event, int] = OrderedDict()
        self._pending: dict[Proposal, None] = {}
        self.done_in_turn = 0

    def __len__(self) -> int:
        return len(self._pending)

    async def take_place(self, command_bytes: int) -> None:
        """Waits for a place; `begin` or `release` must follow, with as many bytes.

        Cancellation: no place was taken.
        """
        if self._waiting or not self._places_free or command_bytes > self._bytes_free:
            await self._wait_place(command_bytes)
        else:
            # Taking a free one needs no turn of the scheduler.
            self._places_free -= 1
            self._bytes_free -= command_bytes

    async def _wait_place(self, command_bytes: int) -> None:
        is_granted = trio.Event()
        self._waiting[is_granted] = command_bytes
        try:
            await is_granted.wait()
        finally:
            if not is_granted.is_set():
                del self._waiting[is_granted]
                # Shorter ones may have waited behind it.
                self._grant()

    def _grant(self) -> None:
        """Gives free places to those who wait: never to a short one before a long one."""
        while self._waiting and self._places_free:
            is_granted, command_bytes = next(iter(self._waiting.items()))
            if command_bytes > self._bytes_free:
                return
            del self._waiting[is_granted]
            self._places_free -= 1
            self._bytes_free -= command_bytes
            is_granted.set()

    def release(self, command_bytes: int) -> None:
        """Gives a place back that nothing was begun with."""
        self._places_free += 1
        self._bytes_free += command_bytes
        if self._waiting:
            self._grant()

    def begin(self, command_bytes: int) -> Proposal:
        """Puts a new command on the place that was taken."""
        proposal = Proposal(self, command_bytes)
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
        self.release(proposal.command_bytes)
        return True

    def abandon_all(self) -> None:
        """The node stops: nobody will know what became of them."""
        for proposal in list(self._pending):
            proposal.finish(Outcome.UNKNOWN, None)


class Proposal:
    """One command."""

    __slots__ = ("_proposals", "_task", "command_bytes", "outcome", "value")

    def __init__(self, proposals: Proposals, command_bytes: int) -> None:
        self._proposals = proposals
        self.command_bytes = command_bytes
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
