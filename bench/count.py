#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""count.py PROGRAM RECORD.md COMPILER OPTIMIZATION: hold the fast road to its recorded number of instructions.  TAP.

Each loop of PROGRAM runs under callgrind with N and with 2N pairs: the difference divided by N is the price of a pair,
whatever start and end cost.  A timer interrupt may fall into a run, so the least of a few runs counts.  The record is
the table of RECORD.md: loop, then one column a compiler.  More than SLACK above the record fails.  count.py --print
in front of the arguments shows what was measured as lines of that table.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

PAIRS, RUNS, SLACK = 20000, 2, 0.02


def record_of(path, compiler):
    """{loop: instructions} of the column of @compiler."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")]
            for line in open(path, encoding="utf-8") if line.startswith("|")]
    column = rows[0].index(compiler) if rows and compiler in rows[0] else None
    if column is None:
        return {}
    return {row[0].strip("`"): float(row[column]) for row in rows[2:] if re.fullmatch(r"[\d.]+", row[column])}


def without_debug_information(program, folder):
    """A copy that valgrind can read: 3.19 stumbles over the debug information of newer compilers."""
    copy = os.path.join(folder, "counted")
    subprocess.run(["strip", "--strip-debug", "-o", copy, program], check=True)
    return copy


def instructions(program, loop, pairs):
    with tempfile.NamedTemporaryFile() as out:
        text = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", program, loop,
                               str(pairs)], check=True, capture_output=True, text=True).stderr
    return int(re.search(r"Collected : (\d+)", text).group(1))


def price(program, loop):
    least = [min(instructions(program, loop, pairs) for _ in range(RUNS)) for pairs in (PAIRS, 2 * PAIRS)]
    return (least[1] - least[0]) / PAIRS


def prices_of(program):
    loops = subprocess.run([program, "--list"], check=True, capture_output=True, text=True).stdout.split()
    with tempfile.TemporaryDirectory() as folder:
        counted = without_debug_information(program, folder)
        return {loop: price(counted, loop) for loop in loops}


def main(program, record, compiler, optimization):
    if not shutil.which("valgrind"):
        print("1..0 # SKIP valgrind is not installed: the fast road is not counted")
        return 0
    if optimization not in ("2", "3"):
        print(f"1..0 # SKIP built with optimization={optimization}: the record is for 2")
        return 0
    wanted = record_of(record, compiler)
    prices = prices_of(program)
    failed = 0
    print(f"1..{len(prices)}")
    for number, (loop, got) in enumerate(prices.items(), 1):
        if loop not in wanted:
            print(f"ok {number} - {loop}: {got:.1f} instructions a pair # SKIP no record for {compiler}")
            continue
        is_good = got <= wanted[loop] * (1 + SLACK)
        failed += not is_good
        print(f"{'ok' if is_good else 'not ok'} {number} - {loop}: {got:.1f} instructions a pair, "
              f"{wanted[loop]:g} recorded")
    return 1 if failed else 0


def show(program):
    for loop, got in prices_of(program).items():
        print(f"| `{loop}` | {got:.0f} |")
    return 0


if __name__ == "__main__":
    sys.exit(show(sys.argv[2]) if sys.argv[1] == "--print" else main(*sys.argv[1:5]))
