"""The voters a group began with, as this node's directory knows them.

Until its first change of the membership a group has them from nothing but the settings of its
nodes. A node that is started with others later would take part in another group of the same name,
and might be its majority: two leaders, and commands acknowledged by both. So the first ones are
noted before the node takes part, and others are refused. Once the log says who votes, the settings
no longer count.

**Layout** of the file `bootstrap`: a strict CBOR array `[1, [node id, ...]]`, then the CRC-32C of
it (u32, little-endian). Replaced as a whole: written as `bootstrap.new`, flushed, renamed,
directory flushed. Valid if and only if the CRC and every type fit. A node without links writes
none: a directory that took part and knows no peers, either (`acquaintance`), began alone. One of
older software has none, and notes the voters of its next start.
"""

from __future__ import annotations

from typing import Any

from raft import acquaintance, codec
from raft.checked_file import checked_body, replace_checked
from raft.configuration import Configuration, listed
from raft.errors import CodecError, ForeignDirectoryError, JournalCorruptError
from raft.files import Files
from raft.journal import Journal
from raft.members import Own, is_membership
from raft.states import FIRST_INDEX

__all__ = ["has_taken_part", "is_known_by_log", "read_bootstrap", "settle_bootstrap"]

FILE = "bootstrap"
FILE_BYTES_MAX = 1 << 16
VERSION = 1


async def settle_bootstrap(
    files: Files,
    given: Configuration,
    *,
    node_id: int,
    journal: Journal,
    own: Own,
    has_peers: bool,
) -> Configuration:
    """Returns the members that the group began with; notes them if nobody has.

    Args:
        files: of the node.
        given: the members it is started with.
        node_id: of the node.
        journal: opened.
        own: of its snapshot.
        has_peers: False notes nothing: alone it has nobody to disagree with.

    Raises:
        ForeignDirectoryError: it began with other voters, and the log does not say who votes now.
        JournalCorruptError, StorageFailedError
    """
    noted = await read_bootstrap(files)
    voters = noted if has_taken_part(journal) else given.voters
    if voters is None:
        was_alone = acquaintance.FILE not in files.list_names()
        voters = (node_id,) if was_alone else given.voters
    if voters != given.voters and not is_known_by_log(journal, own):
        raise ForeignDirectoryError(
            files.path(FILE),
            0,
            f"its group began with the voters {listed(voters)}, not {listed(given.voters)}",
            "Start it with those: voters are added and removed while the group runs",
        )
    if has_peers and voters != noted:
        await replace_checked(files, FILE, codec.encode([VERSION, list(voters)]))
    observers = [node for node in given.observers if node not in voters]
    return Configuration.of(voters, observers)


def has_taken_part(journal: Journal) -> bool:
    """Whether the node has voted, or has an entry."""
    return journal.getCurrentTerm() > 0 or (len(journal) > 0 and journal[-1].index > FIRST_INDEX)


def is_known_by_log(journal: Journal, own: Own) -> bool:
    """Whether the log, or the snapshot before it, says who votes."""
    return own.configuration is not None or any(map(is_membership, journal[:]))


async def read_bootstrap(files: Files) -> tuple[int, ...] | None:
    """Returns the voters, sorted, that were noted; None: none were.

    Raises:
        JournalCorruptError, StorageFailedError
    """
    data = await files.read(FILE, bytes_max=FILE_BYTES_MAX)
    if data is None:
        return None
    try:
        value: Any = codec.decode(checked_body(data))
        if type(value) is not list or len(value) != 2 or value[0] != VERSION:
            raise CodecError("not the first voters")
        return Configuration.load([value[1], [], []]).voters
    except CodecError as error:
        remedy = "Restore it from a backup, or remove this node and add it under a new id"
        raise JournalCorruptError(files.path(FILE), 0, str(error), remedy) from error
