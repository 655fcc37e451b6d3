"""Reads record batches out of objects: block cache, index cache, single flight, read-ahead.

Data moves block-wise: one ranged GET, one CRC, and views into the cached block for every reader.
Record batches are found by walking their 61-byte headers, and only where a read begins or ends
inside a block; a sequential reader resumes the walk where it left it.

**Invariants.** Cached blocks are verified. A block is got once, however many wait for it. Bytes of
cached blocks stay within `cache_bytes` and those of indexes within an eighth of it; memory that
callers' views still hold, and up to CALLS_MAX blocks under way, come on top.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

import trio

from appliance.objects import keys, object_format
from appliance.objects.errors import CorruptObjectError, ObjectTruncatedError, StoreError
from appliance.objects.object_format import FOOTER_BYTES, BlockRef, ObjectIndex
from appliance.objects.store import Bytes, ObjectStore

READ_AHEAD_BLOCKS = 2
"""Blocks got ahead of a reader: one being sent, one on its way."""

READ_AHEAD_TASKS = 8
"""Half of the store's calls, so that readers who wait come first."""

READ_AHEAD_QUEUE = 64
"""Read-aheads waiting; more are dropped: the reader will ask again."""

TAIL_BYTES = 64 << 10
"""First read of an object's end: holds the index of some 600 partitions."""

INDEX_SHARE = 8
"""The indexes may use an eighth of the cache's size on top of it."""

BLOCKS_PER_READ_MAX = 64
"""Views of one answer."""

_T = TypeVar("_T")


class _Sized(Protocol):
    @property
    def memory_bytes(self) -> int: ...


_S = TypeVar("_S", bound=_Sized)


@dataclass(slots=True, kw_only=True)
class ReaderCounters:
    """Plain counters for the metrics.

    Attributes:
        hits: blocks found in the cache.
        misses: blocks got for a reader who waited.
        ahead: blocks got ahead of one.
        dropped: read-aheads that found the queue full.
        corrupt: blocks or indexes that did not verify.
        evicted: blocks that made room.
    """

    hits: int = 0
    misses: int = 0
    ahead: int = 0
    dropped: int = 0
    corrupt: int = 0
    evicted: int = 0


@dataclass(slots=True)
class _Block:
    """A verified block, and where the last reader stopped in it."""

    view: memoryview
    resume_offset: int
    resume_position: int = 0

    @property
    def memory_bytes(self) -> int:
        return len(self.view)


@dataclass(slots=True)
class _Flight(Generic[_T]):
    done: trio.Event = field(default_factory=trio.Event)
    result: _T | None = None
    error: Exception | None = None


class _Cache(Generic[_S]):
    """LRU by bytes, filled by single flights."""

    def __init__(self, bytes_max: int) -> None:
        self.bytes_max = bytes_max
        self.bytes = 0
        self.evicted = 0
        self._items: OrderedDict[Hashable, _S] = OrderedDict()
        self._flights: dict[Hashable, _Flight[_S]] = {}

    def get(self, key: Hashable) -> _S | None:
        found = self._items.get(key)
        if found is not None:
            self._items.move_to_end(key)
        return found

    def is_known(self, key: Hashable) -> bool:
        return key in self._items or key in self._flights

    async def get_or_load(self, key: Hashable, load: Callable[[], Awaitable[_S]]) -> _S:
        """Return the item, loading it if nobody does already.

        Cancellation of the one who loads hands the work to one of those who wait.
        """
        while True:
            found = self.get(key)
            if found is not None:
                return found
            flight = self._flights.get(key)
            if flight is None:
                return await self._load(key, load)
            await flight.done.wait()
            if flight.error is not None:
                raise flight.error.with_traceback(None)
            if flight.result is not None:
                return flight.result

    async def _load(self, key: Hashable, load: Callable[[], Awaitable[_S]]) -> _S:
        flight: _Flight[_S] = _Flight()
        self._flights[key] = flight
        try:
            item = flight.result = await load()
        except Exception as error:
            flight.error = error
            raise
        finally:
            del self._flights[key]
            flight.done.set()
        self._put(key, item)
        return item

    def _put(self, key: Hashable, item: _S) -> None:
        size = item.memory_bytes
        if size > self.bytes_max:
            return
        while self.bytes + size > self.bytes_max:
            _, old = self._items.popitem(last=False)
            self.bytes -= old.memory_bytes
            self.evicted += 1
        self._items[key] = item
        self.bytes += size
        assert self.bytes <= self.bytes_max

    def forget(self, matches: Callable[[Hashable], bool]) -> None:
        for key in [key for key in self._items if matches(key)]:
            self.bytes -= self._items.pop(key).memory_bytes


class Reader:
    """Reads of objects, for all partitions of a node."""

    def __init__(
        self, store: ObjectStore, cache_bytes: int, *, cluster_id: str | None = None
    ) -> None:
        """Make one; `run` adds the read-ahead, without which it works as well, slower.

        Args:
            store: with retries.
            cache_bytes: of blocks; see the invariants.
            cluster_id: whose objects are read; an object of another one under a key of ours is
                corruption, though all its CRCs hold. None: whoever's.
        """
        self._store = store
        self._cluster_id = cluster_id
        self._blocks: _Cache[_Block] = _Cache(cache_bytes)
        self._indexes: _Cache[ObjectIndex] = _Cache(max(cache_bytes // INDEX_SHARE, 1 << 20))
        self._ahead_send, self._ahead_receive = trio.open_memory_channel[tuple[str, BlockRef]](
            READ_AHEAD_QUEUE
        )
        self.counters = ReaderCounters()

    @property
    def cached_bytes(self) -> int:
        """Bytes of blocks in the cache."""
        return self._blocks.bytes

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Read ahead until cancelled."""
        async with trio.open_nursery() as nursery:
            for _ in range(READ_AHEAD_TASKS):
                nursery.start_soon(self._read_ahead)
            task_status.started()

    async def read(
        self,
        object_key: str,
        object_size: int,
        partition_id: int,
        offset: int,
        max_bytes: int,
        *,
        topic_id: bytes | None = None,
    ) -> tuple[list[memoryview], int]:
        """Return batches of a partition from the one that holds `offset` on.

        Waits for one block at most; further ones are added when they are in the cache.

        Args:
            object_key: the object.
            object_size: its size, from the metadata.
            partition_id: the partition.
            offset: first offset wanted. When none of the object's batches holds it, the next does.
            max_bytes: bytes wanted; the first batch is returned whatever its size.
            topic_id: of the partition; an object that says another is corruption, though all its
                CRCs hold: ids of partitions are unique in one cluster only. None: whichever.

        Returns:
            Views of whole batches, each of one or more of them in a row, read-only and valid for as
            long as they are held; and the offset behind the last. No views: the object ends at or
            before `offset`.

        Raises:
            StoreError: the store's, ObjectNotFoundError among them.
            CorruptObjectError: what the object holds does not verify, or nothing of the partition.

        Cancellation: leaves nothing behind.
        """
        index = await self.index(object_key, object_size)
        found = index.partition(partition_id)
        if found is None:
            raise CorruptObjectError(
                object_key, position=0, reason=f"holds nothing of partition {partition_id}"
            )
        if topic_id is not None and found.topic_id != topic_id:
            raise CorruptObjectError(
                object_key,
                position=0,
                reason=f"partition {partition_id} is of topic {found.topic_id.hex()} in it",
            )
        views: list[memoryview] = []
        room = max_bytes
        block = index.find(partition_id, offset)
        while block is not None and len(views) < BLOCKS_PER_READ_MAX and (room > 0 or not views):
            if views:
                held = self._blocks.get((object_key, block.position))
                if held is None:
                    break
                self.counters.hits += 1
            else:
                held = await self._block(object_key, block, index, partition_id)
            start, end, next_offset = _slice(
                held, block, offset, room, at_least_one=not views, key=object_key
            )
            if end > start:
                views.append(held.view[start:end])
                room -= end - start
            if next_offset is not None:
                offset = next_offset
            if end < block.length:
                break
            offset = max(offset, block.next_offset)
            block = index.following(block, partition_id)
        return views, offset

    async def index(self, object_key: str, object_size: int) -> ObjectIndex:
        """Return an object's index, from the cache or the store.

        Raises:
            StoreError: the store's.
            CorruptObjectError: it does not verify.
        """
        found = self._indexes.get(object_key)
        if found is not None:
            return found
        return await self._indexes.get_or_load(
            object_key, lambda: self._twice(lambda: self._load_index(object_key, object_size))
        )

    def forget(self, object_key: str) -> None:
        """Drop what is cached of an object that was deleted."""
        self._blocks.forget(lambda key: isinstance(key, tuple) and key[0] == object_key)
        self._indexes.forget(lambda key: key == object_key)

    async def _block(
        self, object_key: str, block: BlockRef, index: ObjectIndex, partition_id: int
    ) -> _Block:
        held = self._blocks.get((object_key, block.position))
        self._want_ahead(object_key, block, index, partition_id)
        if held is not None:
            self.counters.hits += 1
            # A checkpoint, so that a reader of cached blocks does not keep the loop to itself.
            await trio.lowlevel.checkpoint()
            return held
        self.counters.misses += 1
        return await self._load(object_key, block)

    async def _load(self, object_key: str, block: BlockRef) -> _Block:
        found = await self._blocks.get_or_load(
            (object_key, block.position),
            lambda: self._twice(lambda: self._load_block(object_key, block)),
        )
        self.counters.evicted = self._blocks.evicted
        return found

    def _want_ahead(
        self, object_key: str, block: BlockRef, index: ObjectIndex, partition_id: int
    ) -> None:
        """Queue the blocks that a sequential reader wants next; a full queue drops them."""
        following: BlockRef | None = block
        for _ in range(READ_AHEAD_BLOCKS):
            following = index.following(following, partition_id)
            # Blocks that would push out what is being read are not worth getting ahead.
            if following is None or following.length * 4 > self._blocks.bytes_max:
                return
            if self._blocks.is_known((object_key, following.position)):
                continue
            try:
                self._ahead_send.send_nowait((object_key, following))
            except trio.WouldBlock:
                self.counters.dropped += 1
                return

    async def _read_ahead(self) -> None:
        async for object_key, block in self._ahead_receive:
            if self._blocks.is_known((object_key, block.position)):
                continue
            try:
                await self._load(object_key, block)
                self.counters.ahead += 1
            except (CorruptObjectError, StoreError):
                # The reader who needs the block will meet the error itself.
                continue

    async def _twice(self, load: Callable[[], Awaitable[_T]]) -> _T:
        """Load again what did not verify: the fault may have happened on the way here."""
        try:
            return await load()
        except CorruptObjectError:
            self.counters.corrupt += 1
        return await load()

    async def _load_block(self, object_key: str, block: BlockRef) -> _Block:
        try:
            data = await self._store.get_range(object_key, block.position, block.length)
        except ObjectTruncatedError as error:
            raise CorruptObjectError(
                object_key, position=block.position, reason=str(error)
            ) from error
        object_format.check_block(block, data, key=object_key)
        return _Block(memoryview(data).toreadonly(), block.base_offset)

    async def _load_index(self, object_key: str, object_size: int) -> ObjectIndex:
        if object_size < FOOTER_BYTES:
            raise CorruptObjectError(object_key, position=0, reason="shorter than a footer")
        start = max(object_size - TAIL_BYTES, 0)
        tail = await self._tail(object_key, start, object_size - start)
        footer = object_format.parse_footer(tail, object_size=object_size, key=object_key)
        expected = keys.parse_object_id(object_key)
        if expected is not None and footer.object_id != expected:
            raise CorruptObjectError(
                object_key, position=object_size, reason=f"is object {footer.object_id}"
            )
        if self._cluster_id is not None and footer.cluster_id != self._cluster_id:
            raise CorruptObjectError(
                object_key, position=object_size, reason=f"is of cluster {footer.cluster_id}"
            )
        if footer.index_position >= start:
            data = tail[footer.index_position - start :][: footer.index_bytes]
        else:
            data = await self._tail(object_key, footer.index_position, footer.index_bytes)
        return object_format.parse_index(footer, data, key=object_key)

    async def _tail(self, object_key: str, start: int, length: int) -> Bytes:
        try:
            return await self._store.get_range(object_key, start, length)
        except ObjectTruncatedError as error:
            raise CorruptObjectError(object_key, position=start, reason=str(error)) from error


def _slice(
    held: _Block, block: BlockRef, offset: int, room: int, *, at_least_one: bool, key: str
) -> tuple[int, int, int | None]:
    """Return (start, end, offset behind) of the batches that a read takes from a block.

    No batch taken: start == end, which is the block's length when nothing in it is wanted.
    """
    if offset <= block.base_offset and room >= block.length:
        return 0, block.length, block.next_offset
    position = 0
    if held.resume_offset <= offset:
        position = held.resume_position
    start, end, next_offset = -1, block.length, None
    for at, after, behind in object_format.walk_batches(
        held.view, position=position, key=key, at=block.position
    ):
        if behind <= offset:
            continue
        if start < 0:
            start = at
            if block.length - start <= room:
                return start, block.length, block.next_offset
        if after - start > room and not (at_least_one and at == start):
            end = at
            break
        next_offset = behind
    if start < 0:
        return block.length, block.length, None
    if next_offset is not None and end < block.length:
        held.resume_offset, held.resume_position = next_offset, end
    return start, end, next_offset
