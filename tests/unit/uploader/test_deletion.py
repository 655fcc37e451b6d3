"""Objects that nobody needs go away, everything else stays, whatever fails on the way."""

import random
from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio
import trio.testing

from appliance import limits
from appliance.errors import OperatorError
from appliance.ids import LogId, ObjectId
from appliance.metadata import Image, commands
from appliance.objects import keys
from appliance.objects.memory import Fault, MemoryStore
from appliance.objects.store import Counters, RetryingStore
from appliance.server.table import PartitionTable
from appliance.telemetry import Telemetry
from appliance.uploader import Ownership, Uploader
from wal.writer import Writer

CLUSTER = "c"
TOPICS = [bytes(15) + bytes([n]) for n in (7, 8)]


class World:
    """An image with two topics and three objects, and the objects themselves."""

    def __init__(self) -> None:
        self.image = Image()
        self.store = MemoryStore()
        self.telemetry = Telemetry()
        self.proposals: list[Any] = []
        apply = self.image.apply
        apply(commands.InitCluster(cluster_id=CLUSTER, now_ms=0))
        apply(commands.OwnStore(owner_id=b"o" * 16))
        apply(commands.RegisterBroker(broker_id=0, incarnation=1, host="h", port=1, rack=None))
        apply(commands.FormatVolume(volume_uuid=bytes(16), extent_bytes=1 << 20, extent_count=8))
        apply(commands.AllocateExtents(log_id=1, count=4))
        for number, topic_id in enumerate(TOPICS):
            apply(
                commands.CreateTopic(
                    name=f"t{number}", topic_id=topic_id, partitions=1, configs={}, now_ms=0
                )
            )
        apply(commands.AllocateObjectIds(count=5))
        self.commit(1, [(1, 0, 5)])
        self.commit(2, [(1, 5, 9), (2, 0, 3)])
        self.commit(3, [(2, 3, 6)])

    def commit(self, object_id: int, ranges: list[tuple[int, int, int]]) -> None:
        key = self.put(object_id)
        self.image.apply(
            commands.CommitObject(
                object_id=object_id,
                key=key,
                size=len(b"object"),
                created_ms=0,
                log_id=1,
                uploaded_lsn=object_id * 4096,
                ranges=[
                    commands.ObjectRangeCommit(
                        partition_id=p, start_offset=a, end_offset=b, size=5, max_timestamp=0
                    )
                    for p, a, b in ranges
                ],
            )
        )

    def put(self, object_id: int, prefix: str = f"{CLUSTER}/") -> str:
        key = keys.object_key(prefix, object_id)
        self.store.objects[key] = b"object"
        return key

    def held(self) -> set[int | None]:
        return {
            keys.parse_object_id(key) for key in self.store.objects if key != f"{CLUSTER}/owner"
        }

    async def propose(self, command: Any) -> Any:
        await trio.lowlevel.checkpoint()
        self.proposals.append(command)
        return self.image.apply(command)

    def ownership(self, store: Any) -> Ownership:
        return Ownership(image=self.image, store=store, cluster_id=CLUSTER, place="s3://b")

    def uploader(self, store: Any = None) -> Uploader:
        writer = SimpleNamespace(durable_lsn=0, extent_bytes=1 << 20)
        return Uploader(
            image=self.image,
            propose=self.propose,
            table=PartitionTable(),
            writer=cast("Writer", writer),
            log_id=LogId(1),
            logs=cast("Any", None),
            store=store or self.store,
            ownership=self.ownership(store or self.store),
            cluster_id=CLUSTER,
            now_ms=lambda: 0,
            telemetry=self.telemetry,
            trigger_bytes=1 << 20,
            trigger_ms=1000,
        )


async def run_for(uploader: Uploader, seconds: float) -> None:
    with trio.move_on_after(seconds):
        await uploader.run()


async def test_deleted_topics_objects_go_after_the_grace_period(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Invariant 6: marked by the metadata, deleted from the store, then forgotten; others stay."""
    world = World()
    world.image.apply(commands.DeleteTopic(topic_id=TOPICS[0]))
    uploader = world.uploader()

    await run_for(uploader, limits.OBJECT_GRACE_S - 1)
    assert world.held() == {1, 2, 3}
    await run_for(uploader, limits.OBJECT_GRACE_S + 2 * limits.OBJECT_CHECK_S)

    assert world.held() == {2, 3}  # 2 still holds a range of the other topic
    assert set(world.image.objects) == {2, 3}
    assert not world.image.marked
    assert world.telemetry.objects_deleted == 1
    world.image.apply(commands.DeleteTopic(topic_id=TOPICS[1]))
    await run_for(uploader, limits.OBJECT_GRACE_S + 2 * limits.OBJECT_CHECK_S)
    assert world.held() == set() == set(world.image.objects)


async def test_no_call_of_the_store_without_a_marked_object(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """An idle node costs nothing: a look at the start and one after an hour, then silence."""
    world = World()

    await run_for(world.uploader(), 5 * limits.ORPHANS_AGAIN_S)

    look = ["get", "list", "list"]
    claim = ["head", "put", "get"]
    assert [operation for operation, _ in world.store.calls] == [
        look[0],
        claim[0],
        *look[1:],
        *claim[1:],
        *look,
    ]
    assert world.held() == {1, 2, 3}


async def test_upload_of_a_topic_deleted_meanwhile_leaves_nothing(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """An object committed after its only topic went is marked at once, and goes."""
    world = World()
    world.image.apply(commands.DeleteTopic(topic_id=TOPICS[1]))
    world.commit(4, [(2, 6, 9)])

    await run_for(world.uploader(), limits.OBJECT_GRACE_S + 2 * limits.OBJECT_CHECK_S)

    assert world.held() == {1, 2} == set(world.image.objects)


@pytest.mark.parametrize("fault", [Fault.UNAVAILABLE, Fault.LOST, Fault.AMBIGUOUS, Fault.REFUSED])
async def test_failed_deletion_is_tried_again_before_it_is_forgotten(
    fault: Fault, autojump_clock: trio.testing.MockClock
) -> None:
    """The metadata forgets an object only after the store said that it is gone."""
    world = World()
    store = RetryingStore(world.store, rng=random.Random(1), log=lambda _: None)
    await store.check()
    world.image.apply(commands.DeleteTopic(topic_id=TOPICS[0]))
    uploader = world.uploader(store)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(uploader.run)
        await trio.sleep(limits.OBJECT_GRACE_S - 5)
        world.store.fail_next(fault)
        await trio.sleep(3 * limits.OBJECT_CHECK_S)
        nursery.cancel_scope.cancel()

    assert world.held() == {2, 3} == set(world.image.objects)
    assert [operation for operation, _ in world.store.calls].count("delete") >= 2


async def test_crash_between_deletion_and_its_command_deletes_again(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The mark survives a crash; deleting what is gone is success."""
    world = World()
    world.image.apply(commands.DeleteTopic(topic_id=TOPICS[0]))
    restored = Image.restore(world.image.snapshot())
    world.image = restored
    del world.store.objects[restored.objects[ObjectId(1)].key]

    await run_for(world.uploader(), limits.OBJECT_GRACE_S + 2 * limits.OBJECT_CHECK_S)

    assert set(restored.objects) == {2, 3}


async def test_orphans_are_removed_at_the_start(autojump_clock: trio.testing.MockClock) -> None:
    """An id that was given out, and no commit: the object of a crash. Other keys stay."""
    world = World()
    world.put(4)
    other = world.put(4, "another/")
    world.store.objects[f"{CLUSTER}/notes"] = b"not an object"

    await run_for(world.uploader(), 5)

    assert keys.object_key(f"{CLUSTER}/", 4) not in world.store.objects
    assert {other, f"{CLUSTER}/notes"} < set(world.store.objects)
    assert world.telemetry.orphans_removed == 1


async def test_orphan_that_lands_after_the_start_is_removed(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The object store was still busy with a put when the process that sent it was killed."""
    world = World()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(world.uploader().run)
        await trio.sleep(60)
        world.put(4)
        await trio.sleep(limits.ORPHANS_AGAIN_S)
        nursery.cancel_scope.cancel()

    assert world.held() == {1, 2, 3}
    assert world.telemetry.orphans_removed == 1


@pytest.mark.parametrize("operation", ["put", "delete"])
async def test_open_outcome_makes_the_node_look_for_orphans_again(
    operation: str, autojump_clock: trio.testing.MockClock
) -> None:
    """A call that failed may be carried out later, when its object is not wanted any more."""
    world = World()
    world.telemetry.store = Counters()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(world.uploader().run)
        await trio.sleep(2 * limits.ORPHANS_AGAIN_S)
        world.telemetry.store.errors[operation] += 1
        await trio.sleep(60)
        world.put(4)
        await trio.sleep(limits.ORPHANS_AGAIN_S)
        nursery.cancel_scope.cancel()

    assert world.held() == {1, 2, 3}


async def test_object_with_an_id_never_given_out_stops_the_node(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """Metadata that is older than the bucket, or another cluster's bucket: nothing is deleted."""
    world = World()
    world.put(4)
    world.put(6)
    before = dict(world.store.objects)

    with pytest.raises(OperatorError, match="never wrote"):
        await world.uploader().run()

    assert world.store.objects == before
