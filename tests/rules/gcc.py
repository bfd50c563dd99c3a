#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""gcc.py KMALLOC DIRECTORY: a program and its twin of each rule that gcc can see too, compiled with gcc; TAP."""
import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from run import check

PROGRAMS = ["leak/registered", "double-free/error_path", "use-after-free/list", "out-of-bounds/index_local",
            "out-of-bounds/copy_struct", "null-unchecked/init", "sleep-in-atomic/irq_mutex", "flag-misuse/swapped",
            "bug/too_much", "crash/divide", "stack-overflow/recursion"]


def main():
    kmalloc, directory = sys.argv[1:]
    if not shutil.which("gcc"):
        print("1..0 # SKIP there is no gcc")
        return 0
    paths = [os.path.join(directory, f"{name}_{kind}.c") for name in PROGRAMS for kind in ("bad", "good")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda path: check(kmalloc, path, ["--cc", "gcc"]), paths))
    print(f"1..{len(paths)}")
    for number, (path, wrong) in enumerate(zip(paths, answers), 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {os.path.relpath(path, directory)}")
        for line in wrong:
            print("# " + line)
    return 1 if any(answers) else 0


if __name__ == "__main__":
    sys.exit(main())
