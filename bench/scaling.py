#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""scaling.py PROGRAM [--write PAGE]: what an operation costs among many of its kind.

Without --write: TAP.  Instructions of an operation, as callgrind counts them, among FEW and among MANY things; they
may grow as the logarithm does and no more.  No time is asserted.  With --write the table of PAGE is measured anew:
nanoseconds (median, least and most of RUNS runs) and instructions.
"""
import math
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

FEW, MANY, OPERATIONS, MIB = 1000, 50000, 4000, 2000
LIVE, TIMED, RUNS = (1000, 10000, 100000, 1000000), 20000, 5
# An empty structure is not log2(FEW) deep, nor is all of an operation a walk: some room.
SLACK = 1.2
START, END = "<!-- table: bench/scaling.py --write -->", "<!-- end of table -->"


def kinds(program):
    text = subprocess.run([program, "--list"], check=True, capture_output=True, text=True).stdout
    return [line.split("\t") for line in text.splitlines()]


def collected(program, kind, live, operations):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", program, kind,
                               str(live), str(operations), str(MIB)], check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def instructions(program, kind, live):
    """of one operation: what a run without any costs is taken off; a quarter more are done unseen, before the clock"""
    done = OPERATIONS + OPERATIONS // 4
    return (collected(program, kind, live, OPERATIONS) - collected(program, kind, live, 0)) / done


def nanoseconds(program, kind, live):
    """(median, least, most), or None if so many cannot be had"""
    got = []
    for _ in range(RUNS):
        done = subprocess.run([program, kind, str(live), str(TIMED)], check=False, capture_output=True, text=True)
        if done.returncode:
            return None
        got.append(float(done.stdout))
    return statistics.median(got), min(got), max(got)


def copy_for_valgrind(program, folder):
    copy = os.path.join(folder, "counted")
    subprocess.run(["strip", "--strip-debug", "-o", copy, program], check=True)
    return copy


def test(program):
    if not shutil.which("valgrind"):
        print("1..0 # SKIP valgrind is not installed: nothing is counted")
        return 0
    failed, allowed = 0, SLACK * math.log2(MANY) / math.log2(FEW)
    names = [name for name, _ in kinds(program)]
    print(f"1..{len(names)}")
    with tempfile.TemporaryDirectory() as folder:
        counted = copy_for_valgrind(program, folder)
        for number, name in enumerate(names, 1):
            few, many = instructions(counted, name, FEW), instructions(counted, name, MANY)
            is_good = many <= few * allowed + 50
            failed += not is_good
            print(f"{'ok' if is_good else 'not ok'} {number} - {name}: {few:.0f} instructions among {FEW}, "
                  f"{many:.0f} among {MANY}; {few * allowed + 50:.0f} allowed")
    return 1 if failed else 0


def computer():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} CPUs, {platform.system()}"


def cell(measured):
    if not measured:
        return "-"
    median, least, most = (round(value) for value in measured)
    return f"{median} ({least}-{most})"


def write(program, page):
    rows = [START, "", f"Measured on: {computer()}. Median of {RUNS} runs of {TIMED} operations each, in nanoseconds of "
            "CPU time (least-most);", f"last two columns: instructions among {FEW} and {MANY} (callgrind).", "",
            "| operation | " + " | ".join(f"{live:,} live" for live in LIVE) + f" | {FEW:,} | {MANY:,} |",
            "|---|" + "---|" * (len(LIVE) + 2)]
    with tempfile.TemporaryDirectory() as folder:
        counted = copy_for_valgrind(program, folder)
        for name, what in kinds(program):
            times = [cell(nanoseconds(program, name, live)) for live in LIVE]
            counts = [f"{instructions(counted, name, live):.0f}" for live in (FEW, MANY)]
            rows.append(f"| {what} | " + " | ".join(times + counts) + " |")
            print(rows[-1], flush=True)
    text = pathlib.Path(page).read_text(encoding="utf-8")
    head, tail = text.split(START)[0], text.split(END)[1]
    pathlib.Path(page).write_text(head + "\n".join(rows + ["", END]) + tail, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(write(sys.argv[1], sys.argv[3]) if "--write" in sys.argv else test(sys.argv[1]))
