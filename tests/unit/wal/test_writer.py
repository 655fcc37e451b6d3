"""The writer over the fake device: errors, bounds, readers, commits."""

import mmap
import random
import struct
import time
from collections.abc import Callable
from typing import Any

import pytest
import trio

from wal import limits, recovery, volume
from wal.errors import BatchTooLargeError, DeviceError, WalFullError
from wal.format import Identity
from wal.memory import populate as get_pages
from wal.testing import FakeDevice
from wal.writer import Writer

EXTENT = 256 << 10
IDENTITY = Identity(broker_id=1, writer_epoch=1, incarnation=11)


async def make(
    *,
    manual: bool = False,
    extents: int = 30,
    latency: float = 0.001,
    seed: int = 0,
    clock: Callable[[], float] = time.monotonic,
) -> tuple[FakeDevice, Writer, volume.Volume]:
    rng = random.Random(seed)
    device = FakeDevice(
        (1 << 20) + extents * EXTENT,
        manual=manual,
        latency_s=lambda: latency * rng.random(),
        rng=rng,
    )
    vol = await volume.format_volume(device, cluster_id="c", uuid=bytes(16), extent_bytes=EXTENT)
    writer = Writer(
        device,
        superblock=vol.superblock,
        slot=0,
        identity=IDENTITY,
        arena_bytes=limits.ARENA_BYTES_MIN,
        need_extents=lambda: None,
        clock=clock,
    )
    return device, writer, vol


async def test_arena_gets_its_pages_shortly_before_their_first_use(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Each once, in order, ahead of the frames; an idle writer takes no memory for all of it."""
    device, _, vol = await make()
    pages: list[int] = []

    async def populate(memory: memoryview) -> None:
        pages.append(len(memory))
        await trio.lowlevel.checkpoint()

    arena_bytes = 13 << 20
    ahead = limits.ARENA_POPULATE_AHEAD_BYTES
    writer = Writer(
        device,
        superblock=vol.superblock,
        slot=0,
        identity=IDENTITY,
        arena_bytes=arena_bytes,
        need_extents=lambda: None,
        populate=populate,
    )
    writer.add_extents(range(30))
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        await trio.sleep(1)
        assert sum(pages) == ahead
        for number in range(60):
            writer.append_nowait(1, number, 0, 0, 0, bytes(100_000), None)
            writer.submit_nowait()
            await trio.sleep(1)
            assert sum(pages) >= min(writer.bytes_written + ahead, arena_bytes)
        nursery.cancel_scope.cancel()

    assert pages == [limits.ARENA_POPULATE_BYTES] * 6 + [1 << 20]


def test_pages_that_are_there_keep_what_they_hold() -> None:
    """And fresh ones are zero."""
    memory = memoryview(mmap.mmap(-1, 4 * limits.BLOCK_BYTES))
    memory[0] = 1
    get_pages(memory)

    assert memory[0] == 1
    assert not any(memory[1:])


async def test_a_device_that_does_not_answer_is_told(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """By the oldest frame, whatever comes behind it."""
    device, writer, _ = await make(manual=True, clock=trio.current_time)
    writer.add_extents(range(3))
    assert writer.unanswered_s == 0
    for number in range(2):
        writer.append_nowait(1, number, 0, 0, 0, b"batch", None)
        writer.submit_nowait()
        await trio.sleep(3)
    assert writer.unanswered_s == 6
    while device.pending:
        device.complete()
    assert writer.durable_lsn == writer.end_lsn
    assert writer.unanswered_s == 0


@pytest.mark.parametrize("skip", range(6))
async def test_failed_write_stops_acks_and_ends_run(
    skip: int, autojump_clock: trio.testing.MockClock
) -> None:
    """Whichever write fails, nothing at or after it is acked, and run raises DeviceError."""
    device, writer, vol = await make()
    writer.add_extents(range(20))
    acked: list[int] = []
    device.fail_next(skip=skip)
    with pytest.raises(ExceptionGroup) as caught:
        async with trio.open_nursery() as nursery:
            await nursery.start(writer.run)
            for number in range(50):
                batch = number.to_bytes(4, "big")
                writer.append_nowait(1, number, 0, 0, 0, batch, lambda n=number: acked.append(n))
                writer.submit_nowait()
                await trio.sleep(0.0005)

    assert caught.group_contains(DeviceError)
    assert acked == list(range(len(acked)))
    with pytest.raises(DeviceError):
        writer.append_nowait(1, 99, 0, 0, 0, b"x", None)
    found: list[int] = []
    await recovery.scan(
        device,
        vol.superblock,
        chain=[(i, i) for i in range(20)],
        identity=IDENTITY,
        visit=lambda lsn, entry, batch: found.append(entry.base_offset),
    )
    assert found[: len(acked)] == acked


async def test_failed_fence_read_is_no_ack(autojump_clock: trio.testing.MockClock) -> None:
    """A frame whose fence could not be read afterwards is not acknowledged."""
    device, writer, _ = await make()
    writer.add_extents([0, 1])
    device.fail_next(is_write=False)
    writer.append_nowait(1, 0, 0, 0, 0, b"x", lambda: pytest.fail("acked"))
    writer.submit_nowait()
    with pytest.raises(DeviceError):
        await writer.run()


async def test_exception_of_a_callback_ends_run(autojump_clock: trio.testing.MockClock) -> None:
    """A fault in an ack is never lost in the device's task."""
    _, writer, _ = await make()
    writer.add_extents([0, 1])

    def broken() -> None:
        raise AssertionError("broken")

    writer.append_nowait(1, 0, 0, 0, 0, b"x", broken)
    writer.submit_nowait()
    with pytest.raises(AssertionError, match="broken"):
        await writer.run()


async def test_group_commit_takes_what_queued_meanwhile() -> None:
    """Two writes go out at once; what is appended meanwhile becomes one frame."""
    device, writer, _ = await make(manual=True)
    writer.add_extents([0, 1])
    commits: list[int] = []
    acked: list[int] = []
    writer.on_commit = lambda: commits.append(len(acked))
    for number in range(2):
        writer.append_nowait(1, number, 0, 0, 0, b"x", lambda n=number: acked.append(n))
        writer.submit_nowait()
    for number in range(2, 10):
        writer.append_nowait(1, number, 0, 0, 0, b"x", lambda n=number: acked.append(n))
        writer.submit_nowait()
    assert len(device.pending) == limits.WRITES_IN_FLIGHT_MAX
    device.complete(1)
    device.complete(1)
    assert acked == []
    assert len(device.pending) == 2
    device.complete(0)
    device.complete(1)
    assert acked == [0, 1]
    while device.pending:
        device.complete(0)

    assert acked == list(range(10))
    assert writer.frames == 3
    assert commits == [2, 10]
    assert writer.durable_lsn == writer.end_lsn


async def test_some_appends_share_a_frame_and_an_ack() -> None:
    """As many as the open frame takes, acknowledged by one call; the rest is the next frame's."""
    device, writer, vol = await make(manual=True)
    chain = [(number, number) for number in range(20)]
    writer.add_extents(chain)
    writer.append_nowait(7, 0, 0, -1, 0, bytes(100_000), None)
    rng = random.Random(1)
    batches = [rng.randbytes(30_000) for _ in range(15)]
    fields = [(number, number * 2, 5, 1, 0, batch) for number, batch in enumerate(batches)]
    acked: list[int] = []
    placed: list[tuple[int, int]] = []
    while fields:
        first = len(placed)
        lsn, positions = writer.append_some_nowait(fields, lambda first=first: acked.append(first))
        assert lsn not in [before for before, _ in placed]
        placed += [(lsn, position) for position in positions]
        del fields[: len(positions)]
        assert acked == []
    frames = {lsn: first for first, (lsn, _) in reversed(list(enumerate(placed)))}
    for batch, (lsn, position) in zip(batches, placed, strict=True):
        assert writer.view(lsn, position, len(batch)) == batch
    writer.submit_nowait()
    while device.pending:
        device.complete(0)

    assert len(frames) == 3
    assert acked == sorted(frames.values())
    assert writer.durable_lsn == writer.end_lsn
    found: list[tuple[int, Any, bytes]] = []
    await recovery.scan(
        device,
        vol.superblock,
        chain=chain,
        identity=IDENTITY,
        visit=lambda lsn, entry, batch: found.append((lsn, entry, bytes(batch))),
    )
    assert [batch for _, _, batch in found[1:]] == batches
    assert [(lsn, entry.position) for lsn, entry, _ in found[1:]] == placed
    entries = [entry for _, entry, _ in found[1:]]
    assert [
        (e.partition_id, e.base_offset, e.max_timestamp, e.last_offset_delta) for e in entries
    ] == [(number, number * 2, 5, 1) for number in range(15)]


async def test_some_appends_that_fail_leave_nothing_behind() -> None:
    """Without room for the first, or with fields that no entry can hold, nothing is appended."""
    device, writer, vol = await make(manual=True)
    acked: list[str] = []
    with pytest.raises(WalFullError, match="extent"):
        writer.append_some_nowait([(1, 0, 0, 0, 0, b"x")], lambda: acked.append("full"))
    chain = [(0, 0), (1, 1)]
    writer.add_extents(chain)
    large = bytes(writer.batch_bytes_max + 1)
    with pytest.raises(BatchTooLargeError):
        writer.append_some_nowait([(1, 0, 0, 0, 0, large)], lambda: acked.append("large"))
    with pytest.raises(struct.error):
        writer.append_some_nowait(
            [(1, 0, 0, 0, 0, b"lost"), (1, 1, 0, -1, 0, b"wrong")], lambda: acked.append("wrong")
        )
    _, positions = writer.append_some_nowait(
        [(1, 0, 0, 0, 0, b"kept"), (1, 1, 0, 0, 0, large)], lambda: acked.append("kept")
    )
    writer.submit_nowait()
    while device.pending:
        device.complete(0)

    assert len(positions) == 1
    assert acked == ["kept"]
    found: list[bytes] = []
    await recovery.scan(
        device,
        vol.superblock,
        chain=chain,
        identity=IDENTITY,
        visit=lambda lsn, entry, batch: found.append(bytes(batch)),
    )
    assert found == [b"kept"]


async def test_arena_is_bounded_and_readers_let_go_before_reuse() -> None:
    """Unwritten frames are never overwritten; views of recycled memory were released before."""
    device, writer, _ = await make(manual=True)
    held: list[tuple[memoryview, bytes]] = []

    class Holder:
        released = 0

        def release_views(self) -> None:
            self.released += 1
            for view, data in held:
                assert view == data
            held.clear()

    holder = Holder()
    writer.add_reader(holder)
    writer.add_extents(range(28))
    rng = random.Random(3)
    with pytest.raises(WalFullError, match="arena"):
        for number in range(10_000):
            writer.append_nowait(1, number, 0, 0, 0, bytes(50_000), None)
    assert not writer.room_for(50_000)
    while device.pending:
        device.complete(0)
    assert writer.room_for(50_000)
    places = []
    for number in range(40):
        data = rng.randbytes(50_000)
        place = writer.append_nowait(1, number, 0, 0, 0, data, None)
        view = writer.view(*place)
        assert view is not None
        held.append((view, data))
        places.append((place, data))
        writer.submit_nowait()
        while device.pending:
            device.complete(0)

    assert holder.released > 0
    for place, data in places:
        view = writer.view(*place)
        assert view is None or view == data
    assert writer.view(*places[-1][0]) == places[-1][1]


@pytest.mark.parametrize("seed", range(5))
async def test_room_promised_is_room_given(seed: int) -> None:
    """After room_for(n) batches of n bytes together are appended, and their directory fits."""
    device, writer, _ = await make(manual=True)
    rng = random.Random(seed)
    following = 0
    for _ in range(3000):
        total = rng.choice((10, 4000, 60_000, 150_000))
        count = rng.choice((1, 2, 10, 700)) if total > 1000 else 1
        if writer.room_for(total // count * count, count):
            for _ in range(count):
                writer.append_nowait(1, 0, 0, 0, 0, bytes(total // count), None)
        elif writer.spare_extents < 2 and following < 2000:
            index = following % 30
            writer.add_extents([(index, following)])
            following += 1
        elif device.pending:
            device.complete(rng.randrange(len(device.pending)))
        if rng.random() < 0.3:
            writer.submit_nowait()

    assert writer.frames > 100


async def test_filling_never_touches_frames(autojump_clock: trio.testing.MockClock) -> None:
    """Appends while spares are zero-filled come back whole from the scan."""
    device, writer, vol = await make(seed=9)
    device.mark_unwritten(0, device.size_bytes)
    chain = [(i, i) for i in range(25)]
    sent: list[int] = []
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        for number in range(200):
            while not writer.room_for(20_000):
                if chain[writer.spare_extents :] and writer.spare_extents < 2:
                    done = writer.spare_extents + writer.end_lsn // EXTENT + bool(writer.end_lsn)
                    writer.add_extents([chain[done]])
                else:
                    await writer.wait_room()
            writer.append_nowait(1, number, 0, 0, 0, bytes([number]) * 20_000, None)
            sent.append(number)
            writer.submit_nowait()
        while writer.durable_lsn < writer.end_lsn:
            await writer.wait_room()
        nursery.cancel_scope.cancel()
    got: list[int] = []
    await recovery.scan(
        device,
        vol.superblock,
        chain=chain,
        identity=IDENTITY,
        visit=lambda lsn, entry, batch: got.append(batch[0]),
    )

    assert got == sent


async def test_kept_extent_is_entered_only_by_whom_it_is_kept_for() -> None:
    """What must be written when the volume is full finds room that others left alone."""
    _, writer, _ = await make(extents=4)
    writer.add_extents(range(1))
    writer.spares_kept = 1
    assert not writer.room_for(100)
    with pytest.raises(WalFullError):
        writer.append_nowait(1, 0, 0, 0, 0, b"x", None)

    writer.use_kept(True)

    assert writer.room_for(100)
    assert writer.append_nowait(1, 0, 0, 0, 0, b"x", None).lsn == limits.BLOCK_BYTES


@pytest.mark.parametrize("is_submitted", [False, True])
async def test_rest_of_a_kept_extent_is_kept_until_there_are_spares_again(
    is_submitted: bool,
) -> None:
    """Others append between two uses, and must not fill what the second one needs."""
    _, writer, _ = await make(extents=4, manual=True)
    writer.add_extents(range(1))
    writer.spares_kept = 1
    for _ in range(3):
        writer.use_kept(True)
        assert writer.room_for(5000)
        kept = writer.append_nowait(1, 0, 0, 0, 1, bytes(5000), None)
        writer.use_kept(False)
        if is_submitted:
            writer.submit_nowait()
        assert kept.lsn < EXTENT
        assert not writer.room_for(100)
        with pytest.raises(WalFullError):
            writer.append_nowait(1, 0, 0, 0, 0, bytes(100), None)

    writer.add_extents(range(1, 3))

    assert writer.room_for(100)
    assert writer.append_nowait(1, 0, 0, 0, 0, bytes(100), None).lsn < EXTENT
