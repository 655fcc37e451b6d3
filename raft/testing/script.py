"""A language for scenarios: who is cut from whom, who elects, what is lost, what must hold.

One command in a line, `#` begins a comment. Time stands still unless the scenario moves it;
messages arrive at once unless they are held; after each command the group runs until it is quiet,
and the laws are checked. Nodes are numbers, commands of the state machine are words.

| Line | What happens |
|---|---|
| `cluster 3` `cluster 5 observers 1 strangers 1` | the first line: empty disks, nobody leads |
| `cluster 3 down` | the same, but no node is started |
| `elect 2` | every timer 2 can reach lets 2 be elected; it must lead afterwards |
| `timeout 2` | the election timer of 2 fires; the others heard their leader just now |
| `heartbeat 2` `heartbeat 2 3` | its heartbeat timer fires, so many times |
| `pass 600ms 1 2` | the clocks of these nodes (or of all) move on |
| `propose 1 a b` | these commands are proposed to node 1, one after the other |
| `open 1 c` `command 1 c 1 a` | a session named c; its command number 1 |
| `read 1 r` `transfer 1 2 t` | a read, a transfer of the leadership to 2; outcomes r and t |
| `member 1 4 observer m` | asks 1 to make 4 an `observer`, `voter`, `removed`; outcome m |
| `cut 1 2 | 3` `cut 1 > 3` `heal` | both directions, one direction; all is mended |
| `break 1 > 2` | the next message of 1 to 2 breaks off in mid-frame, and the connection with it |
| `hold 1 > 2 Vote` `copy 1 > 2 Vote` | such messages (or copies of them) are put aside |
| `release 1 > 2 first` (`last` `all`) | held messages of this link arrive, in order |
| `replay 1 > 2 first` | the same, and they stay held |
| `drop` `unhold` | what is held is lost; nothing is put aside any more |
| `send 3 > 2 Vote 2 2 false true` | a message with these fields arrives, over a cut link too |
| `entries 3 > 2 1 4 1 2 a:1 b:1` | AppendEntries: term, previous index and term, commit, entries |
| `crash 2` `kill 2` | power loss (all that was not flushed is lost), kill -9 |
| `start 2` `wipe 2` | a new life, an empty disk |
| `flip 2 journal 70 3` | bit 3 of durable byte 70 (-1: the last) of that file of 2, which is down |
| `add` | a stranger with an empty disk and the next number starts |
| `stall 2` `resume 2` | the disk of 2 flushes nothing; it does again |
| `snapshot 2` | 2 writes a snapshot |
| `expect …` | fails the scenario unless it is so: see `expectations.py` |

Messages that are held, copied or sent have the names and fields of `raft.messages`; a RequestVote
or Vote of a poll is held as `RequestPoll` or `Poll`, and a refusing Appended as `Refused`. A line
that could have no effect (a node or a kind of message that is none) is an error, like one that is
not understood: a scenario that says nothing must not pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from inspect import signature
from random import Random
from typing import Any

import trio
import trio.testing

from raft import limits, messages
from raft.configuration import Membership
from raft.entry import Entry
from raft.errors import (
    MembershipRefusedError,
    NotLeaderError,
    OutcomeUnknownError,
    RaftError,
    TransferFailedError,
)
from raft.messages import AppendEntries
from raft.state_machine import CommandRejected
from raft.states import EntryKind
from raft.testing.cluster import Cluster
from raft.testing.expectations import Expectations
from raft.testing.laws import Laws
from raft.testing.network import Network, Packet
from raft.testing.words import KINDS_HELD, Nodes, message_of

__all__ = ["ScenarioError", "run_scenario"]


class ScenarioError(AssertionError):
    """An expectation does not hold, a law is broken, or a line is not understood."""


def run_scenario(text: str, *, seed: int = 1) -> None:
    """Runs a scenario to its end.

    Raises:
        ScenarioError: it names the line.
    """
    try:
        # A clock that never moves: only the scenario lets time pass.
        trio.run(_Scenario(text, seed).run, clock=trio.testing.MockClock())
    except BaseExceptionGroup as group:
        if len(group.exceptions) == 1:
            raise group.exceptions[0] from None
        raise


class _Scenario:
    def __init__(self, text: str, seed: int) -> None:
        self._lines = text.splitlines()
        self._rng = Random(seed)
        self._laws = Laws()
        self._outcomes: dict[str, str] = {}
        self._sessions: dict[str, int] = {}

    async def run(self) -> None:
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            self._has_begun = False
            for number, line in enumerate(self._lines, 1):
                words = line.partition("#")[0].split()
                if words:
                    await self._run_line(number, line.strip(), words)
            if not self._has_begun:
                raise ScenarioError("it has no line but comments")
            self._check_failures()
            nursery.cancel_scope.cancel()

    async def _run_line(self, number: int, line: str, words: list[str]) -> None:
        command: Callable[..., Any] | None = getattr(self, f"_do_{words[0]}", None)
        if command is None:
            raise ScenarioError(f"line {number}: unknown command: {line}")
        if (words[0] == "cluster") is self._has_begun:
            raise ScenarioError(f"line {number}: {line}: `cluster` is the first line, and no other")
        self._has_begun = True
        try:
            signature(command).bind(*words[1:])
        except TypeError:
            raise ScenarioError(f"line {number}: {line}: too few or too many words") from None
        try:
            waiting = command(*words[1:])
            if waiting is not None:
                await waiting
            await self._settle()
        except (AssertionError, LookupError, TypeError, ValueError, RaftError) as error:
            raise ScenarioError(f"line {number}: {line}: {error}") from error

    async def _settle(self) -> None:
        """Runs the group until nobody has anything to do; then checks the laws."""
        for member in self._cluster.members.values():
            if member.node is not None:
                member.node._driver.wake()
        await trio.testing.wait_all_tasks_blocked()
        if self._tell_commits():
            await trio.testing.wait_all_tasks_blocked()
        self._cluster.check()

    def _tell_commits(self) -> bool:
        """Lets leaders tell now what they would tell in a moment; returns whether one does."""
        is_one = False
        for member in self._cluster.members.values():
            if member.node is not None and member.node._driver.engine is not None:
                engine = member.node._driver.engine._guarded
                if engine._commit_due < float("inf"):
                    engine._commit_due = float("-inf")
                    member.node._driver.wake()
                    is_one = True
        return is_one

    def _check_failures(self) -> None:
        seen = self._expectations.seen_failures
        for member in self._cluster.members.values():
            if member.failure is not None and member.node_id not in seen:
                raise ScenarioError(f"{member.node_id} failed: {member.failure!r}")

    # Commands.

    async def _do_cluster(self, voters: str, *options: str) -> None:
        assert voters.isdigit(), f"{voters} is no number of voters"
        is_up = options[-1:] != ("down",)
        options = options if is_up else options[:-1]
        kinds, counts = options[::2], options[1::2]
        for kind in kinds:
            assert kind in ("observers", "strangers"), f"{kind} is no kind of node"
        assert len(kinds) == len(counts), "a number is missing"
        numbers = dict(zip(kinds, map(int, counts), strict=True))
        self._network = Network(rng=self._rng, on_message=self._laws.on_message)
        self._cluster = Cluster(
            self._nursery,
            rng=self._rng,
            network=self._network,
            laws=self._laws,
            voters=int(voters),
            observers=numbers.get("observers", 0),
            strangers=numbers.get("strangers", 0),
            clock_rate=0.0,
        )
        self._nodes = Nodes(self._cluster)
        self._expectations = Expectations(
            self._nodes, network=self._network, outcomes=self._outcomes
        )
        if is_up:
            await self._cluster.start_all()

    async def _do_elect(self, word: str) -> None:
        candidate = int(word)
        for member in self._cluster.members.values():
            is_reachable = self._network.is_open(candidate, member.node_id)
            if member.node is not None and is_reachable:
                self._nodes.engine(str(member.node_id))._new_deadline()
                member.clock.jump(limits.ELECTION_S_MIN)
        # It may have to learn the term first.
        for _ in range(3):
            if not self._nodes.member(word).is_leading:
                self._do_timeout(word)
                await self._settle()
        assert self._nodes.member(word).is_leading, "it was not elected"

    def _do_timeout(self, word: str) -> None:
        self._nodes.engine(word)._SyncObj__raftElectionDeadline = float("-inf")

    async def _do_heartbeat(self, word: str, times: str = "1") -> None:
        for _ in range(int(times)):
            assert self._nodes.member(word).is_leading, "it does not lead"
            self._nodes.engine(word)._SyncObj__newAppendEntriesTime = float("-inf")
            await self._settle()

    async def _do_pass(self, duration: str, *words: str) -> None:
        assert duration.endswith("ms"), "a time has milliseconds: 600ms"
        nodes = {self._nodes.id(word) for word in words} or set(self._cluster.members)
        # In small steps, as time does: nobody sleeps through all of it.
        for _ in range(0, int(duration[:-2]), 10):
            for member in self._cluster.members.values():
                if member.node_id in nodes:
                    member.clock.jump(0.01)
            await self._settle()

    async def _do_propose(self, word: str, *commands: str) -> None:
        for command in commands:
            await self._ask(command, self._nodes.node(word).propose, command.encode())

    async def _do_open(self, word: str, name: str) -> None:
        self._sessions[name] = await self._nodes.node(word).open_session()

    async def _do_command(self, word: str, session: str, sequence: str, command: str) -> None:
        propose = partial(
            self._nodes.node(word).propose, client=self._sessions[session], sequence=int(sequence)
        )
        await self._ask(command, propose, command.encode())

    async def _do_read(self, word: str, name: str) -> None:
        await self._ask(name, self._nodes.node(word).read_barrier)

    async def _do_transfer(self, word: str, target: str, name: str) -> None:
        await self._ask(name, self._nodes.node(word).transfer_leadership, int(target))

    async def _do_member(self, word: str, node_id: str, kind: str, name: str) -> None:
        await self._ask(name, self._nodes.node(word).change_member, int(node_id), Membership(kind))

    async def _ask(self, name: str, call: Callable[..., Any], *arguments: object) -> None:
        assert not name.isdigit(), "digits are a node: the name of an outcome needs a letter"
        self._outcomes[name] = "open"
        self._nursery.start_soon(self._note_outcome, name, call, arguments)
        await trio.testing.wait_all_tasks_blocked()

    async def _note_outcome(
        self, name: str, call: Callable[..., Any], arguments: Sequence[object]
    ) -> None:
        try:
            await call(*arguments)
            self._outcomes[name] = "ok"
        except CommandRejected:
            self._outcomes[name] = "rejected"
        except NotLeaderError:
            self._outcomes[name] = "refused"
        except OutcomeUnknownError:
            self._outcomes[name] = "unknown"
        except (MembershipRefusedError, TransferFailedError):
            self._outcomes[name] = "denied"

    def _do_cut(self, *words: str) -> None:
        if words[1:2] == (">",):
            self._network.cut_link(self._nodes.id(words[0]), self._nodes.id(words[2]))
            return
        groups: list[list[int]] = [[]]
        for word in words:
            if word == "|":
                groups.append([])
            else:
                groups[-1].append(self._nodes.id(word))
        assert len(groups) > 1, "between whom? | or > says that"
        self._network.cut(*groups)

    def _do_break(self, sender: str, _: str, receiver: str) -> None:
        self._network.break_link(self._nodes.id(sender), self._nodes.id(receiver))

    def _do_heal(self) -> None:
        self._network.heal()

    def _do_hold(self, sender: str, _: str, receiver: str, kind: str) -> None:
        self._put_aside(sender, receiver, kind)

    def _do_copy(self, sender: str, _: str, receiver: str, kind: str) -> None:
        self._put_aside(sender, receiver, kind, copies=True)

    def _put_aside(self, sender: str, receiver: str, kind: str, *, copies: bool = False) -> None:
        assert kind in KINDS_HELD, f"{kind} is no kind of message: {', '.join(KINDS_HELD)} are"
        self._network.hold(self._nodes.id(sender), self._nodes.id(receiver), kind, copies=copies)

    def _do_release(self, sender: str, _: str, receiver: str, which: str) -> None:
        for packet in self._pick(sender, receiver, which):
            self._network.held.remove(packet)
            self._network.deliver(packet)

    def _do_replay(self, sender: str, _: str, receiver: str, which: str) -> None:
        for packet in self._pick(sender, receiver, which):
            self._network.deliver(packet)

    def _pick(self, sender: str, receiver: str, which: str) -> list[Packet]:
        link = int(sender), int(receiver)
        packets = [p for p in self._network.held if (p.sender, p.receiver) == link]
        assert packets, "nothing is held"
        assert which in ("first", "last", "all"), "which of them: first, last, all?"
        return {"first": packets[:1], "last": packets[-1:], "all": packets}[which]

    def _do_drop(self) -> None:
        self._network.unhold()
        self._network.held.clear()

    def _do_unhold(self) -> None:
        self._network.unhold()

    def _do_send(self, sender: str, _: str, receiver: str, kind: str, *fields: str) -> None:
        message = message_of(kind, fields)
        self._deliver(sender, receiver, messages.encode(message))

    def _do_entries(
        self, sender: str, _: str, receiver: str, term: str, previous: str, *more: str
    ) -> None:
        previous_term, commit, *pairs = more
        entries: list[Entry] = []
        for index, pair in enumerate(pairs, int(previous) + 1):
            command, _, entry_term = pair.partition(":")
            entries.append(
                Entry(bytes([EntryKind.COMMAND]) + command.encode(), index, int(entry_term))
            )
        message = AppendEntries(
            int(term), int(previous), int(previous_term), int(commit), tuple(entries)
        )
        self._deliver(sender, receiver, messages.encode(message))

    def _deliver(self, sender: str, receiver: str, data: bytes) -> None:
        self._nodes.node(receiver)  # It must be up.
        self._network.forge(Packet(sender=int(sender), receiver=int(receiver), data=data))

    async def _do_crash(self, word: str) -> None:
        self._nodes.member(word).files.loses_most = True
        await self._cluster.stop(int(word), is_power_loss=True)

    async def _do_kill(self, word: str) -> None:
        await self._cluster.stop(int(word), is_power_loss=False)

    async def _do_start(self, word: str) -> None:
        await self._cluster.start(self._nodes.member_down(word).node_id)

    def _do_wipe(self, word: str) -> None:
        self._cluster.wipe(self._nodes.member_down(word).node_id)

    def _do_flip(self, word: str, name: str, position: str, bit: str) -> None:
        files = self._nodes.member_down(word).files.durable_files()
        # The index in the name of a snapshot is no business of the scenario: the newest is meant.
        found = max(each for each in files if each.startswith(name))
        self._cluster.flip_bit(int(word), found, int(position) % files[found], int(bit))

    async def _do_add(self) -> None:
        await self._cluster.start(self._cluster.add().node_id)

    def _do_stall(self, word: str) -> None:
        self._nodes.member(word).files.stall()

    def _do_resume(self, word: str) -> None:
        self._nodes.member(word).files.resume()

    def _do_snapshot(self, word: str) -> None:
        self._nodes.node(word).request_snapshot()

    def _do_expect(self, subject: str, what: str, *rest: str) -> None:
        self._expectations.check(subject, what, *rest)
