"""One law for every object store: in memory, in a folder, and S3 against a real server.

S3: TEST_S3=s3://bucket/prefix with AWS_ENDPOINT_URL and AWS_* uses that server. Otherwise
one is started on a port of its own, and dies with the test process, even when that is killed.
"""

import contextlib
import itertools
import os
import random
import time
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
import trio

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.local import LocalStore
from appliance.objects.memory import MemoryStore
from appliance.objects.s3 import S3Store, from_environment
from appliance.objects.store import Bytes, ObjectStore, RetryingStore
from tests.s3server import BUCKET, S3Server


@pytest.fixture(scope="module")
def s3_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    if "TEST_S3" in os.environ:
        yield {**os.environ, "URL": os.environ["TEST_S3"]}
        return
    with S3Server(tmp_path_factory.mktemp("s3")) as server:
        yield {**server.environment(), "URL": f"s3://{BUCKET}/contract"}


@pytest.fixture(params=["memory", "local", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: object) -> ObjectStore:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "local":
        return LocalStore(f"{tmp_path}/deep/objects")
    environment = request.getfixturevalue("s3_environment")
    # A prefix per test: nothing is left over from the one before.
    unique = f"{os.getpid()}-{time.monotonic_ns()}"
    return S3Store(from_environment(f"{environment['URL']}/{unique}", environment))


async def _keys(store: ObjectStore, prefix: str = "", after: str = "") -> list[str]:
    return [info.key async for info in store.list(prefix, after=after)]


async def test_check_on_a_working_store_passes_and_leaves_nothing(store: ObjectStore) -> None:
    await store.check()

    assert await _keys(store) == []


async def test_put_get_of_parts_returns_them_joined(store: ObjectStore) -> None:
    await store.put("ab/one", [b"he", bytearray(b"ll"), memoryview(b"o world")[:1], b""])

    assert await store.get("ab/one") == b"hello"


async def test_put_twice_the_last_one_wins(store: ObjectStore) -> None:
    await store.put("k", [b"first"])
    await store.put("k", [b"second, longer"])

    assert await store.get("k") == b"second, longer"


async def test_put_does_not_keep_the_callers_buffer(store: ObjectStore) -> None:
    buffer = bytearray(b"before")
    await store.put("k", [buffer])
    buffer[:] = b"after!"

    assert await store.get("k") == b"before"


async def test_put_if_absent_of_existing_is_refused_and_changes_nothing(store: ObjectStore) -> None:
    await store.put("lease/a", [b"mine"], if_absent=True)
    with pytest.raises(ObjectExistsError) as caught:
        await store.put("lease/a", [b"yours"], if_absent=True)

    assert caught.value.key == "lease/a"
    assert await store.get("lease/a") == b"mine"


async def test_put_if_absent_of_a_large_object_comes_to_an_end(store: ObjectStore) -> None:
    """Also at a store that answers before it has read the body, and closes the connection."""
    retrying = RetryingStore(store, rng=random.Random(1), log=lambda _: None)
    mine, yours = bytes(40 << 20), b"y" * (40 << 20)
    with trio.fail_after(60):
        await retrying.put("large/a", [mine], if_absent=True)
        with pytest.raises(ObjectExistsError):
            await retrying.put("large/a", [yours], if_absent=True)

    info = await store.head("large/a")
    assert info is not None
    assert info.size == len(mine)
    assert await store.get_range("large/a", 0, 10) == mine[:10]


async def test_put_if_absent_by_many_has_one_winner(store: ObjectStore) -> None:
    winners: list[int] = []

    async def race(number: int) -> None:
        with contextlib.suppress(ObjectExistsError):
            await store.put("race", [b"%d" % number], if_absent=True)
            winners.append(number)

    async with trio.open_nursery() as nursery:
        for number in range(8):
            nursery.start_soon(race, number)

    assert len(winners) == 1
    assert await store.get("race") == b"%d" % winners[0]


async def test_get_of_a_missing_key_is_not_found(store: ObjectStore) -> None:
    with pytest.raises(ObjectNotFoundError) as caught:
        await store.get("no/such")
    with pytest.raises(ObjectNotFoundError):
        await store.get_range("no/such", 0, 1)

    assert caught.value.key == "no/such"
    assert await store.head("no/such") is None


async def test_get_range_returns_exactly_the_range(store: ObjectStore) -> None:
    data = bytes(range(256)) * 40
    await store.put("k", [data])

    assert await store.get_range("k", 0, len(data)) == data
    assert await store.get_range("k", 1000, 17) == data[1000:1017]
    assert await store.get_range("k", len(data) - 1, 1) == data[-1:]


@pytest.mark.parametrize(("start", "length"), [(5, 6), (10, 1), (50, 10)])
async def test_get_range_past_the_end_is_truncated(
    store: ObjectStore, start: int, length: int
) -> None:
    await store.put("k", [b"0123456789"])

    with pytest.raises(ObjectTruncatedError):
        await store.get_range("k", start, length)


async def test_head_tells_size_and_a_token_that_follows_the_bytes(store: ObjectStore) -> None:
    await store.put("k", [b"12345"])
    before = await store.head("k")
    await store.put("k", [b"abcdef"])
    after = await store.head("k")

    assert before is not None
    assert after is not None
    assert (before.key, before.size, after.size) == ("k", 5, 6)
    assert before.token
    assert before.token != after.token


async def test_list_is_in_key_order_below_the_prefix_and_after_the_key(store: ObjectStore) -> None:
    for key in ["b/2", "a/1", "a.b", "ab/x", "a/2", "a/10", "a-b/c", "z"]:
        await store.put(key, [key.encode()])

    assert await _keys(store) == ["a-b/c", "a.b", "a/1", "a/10", "a/2", "ab/x", "b/2", "z"]
    assert await _keys(store, "a/") == ["a/1", "a/10", "a/2"]
    assert await _keys(store, "a/", "a/1") == ["a/10", "a/2"]
    assert await _keys(store, "", "a/10") == ["a/2", "ab/x", "b/2", "z"]
    assert await _keys(store, "none/") == []
    infos = [info async for info in store.list("a/")]
    assert [info.size for info in infos] == [3, 4, 3]


async def test_delete_is_idempotent_and_takes_many(store: ObjectStore) -> None:
    for number in range(5):
        await store.put(f"d/{number}", [b"x"])

    await store.delete([f"d/{number}" for number in range(4)] + ["d/never", "was/here"])
    await store.delete([f"d/{number}" for number in range(4)])
    await store.delete([])

    assert await _keys(store) == ["d/4"]


async def test_empty_object_is_an_object(store: ObjectStore) -> None:
    await store.put("empty", [])

    assert await store.get("empty") == b""
    info = await store.head("empty")
    assert info is not None
    assert info.size == 0


@pytest.mark.parametrize(
    "key",
    ["", "/", "/etc/passwd", "../up", "a/../../up", "a//b", "a/", ".hidden", "a/.tmp", "a\0b",
     "a\nb", "x" * 600, "ü", "a b", "a%2f..", "a\\b"],
)  # fmt: skip
async def test_a_key_that_is_none_is_refused_by_every_call(store: ObjectStore, key: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: store.put(key, [b"x"]),
        lambda: store.get(key),
        lambda: store.get_range(key, 0, 1),
        lambda: store.head(key),
        lambda: store.delete([key]),
    ]
    for call in calls:
        with pytest.raises(ValueError, match="not an object key"):
            await call()  # type: ignore[misc]
    if key:
        with pytest.raises(ValueError, match=r"key|prefix"):
            await store.list_page(key + "/" if not key.endswith("/") else "/" + key)


async def test_large_object_round_trips(store: ObjectStore) -> None:
    """Above 5 MiB obstore would use multipart; it must not, and the bytes must hold."""
    parts = [bytes([number]) * (1 << 20) for number in range(7)]
    await store.put("large", parts)

    assert await store.get_range("large", 6 << 20, 3) == b"\6\6\6"
    info = await store.head("large")
    assert info is not None
    assert info.size == 7 << 20


async def test_s3_list_of_more_than_a_page_yields_all(s3_environment: dict[str, str]) -> None:
    store = S3Store(
        from_environment(f"{s3_environment['URL']}/many{time.monotonic_ns()}", s3_environment)
    )
    wanted = [f"p/{number:05d}" for number in range(1005)]
    limiter = trio.CapacityLimiter(16)

    async def put(key: str) -> None:
        async with limiter:
            await store.put(key, [b"x"])

    async with trio.open_nursery() as nursery:
        for key in wanted:
            nursery.start_soon(put, key)

    assert await _keys(store) == wanted


async def test_s3_without_the_bucket_is_refused_with_a_remedy(
    s3_environment: dict[str, str],
) -> None:
    store = S3Store(from_environment("s3://no-such-bucket-here/x", s3_environment))

    with pytest.raises(StoreRefusedError, match="create it"):
        await store.check()
    with pytest.raises(StoreRefusedError, match="create it"):
        await store.list_page("")


async def test_s3_unreachable_is_temporary_and_tells_no_secret() -> None:
    environment = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "AKIDSECRET",
        "AWS_SECRET_ACCESS_KEY": "very-secret",
    }
    store = S3Store(from_environment("s3://b", environment))

    with pytest.raises(StoreUnavailableError) as caught:
        await store.get("k")

    text = str(caught.value)
    assert "\n" not in text
    assert "SECRET" not in text
    assert "very-secret" not in text
    assert caught.value.__cause__ is None


async def test_large_object_of_odd_parts_comes_back_whole_and_in_ranges(
    store: ObjectStore,
) -> None:
    """Larger than any adapter's buffer, aligned to nothing."""
    data = random.Random(7).randbytes((3 << 20) + 17)
    cuts = [0, 1, 4096, 1 << 20, (1 << 20) + 5, 2_500_001, len(data)]
    parts = [memoryview(data)[start:end] for start, end in itertools.pairwise(cuts)]
    await store.put("large", parts)

    assert await store.get("large") == data
    for start, length in [
        (0, len(data)),
        (4095, 700_001),
        (1 << 20, 1 << 20),
        (3_000_000, 145_745),
    ]:
        assert bytes(await store.get_range("large", start, length)) == data[start : start + length]
    with pytest.raises(ObjectTruncatedError):
        await store.get_range("large", 2 << 20, (1 << 20) + 18)


@pytest.mark.parametrize("is_refused", [False, True])
async def test_s3_that_knows_no_conditions_is_looked_at_first(
    is_refused: bool, s3_environment: dict[str, str]
) -> None:
    """Some stores refuse the condition with a 501, some overwrite whatever is there."""
    url = f"{s3_environment['URL']}/plain{time.monotonic_ns()}"
    inner = S3Store(from_environment(url, s3_environment))
    put = inner._put

    async def without_conditions(
        key: str, body: Bytes, *, mode: Literal["create", "overwrite"]
    ) -> None:
        if mode == "create" and is_refused:
            raise inner._translate(Exception("501 Not Implemented"), key, is_range=False)
        await put(key, body, mode="overwrite")

    inner._put = without_conditions  # type: ignore[method-assign]
    for is_checked in (False, True):
        if is_checked:
            await inner.check()
        key = f"k{is_checked}"
        await inner.put(key, [b"first"], if_absent=True)
        with pytest.raises(ObjectExistsError):
            await inner.put(key, [b"second"], if_absent=True)

        assert await inner.get(key) == b"first"
