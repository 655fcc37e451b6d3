"""`penstock start`: settings from everywhere, then the node."""

import os
from collections.abc import Mapping
from pathlib import Path

from appliance.errors import OperatorError
from appliance.settings import Settings, load

CONFIG_BYTES_MAX = 1 << 20


def start(flags: Mapping[str, str | None]) -> int:
    """Run a node until it is told to stop; return the exit code.

    Raises:
        OperatorError: a setting is wrong, or the node's files, volume or ports cannot be used.
    """
    sources: dict[str, str] = {}
    settings = read_settings(flags, sources=sources)
    from appliance import __main__ as process

    return process.start_node(settings, sources) or 0


def read_settings(
    flags: Mapping[str, str | None], *, sources: dict[str, str] | None = None
) -> Settings:
    """Return the settings of flags, environment, file (--config or PENSTOCK_CONFIG) and defaults.

    Args:
        flags: name -> text, None when it was not given.
        sources: see `settings.load`.

    Raises:
        OperatorError: the file cannot be read, or a setting is not legal.
    """
    given = dict(flags)
    path = given.pop("config", None) or os.environ.get("PENSTOCK_CONFIG") or None
    text = None if path is None else _read(path)
    return load(given, os.environ, text, toml_name=path or "", sources=sources)


def _read(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            data = file.read(CONFIG_BYTES_MAX + 1)
        if len(data) > CONFIG_BYTES_MAX:
            raise OperatorError(f"{path} is larger than {CONFIG_BYTES_MAX} bytes: no settings file")
        return data.decode("utf-8")
    except OSError as error:
        raise OperatorError(f"cannot read the settings file {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise OperatorError(f"the settings file {path} is not UTF-8 text") from None
