"""Compares the WAL writer with fio on the same file: 256 KiB and 1 MiB frames, O_DSYNC.

    python -m tests.bench.wal_fio [--folder DIR] [--seconds 4] [--repeat 5]

fio writes with O_DIRECT and sync=dsync over blocks written before; so does the writer, plus copy,
CRC, fence read and acks. The batches of a frame are appended in one call with one ack, as the
broker does with those of a Produce request. Prints MB/s of both, their ratio, and the cost of
appending a batch.

fio runs four deep, and once as deep as the writer, whose frames are at the device from the write to
the end of their fence read.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import trio

from wal import direct, limits, volume
from wal.format import Identity
from wal.writer import BatchFields, Writer

SIZE = 1 << 30
BATCHES = (16 << 10, None)  # what producers send by default; one batch that fills the frame
DEPTH = 4
HEADERS = 8 << 10  # room for a frame's header and directory, which are not batches


def fio(path: Path, block: int, seconds: int, depth: int) -> float:
    """Return fio's MB/s."""
    command = [
        "fio", "--name=w", f"--filename={path}", f"--size={SIZE - (1 << 20)}", "--rw=write",
        f"--bs={block}", f"--iodepth={depth}", "--direct=1", "--sync=dsync",
        "--ioengine=io_uring", f"--runtime={seconds}", "--time_based", "--output-format=json",
        "--overwrite=1", "--fallocate=none", "--offset=1m",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    job = json.loads(done.stdout[done.stdout.index("{") :])["jobs"][0]
    return job["write"]["bw_bytes"] / 1e6


async def writer_rate(
    path: Path, block: int, batch_bytes: int, seconds: int
) -> tuple[float, float, float, float]:
    """Return MB/s, CPU share, microseconds per batch appended, mean frame KiB."""
    device = direct.open_device(path)
    await device.write(bytes(1 << 20), 0)
    vol = await volume.format_volume(device, cluster_id="b", uuid=bytes(16), force=True)
    count = vol.superblock.extent_count
    following = 0
    batch = memoryview(os.urandom(batch_bytes))
    writer: Writer

    def need() -> None:
        nonlocal following
        add: list[int] = []
        while len(add) + writer.spare_extents < 3:
            add.append(following % count)
            following += 1
        nursery.start_soon(later, add)

    async def later(add: list[int]) -> None:
        writer.add_extents(add)

    writer = Writer(
        device,
        superblock=vol.superblock,
        slot=0,
        identity=Identity(broker_id=0, writer_epoch=1, incarnation=1),
        arena_bytes=64 << 20,
        need_extents=need,
    )
    # So many bytes are outstanding that frames of `block` bytes form while others are written.
    window = 8 * block
    appends = acks = 0
    spent = 0.0

    async with trio.open_nursery() as nursery:
        need()
        await trio.sleep(0)
        await nursery.start(writer.run)
        per_frame = (block - HEADERS) // batch_bytes
        request: list[BatchFields] = [(1, 0, 0, 0, 0, batch)] * per_frame

        def on_durable() -> None:
            nonlocal acks
            acks += 1

        def pump() -> None:
            nonlocal appends, spent
            while writer.end_lsn - writer.durable_lsn < window and writer.room_for(block):
                t = time.perf_counter()
                rest = request
                while rest:  # A second time where the frame ends with its extent, or the arena.
                    _, positions = writer.append_some_nowait(rest, on_durable)
                    appends += len(positions)
                    rest = rest[len(positions) :]
                spent += time.perf_counter() - t
                writer.submit_nowait()

        writer.on_commit = pump
        warm_until = trio.current_time() + 1
        pump()
        while trio.current_time() < warm_until:
            await trio.sleep(0.1)
            pump()
        start, bytes_before, cpu = time.perf_counter(), writer.bytes_written, time.process_time()
        frames, appends_before, spent = writer.frames, appends, 0.0
        while time.perf_counter() - start < seconds:
            await trio.sleep(0.05)
            pump()
        elapsed = time.perf_counter() - start
        written = writer.bytes_written - bytes_before
        busy = (time.process_time() - cpu) / elapsed
        frames = writer.frames - frames
        per_append = spent / max(1, appends - appends_before) * 1e6
        writer.on_commit = lambda: None
        while writer.durable_lsn < writer.end_lsn:
            await writer.wait_room()
        nursery.cancel_scope.cancel()
    device.close()
    return written / elapsed / 1e6, busy, per_append, written / max(1, frames) / 1024


async def latency(path: Path, count: int) -> float:
    """Return the median microseconds from append to ack, one 4 KiB batch at a time."""
    device = direct.open_device(path)
    vol = await volume.format_volume(device, cluster_id="b", uuid=bytes(16), force=True)
    writer = Writer(
        device,
        superblock=vol.superblock,
        slot=0,
        identity=Identity(broker_id=0, writer_epoch=1, incarnation=2),
        arena_bytes=64 << 20,
        need_extents=lambda: None,
    )
    writer.add_extents(list(range(8)))
    times: list[float] = []
    async with trio.open_nursery() as nursery:
        await nursery.start(writer.run)
        for number in range(count):
            done = trio.Event()
            t = time.perf_counter()
            writer.append_nowait(1, number, 0, 0, 0, bytes(4000), done.set)
            writer.submit_nowait()
            await done.wait()
            times.append(time.perf_counter() - t)
        nursery.cancel_scope.cancel()
    device.close()
    return sorted(times)[count // 2] * 1e6


def main() -> None:
    """Print one line per size of frames and batches."""
    if shutil.which("fio") is None:
        print("wal: left out: fio is not installed")
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement")
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    seconds: int = arguments.seconds
    path = arguments.folder / f"wal-bench-{os.getpid()}"
    direct.create_volume_file(path, SIZE)
    try:
        subprocess.run(
            ["dd", "if=/dev/zero", f"of={path}", "bs=1M", f"count={SIZE >> 20}", "oflag=direct",
             "conv=notrunc"],
            check=True, capture_output=True,
        )  # fmt: skip
        for block, batch in itertools.product((256 << 10, 1 << 20), BATCHES):
            limits.FRAME_BYTES_MAX = block
            batch_bytes = batch or block - HEADERS
            name = f"{block >> 10:5d} KiB of {batch_bytes >> 10} KiB batches"
            ratios: list[float] = []
            for _ in range(arguments.repeat):
                theirs = fio(path, block, seconds, DEPTH)
                deeper = fio(path, block, seconds, limits.FRAMES_AT_DEVICE_MAX)
                ours, cpu, append_us, frame = trio.run(
                    writer_rate, path, block, batch_bytes, seconds
                )
                ratios.append(ours / theirs)
                print(
                    f"{name}  fio {theirs:6.0f} MB/s, as deep as we {deeper:6.0f} MB/s"
                    f"  writer {ours:6.0f} MB/s  ratio {ours / theirs:.2f}, {ours / deeper:.2f}"
                    f"  cpu {cpu:.2f}  append {append_us:.2f} us  frame {frame:.0f} KiB",
                    flush=True,
                )
            ratios.sort()
            low, middle, high = ratios[0], statistics.median(ratios), ratios[-1]
            print(f"{name}  ratio min {low:.2f}  median {middle:.2f}  max {high:.2f}")
        print(f"one 4 KB batch at a time: p50 {trio.run(latency, path, 2000):.0f} us to the ack")
    finally:
        path.unlink()


if __name__ == "__main__":
    main()
