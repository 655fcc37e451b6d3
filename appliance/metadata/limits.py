"""Bounds of metadata commands and snapshots, each with its reason; relations asserted below."""

I32_MAX = (1 << 31) - 1
I64_MIN = -(1 << 63)
I64_MAX = (1 << 63) - 1
U64_MAX = (1 << 64) - 1

COMMAND_BYTES_MAX = 1 << 20
"""One encoded command, as `raft.limits` takes it; a commit of `RANGES_MAX` ranges fits."""

TEXT_CHARS_MAX = 1024
"""Names, hosts, object keys; S3 keys end at 1,024 bytes too."""

CONFIG_CHARS_MAX = 64 << 10
"""A config value; the lists of throttled replicas of a big topic are the longest."""

CONFIGS_MAX = 1000
"""Configs of one resource; Kafka knows fewer than 400 names."""

ENTITY_PARTS_MAX = 3
"""Parts of a quota's entity: a user, a client id, an address."""

QUOTA_ENTITIES_MAX = 10_000
"""Entities with quotas; each is kept by every node."""

NAMED_CONFIGS_MAX = 10_000
"""Groups and client metrics with configs; each is kept by every node."""

PARTITIONS_MAX = 10_000
"""Partitions of one topic, as `appliance.limits.PARTITIONS_PER_TOPIC_MAX`."""

PARTITIONS_PER_CLUSTER_MAX = 100_000
"""Partitions of all topics: each costs about 2 KiB of memory on its node, for good, while a request
of some hundred kilobytes could ask for a hundred million of them."""

REPLICAS_MAX = 1000
"""Brokers in one partition's manual assignment."""

RANGES_MAX = 16_384
"""Partitions in one object: all of a node's; more make a second object."""

OBJECTS_MAX = 100_000
"""Object ids in one command; garbage is deleted in batches of this size at most."""

EXTENTS_MAX = 1 << 24
"""Extents of a volume: 1 PiB of 64 MiB extents; each costs an integer in memory."""

EXTENTS_PER_ALLOCATION_MAX = 1024
"""Extents handed out by one command; writers ask for a few."""

ID_BLOCK_MAX = 1_000_000
"""Producer or object ids handed out by one command."""

SNAPSHOT_ITEMS_MAX = 1 << 26
"""Elements of one list of a snapshot: bounds memory when its bytes are damaged."""

CBOR_DEPTH_MAX = 12
"""Nesting of commands and snapshots; the deepest has seven levels."""

assert RANGES_MAX * 64 <= COMMAND_BYTES_MAX
assert PARTITIONS_MAX <= RANGES_MAX
assert PARTITIONS_MAX <= PARTITIONS_PER_CLUSTER_MAX
