"""`penstock quotas`: client quotas of a cluster, through any of its voters."""

from collections.abc import Sequence
from typing import Any

import msgspec

from appliance import cli
from appliance.cli.ask import ask_node
from appliance.errors import OperatorError

_DEFAULT = "<default>"


class _Line(msgspec.Struct):
    entity: dict[str, str | None]
    values: dict[str, float]


class Quotas(msgspec.Struct):
    """The quotas of all entities, as a voter tells them."""

    quotas: list[_Line]


class _Altered(msgspec.Struct):
    values: dict[str, float]


def show(*, admin: Sequence[str]) -> int:
    """Print every entity with its quotas; return the exit code.

    Raises:
        OperatorError: nobody answers.
    """
    lines = ask_node(admin, "quotas", {}, Quotas).quotas
    for line in lines:
        print(_line(line.entity, line.values))
    if not lines:
        print("no quotas are set")
    return cli.EXIT_OK


def change(
    *, entity: dict[str, str | None], settings: Sequence[str], removed: Sequence[str],
    admin: Sequence[str],
) -> int:  # fmt: skip
    """Set and remove quotas of one entity; return the exit code.

    Raises:
        OperatorError: the arguments are wrong, or nobody answers.
    """
    wanted: dict[str, float] = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        try:
            wanted[key] = float(text)
        except ValueError:
            equals = ""
        if not equals:
            raise OperatorError(f"{setting} is not KEY=NUMBER, such as producer_byte_rate=1048576")
    chosen = {
        kind: None if name == _DEFAULT else name
        for kind, name in entity.items()
        if name is not None
    }
    if not chosen:
        raise OperatorError("whose quotas? give --client-id, --user or --ip")
    asked = {"entity": chosen, "set": wanted, "delete": list(removed)}
    print(_line(chosen, ask_node(admin, "quotas/alter", asked, _Altered).values))
    return cli.EXIT_OK


def _line(entity: dict[str, Any], values: dict[str, float]) -> str:
    who = " ".join(f"{kind}={_DEFAULT if name is None else name}" for kind, name in entity.items())
    what = " ".join(f"{key}={value:.15g}" for key, value in values.items())
    return f"{who}: {what or 'no quotas'}"
