"""When what requests appended goes to the device."""

from appliance import limits
from wal.writer import Writer


class Submitting:
    """Starts the writes of connections that were found readable together as one.

    A write for the first of them, as soon as it is served, would leave little to the next one and
    cost the node as much as several small requests. Large ones are not kept from the device.
    """

    def __init__(self, writer: Writer) -> None:
        """Nobody is looked at yet."""
        self._writer = writer
        self._is_looking = False

    def begin_look(self) -> None:
        """Several connections are about to be served, without a turn of the loop in between."""
        self._is_looking = True

    def end_look(self) -> None:
        """They are served."""
        self._is_looking = False
        self._writer.submit_nowait()

    def after_wakeup(self) -> None:
        """One connection is served."""
        if not self._is_looking or self._writer.open_bytes >= limits.SUBMIT_BYTES_MIN:
            self._writer.submit_nowait()
