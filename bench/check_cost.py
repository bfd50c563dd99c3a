#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_cost.py KMALLOC [--repeat N] [--cc CC] [--only NAME]: what a check costs; prints the tables of docs/check-cost.md.

(a) wall time and processor time of a whole `kmalloc check` of a driver with ten allocation sites;
(b) a checked run against the same code uninstrumented, no rule armed, on the same simulated machine: seconds of the
    processor in user mode, less those of a run of no rounds, so that boot and end do not count; runs of both kinds take turns;
(c) peak resident memory of both.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check")
# rounds: about a second of the checked run
WORK = {"list": 10000, "hash": 7000, "churn": 6000, "text": 40000, "chase": 6000, "locks": 20000}
BARE_FLAGS = ["-fno-sanitize=all", "-fno-sanitize-coverage=trace-pc"]


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
    pairs, peaks = [], (0, 0)
    for _ in range(repeat):
        took, peak = zip(*(run(program, rules, WORK[name]) for program, rules in ((checked, "all"), (bare, "none"))))
        start, _ = zip(*(run(program, rules, 0) for program, rules in ((checked, "all"), (bare, "none"))))
        pairs.append((took[0] - start[0], max(took[1] - start[1], 1e-4)))
        peaks = peak
    ratios = [pair[0] / pair[1] for pair in pairs]
    return ratios, [statistics.median(column) for column in zip(*pairs)], peaks


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


def spread(values, digits=2):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} .. {max(values):.{digits}f})"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kmalloc")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--cc", default="clang")
    parser.add_argument("--only", choices=sorted(WORK))
    options = parser.parse_args()
    kmalloc = os.path.abspath(options.kmalloc)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if not options.only:
            walls, busy = whole_check(kmalloc, options.cc, options.repeat)
            print(f"whole check of ten sites: {spread(walls)} s wall, {spread(busy)} s of processors", flush=True)
        print("| workload | ratio, median (range) | checked | bare | resident, checked | bare |\n|---|---|---|---|---|---|")
        for name in [options.only] if options.only else list(WORK):
            source = os.path.join(HERE, name + ".c")
            checked = build(kmalloc, options.cc, source, folder, [])
            bare = build(kmalloc, options.cc, source, folder, BARE_FLAGS)
            ratios, seconds, peaks = measure(checked, bare, name, options.repeat)
            print(f"| {name} | {spread(ratios, 1)} | {seconds[0]:.2f} s | {seconds[1]:.3f} s | "
                  f"{peaks[0] >> 10} MiB | {peaks[1] >> 10} MiB |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
