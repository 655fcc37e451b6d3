"""Bounds of the appliance, each with its reason; relations between them are asserted at import."""

FETCH_RESPONSE_BYTES_MAX = 16 << 20
"""One fetch answer never holds more: it bounds what a reader that stops reading can pin."""

FETCH_LINE_BYTES = 512
"""Memory of one partition of a fetch that waits."""

FETCH_SESSIONS_MAX = 1000
"""Fetch sessions of a node, as many as Kafka keeps; a reader without one is served all the same."""

FETCH_SESSION_LINES_MAX = 200_000
"""Partitions of all fetch sessions together: about 60 MB."""

FETCH_SESSION_KEEP_S = 120
"""A session that is younger, or was used since, is not given up for another; Kafka's time."""

VOTERS_AWAITED_S = 5
"""Time in which the voters of a new cluster meet when all are started at once; then one says whom
it waits for."""

CONNECTIONS_MAX = 2**31 - 1
"""Kafka connections, where neither `max.connections` nor the limit of open files says fewer."""

FILES_RESERVED = 192
"""Open files that Kafka connections leave to others: 64 admin connections, 16 calls of the object
store with two each, and the node's own: volume, journal, snapshots, polls, links to voters."""

FILES_RESERVED_SHARE = 4
"""Under a low limit of open files Kafka connections get one of so many, whatever that leaves."""

CONNECTION_OUTPUT_BYTES_MAX = 32 << 20
"""Answers queued for one connection; above it the connection's requests are no longer read."""

CONNECTION_REQUESTS_MAX = 1000
"""Requests of one connection waiting for their answer; a Kafka client has five in flight."""

RECEIVE_BUFFER_BYTES = 1 << 20
"""Pooled receive memory of an active connection; an idle one holds none."""

RECEIVE_POOL_BYTES_MAX = 64 << 20
"""Receive buffers kept for reuse; fresh pages cost ten times a copy."""

RECEIVE_STASH_BYTES = 4096
"""The beginning of a request that a connection keeps by itself while it waits for the rest."""

RECEIVE_WAIT_S = 2
"""After so long without receive memory, a connection looks for one that stalls."""

RECEIVE_STALL_S_MIN = 10
"""A request that takes longer to arrive is given up when others wait for receive memory."""

NODE_OUTPUT_BYTES_MAX = 512 << 20
"""Answers queued on all connections; above it fetches get little and stalled clients are closed."""

FETCH_SCARCE_BYTES_MAX = 1 << 20
"""What one fetch gets while too many answers are queued."""

SEND_STALL_S_MIN = 10
"""A client that has taken nothing for so long is closed when too many answers are queued."""

SEND_BUFFERS_MAX = 1000
"""Pieces of one gathered send; the kernel refuses more than 1,024."""

REQUESTS_PER_TURN = 64
"""Requests of one connection before others get their turn: a MiB may hold 75,000 small ones."""

COLLECTOR_THRESHOLDS = (2_000, 10, 200)
"""When Python looks for cycles of garbage. A look at all objects stops the node for 0.1 s with
10,000 groups, and by Python's defaults their joins alone caused six. What makes such garbage, long
polls above all, is found young."""

SUBMIT_BYTES_MIN = 64 << 10
"""Appended bytes that go to the device before all connections of a turn are served: with less of
them a write is not worth what it costs."""

CONNECTIONS_PER_TURN = 32
"""Connections that are served between two turns of the event loop, which has more to do."""

PATIENT_PER_TURN = 16
"""Of them, those that are patient: half a millisecond of heartbeats, for which a produce waits."""

PATIENT_BEATS_MIN = 3
"""Heartbeats in a row after which a connection is patient: a member that just says it lives."""

PATIENT_PAUSE_S = 0.025
"""How long patient connections may wait for each other: one wake-up of the node serves them all."""

REPEATED_COMMIT_BYTES_MAX = 2 << 10
"""Longest OffsetCommit, of some 100 partitions, that a connection keeps to tell the next one alike.
With what is made of it that takes five times as much, 100 MB with ten thousand connections."""

REPEATED_COMMIT_LAYOUTS_MAX = 256
"""Layouts of such commits that connections share; consumers of one kind need one or two."""

RECEIVE_BULK_BYTES = 64 << 10
"""A receive of so many bytes is tried again at once: more of a large request has often come."""

SPINS_MAX = 16
"""Socket reads of one connection before others get their turn."""

PRODUCER_BATCHES_KEPT = 5
"""Batches of a producer whose duplicates are recognised (Kafka: max in flight, idempotent)."""

PRODUCERS_MAX = 100_000
"""Producer states of a node, about 1 KiB each; above it the least recently active one is forgotten,
and then a batch that it sends again is not recognised."""

CHECKPOINT_PRODUCER_BYTES_MAX = 192
"""One producer in a checkpoint, at worst: its state with five batches, and a record of its own."""

PRODUCER_ID_BLOCK = 1000
"""Producer ids fetched from the metadata at a time, as Kafka's controller hands them out."""

TOPICS_PER_REQUEST_MAX = 10_000
"""Topics created, grown or deleted by one request; those behind are refused, not looked at."""

DELETED_NAMES_MAX = 1000
"""Names of deleted topics that are remembered, so that whoever deleted one sees that it is gone."""

TOPICS_AT_ONCE_MAX = 250
"""Topics of one request worked on at once: enough to share flushes, and each holds a task of some
kilobytes while a request may name a hundred thousand topics."""

REFUSAL_CHARS_MAX = 1000
"""A reason in an answer; it may quote what the client sent, and older versions have room for
32,767 bytes."""

PARTITIONS_PER_TOPIC_MAX = 10_000
"""Partitions of one topic; each costs metadata on every node."""

UPLOAD_BYTES_MAX = 128 << 20
"""Data of one object: a single PUT of 64 to 128 MiB keeps the bill low."""

OBJECT_BLOCK_BYTES = 2 << 20
"""Data block of an object: one ranged GET, one CRC."""

UPLOAD_PARTITIONS_MAX = 10_000
"""Partitions of one object, so that its index stays within the next bound."""

UPLOAD_INDEX_BYTES_MAX = 4 << 20
"""Room for an object's index and footer behind its data: below 400 bytes a partition."""

EXTENTS_KEPT = 1
"""Spare extents that only a producer checkpoint may enter: it comes before every freeing, so
without room for it a full volume would stay full."""

EXTENTS_AHEAD = EXTENTS_KEPT + 2
"""Spare extents a writer holds, so that the metadata is never on the way of a produce."""

EXTENTS_RESERVED = 2
"""Free extents that nobody takes ahead of need: each restart takes one for its checkpoint, also
when the volume is full. It comes back when the log is sealed, unless the checkpoint was begun."""

EXTENTS_MIN = 1 + EXTENTS_AHEAD + EXTENTS_RESERVED
"""A volume with fewer extents would be full from the start."""

MEMBER_CHANGE_S_MAX = 3
"""How long a change of the members waits for what is in its way: a new leader that has not heard
everybody yet, or the change before it."""

MEMBER_CATCH_UP_S_MAX = 8
"""How long the request that adds a voter waits for it; below the time of a request of the admin
listener. A longer catch-up goes on without it, and the command is repeated."""

CLEANUP_S = 5
"""Time that closing a resource may take after a cancellation."""

DRAIN_S = 5
"""Time that requests in flight get when the node stops."""

CHECKPOINT_BYTES_MAX = 512 << 10
"""One producer-state checkpoint record; more producers make more records."""

GROUP_RECORDS_BEHIND_MAX = 5_000
"""Records of one partition of groups behind its checkpoint, or as many as the checkpoint has: a
load of all 50 decodes a quarter of a million, in 2 s."""

GROUP_LOAD_WAIT_S = 60
"""How long after a start a checkpoint waits for groups that are being loaded: with an object store
that takes but does not give, uploads must go on freeing the volume."""

GROUP_CHECKPOINT_WAIT_S = 2
"""How long a piece of their checkpoint waits for room before an upload frees extents without it."""

GROUP_TAIL_BYTES_MAX = 64 << 20
"""Batches of groups that a recovery keeps for their load: as many records as above, each a batch of
its own. What is more is read from the volume again."""

GROUP_READ_BYTES = 128 << 10
"""Read of a load between two turns of the event loop: about 10 ms of decoding."""

GROUP_APPENDS_WAITING_MAX = 10_000
"""Appends of groups that wait for room; each is owed to a request."""

GROUP_APPENDS_WAITING_BYTES_MAX = 64 << 20
"""Their records together; one commit may have a hundred thousand."""

GROUP_APPEND_WAIT_S = 5
"""How long they wait for memory, or for the object store to free the volume, at most: Kafka's
`offsets.commit.timeout.ms`."""

WAL_UNANSWERED_S_MAX = 5
"""A write of the WAL that takes longer makes a node not ready: slow disks take a tenth of it, and a
client's request times out after six times as long."""

GROUP_TICK_MS = 20
"""Deadlines of groups may be so late: with thousands of members one comes up every few
milliseconds, and each alone would be a turn of the loop."""

WALL_CLOCK_MS = 10_000
"""How often the wall clock is looked at for timestamps of groups."""

STORE_READ_S_MAX = 10
"""A fetch waits this long for the object store, then answers a retriable error: a client's own
request timeout is 30 s, and other partitions of its connection must go on."""

BATCHES_PER_TURN = 500
"""Batches of an upload handled before others get their turn: half a millisecond."""

RECOVERED_AT_ONCE = 8192
"""Batches of a recovery that are sorted by partition together: 4 MB, and 5 ms of the event loop."""

RECORDS_PER_TURN = 1000
"""Records opened between two turns of the event loop: about 2 ms."""

DESCRIBED_PARTITIONS_MAX = 2000
"""Of one page of DescribeTopicPartitions; Kafka's `max.request.partition.size.limit`."""

LINES_PER_TURN = 1000
"""Partitions, topics or configs put into an answer and encoded between two turns of the event loop:
about 4 ms."""

RECORD_ERRORS_MAX = 100
"""Records named in the refusal of one batch; each costs a hundred times what it took to send."""

KEY_CHECK_BYTES = 32 << 20
KEY_CHECK_RATIO = 8
"""Decompressed bytes in which keys are looked for on a compacted topic: the larger one of a fixed
size and so many times `max.message.bytes`. Beyond it is a bomb."""

QUOTA_CLIENTS_MAX = 10_000
"""Client ids, and addresses, whose use is measured while there are quotas; the oldest begins anew
above it."""

CONNECTIONS_HELD_MAX = 1000
"""Connections above the rate of their address that wait to be closed; more are closed at once."""

RECOMPRESS_LOOP_BYTES = 4 << 10
"""Uncompressed batches up to this size are compressed on the event loop: below 0.2 ms, but for the
highest levels of zstd, and 2 us for each record. A thread costs 0.06 ms more."""

INFLATE_LOOP_BYTES = 64 << 10
"""Compressed batches up to this size, before and after, are decompressed on the event loop: below
0.3 ms."""

TIMESTAMP_CHECK_BYTES = 1 << 20
"""Decompressed bytes in which the records with bad timestamps of a refused batch are looked for."""

OBJECT_GRACE_S = 60
"""Time from an object's marking to its deletion: reads that found it before come to their end."""

OBJECT_CHECK_S = 10
"""How often the metadata is asked for marked objects; no call of the object store."""

ORPHANS_AGAIN_S = 3600
"""Time after a start, or a put or deletion that failed, to the next search for orphans: what the
object store was still busy with then has landed or never will."""

STORE_CHECK_S = 5
"""Time that a start gives the object store to say whose it is; later, the uploader asks."""

RESPONSE_DELAY_S_MAX = 3600
"""Upper end of a client's max_wait_ms; a larger one is cut."""

assert CONNECTION_OUTPUT_BYTES_MAX >= 2 * FETCH_RESPONSE_BYTES_MAX
assert NODE_OUTPUT_BYTES_MAX >= 4 * CONNECTION_OUTPUT_BYTES_MAX
assert RECEIVE_STASH_BYTES < RECEIVE_BUFFER_BYTES
assert SEND_BUFFERS_MAX <= 1024
assert OBJECT_GRACE_S > 2 * STORE_READ_S_MAX
