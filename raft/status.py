"""What a node says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from raft.states import Role

__all__ = ["Status"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What an operator wants to know. `commit_index` etc. are 0 while the node does not run.

    `peers_without_disk` came back with another directory than they had, since this node's start;
    without those that were removed meanwhile.
    `voters_awaited` keep a new group from its beginning: first voters that were not met, or were
    started with other first voters.
    `told_removed` is by which peers, and as of which index of the log, this node was removed: what
    they say, and no proof; empty while it has a leader.
    """

    node_id: int
    voters: tuple[int, ...]
    observers: tuple[int, ...]
    removed: tuple[int, ...]
    addresses: Mapping[int, str]
    role: Role
    leader: int | None
    term: int
    commit_index: int
    applied_index: int
    first_index: int
    last_index: int
    snapshot_index: int
    snapshot_bytes: int
    journal_bytes: int
    journal_syncs: int
    journal_sync_s_max: float
    journal_syncs_slow: int
    proposals_pending: int
    messages_refused: int
    messages_dropped: int
    peers_refused: int
    peers_without_disk: tuple[int, ...]
    voters_awaited: tuple[int, ...]
    told_removed: Mapping[int, int]
