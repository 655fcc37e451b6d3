"""What a call of the coordinator wants done, in this order."""

from collections.abc import Sequence
from typing import Any, NamedTuple

new_tuple = tuple.__new__  # A named tuple's own takes twice as long.


class Call(NamedTuple):
    """The circumstances of a request.

    Attributes:
        token: the caller's own: who asked. The call comes back in exactly one `Reply`.
        version: of the request.
        now_ms: steady (monotonic) time, ms; the same that all other calls are given.
        client_id: from the request's header; null is "".
        client_host: where it came from; Kafka's tools show it as "/127.0.0.1".
        uuid: JoinGroup: a fresh random uuid in text form; otherwise not used.
    """

    token: Any
    version: int
    now_ms: int
    client_id: str = ""
    client_host: str = ""
    uuid: str = ""


class Reply(NamedTuple):
    """Answer the request of `call` with `response`, now.

    Attributes:
        call: of the request.
        response: not to be changed.
        body: `response` as it is encoded in the version of the call, if that is at hand.
    """

    call: Call
    response: Any
    body: bytes = b""


class Append(NamedTuple):
    """Append records to a partition of `__consumer_offsets`, after all earlier ones of it.

    When all of them are durable, call `Coordinator.on_durable(append_id)`; when they are not and
    will not be, `Coordinator.on_append_failed(append_id, code)`. They may go into several batches.

    Attributes:
        append_id: unique in the coordinator's life, ascending.
        partition: of `__consumer_offsets`.
        records: (key, value) each; the value of a tombstone is None. Often `PlainRecords`, which
            are at hand as a batch has them.
        commits: how many of the records are committed offsets.
    """

    append_id: int
    partition: int
    records: Sequence[tuple[bytes, bytes | None]]
    commits: int


Effect = Reply | Append
Effects = list[Effect]
