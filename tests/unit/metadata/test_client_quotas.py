"""Entities, keys and values of client quotas; Kafka's order of precedence (KIP-55)."""

import pytest

from appliance.metadata import Image, Rejected, client_quotas as q, commands as c

PRODUCER = q.PRODUCER_BYTE_RATE


@pytest.mark.parametrize(
    ("parts", "entity"),
    [
        ([("user", "u")], (("user", "u"),)),
        ([("user", None), ("client-id", "c")], (("client-id", "c"), ("user", None))),
        ([("user", "a"), ("user", "b")], (("user", "b"),)),
        ([("ip", "::1")], (("ip", "::1"),)),
        ([("ip", None)], (("ip", None),)),
        ([], None),
        ([("group", "g")], None),
        ([("user", "")], None),
        ([("ip", "::1"), ("user", "u")], None),
        ([("ip", "a host")], None),
    ],
)
def test_entity_is_put_in_order_or_refused(
    parts: list[tuple[str, str | None]], entity: q.Entity | None
) -> None:
    """KIP-546: users, client ids, both, or an address."""
    if entity is None:
        with pytest.raises(q.InvalidQuotaError):
            q.check_entity(parts)
    else:
        assert q.check_entity(parts) == entity


@pytest.mark.parametrize(
    ("key", "value", "fits"),
    [
        (PRODUCER, 1.0, True),
        (PRODUCER, 1000.0000001, True),
        (PRODUCER, 1.5, False),
        (PRODUCER, 0.0, False),
        (PRODUCER, -1.0, False),
        (PRODUCER, 1e19, False),
        (PRODUCER, float("inf"), False),
        (PRODUCER, float("nan"), False),
        (q.REQUEST_PERCENTAGE, 0.5, True),
        (q.REQUEST_PERCENTAGE, 1e300, True),
        (q.REQUEST_PERCENTAGE, float("inf"), False),
        (q.CONNECTION_CREATION_RATE, float(1 << 31), False),
    ],
)
def test_value_is_a_number_of_its_key(key: str, value: float, *, fits: bool) -> None:
    """Rates of bytes are whole numbers above 0; percentages are any above 0."""
    if fits:
        q.check_value(key, value)
    else:
        with pytest.raises(q.InvalidQuotaError):
            q.check_value(key, value)


ORDER: list[tuple[q.Entity, q.Entity]] = [
    ((("client-id", "c"), ("user", "u")), (("client-id", "c"), ("user", "u"))),
    ((("client-id", None), ("user", "u")), (("client-id", "c"), ("user", "u"))),
    ((("user", "u"),), (("user", "u"),)),
    ((("client-id", "c"), ("user", None)), (("client-id", "c"), ("user", "u"))),
    ((("client-id", None), ("user", None)), (("client-id", "c"), ("user", "u"))),
    ((("user", None),), (("user", "u"),)),
    ((("client-id", "c"),), (("client-id", "c"),)),
    ((("client-id", None),), (("client-id", "c"),)),
]
"""Entities from the most specific on, and whom a quota of each is shared by."""


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_most_specific_quota_holds(number: int) -> None:
    """KIP-55: eight levels; another key of a higher level does not hide a lower one."""
    quotas = {entity: {PRODUCER: f"{i}.0"} for i, (entity, _) in enumerate(ORDER[number:])}
    quotas |= {entity: {q.CONSUMER_BYTE_RATE: "9.0"} for entity, _ in ORDER[:number]}

    assert q.find(quotas, PRODUCER, user="u", client_id="c") == (0.0, ORDER[number][1])


def test_nobody_is_limited_without_a_quota() -> None:
    """Quotas of others do not count."""
    quotas: dict[q.Entity, dict[str, str]] = {(("user", "other"),): {PRODUCER: "1.0"}}
    assert q.find(quotas, PRODUCER, user="u", client_id="c") is None
    assert q.find({}, PRODUCER, user="u", client_id="") is None


def test_quotas_are_altered_and_vanish_with_their_last_key() -> None:
    """An entity without quotas is not kept; a wrong one changes nothing."""
    image = Image()
    entity = (("user", "u"),)
    image.apply(c.AlterClientQuotas(entity=entity, set={PRODUCER: "5.0"}, delete=()))
    for wrong in (
        c.AlterClientQuotas(entity=(), set={PRODUCER: "5.0"}, delete=()),
        c.AlterClientQuotas(
            entity=(("user", "u"), ("client-id", "c")), set={PRODUCER: "5.0"}, delete=()
        ),
        c.AlterClientQuotas(entity=entity, set={PRODUCER: "five"}, delete=()),
        c.AlterClientQuotas(entity=entity, set={"odd": "5.0"}, delete=()),
    ):
        with pytest.raises(Rejected):
            image.apply(wrong)

    assert image.client_quotas == {entity: {PRODUCER: "5.0"}}
    assert image.apply(c.AlterClientQuotas(entity=entity, set={}, delete=(PRODUCER,))) == {}
    assert image.client_quotas == {}
    assert Image.restore(image.snapshot()).snapshot() == image.snapshot()
