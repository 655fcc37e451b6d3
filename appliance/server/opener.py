"""Opens record batches, one record after the other, without holding the event loop up.

A batch of a few kilobytes may hold millions of records once decompressed: opening it takes seconds
of CPU, which belong to the request that asked, not to every client of the node.
"""

from collections.abc import Callable

import trio

from appliance import limits
from appliance.protocol import batch


class Opener:
    """Shared by the requests of a node; bounds the memory of all of them."""

    def __init__(self) -> None:
        # Held over checkpoints: what is open then is one decompressed batch per node.
        self._large = trio.Lock()
        self._threads = trio.CapacityLimiter(1)

    async def recompress(
        self, view: memoryview, codec: int, level: int, *, records_bytes_max: int
    ) -> bytearray:
        """Return a batch under another compression; off the event loop unless it is small.

        Raises:
            batch.CorruptBatchError: see `batch.recompress`.

        Cancellation: waits for the thread, which is bounded; leaves nothing behind.
        """

        def run() -> bytearray:
            return batch.recompress(view, codec, level, records_bytes_max=records_bytes_max)

        is_plain = not batch.read_header(view).attributes & 7
        if is_plain and len(view) <= limits.RECOMPRESS_LOOP_BYTES:
            return run()
        return await trio.to_thread.run_sync(run, limiter=self._threads)

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

        Cancellation: between two records; leaves nothing behind.
        """
        if batch.read_header(view).count <= limits.RECORDS_PER_TURN:
            for record in batch.iterate_records(view, records_bytes_max=records_bytes_max):
                if not visit(record):
                    return
            return
        async with self._large:
            records = batch.iterate_records(view, records_bytes_max=records_bytes_max)
            for number, record in enumerate(records, 1):
                if not visit(record):
                    return
                if number % limits.RECORDS_PER_TURN == 0:
                    await trio.lowlevel.checkpoint()
