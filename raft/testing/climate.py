"""What a seed's world is like: swarm testing (Groce et al., ISSTA 2012).

One average world hides what only a special one brings about: messages that are slow against the
election timers, disks that take their time, logs that are replicated entry by entry. So each seed
draws its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from raft import limits

__all__ = ["Climate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """Of one run.

    Attributes:
        faults_per_s: on average, in all.
        weights: of the kinds of fault; a kind of weight 0 does not happen.
        latency_s: of a message: least, most.
        flush_s: of a disk without faults; each node draws one.
        call_s: pause of a client between its calls, on average.
        keys: registers that are written.
        snapshot_entries: log entries after which a node writes a snapshot.
        are_all_started: whether all nodes are there at the beginning; else half of them are
            switched on when something is restarted.
        voters_less: by how many the group may have fewer voters than at the start.
        bounds: of `raft.limits`, other ones: what takes thousands of entries in a product takes a
            few here, timers meet, and a leader that was replaced believes for longer that it leads.
    """

    faults_per_s: float
    weights: dict[str, float]
    latency_s: tuple[float, float]
    flush_s: Sequence[float]
    call_s: float
    keys: int
    snapshot_entries: int
    voters_less: int
    are_all_started: bool
    bounds: dict[str, int | float]

    @classmethod
    def draw(cls, rng: Random, kinds: Sequence[str]) -> Climate:
        """Returns the climate of a seed."""
        weights = {kind: rng.choice((0.0, 0.0, 1.0, 3.0)) for kind in kinds}
        if not any(weights.values()):
            weights = dict.fromkeys(kinds, 1.0)
        latency_s_most = rng.choice((0.003, 0.01, 0.03, 0.1))
        bounds = {
            "BATCH_ENTRIES": rng.choice((1, 2, limits.BATCH_ENTRIES)),
            "WINDOW_MESSAGES_MAX": rng.choice((1, 3, limits.WINDOW_MESSAGES_MAX)),
            "APPLY_ENTRIES_MAX": rng.choice((2, limits.APPLY_ENTRIES_MAX)),
            "CATCH_UP_ENTRIES_MAX": rng.choice((3, limits.CATCH_UP_ENTRIES_MAX)),
            "SNAPSHOT_PIECE_BYTES": rng.choice((500, *[limits.SNAPSHOT_PIECE_BYTES] * 2)),
            "ELECTION_S_MAX": rng.choice((0.45, limits.ELECTION_S_MAX)),
            "LEADER_ALONE_S_MAX": rng.choice((limits.LEADER_ALONE_S_MAX, 3.0)),
        }
        return cls(
            faults_per_s=rng.choice((1.5, 3.0, 5.0)),
            weights=weights,
            latency_s=(latency_s_most * rng.choice((0.1, 0.5)), latency_s_most),
            flush_s=rng.choice(((0.0,), (0.0, 0.002, 0.01), (0.001, 0.02), (0.0, 0.0, 0.1))),
            call_s=rng.choice((0.03, 0.06, 0.1)),
            keys=rng.choice((1, 3, 6)),
            snapshot_entries=rng.choice((6, 12, 25, 25)),
            voters_less=rng.choice((1, 1, 2)),
            are_all_started=rng.random() < 0.75,
            bounds=bounds,
        )

    @contextlib.contextmanager
    def in_force(self) -> Iterator[None]:
        """Sets the bounds, and puts them back."""
        before = {name: getattr(limits, name) for name in self.bounds}
        try:
            for name, value in self.bounds.items():
                setattr(limits, name, value)
            yield
        finally:
            for name, value in before.items():
                setattr(limits, name, value)
