"""The scan reads ahead in large pieces: where they end must not change what it finds."""

import random

import pytest
import trio
import trio.testing

from tests.unit.wal.test_writer import IDENTITY, make
from wal import limits, recovery, volume
from wal.errors import CorruptFrameError, DeviceError
from wal.format import ENTRY_BYTES, FRAME_HEADER_BYTES
from wal.testing import FakeDevice
from wal.volume import Volume
from wal.writer import Writer

EXTENTS = 12


async def write_log(*, frames: int, seed: int) -> tuple[FakeDevice, Volume, list[bytes]]:
    """Return a log of frames of many sizes, over several extents, and the batches in it."""
    rng = random.Random(seed)
    device, writer, vol = await make(seed=seed)
    writer.add_extents(range(EXTENTS))
    batches = [rng.randbytes(rng.choice([1, 100, 5000, 30_000, 90_000])) for _ in range(frames)]
    for number, batch in enumerate(batches):
        writer.append_nowait(1, number, 0, 0, 0, batch, None)
        writer.submit_nowait()
        while writer.durable_lsn < writer.end_lsn:
            await trio.sleep(0.001)
    return device, vol, batches


async def scan(device: FakeDevice, vol: Volume) -> tuple[int, list[bytes]]:
    found: list[bytes] = []
    end = await recovery.scan(
        device,
        vol.superblock,
        chain=[(i, i) for i in range(EXTENTS)],
        identity=IDENTITY,
        visit=lambda lsn, entry, batch: found.append(bytes(batch)),
    )
    return end, found


@pytest.mark.parametrize("piece", [8 << 10, 12 << 10, 64 << 10, 4 << 20])
async def test_scan_in_pieces_of_any_size_finds_the_same(
    piece: int, monkeypatch: pytest.MonkeyPatch, autojump_clock: trio.testing.MockClock
) -> None:
    """Frames lie across pieces, fill several of them, or end with one."""
    device, vol, batches = await write_log(frames=60, seed=piece)
    expected = await scan(device, vol)
    monkeypatch.setattr(limits, "SCAN_READ_BYTES", piece)

    assert await scan(device, vol) == expected
    assert expected[1] == batches


async def test_every_byte_is_read_once(
    monkeypatch: pytest.MonkeyPatch, autojump_clock: trio.testing.MockClock
) -> None:
    """Reading ahead costs at most what lies ahead of the end."""
    device, vol, batches = await write_log(frames=60, seed=1)
    monkeypatch.setattr(limits, "SCAN_READ_BYTES", 32 << 10)
    monkeypatch.setattr(limits, "LOOK_BEYOND_BYTES", 32 << 10)
    before = device.reads
    await scan(device, vol)

    pieces = EXTENTS * vol.superblock.extent_bytes // (32 << 10)
    assert device.reads - before <= pieces + 1
    assert sum(map(len, batches)) > 6 * vol.superblock.extent_bytes


@pytest.mark.parametrize("skip", range(4))
async def test_a_read_error_in_the_log_is_raised_as_it_is(
    skip: int, monkeypatch: pytest.MonkeyPatch, autojump_clock: trio.testing.MockClock
) -> None:
    """Not in a group, and whether it was read ahead or not."""
    device, vol, _ = await write_log(frames=30, seed=2)
    monkeypatch.setattr(limits, "SCAN_READ_BYTES", 16 << 10)
    device.fail_next(is_write=False, skip=skip)
    with pytest.raises(DeviceError):
        await scan(device, vol)


async def make_two(extent: int, *, arena_bytes: int) -> tuple[FakeDevice, Writer, Volume]:
    """Return a device that is told when to complete, and a writer with two extents of this size."""
    device = FakeDevice((1 << 20) + 3 * extent, manual=True)
    vol = await volume.format_volume(device, cluster_id="c", uuid=bytes(16), extent_bytes=extent)
    writer = Writer(
        device,
        superblock=vol.superblock,
        slot=0,
        identity=IDENTITY,
        arena_bytes=arena_bytes,
        need_extents=lambda: None,
    )
    writer.add_extents([0, 1])
    return device, writer, vol


async def test_damage_to_an_extents_beginning_shows_behind_the_deepest_queue() -> None:
    """The next frame sent after an ack proves it, with as many before it as may be at the device.

    The extent's header is damaged, too, so that only so much of it is looked through. A frame goes
    out at each completion before its acks do; so the proof is the second one's.
    """
    extent = 12 << 20
    device, writer, vol = await make_two(extent, arena_bytes=2 * extent)
    full = bytes(limits.FRAME_BYTES_MAX - FRAME_HEADER_BYTES - ENTRY_BYTES)
    for number in range(limits.FRAMES_AT_DEVICE_MAX + 3):
        writer.append_nowait(1, number, 0, 0, 0, full, None)
    assert len(device.pending) == limits.FRAMES_AT_DEVICE_MAX
    device.complete(0)  # The first frame, and its fence read: it is acknowledged.
    device.complete(-1)
    device.complete(-1)  # The frame that was sent before that ack, and its fence read,
    device.complete(-1)
    device.complete(-1)  # and the one that was sent after it. Those between are lost.
    position = vol.superblock.extent_position(0)
    device.medium[position : position + limits.BLOCK_BYTES] = bytes(limits.BLOCK_BYTES)

    assert writer.durable_lsn == limits.BLOCK_BYTES + limits.FRAME_BYTES_MAX
    with pytest.raises(CorruptFrameError):
        await recovery.scan(
            device, vol.superblock, chain=[(0, 0), (1, 1)], identity=IDENTITY, visit=None
        )


async def test_damage_to_an_extents_beginning_shows_however_many_frames_overtook_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is at the device is bounded, but not what came and went while the first write was slow.

    The extent's header is damaged, too; the one frame that proves the ack lies far behind it.
    """
    monkeypatch.setattr(limits, "FRAME_BYTES_MAX", 2 * limits.BLOCK_BYTES)
    monkeypatch.setattr(limits, "LOOK_BEYOND_BYTES", 32 * limits.BLOCK_BYTES)
    extent = 1 << 20
    device, writer, vol = await make_two(extent, arena_bytes=limits.ARENA_BYTES_MIN)
    full = bytes(limits.FRAME_BYTES_MAX - FRAME_HEADER_BYTES - ENTRY_BYTES)
    for number in range(50):
        writer.append_nowait(1, number, 0, 0, 0, full, None)
        while len(device.pending) > 1:
            device.complete(1)  # Written, and its fence read: but the first is not.
    assert writer.durable_lsn == 0
    while device.pending:
        device.complete(0)
    writer.append_nowait(1, 50, 0, 0, 0, full, None)
    writer.submit_nowait()
    device.complete(0)
    position = vol.superblock.extent_position(0)
    size = limits.BLOCK_BYTES + limits.FRAME_BYTES_MAX
    device.medium[position : position + size] = bytes(size)

    with pytest.raises(CorruptFrameError):
        await recovery.scan(
            device, vol.superblock, chain=[(0, 0), (1, 1)], identity=IDENTITY, visit=None
        )


async def test_an_error_of_the_visitor_is_raised_as_it_is(
    autojump_clock: trio.testing.MockClock,
) -> None:
    device, vol, _ = await write_log(frames=3, seed=3)

    def broken(lsn: int, entry: object, batch: memoryview) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await recovery.scan(device, vol.superblock, chain=[(0, 0)], identity=IDENTITY, visit=broken)


async def test_cancelled_read_ends_when_the_power_goes(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A live device keeps the buffer of a cancelled read until it is done with it; a dead one not.

    The simulator's lives end so: without it a power cut behind a scan's own cancellation hung.
    """
    device = FakeDevice(1 << 20, latency_s=lambda: 5.0)
    with trio.fail_after(60):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(device.read, 0, 4096)
            await trio.sleep(1)
            nursery.cancel_scope.cancel()
            device.crash(random.Random(1))

    assert trio.current_time() < 5
