#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check_cost.py KMALLOC [--instructions] [--repeat N] [--cc CC]: what a check costs.

(a) wall time of a whole `kmalloc check` of a driver with ten allocation sites;
(b) a checked run against the same code uninstrumented, no rule armed, on the same simulated machine;
(c) resident memory of the checked run beyond that of the bare one.
With --instructions: TAP; (b) by callgrind only, which is the same on every computer, held to LIMIT. What a round
costs is the difference between runs of N and of 2N rounds, so that boot and end do not count.
"""
import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "check")
WORK = {"list": 400, "hash": 300, "churn": 400, "text": 800, "chase": 60, "locks": 400}
LIMIT = 3.0
BARE_FLAGS = ["-fno-sanitize=all", "-fno-sanitize-coverage=trace-pc"]


def build(kmalloc, cc, source, folder, flags):
    """The program that a check of @source runs; the check itself is made with no rounds."""
    env = dict(os.environ, TMPDIR=folder)
    command = [kmalloc, "check", "--cc", cc, "--keep", "--no-sweep", "--jobs", "1", source] + (["--"] + flags if flags else [])
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    kept = re.search(r"kept (.*)", done.stderr)
    if not kept:
        sys.exit(f"{' '.join(command)}: {done.stderr}")
    return os.path.join(kept.group(1).strip(), "program")


def words(program, rounds, rules):
    return [program, "--seed", "1", "--rules", rules, "--param", f"rounds={rounds}"]


def seconds(program, rounds, rules):
    start = time.perf_counter()
    subprocess.run(words(program, rounds, rules), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def instructions(program, rounds, rules, folder):
    out = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/callgrind"] +
                         words(program, rounds, rules), capture_output=True, text=True, check=False)
    count = re.search(r"Collected : (\d+)", out.stderr)
    if out.returncode or not count:
        sys.exit(f"{program}: {out.stderr[-500:]}")
    return int(count.group(1))


def peak_kib(program, rounds, rules):
    """Peak resident set of one run."""
    run = subprocess.Popen(words(program, rounds, rules), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss


def counted(checked, bare, name, folder):
    n = max(WORK[name] // 20, 2)
    per = []
    for program, rules in ((checked, "all"), (bare, "none")):
        per.append((instructions(program, 2 * n, rules, folder) - instructions(program, n, rules, folder)) / n)
    return per


def timed(checked, bare, name, repeat):
    """Median and extremes of the ratio, runs of both kinds taking turns."""
    rounds = WORK[name] * 40
    ratios, pairs = [], []
    for _ in range(repeat):
        a = seconds(checked, rounds, "all") - seconds(checked, 0, "all")
        b = seconds(bare, rounds, "none") - seconds(bare, 0, "none")
        pairs.append((a, b))
        ratios.append(a / max(b, 1e-9))
    return statistics.median(ratios), min(ratios), max(ratios), statistics.median(p[0] for p in pairs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kmalloc")
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--cc", default="clang")
    parser.add_argument("--only", choices=sorted(WORK))
    options = parser.parse_args()
    kmalloc = os.path.abspath(options.kmalloc)
    names = [options.only] if options.only else list(WORK)
    if options.instructions and not (shutil.which("valgrind") and shutil.which(options.cc)):
        print("1..0 # SKIP valgrind or clang is not installed: nothing is counted")
        return 0
    bad = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if options.instructions:
            print(f"1..{len(names)}")
        else:
            walls = []
            for _ in range(options.repeat):
                start = time.perf_counter()
                subprocess.run([kmalloc, "check", "--cc", options.cc, os.path.join(HERE, "ten_sites.c")], check=True,
                               stdout=subprocess.DEVNULL)
                walls.append(time.perf_counter() - start)
            print(f"whole check of ten sites: {statistics.median(walls):.2f} s ({min(walls):.2f} .. {max(walls):.2f})")
            print("| workload | instructions | time, median (range) | checked run | resident, checked | bare |")
            print("|---|---|---|---|---|---|")
        for number, name in enumerate(names, 1):
            source = os.path.join(HERE, name + ".c")
            checked = build(kmalloc, options.cc, source, folder, [])
            bare = build(kmalloc, options.cc, source, folder, BARE_FLAGS)
            per = counted(checked, bare, name, folder) if shutil.which("valgrind") else [0, 1]
            ratio = per[0] / per[1]
            if options.instructions:
                bad += ratio > LIMIT
                print(f"{'ok' if ratio <= LIMIT else 'not ok'} {number} - {name} executes at most {LIMIT} times the instructions")
                print(f"# {ratio:.2f}: {per[0]:.0f} checked, {per[1]:.0f} bare, a round")
                continue
            middle, low, high, took = timed(checked, bare, name, options.repeat)
            print(f"| {name} | {ratio:.2f} | {middle:.2f} ({low:.2f} .. {high:.2f}) | {took:.2f} s | "
                  f"{peak_kib(checked, WORK[name], 'all') / 1024:.0f} MiB | {peak_kib(bare, WORK[name], 'none') / 1024:.0f} MiB |",
                  flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
