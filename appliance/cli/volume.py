"""`penstock volume ...`: opens the device for itself, so a running node makes it fail at once."""

import os
import stat
from collections.abc import Awaitable, Callable
from typing import Any

import click
import trio

from appliance.errors import OperatorError
from appliance.settings import parse_size
from wal import direct, errors, format as layout, volume
from wal.limits import BLOCK_BYTES

_FILE_BYTES = 2 << 30
_EXTENT_BYTES = 64 << 20


def format_(
    path: str, *, cluster_id: str, extent_size: str | None, volume_size: str | None, force: bool
) -> None:
    """Format a file or device.

    Raises:
        OperatorError: it cannot be opened, is in use, or holds something.
    """
    is_device = _is_block_device(path)
    extent_bytes = _size("--extent-size", extent_size) or _EXTENT_BYTES
    wanted = _size("--volume-size", volume_size)

    async def work(device: Any) -> None:
        size_bytes = wanted or (device.size_bytes if is_device else _FILE_BYTES)
        opened = await volume.format_volume(
            device,
            cluster_id=cluster_id,
            uuid=os.urandom(16),
            size_bytes=size_bytes,
            extent_bytes=extent_bytes,
            force=force,
        )
        superblock = opened.superblock
        click.echo(
            f"{path}: volume {superblock.volume_uuid.hex()} of cluster {superblock.cluster_id},"
            f" {superblock.extent_count} extents of {superblock.extent_bytes} bytes"
        )

    _with_device(path, work, create=not is_device)


def info(path: str) -> None:
    """Print the superblock and fences of a volume.

    Raises:
        OperatorError: it cannot be opened, is in use, or is no volume.
    """

    async def work(device: Any) -> None:
        for name, value in (await volume.describe(device)).items():
            click.echo(f"{name:14} {value}")

    _with_device(path, work, create=False)


def dump(path: str) -> None:
    """Print the headers of all extents that have one.

    Raises:
        OperatorError: it cannot be opened, is in use, or is no volume.
    """

    async def work(device: Any) -> None:
        superblock = (await volume.open_volume(device, cluster_id=None)).superblock
        for index in range(superblock.extent_count):
            position = superblock.extent_position(index)
            if position + BLOCK_BYTES > device.size_bytes:
                break  # A file grows as it is used; nothing lies behind its end.
            header = layout.decode_extent_header(await device.read(position, BLOCK_BYTES))
            if header is not None:
                click.echo(f"extent {index} at {position}: {header}")

    _with_device(path, work, create=False)


def _with_device(path: str, work: Callable[[Any], Awaitable[None]], *, create: bool) -> None:
    """Open the device, run its completions beside `work`, close it; errors become the operator's.

    Raises:
        OperatorError: of any kind of trouble with the volume.
    """

    async def run() -> None:
        device = direct.open_device(path, create=create)
        try:
            async with trio.open_nursery() as nursery:
                await nursery.start(device.run)
                await work(device)
                nursery.cancel_scope.cancel()
        finally:
            device.close()

    try:
        trio.run(run, strict_exception_groups=True)
    except* errors.WalError as group:
        first: BaseException = group
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise OperatorError(str(first)) from None


def _size(flag: str, text: str | None) -> int | None:
    try:
        return None if text is None else parse_size(text)
    except ValueError as error:
        raise OperatorError(f"{flag} is {text!r}; it must be {error}") from None


def _is_block_device(path: str) -> bool:
    try:
        return stat.S_ISBLK(os.stat(path).st_mode)
    except OSError:
        return False
