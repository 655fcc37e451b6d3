"""A node's state from its files, at the start; from a snapshot, later."""

from __future__ import annotations

from dataclasses import dataclass

import trio

from raft.errors import (
    CodecError,
    JournalCorruptError,
    SnapshotCorruptError,
    StateMachineFailedError,
)
from raft.files import Files
from raft.journal import Journal
from raft.journal_format import FILE as JOURNAL_FILE
from raft.members import Own, load_own
from raft.sessions import Sessions
from raft.snapshot import Snapshot, SnapshotStore
from raft.state_machine import StateMachine
from raft.states import FIRST_INDEX

__all__ = ["Opened", "own_of", "restore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a node begins with; the log goes on behind `applied_index`.

    `snapshot_index` and `snapshot_bytes` are 0 where there is no snapshot.
    """

    applied_index: int
    own: Own
    snapshot_index: int = 0
    snapshot_bytes: int = 0


async def restore(
    files: Files,
    *,
    journal: Journal,
    store: SnapshotStore,
    state_machine: StateMachine,
    create: bool,
) -> Opened:
    """Opens the files and restores the newest usable snapshot.

    Args:
        files: the directory of both.
        journal, store: not opened yet.
        state_machine: in its initial state.
        create: whether an empty directory is a new node.

    Raises:
        JournalCorruptError, SnapshotCorruptError, ForeignDirectoryError, NewerFormatError:
            nothing was changed.
        StorageFailedError, StateMachineFailedError
    """
    snapshots = await store.load()
    await journal.open(create=create and not snapshots)
    received = await store.load_received()
    if received is not None and _find(journal, received) is not None:
        # It ended after the journal had been replaced.
        await store.adopt(received)
        snapshots.insert(0, (received.last.index, received))
        snapshots.sort(key=lambda item: item[0], reverse=True)
    await store.remove_received()
    for index, snapshot in snapshots:
        # A snapshot holds committed entries, which are in the journal. One that ends before
        # them has lost its tail, and with it perhaps later commands.
        if not len(journal) or journal[-1].index < index:
            raise _error(files, f"the log ends before the snapshot at index {index}")
        if isinstance(snapshot, SnapshotCorruptError):
            # Its predecessor, or the whole log, serves as well if the journal was not cut yet.
            continue
        position = _find(journal, snapshot)
        if position is None:
            break
        journal.trim_to(position)
        own = await own_of(snapshot)
        try:
            for _ in state_machine.restore(snapshot.take_pieces()):
                await trio.lowlevel.checkpoint()
        except Exception as error:  # A newer software's state, or a bug: not to be used.
            raise StateMachineFailedError(index, error) from error
        return Opened(
            applied_index=index,
            own=own,
            snapshot_index=index,
            snapshot_bytes=snapshot.state_bytes,
        )
    _check_without_snapshot(files, journal, snapshots)
    return Opened(applied_index=FIRST_INDEX, own=Own(configuration=None, sessions=Sessions()))


def _check_without_snapshot(
    files: Files,
    journal: Journal,
    snapshots: list[tuple[int, Snapshot | SnapshotCorruptError]],
) -> None:
    """Raises unless the log alone is the whole state."""
    if len(journal) and journal[0].index != FIRST_INDEX:
        for _, snapshot in snapshots:
            if isinstance(snapshot, SnapshotCorruptError):
                raise snapshot
        raise _error(files, "the log starts late and no snapshot joins on to it")
    if any(isinstance(snapshot, Snapshot) for _, snapshot in snapshots):
        raise _error(files, "the log and a snapshot differ")


def _find(journal: Journal, snapshot: Snapshot) -> int | None:
    """Returns the position of the snapshot's previous entry in the log, or None."""
    if not len(journal):
        return None
    position = snapshot.previous.index - journal[0].index
    if position < 0 or journal[position : position + 2] != [snapshot.previous, snapshot.last]:
        return None
    return position


def _error(files: Files, reason: str) -> JournalCorruptError:
    return JournalCorruptError(
        files.path(JOURNAL_FILE), 0, reason, "Replace this node's directory by a backup"
    )


async def own_of(snapshot: Snapshot) -> Own:
    """Returns what a snapshot remembers of the group; others have their turn meanwhile.

    Raises:
        StateMachineFailedError: a newer software's.
    """
    own: Own | None = None
    try:
        for step in load_own(snapshot.own):
            own = step
            await trio.lowlevel.checkpoint()
    except CodecError as error:
        raise StateMachineFailedError(snapshot.last.index, error) from error
    assert own is not None
    return own
