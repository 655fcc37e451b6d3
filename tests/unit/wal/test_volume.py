"""Superblocks that disagree, tear or cannot be read; a volume that was used; the golden volume."""

import gzip
import random
from pathlib import Path

import pytest
import trio
import trio.testing

from wal import format as f, recovery, volume
from wal.errors import DeviceError, NotAVolumeError, VolumeError, VolumeShrunkError
from wal.layout import FIRST_EXTENT_POSITION, SUPERBLOCK_POSITIONS
from wal.limits import BLOCK_BYTES
from wal.testing import FakeDevice
from wal.writer import Identity, Writer

GOLDEN = Path(__file__).with_name("golden_v1.volume.gz")
EXTENT = 64 << 10
SIZE = FIRST_EXTENT_POSITION + 4 * EXTENT
IDENTITY = Identity(broker_id=7, writer_epoch=9, incarnation=0x0102030405060708)
UUID = bytes(range(16))


async def formatted(cluster_id: str = "c", uuid: bytes = UUID) -> FakeDevice:
    device = FakeDevice(SIZE)
    await volume.format_volume(device, cluster_id=cluster_id, uuid=uuid, extent_bytes=EXTENT)
    return device


@pytest.mark.parametrize("copy", [0, 1])
@pytest.mark.parametrize("damage", ["flip", "zero", "torn"])
async def test_one_sound_superblock_is_enough(copy: int, damage: str) -> None:
    """Either copy may tear or rot."""
    device = await formatted()
    at = SUPERBLOCK_POSITIONS[copy]
    block = device.medium[at : at + BLOCK_BYTES]
    match damage:
        case "flip":
            block[40] ^= 1
        case "zero":
            block[:] = bytes(BLOCK_BYTES)
        case _:
            block[512:] = bytes(BLOCK_BYTES - 512)
    device.medium[at : at + BLOCK_BYTES] = block

    assert (await volume.open_volume(device, cluster_id="c")).superblock.volume_uuid == UUID


@pytest.mark.parametrize("copy", [0, 1])
async def test_one_readable_superblock_is_enough(copy: int) -> None:
    """A bad block under one copy is what the other one is for; a bad disk is told as such."""
    device = await formatted()
    device.fail_next(is_write=False, skip=copy)
    assert (await volume.open_volume(device, cluster_id="c")).superblock.volume_uuid == UUID
    device.fail_next(is_write=False)
    device.fail_next(is_write=False)
    device.medium[:] = bytes(SIZE)
    with pytest.raises(DeviceError):
        await volume.open_or_format(device, cluster_id="c", uuid=UUID, extent_bytes=EXTENT)
    assert device.medium == bytes(SIZE)


async def test_superblocks_that_disagree_are_refused() -> None:
    """No crash of ours leaves two sound and different copies: nothing is read or written."""
    device = await formatted()
    other = await formatted("c", uuid=bytes(16))
    at = SUPERBLOCK_POSITIONS[1]
    device.medium[at : at + BLOCK_BYTES] = other.medium[at : at + BLOCK_BYTES]
    before = bytes(device.medium)

    for work in (
        lambda: volume.open_volume(device, cluster_id="c"),
        lambda: volume.open_or_format(device, cluster_id="c", uuid=UUID),
        lambda: volume.format_volume(device, cluster_id="c", uuid=UUID, extent_bytes=EXTENT),
    ):
        with pytest.raises(VolumeError, match="differ"):
            await work()
    assert device.medium == before
    await volume.format_volume(device, cluster_id="d", uuid=UUID, extent_bytes=EXTENT, force=True)
    assert (await volume.open_volume(device, cluster_id="d")).superblock.cluster_id == "d"


@pytest.mark.parametrize("seed", range(30))
async def test_power_cut_while_formatting_is_all_or_refused(
    seed: int, autojump_clock: trio.testing.MockClock
) -> None:
    """After a cut the device is a volume, is empty, or is refused by name; never half a volume."""
    rng = random.Random(seed)
    device = FakeDevice(SIZE, latency_s=lambda: 1.0)
    with trio.move_on_after(rng.uniform(0, 8)):
        await volume.open_or_format(device, cluster_id="c", uuid=UUID, extent_bytes=EXTENT)
    device = device.crash(rng)

    try:
        again = await volume.open_or_format(device, cluster_id="c", uuid=UUID, extent_bytes=EXTENT)
    except NotAVolumeError as error:
        assert "choose another path, or clear it" in str(error)
    else:
        assert again.superblock.extent_count == 4


@pytest.mark.parametrize("size", [2 * BLOCK_BYTES, FIRST_EXTENT_POSITION - BLOCK_BYTES, EXTENT])
async def test_volume_that_lost_even_its_first_extent_says_so(size: int) -> None:
    """A size that shrank is named, however small it is now."""
    device = await formatted()
    small = FakeDevice(size, medium=device.medium[:size])
    with pytest.raises(VolumeShrunkError, match=f"has {size} bytes"):
        await volume.open_volume(small, cluster_id="c")


async def write(device: FakeDevice, numbers: range) -> tuple[Writer, list[tuple[int, int]]]:
    """Write one frame per number over several extents; all are durable."""
    superblock = (await volume.open_volume(device)).superblock
    writer = Writer(
        device,
        superblock=superblock,
        slot=7,
        identity=IDENTITY,
        arena_bytes=4 << 20,
        need_extents=lambda: None,
    )
    chain = [(2, 0), (0, 1), (3, 2)]
    writer.add_extents(chain)
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        for number in numbers:
            writer.append_nowait(
                5, number * 10, 9, number, 0, b"%04d" % number * 3000, lambda: None
            )
            writer.submit_nowait()
            while writer.durable_lsn < writer.end_lsn:
                await writer.wait_room()
        nursery.cancel_scope.cancel()
    return writer, chain


async def test_a_used_volume_is_refused_by_a_node_that_knows_of_no_volume(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A fence or an extent header is a trace that metadata knew this volume."""
    device = await formatted()
    opened = await volume.open_volume(device)
    await volume.refuse_used(opened)
    await volume.write_fence(device, opened.superblock, slot=3, writer_epoch=1)
    with pytest.raises(VolumeError, match="holds records"):
        await volume.refuse_used(opened)
    device = await formatted()
    await write(device, range(1))
    with pytest.raises(VolumeError, match="holds records"):
        await volume.refuse_used(await volume.open_volume(device))


async def test_unreadable_header_of_a_middle_extent_is_damage(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Later extents prove that more was durable: nothing is recovered without the middle."""
    device = await formatted()
    writer, chain = await write(device, range(11))
    opened = await volume.open_volume(device)
    assert {lsn // EXTENT for lsn in (4096, writer.durable_lsn - 1)} == {0, 2}
    at = opened.superblock.extent_position(0)
    device.medium[at + 100] ^= 1
    got: list[int] = []

    with pytest.raises(recovery.CorruptFrameError, match="extent 0, offset 4096") as caught:
        await recovery.scan(
            device,
            opened.superblock,
            chain=chain,
            identity=IDENTITY,
            on_frame=lambda frame, _: got.append(frame.lsn),
        )
    assert caught.value.durable_lsn > caught.value.lsn
    assert all(lsn < EXTENT for lsn in got)


async def test_build_of_known_input_is_the_golden_volume(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """A changed byte is a changed format: raise FORMAT_VERSION and keep reading the old one."""
    device = await formatted("golden-cluster")
    await write(device, range(11))
    opened = await volume.open_volume(device)
    await volume.write_fence(device, opened.superblock, slot=7, writer_epoch=9, broker_id=8)

    assert device.medium == gzip.decompress(GOLDEN.read_bytes())


async def test_golden_volume_is_read() -> None:
    """A volume written by version 1 stays readable, fence, headers, frames and batches."""
    device = FakeDevice(SIZE, medium=bytearray(gzip.decompress(GOLDEN.read_bytes())))
    opened = await volume.open_volume(device, cluster_id="golden-cluster")
    found = await volume.info(device)
    got: list[tuple[int, bytes]] = []
    end = await recovery.scan(
        device,
        opened.superblock,
        chain=[(2, 0), (0, 1), (3, 2)],
        identity=IDENTITY,
        visit=lambda lsn, entry, view: got.append((entry.base_offset, bytes(view))),
    )

    assert found.fences == [f.Fence(slot=7, writer_epoch=9, broker_id=8)]
    assert sorted(index for index, _ in found.extents) == [0, 2, 3]
    assert got == [(number * 10, b"%04d" % number * 3000) for number in range(11)]
    assert end == 2 * EXTENT + 16384
