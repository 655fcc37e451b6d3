"""Bounds of the WAL, each with its reason."""

BLOCK_BYTES = 4096
"""Unit of every address and length on the volume: fits 512e and 4Kn devices."""

SECTOR_BYTES = 512
"""Smallest unit a device persists as a whole; smaller records must not straddle two."""

FRAME_BYTES_MAX = 1 << 20
"""A frame takes what is queued up to this; larger writes gain nothing, cost latency."""

WRITES_IN_FLIGHT_MAX = 2
"""The next frame is built and sent while one is being written, full or not."""

FRAMES_AT_DEVICE_MAX = 6
"""Full frames go out this deep: some four that are written, and those whose fence is being read
meanwhile or whose end the loop has not seen yet, so that the device never waits for either."""

EXTENT_BYTES_DEFAULT = 64 << 20
EXTENT_BYTES_MIN = 64 << 10
EXTENT_BYTES_MAX = 1 << 30
"""Frame positions and lengths are u32; a frame never crosses an extent."""

EXTENTS_PER_VOLUME_MIN = 8
"""A default extent is halved until a small volume has this many (down to 1 MiB)."""

SLOTS = 64
"""Writer slots with a fence block each."""

SPARE_EXTENTS_MIN = 2
"""Below this the writer asks for more: one is being entered, one is being filled."""

ARENA_BYTES_MIN = 4 << 20
ARENA_CLEAR_AHEAD_BYTES = 2 << 20
"""Recycled this far ahead, so that readers are asked to let go once per 2 MiB, not per frame."""

ARENA_POPULATE_BYTES = 2 << 20
"""Arena memory that gets its pages at once, a huge page: a fraction of a millisecond, or some where
a virtual machine must ask its host."""

ARENA_POPULATE_AHEAD_BYTES = 8 << 20
"""So far ahead of the frames: 30 ms at 250 MB/s."""

SCAN_READ_BYTES = 4 << 20
"""Size of one read of the recovery scan."""

LOOK_BEYOND_BYTES = 8 << 20
"""So much of an extent without a readable header is looked through for a frame of the writer; where
there is one, all of it. Of the first frame, damaged as the header is, and as many behind it as a
power loss can take away from the device, the next one tells that the extent was entered."""

FILL_WRITE_BYTES = 1 << 20
"""Zero-filling writes this much at once: what a writer in need of the extent waits for."""

RESERVE_BYTES = 1 << 30
"""Space of a new file is reserved in such pieces, so that progress can be shown."""

FILL_PAUSE_S_MAX = 0.1
"""Zero-filling pauses after each write as long as it took, but no longer: it must stay ahead."""

CLUSTER_ID_BYTES_MAX = 128

assert FRAME_BYTES_MAX % BLOCK_BYTES == 0
assert FRAMES_AT_DEVICE_MAX >= WRITES_IN_FLIGHT_MAX
assert ARENA_BYTES_MIN >= 2 * FRAME_BYTES_MAX
assert ARENA_CLEAR_AHEAD_BYTES <= ARENA_BYTES_MIN // 2
assert EXTENT_BYTES_MIN % BLOCK_BYTES == 0
assert SCAN_READ_BYTES >= FRAME_BYTES_MAX
assert LOOK_BEYOND_BYTES >= (FRAMES_AT_DEVICE_MAX + 2) * FRAME_BYTES_MAX
