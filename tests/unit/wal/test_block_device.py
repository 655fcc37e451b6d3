"""The real adapter on a real block device: a loop device over a file, with both sector sizes."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import trio

from wal import direct, recovery, volume
from wal.errors import NotAVolumeError, VolumeInUseError, VolumeShrunkError
from wal.writer import Identity, Writer

pytestmark = pytest.mark.device

SIZE = 16 << 20
EXTENT = 1 << 20
IDENTITY = Identity(broker_id=1, writer_epoch=2, incarnation=3)

# Owns the loop device: frees it when the test ends, or when the test's process is killed and its
# end of the pipe closes. Not in the test's process group, so that a signal there spares it.
_KEEPER = """
import subprocess, sys
name = subprocess.run(
    ["losetup", "--find", "--show", "--sector-size", sys.argv[2], sys.argv[1]],
    check=True, capture_output=True, text=True,
).stdout.strip()
try:
    print(name, flush=True)
    sys.stdin.read()
finally:
    subprocess.run(["losetup", "--detach", name], check=True)
"""


class Loop:
    """A loop device over a file, owned by a process of its own."""

    def __init__(self, file: Path, sector_bytes: int) -> None:
        self._keeper = subprocess.Popen(
            [sys.executable, "-c", _KEEPER, str(file), str(sector_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert self._keeper.stdout is not None
        self.name = self._keeper.stdout.readline().strip()

    def close(self) -> None:
        self._keeper.communicate()


def is_possible() -> bool:
    """Whether this user may make loop devices here."""
    return (
        os.geteuid() == 0
        and shutil.which("losetup") is not None
        and os.access("/dev/loop-control", os.W_OK)
    )


needs_loop = pytest.mark.skipif(not is_possible(), reason="loop devices need root and losetup")


@pytest.fixture(params=[512, 4096])
def loop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "disk"
    with file.open("wb") as disk:
        disk.truncate(SIZE)
    made = Loop(file, request.param)
    try:
        assert made.name.startswith("/dev/loop")
        assert sector_bytes(made.name) == request.param
        yield made.name
    finally:
        made.close()


def sector_bytes(name: str) -> int:
    text = Path(f"/sys/block/{Path(name).name}/queue/logical_block_size").read_text("ascii")
    return int(text)


@needs_loop
async def test_block_device_holds_a_log(loop: str) -> None:
    """Format, write, scan on a raw device, whatever its sectors; another open is not refused."""
    device = direct.open_device(loop)
    assert device.is_direct and not device.is_file
    assert device.size_bytes == SIZE
    opened = await volume.open_or_format(device, cluster_id="c", uuid=bytes(16))
    writer = Writer(
        device,
        superblock=opened.superblock,
        slot=1,
        identity=IDENTITY,
        arena_bytes=4 << 20,
        need_extents=lambda: None,
    )
    writer.add_extents(range(14))
    batches = [bytes([n]) * (n * 40_000 + 1) for n in range(20)]
    acked: list[int] = []
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        for number, data in enumerate(batches):
            while not writer.room_for(len(data)):
                await writer.wait_room()
            writer.append_nowait(1, number, 0, 0, 0, data, lambda n=number: acked.append(n))
            writer.submit_nowait()
        with trio.fail_after(30):
            while writer.durable_lsn < writer.end_lsn:
                await writer.wait_room()
        nursery.cancel_scope.cancel()
    device.close()
    device = direct.open_device(loop)
    got: list[bytes] = []
    await recovery.scan(
        device,
        (await volume.open_volume(device, cluster_id="c")).superblock,
        chain=[(n, n) for n in range(14)],
        identity=IDENTITY,
        visit=lambda _, entry, view: got.append(bytes(view)),
    )
    device.close()

    assert acked == list(range(20))
    assert got == batches


@needs_loop
@pytest.mark.parametrize("command", [["mkfs.ext4", "-q", "-F"], ["mkswap"]], ids=["ext4", "swap"])
async def test_block_device_with_something_on_it_is_refused(loop: str, command: list[str]) -> None:
    """A filesystem or a swap area is never written over."""
    subprocess.run([*command, loop], check=True, capture_output=True)
    before = Path(loop).read_bytes()
    device = direct.open_device(loop)
    try:
        with pytest.raises(NotAVolumeError, match=f"{loop} holds something"):
            await volume.open_or_format(device, cluster_id="c", uuid=bytes(16))
        with pytest.raises(NotAVolumeError, match=f"{loop} holds no volume"):
            await volume.open_volume(device, cluster_id="c")
    finally:
        device.close()
    assert Path(loop).read_bytes() == before


@needs_loop
def test_block_device_in_use_is_not_opened_for_formatting(loop: str) -> None:
    """What is mounted (here: claimed as a mount does) stays as it is, also with force."""
    claimed = os.open(loop, os.O_RDONLY | os.O_EXCL)
    try:
        with pytest.raises(VolumeInUseError, match=f"{loop} is in use"):
            direct.open_device(loop, exclusive=True)
    finally:
        os.close(claimed)
    direct.open_device(loop, exclusive=True).close()


@needs_loop
async def test_block_device_that_shrank_is_refused(tmp_path: Path) -> None:
    """A device that comes back smaller is told by its name and both sizes."""
    file = tmp_path / "disk"
    direct.create_volume_file(file, SIZE)
    device = direct.open_device(file)
    await volume.open_or_format(device, cluster_id="c", uuid=bytes(16))
    device.close()
    os.truncate(file, SIZE // 2)
    made = Loop(file, 512)
    try:
        device = direct.open_device(made.name)
        with pytest.raises(VolumeShrunkError, match=f"{made.name} has {SIZE // 2} bytes"):
            await volume.open_volume(device, cluster_id="c")
        device.close()
    finally:
        made.close()


@needs_loop
def test_loop_device_goes_when_its_test_is_killed(tmp_path: Path) -> None:
    """The test of the test: kill -9 leaves no loop device behind."""
    file = tmp_path / "disk"
    file.write_bytes(bytes(1 << 20))
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_block_device import Loop
loop = Loop(Path({str(file)!r}), 512)
print(loop.name, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    name = ended.stdout.strip()
    assert ended.returncode == -signal.SIGKILL and name.startswith("/dev/loop"), ended.stderr
    backing = Path(f"/sys/block/{Path(name).name}/loop/backing_file")

    for _ in range(2000):
        if not backing.exists() or backing.read_text("utf-8").strip() != str(file):
            return
        time.sleep(0.005)
    raise AssertionError(f"{name} still holds {file}")
