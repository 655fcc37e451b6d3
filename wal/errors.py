"""Errors of the WAL, named by what the reader does next."""

__all__ = [
    "AlreadyFormattedError",
    "BatchTooLargeError",
    "CorruptFrameError",
    "DeviceError",
    "FencedError",
    "ForeignVolumeError",
    "NewerFormatError",
    "NotAVolumeError",
    "VolumeError",
    "VolumeInUseError",
    "VolumeShrunkError",
    "WalError",
    "WalFullError",
]


class WalError(Exception):
    """Base of every error this package raises on purpose."""


class DeviceError(WalError):
    """A read or write failed or was short: its outcome is unknown, the process must end."""


class FencedError(WalError):
    """A recoverer has taken over this writer's log: stop acknowledging, end.

    Attributes:
        our_epoch: writer_epoch of this writer.
        their_epoch: epoch up to which the slot is fenced; -1 when the block is unreadable.
    """

    def __init__(self, *, slot: int, our_epoch: int, their_epoch: int) -> None:
        super().__init__(
            f"writer slot {slot} is fenced up to writer epoch {their_epoch}, ours is {our_epoch}:"
            " another node has taken over this node's log; restart to join again"
        )
        self.slot = slot
        self.our_epoch = our_epoch
        self.their_epoch = their_epoch


class WalFullError(WalError):
    """No memory or no extent is free now; nothing was appended. Try again later."""


class BatchTooLargeError(WalFullError):
    """The batch is larger than any frame of this volume can be; retrying does not help."""


class CorruptFrameError(WalError):
    """Acknowledged bytes of the log cannot be read back: repair or restore, never skip.

    Attributes:
        lsn: where the log stops being readable.
        durable_lsn: up to where a later frame says the log was durable.
    """

    def __init__(self, message: str, *, lsn: int, durable_lsn: int) -> None:
        super().__init__(message)
        self.lsn = lsn
        self.durable_lsn = durable_lsn


class VolumeError(WalError):
    """The volume cannot be used as asked; the text names it and the remedy."""


class NotAVolumeError(VolumeError):
    """It holds no superblock of ours (and perhaps somebody else's data)."""


class ForeignVolumeError(VolumeError):
    """It belongs to another cluster."""


class NewerFormatError(VolumeError):
    """It was formatted by a newer release."""


class VolumeShrunkError(VolumeError):
    """The device is smaller than the superblock says."""


class VolumeInUseError(VolumeError):
    """Another process has it open."""


class AlreadyFormattedError(VolumeError):
    """It is formatted already; formatting again would lose what it holds."""
