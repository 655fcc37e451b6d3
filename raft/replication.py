"""What a leader knows of one follower, and how much it may send. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum

from raft import guards, limits

__all__ = ["Mode", "Progress"]


class Mode(Enum):
    """How entries are sent."""

    PROBE = "probe"
    """One message at a time, until it is known where the logs meet."""

    REPLICATE = "replicate"
    """A window of messages ahead of the answers."""

    SNAPSHOT = "snapshot"
    """The log here begins too late: the snapshot first, piece by piece."""


@dataclass(slots=True, kw_only=True, eq=False)
class Progress:
    """One follower or observer, in one leadership.

    Invariants:
        1. `match_index` never falls; `match_index` < `next_index`.
        2. At most `limits.WINDOW_MESSAGES_MAX` messages and `limits.WINDOW_BYTES_MAX` bytes (or
           one longer message) are out.
    """

    next_index: int
    match_index: int
    mode: Mode = Mode.PROBE
    commit_sent: int = 0
    round_answered: int = 0
    heard_at: float = float("-inf")
    asked_period: int = -1
    is_heartbeat_due: bool = False
    snapshot_index: int = 0
    snapshot_offset: int = 0
    _window: deque[tuple[int, int]] = field(default_factory=deque)  # last index, bytes
    _window_bytes: int = 0
    _heartbeats_silent: int = 0

    @property
    def has_room(self) -> bool:
        """Whether one more message with entries may be sent."""
        match self.mode:
            case Mode.PROBE:
                return not self._window
            case Mode.REPLICATE:
                return (
                    len(self._window) < limits.WINDOW_MESSAGES_MAX
                    and self._window_bytes < limits.WINDOW_BYTES_MAX
                )
            case Mode.SNAPSHOT:
                return False

    @property
    def is_room_short(self) -> bool:
        """Whether there may be no room for a second message."""
        return (
            self.mode is not Mode.REPLICATE
            or len(self._window) + 2 > limits.WINDOW_MESSAGES_MAX
            or self._window_bytes + limits.FEED_BYTES_MAX >= limits.WINDOW_BYTES_MAX
        )

    def on_sent(self, last_index: int, message_bytes: int) -> None:
        """A message with entries up to `last_index` left."""
        assert self.has_room
        self._window.append((last_index, message_bytes))
        self._window_bytes += message_bytes
        if self.mode is Mode.REPLICATE:
            self.next_index = last_index + 1

    def on_matching(self, match_index: int) -> None:
        """The follower holds everything up to `match_index`."""
        self._heartbeats_silent = 0
        self.match_index = max(self.match_index, match_index)
        while self._window and self._window[0][0] <= match_index:
            self._window_bytes -= self._window.popleft()[1]
        match self.mode:
            case Mode.PROBE:
                if match_index >= self.next_index - 1:
                    self._enter(Mode.REPLICATE)
            case Mode.SNAPSHOT:
                if match_index >= self.snapshot_index:
                    self._enter(Mode.PROBE)
            case Mode.REPLICATE:
                self.next_index = max(self.next_index, self.match_index + 1)

    def on_refused(self, previous_index: int, *, retry_index: int) -> None:
        """The follower lacks the entry before those it was sent."""
        if self.mode is Mode.SNAPSHOT or not guards.is_refusal_fresh(
            previous_index,
            is_probing=self.mode is Mode.PROBE,
            next_index=self.next_index,
            match_index=self.match_index,
        ):
            return
        self._enter(Mode.PROBE)
        self.next_index = max(self.match_index + 1, min(retry_index, previous_index))

    def on_heartbeat(self) -> bool:
        """A heartbeat is due; returns whether to send again what was not answered for long."""
        is_waiting = bool(self._window) or self.mode is Mode.SNAPSHOT
        self._heartbeats_silent += 1
        if not is_waiting or self._heartbeats_silent < limits.HEARTBEATS_SILENT_MAX:
            return False
        if self.mode is Mode.REPLICATE:
            self._enter(Mode.PROBE)
        else:
            # A probe goes on where it was: below may be nothing but the snapshot.
            self._clear_window()
        return True

    def begin_snapshot(self, index: int) -> None:
        """The follower needs the snapshot at `index`, from its start."""
        self._enter(Mode.SNAPSHOT)
        self.snapshot_index, self.snapshot_offset = index, 0

    def on_snapshot_received(self, index: int, offset: int) -> bool:
        """Pieces before `offset` arrived; returns whether the next one should be sent now."""
        if self.mode is not Mode.SNAPSHOT or index != self.snapshot_index:
            return False
        # A repeated answer would send a piece twice for each time it is repeated.
        is_news = offset != self.snapshot_offset
        self._heartbeats_silent = 0
        self.snapshot_offset = offset
        return is_news

    def _enter(self, mode: Mode) -> None:
        self.mode = mode
        self.next_index = self.match_index + 1
        self._clear_window()

    def _clear_window(self) -> None:
        self._window.clear()
        self._window_bytes = 0
        self._heartbeats_silent = 0
