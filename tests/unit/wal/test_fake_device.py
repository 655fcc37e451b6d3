"""The fake device keeps to its fault model."""

import trio
import trio.testing

from wal.testing import FakeDevice

SIZE_BYTES = 64 << 10
LONG_S = 1000.0


async def test_cancelled_read_ends_with_its_device(autojump_clock: trio.testing.MockClock) -> None:
    """The kernel owns the buffer until the read is done; after a power cut nobody does."""
    device = FakeDevice(SIZE_BYTES, latency_s=lambda: LONG_S)
    with trio.move_on_after(LONG_S / 2):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(device.read, 0, 4096)
            await trio.sleep(1)
            nursery.cancel_scope.cancel()
            with trio.CancelScope(shield=True):
                await trio.sleep(1)
            assert nursery.child_tasks

            device.detach()

    assert trio.current_time() == 2


async def test_cancelled_read_of_a_device_that_lives_is_awaited(
    autojump_clock: trio.testing.MockClock,
) -> None:
    device = FakeDevice(SIZE_BYTES, latency_s=lambda: LONG_S)
    with trio.move_on_after(1):
        await device.read(0, 4096)

    assert trio.current_time() == LONG_S
