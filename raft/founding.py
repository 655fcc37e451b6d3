"""When a new group begins: once every first voter knows the disks of all, durably.

Before that nobody votes, leads or takes entries. So whoever promises something is known by its
directory id on the disk of each first voter, and what comes under its name with an empty disk is
refused by all that have theirs. Otherwise a voter could promise and lose its disk before it met
some of the others, and a majority of voters that lost theirs one after another could found a second
group of the same name.

Each voter flushes what it knows and asks the others whether they know the same. Who has heard that
from all of them, or from one who had, takes part from then on, whatever happens to the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from raft import guards
from raft.acquaintance import Acquaintance
from raft.messages import Acquainted, Message

__all__ = ["Founding"]


class Founding:
    """What one first voter knows of the others; pure, its notes are flushed with `acquaintance`.

    Args:
        node_id: of this node.
        voters: the first ones.
        acquaintance: of this node; changes in place.
        is_over: whether this node takes part in any case: it is none of the first voters, is the
            only one, or follows a log that says who votes.

    Attributes:
        is_over: whether this node takes part.
    """

    def __init__(
        self, node_id: int, voters: Sequence[int], acquaintance: Acquaintance, *, is_over: bool
    ) -> None:
        self._node_id = node_id
        self._voters = voters
        self._acquaintance = acquaintance
        self._agreed_on = b""
        self._agreeing = {node_id}
        # Of a list that has grown the rest may be what was agreed on.
        self.is_over = is_over or (
            acquaintance.knows(self.peers) and acquaintance.agreed == self._digest()
        )

    def _digest(self) -> bytes:
        return self._acquaintance.digest(self._voters, node_id=self._node_id)

    @property
    def peers(self) -> list[int]:
        """The other first voters."""
        return [voter for voter in self._voters if voter != self._node_id]

    @property
    def awaited(self) -> tuple[int, ...]:
        """Who has not said yet that it knows the same disks."""
        return () if self.is_over else tuple(sorted({*self._voters} - self._agreeing))

    def statement(self, *, is_asking: bool) -> Acquainted:
        """Returns what the other first voters are told; true once the notes are flushed."""
        return Acquainted(self._digest(), is_asking, self.is_over)

    def take(self, sender: int, message: Acquainted) -> bool:
        """Whether another first voter that says this knows the same disks as this node."""
        digest = self._digest()
        if digest != self._agreed_on:
            self._agreed_on, self._agreeing = digest, {self._node_id}
        if sender not in self.peers or message.digest != digest:
            # It has not met everybody, or was started with other first voters.
            self._agreeing.discard(sender)
            return False
        self._agreeing.update(self._voters if message.is_over else [sender])
        known = {self._node_id, *self._acquaintance.known}
        if guards.may_begin(self._agreeing, known=known, voters=self._voters):
            self.end()
        return True

    def is_heard(self, sender: int, message: Message) -> bool:
        """Whether a member's message counts, while this node takes no part.

        If it is one that was added, and takes part, the group has begun, and its log says which
        disk this is. All other first voters may have been replaced, and nobody be left to say so.
        """
        if isinstance(message, Acquainted):
            return True
        if sender not in self._voters:
            self.end()
        return self.is_over

    def end(self) -> None:
        """This node takes part from now on; noted before it says anything else."""
        self.is_over = True
        digest = self._digest()
        if self._acquaintance.agreed != digest:
            self._acquaintance.note_agreed(digest)
