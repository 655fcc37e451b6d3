"""Questions to the admin listener of a node."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any

from appliance.errors import OperatorError
from appliance.settings import split_address

_READ_S_MAX = 5
_CHANGE_S_MAX = 30
_ANSWER_BYTES_MAX = 4 << 20


def get_text(address: str, path: str) -> str | None:
    """Return a page, or None: the node does not answer, or has none.

    Raises:
        OperatorError: the address is none.
    """
    try:
        with _open(_request(address, path), _READ_S_MAX) as answer:
            return answer.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace")
    except (urllib.error.URLError, OSError, ValueError):
        return None


def ask_json(address: str, path: str) -> dict[str, Any] | None:
    """Return a page that is a JSON object, or None: there is none.

    Raises:
        OperatorError: the address is none.
    """
    return _object(get_text(address, path) or "")


def ask_node(addresses: Sequence[str], name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer of the first node that has one; it must be asked from its own machine.

    Raises:
        OperatorError: nobody answers, or the answer is that it cannot be done.
    """
    reason = ""
    for address in addresses:
        request = _request(address, f"/v1/{name}")
        request.data = json.dumps(fields).encode()
        request.add_header("content-type", "application/json")
        try:
            with _open(request, _CHANGE_S_MAX) as answer:
                found = _object(answer.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace"))
            if found is not None:
                return found
            reason = f"{address} is no voter of this version"
        except urllib.error.HTTPError as error:
            text = error.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace")
            reason = (_object(text) or {}).get("error", "") or _explained(address, error.code, text)
            break
        except (urllib.error.URLError, OSError) as error:
            cause = getattr(error, "reason", error)
            reason = f"{address} does not answer ({cause}): give the --admin of a voter that runs"
    raise OperatorError(reason)


def _explained(address: str, status: int, text: str) -> str:
    if status in (404, 405):
        return f"{address} is the only voter of its cluster, or none: give the --admin of a voter"
    return f"{address} refused: {text.strip()[:200]}"


def _request(address: str, path: str) -> urllib.request.Request:
    try:
        split_address(address)
    except ValueError as error:
        raise OperatorError(f"{address} is no admin address; it must be {error}") from None
    return urllib.request.Request(f"http://{address}{path}")


def _open(request: urllib.request.Request, timeout_s: float) -> Any:
    # Not through a proxy of the environment: these are our own nodes.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return opener.open(request, timeout=timeout_s)


def _object(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
