#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC DIRECTORY: check every program of one rule's directory; TAP.

x_bad.c: the findings are exactly those its comments announce, at their lines: /* finding: RULE */ ends the line.
A program may mark two or more lines /* either: RULE */ where it is chance which one comes first: just one of them is found.
x_good.c: no finding at all, not even advice, exit 0.
A line /* options: ... */ in a program is for the command.
"""
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

KEYS = ["rule", "severity", "file", "line", "function", "message", "context", "locks", "stack", "seed", "injected", "sites"]
NEEDS_CLANG = {"size-overflow"}
ADVICE = {"atomic-waste", "warn"}


def marked(path, word):
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    return {(match.group(1), number) for number, line in enumerate(lines, 1)
            for match in [re.search(rf"/\* {word}: ([\w-]+) \*/", line)] if match}


def expected_of(path, found):
    """What the comments announce; of an either the one that was found, if it is just one."""
    either = marked(path, "either")
    chosen = either & found
    return marked(path, "finding") | (chosen if len(chosen) == 1 else either)


def options_of(path):
    with open(path, encoding="utf-8") as f:
        return [word for line in f for match in [re.match(r"/\* options: (.*) \*/$", line)] if match for word in match.group(1).split()]


def check(kmalloc, path, compiler=()):
    """A list of what is wrong with the answer for @path; empty: all is well."""
    # What gcc cannot see is looked for with clang, whatever the default is.
    if os.path.basename(os.path.dirname(path)) in NEEDS_CLANG:
        compiler = ["--cc", "clang"]
    try:
        run = subprocess.run([kmalloc, "check", "--json", "--jobs", "1", *compiler, *options_of(path), path], capture_output=True, text=True, timeout=120,
                             stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        return ["no answer within 120 seconds"]
    try:
        findings = [json.loads(line) for line in run.stdout.splitlines()]
    except ValueError:
        return ["standard output is not JSON: " + run.stdout[:300]]
    wrong = []
    for finding in findings:
        wrong += [f"key {key} is missing" for key in KEYS if key not in finding]
        if finding.get("file") != path:
            wrong.append(f"file is {finding.get('file')}")
    found = {(finding["rule"], finding["line"]) for finding in findings}
    expected = expected_of(path, found) if path.endswith("_bad.c") else set()
    if found != expected:
        wrong.append(f"expected {sorted(expected)}, found {sorted(found)}")
    if path.endswith("_bad.c") and not expected:
        wrong.append("no comment announces a finding")
    status = 1 if any(rule not in ADVICE for rule, _ in expected) else 0
    if run.returncode != status:
        wrong.append(f"exit status {run.returncode}, expected {status}")
    if wrong:
        wrong += (run.stderr + "\n" + "\n".join(json.dumps(f) for f in findings)).splitlines()[:20]
    return wrong


def main():
    kmalloc, directory = sys.argv[1:]
    paths = sorted(os.path.join(directory, name) for name in os.listdir(directory) if name.endswith(("_bad.c", "_good.c")))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda path: check(kmalloc, path), paths))
    kinds = [sum(path.endswith(kind) for path in paths) for kind in ("_bad.c", "_good.c")]
    print(f"1..{len(paths) + 1}")
    for number, (path, wrong) in enumerate(zip(paths, answers), 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {os.path.relpath(path, os.path.dirname(directory))}")
        for line in wrong:
            print("# " + line)
    is_enough = min(kinds) >= 3
    print(f"{'ok' if is_enough else 'not ok'} {len(paths) + 1} - at least three caught programs and three silent twins")
    return 1 if any(answers) or not is_enough else 0


if __name__ == "__main__":
    sys.exit(main())
