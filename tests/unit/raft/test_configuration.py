"""Members with addresses, as log entries and snapshots hold them."""

from __future__ import annotations

import pytest

from raft import codec, limits
from raft.configuration import Configuration, Membership
from raft.errors import CodecError


def test_configuration_without_addresses_is_written_as_before() -> None:
    """Journals of groups that nobody was added to stay readable for older versions."""
    configuration = Configuration.of([2, 1], observers=[5], removed=[9])

    assert codec.decode(configuration.encode()) == [[1, 2], [5], [9]]
    assert Configuration.decode(configuration.encode()) == configuration


def test_address_comes_back_and_outlives_the_removal() -> None:
    """A removal is a wish until it is committed: until then the node must be found."""
    configuration = Configuration.of([1]).with_member(2, Membership.OBSERVER, address="h:1")
    configuration = configuration.with_member(2, Membership.REMOVED)

    assert Configuration.decode(configuration.encode()) == configuration
    assert configuration.addresses == ((2, "h:1"),)


def test_new_address_alone_is_a_change() -> None:
    """Of exactly this node."""
    before = Configuration.of([1, 2])
    after = before.with_member(2, Membership.VOTER, address="h:1")

    assert after.changed_from(before) == [2]
    assert before.with_member(2, Membership.VOTER).changed_from(before) == []


@pytest.mark.parametrize(
    "addresses",
    [[], {3: "h:1"}, {1: ""}, {1: b"h:1"}, {1: "x" * (limits.ADDRESS_CHARS_MAX + 1)}, None],
)
def test_addresses_that_are_none_are_refused(addresses: object) -> None:
    """Before they get to the links."""
    with pytest.raises(CodecError):
        Configuration.decode(codec.encode([[1, 2], [], [], addresses]))
