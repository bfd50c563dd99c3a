#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""findings.py FINDINGS.json [NOW.json [LATER.json]]: what a measured run found, a line each, as bench/lint/findings.tsv keeps it.

FINDINGS.json is what `kmalloc lint --json DIR` printed.  NOW.json is what the same command printed for the files that stand in
FINDINGS.json with stricter rules, LATER.json with still stricter ones: a finding that the first does not have is marked `left out`,
one that the second does not have `left out later`.
"""
import json
import sys

STATES = ("left out", "left out later")


def read(path):
    with open(path, encoding="utf-8") as source:
        return [json.loads(line) for line in source if line.strip()]


def key(one):
    return one["file"], one["line"], one["rule"]


def main():
    if not 2 <= len(sys.argv) <= 4:
        print("findings.py takes one to three files of findings", file=sys.stderr)
        return 2
    runs = [(state, {key(one) for one in read(path)}) for state, path in zip(STATES, sys.argv[2:])]
    print("# SPDX-License-Identifier: MIT\n# rule, severity, confidence, place in linux-source-6.12, what the stricter rules say")
    for one in sorted(read(sys.argv[1]), key=key):
        state = next((state for state, found in runs if key(one) not in found), "found")
        print(one["rule"], one["severity"], one["confidence"], f"{one['file']}:{one['line']}", state, sep="\t")
    return 0


sys.exit(main())
