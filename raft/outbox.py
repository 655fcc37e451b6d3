"""What a turn sends: at once what needs no flush, the rest behind the flush that makes it true.

The flush begins behind what was sent, and is waited for in a task of its own, so that heartbeats go
on while a disk is slow.
"""

from __future__ import annotations

from collections.abc import Callable

import trio

from raft import guards, limits, messages
from raft.acquaintance import Acquaintance
from raft.journal import Journal
from raft.links import Links
from raft.messages import AppendEntries, Feed, InstallSnapshot, Message
from raft.removal import Removal
from raft.snapshot import SnapshotStore
from raft.syncobj import Engine

__all__ = ["FlushTimes", "Outbox"]


class FlushTimes:
    """How long the journal's flushes took, and the one that runs until now: it may never end.

    Attributes:
        clock: seconds.
    """

    def __init__(self) -> None:
        self.clock: Callable[[], float] = trio.current_time
        self._began: float | None = None
        self._longest_s = 0.0
        self._slow = 0

    @property
    def longest_s(self) -> float:
        """The longest."""
        return max(self._longest_s, self.running_s)

    @property
    def slow(self) -> int:
        """How many of them took longer than the shortest election timeout."""
        return self._slow + (self.running_s > limits.ELECTION_S_MIN)

    @property
    def running_s(self) -> float:
        """For how long the one that runs has been running; 0: none does."""
        return 0.0 if self._began is None else self.clock() - self._began

    def begin(self) -> None:
        """A flush begins."""
        self._began = self.clock()

    def end(self) -> None:
        """It has ended."""
        elapsed_s = self.running_s
        self._began = None
        self._longest_s = max(self._longest_s, elapsed_s)
        self._slow += elapsed_s > limits.ELECTION_S_MIN


class Outbox:
    """Messages of one node to its peers.

    Args:
        links: take them; also an attribute.
        journal: what most of those that are held tell of.
        acquaintance, removal: small files that are flushed along with it.
        store: snapshots whose pieces are sent.
        times: of the flushes.
    """

    def __init__(
        self,
        links: Links,
        *,
        journal: Journal,
        acquaintance: Acquaintance,
        removal: Removal,
        store: SnapshotStore,
        times: FlushTimes,
    ) -> None:
        self.links = links
        self._journal = journal
        self._acquaintance = acquaintance
        self._removal = removal
        self._store = store
        self._times = times
        self._held: list[tuple[int, Message]] = []
        self._flush_held: list[tuple[int, Message | bytes]] = []
        self._is_flushing = False
        self._waiting = trio.CancelScope()
        self._flushed = trio.Event()
        self._is_waited_for = False
        self._pieces_due: dict[int, InstallSnapshot] = {}
        self._piece_wake = trio.Event()

    def flush_soon(self) -> None:
        """Something is to be flushed that no turn says."""
        self._waiting.cancel()

    async def wait_flushed(self) -> None:
        """Returns after the next flush."""
        self._is_waited_for = True
        await self._flushed.wait()

    def send(self, engine: Engine) -> None:
        """Sends what needs no flush, and holds the rest until its flush is done."""
        links = self.links
        term_durable = self._journal.term_durable
        encoded: dict[int, bytes] = {}
        feeds: dict[int, list[bytes]] = {}
        for peer, message in engine.take_messages():
            if guards.may_leave_before_flush(message, term_durable=term_durable):
                if type(message) is Feed:
                    feeds.setdefault(peer, []).append(messages.encode(message))
                elif type(message) is AppendEntries:
                    # The same object goes to several, and lives as long as this loop.
                    data = encoded.get(id(message)) or messages.encode(message)
                    encoded[id(message)] = data
                    links.send(peer, data)
                else:
                    self._post(peer, message)
            else:
                self._held.append((peer, message))
        for peer, several in feeds.items():
            # All that one gets in its turn is one write to the kernel.
            links.send(peer, *several)
        self._begin_flush()

    def _begin_flush(self) -> None:
        """Begins the flush of what a turn has left, unless it must wait for the one before it."""
        if self._is_flushing or not (self._held or self._journal.is_dirty):
            return
        if self._acquaintance.is_dirty or self._removal.is_dirty:
            self._waiting.cancel()
            return
        self._start_flush()
        if not self._journal.is_dirty or self._journal.try_sync():
            # All that they tell of is durable: there was nothing to flush, or it is done inline.
            self._end_flush()
        elif self._journal.is_sync_begun:
            # Meanwhile there is time to encode it; of a snapshot a piece has still to be read.
            self._flush_held = [
                (peer, held if isinstance(held, InstallSnapshot | bytes) else messages.encode(held))
                for peer, held in self._flush_held
            ]
        else:
            self._waiting.cancel()

    def _start_flush(self) -> None:
        """What is held tells at most of what is queued now; what is added may tell of more."""
        self._is_flushing = True
        self._flush_held, self._held = [*self._held], []
        self._times.begin()

    def _end_flush(self) -> None:
        self._times.end()
        self._is_flushing = False
        held, self._flush_held = self._flush_held, []
        for peer, message in held:
            self._post(peer, message)
        if self._is_waited_for:
            self._is_waited_for = False
            self._flushed.set()
            self._flushed = trio.Event()

    def _post(self, peer: int, message: Message | bytes) -> None:
        if isinstance(message, InstallSnapshot):
            self._pieces_due[peer] = message
            self._piece_wake.set()
        else:
            data = message if isinstance(message, bytes) else messages.encode(message)
            self.links.send(peer, data)

    async def run_pieces(self) -> None:
        """Reads pieces of the snapshot and sends them; the newest wish of each peer counts."""
        while True:
            await self._piece_wake.wait()
            self._piece_wake = trio.Event()
            while self._pieces_due:
                peer = next(iter(self._pieces_due))
                message = self._pieces_due.pop(peer)
                data = await self._store.read_piece(message.index, message.offset)
                # If it is gone there is a newer one, and the leader comes to that by itself.
                if data is not None:
                    self.links.send(peer, messages.encode(message._replace(data=data)))

    async def run_flushes(self, on_flushed: Callable[[], None]) -> None:
        """Flushes the journal whenever it is dirty; then releases what waited for that.

        Args:
            on_flushed: called after each flush.
        """
        while True:
            while self._is_flush_due:
                if not self._is_flushing:
                    self._start_flush()
                if self._acquaintance.is_dirty:
                    await self._acquaintance.sync()
                if self._removal.is_dirty:
                    await self._removal.sync()
                if self._journal.is_dirty:
                    await self._journal.sync()
                self._end_flush()
                on_flushed()
            # Short groups, which are most: begun by a turn, and waited for here all the time. What
            # takes more than that ends this.
            with trio.CancelScope() as self._waiting:
                while True:
                    await self._journal.wait_sync()
                    await self._journal.sync()
                    self._end_flush()
                    on_flushed()
                    self._begin_flush()

    @property
    def _is_flush_due(self) -> bool:
        return (
            self._is_flushing
            or bool(self._held)
            or self._journal.is_dirty
            or self._acquaintance.is_dirty
            or self._removal.is_dirty
        )
