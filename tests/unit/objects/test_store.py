"""RetryingStore: retries, jitter, bounds, circuit; and the fake's own fault model."""

import random
from collections.abc import Sequence

import pytest
import trio
import trio.testing

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.memory import Fault, Faults, MemoryStore
from appliance.objects.store import (
    CALLS_MAX,
    CHECK_S_MAX,
    RETRY_DELAY_S_MAX,
    UPLOADS_MAX,
    Bytes,
    ObjectStore,
    RetryingStore,
)

Clock = trio.testing.MockClock


def wrap(inner: ObjectStore, lines: list[str] | None = None) -> RetryingStore:
    log = (lines if lines is not None else []).append
    return RetryingStore(inner, rng=random.Random(1), log=log)


async def test_temporary_errors_are_retried_until_they_pass(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    store = wrap(inner)
    inner.fail_next(*[Fault.UNAVAILABLE] * 30)
    await store.put("k", [b"v"])

    assert inner.objects == {"k": b"v"}
    assert store.counters.calls["put"] == 31
    assert store.counters.errors["put"] == 30
    assert store.counters.failures_in_row == 0
    assert 20 < trio.current_time() < 30 * 20


async def test_a_cancelled_retry_ends(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    inner.is_down = True
    store = wrap(inner)
    with trio.move_on_after(1000) as scope:
        await store.get("k")

    assert scope.cancelled_caught
    assert 30 < len(inner.calls) < 400
    assert store.counters.waiting == 0
    assert store.counters.in_flight == 0


async def test_answers_are_not_retried(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    store = wrap(inner)
    with pytest.raises(ObjectNotFoundError):
        await store.get("k")
    await store.put("k", [b"1"], if_absent=True)
    with pytest.raises(ObjectExistsError):
        await store.put("k", [b"2"], if_absent=True)

    assert len(inner.calls) == 4  # With a look whether it is there.
    assert sum(store.counters.errors.values()) == 0


async def test_conditional_put_whose_answer_was_lost_is_found_to_be_ours(
    autojump_clock: Clock,
) -> None:
    inner = MemoryStore()
    inner.fail_next(Fault.AMBIGUOUS)
    await wrap(inner).put("k", [b"token ", b"17"], if_absent=True)

    assert inner.objects == {"k": b"token 17"}


class Abrupt(MemoryStore):
    """Answers a conditional put before it has read the body, and closes: nobody hears it."""

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        if if_absent and key in self.objects:
            self.calls.append(("put", key))
            raise StoreUnavailableError("broken pipe")
        await super().put(key, parts, if_absent=if_absent)


async def test_conditional_put_ends_at_a_store_that_closes_instead_of_answering(
    autojump_clock: Clock,
) -> None:
    """Whoever cannot be heard is asked what there is: ours after a lost answer, or another's."""
    inner = Abrupt()
    inner.fail_next(Fault.AMBIGUOUS)
    with trio.fail_after(60):
        await wrap(inner).put("k", [b"token ", b"17"], if_absent=True)
        with pytest.raises(ObjectExistsError):
            await wrap(inner).put("k", [b"token 18"], if_absent=True)

    assert inner.objects == {"k": b"token 17"}


@pytest.mark.parametrize("theirs", [b"token 18", b"longer than ours"])
async def test_conditional_put_lost_to_another_is_refused(
    theirs: bytes, autojump_clock: Clock
) -> None:
    inner = MemoryStore()
    inner.objects["k"] = theirs
    inner.fail_next(Fault.UNAVAILABLE)
    with pytest.raises(ObjectExistsError):
        await wrap(inner).put("k", [b"token 17"], if_absent=True)

    assert inner.objects == {"k": theirs}


async def test_refusal_ends_the_start_and_is_retried_afterwards(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    store = wrap(inner)
    inner.fail_next(Fault.REFUSED, Fault.REFUSED)
    with pytest.raises(StoreRefusedError):
        await store.check()
    with pytest.raises(StoreRefusedError):
        await store.put("k", [b"v"])
    await store.check()
    inner.fail_next(*[Fault.REFUSED] * 8)
    await store.put("k", [b"v"])

    assert inner.objects == {"k": b"v"}


async def test_check_of_a_store_that_never_answers_lets_the_node_start(
    autojump_clock: Clock,
) -> None:
    """A connection that is taken and then silent is a store that is away, too."""

    class Silent(MemoryStore):
        async def check(self) -> None:
            await trio.sleep_forever()

    lines: list[str] = []
    await wrap(Silent(), lines).check()

    assert trio.current_time() == CHECK_S_MAX
    assert "no answer" in lines[0]


async def test_check_of_a_store_that_is_away_lets_the_node_start(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    inner.is_down = True
    lines: list[str] = []
    store = wrap(inner, lines)
    await store.check()

    (line,) = lines
    assert line.startswith("object store: check failed")
    assert store.counters.calls["check"] == store.counters.errors["check"] == 1
    assert sum(store.counters.errors.values()) == 1


async def test_one_line_of_log_per_minute(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    inner.is_down = True
    lines: list[str] = []
    store = wrap(inner, lines)
    with trio.move_on_after(300):
        async with trio.open_nursery() as nursery:
            for number in range(20):
                nursery.start_soon(store.get, f"k{number}")

    assert 4 <= len(lines) <= 6
    assert "more since" in lines[-1]


class _Gauged(MemoryStore):
    """Counts calls in flight."""

    now = 0
    most = 0

    async def _fate(self, operation: str, key: str) -> bool:
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            await trio.sleep(0.01)
            return await super()._fate(operation, key)
        finally:
            self.now -= 1


async def test_calls_and_uploads_in_flight_are_bounded(autojump_clock: Clock) -> None:
    inner = _Gauged()
    inner.objects["k"] = b"v"
    store = wrap(inner)
    async with trio.open_nursery() as nursery:
        for number in range(100):
            nursery.start_soon(store.put, f"p{number}", [b"x"])
    assert inner.most == UPLOADS_MAX
    async with trio.open_nursery() as nursery:
        for _ in range(100):
            nursery.start_soon(store.get, "k")
    assert inner.most == CALLS_MAX


async def test_open_circuit_lets_one_probe_at_a_time_through(autojump_clock: Clock) -> None:
    inner = _Gauged()
    inner.objects["k"] = b"v"
    inner.is_down = True
    store = wrap(inner)
    with trio.fail_after(120):
        async with trio.open_nursery() as nursery:
            for _ in range(40):
                nursery.start_soon(store.get, "k")
            await trio.sleep(5)
            assert store.is_circuit_open
            inner.most = inner.now
            before = len(inner.calls)
            await trio.sleep(50)
            assert inner.most <= 1
            assert len(inner.calls) - before < 60
            inner.is_down = False

    assert not store.is_circuit_open


async def test_circuit_closes_and_all_callers_finish(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    inner.objects["k"] = b"v"
    inner.is_down = True
    store = wrap(inner)
    async with trio.open_nursery() as nursery:
        for _ in range(40):
            nursery.start_soon(store.get, "k")
        await trio.sleep(30)
        inner.is_down = False

    assert store.counters.get_bytes == 40
    assert store.counters.waiting == 0
    assert trio.current_time() < 30 + 41


async def test_cancelled_probe_lets_the_next_one_probe(autojump_clock: Clock) -> None:
    inner = MemoryStore()
    inner.objects["k"] = b"v"
    store = wrap(inner)
    inner.fail_next(*[Fault.UNAVAILABLE] * 5)
    with trio.move_on_after(0.01):
        async with trio.open_nursery() as nursery:
            for _ in range(5):
                nursery.start_soon(store.get, "k")
    assert store.is_circuit_open

    assert await store.get("k") == b"v"


async def test_reads_do_not_wait_for_the_probe_of_an_upload(autojump_clock: Clock) -> None:
    """A large put that hangs takes minutes to say so; meanwhile reads find out by themselves."""

    class Stuck(MemoryStore):
        async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
            await trio.sleep(300)
            raise StoreUnavailableError("timed out")

    inner = Stuck()
    inner.objects["k"] = b"v"
    inner.is_down = True
    store = wrap(inner)
    async with trio.open_nursery() as nursery:
        with trio.move_on_after(10):
            await store.get("k")
        nursery.start_soon(store.put, "p", [b"x"])
        await trio.sleep(RETRY_DELAY_S_MAX)
        inner.is_down = False
        with trio.fail_after(30):
            assert await store.get("k") == b"v"
        nursery.cancel_scope.cancel()


async def test_reads_do_not_wait_while_only_writes_fail(autojump_clock: Clock) -> None:
    """A full bucket, a policy that forbids to put: consumers are served as before."""

    class ReadOnly(MemoryStore):
        async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
            raise StoreRefusedError("quota exceeded")

    inner = ReadOnly()
    inner.objects["k"] = b"v"
    store = wrap(inner)
    await store.check()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(store.put, "p", [b"x"])
        await trio.sleep(3600)
        assert store.is_circuit_open
        before = trio.current_time()
        assert await store.get("k") == b"v"
        assert trio.current_time() == before
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("seed", range(10))
async def test_callers_that_give_up_do_not_put_the_next_probe_off(
    seed: int, autojump_clock: Clock
) -> None:
    """A fetch waits ten seconds and comes again; a store that is back is found in time."""
    inner = MemoryStore()
    inner.objects["k"] = b"v"
    inner.is_down = True
    store = RetryingStore(inner, rng=random.Random(seed), log=lambda _: None)

    async def fetch() -> bytes | None:
        with trio.move_on_after(5):
            return await store.get("k")
        return None

    while trio.current_time() < 600:
        assert await fetch() is None
    inner.is_down = False
    while await fetch() is None:
        assert trio.current_time() < 600 + RETRY_DELAY_S_MAX


async def test_cancelled_put_of_the_fake_lands_or_not_by_seed(autojump_clock: Clock) -> None:
    outcomes: set[bool] = set()
    for seed in range(20):
        store = MemoryStore(rng=random.Random(seed), faults=Faults(slow=1.0, slow_s=5))
        with trio.move_on_after(1):
            await store.put("k", [b"v"])
        assert store.objects == {}
        store.crash(random.Random(seed))
        outcomes.add("k" in store.objects)

    assert outcomes == {True, False}


async def test_ambiguous_put_of_the_fake_is_done_and_fails() -> None:
    store = MemoryStore()
    store.fail_next(Fault.AMBIGUOUS)
    with pytest.raises(StoreUnavailableError):
        await store.put("k", [b"v"])

    assert store.objects == {"k": b"v"}


async def test_the_log_tells_of_an_outage_and_of_its_end(autojump_clock: Clock) -> None:
    """However short it was; the next one in the same minute is counted only, both ways."""
    inner = MemoryStore()
    lines: list[str] = []
    store = wrap(inner, lines)
    for _ in range(2):
        inner.fail_next(*[Fault.UNAVAILABLE] * 6)
        await store.put("k", [b"v"])

    first, last = (line for line in lines if "waits" not in line)
    assert "trying again" in first
    assert last.startswith("object store answers again")


async def test_conditional_put_that_meets_one_still_under_way_waits_for_it(
    autojump_clock: trio.testing.MockClock,
) -> None:
    """S3 answers 409 until the first is decided; nobody else's object is there."""
    inner = MemoryStore()
    answers = iter([ObjectExistsError("k")])
    put = inner.put

    async def busy(key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        for answer in answers:
            raise answer
        await put(key, parts, if_absent=if_absent)

    inner.put = busy  # type: ignore[method-assign]
    store = RetryingStore(inner, rng=random.Random(1), log=lambda _: None)
    await store.put("k", [b"v"], if_absent=True)

    assert inner.objects == {"k": b"v"}
