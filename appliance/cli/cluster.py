"""`penstock cluster status`: what the voters say of themselves, by their metrics."""

import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence

from appliance import cli
from appliance.errors import OperatorError
from appliance.settings import split_address

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
