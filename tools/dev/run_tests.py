#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run_tests.py BUILD [MESON TEST ARGUMENTS]: run the tests, show what failed, end with the line "N passed, N failed".

Cases are counted one by one where a test speaks TAP; any other test is one case.  A TAP program that ends early or with a
bad status counts as a failed case even if all lines it got to were ok.
"""
import json
import os
import re
import subprocess
import sys


def count_tap(text):
    """(passed, failed, skipped, planned or None) of one TAP stream."""
    passed = failed = skipped = 0
    planned = None
    for line in text.splitlines():
        plan = re.match(r"1\.\.(\d+)(.*)", line)
        if plan:
            planned = int(plan.group(1))
            if planned == 0:
                skipped += 1
            continue
        case = re.match(r"(not )?ok\b(.*)", line)
        if not case:
            continue
        if re.search(r"#\s*(skip|todo)\b", case.group(2), re.I):
            skipped += 1
        elif case.group(1):
            failed += 1
        else:
            passed += 1
    return passed, failed, skipped, planned


def count_test(record):
    """(passed, failed, skipped) of one test of meson's log."""
    result, text = record["result"], record.get("stdout") or ""
    is_good = result in ("OK", "EXPECTEDFAIL")
    passed, failed, skipped, planned = count_tap(text)
    if planned is None and not passed and not failed and not skipped:
        if result == "SKIP":
            return 0, 0, 1
        return (1, 0, 0) if is_good else (0, 1, 0)
    if result == "SKIP":
        return passed, failed, max(skipped, 1)
    if not is_good and not failed:
        failed = 1
    return passed, failed, skipped


def read_log(build):
    path = os.path.join(build, "meson-logs", "testlog.json")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", errors="replace") as f:
        return [json.loads(line) for line in f if line.strip()]


def show_failure(record):
    print(f"---- {record['name']}: {record['result']} (status {record.get('returncode')})")
    for key in ("stdout", "stderr"):
        lines = (record.get(key) or "").splitlines()
        for line in lines[-60:]:
            print("    " + line)


def show_skips(records):
    for record in records:
        for line in (record.get("stdout") or "").splitlines():
            skip = re.search(r"^(?:ok\b.*|1\.\.0)\s*#\s*skip\s*(.*)", line, re.I)
            if skip:
                print(f"skipped: {record['name']}: {skip.group(1)}")


def main():
    build, more = sys.argv[1], sys.argv[2:]
    log = os.path.join(build, "meson-logs", "testlog.json")
    if os.path.exists(log):
        os.remove(log)
    status = subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "--no-suite", "soak", *more]).returncode
    records = read_log(build)
    totals = [0, 0, 0]
    for record in records:
        counts = count_test(record)
        totals = [total + count for total, count in zip(totals, counts)]
        if counts[1]:
            show_failure(record)
    show_skips(records)
    passed, failed, skipped = totals
    if not records or (status and not failed):
        failed += 1
        print("run_tests: meson test failed without a failing case")
    tail = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{tail}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
