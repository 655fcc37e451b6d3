"""Elections: when there can be any, polls, votes, and a leader that hands over."""

from __future__ import annotations

from raft import guards, limits
from raft.engine_view import EngineView
from raft.messages import Acquainted, RequestVote, TimeoutNow, Vote
from raft.states import Role

__all__ = ["Elections"]


class Elections(EngineView):
    """Who leads: Raft 5.2 and 5.4.1, PreVote (thesis 9.6), leader stickiness (4.2.3)."""

    def _SyncObj__connectedToAnyone(self) -> bool:
        # The engine asks this when the election timeout is over: it stands for election if True.
        if not self.is_voter or not self._founding.is_over:
            self._new_deadline()
            return False
        if not self._is_electable():
            self._new_deadline()
            self._SyncObj__raftLeader = None
            return False
        self._is_transfer_election = self._is_transfer_asked
        self._is_transfer_asked = False
        is_needed = guards.is_poll_needed(self._poll_won_term, term=self.term)
        is_alone = guards.is_majority([self.node_id], self.configuration.voters)
        if is_alone or self._is_transfer_election or not is_needed:
            self._poll_won_term = 0
            self._votes = [self.node_id]
            return True
        self._polled = [self.node_id]
        self._new_deadline()
        self._SyncObj__raftLeader = None
        for voter in self.configuration.voters:
            if voter != self.node_id:
                self._request_vote(voter, self.term + 1, is_poll=True)
        return False

    def ask_first_voters(self) -> None:
        """Asks, now and then, whether the group can begin, until it has."""
        if self._founding.is_over or self._clock() < self._founding_due:
            return
        self._founding_due = self._clock() + limits.FOUNDING_S
        self._tell_first_voters(is_asking=True)

    def _tell_first_voters(self, *, is_asking: bool) -> None:
        statement = self._founding.statement(is_asking=is_asking)
        for peer in self._founding.peers:
            self._send(peer, statement)

    def on_peer_met(self) -> None:
        """There may be something new to ask."""
        self._founding_due = float("-inf")

    def _on_acquainted(self, sender: int, message: Acquainted) -> None:
        founding = self._founding
        had_begun = founding.is_over
        is_agreed = founding.take(sender, message)
        if founding.is_over and not had_begun:
            self._new_deadline()
            self._tell_first_voters(is_asking=False)
        elif is_agreed and message.is_asking:
            self._send(sender, founding.statement(is_asking=False))

    def _is_electable(self) -> bool:
        """Whether enough voters are left that do not say that this node was removed.

        A few that lie cannot keep it from standing, and more of them need not: nobody is elected
        whom a majority turns away.
        """
        voters = self.configuration.voters
        left = [voter for voter in voters if voter not in self._told_removed]
        return guards.is_majority(left, voters)

    def request_vote(self, voter: int) -> None:
        """The engine stands for election and asks this voter."""
        self._request_vote(voter, self.term, is_poll=False)

    def _request_vote(self, voter: int, term: int, *, is_poll: bool) -> None:
        last, is_transfer = self.last, self._is_transfer_election
        self._send(voter, RequestVote(term, last.index, last.term, is_poll, is_transfer))

    def is_leader_alive(self) -> bool:
        """Whether this node leads, or has heard its leader so recently that it elects nobody."""
        # A leader steps down by itself if no majority answers it.
        return self.role is Role.LEADER or guards.is_leader_alive(
            self._clock() - self._leader_heard_at, election_s_min=limits.ELECTION_S_MIN
        )

    def _on_request_vote(self, sender: int, message: RequestVote) -> None:
        is_up_to_date = guards.is_up_to_date(message, self.last)
        if message.is_poll:
            is_granted = message.term > self.term and is_up_to_date and not self.is_leader_alive()
            self._send(sender, Vote(message.term, self.term, True, is_granted))
            return
        if self.is_leader_alive() and not message.is_transfer:
            if message.term > self.term:
                return
        self._observe_term(message.term)
        vote = self._SyncObj__votedForNodeId
        is_granted = (
            message.term == self.term and is_up_to_date and guards.is_vote_free(vote, sender)
        )
        if is_granted and vote is None:
            self._SyncObj__setCurrentTerm(self.term, sender)
            self._new_deadline()
        self._send(sender, Vote(message.term, self.term, False, is_granted))

    def _on_vote(self, sender: int, message: Vote) -> None:
        self._observe_term(message.voter_term)
        if not message.is_granted or self.role is Role.LEADER:
            return
        if message.is_poll:
            if message.term != self.term + 1:
                return
            self._polled.append(sender)
            if guards.is_majority(self._polled, self.configuration.voters):
                self._polled = []
                self._poll_won_term = message.term
                self._SyncObj__raftElectionDeadline = float("-inf")
        elif message.term == self.term and self.role is Role.CANDIDATE:
            self._votes.append(sender)
            if guards.is_majority(self._votes, self.configuration.voters):
                self._SyncObj__onBecomeLeader()

    def _on_timeout_now(self, sender: int, message: TimeoutNow) -> None:
        if message.term == self.term and sender == self.leader_id and self.is_voter:
            self._is_transfer_asked = True
            self._SyncObj__raftElectionDeadline = float("-inf")
