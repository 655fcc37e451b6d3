"""What the soak of groups concludes from reports."""

import pytest

from tests.bench.group_soak import Ledger, _ranges


def test_ranges_are_cut_at_gaps():
    assert list(_ranges([3, 4, 5, 9, 11, 12])) == [(3, 6), (9, 10), (11, 13)]


@pytest.mark.parametrize(
    ("reports", "missing"),
    [
        (["d g 0 0 5", "d g 0 5 10"], []),
        (["d g 0 5 10", "d g 0 0 6"], []),
        (["d g 0 0 9"], [(0, 9)]),
        (["d g 0 0 4", "d g 0 5 10"], [(0, 4)]),
        (["d other 0 0 10"], [(0, 0)]),
        ([], [(0, 0)]),
    ],
)
def test_record_that_no_member_got_is_missing(
    reports: list[str], missing: list[tuple[int, int]]
) -> None:
    ledger = Ledger(acked={0: 10})

    ledger.read(reports)

    assert ledger.missing("g") == missing


def test_commit_that_was_told_and_is_not_seen_breaks_the_law():
    ledger = Ledger(acked={0: 10})
    ledger.read(["c g 0 0 7"])
    floor = ledger.committed["g", 0]

    ledger.see(("g", 0), floor, 7)
    assert not ledger.broken
    assert ledger.lag(["g"]) == 3
    ledger.see(("g", 0), floor, 6)

    assert ledger.broken
