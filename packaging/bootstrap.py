"""First code of the zipapp: unpack what this Python needs, once, and hand over.

Runs on Pythons it may have to refuse, so its syntax is old. The build puts the facts in.
"""

import os
import sys

BUILD_ID = "@BUILD_ID@"
"""Content hash of all trees; names the cache folder."""

TREES = {"@TREES@": "@TREES@"}
"""Python version "3.11" -> names of its trees in this file."""

MACHINE = "@MACHINE@"

MANIFEST = "MANIFEST"
"""In the unpacked folder: a line "SIZE NAME" for every other file."""

KEPT_DAYS = 30
"""Another build that no process runs is removed so long after its last start."""


def hold_standard_files():
    """Open /dev/null for what was closed at the start.

    A file of ours would get its number otherwise, and be written to by whatever prints.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # The lowest number that is free: this one.


def refuse(text):
    """Say in one line what the operator must change, and exit."""
    try:
        # Not by sys.stderr: that is None when it was closed, and fails once more at the exit.
        os.write(2, ("penstock: " + text + "\n").encode("utf-8", "backslashreplace"))
    except OSError:
        pass  # Nobody reads it: the exit code says it, too.
    sys.exit(2)


def check():
    """Return the running version, "3.11"; refuse what this file cannot run on."""
    if sys.flags.optimize:
        refuse("refusing to run with -O or PYTHONOPTIMIZE: assertions are part of the product")
    version = "%d.%d" % sys.version_info[:2]
    wanted = " or ".join(sorted(TREES))
    if sys.implementation.name != "cpython" or version not in TREES:
        refuse("this is %s %s; use CPython %s" % (sys.implementation.name, version, wanted))
    if getattr(sys, "abiflags", ""):
        refuse("this is a free-threaded or debug build of Python; use an ordinary one")
    if not sys.platform.startswith("linux") or os.uname().machine != MACHINE:
        refuse("this file is for Linux on %s" % MACHINE)
    return version


def cache_folder():
    """Return $XDG_CACHE_HOME/penstock, made for this user only."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # The specification: relative ones are ignored.
        base = os.path.join(os.path.expanduser("~"), ".cache")
    if not os.path.isabs(base):
        refuse("this user has no home folder for the cache; set XDG_CACHE_HOME")
    folder = os.path.join(base, "penstock")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        owner = os.stat(folder)
    except OSError as error:
        refuse("cannot use the cache folder %s (%s); set XDG_CACHE_HOME" % (folder, error.strerror))
    if owner.st_uid != os.geteuid() or owner.st_mode & 0o022:
        # Code is run from there: whoever may write to it would run as us.
        refuse(
            "the cache folder %s must belong to this user and be writable by nobody else;"
            " set XDG_CACHE_HOME to another" % folder
        )
    return folder


def is_whole(path):
    """Tell whether everything that was unpacked is still there, as long as it was.

    Cleaners of caches remove single files, and modules are imported late: a node would meet the
    loss when it has been serving for long. About 3 ms.
    """
    try:
        with open(os.path.join(path, MANIFEST)) as file:
            lines = file.read().splitlines()
        for line in lines:
            size, name = line.split(" ", 1)
            if os.stat(os.path.join(path, name)).st_size != int(size):
                return False
    except (OSError, ValueError):
        return False
    return bool(lines)


def write_manifest(path):
    """Note the files of an unpacked folder."""
    lines = []
    for where, _, names in sorted(os.walk(path)):
        for name in sorted(names):
            found = os.path.join(where, name)
            lines.append("%d %s\n" % (os.stat(found).st_size, os.path.relpath(found, path)))
    with open(os.path.join(path, MANIFEST), "w") as file:
        file.write("".join(lines))


def hold(folder, name):
    """Tell others that this build is in use, from now until this process ends.

    A lock on the file NAME.used, shared by all who run the build; whoever removes it holds it
    alone. In a cache that cannot be written to there is no lock, and nothing is removed either.
    """
    import fcntl

    path = os.path.join(folder, name + ".used")
    try:
        while True:
            used = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(used, fcntl.LOCK_SH)
            if is_at(used, path):
                os.utime(used)
                return
            os.close(used)  # Removed while we waited: the build is gone, and made again.
    except OSError:
        return


def is_at(descriptor, path):
    """Tell whether an open file is still the one that has this name."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def remove_unused(folder, name):
    """Remove what killed starts of other builds left, and builds that nobody runs any more."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for lock in names:
        other = lock[: -len(".lock")]
        if lock.endswith(".lock") and other != name:
            with_lock(folder, other, ".lock", remove_partial)
            with_lock(folder, other, ".used", remove_old)


def with_lock(folder, name, suffix, work):
    """Call work(folder, name, descriptor of the lock), unless others hold the lock."""
    import fcntl

    path = os.path.join(folder, name + suffix)
    try:
        lock = os.open(path, os.O_RDWR)
    except OSError:
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if is_at(lock, path):
            work(folder, name, lock)
    except OSError:
        return
    finally:
        os.close(lock)


def remove_partial(folder, name, _):
    """Remove what a start that was killed left; NAME.lock, held, says that nobody is at it."""
    import shutil

    for left in os.listdir(folder):
        if left.startswith(name + ".tmp-"):
            shutil.rmtree(os.path.join(folder, left), ignore_errors=True)


def remove_old(folder, name, used):
    """Remove a build whose last start was long ago; NAME.used, held, says that nobody runs it."""
    import shutil
    import time

    if time.time() - os.fstat(used).st_mtime < KEPT_DAYS * 86400:
        return
    path = os.path.join(folder, name)
    if os.path.isdir(path):
        shutil.rmtree(path)
    # Nobody waits for the first one: who unpacks holds the second.
    for suffix in (".lock", ".used"):
        os.unlink(os.path.join(folder, name + suffix))


def unpack(archive, folder, name, trees):
    """Make folder/name with the trees in it, whole or not at all, once for all processes.

    A damaged one is replaced as a whole: a node that runs from it finds the same modules there.
    """
    import compileall
    import fcntl
    import io
    import py_compile
    import shutil
    import tempfile
    import zipfile

    final = os.path.join(folder, name)
    with open(os.path.join(folder, name + ".lock"), "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_whole(final):
            return
        remove_partial(folder, name, lock)
        partial = tempfile.mkdtemp(prefix=name + ".tmp-", dir=folder)
        try:
            with zipfile.ZipFile(archive) as outer:
                for tree in trees:
                    with zipfile.ZipFile(io.BytesIO(outer.read("trees/" + tree))) as inner:
                        inner.extractall(partial)
            compileall.compile_dir(
                partial,
                maxlevels=20,
                stripdir=partial,
                prependdir=final,
                quiet=2,
                workers=1,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
            write_manifest(partial)
            # A power cut must not leave a complete-looking folder of empty files.
            os.sync()
            damaged = partial + "-damaged"
            if os.path.isdir(final):
                os.rename(final, damaged)
            os.rename(partial, final)
            shutil.rmtree(damaged, ignore_errors=True)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


def main():
    """Run the command line from the unpacked trees."""
    hold_standard_files()
    version = check()
    folder = cache_folder()
    name = "%s-%s" % (BUILD_ID, version)
    path = os.path.join(folder, name)
    hold(folder, name)
    if not is_whole(path):
        import zipfile
        import zlib

        archive = os.path.abspath(sys.argv[0])
        remove_unused(folder, name)
        try:
            unpack(archive, folder, name, TREES[version])
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            refuse("%s is damaged (%s): get it again" % (archive, error))
        except KeyboardInterrupt:
            sys.exit(130)
        except OSError as error:
            refuse(
                "cannot unpack into %s: %s; make room, or set XDG_CACHE_HOME to another folder"
                % (folder, error.strerror or error)
            )
    # In place of the zip file itself: nothing else is to be found there.
    sys.path[0] = path
    sys.dont_write_bytecode = True
    try:
        from appliance.cli import main as command_line
    except (ImportError, SyntaxError, ValueError, EOFError) as error:
        refuse("%s is damaged (%s): remove that folder when no node runs" % (path, error))

    sys.exit(command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
