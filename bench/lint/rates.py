#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rates.py counts|sample|rare|fresh: the tables of docs/lint.md, from findings.tsv and the verdicts beside it.

counts: how many findings each rule has in the measured tree, and what those that were read turned out to be
sample: the findings that sample.py chose, by confidence and one by one
rare:   the findings of the rules that were read whole, those outside the sample one by one
fresh:  a second sample, of what the stricter rules find; those that the other two hold are not shown once more
"""
import os
import sys

VERDICTS = ("true", "harmless", "false")
TABLES = ("verdicts.tsv", "verdicts_rare.tsv", "verdicts_fresh.tsv")


def rows(name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding="utf-8") as source:
        return [line.rstrip("\n").split("\t") for line in source if line.strip() and not line.startswith("#")]


def left_out():
    return {(rule, place) for rule, _, _, place, state in rows("findings.tsv") if state.startswith("left out")}


def split(part):
    return " | ".join(str(sum(row[3] == verdict for row in part)) for verdict in VERDICTS)


def print_rates(part):
    """By confidence; the last line is without what the rules leave out now."""
    gone = left_out()
    kept = [row for row in part if (row[0], row[2]) not in gone]
    parts = [(level, [row for row in part if row[1] == level]) for level in ("high", "medium", "low")]
    print("| confidence | read | true | true but harmless | false | breaks the rule | true |\n|---|---|---|---|---|---|---|")
    for name, some in [*parts, ("all", part), ("all, by the rules as they are now", kept)]:
        print(f"| {name} | {len(some)} | {split(some)} | {percent(some, 'true', 'harmless')} | {percent(some, 'true')} |")


def percent(part, *verdicts):
    return f"{100 * sum(row[3] in verdicts for row in part) / len(part):.0f} %" if part else "-"


def print_each(part):
    gone = left_out()
    print("\n| rule | place | verdict | why |\n|---|---|---|---|")
    for rule, _, place, verdict, why in part:
        print(f"| `{rule}` | {place} | {verdict}{', left out now' if (rule, place) in gone else ''} | {why} |")


def counts():
    found, read = rows("findings.tsv"), {(row[0], row[2]): row for name in TABLES for row in rows(name)}
    print("| rule | severity | findings | read | true | true but harmless | false | left out now |\n|---|---|---|---|---|---|---|---|")

    def line(name, severity, part):
        known = [read[row[0], row[3]] for row in part if (row[0], row[3]) in read]
        print(f"| {name} | {severity} | {len(part)} | {len(known)} | {split(known)} | {sum(row[4] != 'found' for row in part)} |")
    for rule in sorted({row[0] for row in found}):
        part = [row for row in found if row[0] == rule]
        line(f"`{rule}`", part[0][1], part)
    line("all", "error", [row for row in found if row[1] == "error"])
    line("all", "advice", [row for row in found if row[1] == "advice"])


def sample():
    part = rows("verdicts.tsv")
    print_rates(part)
    print_each(part)


def rare():
    part, chosen = rows("verdicts_rare.tsv"), {(row[0], row[2]) for row in rows("verdicts.tsv")}
    print_rates(part)
    print_each([row for row in part if (row[0], row[2]) not in chosen])


def fresh():
    part, known = rows("verdicts_fresh.tsv"), {(row[0], row[2]) for row in rows("verdicts.tsv") + rows("verdicts_rare.tsv")}
    print_rates(part)
    print_each([row for row in part if (row[0], row[2]) not in known])


def main():
    kinds = {"counts": counts, "sample": sample, "rare": rare, "fresh": fresh}
    if len(sys.argv) != 2 or sys.argv[1] not in kinds:
        print("rates.py takes one of counts, sample, rare, fresh", file=sys.stderr)
        return 2
    return kinds[sys.argv[1]]()


sys.exit(main())
