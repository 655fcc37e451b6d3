"""What no fault may break. White box: looks into the nodes of its process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from raft.configuration import Configuration
from raft.engine_view import EngineView
from raft.entry import Entry
from raft.journal_format import ENTRY, FILE as JOURNAL_FILE
from raft.members import is_membership
from raft.messages import (
    Appended,
    AppendEntries,
    Feed,
    Heartbeat,
    InstallSnapshot,
    Message,
    Vote,
)
from raft.sessions import decode_command
from raft.states import FIRST_INDEX, EntryKind, Role
from raft.testing.registers import FAILING

if TYPE_CHECKING:
    from raft.testing.cluster import Member

__all__ = ["Laws", "Violation"]


class Violation(AssertionError):
    """A law of Raft (figure 3 of the paper) does not hold."""


class Laws:
    """Remembers the whole history of a group, over all lives of its nodes.

    Election safety: one leader in a term, with the votes of a majority; one vote of a voter in a
    term. Promises: a voter's term never falls behind one in which it voted, nor its log, as long as
    it is in that term, behind what it acknowledged. Commitment: when a leader is the first to apply
    an entry, the disks of a majority hold it. Log matching: one entry for an index and term, with
    one predecessor. Leader completeness: a leader holds what was applied in earlier terms, and
    nobody who lacks it could be elected. State machine safety: one command for an index, on all
    nodes, each applied in order; what a snapshot restores is what was applied. Durability: a node
    applies only what a power loss leaves on its own disk; so no snapshot and no answer runs ahead
    of the log. Reads: who may be read has applied what a leader had applied before. Membership: who
    was removed stays removed. Answers: nobody waits for one at a node that leads no more.

    A disk that was lost has no promises to keep.
    """

    def __init__(self) -> None:
        self._leaders: dict[int, int] = {}
        self._votes: dict[tuple[int, int], int] = {}
        self._members: dict[int, Member] = {}
        self._acknowledged: dict[int, tuple[int, int]] = {}
        self._terms: dict[int, int] = {}
        self._removed: dict[int, int] = {}
        self._applied_newest = 0
        self.led_index = 0
        self._entries: dict[tuple[int, int], tuple[bytes, int]] = {}
        self._applied: dict[int, tuple[int, bytes]] = {}
        self._applied_last: dict[int, int] = {}
        self._complete_terms: set[int] = set()
        self.violations: list[str] = []

    def fail(self, text: str) -> None:
        """Notes a violation; `check` raises it."""
        self.violations.append(text)

    @property
    def terms_led(self) -> int:
        """How many terms had a leader."""
        return len(self._leaders)

    def applied_commands(self) -> list[str]:
        """Returns every command that was applied, in the order of the log."""
        return [command.decode() for _, (_, command) in sorted(self._applied.items())]

    # What happens.

    def on_message(self, sender: int, receiver: int, message: Message) -> None:
        """A node sent a message."""
        match message:
            case AppendEntries() | Feed() | Heartbeat() | InstallSnapshot():
                self._on_leader(sender, message.term)
            case Vote(is_poll=False, is_granted=True):
                candidate = self._votes.setdefault((sender, message.term), receiver)
                if candidate != receiver:
                    self.fail(
                        f"{sender} voted for {candidate} and {receiver} in term {message.term}"
                    )
                self._terms[sender] = max(message.term, self._terms.get(sender, 0))
            case Appended(is_matching=True):
                self._on_acknowledged(sender, message)

    def _on_acknowledged(self, sender: int, message: Appended) -> None:
        """An old message may be answered again; it proves less, and takes nothing back."""
        if sender in self._members:
            self._check_promises(self._members[sender])
        acknowledged = message.term, message.next_index - 1
        self._acknowledged[sender] = max(acknowledged, self._acknowledged.get(sender, (0, 0)))

    def _on_leader(self, node_id: int, term: int) -> None:
        if term not in self._leaders:
            self._check_elected(node_id, term)
        leader = self._leaders.setdefault(term, node_id)
        if leader != node_id:
            self.fail(f"election safety: {leader} and {node_id} lead in term {term}")

    def on_apply(self, member: Member, index: int, command: bytes) -> None:
        """A node applied a command."""
        entry = _entry_at(member, index)
        term = entry.term
        if not member.files.is_durable(JOURNAL_FILE, ENTRY.pack(index, term) + entry.command):
            self.fail(f"durability: {member.node_id} applied {index}, which its disk may yet lose")
        if member.is_leading:
            if index not in self._applied:
                self._check_committed(member, entry)
            self.led_index = max(index, self.led_index)
        self._applied_newest = max(index, self._applied_newest)
        known = self._applied.setdefault(index, (term, command))
        if known != (term, command):
            self.fail(
                f"state machine safety: {member.node_id} applied {command!r} of term {term} at"
                f" {index}, where {known[1]!r} of term {known[0]} was applied"
            )
        if index <= self._applied_last.get(member.node_id, 0):
            self.fail(f"{member.node_id} applied {index} again")
        self._applied_last[member.node_id] = index

    def on_start(self, member: Member) -> None:
        """A node begins a new life: it applies its log again."""
        self._applied_last[member.node_id] = 0
        self._members[member.node_id] = member

    # What is.

    def check(self, members: Iterable[Member]) -> None:
        """Looks at all logs and leaders.

        Raises:
            Violation
        """
        members = list(members)
        self._check_electable(members)
        for member in members:
            if member.node is not None:
                self._check_log(member)
                self._check_leader(member)
                self._check_restored(member)
                self._check_promises(member)
                self._check_removed(member)
                self._check_waiting(member)
        if self.violations:
            raise Violation("; ".join(self.violations[:3]))

    def _check_elected(self, node_id: int, term: int) -> None:
        member = self._members.get(node_id)
        if member is None or member.node is None:
            return  # Whose voters nobody has told.
        voters = member.node.status().voters
        votes = [v for v in voters if v == node_id or self._votes.get((v, term)) == node_id]
        if 2 * len(votes) <= len(voters):
            self.fail(
                f"election safety: {node_id} leads term {term} with the votes of {votes} of"
                f" {voters}"
            )

    def _check_committed(self, leader: Member, entry: Entry) -> None:
        """Those that may have counted: the members in force, or before the change under way."""
        data = ENTRY.pack(entry.index, entry.term) + entry.command
        holders = [i for i, member in self._members.items() if _may_hold(member, data)]
        for voters in _voters_of(leader):
            if 2 * len(set(holders) & set(voters)) > len(voters):
                return
        self.fail(
            f"commitment: {leader.node_id} applied {entry.index} of term {entry.term} in term"
            f" {leader.node and leader.node.status().term}, which only {holders} hold"
        )

    def _check_promises(self, member: Member) -> None:
        if not member.is_started or member.is_lost:
            return
        node, node_id = member.node, member.node_id
        assert node is not None
        status = node.status()
        voted = self._terms.get(node_id, 0)
        term, index = self._acknowledged.get(node_id, (0, 0))
        if status.term < max(voted, term):
            self.fail(
                f"promises: {node_id} is in term {status.term}, and spoke in {max(voted, term)}"
            )
        elif status.term == term and status.last_index < index:
            self.fail(
                f"promises: the log of {node_id} ends with {status.last_index} in term {term}, and"
                f" {index} was acknowledged"
            )

    def _check_electable(self, members: Iterable[Member]) -> None:
        """Nobody would be voted for by a majority who lacks what was applied last.

        It would break only with the next election, and if that comes out this way.
        """
        newest = self._applied_newest
        if not newest:
            return
        nodes = {m.node_id: m for m in members if m.is_started and m.entries and not m.is_lost}
        last = {i: (m.entries[-1].term, m.entries[-1].index) for i, m in nodes.items()}
        for node_id, member in nodes.items():
            if _holds(member, newest, self._applied[newest][0]):
                continue
            assert member.node is not None
            voters = member.node.status().voters
            granting = [v for v in voters if v in last and last[v] <= last[node_id]]
            if node_id in voters and 2 * len(granting) > len(voters):
                self.fail(
                    f"leader completeness: {node_id} lacks the entry {newest}, which was applied,"
                    f" and {granting} of {voters} could elect it"
                )

    def check_read(self, member: Member, *, led_index: int) -> None:
        """A node said that it can be read now; `led_index` is of when it was asked."""
        node = member.node
        if node is not None and node.applied_index < led_index:
            self.fail(
                f"reads: {member.node_id} is at {node.applied_index}, and a leader had applied"
                f" {led_index} before it was asked"
            )

    def _check_removed(self, member: Member) -> None:
        guarded = _guarded(member)
        if guarded is None:
            return
        configuration, applied = guarded.committed_configuration, guarded.applied_index
        for node_id in configuration.removed:
            self._removed[node_id] = min(applied, self._removed.get(node_id, applied))
        for node_id, index in self._removed.items():
            if applied >= index and node_id not in configuration.removed:
                self.fail(f"membership: {node_id} was removed, and is back on {member.node_id}")

    def _check_waiting(self, member: Member) -> None:
        guarded = _guarded(member)
        if guarded is not None and guarded._waiting and guarded.role is not Role.LEADER:
            self.fail(f"{member.node_id} leads no more, and somebody waits for it")

    def _check_log(self, member: Member) -> None:
        entries = member.entries
        previous_term = entries[0].term if entries else 0
        for entry in entries[1:]:
            value = entry.command, previous_term
            known = self._entries.setdefault((entry.index, entry.term), value)
            if known != value:
                self.fail(
                    f"log matching: entry {entry.index} of term {entry.term} on {member.node_id}"
                    f" is {value}, elsewhere {known}"
                )
            previous_term = entry.term

    def _check_restored(self, member: Member) -> None:
        machine, node = member.machine, member.node
        assert node is not None
        if not machine.is_restored or not node.applied_index:
            return
        machine.is_restored = False
        commands = [c.decode() for i, (_, c) in self._applied.items() if i <= node.applied_index]
        expected = [command for command in commands if command not in FAILING]
        if machine.history != expected[-machine.history_max :]:
            self.fail(
                f"state machine safety: {member.node_id} restored {machine.history[-3:]} at"
                f" {node.applied_index}, where {expected[-3:]} were applied"
            )

    def _check_leader(self, member: Member) -> None:
        node = member.node
        assert node is not None
        status = node.status()
        if status.role is not Role.LEADER or status.term in self._complete_terms:
            return
        self._on_leader(member.node_id, status.term)
        self._complete_terms.add(status.term)
        by_index = {entry.index: entry for entry in member.entries}
        first = min(by_index)
        for index, (term, command) in self._applied.items():
            if term >= status.term or index < first:
                continue
            entry = by_index.get(index)
            if entry is None or (entry.term, _command_of(entry)) != (term, command):
                self.fail(
                    f"leader completeness: {member.node_id} leads term {status.term} without the"
                    f" entry {index} of term {term}"
                )


def _guarded(member: Member) -> EngineView | None:
    """Returns what is behind the node, once it has read its disk."""
    engine = None if member.node is None else member.node._driver.engine
    return None if engine is None else engine._guarded


def _may_hold(member: Member, data: bytes) -> bool:
    # A disk that was lost later may have held it; the group must bear that.
    is_excused = member.is_lost or member.is_damaged
    return is_excused or member.files.is_durable(JOURNAL_FILE, data)


def _voters_of(member: Member) -> list[tuple[int, ...]]:
    """Returns the voters by each membership that its log holds, and by the one before."""
    guarded = _guarded(member)
    assert guarded is not None
    changes = [entry.command[1:] for entry in member.entries if is_membership(entry)]
    return [
        guarded.committed_configuration.voters,
        *(Configuration.decode(change).voters for change in changes),
    ]


def _holds(member: Member, index: int, term: int) -> bool:
    entries = member.entries
    position = index - entries[0].index
    # What lies before its log is in its snapshot.
    return position < 0 or (position < len(entries) and entries[position].term == term)


def _entry_at(member: Member, index: int) -> Entry:
    entries = member.entries
    entry = entries[index - entries[0].index]
    assert entry.index == index > FIRST_INDEX
    return entry


def _command_of(entry: Entry) -> bytes:
    if entry.command[0] == EntryKind.SESSION_COMMAND:
        return decode_command(entry.command[1:])[2]
    return entry.command[1:]
