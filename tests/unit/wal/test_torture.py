"""Power cuts on the real writer and the real scan, over many laps of a small pool of extents.

Set TEST_TORTURE_SEEDS for more than the quick number of seeds.
"""

import os
import random

import pytest

from wal import limits
from wal.errors import CorruptFrameError, FencedError, WalFullError
from wal.format import Fence, Identity, Superblock, encode_fence
from wal.layout import FIRST_EXTENT_POSITION, fence_position
from wal.recovery import Checks, RecoveredFrame, scan
from wal.testing import FakeDevice
from wal.writer import Writer

SEEDS = int(os.environ.get("TEST_TORTURE_SEEDS", "50"))
EXTENT_BYTES = 64 << 10
EXTENTS = 8
SLOT = 3
LENGTHS = (0, 10, 3000, 3900, 4000, 9000, 30000)


class Violation(Exception):
    """An invariant of the log does not hold."""


class Life:
    """One incarnation: a writer, what it was asked to write, and what it acknowledged."""

    def __init__(
        self, world: "World", device: FakeDevice, identity: Identity, free: list[int]
    ) -> None:
        self.world = world
        self.device = device
        self.identity = identity
        self.free = free
        self.chain: list[tuple[int, int]] = []
        self.sent: dict[int, int] = {}  # record number -> LSN of its frame
        self.acked: list[int] = []
        self.saved: set[int] = set()
        self.writer = Writer(
            device,
            superblock=world.superblock,
            slot=SLOT,
            identity=identity,
            arena_bytes=limits.ARENA_BYTES_MIN,
            need_extents=self._need,
        )
        self._wanted = False
        self.supply(2)

    def _need(self) -> None:
        self._wanted = True

    def supply(self, count: int) -> None:
        for _ in range(count):
            if self.free:
                sequence = self.chain[-1][1] + 1 if self.chain else 0
                self.chain.append((self.free.pop(0), sequence))
                self.writer.add_extents([self.chain[-1]])

    def append_some(self, rng: random.Random) -> None:
        """Several batches in one call, which acknowledges as many as it took together."""
        first = self.world.next_number
        numbers = range(first, first + rng.randint(1, 12))
        batches = {number: payload(number, rng.choice(LENGTHS)) for number in numbers}
        taken: list[int] = []

        def on_durable() -> None:
            if self.acked and self.acked[-1] >= taken[0]:
                raise Violation("acks out of order")
            self.acked += taken

        fields = [(7, number, -1, 0, 0, batch) for number, batch in batches.items()]
        try:
            lsn, positions = self.writer.append_some_nowait(fields, on_durable)
        except WalFullError:
            return
        for number, position in zip(numbers, positions, strict=False):
            taken.append(number)
            self.sent[number] = lsn
            view = self.writer.view(lsn, position, len(batches[number]))
            if view is None or bytes(view) != batches[number]:
                raise Violation("the tail cache lost an append")
        self.world.next_number += len(taken)

    def append(self, rng: random.Random) -> None:
        number = self.world.next_number
        batch = payload(number, rng.choice(LENGTHS))

        def on_durable() -> None:
            if self.acked and self.acked[-1] >= number:
                raise Violation("acks out of order")
            self.acked.append(number)

        try:
            location = self.writer.append_nowait(7, number, 0, -1, 0, batch, on_durable)
        except WalFullError:
            return
        self.world.next_number += 1
        self.sent[number] = location.lsn
        view = self.writer.view(location.lsn, location.position, location.length)
        if view is None or bytes(view) != batch:
            raise Violation("the tail cache lost an append")

    def step(self, rng: random.Random) -> None:
        match rng.randrange(10):
            case 0 | 1:
                self.append(rng)
            case 2 | 3:
                self.append_some(rng)
            case 4 | 5:
                self.writer.submit_nowait()
            case 6 | 7 | 8:
                if self.device.pending:
                    self.device.complete(rng.randrange(len(self.device.pending)))
            case _:
                if self._wanted:
                    self._wanted = False
                    self.supply(rng.randint(1, 2))
                if rng.random() < 0.5:
                    self.save()

    def save(self) -> None:
        """Upload what is durable, then free the extents wholly below."""
        below = self.writer.durable_lsn // EXTENT_BYTES
        self.saved.update(n for n in self.acked if self.sent[n] < below * EXTENT_BYTES)
        while self.chain and self.chain[0][1] < below:
            self.free.append(self.chain.pop(0)[0])
        self.writer.on_freed(below)


def payload(number: int, length: int) -> bytes:
    return number.to_bytes(8, "big") + bytes([number & 255]) * length


class World:
    """The volume through many lives."""

    def __init__(self, seed: int, checks: Checks) -> None:
        self.rng = random.Random(seed)
        self.checks = checks
        size = FIRST_EXTENT_POSITION + EXTENTS * EXTENT_BYTES
        self.device = FakeDevice(size, manual=True)
        self.superblock = Superblock(
            volume_uuid=bytes(16),
            cluster_id="torture",
            extent_bytes=EXTENT_BYTES,
            extent_count=EXTENTS,
            slot_count=limits.SLOTS,
            first_extent_position=FIRST_EXTENT_POSITION,
            size_bytes=size,
        )
        self.next_number = 1
        self.dead: set[int] = set()
        self.frames = 0
        self.epoch = 0
        self.free = list(range(EXTENTS))

    def live(self, steps: int) -> Life:
        self.epoch += 1
        identity = Identity(
            broker_id=SLOT, writer_epoch=self.epoch, incarnation=self.rng.getrandbits(64)
        )
        life = Life(self, self.device, identity, self.free)
        for _ in range(steps):
            life.step(self.rng)
        return life

    async def recover(
        self, device: FakeDevice, life: Life, end_lsn: int | None = None
    ) -> tuple[list[int], int]:
        numbers: list[int] = []

        def visit(lsn: int, entry: object, batch: memoryview) -> None:
            number = int.from_bytes(batch[:8], "big")
            if bytes(batch[8:]) != bytes([number & 255]) * (len(batch) - 8):
                raise Violation("a batch came back changed")
            numbers.append(number)

        end = await scan(
            device,
            self.superblock,
            chain=life.chain,
            identity=life.identity,
            end_lsn=end_lsn,
            visit=visit,
            checks=self.checks,
        )
        return numbers, end

    def check(self, life: Life, numbers: list[int], end: int) -> None:
        got = set(numbers)
        if got & self.dead:
            raise Violation("resurrected a record of a past life")
        if numbers != sorted(got):
            raise Violation("order")
        if [n for n in life.acked if n not in got and n not in life.saved]:
            raise Violation("lost an acknowledged record")
        if end < life.writer.durable_lsn and life.chain:
            raise Violation("end below durable")
        alive = [n for n in sorted(life.sent) if n not in life.saved]
        if numbers and alive and numbers != [n for n in alive if numbers[0] <= n <= numbers[-1]]:
            raise Violation("gap")

    async def run(self, crashes: int) -> None:
        for _ in range(crashes):
            life = self.live(self.rng.randint(1, 150))
            self.device = self.device.crash(self.rng)
            numbers, end = await self.recover(self.device, life)
            self.check(life, numbers, end)
            again = await self.recover(self.device, life, end)
            if again != (numbers, end):
                raise Violation("a second recoverer sees another log")
            self.dead.update(life.sent)
            self.frames += life.writer.frames
            self.free += [index for index, _ in life.chain]
            if self.rng.random() < 0.7:
                self.free.sort()


@pytest.mark.parametrize("first", range(0, SEEDS, 10))
async def test_power_cuts_lose_nothing_acked_and_resurrect_nothing(first: int) -> None:
    """What is acked is recovered, in order, without gap; what died stays dead."""
    for seed in range(first, min(first + 10, SEEDS)):
        world = World(seed, Checks())
        try:
            await world.run(crashes=12)
        except (Violation, CorruptFrameError) as error:
            raise AssertionError(f"seed {seed}: {error}") from error


@pytest.mark.parametrize(
    "checks",
    [Checks(chain=False, identity=False), Checks(chain=False, identity=False, lsn=False)],
    ids=["no-chain-no-identity", "no-checks"],
)
async def test_torture_without_checks_finds_violations(checks: Checks) -> None:
    """The test of the test: without chain and identity the scan resurrects stale frames."""
    found: list[str] = []
    for seed in range(30):
        try:
            await World(seed, checks).run(crashes=12)
        except (Violation, CorruptFrameError) as error:
            found.append(str(error))

    assert any("resurrected" in text for text in found), found


@pytest.mark.parametrize("seed", range(max(SEEDS // 2, 10)))
async def test_fence_handshake_recovers_what_a_zombie_acked(seed: int) -> None:
    """Whatever is acked after the fence was written is in what the recoverer reads."""
    world = World(seed, Checks())
    rng = world.rng
    life = world.live(rng.randint(10, 120))
    fence = encode_fence(Fence(slot=SLOT, writer_epoch=world.epoch, broker_id=0))
    at = fence_position(SLOT)
    world.device.medium[at : at + len(fence)] = fence
    for _ in range(rng.randint(0, 3)):
        if world.device.pending:
            world.device.complete(rng.randrange(len(world.device.pending)))
    other = FakeDevice(world.device.size_bytes, medium=world.device.medium, manual=True)
    numbers, end = await world.recover(other, life)
    sealed = list(life.chain)
    for _ in range(100):
        if world.device.pending:
            world.device.complete(rng.randrange(len(world.device.pending)))
        else:
            try:
                life.append(rng)
                life.writer.submit_nowait()
            except FencedError:
                break

    assert [n for n in life.acked if n not in numbers and n not in life.saved] == []
    life.chain = sealed
    assert await world.recover(other, life, end) == (numbers, end)


@pytest.mark.parametrize("seed", range(max(SEEDS // 2, 10)))
async def test_damage_below_a_later_durable_lsn_is_refused(seed: int) -> None:
    """A bad sector in an acked frame is corruption, unless only the very last frames follow."""
    world = World(seed, Checks())
    rng = world.rng
    life = world.live(rng.randint(60, 400))
    for _ in range(50):
        life.writer.submit_nowait()
        while world.device.pending:
            world.device.complete(rng.randrange(len(world.device.pending)))
    frames: list[RecoveredFrame] = []
    await scan(
        world.device,
        world.superblock,
        chain=life.chain,
        identity=life.identity,
        on_frame=lambda frame, _: frames.append(frame),
    )
    if not frames:
        return
    victim = rng.randrange(len(frames))
    frame = frames[victim]
    sector = rng.randrange((64 + frame.header.body_bytes + 511) // 512)
    at = frame.position + sector * 512
    for offset in range(at, min(at + 512, frame.position + 64 + frame.header.body_bytes)):
        world.device.medium[offset] ^= 0x5A
    end = frames[victim - 1].lsn + frames[victim - 1].header.frame_bytes if victim else 0
    provable = any(
        f.header.durable_lsn > max(end, life.chain[0][1] * EXTENT_BYTES)
        for f in frames[victim + 1 :]
    )
    if provable:
        with pytest.raises(CorruptFrameError) as caught:
            await world.recover(world.device, life)
        assert caught.value.lsn <= frame.lsn < caught.value.durable_lsn
        with pytest.raises(CorruptFrameError):
            await world.recover(world.device, life, life.writer.durable_lsn)
    else:
        numbers, _ = await world.recover(world.device, life)
        assert all(life.sent[n] < frame.lsn for n in numbers)
