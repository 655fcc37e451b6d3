"""The rules that keep a Raft group safe where the engine as published does not.

One function for each, so that a test can take one away and see its scenario fail (README.md has
the table). Pure: values in, a decision out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from raft import limits
from raft.configuration import Configuration, Membership
from raft.entry import Entry
from raft.errors import SafetyViolationError, StateMachineFailedError
from raft.messages import (
    AppendEntries,
    Feed,
    Heartbeat,
    HeartbeatReply,
    InstallSnapshot,
    Message,
    RequestVote,
    SnapshotReceived,
    Vote,
)

# Durability.


def may_leave_before_flush(message: Message, *, term_durable: int) -> bool:
    """Whether a message asserts nothing that a power loss could take back.

    Votes and acknowledgements wait for the flush. What a leader says needs only its term to be
    durable, which it was before the votes came; so heartbeats never wait behind a slow disk, and
    the leader's flush overlaps its followers'.
    """
    match message:
        case AppendEntries() | Feed() | Heartbeat() | HeartbeatReply() | InstallSnapshot():
            return message.term <= term_durable
        case SnapshotReceived():
            return True
        case RequestVote() | Vote():
            return message.is_poll
        case _:
            return False


def durable_commit(commit_index: int, durable_index: int) -> int:
    """Returns the commit index of this node: it counts an entry only when it is durable here.

    The engine counts itself towards the quorum when an entry is in memory.
    """
    return min(commit_index, durable_index)


def majority_index(match_indexes: Collection[int]) -> int:
    """Returns the last index that a majority holds, of the last ones that each voter holds."""
    return sorted(match_indexes, reverse=True)[len(match_indexes) // 2]


def is_of_own_term(entry: Entry, *, term: int) -> bool:
    """Whether a majority that holds the entry has committed it (Raft 5.4.2, figure 8).

    One of an older term may still be overwritten; it is committed with the first of this term.
    """
    return entry.term == term


# Beginning.


def may_begin(
    agreeing: Collection[int], *, known: Collection[int], voters: Collection[int]
) -> bool:
    """Whether a new group begins: all first voters know each other's disks, durably.

    Each of them then refuses a disk that takes the place of one that has promised something.

    Args:
        agreeing: who knows the same disks as this node.
        known: whose disks those are.
        voters: the first ones.
    """
    return set(voters) <= set(agreeing) & set(known)


# Elections.


def is_majority(senders: Collection[int], voters: Collection[int]) -> bool:
    """Whether these answers are a majority: each voter once, and only voters.

    The engine counts messages: one duplicated vote makes two leaders in a term.
    """
    return 2 * len(set(senders) & set(voters)) > len(voters)


def is_vote_free(vote: int | None, candidate: int) -> bool:
    """Whether the one vote of this term can go to the candidate: unused, or already its own.

    Its own is given again: the first answer may have been lost.
    """
    return vote is None or vote == candidate


def is_up_to_date(message: RequestVote, last: Entry) -> bool:
    """Whether the candidate's log holds at least all that ours holds (Raft 5.4.1)."""
    return (message.last_term, message.last_index) >= (last.term, last.index)


def is_poll_needed(poll_won_term: int, *, term: int) -> bool:
    """Whether a candidate must first ask if it would be elected (PreVote, thesis 9.6).

    Otherwise a node that hears nobody raises the term for ever and deposes the leader on return.
    """
    return poll_won_term != term + 1


def is_leader_alive(leader_heard_s_ago: float, *, election_s_min: float) -> bool:
    """Whether this node heard its leader so recently that it elects nobody else (thesis 4.2.3)."""
    return 0 <= leader_heard_s_ago < election_s_min


def check_one_leader(term: int, *, known: int | None, sender: int) -> None:
    """Ends the node if a second leader of a term appears: nothing is safe any more."""
    if known is not None and known != sender:
        raise SafetyViolationError(f"term {term} has two leaders: {known} and {sender}")


# The log of a follower.


def count_matching(log: Sequence[Entry], message: AppendEntries | Feed) -> int:
    """Returns how many of the message's entries the log already holds.

    Those are never dropped and written again, as the engine does: a late copy of an old message
    would take acknowledged entries away.

    Args:
        log: the entries behind `message.previous_index`.
        message: whose `previous_index` matches.
    """
    count = 0
    for mine, theirs in zip(log, message.entries, strict=False):
        if mine.term != theirs.term:
            break
        count += 1
    return count


def check_truncation(first_dropped_index: int, *, commit_index: int) -> None:
    """Ends the node if a leader contradicts what is committed."""
    if first_dropped_index <= commit_index:
        raise SafetyViolationError(
            f"the leader would drop entry {first_dropped_index}; {commit_index} are committed"
        )


def acknowledged_next(message: AppendEntries | Feed, *, last_index: int) -> int:
    """Returns what an answer may claim: the entries this message proves, not the whole log.

    What lies behind them may be another leader's.
    """
    assert message.previous_index + len(message.entries) <= last_index
    return message.previous_index + len(message.entries) + 1


def proven_commit(commit_index: int, *, matched_index: int, last_index: int) -> int:
    """Returns how far a leader's commit index counts here: as far as the logs are known to match.

    The engine applies it to whatever the log holds: stale entries become committed.
    """
    assert matched_index <= last_index
    return min(commit_index, matched_index)


def retry_index(log: Sequence[Entry], previous_index: int, *, commit_index: int) -> int:
    """Returns where the leader should go on after a refusal at `previous_index`.

    A whole conflicting term is skipped at once, but never what is committed.
    """
    first, last = log[0].index, log[-1].index
    if previous_index > last:
        return last + 1
    index, term = previous_index, log[previous_index - first].term
    while index - 1 > max(commit_index, first) and log[index - 1 - first].term == term:
        index -= 1
    return index


# The leader's view of a follower.


def is_answer_current(answer_term: int, *, term: int) -> bool:
    """Whether an answer is to this leadership: one of an older term speaks of another log."""
    return answer_term == term


def is_claim_possible(match_index: int, *, last_index: int) -> bool:
    """Whether a follower can hold what it claims: not more than the leader has."""
    return match_index <= last_index


def is_refusal_fresh(
    previous_index: int, *, is_probing: bool, next_index: int, match_index: int
) -> bool:
    """Whether a refusal is news: about the message that is out, or behind what is known to match.

    Of several refusals in flight the engine obeys the last, and never gets forward.
    """
    if is_probing:
        return previous_index == next_index - 1
    return previous_index > match_index


# Applying.


def apply_failure(index: int, error: Exception) -> BaseException:
    """Returns what ends the node after `apply` has failed: its state may be half changed.

    The engine would run the command again in every turn, on every node.
    """
    return StateMachineFailedError(index, error)


# Snapshots.


def is_snapshot_newer(snapshot_index: int, *, commit_index: int) -> bool:
    """Whether a leader's snapshot holds more than this node: an old one would erase entries."""
    return snapshot_index > commit_index


def holds_entry(log: Sequence[Entry], entry: Entry) -> bool:
    """Whether the log goes on behind a snapshot that ends with `entry`.

    If it does, what follows was perhaps acknowledged and stays; if not, all of it is stale.
    """
    position = entry.index - log[0].index
    return 0 < position < len(log) and log[position].term == entry.term


# Reads.


def is_read_confirmed(round_asked: int, rounds: Collection[int], *, voters: int) -> bool:
    """Whether a majority still followed this leader after the read was asked for (ReadIndex).

    Without it a leader that was replaced meanwhile answers from the past.

    Args:
        round_asked: the heartbeat round sent after the read was asked for.
        rounds: the last round each other voter answered.
        voters: how many there are, the leader included.
    """
    confirmed = 1 + sum(answered >= round_asked for answered in rounds)
    return 2 * confirmed > voters


# Membership.


def may_change_membership(uncommitted: Sequence[Entry], is_change: Callable[[Entry], bool]) -> bool:
    """Whether a change may begin: no other one is uncommitted.

    Two changes at once can make two majorities that do not overlap. The engine means to check
    this, but never sets the variable that it looks at.

    Args:
        uncommitted: the entries behind the commit index.
        is_change: whether an entry changes the membership.
    """
    return not any(is_change(entry) for entry in uncommitted)


def is_single_change(before: Configuration, after: Configuration) -> bool:
    """Whether exactly one node becomes what it may become: majorities before and after overlap.

    A stranger becomes an observer first, so that it holds the log before it counts. A removed
    node stays removed: what it promised under its id may be forgotten. Who stays what it is moves
    to another address.
    """
    changed = after.changed_from(before)
    if len(changed) != 1 or not after.voters:
        return False
    step = before.membership_of(changed[0]), after.membership_of(changed[0])
    return step in {
        (Membership.STRANGER, Membership.OBSERVER),
        (Membership.OBSERVER, Membership.OBSERVER),
        (Membership.VOTER, Membership.VOTER),
        (Membership.OBSERVER, Membership.VOTER),
        (Membership.VOTER, Membership.OBSERVER),
        (Membership.OBSERVER, Membership.REMOVED),
        (Membership.VOTER, Membership.REMOVED),
    }


def is_caught_up(match_index: int, *, last_index: int) -> bool:
    """Whether an observer is so close to the end of the log that it may vote."""
    return last_index - match_index <= limits.CATCH_UP_ENTRIES_MAX


def is_heard(answered_s_ago: float) -> bool:
    """Whether a node that is to vote answers now.

    In a short log everybody has caught up, also who was never there: a group of one would wait for
    it for ever, since the change counts before it is committed.
    """
    return answered_s_ago < limits.ELECTION_S_MIN


def may_commit(heard: Collection[int], voters: Collection[int]) -> bool:
    """Whether the voters after a change could commit it: a majority of them answers now.

    To remove a living node beside a dead one is easily done, and could not be undone.
    """
    return is_majority(heard, voters)


def is_member(sender: int, configuration: Configuration) -> bool:
    """Whether to listen to a node: not if it was removed, which it may not know."""
    return configuration.membership_of(sender) is not Membership.REMOVED
