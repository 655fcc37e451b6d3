"""Opens record batches, one record after the other, without holding the event loop up.

A batch of a few kilobytes may hold millions of records once decompressed: opening it takes seconds
of CPU, which belong to the request that asked, not to every client of the node. What takes one
call of a compression library is done aside: in a thread of a real node.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import trio

from appliance import limits
from appliance.protocol import batch


class Aside(Protocol):
    """Does a piece of work that only computes while the event loop goes on."""

    def __call__(self, work: Callable[[], Any]) -> Awaitable[Any]:
        """Return what `work` returns, or raise what it raises.

        Cancellation: waits for the end of the work, which still reads its buffers.
        """
        ...


class Opener:
    """Shared by the requests of a node; bounds the memory of all of them."""

    def __init__(self, aside: Aside) -> None:
        self._aside = aside
        # Held over checkpoints: what is open then is one decompressed batch per node.
        self._large = trio.Lock()

    async def recompress(
        self, view: memoryview, codec: int, level: int, *, records_bytes_max: int
    ) -> bytearray:
        """Return a batch under another compression; aside unless that costs less than going there.

        Its records are walked: what was made here must be readable.

        Raises:
            batch.CorruptBatchError: see `batch.iterate_records`.

        Cancellation: waits for the end of the work, or between two records; leaves nothing behind.
        """
        if len(view) <= limits.RECOMPRESS_LOOP_BYTES and not _is_compressed(view):
            records = batch.inflate(view, records_bytes_max=records_bytes_max)
            for _ in batch.iterate_records(view, records):
                pass
            return batch.deflate(view, records, codec, level)
        async with self._large:
            records = _inflate_on_loop(view, records_bytes_max)
            if records is None:
                records = await self._aside(
                    lambda: batch.inflate(view, records_bytes_max=records_bytes_max)
                )
            for number, _ in enumerate(batch.iterate_records(view, records), 1):
                if number % limits.RECORDS_PER_TURN == 0:
                    await trio.lowlevel.checkpoint()
            return await self._aside(lambda: batch.deflate(view, records, codec, level))

    async def visit(
        self,
        view: memoryview,
        visit: Callable[[batch.Record], bool],
        *,
        records_bytes_max: int = batch.RECORDS_BYTES_MAX,
    ) -> None:
        """Call `visit` with each record of one batch until it returns False.

        Raises:
            batch.CorruptBatchError: see `batch.iterate_records`.

        Cancellation: between two records, or after decompression; leaves nothing behind.
        """
        if batch.read_header(view).count <= limits.RECORDS_PER_TURN:
            records = _inflate_on_loop(view, records_bytes_max)
            if records is not None:
                for record in batch.iterate_records(view, records):
                    if not visit(record):
                        return
                return
        async with self._large:
            records = await self._aside(
                lambda: batch.inflate(view, records_bytes_max=records_bytes_max)
            )
            for number, record in enumerate(batch.iterate_records(view, records), 1):
                if not visit(record):
                    return
                if number % limits.RECORDS_PER_TURN == 0:
                    await trio.lowlevel.checkpoint()


def _is_compressed(view: memoryview) -> bool:
    return bool(batch.read_header(view).attributes & batch.CODEC)


def _inflate_on_loop(view: memoryview, records_bytes_max: int) -> bytes | None:
    """Return the records of a batch that is small in both forms, None for a larger one."""
    if _is_compressed(view) and len(view) > limits.INFLATE_LOOP_BYTES:
        return None
    try:
        return batch.inflate(
            view,
            records_bytes_max=min(records_bytes_max, limits.INFLATE_LOOP_BYTES)
            if _is_compressed(view)
            else records_bytes_max,
        )
    except batch.TooManyBytesError:
        return None
