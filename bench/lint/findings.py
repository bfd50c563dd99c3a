#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""findings.py FINDINGS.json [NOW.json]: what a measured run found, a line each, as bench/lint/findings.tsv keeps it.

FINDINGS.json is what `kmalloc lint --json DIR` printed.  NOW.json is what the same command prints for the files that stand in
FINDINGS.json, with the rules as they are now: a finding that it does not have any more is marked `left out`.
"""
import json
import sys


def read(path):
    with open(path, encoding="utf-8") as source:
        return [json.loads(line) for line in source if line.strip()]


def key(one):
    return one["file"], one["line"], one["rule"]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.split(":")[0])
    now = {key(one) for one in read(sys.argv[2])} if len(sys.argv) == 3 else None
    print("# SPDX-License-Identifier: MIT\n# rule, severity, confidence, place in linux-source-6.12, what the rules say now")
    for one in sorted(read(sys.argv[1]), key=key):
        state = "left out" if now is not None and key(one) not in now else "found"
        print(one["rule"], one["severity"], one["confidence"], f"{one['file']}:{one['line']}", state, sep="\t")


main()
