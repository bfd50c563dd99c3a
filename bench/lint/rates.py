#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rates.py VERDICTS.tsv: the tables of docs/lint.md: how many findings of each rule are true, and the verdicts."""
import sys


def rows(path):
    with open(path, encoding="utf-8") as source:
        for line in source:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def share(part):
    good = sum(verdict != "false" for *_, verdict, _ in part)
    return f"{good} of {len(part)}"


def main():
    found = sorted(rows(sys.argv[1]))
    print("| confidence | read | true | true but harmless | false |\n|---|---|---|---|---|")
    for level in ("high", "medium", "low"):
        part = [row for row in found if row[1] == level]
        counts = [sum(row[3] == verdict for row in part) for verdict in ("true", "harmless", "false")]
        print(f"| {level} | {len(part)} | {counts[0]} | {counts[1]} | {counts[2]} |")
    print("\n| rule | true or harmless |\n|---|---|")
    for rule in sorted({row[0] for row in found}):
        print(f"| `{rule}` | {share([row for row in found if row[0] == rule])} |")
    print("\n| rule | place | verdict | why |\n|---|---|---|---|")
    for rule, _, place, verdict, why in found:
        print(f"| `{rule}` | {place} | {verdict} | {why} |")


main()
