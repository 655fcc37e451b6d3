"""Both engines that carry out commits, on a real file, through the device and the writer."""

import errno
import os
import platform
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trio

from wal import aio, direct, volume
from wal.aio import Aio
from wal.errors import DeviceError
from wal.format import Identity
from wal.memory import aligned
from wal.threads import Threads
from wal.writer import Writer

BLOCK = 4096
SIZE = 16 << 20

Open = Callable[[], direct.DirectDevice]


def offers_aio(path: Path) -> bool:
    """Whether this kernel lets this process use it."""
    event_fd = os.eventfd(0)
    try:
        with path.open("r+b") as file:
            Aio("probe", file.fileno(), event_fd).close()
    except OSError:
        return False
    finally:
        os.close(event_fd)
    return True


@pytest.fixture(params=["aio", "threads"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    path = tmp_path / "v"
    direct.create_volume_file(path, SIZE)
    return lambda: direct.open_device(path, may_use_aio=request.param == "aio")


class Result:
    """What an `on_done` was told."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.is_done = trio.Event()

    def __call__(self, error: BaseException | None) -> None:
        assert not self.is_done.is_set()
        self.error = error
        self.is_done.set()

    async def wait(self) -> BaseException | None:
        with trio.fail_after(10):
            await self.is_done.wait()
        return self.error


def block_of(text: bytes) -> memoryview:
    view = aligned(BLOCK)
    view[: len(text)] = text
    return view


async def test_aio_is_used_where_it_is_to_be_had(tmp_path: Path) -> None:
    """Where the kernel and the filesystem offer it, unless it is not wanted; else threads."""
    path = tmp_path / "v"
    direct.create_volume_file(path, SIZE)
    for may_use_aio in (True, False):
        device = direct.open_device(path, may_use_aio=may_use_aio)
        result = Result()
        device.submit_commit(block_of(b"x"), 0, block_of(b""), 0, result)
        assert await result.wait() is None
        is_aio = may_use_aio and device.is_direct and offers_aio(path)

        assert isinstance(device.engine, Aio if is_aio else Threads)
        device.close()


async def test_without_aio_threads_do_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kernel that refuses (seccomp, aio-max-nr), or an architecture whose calls are unknown."""
    path = tmp_path / "v"
    direct.create_volume_file(path, SIZE)
    monkeypatch.setattr(platform, "machine", lambda: "unknown")
    device = direct.open_device(path)
    result = Result()
    device.submit_commit(block_of(b"x"), 0, block_of(b""), 0, result)

    assert await result.wait() is None
    assert isinstance(device.engine, Threads)
    device.close()


async def test_commits_are_written_and_each_gets_the_fence(opened: Open) -> None:
    """As many at once as may be; every one's memory holds the fence block afterwards."""
    device = opened()
    await device.write(block_of(b"the fence"), 15 * BLOCK)
    for lap in range(5):
        results = [Result() for _ in range(4)]
        fences = [block_of(b"") for _ in results]
        blocks = [block_of(b"%d of lap %d" % (n, lap)) for n in range(4)]
        for number, result in enumerate(results):
            device.submit_commit(blocks[number], number * BLOCK, fences[number], 15 * BLOCK, result)
            assert not result.is_done.is_set()
        for number, result in enumerate(results):
            assert await result.wait() is None
            assert fences[number] == block_of(b"the fence")
            assert await device.read(number * BLOCK, BLOCK) == blocks[number]
    device.close()


async def test_a_short_fence_read_is_an_error_of_that_commit_alone(opened: Open) -> None:
    """A real short read: the fence block would lie behind the end of the file."""
    device = opened()
    bad, good = Result(), Result()
    device.submit_commit(block_of(b"x"), 0, block_of(b""), SIZE, bad)
    error = await bad.wait()
    device.submit_commit(block_of(b"y"), 0, block_of(b""), 0, good)

    assert isinstance(error, DeviceError)
    assert f"short read at {SIZE}: 0 of 4096 bytes; check the device" in str(error)
    assert await good.wait() is None
    device.close()


async def test_a_write_the_kernel_refuses_is_an_error(tmp_path: Path) -> None:
    """A real refusal, of a descriptor that is read-only, is reported and not raised."""
    path = tmp_path / "v"
    direct.create_volume_file(path, SIZE)
    for may_use_aio in (True, False):
        device = direct.open_device(path, read_only=True, may_use_aio=may_use_aio)
        result = Result()
        device.submit_commit(block_of(b"x"), 0, block_of(b""), 0, result)
        error = await result.wait()

        assert isinstance(error, DeviceError)
        assert f"{path}: write of 4096 bytes at 0 failed: Bad file descriptor" in str(error)
        device.close()


async def test_a_closed_device_leaves_nothing_in_the_loop(opened: Open) -> None:
    """Descriptors are used again: the next device of the same run gets the same numbers."""
    for _ in range(3):
        device = opened()
        result = Result()
        device.submit_commit(block_of(b"x"), 0, block_of(b""), 0, result)
        assert await result.wait() is None
        device.close()
        device.close()
        await trio.testing.wait_all_tasks_blocked()
    device = opened()
    device.submit_commit(block_of(b"x"), 0, block_of(b""), 0, Result())
    device.close()  # With a commit under way, before its task took a step.


class Results(struct.Struct):
    """The kernel's results, but for one of them: that of the write, or that of the fence read."""

    def __init__(self, replaced: int, result: int) -> None:
        super().__init__(aio.EVENT.format)
        self._left = replaced
        self._result = result

    def unpack_from(self, buffer: Any, offset: int = 0) -> tuple[int, int, int, int]:
        number, iocb, result, second = super().unpack_from(buffer, offset)
        self._left -= 1
        return number, iocb, self._result if self._left == -1 else result, second


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC, "short"])
@pytest.mark.parametrize("call", ["pwrite", "preadv"])
async def test_failed_commit_names_the_volume_and_acknowledges_nothing(
    opened: Open, monkeypatch: pytest.MonkeyPatch, call: str, fault: int | str
) -> None:
    """EIO, a full disk and a short transfer of a write or a fence read end the writer."""
    device = opened()
    found = await volume.format_volume(device, cluster_id="c", uuid=bytes(16), extent_bytes=1 << 20)
    writer = Writer(
        device,
        superblock=found.superblock,
        slot=1,
        identity=Identity(broker_id=1, writer_epoch=5, incarnation=7),
        arena_bytes=4 << 20,
        need_extents=lambda: None,
    )
    writer.add_extents([0, 1])
    acked: list[int] = []

    def failing(*arguments: object) -> int:
        if isinstance(fault, int):
            raise OSError(fault, os.strerror(fault))
        return 512

    monkeypatch.setattr(os, call, failing)
    result = -fault if isinstance(fault, int) else 512
    monkeypatch.setattr(aio, "EVENT", Results(0 if call == "pwrite" else 1, result))
    writer.append_nowait(1, 0, 0, 0, 0, b"x" * 5000, lambda: acked.append(1))
    writer.submit_nowait()
    with pytest.raises(DeviceError, match=r"/v: .*check the device, then restart"):
        with trio.fail_after(5):
            await writer.run()
    monkeypatch.undo()

    assert acked == []
    with pytest.raises(DeviceError):
        writer.append_nowait(1, 1, 0, 0, 0, b"x", None)
    device.close()
