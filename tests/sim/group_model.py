"""What a consumer group has promised its members, and whether the coordinator keeps it.

| Law | |
|---|---|
| owner | a partition has one owner in a generation |
| offset | a committed offset is neither lost nor goes back |
| fenced | who was replaced, or missed a generation, or was silent for too long is told so |
| stable | a live group becomes stable within the timeouts, and every partition has an owner |
| static | a static member keeps its assignment over a restart within its session |

A message begins with the name of its law.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.sim.model import Violation

Place = tuple[str, int]
"""(topic, partition index)."""


class GroupModel:
    """Promises of one group; every method raises Violation when one is broken.

    Attributes:
        generation: latest one of which somebody has the assignment: it is in the log.
        fenced: member ids of which a later process took over the instance id.
        commits: successful commits; for the test of the test.
    """

    def __init__(self, group_id: str) -> None:
        self.group_id = group_id
        self.generation = -1
        self.fenced: dict[str, None] = {}
        self.commits = 0
        self._owners: dict[tuple[int, Place], str] = {}
        self._instances: dict[str, str] = {}
        self._sent: dict[Place, int] = {}
        self._acked: dict[Place, int] = {}

    def on_assigned(
        self, member_id: str, instance_id: str | None, generation: int, places: Iterable[Place]
    ) -> None:
        """A member received its assignment of a generation."""
        owner = instance_id or member_id
        for place in places:
            before = self._owners.setdefault((generation, place), owner)
            if before != owner:
                raise Violation(
                    f"owner: {place} of {self.group_id} in generation {generation} is of"
                    f" {before} and of {owner}"
                )
        self.generation = max(self.generation, generation)
        if instance_id is not None:
            replaced = self._instances.get(instance_id)
            self._instances[instance_id] = member_id
            if replaced not in (None, member_id):
                self.fenced[replaced] = None

    def check_current(self, what: str, member_id: str, generation: int, floor: int) -> None:
        """A request of a member succeeded; `floor` was the group's generation when it was sent."""
        if generation < floor:
            raise Violation(
                f"fenced: {what} of {member_id} in generation {generation} was served in {floor}"
            )

    def check_unfenced(self, what: str, member_id: str, *, was_fenced: bool) -> None:
        """A request of a member succeeded that was replaced when it was sent, or was not."""
        if was_fenced:
            raise Violation(f"fenced: {what} of {member_id} was served after it was replaced")

    def on_commit_sent(self, place: Place, offset: int) -> None:
        """An offset is on its way."""
        self._sent[place] = max(offset, self._sent.get(place, 0))

    def on_committed(self, owner: str, generation: int, place: Place, offset: int) -> None:
        """A commit was answered as done."""
        known = self._owners.get((generation, place))
        if known != owner:
            raise Violation(
                f"owner: {owner} committed {place} of {self.group_id} in generation {generation},"
                f" which is of {known}"
            )
        self.commits += 1
        self._acked[place] = max(offset, self.committed(place))

    def committed(self, place: Place) -> int:
        """Return what is promised of a partition."""
        return self._acked.get(place, 0)

    def on_fetched(self, place: Place, floor: int, offset: int) -> None:
        """A fetch found this offset; `floor` was committed when it was sent."""
        sent = self._sent.get(place, 0)
        if not floor <= max(offset, 0) <= sent:
            raise Violation(
                f"offset: {self.group_id} committed {floor} of {place} (sent {sent}) and finds"
                f" {offset}"
            )
        self._acked[place] = max(offset, self.committed(place))  # what was seen does not go back
