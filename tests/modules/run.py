#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC DIRECTORY: check correct modules as drivers are written, with gcc and clang; TAP.

A .c file is a module, and so is a directory with .c files.  Each must compile without a word from the compiler and be
clean (exit 0, no advice) for every seed, with every allocation site made to fail once.
"""
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

SEEDS = (1,)  # and every check tries other orders of events by itself
WARNINGS = ["-Wall", "-Wextra", "-Wno-sign-compare", "-Wno-missing-field-initializers"]
UNSEEN = re.compile(r"kmalloc: compiled with .*, which is not clang; not seen: .*\n")
CLEAN = re.compile(r".*: clean; (\d+) allocation sites? failed once each, .*\d+ runs, seed (\d+); [\d.]+ seconds of machine time\.")


def modules_of(directory):
    for name in sorted(os.listdir(directory)):
        path = os.path.join(directory, name)
        if os.path.isdir(path):
            parts = [os.path.join(path, part) for part in sorted(os.listdir(path)) if part.endswith(".c")]
            if parts:
                yield name + "/", parts
        elif name.endswith(".c"):
            yield name, [path]


def check(kmalloc, compiler, paths):
    """A list of what is wrong with the answers for the module of @paths; empty: all is well."""
    wrong = []
    for seed in SEEDS:
        command = [kmalloc, "check", "--jobs", "1", "--cc", compiler, "--seed", str(seed), *paths, "--", *WARNINGS]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return [f"seed {seed}: no answer within 120 seconds"]
        # With gcc a line tells first what only clang shows.
        said = (run.stdout + "".join(line for line in run.stderr.splitlines(True) if not UNSEEN.fullmatch(line))).strip()
        answer = CLEAN.fullmatch(said)
        if run.returncode or not answer or not int(answer.group(1)) or int(answer.group(2)) != seed:
            wrong += [f"seed {seed}: exit status {run.returncode}", *said.splitlines()[:25]]
    return wrong


def main():
    kmalloc, directory = sys.argv[1:]
    compilers = [name for name in ("gcc", "clang") if shutil.which(name)]
    jobs = [(compiler, name, paths) for compiler in compilers for name, paths in modules_of(directory)]
    print(f"1..{len(jobs)}")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda job: check(kmalloc, job[0], job[2]), jobs))
    for number, ((compiler, name, _), wrong) in enumerate(zip(jobs, answers), 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {compiler}: {name}")
        for line in wrong:
            print("# " + line)
    return 1 if any(answers) or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
