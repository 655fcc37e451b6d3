"""What a scenario may expect of its nodes, of what was asked of them, and of messages.

| Expectation | Holds if |
|---|---|
| `expect 2 leads` `follows` `stands` | it is up and leads, follows, is a candidate |
| `expect 2 term 3` `expect 2 leader 1` | it knows this term or leader (`none`) |
| `expect 2 log a b` `expect 2 applied a b` | these are the commands of its log, or applied |
| `expect 2 committed 4` `last 5` | its commit index, the last index of its log |
| `expect 2 sends 3 from 7` | the leader 2 goes on with this entry for the follower 3 |
| `expect 2 down SafetyViolationError` | it has stopped by itself, for this reason |
| `expect a ok` (`unknown` `refused` `rejected` `denied` `open`) | the outcome of what was asked |
| `expect 2 voters 1 2 3` `observers 4` | the members in force on 2 |
| `expect 2 awaits 3` | the group has not begun: 3 has not said that it knows the same disks |
| `expect held 2` | so many messages are held |
| `expect held Appended 1 2 3 true` | the last one that is held |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from raft.states import EntryKind, Role
from raft.testing.network import Network
from raft.testing.words import Nodes, message_of

__all__ = ["OUTCOMES", "Expectations"]

OUTCOMES = ("ok", "unknown", "refused", "rejected", "denied", "open")
"""Of what was asked; `open`: there is none yet."""


class Expectations:
    """Compares what a scenario says with what is so; AssertionError: they differ.

    Args:
        nodes: of the group.
        network: between them.
        outcomes: of what was asked so far, by the names that the scenario gave.

    Attributes:
        seen_failures: nodes whose failure was expected.
    """

    def __init__(self, nodes: Nodes, *, network: Network, outcomes: Mapping[str, str]) -> None:
        self._nodes = nodes
        self._network = network
        self._outcomes = outcomes
        self.seen_failures: set[int] = set()

    def check(self, subject: str, what: str, *rest: str) -> None:
        """Returns if it is so; the words are those of the table above behind `expect`."""
        if subject == "held":
            self._check_held(what, *rest)
        elif subject.isdigit():
            check: Callable[..., None] | None = getattr(self, f"_expect_{what}", None)
            assert check is not None, f"nobody can say whether a node {what}"
            self._nodes.id(subject)
            check(subject, *rest)
        else:
            outcome = self._outcomes.get(subject)
            assert outcome is not None, f"nothing was asked with the outcome {subject}"
            assert what in OUTCOMES, f"outcomes are {', '.join(OUTCOMES)}"
            assert outcome == what, f"its outcome is {outcome}"

    def _check_held(self, what: str, *fields: str) -> None:
        held = [packet.message for packet in self._network.held]
        if what.isdigit():
            assert len(held) == int(what), f"held are {held}"
        else:
            expected = message_of(what, fields)
            assert held[-1:] == [expected], f"held are {held}"

    def _expect_leads(self, word: str) -> None:
        assert self._nodes.engine(word).role is Role.LEADER, "it does not lead"

    def _expect_follows(self, word: str) -> None:
        assert self._nodes.engine(word).role is Role.FOLLOWER, "it does not follow"

    def _expect_stands(self, word: str) -> None:
        assert self._nodes.engine(word).role is Role.CANDIDATE, "it is no candidate"

    def _expect_sends(self, word: str, follower: str, _: str, index: str) -> None:
        found = self._nodes.engine(word)._progress[int(follower)].next_index
        assert found == int(index), f"it goes on from {found}"

    def _expect_voters(self, word: str, *voters: str) -> None:
        found = self._nodes.engine(word).configuration.voters
        assert found == tuple(map(int, voters)), f"its voters are {found}"

    def _expect_observers(self, word: str, *observers: str) -> None:
        found = self._nodes.engine(word).configuration.observers
        assert found == tuple(map(int, observers)), f"its observers are {found}"

    def _expect_awaits(self, word: str, *voters: str) -> None:
        found = self._nodes.node(word).status().voters_awaited
        assert found == tuple(map(int, voters)), f"it awaits {found}"

    def _expect_term(self, word: str, term: str) -> None:
        found = self._nodes.engine(word).term
        assert found == int(term), f"its term is {found}"

    def _expect_leader(self, word: str, leader: str) -> None:
        found = self._nodes.engine(word).leader_id
        assert found == (None if leader == "none" else int(leader)), f"its leader is {found}"

    def _expect_log(self, word: str, *commands: str) -> None:
        found = [
            entry.command[1:].decode()
            for entry in self._nodes.member(word).entries
            if entry.command[0] == EntryKind.COMMAND
        ]
        assert found == list(commands), f"its log is {found}"

    def _expect_applied(self, word: str, *commands: str) -> None:
        found = self._nodes.member(word).machine.history
        assert found == list(commands), f"applied are {found}"

    def _expect_committed(self, word: str, index: str) -> None:
        found = self._nodes.engine(word).commit_index
        assert found == int(index), f"its commit index is {found}"

    def _expect_last(self, word: str, index: str) -> None:
        found = self._nodes.engine(word).last.index
        assert found == int(index), f"its last index is {found}"

    def _expect_down(self, word: str, reason: str = "") -> None:
        failure = self._nodes.member(word).failure
        assert failure is not None, "it has not failed"
        assert reason in ("", type(failure).__name__), f"it failed with {failure!r}"
        self.seen_failures.add(int(word))
