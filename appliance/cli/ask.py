"""Questions to the admin listener of a node."""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from appliance.errors import OperatorError
from appliance.settings import split_address

_READ_S_MAX = 5
_CHANGE_S_MAX = 30
_ANSWER_BYTES_MAX = 4 << 20
_T = TypeVar("_T")

_NO_HTTP = (OSError, http.client.HTTPException)
"""Nobody answers (urllib's errors are OSErrors), or what does is another protocol's, or cut off."""


class _Refusal(msgspec.Struct):
    error: str = ""


def get_text(address: str, path: str) -> str | None:
    """Return a page, or None: the node does not answer, or has none.

    Raises:
        OperatorError: the address is none.
    """
    try:
        with _open(_request(address, path), _READ_S_MAX) as answer:
            return answer.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace")
    except (*_NO_HTTP, ValueError):
        return None


def ask_json(address: str, path: str, kind: type[_T]) -> _T | None:
    """Return a page that is JSON of a kind, or None: there is none.

    Raises:
        OperatorError: the address is none.
    """
    return _decoded(get_text(address, path) or "", kind)


def ask_node(addresses: Sequence[str], name: str, fields: Mapping[str, Any], kind: type[_T]) -> _T:
    """Return the answer of the first node that has one; it must be asked from its own machine.

    Args:
        addresses: of admin listeners.
        name: of the question.
        fields: of the question.
        kind: of the answer.

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
                found = _decoded(answer.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace"), kind)
            if found is not None:
                return found
            reason = f"{address} is no voter of this version: give the --admin of one"
        except urllib.error.HTTPError as error:
            reason = _refusal(address, error)
            break
        except http.client.HTTPException:
            reason = f"{address} is no voter, or ended within its answer: give the --admin of one"
        except (OSError, UnicodeError) as error:  # UnicodeError: a label of a name is too long
            cause = getattr(error, "reason", error)
            reason = f"{address} does not answer ({cause}): give the --admin of a voter that runs"
    raise OperatorError(reason)


def _refusal(address: str, error: urllib.error.HTTPError) -> str:
    """Return why a node refused, in its words if it has some."""
    status = error.code
    try:
        text = error.read(_ANSWER_BYTES_MAX).decode("utf-8", "replace")
    except _NO_HTTP:
        text = ""
    refusal = _decoded(text, _Refusal)
    if refusal is not None and refusal.error:
        return refusal.error
    if status in (404, 405):
        return f"{address} is the only voter of its cluster, or none: give the --admin of a voter"
    return f"{address} refused: {text.strip()[:200] or f'HTTP status {status}'}"


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


def _decoded(text: str, kind: type[_T]) -> _T | None:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, RecursionError):
        return None
