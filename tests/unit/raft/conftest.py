"""What several tests of Raft are given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ports import kept_ports


@pytest.fixture
def ports() -> Iterator[list[int]]:
    """Three ports that nobody else is given."""
    with kept_ports(3) as ports:
        yield ports
