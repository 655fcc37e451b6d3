"""The admin listener over real loopback sockets."""

import contextlib
import socket
from collections.abc import Callable, Iterator

import h11
import trio

from appliance import admin
from appliance.admin import http
from appliance.telemetry import Telemetry

Talk = Callable[[bytes], object]


async def _ask(port: int, request: bytes) -> bytes:
    """Send bytes, close the sending side, return all bytes of the answer."""
    stream = await trio.open_tcp_stream("127.0.0.1", port)
    async with stream:
        await stream.send_all(request)
        await stream.send_eof()
        received = b""
        while data := await stream.receive_some(65536):
            received += data
    return received


async def _with_server(
    talk: Callable[[int], object], ready: tuple[bool, str] = (True, "ok")
) -> None:
    telemetry = Telemetry()
    telemetry.observe(0, 0.003)
    telemetry.on_request(0)
    async with trio.open_nursery() as nursery:

        async def run(*, task_status: trio.TaskStatus[tuple[str, int]]) -> None:
            await admin.serve(
                socket.create_server(("127.0.0.1", 0)),
                ready=lambda: ready,
                collect=telemetry.collect,
                task_status=task_status,
            )

        address = await nursery.start(run)
        with trio.fail_after(10):
            await talk(address[1])  # type: ignore[misc]
        nursery.cancel_scope.cancel()


def _get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


async def test_health_answers_ok() -> None:
    """A turning process is healthy."""

    async def talk(port: int) -> None:
        answer = await _ask(port, _get("/health"))

        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.endswith(b"ok\n")

    await _with_server(talk)


async def test_ready_when_not_ready_answers_503_with_the_reason() -> None:
    """A node that cannot acknowledge says so and why."""

    async def talk(port: int) -> None:
        answer = await _ask(port, _get("/ready"))

        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"volume is full" in answer

    await _with_server(talk, ready=(False, "the volume is full"))


async def test_metrics_are_prometheus_text() -> None:
    """Counters, histograms and the process's own figures are exposed."""

    async def talk(port: int) -> None:
        answer = await _ask(port, _get("/metrics"))

        assert b'penstock_requests_total{api="Produce"} 1.0' in answer
        assert b'penstock_request_seconds_bucket{api="Produce",le="0.005"} 1.0' in answer
        assert b"process_resident_memory_bytes" in answer

    await _with_server(talk)


async def test_two_requests_on_one_connection_are_both_answered() -> None:
    """Connections are kept alive and pipelined requests are answered in order."""

    async def talk(port: int) -> None:
        answer = await _ask(port, _get("/health") + _get("/nothing"))

        assert answer.count(b"HTTP/1.1 ") == 2
        assert answer.index(b" 200 ") < answer.index(b" 404 ")

    await _with_server(talk)


async def test_head_answers_without_a_body() -> None:
    """HEAD has the length of GET and no body."""

    async def talk(port: int) -> None:
        answer = await _ask(port, b"HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n")

        assert b"content-length: 3" in answer.lower()
        assert answer.endswith(b"\r\n\r\n")

    await _with_server(talk)


async def test_other_methods_are_refused() -> None:
    """Pages change nothing, so only reading is allowed."""

    async def talk(port: int) -> None:
        answer = await _ask(
            port, b"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
        )

        assert answer.startswith(b"HTTP/1.1 405 ")

    await _with_server(talk)


async def test_hostile_bytes_end_only_their_connection() -> None:
    """Garbage, an endless head and a vast body are refused; the next request is served."""

    async def talk(port: int) -> None:
        assert b" 400 " in await _ask(port, b"\x00\x01\x02\r\n\r\n")
        assert b" 431 " in await _ask(
            port, b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * (2 * http.HEADER_BYTES_MAX)
        )
        body = b"x" * (http.BODY_BYTES_MAX + 1)
        head = b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
        try:
            assert b" 413 " in await _ask(port, head + body)
        except trio.BrokenResourceError:
            pass  # The connection was closed before all of the body was sent.
        assert b" 200 " in await _ask(port, _get("/health"))

    await _with_server(talk)


async def test_a_silent_peer_is_closed(autojump_clock: trio.testing.MockClock) -> None:
    """A connection that sends nothing does not stay for ever."""
    client, server = trio.testing.memory_stream_pair()
    started = trio.current_time()
    pages = http._Pages(lambda: (True, "ok"), list, None, lambda *_: None)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(http._session, {}, pages, server)
        assert await client.receive_some(1) == b""

    assert trio.current_time() - started == http.REQUEST_S_MAX


async def test_peers_that_hold_connections_keep_nobody_out() -> None:
    """Thousands of slow peers: the oldest ends for each new one, and a scraper is answered."""

    async def talk(port: int) -> None:
        async with contextlib.AsyncExitStack() as stack:
            slow: list[trio.SocketStream] = []
            for _ in range(3 * http.CONNECTIONS_MAX):
                stream = await trio.open_tcp_stream("127.0.0.1", port)
                slow.append(await stack.enter_async_context(stream))
                await stream.send_all(b"GET /health HTTP/1.1\r\nX")

            assert b" 200 " in await _ask(port, _get("/health"))
            with contextlib.suppress(trio.BrokenResourceError):  # Reset: it had sent bytes.
                assert await slow[0].receive_some(1) == b""
            await slow[-1].send_all(b": y\r\nHost: x\r\n\r\n")
            assert b" 200 " in await slow[-1].receive_some(1000)

    await _with_server(talk)


def test_h11_is_the_only_protocol() -> None:
    """Sanity of the state that keeps the loop running."""
    assert h11.Connection(our_role=h11.SERVER).our_state is h11.IDLE


async def test_a_page_that_fails_is_told_and_ends_nothing() -> None:
    """A scrape must not stop what producers rely on."""
    told: list[dict[str, object]] = []

    def collect() -> Iterator[object]:
        raise ImportError("the cache was cleaned")
        yield

    async with trio.open_nursery() as nursery:
        address = await nursery.start(
            lambda task_status: admin.serve(
                socket.create_server(("127.0.0.1", 0)),
                ready=lambda: (True, "ok"),
                collect=collect,
                log_repeated=lambda *_, **fields: told.append(fields),
                task_status=task_status,
            )
        )
        with trio.fail_after(10):
            answer = await _ask(address[1], _get("/metrics") + _get("/ready"))
        nursery.cancel_scope.cancel()

    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"HTTP/1.1 200 " in answer
    assert [fields["page"] for fields in told] == ["/metrics"]
    assert str(told[0]["exc_info"]) == "the cache was cleaned"
