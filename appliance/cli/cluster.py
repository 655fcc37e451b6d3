"""`penstock cluster`: the voters, how to change them, and the way out when most are lost."""

import hashlib
import math
import os
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from appliance import cli
from appliance.cli.ask import ask_json, ask_node, get_text
from appliance.data_folder import RAFT, DataFolder
from appliance.errors import OperatorError
from appliance.settings import parse_voters

_COLUMNS = ("node", "leads", "leader", "term", "commit", "applied", "last", "snapshot")
_NAMES = (
    "node_id", "is_leader", "leader", "term", "commit_index", "applied_index", "last_index",
    "snapshot_index",
)  # fmt: skip


class _Done(msgspec.Struct):
    """What a node says that has changed something."""

    text: str


class _Members(msgspec.Struct):
    """What a node says of who belongs to its cluster."""

    voters: list[int] = []
    observers: list[int] = []
    removed: list[int] = []
    addresses: dict[str, str] = {}
    without_disk: list[int] = []
    voters_awaited: list[int] = []
    told_removed: dict[str, int] = {}


def status(addresses: Sequence[str]) -> int:
    """Print one line for each node; return the exit code.

    Raises:
        OperatorError: an address is none.
    """
    rows: list[Sequence[str]] = [("admin", *_COLUMNS)]
    is_whole = True
    leaders: set[int] = set()
    members: _Members | None = None
    lost: dict[int, _Members] = {}
    for address in addresses:
        numbers = _ask(address)
        if numbers is None:
            is_whole = False
            rows.append((address, "no answer", *[""] * (len(_COLUMNS) - 1)))
            continue
        values = [int(numbers.get(f"penstock_raft_{name}", -1)) for name in _NAMES]
        leaders.add(values[2])
        shown = [str(value) for value in values]
        shown[1] = "yes" if values[1] == 1 else ""
        shown[2] = "none" if values[2] < 0 else shown[2]
        rows.append((address, *shown))
        if values[1] == 1 or members is None:
            members = ask_json(address, "/v1/cluster", _Members) or members
        if values[2] < 0:
            lost[values[0]] = ask_json(address, "/v1/cluster", _Members) or _Members()
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    for line in (*_members(members or _Members()), *_awaited(lost), *_told_removed(lost)):
        print(line)
    return cli.EXIT_OK if is_whole and -1 not in leaders else cli.EXIT_FAILED


def _members(members: _Members) -> list[str]:
    """Return what the leader (or whoever answers) says of who belongs to the cluster."""
    lines: list[str] = []
    addresses = members.addresses
    for kind, nodes in (
        ("voters", members.voters),
        ("observers", members.observers),
        ("removed", members.removed),
    ):
        if nodes:
            shown = [
                f"{node}@{addresses[str(node)]}"
                if str(node) in addresses and kind != "removed"
                else str(node)
                for node in nodes
            ]
            lines.append(f"{kind + ':':11}{', '.join(shown)}")
    return [*lines, *(_without_disk(node, members) for node in members.without_disk)]


def _without_disk(node: int, members: _Members) -> str:
    """Return what to do about a node that has lost its disk."""
    if members.voters_awaited:
        # Nobody leads here who could remove it.
        return (
            f"node {node} came with another data folder than before and is refused: give it that"
            " one, or, if no node was ever ready, start all of them with empty ones"
        )
    return (
        f"node {node} came back without its disk and is refused: `penstock cluster remove {node}`,"
        " then add it under an id that was never used"
    )


def _awaited(lost: Mapping[int, _Members]) -> list[str]:
    """Return whom nodes of a new cluster have not met."""
    return [
        f"node {node} waits for {', '.join(map(str, answer.voters_awaited))}: a new cluster begins"
        " when all of controller.quorum.voters have met, started with the same list"
        for node, answer in lost.items()
        if answer.voters_awaited
    ]


def _told_removed(lost: Mapping[int, _Members]) -> list[str]:
    """Return what nodes without a leader were told by others."""
    return [
        f"node {node} was removed, says node {', '.join(answer.told_removed)}: stop it"
        for node, answer in lost.items()
        if answer.told_removed
    ]


def add(member: str, *, admin: Sequence[str]) -> int:
    """Make a running node a voter; return the exit code.

    Raises:
        OperatorError: the arguments are wrong, or it cannot be done; the text says why.
    """
    node, at, address = member.partition("@")
    if not at or not _is_id(node):
        raise OperatorError(f"{member} is not ID@HOST:PORT, such as 4@10.0.0.4:9093")
    return _change(admin, "cluster/add", {"node": int(node), "address": address})


def remove(node: str, *, admin: Sequence[str]) -> int:
    """Take a node out for ever; return the exit code.

    Raises:
        OperatorError: the arguments are wrong, or it cannot be done; the text says why.
    """
    return _change(admin, "cluster/remove", {"node": _node_id(node)})


def transfer_leader(node: str | None, *, admin: Sequence[str]) -> int:
    """Let another voter lead; return the exit code.

    Raises:
        OperatorError: the arguments are wrong, or it cannot be done; the text says why.
    """
    fields = {} if node is None else {"node": _node_id(node)}
    return _change(admin, "cluster/transfer-leader", fields)


def _change(admin: Sequence[str], name: str, fields: Mapping[str, Any]) -> int:
    print(ask_node(admin, name, fields, _Done).text)
    return cli.EXIT_OK


def _node_id(text: str) -> int:
    if not _is_id(text):
        raise OperatorError(f"{text} is no node id: `penstock cluster status` shows them")
    return int(text)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10


def recover(data: str, *, voters: str, accept_loss: bool) -> int:
    """Show what a voter's folder holds, and make it the only voter if that is accepted.

    Raises:
        OperatorError: the folder or the voters are wrong, in use or damaged.
    """
    import trio

    import raft
    from raft.files import Directory
    from raft.journal_format import Identity
    from raft.recovery import force_recovery, inspect_survivor
    from raft.removal import read_removal

    try:
        ids = sorted(parse_voters(voters))
    except ValueError as error:
        raise OperatorError(f"--controller-quorum-voters must be {error}") from None
    if not (Path(data) / RAFT).is_dir():
        raise OperatorError(f"{data} holds no metadata: give the data folder of a voter")
    folder = DataFolder(data)
    try:
        cluster_id, node = folder.identity()
        node_id = int(node)
        files = Directory(str(folder.path / RAFT))
        identity = Identity(
            cluster_id=hashlib.sha256(cluster_id.encode()).digest()[:16], node_id=node_id
        )

        async def run() -> None:
            found = await inspect_survivor(files, identity=identity, voters=ids)
            members = found.configuration
            print(f"node {node_id} of cluster {cluster_id}, {len(members.voters)} voters")
            print(f"last entry: index {found.last_index}, term {found.last_term}")
            for peer, index in (await read_removal(files)).items():
                print(
                    f"node {peer} told it that it was removed, as of log index {index}: if that is"
                    " so, the cluster lives, and this would make a second one of the same name"
                )
            if accept_loss:
                rng = random.Random(os.urandom(16))
                await force_recovery(files, identity=identity, voters=ids, rng=rng)

        try:
            trio.run(run)
        finally:
            files.close()
    except raft.RaftError as error:
        raise OperatorError(str(error)) from None
    finally:
        folder.close()
    if not accept_loss:
        print("commands acknowledged after that entry would be lost for ever.")
        print("nothing was changed; --accept-loss makes this node the only voter.")
        return cli.EXIT_FAILED
    print(f"node {node_id} is the only voter; the others are removed for ever under their ids.")
    return cli.EXIT_OK


def _ask(address: str) -> Mapping[str, float] | None:
    """Return the plain numbers of a node's metrics, or None: it does not answer."""
    text = get_text(address, "/metrics")
    if text is None:
        return None
    numbers: dict[str, float] = {}
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if name.startswith("penstock_raft_"):
            try:
                number = float(value)
            except ValueError:
                continue  # Of a newer node.
            if math.isfinite(number):
                numbers[name] = number
    return numbers
