#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_road.py KMALLOC: hold what a checked run costs to a number of instructions.  TAP.

bench/check_cost.py measures time, which no test can be held to; this counts, under callgrind.  A run of 2N rounds
less one of N is the price of N rounds: of the checked program with all rules armed, and of the same code bare.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

import check_cost

# what is counted, in which program, rounds, allocations in a round (None: held against the bare code), at most: a third
# more than it was when this was written
PRICES = [
    ("code that only follows pointers takes so many times the instructions of the bare one", "chase", 20, None, 6.2),
    ("code like a driver's does", "frames", 30, None, 4.5),
    ("code like a driver's that hashes by multiplication does", "ring", 30, None, 7.1),
    ("a checked pair of kmalloc() and kfree() takes so many instructions", "churn", 200, 33, 2950),
]


def instructions(program, rules, rounds):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", program, "--seed", "1",
                               "--rules", rules, "--param", f"rounds={rounds}"], check=False, text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not found:
        sys.exit(f"{program}: {done.stderr[-500:]}")
    return int(found.group(1))


def price(program, rules, rounds):
    return (instructions(program, rules, 2 * rounds) - instructions(program, rules, rounds)) / rounds


def measured(kmalloc, folder, name, rounds, parts):
    source = os.path.join(check_cost.HERE, name + ".c")
    checked = price(check_cost.build(kmalloc, "clang", source, folder, []), "all", rounds)
    if parts:
        return checked / parts
    return checked / price(check_cost.build(kmalloc, "clang", source, folder, check_cost.BARE_FLAGS), "none", rounds)


def main(kmalloc):
    for tool in ("valgrind", "clang"):
        if not shutil.which(tool):
            print(f"1..0 # SKIP {tool} is not installed: a checked run is not counted")
            return 0
    print(f"1..{len(PRICES)}")
    wrong = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for i, (text, name, rounds, parts, limit) in enumerate(PRICES):
            value = measured(os.path.abspath(kmalloc), folder, name, rounds, parts)
            wrong += value > limit
            print(f"{'not ok' if value > limit else 'ok'} {i + 1} - {text}: {value:.1f}, at most {limit}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
