"""`penstock volume ...`: format takes the volume for itself; info and dump read beside a node."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import trio

from appliance.errors import OperatorError
from appliance.settings import Settings, parse_cluster_id, parse_size
from wal import direct, errors, volume
from wal.device import BlockDevice


def format_(
    path: str, *, cluster_id: str, extent_size: str | None, volume_size: str | None, force: bool
) -> None:
    """Format a file, which is made when missing, or a block device.

    Raises:
        OperatorError: it cannot be opened, is in use, or holds something.
    """
    try:
        cluster_id = parse_cluster_id(cluster_id)
    except ValueError as error:
        raise OperatorError(f"--cluster-id must be {error}") from None
    extent_bytes = _size("--extent-size", extent_size)
    size_bytes = _size("--volume-size", volume_size)
    exists = os.path.exists(path)  # Unlike `Path.exists` it raises nothing.
    if exists and size_bytes is not None:
        raise OperatorError(
            f"{path} exists and keeps its size: leave --volume-size out, or give another path"
        )

    async def work(device: BlockDevice) -> None:
        opened = await volume.format_volume(
            device,
            cluster_id=cluster_id,
            uuid=os.urandom(16),
            extent_bytes=extent_bytes,
            force=force,
        )
        superblock = opened.superblock
        click.echo(
            f"{path}: volume {superblock.volume_uuid.hex()} of cluster {superblock.cluster_id},"
            f" {superblock.extent_count} extents of {superblock.extent_bytes} bytes"
        )

    if not exists:
        with _operator_errors(), _progress("reserving") as on_progress:
            direct.create_volume_file(
                path, size_bytes or Settings().volume_size, on_progress=on_progress
            )
    try:
        _with_device(path, work, read_only=False)
    except OperatorError:
        if not exists:
            Path(path).unlink(missing_ok=True)
        raise


def info(path: str) -> None:
    """Print the superblock, fences and use of a volume.

    Raises:
        OperatorError: it cannot be opened or is no volume.
    """

    async def work(device: BlockDevice) -> None:
        with _progress("reading extents") as on_progress:
            found = await volume.info(device, on_progress=on_progress)
        superblock = found.superblock
        lines = {
            "volume": superblock.volume_uuid.hex(),
            "cluster": superblock.cluster_id,
            "bytes": superblock.size_bytes,
            "extent bytes": superblock.extent_bytes,
            "extents": f"{superblock.extent_count}, {len(found.extents)} written to so far",
            "writer slots": superblock.slot_count,
        }
        for name, value in lines.items():
            click.echo(f"{name:14}{value}")
        for fence in found.fences:
            click.echo(f"{'fence':14}{fence}")

    _with_device(path, work, read_only=True)


def dump(path: str) -> None:
    """Print the extents that have a header and the frames in each; headers only are checked.

    Raises:
        OperatorError: it cannot be opened or is no volume.
    """

    async def work(device: BlockDevice) -> None:
        with _progress("reading extents") as on_progress:
            found = await volume.info(device, on_progress=on_progress)
        if not found.extents:
            click.echo("no extent has been written to")
        for index, _ in found.extents:
            extent = await volume.dump(device, found.superblock, index=index)
            if extent is None:
                continue  # A node that runs beside us has just taken it.
            header = extent.header
            owner = header.identity
            click.echo(
                f"extent {index} broker={owner.broker_id} writer_epoch={owner.writer_epoch}"
                f" incarnation={owner.incarnation:016x} chain_sequence={header.chain_sequence}"
                f" first_lsn={header.first_lsn} frames={len(extent.frames)}"
            )
            for offset, size, entries, durable_lsn in extent.frames:
                click.echo(
                    f"  frame at={offset} bytes={size} entries={entries} durable_lsn={durable_lsn}"
                )

    _with_device(path, work, read_only=True)


@contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield what draws a bar of (done, all) on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield show


@contextmanager
def _operator_errors() -> Iterator[None]:
    """Turn the WAL's errors about a volume into the operator's.

    Raises:
        OperatorError: in place of a WalError.
    """
    try:
        yield
    except errors.WalError as error:
        raise OperatorError(str(error)) from None


def _with_device(
    path: str, work: Callable[[BlockDevice], Awaitable[None]], *, read_only: bool
) -> None:
    """Open the device, await `work` with it, close it.

    Raises:
        OperatorError: of any kind of trouble with the volume.
    """

    async def run() -> None:
        device = direct.open_device(path, read_only=read_only, exclusive=not read_only)
        try:
            await work(device)
        finally:
            device.close()

    with _operator_errors():
        trio.run(run)


def _size(flag: str, text: str | None) -> int | None:
    try:
        return None if text is None else parse_size(text)
    except ValueError as error:
        raise OperatorError(f"{flag} is {text!r}; it must be {error}") from None
