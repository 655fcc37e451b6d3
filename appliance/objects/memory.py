"""An object store in memory, for tests and simulation.

**Fault model.** Deterministic by seed: one draw per call decides its fate, in `Faults`' order.

* `unavailable`: nothing was done, StoreUnavailableError at once.
* `lost`: nothing was done, StoreUnavailableError after `slow_s` (a timeout).
* `ambiguous`: a put or delete was done, StoreUnavailableError nevertheless; reads: as `lost`.
* `slow`: done after `slow_s`.
* `is_down`: every call is `unavailable`. `fail_next` scripts single calls.
* A put cancelled while it is slow is neither done nor undone: `crash` decides by seed, and so may
  let it land late, as a request that outlives its client does. Stored bytes survive every crash.
"""

import random
from collections import deque
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from enum import Enum

import trio

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.object_format import crc32c
from appliance.objects.store import (
    LIST_PAGE_MAX,
    Bytes,
    ObjectInfo,
    check_key,
    check_prefix,
    list_all,
)


class Fault(Enum):
    """What happens to one call."""

    NONE = "none"
    UNAVAILABLE = "unavailable"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"
    SLOW = "slow"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """Probability of each fault per call, and the length of a slow one in seconds."""

    unavailable: float = 0.0
    lost: float = 0.0
    ambiguous: float = 0.0
    slow: float = 0.0
    slow_s: float = 1.0


class MemoryStore:
    """ObjectStore over a dict; see the module's fault model."""

    def __init__(self, *, rng: random.Random | None = None, faults: Faults | None = None) -> None:
        """Make an empty store.

        Args:
            rng: decides the faults; needed with `faults`.
            faults: none when left out.
        """
        assert faults is None or rng is not None
        self._rng = rng
        self.faults = faults
        self.objects: dict[str, bytes] = {}
        self.calls: list[tuple[str, str]] = []
        self.is_down = False
        self._scripted: deque[Fault] = deque()
        self._undecided: list[tuple[str, bytes, bool]] = []

    def fail_next(self, *faults: Fault) -> None:
        """Decide the fate of the next calls, one each."""
        self._scripted.extend(faults)

    def crash(self, rng: random.Random) -> None:
        """Decide what became of the writes that were cancelled under way."""
        undecided, self._undecided = self._undecided, []
        for key, data, if_absent in undecided:
            if rng.random() < 0.5 and not (if_absent and key in self.objects):
                self.objects[key] = data

    async def check(self) -> None:
        """See ObjectStore."""
        await self._fate("check", "")

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        """See ObjectStore."""
        check_key(key)
        data = b"".join(parts)
        try:
            is_ambiguous = await self._fate("put", key)
        except trio.Cancelled:
            self._undecided.append((key, data, if_absent))
            raise
        if if_absent and key in self.objects:
            raise ObjectExistsError(key)
        self.objects[key] = data
        if is_ambiguous:
            raise StoreUnavailableError("connection lost after the request was sent")

    async def get(self, key: str) -> bytes:
        """See ObjectStore."""
        check_key(key)
        if await self._fate("get", key):
            raise StoreUnavailableError("connection lost")
        return self._find(key)

    async def get_range(self, key: str, start: int, length: int) -> bytes:
        """See ObjectStore."""
        check_key(key)
        assert start >= 0
        assert length >= 1
        if await self._fate("get_range", key):
            raise StoreUnavailableError("connection lost")
        data = self._find(key)
        if start + length > len(data):
            raise ObjectTruncatedError(key)
        return data[start : start + length]

    async def head(self, key: str) -> ObjectInfo | None:
        """See ObjectStore."""
        check_key(key)
        if await self._fate("head", key):
            raise StoreUnavailableError("connection lost")
        return self._info(key) if key in self.objects else None

    async def list_page(self, prefix: str, *, after: str = "") -> Sequence[ObjectInfo]:
        """See ObjectStore."""
        check_prefix(prefix)
        if await self._fate("list", prefix):
            raise StoreUnavailableError("connection lost")
        found = sorted(key for key in self.objects if key.startswith(prefix) and key > after)
        return [self._info(key) for key in found[:LIST_PAGE_MAX]]

    def list(self, prefix: str, *, after: str = "") -> AsyncIterator[ObjectInfo]:
        """See ObjectStore."""
        return list_all(self, prefix, after)

    async def delete(self, keys: Sequence[str]) -> None:
        """See ObjectStore."""
        for key in keys:
            check_key(key)
        is_ambiguous = await self._fate("delete", keys[0] if keys else "")
        for key in keys:
            self.objects.pop(key, None)
        if is_ambiguous:
            raise StoreUnavailableError("connection lost after the request was sent")

    def _find(self, key: str) -> bytes:
        data = self.objects.get(key)
        if data is None:
            raise ObjectNotFoundError(key)
        return data

    def _info(self, key: str) -> ObjectInfo:
        data = self.objects[key]
        return ObjectInfo(key=key, size=len(data), token=f"{len(data)}-{crc32c(data):08x}")

    async def _fate(self, operation: str, key: str) -> bool:
        """Suffer the call's fault; True: do it, then raise."""
        self.calls.append((operation, key))
        fault = self._draw()
        slow_s = self.faults.slow_s if self.faults else 1.0
        await trio.lowlevel.checkpoint()
        if fault in {Fault.SLOW, Fault.LOST}:
            await trio.sleep(slow_s)
        if self.is_down or fault is Fault.UNAVAILABLE:
            raise StoreUnavailableError("503 slow down")
        if fault is Fault.LOST:
            raise StoreUnavailableError("timed out")
        if fault is Fault.REFUSED:
            raise StoreRefusedError("access denied: check the credentials")
        return fault is Fault.AMBIGUOUS

    def _draw(self) -> Fault:
        if self._scripted:
            return self._scripted.popleft()
        if self.faults is None or self._rng is None:
            return Fault.NONE
        drawn = self._rng.random()
        for share, fault in (
            (self.faults.unavailable, Fault.UNAVAILABLE),
            (self.faults.lost, Fault.LOST),
            (self.faults.ambiguous, Fault.AMBIGUOUS),
            (self.faults.slow, Fault.SLOW),
        ):
            if drawn < share:
                return fault
            drawn -= share
        return Fault.NONE
