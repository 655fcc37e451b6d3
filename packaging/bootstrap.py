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


def refuse(text):
    """Say in one line what the operator must change, and exit."""
    sys.stderr.write("penstock: " + text + "\n")
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
        for left in os.listdir(folder):
            # A start that was killed; the lock says that nobody is at it now.
            if left.startswith(name + ".tmp-"):
                shutil.rmtree(os.path.join(folder, left), ignore_errors=True)
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
    version = check()
    folder = cache_folder()
    name = "%s-%s" % (BUILD_ID, version)
    path = os.path.join(folder, name)
    if not is_whole(path):
        try:
            unpack(os.path.abspath(sys.argv[0]), folder, name, TREES[version])
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
