"""When what requests appended goes to the device."""

from typing import cast

from appliance import limits
from appliance.server.submitting import Submitting
from wal.writer import Writer


class FakeWriter:
    """Counts what it is asked to write; takes everything at once."""

    def __init__(self) -> None:
        self.open_bytes = 0
        self.written: list[int] = []

    def submit_nowait(self) -> None:
        if self.open_bytes:
            self.written.append(self.open_bytes)
            self.open_bytes = 0


def _made() -> tuple[FakeWriter, Submitting]:
    writer = FakeWriter()
    return writer, Submitting(cast("Writer", writer))


def _serve(writer: FakeWriter, submitting: Submitting, size: int) -> None:
    writer.open_bytes += size
    submitting.after_wakeup()


def test_small_requests_of_one_look_are_one_write():
    writer, submitting = _made()
    submitting.begin_look()
    for _ in range(5):
        _serve(writer, submitting, 100)
    assert writer.written == []
    submitting.end_look()

    assert writer.written == [500]


def test_large_requests_do_not_wait_for_the_end_of_a_look():
    writer, submitting = _made()
    submitting.begin_look()
    for size in (100, limits.SUBMIT_BYTES_MIN, 200):
        _serve(writer, submitting, size)
    submitting.end_look()

    assert writer.written == [100 + limits.SUBMIT_BYTES_MIN, 200]


def test_a_connection_served_alone_waits_for_nobody():
    writer, submitting = _made()
    submitting.begin_look()
    submitting.end_look()
    _serve(writer, submitting, 100)

    assert writer.written == [100]
