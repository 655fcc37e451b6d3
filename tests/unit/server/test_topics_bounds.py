"""What one request that names many topics takes of the node."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import trio

from appliance import limits
from appliance.metadata import Image
from appliance.protocol import codec, messages
from appliance.server import topics
from appliance.server.connection import Slot
from appliance.server.context import Context
from appliance.server.refused import Refused

NAMES = 20_000


class Tasks(trio.abc.Instrument):
    """Counts the tasks alive, and the turns of the loop."""

    def __init__(self) -> None:
        self.alive = self.alive_max = self.turns = 0

    def task_spawned(self, task: trio.lowlevel.Task) -> None:
        self.alive += 1
        self.alive_max = max(self.alive, self.alive_max)

    def task_exited(self, task: trio.lowlevel.Task) -> None:
        self.alive -= 1

    def before_io_wait(self, timeout: float) -> None:
        self.turns += 1


async def test_request_that_names_many_topics_holds_few_tasks() -> None:
    """A name of some bytes is worth no task of some kilobytes; others get their turns."""
    context = SimpleNamespace(image=Image())
    sent: list[bytes] = []
    slot = SimpleNamespace(complete=lambda parts, _: sent.append(b"".join(parts)))
    request = messages.DeleteTopicsRequest(topic_names=[f"t{n}" for n in range(NAMES)])
    tasks = Tasks()
    trio.lowlevel.add_instrument(tasks)
    await topics.handle_delete(cast("Context", context), cast("Slot", slot), 3, 1, request)
    trio.lowlevel.remove_instrument(tasks)

    answer: Any = codec.decode_response(20, 3, memoryview(sent[0]), 8)
    assert [line.name for line in answer.responses] == request.topic_names
    assert {line.error_code for line in answer.responses} == {3, 42}
    assert tasks.alive_max <= limits.TOPICS_AT_ONCE_MAX
    assert tasks.turns > NAMES / limits.LINES_PER_TURN


@pytest.mark.parametrize("length", [10, limits.REFUSAL_CHARS_MAX, 40_000])
def test_reason_that_quotes_the_client_is_bounded(length: int) -> None:
    """Older versions have room for 32,767 bytes of text; one more and there is no answer at all."""
    refused = Refused(42, "x" * length)

    assert len(refused.message) == min(length, limits.REFUSAL_CHARS_MAX)
