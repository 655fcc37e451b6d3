"""Nothing is uploaded to, or deleted from, an object store that is not this cluster's."""

import random
from collections.abc import Callable

import pytest
import trio.testing

from appliance import limits
from appliance.errors import OperatorError
from appliance.metadata import commands
from appliance.objects.memory import Fault
from appliance.objects.store import RetryingStore
from tests.unit.uploader import test_deletion, test_upload
from tests.unit.uploader.test_deletion import CLUSTER, TOPICS, run_for

OWNER = f"{CLUSTER}/owner"


def made() -> test_deletion.World:
    """Return a cluster of an earlier build: objects 1 to 3, and no owner object."""
    return test_deletion.World()


def empty() -> test_deletion.World:
    """Return a cluster whose metadata names no object any more."""
    world = made()
    for topic_id in TOPICS:
        world.image.apply(commands.DeleteTopic(topic_id=topic_id))
    world.store.objects.clear()
    return world


async def test_empty_store_becomes_the_clusters_own() -> None:
    """The first look claims it, by a conditional put; the second finds it claimed."""
    world = empty()
    ownership = world.ownership(world.store)

    assert not await ownership.check()
    assert await ownership.look() == []
    assert await ownership.check()
    assert world.store.objects == {
        OWNER: b"version=1\ncluster.id=c\nowner.id=" + b"6f" * 16 + b"\n"
    }


async def test_store_of_an_earlier_build_is_claimed_when_it_holds_what_is_named() -> None:
    """Orphans of it go as ever: it is ours."""
    world = made()
    orphan = world.put(4)

    assert await world.ownership(world.store).look() == [orphan]
    assert OWNER in world.store.objects


@pytest.mark.parametrize("size", [-1, 5])
async def test_store_without_a_named_object_is_refused_and_left_as_it_was(size: int) -> None:
    """Absent, or of another size: with an owner or without one, at once or in the look."""
    for number in (1, 2, 3):
        for owned in (False, True):
            world = made()
            ownership = world.ownership(world.store)
            if owned:
                await ownership.look()
            key = next(k for k in world.store.objects if k.endswith(f"{number}.pso"))
            world.put(4)
            if size < 0:
                del world.store.objects[key]
            else:
                world.store.objects[key] = b"x" * size
            before = dict(world.store.objects)

            with pytest.raises(OperatorError, match="lacks the objects of this cluster") as caught:
                await world.ownership(world.store).look()
            assert key in str(caught.value)
            assert "s3://b" in str(caught.value)
            assert world.store.objects == before


async def test_empty_store_of_a_cluster_with_objects_is_refused_at_the_first_glance() -> None:
    """A typing error in the prefix, or a disk that is not mounted: two calls tell."""
    world = made()
    world.store.objects.clear()

    with pytest.raises(OperatorError, match="mount it"):
        await world.ownership(world.store).check()
    assert [operation for operation, _ in world.store.calls] == ["get", "head"]
    assert world.store.objects == {}


async def test_marked_object_may_be_gone() -> None:
    """A crash came between its deletion and the command that forgets it."""
    world = made()
    await world.ownership(world.store).look()
    world.image.apply(commands.DeleteTopic(topic_id=TOPICS[0]))
    (key,) = [world.image.objects[i].key for i in world.image.marked]
    del world.store.objects[key]

    assert await world.ownership(world.store).look() == []


async def test_object_that_a_listing_left_out_is_asked_for() -> None:
    """Not every store's listing shows a new object at once."""
    world = made()
    listed = world.store.list

    async def without_the_last(prefix: str):  # type: ignore[no-untyped-def]
        async for info in listed(prefix):
            if not info.key.endswith("3.pso"):
                yield info

    world.store.list = without_the_last  # type: ignore[method-assign,assignment]
    assert await world.ownership(world.store).look() == []


async def test_second_cluster_under_the_same_id_is_refused_and_touches_nothing() -> None:
    """Its ids of objects are the same as those of the first, which would be overwritten."""
    first, second = made(), empty()
    second.image.owner_id = b"p" * 16
    second.store = first.store
    await first.ownership(first.store).look()
    before = dict(first.store.objects)

    ownership = second.ownership(second.store)
    for call in (ownership.check, ownership.look, second.uploader().run):
        with pytest.raises(OperatorError, match="belongs to another cluster with the id c"):
            await call()
    assert first.store.objects == before


async def test_objects_without_an_owner_are_not_taken_for_orphans() -> None:
    """They may be another cluster's, of a build that made no owner objects."""
    world = empty()
    world.put(4)
    before = dict(world.store.objects)

    with pytest.raises(OperatorError, match="never wrote"):
        await world.ownership(world.store).look()
    assert world.store.objects == before


async def test_of_two_that_claim_at_once_one_is_refused() -> None:
    """Both found the store empty."""
    worlds = [empty(), empty()]
    worlds[1].image.owner_id = b"p" * 16
    worlds[1].store = worlds[0].store
    refused: list[str] = []

    async def claim(world: test_deletion.World) -> None:
        try:
            await world.ownership(world.store).look()
        except OperatorError as error:
            refused.append(str(error))

    async with trio.open_nursery() as nursery:
        for world in worlds:
            nursery.start_soon(claim, world)

    assert len(refused) == 1
    assert "belongs to another cluster" in refused[0]


@pytest.mark.parametrize("fault", [Fault.AMBIGUOUS, Fault.LOST, Fault.UNAVAILABLE, Fault.REFUSED])
async def test_claim_whose_answer_was_lost_is_a_claim(
    fault: Fault, autojump_clock: trio.testing.MockClock
) -> None:
    """The owner object carries an id that nobody else has."""
    world = empty()
    store = RetryingStore(world.store, rng=random.Random(1), log=lambda _: None)
    await store.check()
    world.store.fail_next(Fault.NONE, Fault.NONE, fault)  # The owner's get, the list, the put.

    assert await world.ownership(store).look() == []
    assert await world.ownership(store).check()


@pytest.mark.parametrize("change", [dict.clear, lambda held: held.pop(OWNER)])
async def test_store_that_is_swapped_while_the_node_runs_ends_it(
    change: Callable[[dict[str, bytes]], object], autojump_clock: trio.testing.MockClock
) -> None:
    """At the next look, before anything is deleted there; it does not become ours again."""
    world = made()
    with pytest.RaisesGroup(OperatorError, flatten_subgroups=True, allow_unwrapped=True):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(world.uploader().run)
            await trio.sleep(60)
            assert OWNER in world.store.objects
            world.put(4)
            change(world.store.objects)
            before = dict(world.store.objects)
            await trio.sleep(limits.ORPHANS_AGAIN_S)

    assert world.store.objects == before


async def test_node_whose_store_was_away_at_the_start_compares_before_it_uploads(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """The first call that comes through is the owner's."""
    world = test_upload.World(2)
    world.store.objects["c/owner"] = b"somebody"
    with pytest.raises(OperatorError, match="belongs to another cluster"):
        await world.uploader.run()

    assert world.store.objects == {"c/owner": b"somebody"}
    await run_for(world.uploader, 0)


async def test_upload_over_a_foreign_object_ends_the_node_and_leaves_it() -> None:
    """Ids are never given out twice: whoever wrote it has the same cluster id."""
    world = test_upload.World(2)
    world.store.objects["c/9e/0000000000000001.pso"] = b"theirs"
    with pytest.raises(OperatorError, match=r"holds another .* already"):
        await world.uploader.upload_once()

    assert world.store.objects == {"c/9e/0000000000000001.pso": b"theirs"}
    assert world.proposals == [commands.AllocateObjectIds]
    assert all(p.tail_count == 1 for p in world.table)


@pytest.mark.parametrize("fault", [Fault.AMBIGUOUS, Fault.LOST])
async def test_upload_whose_answer_was_lost_is_ours(
    fault: Fault, autojump_clock: trio.testing.MockClock
) -> None:
    """Read back and compared, it is no other cluster's."""
    world = test_upload.World(2)
    store = RetryingStore(world.store, rng=random.Random(1), log=lambda _: None)
    world.uploader._store = store
    world.store.fail_next(fault)
    await world.uploader.upload_once()

    assert len(world.store.objects) == 1
    assert all(p.tail_count == 0 for p in world.table)
