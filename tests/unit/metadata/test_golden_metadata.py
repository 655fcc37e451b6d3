"""Bytes of every command and of a snapshot, as version 1 writes them, and under any hash seed."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.metadata import Image, commands as c

HERE = Path(__file__)
GOLDEN_COMMANDS = HERE.with_name("golden_v1.commands")
GOLDEN_SNAPSHOT = HERE.with_name("golden_v1.snapshot.gz")
GOLDEN_QUOTAS = HERE.with_name("golden_v1_quotas.snapshot.gz")
GOLDEN_OWNED = HERE.with_name("golden_v1_owned.snapshot.gz")
GOLDEN_NAMED = HERE.with_name("golden_v1_named.snapshot.gz")

T1, T2, T3 = (bytes([n]) * 16 for n in (1, 2, 3))


def _range(partition_id: int, start: int, end: int) -> c.ObjectRangeCommit:
    return c.ObjectRangeCommit(
        partition_id=partition_id, start_offset=start, end_offset=end, size=100, max_timestamp=-1
    )


LIFE: list[c.Command] = [
    c.InitCluster(cluster_id="golden-cluster", now_ms=1_700_000_000_000),
    c.FormatVolume(volume_uuid=bytes(range(16)), extent_bytes=1 << 26, extent_count=32),
    c.RegisterBroker(broker_id=0, incarnation=1 << 63, host="h", port=9092, rack="r"),
    c.AllocateExtents(log_id=1, count=3),
    c.AllocateExtents(log_id=1, count=2, first_chain_sequence=3),
    c.CreateTopic(
        name="orders",
        topic_id=T1,
        partitions=2,
        configs={"retention.ms": "1000", "cleanup.policy": "compact"},
        now_ms=1_700_000_000_001,
    ),
    c.CreateTopic(
        name="clicks", topic_id=T2, partitions=1, assignment=((0,),), configs={}, now_ms=5
    ),
    c.CreateTopic(name="gone", topic_id=T3, partitions=1, configs={}, now_ms=6),
    c.CreatePartitions(name="clicks", total=2, assignment=((0,),)),
    c.AlterTopicConfigs(name="orders", set={"segment.bytes": "2000000"}, delete=("retention.ms",)),
    c.AlterBrokerConfigs(broker_id=None, set={"num.io.threads": "4"}, delete=()),
    c.AlterBrokerConfigs(broker_id=0, set={"a": "b", "c": ""}, delete=("d",)),
    c.AllocateProducerIds(broker_id=0, count=1000),
    c.AllocateObjectIds(count=4),
    c.CommitObject(
        object_id=1,
        key="golden-cluster/9e/0000000000000001.pso",
        size=12345,
        created_ms=7,
        log_id=1,
        uploaded_lsn=1 << 26,
        ranges=(_range(1, 0, 10), _range(3, 0, 1 << 40), _range(4, 0, 3)),
    ),
    c.CommitObject(
        object_id=2, key="k2", size=1, created_ms=8, log_id=1, uploaded_lsn=(1 << 27) + 4096,
        ranges=(_range(4, 3, 5),),
    ),
    c.DeleteTopic(topic_id=T3),
    c.CommitObject(
        object_id=3, key="k3", size=1, created_ms=9, log_id=1, uploaded_lsn=(1 << 27) + 8192,
        ranges=(_range(4, 5, 6), _range(1, 10, 12)),
    ),
    c.DeleteRecords(partition_id=1, log_start_offset=11),
    c.DropObjects(object_ids=(2,)),
    c.FreeExtents(log_id=1, below_chain_sequence=1),
    c.FenceLog(log_id=1),
    c.SealLog(log_id=1, end_lsn=1 << 28),
    c.RegisterBroker(broker_id=0, incarnation=77, host="h2", port=1, rack=None),
    c.RegisterBroker(broker_id=5, incarnation=78, host="::1", port=2, rack=""),
    c.AllocateExtents(log_id=3, count=1),
    c.AdvanceLog(log_id=1, uploaded_lsn=1 << 28),
    c.ReleaseLog(log_id=1),
    c.ObjectsDeleted(object_ids=(2, 4)),
]  # fmt: skip


QUOTAS: list[c.Command] = [
    c.AlterClientQuotas(
        entity=(("client-id", None), ("user", "ANONYMOUS")),
        set={"producer_byte_rate": "1048576.0", "request_percentage": "12.5"},
        delete=("consumer_byte_rate",),
    ),
    c.AlterClientQuotas(entity=(("user", None),), set={"consumer_byte_rate": "5.0"}, delete=()),
]
"""What joined later: an older snapshot has no field of it."""

NAMED: list[c.Command] = [
    c.AlterNamedConfigs(
        resource_type=32, name="g", set={"consumer.session.timeout.ms": "45000"}, delete=("x",)
    ),
    c.AlterNamedConfigs(
        resource_type=16, name="m", set={"interval.ms": "1000", "metrics": ""}, delete=()
    ),
]
"""What joined after that."""

OWNED: list[c.Command] = [c.OwnStore(owner_id=bytes(range(16, 32)))]
"""And after that."""

EVERY = LIFE + QUOTAS + NAMED + OWNED


def _live(*later: c.Command) -> Image:
    image = Image()
    for command in [*LIFE, *later]:
        image.apply(c.decode(c.encode(command)))
    return image


def test_life_has_every_command_in_it() -> None:
    """A new command joins the golden ones."""
    assert {type(command) for command in EVERY} == {kind for kind, _ in c._KINDS.values()}


@pytest.mark.parametrize("number", range(len(EVERY)))
def test_command_is_encoded_to_its_golden_bytes(number: int) -> None:
    """A changed byte is a changed format: give it a new version and keep reading the old one."""
    golden = bytes.fromhex(GOLDEN_COMMANDS.read_text("ascii").split()[number])

    assert c.encode(EVERY[number]) == golden
    assert c.decode(golden) == EVERY[number]


def test_snapshot_is_the_golden_one_and_is_restored() -> None:
    """A changed byte is a changed format; the old one stays readable."""
    golden = gzip.decompress(GOLDEN_SNAPSHOT.read_bytes())
    restored = Image.restore(golden)

    assert _live().snapshot() == golden
    assert restored.snapshot() == golden
    assert list(restored.marked) == [] and set(restored.objects) == {1, 3}
    assert restored.topics_by_name["orders"].configs == {
        "cleanup.policy": "compact",
        "segment.bytes": "2000000",
    }
    assert restored.free_extents == 31


def test_snapshot_with_quotas_is_the_golden_one_and_is_restored() -> None:
    """A field that joined later is there when it holds something."""
    golden = gzip.decompress(GOLDEN_QUOTAS.read_bytes())
    restored = Image.restore(golden)

    assert _live(*QUOTAS).snapshot() == golden
    assert restored.snapshot() == golden
    assert restored.client_quotas == _live(*QUOTAS).client_quotas


def test_snapshot_with_named_configs_is_the_golden_one_and_is_restored() -> None:
    """Likewise."""
    golden = gzip.decompress(GOLDEN_NAMED.read_bytes())
    restored = Image.restore(golden)

    assert _live(*QUOTAS, *NAMED).snapshot() == golden
    assert restored.snapshot() == golden
    assert restored.named_configs == _live(*NAMED).named_configs


def test_snapshot_with_the_stores_owner_is_the_golden_one_and_is_restored() -> None:
    """Likewise."""
    golden = gzip.decompress(GOLDEN_OWNED.read_bytes())
    restored = Image.restore(golden)

    assert _live(*QUOTAS, *NAMED, *OWNED).snapshot() == golden
    assert restored.snapshot() == golden
    assert restored.owner_id == bytes(range(16, 32))


def test_snapshot_is_the_same_under_any_hash_seed() -> None:
    """Invariant 7: no order of a set or dict of the process gets into the bytes."""
    code = (
        "import sys, hashlib, random; sys.path.insert(0, sys.argv[1])\n"
        "import test_golden_metadata as golden, test_random_commands as life\n"
        "digest = hashlib.sha256(golden._live().snapshot())\n"
        "for seed in range(3):\n"
        "    rng, image = random.Random(seed), life.Image()\n"
        "    for number in range(300):\n"
        "        some = life._START\n"
        "        chosen = some[number] if number < len(some) else life._likely(image, rng)\n"
        "        digest.update(repr(life._apply(image, chosen)).encode())\n"
        "    digest.update(image.snapshot())\n"
        "print(digest.hexdigest())"
    )
    root = HERE.parents[3]
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(HERE.parent)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2718")
    }
    assert len(digests) == 1
