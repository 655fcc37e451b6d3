"""What no fault may break. White box: looks into the nodes of its process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from raft.entry import Entry
from raft.journal_format import ENTRY, FILE as JOURNAL_FILE
from raft.messages import AppendEntries, Feed, Heartbeat, InstallSnapshot, Message, Vote
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

    Election safety: one leader in a term; one vote of a voter in a term. Log matching: one entry
    for an index and term, with one predecessor. Leader completeness: a leader holds what was
    applied in earlier terms. State machine safety: one command for an index, on all nodes, each
    applied in order; what a snapshot restores is what was applied. Durability: a node applies only
    what a power loss leaves on its own disk; so no snapshot and no answer runs ahead of the log.
    """

    def __init__(self) -> None:
        self._leaders: dict[int, int] = {}
        self._votes: dict[tuple[int, int], int] = {}
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

    def _on_leader(self, node_id: int, term: int) -> None:
        leader = self._leaders.setdefault(term, node_id)
        if leader != node_id:
            self.fail(f"election safety: {leader} and {node_id} lead in term {term}")

    def on_apply(self, member: Member, index: int, command: bytes) -> None:
        """A node applied a command."""
        entry = _entry_at(member, index)
        term = entry.term
        if not member.files.is_durable(JOURNAL_FILE, ENTRY.pack(index, term) + entry.command):
            self.fail(f"durability: {member.node_id} applied {index}, which its disk may yet lose")
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

    # What is.

    def check(self, members: Iterable[Member]) -> None:
        """Looks at all logs and leaders.

        Raises:
            Violation
        """
        for member in members:
            if member.node is not None:
                self._check_log(member)
                self._check_leader(member)
                self._check_restored(member)
        if self.violations:
            raise Violation("; ".join(self.violations[:3]))

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


def _entry_at(member: Member, index: int) -> Entry:
    entries = member.entries
    entry = entries[index - entries[0].index]
    assert entry.index == index > FIRST_INDEX
    return entry


def _command_of(entry: Entry) -> bytes:
    if entry.command[0] == EntryKind.SESSION_COMMAND:
        return decode_command(entry.command[1:])[2]
    return entry.command[1:]
