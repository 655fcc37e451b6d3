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


def test_first_directory_of_a_voter_counts() -> None:
    """A disk that was wiped meanwhile is not the voter; nobody else's is of interest."""
    known = {1: bytes(16), 2: b"2" * 16, 3: b"3" * 16}
    before = Configuration.of([1], observers=[2, 3])
    after = before.with_member(2, Membership.VOTER, directories=known)
    again = after.with_member(3, Membership.VOTER, directories={**known, 2: b"x" * 16})

    assert after.directories == ((1, bytes(16)), (2, b"2" * 16))
    assert again.directories == tuple(known.items())
    assert Configuration.decode(again.encode()) == again
    assert again.addresses == ()


@pytest.mark.parametrize("kind", [Membership.OBSERVER, Membership.REMOVED])
def test_directory_of_a_voter_outlives_its_vote(kind: Membership) -> None:
    """The end of it is a wish until it is committed; what is in the log already wins again."""
    before = Configuration.of([1, 2, 3])
    after = before.with_member(3, kind, directories={3: b"3" * 16})
    again = after.with_member(2, Membership.OBSERVER, directories={3: b"x" * 16})

    assert after.directories == ((3, b"3" * 16),)
    assert again.directories == ((3, b"3" * 16),)
    assert Configuration.decode(again.encode()) == again
    assert again.with_member(3, Membership.STRANGER).directories == ()


@pytest.mark.parametrize("directories", [[], {4: bytes(16)}, {1: bytes(15)}, {1: "x" * 16}, None])
def test_directories_that_are_none_are_refused(directories: object) -> None:
    """Nobody would be let in."""
    with pytest.raises(CodecError):
        Configuration.decode(codec.encode([[1, 2], [3], [], {}, directories]))


@pytest.mark.parametrize(
    "addresses",
    [[], {3: "h:1"}, {1: ""}, {1: b"h:1"}, {1: "x" * (limits.ADDRESS_CHARS_MAX + 1)}, None],
)
def test_addresses_that_are_none_are_refused(addresses: object) -> None:
    """Before they get to the links."""
    with pytest.raises(CodecError):
        Configuration.decode(codec.encode([[1, 2], [], [], addresses]))
