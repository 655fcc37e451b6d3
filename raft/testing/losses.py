"""Disks that are lost for ever, and the operator who replaces their nodes.

Fault model: a disk comes back empty (wiped), or with a flipped bit in what was durable. Raft
promises nothing once a majority of the voters has lost its disks; so one is only lost as long as
the others are a majority of every configuration that may be in force. None is lost before there
was a leader: a group whose first voters have not all met has promised nothing, and cannot begin
without that disk. Nor are those of all first voters empty: they would begin anew. A wiped node
starts again under its old name and must stay alone: the first voters that have theirs know its
disk, and the log names the disks of later ones. A damaged one must refuse to start, or go on with
what is whole. The operator removes such a node and adds a new one under a new id.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import trio

from raft.configuration import Configuration, Membership
from raft.errors import (
    JournalCorruptError,
    MembershipRefusedError,
    NotLeaderError,
    OutcomeUnknownError,
    SnapshotCorruptError,
)
from raft.snapshot import PREFIX, RECEIVED, SUFFIX_NEW
from raft.states import FIRST_INDEX
from raft.testing.cluster import Cluster, Member
from raft.testing.laws import Violation

__all__ = ["CALL_S", "Losses"]

CALL_S = 2.0
OPERATOR_S_MAX = 4.0
"""Until the operator comes; meanwhile the wiped disk tries to take part."""
RETRY_S = 0.2


class Losses:
    """Which disks are lost, and what is done about it.

    Args:
        cluster: whose disks.
        nursery: where the operator works.
        rng: randomness of the operator.
        has_operator: whether lost nodes are replaced.
        note: is told what happens to the disk of which node.
    """

    def __init__(
        self,
        cluster: Cluster,
        *,
        nursery: trio.Nursery,
        rng: Random,
        has_operator: bool,
        note: Callable[[str, int], None],
    ) -> None:
        self._cluster = cluster
        self._nursery = nursery
        self._rng = rng
        self._has_operator = has_operator
        self._note = note
        self._voters = cluster.voters
        self._attempts: list[tuple[int, ...]] = []
        self._running: list[tuple[int, ...]] = []
        self._flipped: dict[int, str] = {}
        self._replacing: set[int] = set()
        self.wipes = 0
        self.flips = 0
        self.refused = 0
        self.survived = 0
        self.replaced = 0

    @property
    def is_busy(self) -> bool:
        """Whether the operator has not replaced every node that is lost."""
        return bool(self._replacing)

    # Which disk may be lost.

    def candidates(self) -> list[Member]:
        """Returns the voters whose intact disks the group must bear to lose, each alone."""
        return [member for member in self._cluster.members.values() if self._may_lose(member)]

    def _may_lose(self, member: Member) -> bool:
        if not self._cluster.laws.terms_led:
            return False
        if not self._is_good(member.node_id) or member.node_id not in self._voters:
            return False
        configurations = [self._voters, *self._attempts]
        return not self._is_everybody_empty(member.node_id) and all(
            self._is_majority_good(voters, member.node_id) for voters in configurations
        )

    def _is_everybody_empty(self, lost: int) -> bool:
        """Whether without this disk too all first voters are there, and none knows a later one."""
        return all(
            voter in self._cluster.members and (voter == lost or not self._is_good(voter))
            for voter in self._cluster.voters
        )

    def _is_good(self, node_id: int) -> bool:
        member = self._cluster.members.get(node_id)
        return member is not None and not member.is_lost and not member.is_damaged

    def _is_majority_good(self, voters: tuple[int, ...], lost: int | None = None) -> bool:
        good = [voter for voter in voters if voter != lost and self._is_good(voter)]
        return 2 * len(good) > len(voters)

    # How it is lost.

    def wipe(self, member: Member) -> None:
        """Empties the disk of a node that is down."""
        self.wipes += 1
        self._note("wiped", member.node_id)
        self._lose(member)

    def flip(self, member: Member, rng: Random) -> None:
        """Flips a durable bit of a node that is down, in any of its files alike."""
        files = list(member.files.durable_files().items())
        if not files:
            return
        name, durable_bytes = rng.choice(files)
        self.flips += 1
        self._flipped[member.node_id] = name
        self._note(f"bit of {name} flipped", member.node_id)
        position, bit = rng.randrange(durable_bytes), rng.randrange(8)
        self._cluster.flip_bit(member.node_id, name, position, bit)

    def is_refusal(self, member: Member) -> bool:
        """Whether the node did not start because of a flipped bit; its disk is lost then."""
        failure = member.failure
        if not isinstance(failure, JournalCorruptError | SnapshotCorruptError):
            return False
        if member.is_lost:
            return True
        if not member.is_damaged:
            return False
        self.refused += 1
        self._note("refuses its disk", member.node_id)
        self._lose(member)
        return True

    def _lose(self, member: Member) -> None:
        self._cluster.wipe(member.node_id)
        if self._has_operator:
            self._replacing.add(member.node_id)
            self._nursery.start_soon(self._replace, member)

    # What must hold.

    def check(self) -> None:
        """Raises Violation if a wiped disk takes part, or a damaged one as if nothing was."""
        for member in self._cluster.members.values():
            if member.is_started and member.is_damaged:
                member.is_damaged = False
                self.survived += 1
                self._note("goes on", member.node_id)
                # An older snapshot may serve as well, or the whole log.
                name = self._flipped[member.node_id]
                if not name.startswith((PREFIX, RECEIVED)) and not name.endswith(SUFFIX_NEW):
                    raise Violation(f"{member.node_id} goes on with a flipped bit in {name}")
            entries = member.entries
            if member.is_lost and entries and entries[-1].index != FIRST_INDEX:
                raise Violation(f"the wiped disk of {member.node_id} was let into the group")

    # The operator.

    async def change(self, leader: int, node_id: int, membership: Membership) -> bool:
        """Changes a member; returns whether that is certain.

        Nothing is begun that would leave a majority of the voters without their disks.
        """
        node = self._cluster.members[leader].node
        if node is None:
            return False
        status = node.status()
        configuration = Configuration.of(status.voters, status.observers, status.removed)
        voters = configuration.with_member(node_id, membership).voters
        if not self._is_majority_good(voters):
            return False
        self._attempts.append(voters)
        self._running.append(voters)
        try:
            with trio.move_on_after(CALL_S):
                await node.change_member(node_id, membership)
                self._running.remove(voters)
                # One at a time: whatever was attempted before is out of the question now.
                self._voters, self._attempts = voters, list(self._running)
                return True
        except (MembershipRefusedError, NotLeaderError):
            self._attempts.remove(voters)
        except OutcomeUnknownError:
            pass
        self._running.remove(voters)
        return False

    async def _replace(self, lost: Member) -> None:
        """Removes a lost node and adds a new one in its place, in either order."""
        rng = self._rng
        await trio.sleep(rng.uniform(0.0, OPERATOR_S_MAX))
        new = self._cluster.add().node_id
        self._cluster.begin(new)
        steps = [self._add_voter, self._remove]
        nodes = {self._add_voter: new, self._remove: lost.node_id}
        rng.shuffle(steps)
        for step in steps:
            while not await step(nodes[step]):
                await trio.sleep(RETRY_S)
        await self._cluster.retire(lost.node_id)
        self._replacing.remove(lost.node_id)
        self.replaced += 1
        self._note(f"replaced by {new}", lost.node_id)

    async def _add_voter(self, node_id: int) -> bool:
        for leader in self._cluster.leaders[:1]:
            node = self._cluster.members[leader].node
            assert node is not None
            status = node.status()
            if node_id in (*status.voters, *status.removed):
                return True
            is_observer = node_id in status.observers
            kind = Membership.VOTER if is_observer else Membership.OBSERVER
            return await self.change(leader, node_id, kind) and is_observer
        return False

    async def _remove(self, node_id: int) -> bool:
        for leader in self._cluster.leaders[:1]:
            node = self._cluster.members[leader].node
            assert node is not None
            status = node.status()
            if node_id in status.removed:
                # In force, after an unknown outcome; for ever once it is committed.
                return status.commit_index == status.last_index
            return await self.change(leader, node_id, Membership.REMOVED)
        return False
