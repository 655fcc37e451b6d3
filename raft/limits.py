"""Bounds of this package; each with its reason."""

from __future__ import annotations

COMMAND_BYTES_MAX = 1 << 20
"""Longest command. Metadata commands are a few hundred bytes; one message must hold a command."""

PROPOSALS_PENDING_MAX = 1024
"""Proposals between `propose` and their result; more wait. Bounds memory and one turn's work."""

PROPOSALS_BYTES_MAX = 64 << 20
"""Their bytes: a leader without a majority holds them in its queue and its log. 64 commands of the
longest kind keep every disk and link busy; those of a kilobyte are bounded by their number."""

GROUP_BYTES_MAX = 2 << 20
"""Journal group: one write and one flush. A larger turn is written as several groups; one takes
about a millisecond of the event loop."""

WRITE_INLINE_BYTES_MAX = 64 << 10
"""Groups up to here are written in the event loop, in some 20 us; a thread costs five times as
much."""

JOURNAL_FILL_BYTES = 1 << 20
"""Zeros written behind the journal at a time. A flush that need not change the size of its file
takes 110 us instead of 140 to 180, and leaves the file system's own journal alone. To write them
takes a fraction of a millisecond every 10,000 short commands."""

REWRITE_BYTES = 64 << 10
"""Group of a journal that is written anew: encoding its entries, some 500 of 100 bytes, takes a
millisecond of the event loop."""

REPLAY_RECORDS = 1000
"""Records of the journal replayed at once, at start: a millisecond of the event loop."""

FREE_ENTRIES = 2000
"""Dropped log entries whose memory is given back at once: a fraction of a millisecond."""

JOURNAL_BYTES_MAX = 1 << 30
"""Journal file read at start. Compaction keeps it far below; above it the file is not ours."""

SNAPSHOT_BYTES_MAX = 1 << 30
"""Snapshot file that is read, at start or when it was received. It is in memory once, each piece of
it until the state machine has taken it. A start after a crash that kept a received one from being
put in force holds two."""

SNAPSHOT_ENTRIES = 16_384
"""Log entries after which a snapshot is written: replay of them takes well under a second."""

SNAPSHOT_JOURNAL_BYTES = 32 << 20
"""Journal size after which a snapshot is written, for few but long commands."""

SNAPSHOT_HELD_BYTES_MAX = 64 << 20
"""Journal size up to which a leader writes no newer snapshot while a follower gets one, or lags by
more than a snapshot's entries: half a million short commands, in which it can catch up."""

SNAPSHOT_PIECE_BYTES = 1 << 18
"""Snapshot bytes written between two checkpoints, so that the event loop is not held up."""

SNAPSHOTS_KEPT = 2
"""The current snapshot and its predecessor."""

CODEC_DEPTH_MAX = 16
"""Nesting of decoded values."""

FOUNDING_S = 0.1
"""Between two questions of a first voter to the others, until the new group begins."""

IDLE_WAKE_S = 1.0
"""Longest sleep of the driver; a safety net only, every event wakes it."""

BATCH_BYTES = 2 << 20
"""Entries in one message, at most; above it the next message begins."""

BATCH_ENTRIES = 256
"""Entries in one message: decoding and logging them takes a follower about a millisecond."""

OBSERVER_BATCH_ENTRIES = 1024
"""The same for observers, who get theirs seldom: each message and its answer cost the leader some
50 us, and an observer may take three milliseconds for it."""

FEED_BYTES_MAX = BATCH_BYTES + COMMAND_BYTES_MAX + 64 * OBSERVER_BATCH_ENTRIES
"""Entries for an observer, unpacked: what a few kilobytes from a hostile member may become."""

FEED_UNASKED_BYTES_MAX = 1 << 20
"""After so many bytes of entries an observer is asked to answer: on a line of 10 MB/s it is heard
every 100 ms, and not taken for silent."""

TURN_BYTES = 32 << 10
"""Messages taken in one turn; it ends with the one that gets there, others have their turn then."""

APPLY_ENTRIES_MAX = 128
"""Entries applied in one turn: a millisecond or less. After a stall many are committed at once. Who
waited for them has the next commands on their way while the rest is applied: with all of them at
once a leader and its followers would work by turns."""

SEND_BYTES = 1 << 20
"""Queued messages are joined up to here: a tenth of a millisecond."""

MESSAGE_BYTES_MAX = 8 << 20
"""One message between nodes; a peer that announces more is cut off before anything is buffered."""

MESSAGE_ENTRIES_MAX = 1024
"""Entries that a peer may send at once."""

INBOX_MESSAGES_MAX = 4096
"""Messages waiting for the next turn; more are dropped, and their senders repeat them."""

INBOX_BYTES_MAX = 64 << 20
"""Their bytes."""

OUTBOX_BYTES_MAX = 32 << 20
"""Bytes waiting for one connection; above it messages are dropped, which Raft repairs."""

READ_BYTES = 1 << 16
"""Read of a connection at once: others get their turn behind it."""

READS_PER_TURN = 64
"""Connections read between two turns of the event loop: a millisecond if each brings a message."""

HELLO_BYTES_MAX = 1024
"""The first frame of a connection, from somebody who may be anybody."""

HANDSHAKE_S = 5.0
"""From connecting to both hellos; also what somebody who says nothing may cost."""

GREETINGS_MAX = 128
"""Connections that have not said who they are; for each one more, one of the older half is closed.
One is accepted in each turn of the event loop: a member has 64 turns for its hello."""

SEND_S_MAX = 5.0
"""A peer that takes nothing for so long is disconnected."""

RECONNECT_S_MIN = 0.05
"""Shortest delay between attempts to connect: the first one is up to twice as long, and the next
ones double."""

RECONNECT_S_MAX = 1.0
"""Longest delay: a node that is back is heard within an election timeout or two."""

WINDOW_MESSAGES_MAX = 16
"""Messages with entries sent to a follower ahead of its answers: some thousand entries, and a
millisecond of the leader's event loop when all of them are sent at once."""

WINDOW_BYTES_MAX = 8 << 20
"""Their bytes: bounds what a slow follower costs the leader."""

HEARTBEAT_S = 0.1
"""A leader speaks at least this often. A round trip in a datacentre takes a hundredth of it."""

COMMIT_TOLD_S = 0.001
"""What is committed is told to the voters so much later, unless entries tell it: whoever waited for
a commit has the next command by then, and a message and its answer for each are saved."""

ELECTION_S_MIN = 0.4
"""A follower waits at least this long for its leader: three lost heartbeats are no election."""

ELECTION_S_MAX = 0.8
"""Random up to here, so that two candidates rarely meet."""

LEADER_ALONE_S_MAX = 1.0
"""A leader that no majority answered for so long steps down."""

LEADER_FLUSH_S_MAX = 10.0
"""A leader whose flush takes longer steps down: it commits nothing, and its heartbeats keep others
from it. Long enough that a busy disk, or one that is shared by all, costs no leader its term."""

OBSERVERS_FEW = 8
"""Observers up to here are sent to in every turn."""

OBSERVERS_AT_ONCE = 20
"""Of more so many are sent to in one turn. All of a hundred at once would keep every command
waiting for some ten milliseconds; a turn and a pass for each would cost a twentieth of a core."""

OBSERVER_S = 0.001
"""More are sent to this seldom, times their number: a message and its answer cost the leader a
tenth of that, and observers may lag."""

OBSERVER_HEARTBEATS = 3
"""With more observers each hears one heartbeat in so many: it does not vote. Its answers must come
often enough that it counts as heard, or it could not become a voter."""

HEARTBEATS_SILENT_MAX = 3
"""Heartbeats without an answer after which entries are sent again."""

SESSIONS_MAX = 10_000
"""Open sessions for exactly-once commands; one costs its last result."""

CATCH_UP_ENTRIES_MAX = 1024
"""An observer this close to the end of the log may become a voter: it will not hold up commits."""

ADDRESS_CHARS_MAX = 300
"""Address of a member: the longest DNS name is 253 characters, and a port follows."""

TRANSFER_S_MAX = 2.0
"""A leader that waits longer for its successor goes on leading."""

RPC_METHOD_CHARS_MAX = 64
"""Name of a method: a word or two."""

RPC_TEXT_CHARS_MAX = 1000
"""Why a call failed, for people."""

RPC_PIECE_BYTES = 64 << 10
"""Data in one frame: others get their turn on the connection behind it."""

RPC_WINDOW_BYTES = 256 << 10
"""Bytes of one direction of a stream that were sent and not yet read: 250 MB/s at 1 ms."""

RPC_STREAMS_MAX = 64
"""Open streams of one connection; the dialler waits for one to end. With the window this bounds
what a peer can make this node hold for one connection, to 16 MiB."""

RPC_HANDLERS_MAX = 2 * RPC_STREAMS_MAX
"""Handlers of one connection, those that are ending because their stream was given up included."""

RPC_CONNECTIONS_MAX = 4
"""Connections of one peer; one more ends the oldest."""

RPC_OUTBOX_BYTES = 512 << 10
"""Bytes waiting for one connection above which data waits."""

RPC_OUTBOX_BYTES_MAX = 8 << 20
"""Bytes waiting for one connection: each stream may add one piece, and frames without data. A peer
that makes us answer more and reads nothing is disconnected."""

RPC_CALL_BYTES_MAX = 4 << 20
"""Request or answer of a plain call, which is held as a whole."""

RPC_FRAMES_PER_TURN = 100
"""Frames of one connection before others get their turn: one read may bring ten thousand."""

RPC_FAREWELL_S = 1.0
"""A member that is removed gets so long the answers to what it has asked before."""

RPC_PING_S = 5.0
"""A connection is asked so often whether the other end lives."""

RPC_SILENCE_S_MAX = 15.0
"""A peer that says nothing for so long is gone."""

RPC_FRAME_BYTES_MAX = RPC_PIECE_BYTES + 64
"""One frame: a piece with its head, or a text of four bytes a character."""

assert 4 * RPC_TEXT_CHARS_MAX + 64 < RPC_FRAME_BYTES_MAX
assert RPC_PIECE_BYTES <= RPC_WINDOW_BYTES
assert RPC_OUTBOX_BYTES + RPC_STREAMS_MAX * RPC_FRAME_BYTES_MAX < RPC_OUTBOX_BYTES_MAX
assert 2 * RECONNECT_S_MIN <= RECONNECT_S_MAX < HANDSHAKE_S
assert 2 * RPC_PING_S < RPC_SILENCE_S_MAX
assert COMMAND_BYTES_MAX < GROUP_BYTES_MAX, "a group holds at least one command"
assert 2 * COMMAND_BYTES_MAX < PROPOSALS_BYTES_MAX, "with its session's head, too"
assert COMMAND_BYTES_MAX < BATCH_BYTES, "a message holds at least one command"
assert BATCH_ENTRIES < OBSERVER_BATCH_ENTRIES <= MESSAGE_ENTRIES_MAX
assert FEED_BYTES_MAX + 64 < MESSAGE_BYTES_MAX
assert SNAPSHOT_PIECE_BYTES < MESSAGE_BYTES_MAX
assert WINDOW_BYTES_MAX + BATCH_BYTES + COMMAND_BYTES_MAX < OUTBOX_BYTES_MAX
assert MESSAGE_BYTES_MAX < INBOX_BYTES_MAX
assert OBSERVER_HEARTBEATS * HEARTBEAT_S < ELECTION_S_MIN, "a quiet observer is heard"
assert 3 * HEARTBEAT_S < ELECTION_S_MIN < ELECTION_S_MAX <= LEADER_ALONE_S_MAX
assert ELECTION_S_MAX < LEADER_FLUSH_S_MAX
assert GROUP_BYTES_MAX < JOURNAL_BYTES_MAX
assert SNAPSHOT_JOURNAL_BYTES < SNAPSHOT_HELD_BYTES_MAX
assert SNAPSHOT_HELD_BYTES_MAX < JOURNAL_BYTES_MAX, "compaction starts before the file is refused"
