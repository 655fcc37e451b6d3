"""Turns the engine: gives it what peers sent, ticks it, and releases what that brought.

With peers the outbox flushes the journal behind what a turn sends. Alone there is nobody to speak
to meanwhile, and the turn waits for its flush.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NoReturn

import trio

from raft import limits
from raft.inbox import Inbox
from raft.journal import Journal
from raft.outbox import FlushTimes, Outbox
from raft.proposals import Proposals
from raft.removal import Removal
from raft.states import Role
from raft.syncobj import Engine

__all__ = ["Driver"]

_TICK_S = 0.001
_EARLY_S = 0.1


class Driver:
    """The turns of one engine, taken by a task of its own or by whoever has something for one.

    Args:
        inbox: what peers sent.
        outbox: sends what a turn brought; None: there are no peers.
        journal: is flushed after each turn if there are none.
        proposals: commands without a result.
        removal: is forgotten when a leader is there.
        times: of the flushes.
        after_turn: takes the engine after each turn, before anything is sent.

    Attributes:
        engine: None before `begin` and after `end`.
    """

    def __init__(
        self,
        *,
        inbox: Inbox,
        outbox: Outbox | None,
        journal: Journal,
        proposals: Proposals,
        removal: Removal,
        times: FlushTimes,
        after_turn: Callable[[Engine], None],
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._journal = journal
        self._proposals = proposals
        self._removal = removal
        self._times = times
        self._after_turn = after_turn
        self._wake = trio.Event()
        self._sleep = trio.CancelScope()
        self._is_turning = False
        self._failure: BaseException | None = None
        self._engine_clock = self._time = trio.current_time
        self.engine: Engine | None = None

    def begin(
        self, engine: Engine, *, engine_clock: Callable[[], float], time: Callable[[], float]
    ) -> None:
        """There is an engine now.

        Args:
            engine: to turn.
            engine_clock: seconds, of the engine's deadlines.
            time: seconds, of the event loop.
        """
        self.engine = engine
        self._engine_clock = engine_clock
        self._time = time

    def end(self) -> None:
        """No turn is taken any more."""
        self.engine = None

    def wake(self) -> None:
        """Asks for a turn."""
        self._wake.set()

    # The task.

    async def run(self, engine: Engine) -> NoReturn:
        """Takes the turns that nobody else takes, and those that are due.

        Raises:
            StorageFailedError, StateMachineFailedError, SafetyViolationError: in any turn.
        """
        while True:
            # One for many turns: to make one costs almost as much as a turn.
            with trio.CancelScope() as self._sleep:
                while not self._sleep.cancel_called:
                    if self._failure is not None:
                        raise self._failure
                    wake = self._wake = trio.Event()
                    self._turn(engine)
                    if self._outbox is None and self._journal.is_dirty:
                        self._times.begin()
                        await self._journal.sync()
                        self._times.end()
                    elif engine.has_work or self._inbox:
                        await trio.lowlevel.checkpoint()
                    else:
                        self._plan_turn(engine)
                        await wake.wait()
                        if self._outbox is None:
                            # A flush must not be cut short.
                            self._sleep.deadline = math.inf

    async def catch_up(self, engine: Engine) -> None:
        """Turns until this only voter leads and all of its log is applied."""
        while True:
            self._turn(engine)
            if self._journal.is_dirty:
                await self._journal.sync()
            if engine.role is Role.LEADER and engine.applied_index == engine.last_index:
                return
            assert engine.role is Role.LEADER, "a single voter wins its first election"

    async def watch_disk(self, engine: Engine) -> NoReturn:
        """A leader whose disk hangs commits nothing, and nobody else leads while it speaks."""
        while True:
            await trio.sleep(limits.LEADER_FLUSH_S_MAX / 4)
            if self._times.running_s > limits.LEADER_FLUSH_S_MAX:
                engine.step_down()
                self._wake.set()

    # Turns of those who have something for one.

    def on_command(self) -> None:
        """Takes the turn of a command that the engine was given, if nobody is about to follow."""
        proposals = self._proposals
        is_alone = len(proposals) == 1 and proposals.done_in_turn <= 1
        if is_alone and self._outbox is not None and not self._wake.is_set():
            self._turn_now()
        else:
            self._wake.set()

    def on_flushed(self) -> None:
        """What was journalled is durable."""
        if self.engine is not None:
            self.engine.on_flushed()
            if self.engine.has_news:
                self.on_news()

    def on_news(self) -> None:
        """Takes the turn of what was received or flushed, or leaves it to the task.

        That one takes, a pass of the event loop later, all commands and answers in one turn: better
        where there are many.
        """
        if not self._wake.is_set():
            self._turn_now(is_left=len(self._proposals) > 1)

    def _turn_now(self, *, is_left: bool = False) -> None:
        """Takes a turn in the task that has something for it: to wake the own one costs as much.

        Args:
            is_left: leaves it to that one, if there is to be one.
        """
        engine = self.engine
        if engine is None or self._is_turning or self._failure is not None:
            self._wake.set()
            return
        try:
            self._inbox.drain(engine)
            if not (engine.has_news or self._inbox or self._removal.told):
                # A turn, a fifth of a commit's, would do nothing; what is due later is planned.
                return
            if is_left:
                self._wake.set()
                return
            self._turn_drained(engine)
        except BaseException as failure:
            # Whatever it is, it ends the node and not the task that happened to be here.
            self._failure = failure
            self._wake.set()
            return
        if engine.has_work or self._inbox:
            self._wake.set()
        else:
            self._plan_turn(engine)

    # A turn.

    def _turn(self, engine: Engine) -> None:
        self._inbox.drain(engine)
        self._turn_drained(engine)

    def _turn_drained(self, engine: Engine) -> None:
        outbox = self._outbox
        self._is_turning = True
        self._proposals.done_in_turn = 0
        if outbox is not None and self._journal.is_dirty:
            # What a follower was sent is on its way to the disk while the turn goes on.
            outbox.send(engine)
        if self._removal.told and engine.is_led:
            self._removal.forget_all()
            if outbox is not None:
                outbox.flush_soon()
        engine.tick()
        self._after_turn(engine)
        if outbox is not None:
            outbox.send(engine)
        self._is_turning = False

    def _plan_turn(self, engine: Engine) -> None:
        """The task sleeps until then at most."""
        # A little later than due: the engine's comparisons are strict.
        due_s = engine.next_deadline() - self._engine_clock() + _TICK_S
        now = self._time()
        due = now + min(max(due_s, 0), limits.IDLE_WAKE_S)
        # To move a deadline costs a tenth of a turn. A follower's moves with each message, and one
        # turn too many now and then is cheaper.
        if not now + _EARLY_S < self._sleep.deadline <= due:
            self._sleep.deadline = due
