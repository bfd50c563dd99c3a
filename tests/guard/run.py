#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC DIRECTORY: what a part that is not instrumented does wrong is found with --guard, and only with it; TAP.

The part is an object compiled before, an assembly file (x86-64), or the whole module with -fno-sanitize=all.
"""
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile

# mode of driver.c: rule, and the comment that marks the line of the access in the part
WRONG = {"block": ("out-of-bounds", "/* write */"), "frame": ("out-of-bounds", "/* read */"),
         "freed": ("use-after-free", "/* read */"), "page": ("use-after-free", "/* write */")}


def marked_line(path, mark):
    with open(path, encoding="utf-8") as f:
        return next(number for number, line in enumerate(f, 1) if mark in line)


def check(kmalloc, directory, words):
    run = subprocess.run([kmalloc, "check", "--json", "--no-sweep", "--jobs", "1", *words], capture_output=True, text=True,
                         timeout=120, stdin=subprocess.DEVNULL, cwd=directory)
    return run.returncode, [json.loads(line) for line in run.stdout.splitlines()], run.stderr


def compare(kmalloc, directory, mode, parts, source, tail):
    """What is wrong with the answers for one mode and one form of the part; empty: nothing."""
    rule, mark = WRONG.get(mode, (None, None))
    wrong = []
    for guard in (False, True):
        words = (["--guard"] if guard else []) + ["--param", "mode=" + mode, *parts, *tail]
        status, findings, errors = check(kmalloc, directory, words)
        expected = [(rule, marked_line(os.path.join(directory, source), mark))] if rule and guard else []
        found = [(finding["rule"], finding["line"]) for finding in findings]
        if found != expected or status != (1 if expected else 0):
            wrong.append(f"{'with' if guard else 'without'} --guard: status {status}, expected {expected}, found {found}; {errors}")
        if expected and found == expected:
            roles = {site["role"] for site in findings[0]["sites"]}
            if "allocated" not in roles or (rule == "use-after-free") != ("freed" in roles):
                wrong.append(f"roles {roles}")
        is_told = "is not instrumented" in errors
        if is_told != (not guard and not tail):
            wrong.append(f"{'with' if guard else 'without'} --guard: standard error is {errors!r}")
    return wrong


def main():
    kmalloc, here = os.path.abspath(sys.argv[1]), sys.argv[2]
    compiler = os.environ.get("CC", "cc").split()
    results = []
    with tempfile.TemporaryDirectory() as directory:
        for name in ("driver.c", "vendor.c", "vendor_x86.S"):
            shutil.copy(os.path.join(here, name), directory)
        subprocess.run([*compiler, "-c", "-g", "-O1", "-fno-omit-frame-pointer", "-fno-pic", "-mno-red-zone", "vendor.c", "-o",
                        "vendor.o"], check=True, cwd=directory)
        forms = [("object", ["driver.c", "vendor.o"], "vendor.c", []),
                 ("uninstrumented", ["driver.c", "vendor.c"], "vendor.c", ["--", "-fno-sanitize=all"])]
        if platform.machine() == "x86_64":
            forms.append(("assembly", ["driver.c", "vendor_x86.S"], "vendor_x86.S", []))
        for name, parts, source, tail in forms:
            for mode in ("good", *WRONG):
                results.append((f"{name}: {mode}", compare(kmalloc, directory, mode, parts, source, tail)))
    print(f"1..{len(results)}")
    for number, (name, wrong) in enumerate(results, 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
        for line in wrong:
            print("# " + line)
    return 1 if any(wrong for _, wrong in results) else 0


if __name__ == "__main__":
    sys.exit(main())
