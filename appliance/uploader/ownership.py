"""Whose object store it is: the owner object, and whether the store holds what the metadata names.

**Layout** of `<cluster id>/owner`, UTF-8: `version=1`, `cluster.id=...`, `owner.id=` and 32 hex
digits, one a line. The owner id is made once per cluster and kept in its metadata: it outlives the
volume, and a second cluster under the same cluster id has another. Written once, by a conditional
put, and never changed.

Nothing is uploaded and nothing is deleted before the store was found to be ours. In a wrong one (a
typing error, a disk that is not mounted, another cluster under the same id) ids of objects mean
something else: uploads would scatter records, and the look for orphans would delete another's.
"""

from collections.abc import Callable

import trio

from appliance.errors import OperatorError
from appliance.ids import ObjectId
from appliance.metadata import Image, ObjectState, StoredObject
from appliance.objects import keys
from appliance.objects.errors import ObjectExistsError, ObjectNotFoundError
from appliance.objects.store import ObjectInfo, ObjectStore


class Ownership:
    """Compares the store with the metadata; see the module's text."""

    def __init__(self, *, image: Image, store: ObjectStore, cluster_id: str, place: str) -> None:
        """Build it.

        Args:
            image: has its owner id.
            place: the store's URL, for messages.
        """
        self._image = image
        self._store = store
        self._cluster_id = cluster_id
        self._place = place
        self._was_ours = False

    @property
    def key(self) -> str:
        """Key of the owner object."""
        return f"{self._cluster_id}/owner"

    @property
    def _body(self) -> bytes:
        owner_id = self._image.owner_id
        assert owner_id, "the metadata names the owner first"
        text = f"version=1\ncluster.id={self._cluster_id}\nowner.id={owner_id.hex()}\n"
        return text.encode()

    async def check(self) -> bool:
        """Whether the store is ours; False: it says nothing of an owner, and may yet be.

        Raises:
            OperatorError: it is another's, or lacks what the metadata names.
        """
        try:
            held = await self._store.get(self.key)
        except ObjectNotFoundError:
            if self._was_ours:
                raise self._lacking(self.key) from None
            await self._find_newest()
            return False
        if held != self._body:
            raise OperatorError(
                f"object store {self._place} belongs to another cluster with the id"
                f" {self._cluster_id} ({self.key} there names another owner): give each its own"
                " --object-store, or restore the metadata (the raft folder of --data) that wrote"
                f" it; if its records are given up, delete {self._cluster_id}/ there"
            )
        self._was_ours = True
        return True

    async def look(self, is_uploading: Callable[[int], bool] = lambda _: False) -> list[str]:
        """Return the keys of the objects that nobody names, after all else was found in order.

        Args:
            is_uploading: whether an object of this id is being uploaded, or was a moment ago.

        A store without an owner is made ours if it is: when it holds what the metadata names
        (an earlier build made no owner objects), or nothing.

        Raises:
            OperatorError: as `check`; or it holds what this metadata never wrote. Nothing was
                deleted then.
        """
        image = self._image
        is_ours = await self.check()
        is_named = self._newest() is not None
        missing = set(image.objects)
        orphans: list[str] = []
        foreign = ""
        async for info in self._store.list(f"{self._cluster_id}/"):
            object_id = keys.parse_object_id(info.key)
            if object_id is None:
                continue
            stored = image.objects.get(ObjectId(object_id))
            if stored is not None and stored.key == info.key:
                if _is_it(stored, info):
                    missing.discard(stored.object_id)
            elif is_uploading(object_id):
                continue
            elif object_id >= image.next_object_id or not (is_ours or is_named):
                foreign = info.key
            else:
                orphans.append(info.key)
        if foreign:
            raise OperatorError(
                f"object store {self._place} holds {foreign}, which this node's metadata never"
                " wrote: restore the metadata (the raft folder of --data), or give another"
                " --cluster-id or --object-store"
            )
        await self._find(missing)
        if not is_ours:
            await self._claim()
        return orphans

    async def _claim(self) -> None:
        try:
            await self._store.put(self.key, [self._body], if_absent=True)
        except ObjectExistsError:
            pass  # Another was faster, or a put of ours whose answer was lost.
        # Read back: on a store without conditional puts both may have written.
        if not await self.check():
            raise self._lacking(self.key)

    def _newest(self) -> StoredObject | None:
        """Return the newest object that must be in the store, None: there is none."""
        for stored in reversed(self._image.objects.values()):
            if stored.state is ObjectState.COMMITTED:
                return stored
        return None

    async def _find_newest(self) -> None:
        newest = self._newest()
        if newest is not None:
            await self._find({newest.object_id})

    async def _find(self, object_ids: set[ObjectId]) -> None:
        """Ask for objects that a listing did not show; those deleted meanwhile need not be there.

        Raises:
            OperatorError: one is missing, or has another size.
        """
        objects = self._image.objects
        for object_id in sorted(object_ids):
            stored = objects.get(object_id)
            if stored is None or stored.state is not ObjectState.COMMITTED:
                await trio.lowlevel.checkpoint()
                continue
            info = await self._store.head(stored.key)
            if info is not None and _is_it(stored, info):
                continue
            if objects.get(object_id) is stored and stored.state is ObjectState.COMMITTED:
                raise self._lacking(stored.key)

    def _lacking(self, key: str) -> OperatorError:
        return OperatorError(
            f"object store {self._place} lacks the objects of this cluster ({key} is missing):"
            " correct --object-store or mount it, or restore the objects"
        )


def _is_it(stored: StoredObject, info: ObjectInfo) -> bool:
    return info.size == stored.size
