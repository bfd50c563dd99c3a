#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_cost.py KMALLOC [--repeat N] [--cc CC] [--only NAME] [--write FILE]: what a check costs.

(a) wall time and processor time of a whole `kmalloc check` of a driver with ten allocation sites;
(b) a checked run against the same code uninstrumented on the same simulated machine, with no rule armed and with all:
    seconds of the processor in user mode for a round, those of a run of no rounds taken off, so that boot and end do
    not count; runs of the kinds take turns;
(c) peak resident memory.
--write puts the tables between the two marks in FILE (docs/check-cost.md).
"""
import argparse
import math
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check")
# (kind of code, rounds of the checked run, rounds of the bare one, what it does); half a second or so each
WORK = {
    "frames": ("driver", 20000, 60000, "frames parsed, flows looked up and counted under a lock, one in 16 copied"),
    "ring": ("driver", 12000, 40000, "requests by tag and by sector, a ring, a lock, a timer; one in 8 allocated anew"),
    "locks": ("part", 60000, 150000, "spinlock, mutex, atomics, bit operations"),
    "text": ("part", 200000, 700000, "memset, memcpy, snprintf, and a loop over single bytes"),
    "chase": ("part", 25000, 80000, "a binary tree, one or two loads a step, nothing else"),
    "list": ("part", 10000, 60000, "objects made, linked, moved, freed; 64 a round"),
    "hash": ("part", 7000, 50000, "the same from a cache, with look-ups"),
    "churn": ("part", 15000, 900000, "nothing but kmalloc() and kfree()"),
}
BARE_FLAGS = ["-fno-sanitize=all", "-fno-sanitize-coverage=bb,trace-pc"]
BEGIN, END = "<!-- measured -->", "<!-- end of what was measured -->"


def build(kmalloc, cc, source, folder, flags):
    """The program that a check of @source runs; the check itself is made with no rounds."""
    env = dict(os.environ, TMPDIR=folder)
    command = [kmalloc, "check", "--cc", cc, "--keep", "--no-sweep", "--schedules", "0", "--jobs", "1", source]
    command += ["--"] + flags if flags else []
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    kept = re.search(r"kept (.*)", done.stderr)
    if not kept:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return os.path.join(kept.group(1).strip(), "program")


def run(program, rules, rounds):
    """Seconds in user mode, and peak resident KiB."""
    words = [program, "--seed", "1", "--rules", rules, "--param", f"rounds={rounds}"]
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(words)}: status {child.returncode}")
    return usage.ru_utime, usage.ru_maxrss


def measure(checked, bare, name, repeat):
    """For the checked run, the bare one, and the bare one under all rules: [seconds a round], peak KiB."""
    kinds = [(checked, "all", WORK[name][1]), (bare, "none", WORK[name][2]), (bare, "all", WORK[name][1])]
    prices, peaks = [[], [], []], [0, 0, 0]
    for _ in range(repeat):
        for i, (program, rules, rounds) in enumerate(kinds):
            took, peaks[i] = run(program, rules, rounds)
            prices[i].append(max(took - run(program, rules, 0)[0], 1e-4) / rounds)
    return prices, peaks


def whole_check(kmalloc, cc, repeat):
    walls, busy = [], []
    for _ in range(repeat):
        start = time.perf_counter()
        child = subprocess.Popen([kmalloc, "check", "--cc", cc, os.path.join(HERE, "ten_sites.c")], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        walls.append(time.perf_counter() - start)
        busy.append(usage.ru_utime + usage.ru_stime)
        if child.returncode:
            sys.exit("the driver with ten sites is not clean")
    return walls, busy


def spread(values):
    digits = 0 if statistics.median(values) >= 9.95 else 1
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} .. {max(values):.{digits}f})"


def mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values))


def table(kmalloc, cc, names, repeat, folder):
    lines = ["| workload | against bare, no rule: median (range) | against bare, all rules | resident, checked and bare | what it does |",
             "|---|---|---|---|---|"]
    found = {}
    for name in names:
        source = os.path.join(HERE, name + ".c")
        checked, bare = build(kmalloc, cc, source, folder, []), build(kmalloc, cc, source, folder, BARE_FLAGS)
        prices, peaks = measure(checked, bare, name, repeat)
        ratios = [[own / other for own, other in zip(prices[0], prices[i])] for i in (1, 2)]
        found[name] = [statistics.median(ratio) for ratio in ratios]
        lines.append(f"| {name} | {spread(ratios[0])} | {spread(ratios[1])} | {peaks[0] >> 10} and {peaks[1] >> 10} MiB | "
                     f"{WORK[name][3]} |")
        print(lines[-1], file=sys.stderr, flush=True)
    for kind, text in (("driver", "the two like drivers"), ("part", "the six single parts")):
        known = [found[name] for name in found if WORK[name][0] == kind]
        if len(known) > 1:
            lines.append(f"| geometric mean | {mean([pair[0] for pair in known]):.1f} | "
                         f"{mean([pair[1] for pair in known]):.1f} | | {text} |")
    return lines


def write(path, lines):
    text = open(path, encoding="utf-8").read()
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + BEGIN + "\n" + "\n".join(lines) + "\n" + END + tail)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kmalloc")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--cc", default="clang")
    parser.add_argument("--only", choices=sorted(WORK))
    parser.add_argument("--write")
    options = parser.parse_args()
    kmalloc, lines = os.path.abspath(options.kmalloc), []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if not options.only:
            walls, busy = whole_check(kmalloc, options.cc, options.repeat)
            lines += [f"A whole check of the driver with ten sites: {spread(walls)} s of wall time, {spread(busy)} s of processors.", ""]
        lines += table(kmalloc, options.cc, [options.only] if options.only else list(WORK), options.repeat, folder)
    print("\n".join(lines))
    if options.write:
        write(options.write, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
