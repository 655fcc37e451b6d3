"""Rates, throttle times and who shares a quota (KIP-13, KIP-219)."""

from __future__ import annotations

import pytest

from appliance import limits
from appliance.metadata import Image, commands
from appliance.protocol import codec, messages
from appliance.protocol.generated import metadata
from appliance.server.throttle import SAMPLES, Throttle, Window, with_throttle_time

PRODUCE, METADATA = 0, 3


class World:
    """A throttle under a clock that stands still until it is moved."""

    def __init__(self, *quotas: tuple[tuple[tuple[str, str | None], ...], str, float]) -> None:
        self.now = 100.0
        self.image = Image()
        for entity, key, value in quotas:
            self.set(entity, key, value)
        self.throttle = Throttle(self.image, lambda: self.now)

    def set(self, entity: tuple[tuple[str, str | None], ...], key: str, value: float) -> None:
        self.image.apply(
            commands.AlterClientQuotas(entity=entity, set={key: repr(value)}, delete=())
        )


def test_window_lets_ten_seconds_of_the_quota_pass_at_once() -> None:
    """Samples that are not there yet count as empty ones; the time brings the rate back."""
    window = Window()
    window.add(1000, 50.0)

    assert window.throttle_s(100, 50.0) == 0
    window.add(100, 50.0)
    assert window.throttle_s(100, 50.0) == pytest.approx(1.0)
    assert window.throttle_s(100, 50.0, more=100) == pytest.approx(2.0)
    assert window.throttle_s(100, 50.0 + SAMPLES) == 0
    assert window.is_empty


def test_window_forgets_what_is_older_than_its_samples() -> None:
    """Each sample leaves eleven seconds after it began: eleven in ten seconds are the most."""
    window = Window()
    for second in range(30):
        window.add(100, float(second))
        assert window.throttle_s(110, float(second)) == 0
    assert window.throttle_s(50, 29.0) > 0


def test_throttle_time_has_a_bound() -> None:
    """A quota of a byte does not mute a connection for a year."""
    window = Window()
    window.add(1e12, 0.0)

    assert window.throttle_s(1, 0.0) == limits.RESPONSE_DELAY_S_MAX


def test_produce_bytes_count_for_the_most_specific_quota() -> None:
    """Clients under a default have a share each; those of a user's quota share one."""
    world = World(((("client-id", None),), "producer_byte_rate", 100.0))
    on_request = world.throttle.on_request

    assert on_request("a", PRODUCE, 1000) == 0
    assert on_request("b", PRODUCE, 1000) == 0
    assert on_request("a", METADATA, 9999) == 0
    assert on_request("a", PRODUCE, 100) == 1000
    assert on_request(None, PRODUCE, 1000) == 0
    world.set((("user", "ANONYMOUS"),), "producer_byte_rate", 100.0)
    assert on_request("a", PRODUCE, 1000) == 0
    assert on_request("b", PRODUCE, 100) == 1000


def test_fetch_above_the_quota_is_not_counted_and_passes_when_nothing_was() -> None:
    """An answer that is not sent uses nothing; the first one passes, whatever its size."""
    world = World(((("client-id", "a"),), "consumer_byte_rate", 100.0))
    on_fetch = world.throttle.on_fetch

    assert world.throttle.fetch_bytes_max("a") == 1000
    assert world.throttle.fetch_bytes_max("b") == limits.FETCH_RESPONSE_BYTES_MAX
    assert on_fetch("a", 2000) == 0
    assert on_fetch("a", 100) == on_fetch("a", 100) > 0
    assert on_fetch("b", 1 << 30) == 0
    world.now += SAMPLES
    assert on_fetch("a", 1000) == 0


def test_request_time_throttles_for_a_second_at_most() -> None:
    """KIP-124: percent of a core; what a request took counts from the next one on."""
    world = World(((("user", None),), "request_percentage", 10.0))
    throttle = world.throttle
    throttle.on_handled("a", 1.0)

    assert throttle.on_request("a", METADATA, 10) == 0
    throttle.on_handled("a", 0.05)
    assert throttle.on_request("a", METADATA, 10) == 500
    throttle.on_handled("a", 5.0)
    assert throttle.on_request("b", METADATA, 10) == 1000


def test_number_of_measured_clients_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client may give itself a new name with each request."""
    monkeypatch.setattr(limits, "QUOTA_CLIENTS_MAX", 10)
    world = World(((("client-id", None),), "producer_byte_rate", 100.0))
    for number in range(1000):
        world.throttle.on_request(f"c{number}", PRODUCE, 10)

    assert len(world.throttle._clients) == 10
    assert len(world.throttle._windows) == 30


@pytest.mark.parametrize("version", range(14))
def test_answer_gets_its_throttle_time_where_the_version_has_one(version: int) -> None:
    """The rest of the answer is as before."""
    response = messages.MetadataResponse(cluster_id="c", brokers=[], topics=[])
    before, _ = codec.encode_response_frame(METADATA, version, 7, response)
    after, size = with_throttle_time(METADATA, version, before, 1234)
    data = b"".join(after)

    assert len(data) == size
    assert data[4:8] == b"\0\0\0\7"
    head = 8 + codec.response_header_version(METADATA, version)
    decoded = codec.decode_response(METADATA, version, memoryview(data), head)
    assert decoded.throttle_time_ms == (1234 if version >= 3 else 0)


def test_answer_too_long_to_be_decoded_is_sent_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers are completed inside the WAL's acknowledgements: an error there ends the node."""
    monkeypatch.setattr(metadata, "ELEMENTS_MAX", 2)
    line = messages.MetadataResponse.MetadataResponseTopic
    response = messages.MetadataResponse(
        topics=[line(name=f"t{n}", partitions=[]) for n in range(3)]
    )
    before, size = codec.encode_response_frame(METADATA, 8, 7, response)

    assert with_throttle_time(METADATA, 8, before, 1234) == (before, size)


def test_partitions_are_drawn_from_a_bucket_of_eleven_seconds() -> None:
    """KIP-599: the last step may overdraw it, and then nothing goes until it is paid back."""
    world = World(((("client-id", "c"),), "controller_mutation_rate", 2.0))
    throttle = world.throttle
    assert throttle.on_mutation("c", 20, is_strict=True)
    assert throttle.mutation_throttle_ms("c") == 0
    assert throttle.on_mutation("c", 10, is_strict=True)
    assert throttle.mutation_throttle_ms("c") == 4000
    assert not throttle.on_mutation("c", 1, is_strict=True)
    assert throttle.on_mutation("other", 1000, is_strict=True)
    assert throttle.on_mutation("c", 2, is_strict=False)
    assert throttle.mutation_throttle_ms("c") == 5000
    world.now += 5
    assert throttle.on_mutation("c", 1, is_strict=True)
    world.now += 1000
    assert throttle.on_mutation("c", 22, is_strict=True)
    assert throttle.mutation_throttle_ms("c") == 0


def test_new_connections_count_for_the_quota_of_their_address() -> None:
    """KIP-612: under the default each has a share of its own; what is refused does not count."""
    world = World(((("ip", None),), "connection_creation_rate", 2.0))
    on_connection = world.throttle.on_connection

    assert [on_connection("10.0.0.1") for _ in range(20)] == [0.0] * 20
    assert on_connection("10.0.0.1") == on_connection("10.0.0.1") == pytest.approx(0.5)
    assert on_connection("10.0.0.2") == 0
    assert on_connection("no address") == 0
    world.now += SAMPLES
    assert on_connection("10.0.0.1") == 0
    world.set((("ip", "10.0.0.1"),), "connection_creation_rate", 1000.0)
    assert [on_connection("10.0.0.1") for _ in range(1000)] == [0.0] * 1000


@pytest.mark.parametrize(
    ("named", "peer"),
    [("10.0.0.9", "::ffff:10.0.0.9"), ("0:0:0:0:0:0:0:1", "::1"), ("::FFFF:10.0.0.9", "10.0.0.9")],
)
def test_address_is_the_same_however_it_is_written(named: str, peer: str) -> None:
    """IPv4 reaches a listener of both kinds in the form of IPv6."""
    world = World(((("ip", named),), "connection_creation_rate", 1.0))

    assert [world.throttle.on_connection(peer) > 0 for _ in range(11)] == [False] * 10 + [True]


def test_number_of_measured_addresses_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """And they do not make the node forget the clients that it measures."""
    monkeypatch.setattr(limits, "QUOTA_CLIENTS_MAX", 10)
    world = World(((("ip", None),), "connection_creation_rate", 1.0))
    for number in range(1000):
        world.throttle.on_connection(f"10.0.{number // 250}.{number % 250}")

    assert len(world.throttle._addresses) == 10
    assert not world.throttle._windows
