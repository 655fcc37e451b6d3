"""The object store port, and the one place that retries it.

Keys are relative: segments of letters, digits, ".", "_", "-" and "=" joined by "/"; no segment is
empty or begins with "."; at most 512 bytes. Adapters never retry; `RetryingStore` does, for ever.
"""

import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import trio

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.telemetry import Histogram

Bytes = bytes | bytearray | memoryview

KEY_BYTES_MAX = 512
"""S3 allows 1,024 with the prefix of the URL."""

CALLS_MAX = 16
"""Calls in flight: each holds a thread of the S3 adapter."""

UPLOADS_MAX = 8
"""Puts among them, so that reads always find a free slot."""

LIST_PAGE_MAX = 1000
"""Objects of one listing page, as S3 has it."""

DELETE_MAX = 1000
"""Keys of one delete call, as S3 has it."""

RETRY_DELAY_S_MIN = 0.1
RETRY_DELAY_S_MAX = 20.0
CIRCUIT_FAILURES = 5
"""Failures in a row that open the circuit of writes or reads: from then on one probe at a time."""

LOG_INTERVAL_S = 60.0
"""One line of log per this time, however many calls fail."""

CHECK_S_MAX = 5.0
"""Time that a store has at the start; one that takes a call and never answers is away, too."""

COMPARE_BYTES = 8 << 20
"""Piece in which an object is read back to see whose it is."""

assert UPLOADS_MAX < CALLS_MAX
assert RETRY_DELAY_S_MIN < RETRY_DELAY_S_MAX

_KEY = re.compile(r"[A-Za-z0-9_=-][A-Za-z0-9._=-]*(?:/[A-Za-z0-9_=-][A-Za-z0-9._=-]*)*")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectInfo:
    """What a store says about an object.

    Attributes:
        key: its key.
        size: bytes.
        token: opaque; differs when the bytes do, and may when they do not. Empty: unknown.
        modified_ms: time of the last write by the store's clock, ms since 1970; 0: unknown.
    """

    key: str
    size: int
    token: str = ""
    modified_ms: int = 0


class ObjectStore(Protocol):
    """Immutable-minded key to bytes store. All calls may be cancelled at any time.

    Raises, every method: StoreUnavailableError (temporary; a write's outcome is open),
    StoreRefusedError (permanent, with a remedy). Cancellation of a write leaves its outcome open,
    and it may still land later.
    """

    async def check(self) -> None:
        """Find out at start-up whether reading and writing will work."""
        ...

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        """Store an object whole, durable on return.

        The parts must not change until then, or after a cancellation before the process ends.

        Raises:
            ObjectExistsError: `if_absent`, and there is one.
        """
        ...

    async def get(self, key: str) -> bytes:
        """Return an object's bytes. Raises ObjectNotFoundError."""
        ...

    async def get_range(self, key: str, start: int, length: int) -> Bytes:
        """Return exactly `length` >= 1 bytes from `start` on.

        Raises:
            ObjectNotFoundError: no such object.
            ObjectTruncatedError: it ends before.
        """
        ...

    async def head(self, key: str) -> ObjectInfo | None:
        """Return what is known about an object; None when there is none."""
        ...

    def list(self, prefix: str, *, after: str = "") -> AsyncIterator[ObjectInfo]:
        """Yield the objects below `prefix`, in order of key.

        Args:
            prefix: empty, or ends in "/".
            after: only keys behind this one.
        """
        ...

    async def list_page(self, prefix: str, *, after: str = "") -> "Sequence[ObjectInfo]":
        """Return the first 1 to LIST_PAGE_MAX of what `list` yields; empty at the end."""
        ...

    async def delete(self, keys: Sequence[str]) -> None:
        """Delete objects; those that are not there are deleted already."""
        ...


def check_key(key: str) -> str:
    """Return the key; ValueError when it is not one: the caller's bug, or a hostile name."""
    if len(key) > KEY_BYTES_MAX or _KEY.fullmatch(key) is None:
        raise ValueError(f"not an object key: {key[:80]!r}")
    return key


def check_prefix(prefix: str) -> str:
    """Return the prefix; ValueError when it is neither empty nor a key that ends in "/"."""
    if prefix:
        if not prefix.endswith("/"):
            raise ValueError(f"a prefix ends in '/': {prefix[:80]!r}")
        check_key(prefix[:-1])
    return prefix


async def list_all(store: ObjectStore, prefix: str, after: str) -> AsyncIterator[ObjectInfo]:
    """Yield a store's pages one object at a time; holds one page."""
    while page := await store.list_page(prefix, after=after):
        for info in page:
            yield info
        after = page[-1].key


@dataclass(slots=True, kw_only=True)
class Counters:
    """Plain counters for the metrics; written by the store's loop only.

    Attributes:
        calls: attempts by operation.
        errors: failed attempts by operation (absent and existing objects are answers).
        seconds: durations of the attempts that were answered, by operation.
        put_bytes: bytes of puts that succeeded.
        get_bytes: bytes got.
        in_flight: calls running now.
        waiting: callers between two attempts, or waiting for the circuit.
        failures_in_row: failed attempts since the last success.
        last_error: first line of the last failure, or empty since the last success.
    """

    calls: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_OPERATIONS, 0))
    errors: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_OPERATIONS, 0))
    seconds: dict[str, Histogram] = field(
        default_factory=lambda: {operation: Histogram() for operation in _OPERATIONS}
    )
    put_bytes: int = 0
    get_bytes: int = 0
    in_flight: int = 0
    waiting: int = 0
    failures_in_row: int = 0
    last_error: str = ""


_OPERATIONS = ("check", "put", "get", "head", "list", "delete")
"""`check` is the one at the start, of several calls."""

_WRITES = frozenset({"check", "put", "delete"})


class _Circuit:
    """Calls of one kind; while they fail one after the other, one probe at a time goes through.

    Attributes:
        failures_in_row: failed calls of this kind since the last success of one.
        probe: held by whoever is, or waits to be, the next probe.
        probe_at: when that may begin. Not how long each has to wait: callers who give up and come
            again would put it off for ever.
        closed: set when the circuit closes; another one then.
    """

    def __init__(self, delay: Callable[[int], float]) -> None:
        """Args: delay: seconds after so many probes that failed."""
        self._delay = delay
        self._probes = 0
        self.failures_in_row = 0
        self.probe = trio.Lock()
        self.probe_at = 0.0
        self.closed = trio.Event()

    @property
    def is_open(self) -> bool:
        """Whether only one probe at a time goes through."""
        return self.failures_in_row >= CIRCUIT_FAILURES

    def on_failure(self) -> None:
        self.failures_in_row += 1
        if self.failures_in_row == CIRCUIT_FAILURES:
            self._probes = 0
            self._wait()

    def on_probe_failed(self) -> None:
        self._probes += 1
        self._wait()

    def on_success(self) -> None:
        self.failures_in_row = 0
        self.closed.set()
        self.closed = trio.Event()

    def _wait(self) -> None:
        self.probe_at = trio.current_time() + self._delay(self._probes)


class RetryingStore:
    """An ObjectStore that retries temporary errors until they pass or the caller is cancelled.

    Full jitter between 0.1 s and a bound that doubles to 20 s; at most CALLS_MAX calls in flight,
    UPLOADS_MAX of them puts; after CIRCUIT_FAILURES failures in a row one probe at a time. Writes
    and reads each have a circuit: a put may take minutes to fail, and be refused where reads are
    answered.

    `StoreRefusedError` passes through until `check` returned, and is retried from then on:
    credentials get rotated and buckets restored while a node runs. The caller owns the deadline.
    """

    def __init__(
        self,
        inner: ObjectStore,
        *,
        rng: random.Random,
        log: Callable[[str], None],
        counters: Counters | None = None,
    ) -> None:
        """Wrap a store.

        Args:
            rng: for the jitter.
            log: takes one line; called once per LOG_INTERVAL_S, and when an outage is over that it
                was told of.
            counters: shared with the metrics.
        """
        self._inner = inner
        self._rng = rng
        self._log = log
        self.counters = counters or Counters()
        self._slots = trio.Semaphore(CALLS_MAX)
        self._upload_slots = trio.Semaphore(UPLOADS_MAX)
        self._writes = _Circuit(self._delay)
        self._reads = _Circuit(self._delay)
        self._is_checked = False
        self._logged_at: float | None = None
        self._unlogged = 0
        self._is_told = False

    @property
    def is_circuit_open(self) -> bool:
        """Whether of writes, or of reads, only one probe at a time goes through."""
        return self._writes.is_open or self._reads.is_open

    def _circuit(self, operation: str) -> _Circuit:
        return self._writes if operation in _WRITES else self._reads

    async def check(self) -> None:
        """Ask the store once.

        A store that is away for now is no reason not to start: that is logged, and the node runs
        on its volume. Raises StoreRefusedError, whose text names the remedy.
        """
        self.counters.calls["check"] += 1
        try:
            with trio.fail_after(CHECK_S_MAX):
                await self._inner.check()
        except StoreUnavailableError as error:
            self._on_failure("check", error)
        except trio.TooSlowError:
            error = StoreUnavailableError(f"object store: no answer in {CHECK_S_MAX:g} s")
            self._on_failure("check", error)
        self._is_checked = True

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        """See ObjectStore. A lost answer to a conditional put is resolved by reading back.

        For that the object's bytes must be unlike any other writer's: carry an id or a token.
        """
        is_outcome_open = False

        async def attempt() -> None:
            nonlocal is_outcome_open
            if if_absent and is_outcome_open and await self._inner.head(key) is not None:
                # Some stores refuse a put before they have read its body, and close: whoever still
                # sends it never hears that there is one, however often it is repeated.
                raise ObjectExistsError(key)
            try:
                await self._inner.put(key, parts, if_absent=if_absent)
            except ObjectExistsError:
                if await self._inner.head(key) is None:
                    # A put of ours that was given up is still under way there.
                    raise StoreUnavailableError(f"object {key} is being written") from None
                raise
            except BaseException:
                is_outcome_open = True
                raise

        async with self._upload_slots:
            try:
                await self._call("put", attempt)
            except ObjectExistsError:
                if not is_outcome_open or not await self._holds(key, parts):
                    raise
        self.counters.put_bytes += sum(len(part) for part in parts)

    async def _holds(self, key: str, parts: Sequence[Bytes]) -> bool:
        """Whether the stored object has these bytes."""
        expected = b"".join(parts)
        info = await self.head(key)
        if info is None or info.size != len(expected):
            return False
        view = memoryview(expected)
        for start in range(0, len(view), COMPARE_BYTES):
            piece = view[start : start + COMPARE_BYTES]
            try:
                if await self.get_range(key, start, len(piece)) != piece:
                    return False
            except (ObjectNotFoundError, ObjectTruncatedError):
                return False
        return True

    async def get(self, key: str) -> bytes:
        """See ObjectStore."""
        data = await self._call("get", lambda: self._inner.get(key))
        self.counters.get_bytes += len(data)
        return data

    async def get_range(self, key: str, start: int, length: int) -> Bytes:
        """See ObjectStore."""
        data = await self._call("get", lambda: self._inner.get_range(key, start, length))
        self.counters.get_bytes += len(data)
        return data

    async def head(self, key: str) -> ObjectInfo | None:
        """See ObjectStore."""
        return await self._call("head", lambda: self._inner.head(key))

    async def list_page(self, prefix: str, *, after: str = "") -> Sequence[ObjectInfo]:
        """See ObjectStore."""
        return await self._call("list", lambda: self._inner.list_page(prefix, after=after))

    async def delete(self, keys: Sequence[str]) -> None:
        """See ObjectStore."""
        for start in range(0, len(keys), DELETE_MAX):
            some = keys[start : start + DELETE_MAX]
            await self._call("delete", lambda some=some: self._inner.delete(some))

    def list(self, prefix: str, *, after: str = "") -> AsyncIterator[ObjectInfo]:
        """See ObjectStore."""
        return list_all(self, prefix, after)

    async def _call(self, operation: str, attempt: Callable[[], Awaitable[_T]]) -> _T:
        circuit = self._circuit(operation)
        failures = 0
        while True:
            try:
                if not circuit.is_open:
                    return await self._attempt(operation, attempt)
                async with self._waiting(), circuit.probe:
                    if circuit.is_open:
                        return await self._probe(operation, attempt)
                continue
            except (StoreUnavailableError, StoreRefusedError) as error:
                self._on_failure(operation, error)
                if isinstance(error, StoreRefusedError) and not self._is_checked:
                    raise
            failures += 1
            if not circuit.is_open:
                async with self._waiting():
                    await trio.sleep(self._delay(failures))

    async def _probe(self, operation: str, attempt: Callable[[], Awaitable[_T]]) -> _T:
        circuit = self._circuit(operation)
        # A call that was under way may close the circuit meanwhile.
        with trio.move_on_at(circuit.probe_at):
            await circuit.closed.wait()
        try:
            return await self._attempt(operation, attempt)
        except (StoreUnavailableError, StoreRefusedError):
            circuit.on_probe_failed()
            raise

    def _waiting(self) -> "_Gauge":
        return _Gauge(self.counters)

    async def _attempt(self, operation: str, attempt: Callable[[], Awaitable[_T]]) -> _T:
        counters = self.counters
        async with self._slots:
            counters.calls[operation] += 1
            counters.in_flight += 1
            started = trio.current_time()
            try:
                result = await attempt()
            except (StoreUnavailableError, StoreRefusedError):
                raise
            except StoreError:
                counters.seconds[operation].observe(trio.current_time() - started)
                self._on_success(operation)
                raise
            finally:
                counters.in_flight -= 1
        counters.seconds[operation].observe(trio.current_time() - started)
        self._on_success(operation)
        return result

    def _delay(self, failures: int) -> float:
        bound = min(RETRY_DELAY_S_MAX, RETRY_DELAY_S_MIN * 2 ** min(failures, 16))
        return self._rng.uniform(RETRY_DELAY_S_MIN, bound)

    def _on_success(self, operation: str) -> None:
        circuit = self._circuit(operation)
        was_open = circuit.is_open
        circuit.on_success()
        if was_open and self._is_told and not self.is_circuit_open:
            # At once: an outage that the log begins must end in it, too.
            self._is_told = False
            self._write_line("object store answers again", trio.current_time())
        self.counters.failures_in_row = 0
        self.counters.last_error = ""

    def _on_failure(self, operation: str, error: StoreError) -> None:
        self.counters.errors[operation] += 1
        self.counters.failures_in_row += 1
        self._circuit(operation).on_failure()
        self.counters.last_error = str(error)
        self._log_line(f"object store: {operation} failed, trying again: {error}")

    def _log_line(self, line: str) -> None:
        now = trio.current_time()
        if self._logged_at is not None and now - self._logged_at < LOG_INTERVAL_S:
            self._unlogged += 1
            return
        self._is_told = True
        self._write_line(line, now)

    def _write_line(self, line: str, now: float) -> None:
        if self._unlogged:
            line += f" ({self._unlogged} more since the last line)"
        self._logged_at, self._unlogged = now, 0
        self._log(line)


class _Gauge:
    """Counts callers that wait."""

    __slots__ = ("_counters",)

    def __init__(self, counters: Counters) -> None:
        self._counters = counters

    async def __aenter__(self) -> None:
        self._counters.waiting += 1

    async def __aexit__(self, *_: object) -> None:
        self._counters.waiting -= 1
