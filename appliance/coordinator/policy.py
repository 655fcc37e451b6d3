"""What an operator may set, by Kafka's names and with Kafka's defaults."""

from dataclasses import dataclass

_INT32_MAX = (1 << 31) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Broker configs of the group coordinator; `Policy()` has Kafka's defaults.

    Attributes:
        session_timeout_ms_min, session_timeout_ms_max: `group.min.session.timeout.ms`,
            `group.max.session.timeout.ms`.
        group_size_max: `group.max.size`.
        initial_rebalance_delay_ms: `group.initial.rebalance.delay.ms`.
        new_member_join_timeout_ms: a new member's JoinGroup is not parked longer (not a config).
        offsets_retention_ms: `offsets.retention.minutes`.
        offsets_retention_check_interval_ms: `offsets.retention.check.interval.ms`.
        offset_metadata_chars_max: `offset.metadata.max.bytes`; Kafka counts UTF-16 units.
    """

    session_timeout_ms_min: int = 6_000
    session_timeout_ms_max: int = 1_800_000
    group_size_max: int = _INT32_MAX
    initial_rebalance_delay_ms: int = 3_000
    new_member_join_timeout_ms: int = 300_000
    offsets_retention_ms: int = 10_080 * 60_000
    offsets_retention_check_interval_ms: int = 600_000
    offset_metadata_chars_max: int = 4_096

    def __post_init__(self) -> None:
        assert 0 <= self.session_timeout_ms_min <= self.session_timeout_ms_max <= _INT32_MAX
        assert self.group_size_max >= 1
        assert self.initial_rebalance_delay_ms >= 0
        assert self.new_member_join_timeout_ms > 0
        assert self.offsets_retention_ms > 0
        assert self.offsets_retention_check_interval_ms > 0
        assert 0 <= self.offset_metadata_chars_max <= 8_000  # 4 bytes each fit an int16 length
