#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sample.py FINDINGS.tsv [--count N] [--seed N] [--now]: findings to read by hand, chosen by a seed.

FINDINGS.tsv is what findings.py printed.  The choice depends on the findings and the seed alone; --now: without those
that are marked `left out`.  Prints one line each for verdicts.tsv, with `?` where the verdict goes: true, harmless or false, and why.
"""
import argparse
import random


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("findings")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", action="store_true")
    options = parser.parse_args()
    with open(options.findings, encoding="utf-8") as source:
        found = [line.rstrip("\n").split("\t") for line in source if not line.startswith("#")]
    found = [(rule, confidence, *place.rsplit(":", 1)) for rule, _, confidence, place, state in found
             if not options.now or state != "left out"]
    found.sort(key=lambda one: (one[2], int(one[3]), one[0]))
    chosen = random.Random(options.seed).sample(found, min(options.count, len(found)))
    for rule, confidence, file, line in sorted(chosen, key=lambda one: (one[0], one[2], int(one[3]))):
        print(f"{rule}\t{confidence}\t{file}:{line}\t?\t?")


main()
