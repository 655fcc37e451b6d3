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
