"""The real adapter and the real writer on a file."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import trio
import trio.testing

from wal import direct, recovery, volume
from wal.commits import Commit
from wal.errors import (
    AlreadyFormattedError,
    BatchTooLargeError,
    DeviceError,
    FencedError,
    ForeignVolumeError,
    NotAVolumeError,
    VolumeError,
    VolumeInUseError,
    VolumeShrunkError,
    WalFullError,
)
from wal.format import Identity
from wal.writer import Writer

IDENTITY = Identity(broker_id=1, writer_epoch=5, incarnation=0x1234_5678_9ABC_DEF0)
EXTENT = 1 << 20


async def opened(path: Path, size: int = 16 << 20) -> tuple[direct.DirectDevice, volume.Volume]:
    direct.create_volume_file(path, size)
    device = direct.open_device(path)
    found = await volume.open_or_format(device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT)
    return device, found


def make_writer(device: direct.DirectDevice, opened_volume: volume.Volume) -> Writer:
    return Writer(
        device,
        superblock=opened_volume.superblock,
        slot=1,
        identity=IDENTITY,
        arena_bytes=4 << 20,
        need_extents=lambda: None,
    )


async def test_appends_come_back_from_arena_and_scan(tmp_path: Path) -> None:
    """Every acked batch is read back byte for byte, acks in order, across extents."""
    device, vol = await opened(tmp_path / "v")
    writer = make_writer(device, vol)
    rng = random.Random(1)
    batches = [rng.randbytes(rng.choice((1, 100, 16384, 300_000))) for _ in range(60)]
    acked: list[int] = []
    chain = [(i, i) for i in range(14)]
    writer.add_extents(chain)
    places = []
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        for number, data in enumerate(batches):
            while not writer.room_for(len(data)):
                await writer.wait_room()
            place = writer.append_nowait(
                number, number * 10, 9, 77, 0, memoryview(data), lambda n=number: acked.append(n)
            )
            places.append(place)
            view = writer.view(*place)
            assert view == data
            if number % 3 == 0:
                writer.submit_nowait()
        writer.submit_nowait()
        with trio.fail_after(10):
            while writer.durable_lsn < writer.end_lsn:
                await writer.wait_room()
        nursery.cancel_scope.cancel()
    got: list[bytes] = []
    end = await recovery.scan(
        device,
        vol.superblock,
        chain=chain,
        identity=IDENTITY,
        visit=lambda lsn, entry, view: got.append(bytes(view)),
    )

    assert acked == list(range(60))
    assert got == batches
    assert end == writer.durable_lsn == writer.end_lsn
    for place, data in zip(places, batches, strict=True):
        _, position = writer.address(place.lsn)
        assert await device.read(position + place.position, place.length) == data
    device.close()


async def test_fenced_writer_ends_without_ack(tmp_path: Path) -> None:
    """After its slot is fenced a writer acknowledges nothing and its task raises."""
    device, vol = await opened(tmp_path / "v")
    writer = make_writer(device, vol)
    writer.add_extents([0, 1])
    acked: list[int] = []
    await volume.write_fence(device, vol.superblock, slot=1, writer_epoch=4)
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        writer.append_nowait(1, 0, 0, 0, 0, b"old fence", lambda: acked.append(1))
        writer.submit_nowait()
        with trio.fail_after(5):
            while not acked:  # An extent that was filled ends it, too.
                await writer.wait_room()
        nursery.cancel_scope.cancel()
    await volume.write_fence(device, vol.superblock, slot=1, writer_epoch=5)
    await volume.write_fence(device, vol.superblock, slot=1, writer_epoch=3)
    writer.append_nowait(1, 1, 0, 0, 0, b"too late", lambda: acked.append(2))
    writer.submit_nowait()
    with pytest.raises(FencedError) as caught, trio.fail_after(5):
        await writer.run()

    assert caught.value.their_epoch == 5
    assert acked == [1]
    with pytest.raises(FencedError):
        writer.append_nowait(1, 2, 0, 0, 0, b"x", None)
    device.close()


async def test_holes_are_filled_ahead_except_the_first_extent(tmp_path: Path) -> None:
    """Spare extents of a fresh file are written once before use; frames are never overwritten."""
    device, vol = await opened(tmp_path / "v")
    position = vol.superblock.extent_position
    if not device.is_unwritten(position(1), EXTENT):
        pytest.skip("this filesystem does not report holes")
    writer = make_writer(device, vol)
    writer.add_extents([0, 1, 2])
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        with trio.fail_after(10):
            while device.is_unwritten(position(2), EXTENT):
                await trio.sleep(0.01)
        assert device.is_unwritten(position(0), EXTENT)
        nursery.cancel_scope.cancel()
    device.close()


async def test_second_opener_is_refused(tmp_path: Path) -> None:
    """One process per volume file; tools may read."""
    device, _ = await opened(tmp_path / "v")
    with pytest.raises(VolumeInUseError, match="in use"):
        direct.open_device(tmp_path / "v")
    reader = direct.open_device(tmp_path / "v", read_only=True)
    assert (await volume.info(reader)).superblock.cluster_id == "c"
    reader.close()
    device.close()


async def test_volumes_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    """Foreign data, a foreign cluster, a shrunk file and a second format are refused by name."""
    path = tmp_path / "v"
    device, vol = await opened(path)
    with pytest.raises(AlreadyFormattedError, match="v is formatted"):
        await volume.format_volume(device, cluster_id="c", uuid=bytes(16))
    with pytest.raises(ForeignVolumeError, match="belongs to cluster c"):
        await volume.open_volume(device, cluster_id="other")
    device.close()
    os.truncate(path, 9 << 20)
    device = direct.open_device(path)
    with pytest.raises(VolumeShrunkError):
        await volume.open_volume(device, cluster_id="c")
    device.close()
    for at in (0, 65536, (8 << 20) - 10):
        other = tmp_path / f"data-{at}"
        other.write_bytes(bytes(8 << 20))
        with other.open("r+b") as file:
            file.seek(at)
            file.write(b"mine")
        before = other.read_bytes()
        device = direct.open_device(other)
        with pytest.raises(NotAVolumeError):
            await volume.open_or_format(device, cluster_id="c", uuid=bytes(16))
        assert other.read_bytes() == before
        forced = await volume.format_volume(
            device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT, force=True
        )
        assert (await volume.open_volume(device, cluster_id="c")) == forced
        device.close()
    assert vol.superblock.extent_count == 15


@pytest.mark.parametrize("kept", [{0}, {7}, {0, 7}, set()])
async def test_format_that_was_cut_short_is_done_again(tmp_path: Path, kept: set[int]) -> None:
    """A power cut in the first write of a format leaves any of its sectors; nothing is lost yet."""
    path = tmp_path / "v"
    device, _ = await opened(path)
    block = bytes(await device.read(0, 4096))
    device.close()
    torn = bytearray(16 << 20)
    for sector in kept:
        torn[sector * 512 : sector * 512 + 512] = block[sector * 512 : sector * 512 + 512]
    path.write_bytes(torn)
    device = direct.open_device(path)

    found = await volume.open_or_format(device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT)

    assert await volume.open_volume(device, cluster_id="c") == found
    device.close()


def test_opening_what_is_no_volume_fails_with_the_name(tmp_path: Path) -> None:
    """Missing paths and directories are told by name; an existing file is never replaced."""
    with pytest.raises(VolumeError, match="absent"):
        direct.open_device(tmp_path / "absent")
    with pytest.raises(VolumeError, match="neither"):
        direct.open_device(tmp_path)
    direct.create_volume_file(tmp_path / "v", 1 << 20)
    with pytest.raises(VolumeError, match="exists"):
        direct.create_volume_file(tmp_path / "v", 1 << 20)


async def test_read_behind_the_end_is_a_device_error(tmp_path: Path) -> None:
    """A short transfer is never taken for success, in bulk or urgent."""
    direct.create_volume_file(tmp_path / "v", 1 << 20)
    device = direct.open_device(tmp_path / "v")
    with pytest.raises(DeviceError, match="short read"):
        await device.read((1 << 20) - 4096, 8192)
    device.close()


async def test_full_and_too_large_are_refused_without_effect(tmp_path: Path) -> None:
    """Without an extent, and for what fits no frame, append raises and nothing changes."""
    device, vol = await opened(tmp_path / "v")
    writer = make_writer(device, vol)
    assert not writer.room_for(1)
    with pytest.raises(WalFullError):
        writer.append_nowait(1, 0, 0, 0, 0, b"x", None)
    writer.add_extents([3])
    with pytest.raises(BatchTooLargeError):
        writer.append_nowait(1, 0, 0, 0, 0, bytes(writer.batch_bytes_max + 1), None)
    assert writer.end_lsn == 0
    place = writer.append_nowait(1, 0, 0, 0, 0, bytes(writer.batch_bytes_max), None)
    assert place.lsn == 4096
    device.close()


def test_a_crash_while_creating_leaves_no_small_volume(tmp_path: Path) -> None:
    """The file gets its name with its full size; what a crash left behind is used up."""
    (tmp_path / "v.creating").write_bytes(b"left over" * 1000)
    direct.create_volume_file(tmp_path / "v", 1 << 20)

    assert (tmp_path / "v").read_bytes() == bytes(1 << 20)
    assert [path.name for path in tmp_path.iterdir()] == ["v"]


def test_the_name_of_a_volume_is_durable_before_it_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever made the file may have been killed before it flushed the folder."""
    path = tmp_path / "volume"
    direct.create_volume_file(path, 8 << 20)
    flushed: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda fd: flushed.append(os.readlink(f"/proc/self/fd/{fd}")))
    direct.open_device(path).close()
    assert flushed == [str(tmp_path)]
    direct.open_device(path, read_only=True).close()
    assert flushed == [str(tmp_path)]


def test_a_volume_without_room_leaves_nothing_behind(tmp_path: Path) -> None:
    """No half of a volume: the text says how much was wanted."""
    with pytest.raises(VolumeError, match="no room"):
        direct.create_volume_file(tmp_path / "v", 1 << 62)
    assert list(tmp_path.iterdir()) == []


class Engine:
    """A commit engine that has completed something whenever the test says so."""

    def __init__(self, on_complete: Callable[[], object]) -> None:
        self.is_done = False
        self._on_complete = on_complete

    def submit(self, commit: Commit) -> None:
        raise AssertionError(commit)

    def has_completed(self) -> bool:
        return self.is_done

    def complete(self) -> None:
        self.is_done = False
        self._on_complete()

    def close(self) -> None:
        pass


async def test_completions_do_not_wait_for_a_turn_of_all_tasks() -> None:
    """With thousands of ready connections a turn of the loop takes long: an ack comes before."""
    steps: list[str] = []
    engine = Engine(lambda: steps.append("ack"))

    async def busy() -> None:
        steps.append("step")
        if len(steps) == 10:
            engine.is_done = True

    instrument = direct.BetweenSteps(engine, engine.complete)
    trio.lowlevel.add_instrument(instrument)
    async with trio.open_nursery() as nursery:
        for _ in range(100):
            nursery.start_soon(busy)
    trio.lowlevel.remove_instrument(instrument)

    assert steps[9:12] == ["step", "ack", "step"]


async def test_completions_during_the_last_step_of_a_turn_do_not_wait_for_the_next(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The loop would sleep until the completion's own signal wakes it."""
    answered = trio.Event()
    engine = Engine(answered.set)
    instrument = direct.BetweenSteps(engine, engine.complete)
    trio.lowlevel.add_instrument(instrument)
    with trio.move_on_after(1) as wait:
        engine.is_done = True
        await answered.wait()
    trio.lowlevel.remove_instrument(instrument)

    assert not wait.cancelled_caught
