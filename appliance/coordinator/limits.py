"""Bounds of the group coordinator, each with its reason; relations between them asserted below."""

TEXT_BYTES_MAX = 32_767
"""UTF-8 bytes of a text in a record of `__consumer_offsets`: its length there is an int16, while
flexible requests may carry more."""

MEMBER_ID_BYTES_MAX = TEXT_BYTES_MAX
"""Bytes of a member id: it is written into records."""

CLIENT_ID_CHARS_MAX = 1024
"""Characters of a client id that go into a member id and a record; 4 bytes each, and a uuid behind,
stay below `MEMBER_ID_BYTES_MAX`."""

MEMBERS_PER_GROUP_MAX = 100_000
"""Members of one group, also when `group.max.size` allows more: an answer to a leader lists all."""

PENDING_MEMBERS_PER_GROUP_MAX = 10_000
"""Member ids handed out and not used yet; a client that asks for ids and never joins ends here."""

PROTOCOLS_PER_MEMBER_MAX = 1_000
"""Assignors of one member; clients have one to three, and all are kept as long as the member."""

GROUP_BYTES = 2_048
"""Price of a group and of a pending or real member, with nothing in it."""

MEMBERS_BYTES_MAX = 512 << 20
"""Memory of all groups and members: what members say of themselves is bounded by the size of a
request alone, and groups not at all. It is a quarter of a million members of the usual kind."""

OFFSET_BYTES = 376
"""Price of a committed offset; its value, 24 bytes without metadata, comes on top."""

OFFSET_VALUE_BYTES_MAX = 64
"""Bytes of such a value but for its metadata, in every version that is written."""

OFFSETS_BYTES_MAX = 512 << 20
"""Memory of all committed offsets, 1.3 million: each group may commit for every partition."""

RECORDS_PER_APPEND_MAX = 1_000
"""Tombstones of one append when offsets expire; a cycle over many groups makes many appends."""

DEADLINES_PER_CALL = 32
"""What is done at a time of all that is due: the end of a join phase takes 0.1 ms, and a thousand
groups that began together end together."""

DEADLINE_ENTRIES_PER_CALL = 1_000
"""Entries that are looked at for them, 2 us each: all members of a node that was just started have
their sessions begin at one moment, and those that were moved meanwhile come up together."""

DEADLINES_STALE_MIN = 1_024
"""Cancelled entries that the deadline heap may hold before it is rebuilt; fewer do not matter."""

REPLAY_CACHE_ENTRIES_MAX = 50_000
"""Keys that a load remembers decoded; above it the memory of the load would grow with the log."""

EXPIRY_STAGGER_MS = 50
"""Distance of two partitions' expiry cycles after a common start: no cycle of all at once."""

CHECKPOINT_GROUPS_MAX = 10_000_000
"""Groups of one checkpoint: bounds a loop when its bytes are damaged."""

ANSWER_LINES_KEPT_MAX = 50_000
"""Topics and partitions of all answers to commits that are kept for the next one alike: some 10 MB,
and the partitions of 5,000 consumers that read ten each."""

COMMIT_SHAPES_BYTES_MAX = 32 << 20
"""What is kept of commits for the next ones alike, about: that of 20,000 consumers that read ten
partitions each."""

COMMIT_SHAPE_BYTES_MAX = 2 << 20
"""Of one commit: with names of the usual length all 10,000 partitions of a node. It has the group
id once for each, which a client may make 1,500 times as much as the request; who goes that far is
served without."""

COMMIT_GROUP_IDS_BYTES_MAX = 16 << 20
"""Bytes that the group id takes in the records of one commit, which has it once for each line: 128
bytes of it with the most lines that a request holds, or 500 lines of the longest."""

TIMESTAMP_MS_MAX = 1 << 53
"""Latest time of a stored group that is believed: adding clocks to it does not leave 64 bits."""

assert CLIENT_ID_CHARS_MAX * 4 + 64 <= MEMBER_ID_BYTES_MAX
assert RECORDS_PER_APPEND_MAX > 0
assert 16 * COMMIT_SHAPE_BYTES_MAX <= COMMIT_SHAPES_BYTES_MAX
assert 0 < DEADLINES_PER_CALL <= DEADLINE_ENTRIES_PER_CALL
