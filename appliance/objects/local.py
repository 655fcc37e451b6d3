"""An object store in a local folder, as durable as its file system.

A put writes `.tmp/<name>`, fsyncs it, renames it over the key (`if_absent`: links it, which fails
when there is one), and fsyncs the folder; every folder on the way is fsynced into its parent
before. After a crash a key names all of an object or nothing. What a crash leaves in `.tmp` is
removed by `check` a day later: another node may share the folder and be writing there now.

Objects are written and read by direct IO where the filesystem has it. Through the page cache, each
GiB cost 1.4 to 1.8 s of CPU for fresh pages, against 0.15 s, and its flush stalled the WAL on the
same disk; blocks that are read again come from the reader's own cache.
"""

import errno
import fcntl
import itertools
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import TypeVar

import trio
import trio.to_thread

from appliance.objects.errors import (
    ObjectExistsError,
    ObjectNotFoundError,
    ObjectTruncatedError,
    StoreRefusedError,
    StoreUnavailableError,
)
from appliance.objects.store import (
    CALLS_MAX,
    LIST_PAGE_MAX,
    Bytes,
    ObjectInfo,
    check_key,
    check_prefix,
    list_all,
)
from wal.layout import align_up
from wal.limits import BLOCK_BYTES
from wal.memory import aligned, is_aligned

_WRITE_PARTS_MAX = 512
_DIRECT_BYTES_MIN = 256 << 10
_CHUNK_BYTES = 512 << 10
_PAUSE_S_MAX = 0.1
_FOLDERS_KNOWN_MAX = 4096
_LEFT_OVER_S = 86400
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG})
_T = TypeVar("_T")


class LocalStore:
    """ObjectStore over a folder, which is created when it is not there."""

    def __init__(self, root: str) -> None:
        """Name the folder; nothing is touched before the first call."""
        self._root = os.path.abspath(root)
        self._limiter = trio.CapacityLimiter(CALLS_MAX)  # So puts alone never take all of it.
        self._names = itertools.count()
        # Folders whose entry in their parent is known to be durable. Written by worker threads;
        # single set operations only, and losing one costs an fsync.
        self._durable: set[str] = set()
        self._staging: list[memoryview] = []

    async def check(self) -> None:
        """See ObjectStore. Also removes what crashes left behind over a day ago."""
        try:
            await self._run(self._check, key="")
        except ObjectNotFoundError:  # There are folders that none can be made in: /proc, autofs.
            raise StoreRefusedError(
                f"object folder: {self._root} cannot be made: choose another"
            ) from None

    async def put(self, key: str, parts: Sequence[Bytes], *, if_absent: bool = False) -> None:
        """See ObjectStore."""
        path = self._path(key)
        await self._run(lambda: self._put(path, parts, if_absent=if_absent), key=key)

    async def get(self, key: str) -> bytes:
        """See ObjectStore."""
        path = self._path(key)
        return await self._run(lambda: _read_all(path), key=key)

    async def get_range(self, key: str, start: int, length: int) -> Bytes:
        """See ObjectStore."""
        path = self._path(key)
        assert start >= 0
        assert length >= 1
        data = await self._run(lambda: self._read_range(path, start, length), key=key)
        if len(data) != length:
            raise ObjectTruncatedError(key)
        return data

    async def head(self, key: str) -> ObjectInfo | None:
        """See ObjectStore."""
        path = self._path(key)
        try:
            return await self._run(lambda: _info(key, path), key=key)
        except ObjectNotFoundError:
            return None

    async def list_page(self, prefix: str, *, after: str = "") -> Sequence[ObjectInfo]:
        """See ObjectStore."""
        check_prefix(prefix)
        return await self._run(lambda: self._list_page(prefix, after), key=prefix)

    def list(self, prefix: str, *, after: str = "") -> AsyncIterator[ObjectInfo]:
        """See ObjectStore."""
        return list_all(self, prefix, after)

    async def delete(self, keys: Sequence[str]) -> None:
        """See ObjectStore. Durable on return, like a put."""
        paths = [self._path(key) for key in keys]
        await self._run(lambda: _delete(paths), key=keys[0] if keys else "")

    def _path(self, key: str) -> str:
        return os.path.join(self._root, *check_key(key).split("/"))

    async def _run(self, work: Callable[[], _T], *, key: str) -> _T:
        try:
            # A folder on a dead network disk must hold up neither a deadline nor the end.
            return await trio.to_thread.run_sync(
                work, limiter=self._limiter, abandon_on_cancel=True
            )
        except FileNotFoundError:
            raise ObjectNotFoundError(key) from None
        except (IsADirectoryError, NotADirectoryError):
            raise ObjectNotFoundError(key) from None
        except FileExistsError:
            raise ObjectExistsError(key) from None
        except OSError as error:
            reason = f"{error.strerror or error} ({self._root})"
            if error.errno in _REFUSED:
                raise StoreRefusedError(
                    f"object folder: {reason}: make it a folder this user may write to"
                ) from error
            raise StoreUnavailableError(f"object folder: {reason}") from error

    def _check(self) -> None:
        """Create the folders, write and link a file durably, and remove old left-overs."""
        temporary = os.path.join(self._root, ".tmp")
        path = self._write_temporary([b"penstock"])
        try:
            now = os.stat(path).st_mtime
            self._check_links(path)
        finally:
            os.unlink(path)
        with os.scandir(temporary) as entries:
            found = sorted(entry.path for entry in entries)
        for left_over in found:
            try:
                is_old = now - os.stat(left_over).st_mtime > _LEFT_OVER_S
            except FileNotFoundError:
                continue  # Another node's, which it has put or removed meanwhile.
            if is_old:
                _unlink(left_over)

    def _check_links(self, path: str) -> None:
        linked = f"{path}-linked"
        try:
            os.link(path, linked)
        except OSError as error:
            raise StoreRefusedError(
                f"object folder: {self._root} lies in a file system that has no hard links"
                f" ({error.strerror}): choose a folder in another"
            ) from error
        os.unlink(linked)

    def _put(self, path: str, parts: Sequence[Bytes], *, if_absent: bool) -> None:
        folder = os.path.dirname(path)
        self._make_folder(folder)
        temporary = self._write_temporary(parts)
        try:
            if if_absent:
                os.link(temporary, path)
                os.unlink(temporary)
            else:
                os.replace(temporary, path)
        except BaseException:
            _unlink(temporary)
            raise
        try:
            _fsync_folder(folder)
        except BaseException:
            if if_absent:
                # Whoever tries again would find it, and take it for durable.
                _unlink(path)
            raise

    def _write_temporary(self, parts: Sequence[Bytes]) -> str:
        folder = os.path.join(self._root, ".tmp")
        self._make_folder(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        while True:
            # Another host may share the folder and have this process id: O_EXCL decides.
            path = os.path.join(folder, f"{os.getpid()}-{next(self._names)}")
            try:
                descriptor = os.open(path, flags, 0o640)
                break
            except FileExistsError:
                continue
        try:
            try:
                large = sum(map(len, parts)) >= _DIRECT_BYTES_MIN
                if not (large and self._try_write_direct(descriptor, parts)):
                    _write_all(descriptor, parts)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except BaseException:
            _unlink(path)
            raise
        return path

    def _try_write_direct(self, descriptor: int, parts: Sequence[Bytes]) -> bool:
        """Write by direct IO; False, with the file empty, where that is not to be had."""
        if not _set_direct(descriptor):
            return False
        try:
            self._write_direct(descriptor, parts)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
                raise
            # Some filesystems take the flag and then refuse the alignment.
            _set_direct(descriptor, on=False)
            os.ftruncate(descriptor, 0)
            return False
        return True

    def _write_paced(self, descriptor: int, view: memoryview, position: int) -> int:
        started = time.monotonic()
        _pwrite(descriptor, view, position)
        time.sleep(min(time.monotonic() - started, _PAUSE_S_MAX))
        return len(view)

    def _write_direct(self, descriptor: int, parts: Sequence[Bytes]) -> None:
        """Write aligned memory as it is and the rest through an aligned buffer, in paced pieces.

        Each write is followed by a pause as long as it took. The pauses leave the disk to the WAL,
        which may lie on the same one: a producer waits for one piece at most, not for an object.
        """
        size = sum(map(len, parts))
        os.ftruncate(descriptor, size)  # At once, not with each write.
        try:
            staging = self._staging.pop()
        except IndexError:  # Other threads pop, too: no look before.
            staging = aligned(_CHUNK_BYTES)
        have = written = 0
        for part in parts:
            view = memoryview(part).cast("B")
            while have == 0 and len(view) >= _CHUNK_BYTES and is_aligned(view):
                written += self._write_paced(descriptor, view[:_CHUNK_BYTES], written)
                view = view[_CHUNK_BYTES:]
            while len(view):
                count = min(len(view), _CHUNK_BYTES - have)
                staging[have : have + count] = view[:count]
                have += count
                view = view[count:]
                if have == _CHUNK_BYTES:
                    written += self._write_paced(descriptor, staging, written)
                    have = 0
        if have:
            _pwrite(descriptor, staging[: align_up(have)], written)
            os.ftruncate(descriptor, size)
        self._staging.append(staging)

    def _read_range(self, path: str, start: int, length: int) -> Bytes:
        descriptor = _open(path)
        try:
            if length >= _DIRECT_BYTES_MIN and _set_direct(descriptor):
                try:
                    return _read_direct(descriptor, start, length)
                except OSError as error:
                    if error.errno != errno.EINVAL:
                        raise
                    _set_direct(descriptor, on=False)
            return _read_cached(descriptor, start, length)
        finally:
            os.close(descriptor)

    def _make_folder(self, folder: str) -> None:
        """Create a folder and its parents, each durable in its parent before the next.

        A folder that exists may have been made by another thread that has not fsynced yet, so
        existence proves nothing; only what this process has fsynced itself is skipped.
        """
        if folder in self._durable and os.path.isdir(folder):
            return
        parent = os.path.dirname(folder)
        if parent == folder:
            return
        if len(folder) >= len(self._root):
            self._make_folder(parent)
        elif os.path.isdir(folder):
            return
        else:
            self._make_folder(parent)
        try:
            os.mkdir(folder, 0o750)
        except FileExistsError:
            if not os.path.isdir(folder):
                raise PermissionError(errno.EPERM, "a file is where a folder should be") from None
        if len(folder) > len(self._root) or os.access(parent, os.R_OK):
            _fsync_folder(parent)
        if len(self._durable) >= _FOLDERS_KNOWN_MAX:
            self._durable.clear()
        self._durable.add(folder)

    def _list_page(self, prefix: str, after: str) -> Sequence[ObjectInfo]:
        page: list[ObjectInfo] = []
        for key, path in _walk(os.path.join(self._root, prefix), prefix, after):
            try:
                page.append(_info(key, path))
            except FileNotFoundError:
                continue
            if len(page) >= LIST_PAGE_MAX:
                break
        return page


def _walk(folder: str, prefix: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield (key, path) below a folder in order of key, without the folders wholly before `after`.

    A folder sorts as its name and "/": "a.b" comes before "a/x", as in S3.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                (entry.name + "/" * entry.is_dir(follow_symlinks=False), entry.path)
                for entry in entries
                if not entry.name.startswith(".")
            ]
    except (FileNotFoundError, NotADirectoryError):
        return
    for name, path in sorted(found):
        key = prefix + name
        if name.endswith("/"):
            if key > after or after.startswith(key):
                yield from _walk(path, key, after)
        elif key > after:
            yield key, path


def _info(key: str, path: str) -> ObjectInfo:
    status = os.stat(path, follow_symlinks=False)
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    return ObjectInfo(
        key=key,
        size=status.st_size,
        token=f"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}",
        modified_ms=status.st_mtime_ns // 1_000_000,
    )


def _open(path: str) -> int:
    return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)


def _read_all(path: str) -> bytes:
    descriptor = _open(path)
    with open(descriptor, "rb", buffering=0) as file:
        return file.read()


def _read_cached(descriptor: int, start: int, length: int) -> bytes:
    data = os.pread(descriptor, length, start)
    while data and len(data) < length:
        more = os.pread(descriptor, length - len(data), start + len(data))
        if not more:
            break
        data += more
    return data


def _read_direct(descriptor: int, start: int, length: int) -> memoryview:
    first = start & -BLOCK_BYTES
    end = start + length - first
    view = aligned(align_up(end))
    have = 0
    while have < end and have % BLOCK_BYTES == 0:
        count = os.preadv(descriptor, [view[have:]], first + have)
        if count == 0:
            break
        have += count
    return view[start - first : max(start - first, min(end, have))]


def _set_direct(descriptor: int, *, on: bool = True) -> bool:
    """Switch direct IO of a file on or off; False where the filesystem has none."""
    try:
        flags = fcntl.fcntl(descriptor, fcntl.F_GETFL)
        flags = flags | os.O_DIRECT if on else flags & ~os.O_DIRECT
        fcntl.fcntl(descriptor, fcntl.F_SETFL, flags)
    except OSError:
        return False
    return True


def _pwrite(descriptor: int, view: memoryview, position: int) -> None:
    """Write durably: what waits in the disk's cache is flushed by the WAL's next write."""
    if os.pwritev(descriptor, [view], position, os.RWF_DSYNC) != len(view):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _write_all(descriptor: int, parts: Sequence[Bytes]) -> None:
    views = [memoryview(part).cast("B") for part in parts if len(part)]
    index = 0
    while index < len(views):
        written = os.writev(descriptor, views[index : index + _WRITE_PARTS_MAX])
        while index < len(views) and written >= len(views[index]):
            written -= len(views[index])
            index += 1
        if written:
            views[index] = views[index][written:]


def _delete(paths: list[str]) -> None:
    folders: set[str] = set()
    for path in paths:
        try:
            os.unlink(path)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        folders.add(os.path.dirname(path))
    for folder in sorted(folders):
        _fsync_folder(folder)


def _unlink(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _fsync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
