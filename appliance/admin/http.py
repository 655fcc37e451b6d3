"""The admin listener: one page per path, HTTP/1.1 by h11 over trio streams.

h11 rather than a web framework: with so few pages it is one screen of code, and it starts 0.4 s
sooner (import times on a slow core: h11 0.02 s; starlette on hypercorn 0.4 s and 20 MB).
"""

import ipaddress
import socket
import sys
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

import h11
import trio

from appliance.server.accepting import accept_all

CONNECTIONS_MAX = 64
"""Open admin connections; one more ends the oldest, so that idle or slow peers keep nobody out."""

REQUEST_S_MAX = 30
"""Time for one request to arrive (idle time included) and its answer to be taken."""

HEADER_BYTES_MAX = 16 << 10
"""Request line and headers; a larger head is answered 431 by h11's hint."""

BODY_BYTES_MAX = 64 << 10
"""Bytes of a request body that are read and ignored; more close the connection."""

LINGER_S = 2
"""Time that a refused peer has to take the refusal."""

LINGER_BYTES_MAX = 1 << 20
"""Bytes of a refused peer that are read so that it sees the refusal."""

_RECEIVE_BYTES = 16 << 10
_TEXT = "text/plain; charset=utf-8"
_METRICS = "text/plain; version=0.0.4; charset=utf-8"

_JSON = "application/json"
_API = "/v1/"

MEMBERS = "cluster"
"""The one question that anybody who reaches the listener may ask: it changes nothing."""

Ready = Callable[[], tuple[bool, str]]
Collect = Callable[[], Iterable[Any]]


class Answer(NamedTuple):
    """An HTTP status, and the bytes of a JSON object."""

    status: int
    body: bytes


class Control(Protocol):
    """The port to what changes something: see `control`."""

    async def answer(self, name: str, body: bytes) -> Answer:
        """Returns the answer; whatever is asked, it is one."""
        ...


class Page(NamedTuple):
    """An answer: status, content type and body."""

    status: int
    content_type: str
    body: bytes


async def serve(
    listening: socket.socket,
    *,
    ready: Ready,
    collect: Collect,
    control: Control | None = None,
    log_repeated: Callable[..., None] | None = None,
    task_status: trio.TaskStatus[Any] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Serve /health, /ready, /metrics and /v1/ until cancelled; closes the socket.

    Args:
        listening: bound and listening; owned by this call from now on.
        ready: whether produce requests are served, and a sentence; must not block.
        collect: Prometheus metric families, called at each scrape; must not block.
        control: answers /v1/; None: there is no such page.
        log_repeated: `Telemetry.log_repeated`; None: nobody is told what goes wrong.
        task_status: `started` with the bound address.
    """
    own = trio.socket.from_stdlib_socket(listening)
    scopes: dict[trio.CancelScope, None] = {}

    def on_defect(target: str, error: Exception) -> None:
        if log_repeated is not None:
            log_repeated(
                trio.current_time(),
                "error",
                "unexpected error in a page of the admin listener",
                lines_max=1,
                page=target,
                exc_info=error,
            )

    pages = _Pages(ready, collect, control, on_defect)

    def on_failure(error: OSError) -> None:
        if log_repeated is not None:
            log_repeated(
                trio.current_time(),
                "error",
                "cannot accept an admin connection",
                lines_max=1,
                error=error.strerror,
            )
        if scopes:
            _end_oldest(scopes)  # Perhaps what it holds is what is lacking.

    with own:
        async with trio.open_nursery() as nursery:

            def take(accepted: trio.socket.SocketType, _: Any) -> None:
                try:
                    stream = trio.SocketStream(accepted)
                except OSError:
                    accepted.close()  # Its peer has left.
                    return
                nursery.start_soon(_session, scopes, pages, stream)

            task_status.started(listening.getsockname())
            await accept_all(own, take, on_failure)


def _end_oldest(scopes: dict[trio.CancelScope, None]) -> None:
    oldest = next(iter(scopes))
    del scopes[oldest]
    oldest.cancel()


def _import_exposition() -> None:
    import prometheus_client.core
    import prometheus_client.exposition  # noqa: F401


class _Pages(NamedTuple):
    """Where the answers come from."""

    ready: Ready
    collect: Collect
    control: Control | None
    on_defect: Callable[[str, Exception], None]


def page(method: str, path: str, ready: Ready, collect: Collect) -> Page:
    """Return the answer to a request."""
    if method not in ("GET", "HEAD"):
        return Page(405, _TEXT, b"only GET and HEAD\n")
    match path.partition("?")[0]:
        case "/health":
            return Page(200, _TEXT, b"ok\n")
        case "/ready":
            good, text = ready()
            return Page(200 if good else 503, _TEXT, text.encode() + b"\n")
        case "/metrics":
            return Page(200, _METRICS, _exposition(collect))
        case "/":
            return Page(200, _TEXT, b"/health\n/ready\n/metrics\n")
        case _:
            return Page(404, _TEXT, b"no such page; there are /health, /ready and /metrics\n")


class _Registry:
    """What the exposition wants: something with `collect`."""

    def __init__(self, collect: Collect) -> None:
        self.collect = collect


def _exposition(collect: Collect) -> bytes:
    from prometheus_client.exposition import generate_latest

    return generate_latest(_Registry(collect))  # type: ignore[arg-type]  # by shape


async def _session(
    scopes: dict[trio.CancelScope, None], pages: _Pages, stream: trio.SocketStream
) -> None:
    """Serve one connection, and end the oldest of `scopes` when there are too many."""
    with trio.CancelScope() as scope:
        if len(scopes) >= CONNECTIONS_MAX:
            _end_oldest(scopes)
        scopes[scope] = None
        try:
            await _serve_connection(pages, stream)
        finally:
            scopes.pop(scope, None)


async def _serve_connection(pages: _Pages, stream: trio.SocketStream) -> None:
    """Serve one connection; whatever the peer does ends this connection only."""
    async with stream:
        http = h11.Connection(our_role=h11.SERVER, max_incomplete_event_size=HEADER_BYTES_MAX)
        try:
            while http.our_state is h11.IDLE:
                with trio.fail_after(REQUEST_S_MAX):
                    await _exchange(http, stream, pages)
        except h11.RemoteProtocolError as error:
            await _refuse(http, stream, error.error_status_hint)
        except (trio.BrokenResourceError, trio.ClosedResourceError, trio.TooSlowError):
            return


async def _exchange(http: h11.Connection, stream: trio.SocketStream, pages: _Pages) -> None:
    """Read one request and send its answer; afterwards the state is IDLE or must close."""
    request = await _next_event(http, stream)
    if not isinstance(request, h11.Request):
        http.send_failed()
        return
    body = bytearray()
    while not isinstance(event := await _next_event(http, stream), h11.EndOfMessage):
        assert isinstance(event, h11.Data), event
        body += event.data
        if len(body) > BODY_BYTES_MAX:
            raise h11.RemoteProtocolError("body too large", error_status_hint=413)
    method = request.method.decode("ascii")
    target = request.target.decode("ascii", "replace")
    if target.startswith(_API) and pages.control is not None:
        answer = await _control(pages.control, request, bytes(body), stream)
    else:
        answer = await _page(method, target, pages)
    await stream.send_all(_encode(http, answer, head_only=method == "HEAD"))
    if http.our_state is h11.DONE and http.their_state is h11.DONE:
        http.start_next_cycle()


async def _page(method: str, target: str, pages: _Pages) -> Page:
    """Return the answer to a request; what goes wrong in it ends neither a session nor the node.

    Modules may be gone whose import comes late, when something cleaned the folder they lie in.
    """
    try:
        if target.startswith("/metrics") and "prometheus_client.exposition" not in sys.modules:
            # It takes 60 ms to import: not at the start, and not in the trio thread.
            await trio.to_thread.run_sync(_import_exposition, abandon_on_cancel=True)
        return page(method, target, pages.ready, pages.collect)
    except Exception as error:  # A defect of ours: told, and no reason to stop serving records.
        pages.on_defect(target, error)
        return Page(500, _TEXT, b"an unexpected error: the node's log has it\n")


async def _control(
    control: Control, request: h11.Request, body: bytes, stream: trio.SocketStream
) -> Page:
    """Answer a question of an operator: from this machine, and not from a page in a browser."""
    name = request.target.decode("ascii", "replace").removeprefix(_API)
    is_harmless = request.method == b"GET" and name == MEMBERS
    if not is_harmless:
        headers = dict(request.headers)
        if request.method != b"POST":
            return Page(405, _TEXT, b"only POST\n")
        # A browser asks before it sends this type to another site, and we do not allow it; a name
        # that an attacker's DNS turned into our address is not ours.
        if headers.get(b"content-type") != _JSON.encode():
            return Page(415, _TEXT, b"the content type must be application/json\n")
        if not _is_address(headers.get(b"host", b"").decode("ascii", "replace")):
            return Page(403, _TEXT, b"the host must be an IP address or localhost\n")
        if not _is_local(stream):
            return Page(403, _TEXT, b"only from this machine\n")
    answer = await control.answer(name, body)
    return Page(answer.status, _JSON, answer.body + b"\n")


def _is_address(host: str) -> bool:
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    try:
        return name == "localhost" or bool(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return False


def _is_local(stream: trio.SocketStream) -> bool:
    """Whether the peer is on this machine: from its loopback, or from the address it came to."""
    try:
        peer = ipaddress.ip_address(stream.socket.getpeername()[0].partition("%")[0])
        own = ipaddress.ip_address(stream.socket.getsockname()[0].partition("%")[0])
    except OSError:
        return False  # It is gone.
    mapped = getattr(peer, "ipv4_mapped", None)
    return peer == own or (mapped or peer).is_loopback


async def _next_event(http: h11.Connection, stream: trio.SocketStream) -> Any:
    while (event := http.next_event()) is h11.NEED_DATA:
        if http.they_are_waiting_for_100_continue:
            await stream.send_all(
                http.send(h11.InformationalResponse(status_code=100, headers=[])) or b""
            )
        http.receive_data(await stream.receive_some(_RECEIVE_BYTES))
    return event


def _encode(http: h11.Connection, answer: Page, *, head_only: bool) -> bytes:
    headers = [
        ("content-type", answer.content_type),
        ("content-length", str(len(answer.body))),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ]
    if answer.status == 405:
        headers.append(("allow", "GET, HEAD"))
    parts = [http.send(h11.Response(status_code=answer.status, headers=headers))]
    if not head_only:
        parts.append(http.send(h11.Data(data=answer.body)))
    parts.append(http.send(h11.EndOfMessage()))
    return b"".join(part for part in parts if part)


async def _refuse(http: h11.Connection, stream: trio.SocketStream, status: int) -> None:
    """Tell the peer what was wrong, if an answer is still possible."""
    if http.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
        return
    with trio.move_on_after(LINGER_S):
        try:
            await stream.send_all(
                _encode(http, Page(status, _TEXT, b"bad request\n"), head_only=False)
            )
            await stream.send_eof()
            await _drain(stream)
        except (trio.BrokenResourceError, trio.ClosedResourceError):
            return


async def _drain(stream: trio.SocketStream) -> None:
    """Read what the peer still sends: closing with unread bytes would destroy the answer."""
    for _ in range(LINGER_BYTES_MAX // _RECEIVE_BYTES):
        if not await stream.receive_some(_RECEIVE_BYTES):
            return
