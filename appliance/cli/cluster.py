"""`penstock cluster`: what the voters say of themselves, and the way out when most are lost."""

import hashlib
import os
import random
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from appliance import cli
from appliance.data_folder import RAFT, DataFolder
from appliance.errors import OperatorError
from appliance.settings import parse_voters, split_address

_ANSWER_S_MAX = 5
_ANSWER_BYTES_MAX = 4 << 20
_COLUMNS = ("node", "leads", "leader", "term", "commit", "applied", "last", "snapshot")
_NAMES = (
    "node_id", "is_leader", "leader", "term", "commit_index", "applied_index", "last_index",
    "snapshot_index",
)  # fmt: skip


def status(addresses: Sequence[str]) -> int:
    """Print one line for each node; return the exit code.

    Raises:
        OperatorError: an address is none.
    """
    rows: list[Sequence[str]] = [("admin", *_COLUMNS)]
    is_whole = True
    leaders: set[int] = set()
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
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    return cli.EXIT_OK if is_whole and -1 not in leaders else cli.EXIT_FAILED


def recover(data: str, *, voters: str, accept_loss: bool) -> int:
    """Show what a voter's folder holds, and make it the only voter if that is accepted.

    Raises:
        OperatorError: the folder or the voters are wrong, in use or damaged.
    """
    import trio

    import raft
    from raft.files import Directory
    from raft.journal import Identity
    from raft.recovery import force_recovery, inspect_survivor

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
    try:
        split_address(address)
    except ValueError as error:
        raise OperatorError(f"{address} is no admin address; it must be {error}") from None
    try:
        # Not through a proxy of the environment: these are our own nodes.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://{address}/metrics", timeout=_ANSWER_S_MAX) as answer:
            text = answer.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace")
    except (urllib.error.URLError, OSError, ValueError):
        return None
    numbers: dict[str, float] = {}
    for line in text.splitlines():
        name, _, value = line.partition(" ")
        if name.startswith("penstock_raft_"):
            try:
                numbers[name] = float(value)
            except ValueError:
                continue  # Of a newer node.
    return numbers
