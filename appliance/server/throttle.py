"""Enforces client quotas Kafka's way: answer at once with a time, then do not read for that time.

A rate is measured over eleven samples of a second; who never sent before may use ten seconds of
his quota at once. The throttle time is what brings the rate back to the quota. Bytes of produce
requests count as they arrive, bytes of fetches before they are sent: a fetch above the quota gets
an empty answer. The time of a request is what its handler held the event loop, in percent of one
core, and counts from the next request on. Every client is the user ANONYMOUS.

Partitions that are created and deleted are drawn from a bucket that holds eleven seconds of the
quota; who finds less than nothing in it is refused until it has filled up again.

A connection above the rate of its address is not served: it is closed when the rate is back at the
quota, after a second at most, so that who connects again and again does not do so at full speed.

Source: KIP-13, KIP-55, KIP-124, KIP-219, KIP-599, KIP-612.
"""

import math
from collections import OrderedDict, deque
from collections.abc import Callable

from appliance import limits
from appliance.metadata import Image, client_quotas
from appliance.metadata.client_quotas import (
    CONNECTION_CREATION_RATE,
    CONSUMER_BYTE_RATE,
    CONTROLLER_MUTATION_RATE,
    IP,
    PRODUCER_BYTE_RATE,
    REQUEST_PERCENTAGE,
)
from appliance.protocol import codec
from appliance.protocol.codec import Buffers

ANONYMOUS = "ANONYMOUS"
SAMPLES = 11
SAMPLE_S = 1.0
_PRODUCE = 0
_KEYS = (PRODUCER_BYTE_RATE, CONSUMER_BYTE_RATE, REQUEST_PERCENTAGE)


class Window:
    """What one share of a quota used in the last seconds."""

    __slots__ = ("_samples", "_total")

    def __init__(self) -> None:
        self._samples: deque[list[float]] = deque()  # [begin, amount], oldest first
        self._total = 0.0

    def add(self, amount: float, now: float) -> None:
        """Count an amount now."""
        samples = self._samples
        if not samples or now - samples[-1][0] >= SAMPLE_S:
            samples.append([now, 0.0])
        samples[-1][1] += amount
        self._total += amount

    def throttle_s(self, limit: float, now: float, *, more: float = 0.0) -> float:
        """Return how long to wait until the rate, with `more` added, is the limit again."""
        samples = self._samples
        while samples and now - samples[0][0] >= SAMPLES * SAMPLE_S:
            self._total -= samples.popleft()[1]
        if not samples:
            self._total = 0.0
        elapsed = now - samples[0][0] if samples else 0.0
        # Samples that are not there yet count as whole ones: a first request is no flood.
        missing = SAMPLES - 1 - int(elapsed / SAMPLE_S)
        if missing > 0:
            elapsed += missing * SAMPLE_S
        rate = (self._total + more) / elapsed
        if rate <= limit:
            return 0.0
        return min((rate - limit) / limit * elapsed, limits.RESPONSE_DELAY_S_MAX)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted in the last seconds; exact after `throttle_s`."""
        return not self._samples


class Bucket:
    """What one share may still take of a quota of rare and large steps."""

    __slots__ = ("_filled", "_tokens")

    def __init__(self, limit: float, now: float) -> None:
        """Begin full."""
        self._tokens = limit * SAMPLES * SAMPLE_S
        self._filled = now

    def wait_s(self, limit: float, now: float) -> float:
        """Return how long until something may be taken."""
        most = limit * SAMPLES * SAMPLE_S
        self._tokens = min(self._tokens + limit * (now - self._filled), most)
        self._filled = now
        return min(max(-self._tokens / limit, 0.0), limits.RESPONSE_DELAY_S_MAX)

    def take(self, amount: float) -> None:
        """Take an amount, also more than there is: a large one must pass some time."""
        self._tokens -= amount


class _Client:
    """The quotas that hold for one client id: key -> (limit, window)."""

    __slots__ = ("consumer", "producer", "request")

    def __init__(self, found: list[tuple[float, Window] | None]) -> None:
        self.producer, self.consumer, self.request = found


class Throttle:
    """Quotas of a node's clients; used only while the metadata holds any."""

    def __init__(self, image: Image, clock: Callable[[], float]) -> None:
        self._image = image
        self._clock = clock
        self._epoch = -1
        self._clients: OrderedDict[str, _Client] = OrderedDict()
        self._windows: OrderedDict[tuple[str, client_quotas.Entity], Window] = OrderedDict()
        self._buckets: OrderedDict[client_quotas.Entity, Bucket] = OrderedDict()
        self._rates_epoch = -1
        self._rates: dict[str | None, float] = {}
        self._addresses: OrderedDict[str, Window] = OrderedDict()

    def _client(self, client_id: str | None) -> _Client:
        if self._epoch != self._image.quota_epoch:
            self._epoch = self._image.quota_epoch
            self._clients.clear()
        name = client_id or ""
        client = self._clients.get(name)
        if client is None:
            client = _Client([self._find(key, name) for key in _KEYS])
            self._clients[name] = client
            if len(self._clients) > limits.QUOTA_CLIENTS_MAX:
                self._clients.popitem(last=False)
        return client

    def _find(self, key: str, client_id: str) -> tuple[float, Window] | None:
        found = client_quotas.find(
            self._image.client_quotas, key, user=ANONYMOUS, client_id=client_id
        )
        if found is None:
            return None
        limit, share = found
        window = self._windows.get((key, share))
        if window is None:
            window = self._windows[key, share] = Window()
            if len(self._windows) > len(_KEYS) * limits.QUOTA_CLIENTS_MAX:
                self._windows.popitem(last=False)
        else:
            self._windows.move_to_end((key, share))
        return limit, window

    def on_connection(self, address: str) -> float:
        """Return how long a new connection is held before it is closed, s; 0: it is served."""
        address = client_quotas.canonical_address(address)
        rates = self._connection_rates()
        limit = rates.get(address, rates.get(None))
        if limit is None:
            return 0.0
        window = self._addresses.get(address)
        if window is None:
            window = self._addresses[address] = Window()
            if len(self._addresses) > limits.QUOTA_CLIENTS_MAX:
                self._addresses.popitem(last=False)
        else:
            self._addresses.move_to_end(address)
        now = self._clock()
        wait_s = window.throttle_s(limit, now, more=1)
        if wait_s == 0:
            window.add(1, now)
        return min(wait_s, SAMPLE_S)

    def _connection_rates(self) -> dict[str | None, float]:
        """Return address -> connections a second; None stands for all others."""
        if self._rates_epoch != self._image.quota_epoch:
            self._rates_epoch = self._image.quota_epoch
            self._rates = {
                None if name is None else client_quotas.canonical_address(name): float(text)
                for ((kind, name), *_), values in self._image.client_quotas.items()
                if kind == IP and (text := values.get(CONNECTION_CREATION_RATE)) is not None
            }
        return self._rates

    def on_request(self, client_id: str | None, api_key: int, size: int) -> int:
        """Count a request that arrived; returns its throttle time, ms."""
        client = self._client(client_id)
        now = self._clock()
        wait_s = 0.0
        if client.request is not None:
            limit, window = client.request
            wait_s = min(window.throttle_s(limit, now), SAMPLE_S)
        if api_key == _PRODUCE and client.producer is not None:
            limit, window = client.producer
            window.add(size, now)
            wait_s = max(wait_s, window.throttle_s(limit, now))
        return round(wait_s * 1000)

    def on_handled(self, client_id: str | None, seconds: float) -> None:
        """Count the time that a request took."""
        client = self._client(client_id)
        if client.request is not None:
            client.request[1].add(seconds * 100, self._clock())

    def on_mutation(self, client_id: str | None, count: int, *, is_strict: bool) -> bool:
        """Count partitions that are to be created or deleted; False: not now.

        Args:
            client_id: of the request.
            count: of partitions.
            is_strict: the client takes a refusal; older ones are only made to wait.
        """
        found = self._bucket(client_id)
        if found is None:
            return True
        limit, bucket = found
        if is_strict and bucket.wait_s(limit, self._clock()) > 0:
            return False
        bucket.take(count)
        return True

    def mutation_throttle_ms(self, client_id: str | None) -> int:
        """Return when the next partition may be created or deleted, ms from now."""
        found = self._bucket(client_id)
        if found is None:
            return 0
        limit, bucket = found
        return math.ceil(bucket.wait_s(limit, self._clock()) * 1000)

    def _bucket(self, client_id: str | None) -> tuple[float, Bucket] | None:
        found = client_quotas.find(
            self._image.client_quotas,
            CONTROLLER_MUTATION_RATE,
            user=ANONYMOUS,
            client_id=client_id or "",
        )
        if found is None:
            return None
        limit, share = found
        bucket = self._buckets.get(share)
        if bucket is None:
            bucket = self._buckets[share] = Bucket(limit, self._clock())
            if len(self._buckets) > limits.QUOTA_CLIENTS_MAX:
                self._buckets.popitem(last=False)
        return limit, bucket

    def fetch_bytes_max(self, client_id: str | None) -> int:
        """Return the most that one fetch may answer: more could never be sent."""
        consumer = self._client(client_id).consumer
        if consumer is None:
            return limits.FETCH_RESPONSE_BYTES_MAX
        return int(min(consumer[0] * (SAMPLES - 1) * SAMPLE_S, limits.FETCH_RESPONSE_BYTES_MAX))

    def on_fetch(self, client_id: str | None, size: int) -> int:
        """Return the throttle time of a fetch's answer, ms; counts its bytes when it is 0."""
        consumer = self._client(client_id).consumer
        if consumer is None:
            return 0
        limit, window = consumer
        now = self._clock()
        throttle_ms = round(window.throttle_s(limit, now, more=size) * 1000)
        if window.is_empty:
            throttle_ms = 0  # One batch may be larger than the quota: it must pass some time.
        if throttle_ms == 0 and size:
            window.add(size, now)
        return throttle_ms


def with_throttle_time(
    api_key: int, version: int, buffers: Buffers, throttle_time_ms: int
) -> tuple[Buffers, int]:
    """Return an encoded answer with another throttle time, and its size.

    Answers of versions without the field stay as they are, and so do those that are longer than
    what is decoded of others: the time is a hint, the connection is not read anyhow. Only throttled
    answers pay for this.
    """
    data = memoryview(b"".join(buffers))
    head = 8 + codec.response_header_version(api_key, version)
    try:
        message = codec.decode_response(api_key, version, data, head)
    except codec.ProtocolError:
        return buffers, len(data)
    if not hasattr(message, "throttle_time_ms"):
        return buffers, len(data)
    message.throttle_time_ms = max(message.throttle_time_ms, throttle_time_ms)
    correlation_id = int.from_bytes(data[4:8], "big", signed=True)
    return codec.encode_response_frame(api_key, version, correlation_id, message)
