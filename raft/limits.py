"""Bounds of this package; each with its reason."""

from __future__ import annotations

COMMAND_BYTES_MAX = 1 << 20
"""Longest command. Metadata commands are a few hundred bytes; one message must hold a command."""

PROPOSALS_PENDING_MAX = 1024
"""Proposals between `propose` and their result; more wait. Bounds memory and one turn's work."""

GROUP_BYTES_MAX = 4 << 20
"""Journal group: one write and one flush. A larger turn is written as several groups."""

JOURNAL_BYTES_MAX = 1 << 30
"""Journal file read at start. Compaction keeps it far below; above it the file is not ours."""

SNAPSHOT_BYTES_MAX = 1 << 30
"""Snapshot file read at start."""

SNAPSHOT_ENTRIES = 16_384
"""Log entries after which a snapshot is written: replay of them takes well under a second."""

SNAPSHOT_JOURNAL_BYTES = 32 << 20
"""Journal size after which a snapshot is written, for few but long commands."""

SNAPSHOT_PIECE_BYTES = 1 << 18
"""Snapshot bytes written between two checkpoints, so that the event loop is not held up."""

SNAPSHOTS_KEPT = 2
"""The current snapshot and its predecessor."""

CODEC_DEPTH_MAX = 16
"""Nesting of decoded values."""

IDLE_WAKE_S = 1.0
"""Longest sleep of the driver; a safety net only, every event wakes it."""

BATCH_BYTES = 2 << 20
"""Entries per message of the engine; longer commands would be split in a way that is refused."""

assert COMMAND_BYTES_MAX < GROUP_BYTES_MAX, "a group holds at least one command"
assert COMMAND_BYTES_MAX < BATCH_BYTES, "a message holds at least one command"
assert GROUP_BYTES_MAX < JOURNAL_BYTES_MAX
assert SNAPSHOT_JOURNAL_BYTES < JOURNAL_BYTES_MAX, "compaction starts before the file is refused"
