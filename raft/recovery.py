"""Forced recovery: one node goes on alone after a majority of the voters is lost for ever.

Raft cannot promise anything here. The survivor may lack the newest commands that were acknowledged,
and keeps what it holds even if it was never acknowledged. Never on two survivors, and the lost ones
must not come back together: they would be two clusters with one name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from raft import codec
from raft.bootstrap import read_bootstrap
from raft.configuration import Configuration
from raft.files import Files
from raft.journal import Journal
from raft.journal_format import Identity
from raft.snapshot import Snapshot, SnapshotStore
from raft.states import EntryKind

__all__ = ["Survivor", "force_recovery", "inspect_survivor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survivor:
    """What a directory holds: the more the better the survivor."""

    last_index: int
    last_term: int
    term: int
    configuration: Configuration


async def inspect_survivor(files: Files, *, identity: Identity, voters: Iterable[int]) -> Survivor:
    """Reads what a node that is down holds; changes nothing but a torn tail.

    Args:
        files: of the node.
        identity: of the node.
        voters: as the group was bootstrapped; what the directory says of that counts more.

    Raises:
        JournalCorruptError, SnapshotCorruptError, ForeignDirectoryError, StorageFailedError
    """
    journal, survivor = await _open(files, identity, voters, Random(0))
    journal.close()
    return survivor


async def force_recovery(
    files: Files, *, identity: Identity, voters: Iterable[int], rng: Random
) -> Survivor:
    """Makes the node the only voter; every other member is removed for ever.

    The change is an entry of a new term at the end of its log, durable on return. All that its log
    holds counts as committed from its next start on.

    Args:
        files: of the node, which must be down.
        identity: of the node.
        voters: as the group was bootstrapped; what the directory says of that counts more.
        rng: randomness of file salts.

    Raises:
        JournalCorruptError, SnapshotCorruptError, ForeignDirectoryError, StorageFailedError
    """
    journal, survivor = await _open(files, identity, voters, rng)
    before = survivor.configuration
    others = {*before.voters, *before.observers, *before.removed} - {identity.node_id}
    after = Configuration.of([identity.node_id], removed=others)
    journal.setCurrentTerm(survivor.term + 1, identity.node_id)
    journal.add(
        bytes([EntryKind.MEMBERSHIP]) + after.encode(), survivor.last_index + 1, survivor.term + 1
    )
    await journal.sync()
    journal.close()
    return survivor


async def _open(
    files: Files, identity: Identity, voters: Iterable[int], rng: Random
) -> tuple[Journal, Survivor]:
    journal = Journal(files, identity=identity, rng=rng)
    await journal.open(create=False)
    if not len(journal):
        # It never took part: the first entry is there by definition.
        journal.add(bytes([EntryKind.EMPTY]), 1, 0)
    configuration = Configuration.of(await read_bootstrap(files) or voters)
    for _, snapshot in await SnapshotStore(files, identity=identity).load():
        if isinstance(snapshot, Snapshot):
            if snapshot.own and (dumped := codec.decode(snapshot.own)[0]) is not None:
                configuration = Configuration.load(dumped)
            break
    for entry in journal[:]:
        if entry.command[0] == EntryKind.MEMBERSHIP:
            configuration = Configuration.decode(entry.command[1:])
    last = journal[-1]
    return journal, Survivor(
        last_index=last.index,
        last_term=last.term,
        term=max(journal.getCurrentTerm(), last.term),
        configuration=configuration,
    )
