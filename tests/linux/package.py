# SPDX-License-Identifier: MIT
"""package.py: the kernel's own files, for every test that takes some: unpacked once, into the build directory.

They come from $KTREE (an unpacked 6.12 tree) or from Debian's package linux-source-6.12 and never enter the repository.
"""
import fcntl
import os
import shutil
import subprocess

PACKAGE = "/usr/src/linux-source-6.12.tar.xz"
# All that any test takes; `kmalloc check` takes any header and any library file of a tree.
WANTED = ["include", "lib", "mm", "Makefile",
          "tools/testing/memblock", "tools/testing/selftests/kselftest.h", "tools/include", "tools/arch/x86/include"]


def unpack(folder):
    """The tree with the wanted files, @folder/tree; None where there is no package."""
    tree = os.path.join(folder, "tree")
    stamp = os.path.join(tree, ".complete")
    if os.path.exists(stamp) and open(stamp, encoding="utf-8").read() == str(WANTED):
        return tree
    if not os.path.exists(PACKAGE):
        return None
    shutil.rmtree(tree, ignore_errors=True)
    os.makedirs(tree)
    # xz reads the blocks of the package side by side; a pattern's * is the one folder everything lies in.
    subprocess.run(["tar", "-x", "-f", PACKAGE, "-I", "xz -T0", "-C", tree, "--strip-components=1", "--wildcards",
                    "--no-wildcards-match-slash", *(f"*/{name}" for name in WANTED)], check=True)
    with open(stamp, "w", encoding="utf-8") as out:
        out.write(str(WANTED))
    return tree


def take(build, must_have):
    """A tree that has @must_have, unpacked by one process at a time; None where there is none."""
    given = os.environ.get("KTREE")
    if given:
        return given if os.path.exists(os.path.join(given, must_have)) else None
    shared = os.path.join(build, "linux-tests")
    os.makedirs(shared, exist_ok=True)
    with open(os.path.join(shared, ".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return unpack(shared)
