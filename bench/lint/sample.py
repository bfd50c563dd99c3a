#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sample.py FINDINGS.json [--count N] [--seed N]: findings to read by hand, chosen by a seed.

FINDINGS.json is what `kmalloc lint --json DIR` printed.  The choice depends on the findings and the seed alone.
Prints one line each for verdicts.tsv, with `?` where the verdict goes: true, harmless or false, and why.
"""
import argparse
import json
import random


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("findings")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with open(options.findings, encoding="utf-8") as source:
        found = [json.loads(line) for line in source if line.strip()]
    found.sort(key=lambda one: (one["file"], one["line"], one["rule"]))
    chosen = random.Random(options.seed).sample(found, min(options.count, len(found)))
    for one in sorted(chosen, key=lambda one: (one["rule"], one["file"], one["line"])):
        print(f"{one['rule']}\t{one['confidence']}\t{one['file']}:{one['line']}\t?\t?")


main()
