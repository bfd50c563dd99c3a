#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs Linux 6.12's own tests through `kmalloc check --no-sweep`, as a user would.  TAP on standard output.

check.py BUILD [--all] [CASE...]    the cases of checks.py, then each case's planted bugs, which must turn it red
"""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from checks import CHECKS  # noqa: E402
from run import TOP, Compiler, Red, take_tree  # noqa: E402

MUTANT_LIMIT = 60


def run_check(kmalloc, case, tree, *more, limit=3700):
    words = [kmalloc, "check", "--no-sweep", "--verbose", *case.get("options", []), *more,
             *(os.path.join(tree, name) for name in case["files"])]
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=limit, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise Red(f"still running after {limit} s") from None
    return done.returncode, done.stdout + done.stderr


def judge(case, status, text):
    tail = " / ".join(text.strip().splitlines()[-3:])
    if status:
        found = re.findall(r"error: .*|kmalloc: .*|.*FAILED at.*", text)
        raise Red(f"exit status {status}: {(found or [tail])[0]}")
    for line in case.get("prints", []):
        if line not in text:
            raise Red(f"did not print `{line}`: {tail}")
    if "prints_same" in case:
        found = re.search(case["prints_same"], text)
        if not found or found.group(1) != found.group(2) or int(found.group(1)) < case["at_least"]:
            raise Red(f"did not print {case['prints_same']} with equal numbers >= {case['at_least']}: {tail}")
    if not re.search(r": clean(, \d+ pieces? of advice)?; no allocation was failed", text):
        raise Red(f"is not clean: {tail}")


def mutated_command(compiler, mutant, folder):
    """A `kmalloc` of its own whose library has the bug."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(os.path.join(folder, "packaging"))
    # Checked code has trees and lists of its own, made of the same headers.
    if "header" in mutant:
        mutant = {**mutant, "file": "src/rules/linked.c"}
    mutated = compiler.mutated(mutant, folder)
    build, parts = compiler.build, os.path.join(folder, "parts.a")
    # A thin archive's members lie in the build directory: the linker is given them one by one.
    names = subprocess.run(["ar", "t", os.path.join(build, "libkmalloc-sim-parts.a")], capture_output=True, text=True,
                           check=True, cwd=build).stdout.split()
    room = mutant["file"].split("/")[1]
    replaced = f"libroom-{room}-sim.a.p/{'_'.join(mutant['file'].split('/'))}.o"
    if sum(name.endswith(replaced) for name in names) != 1:
        raise LookupError(f"no object {replaced} in the library")
    objects = [mutated if name.endswith(replaced) else os.path.join(build, name) for name in names]
    subprocess.run(["ar", "rcs", parts, *objects], check=True)
    subprocess.run([os.path.join(TOP, "tools/runner/archive.sh"), os.path.join(folder, "libkmalloc-check.a"),
                    "km_*,__asan_*,__sanitizer_cov_*,main", os.path.join(TOP, "tools/runner/library.ld"), parts,
                    os.path.join(build, "tools/runner/libkmalloc-runner-parts.a")], check=True, cwd=build)
    shutil.copy(os.path.join(build, "kmalloc"), folder)
    shutil.copy(os.path.join(build, "packaging/source-root"), os.path.join(folder, "packaging"))
    return os.path.join(folder, "kmalloc")


def wanted_cases(words):
    names = [word for word in words if word != "--all"]
    return [case for case in CHECKS if case["name"] in names or not names and ("--all" in words or not case.get("slow"))]


def main(words):
    if not words:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    build, cases = os.path.abspath(words[0]), wanted_cases(words[1:])
    tree = take_tree(build)
    if not tree:
        print("1..0 # SKIP needs the package linux-source-6.12 (apt-get install linux-source-6.12) or KTREE=<6.12 tree>")
        return 0
    compiler, number, failed = Compiler(build, "sim"), 0, 0
    print(f"1..{len(cases) + sum(len(case.get('mutants', [])) for case in cases)}", flush=True)

    def say(fault, name):
        nonlocal number, failed
        number, failed = number + 1, failed + bool(fault)
        print(f"{'not ok' if fault else 'ok'} {number} - {name}")
        if fault:
            print(f"# {fault}\n# replay: tests/linux/check.py {words[0]} '{case['name']}'")
        sys.stdout.flush()

    for case in cases:
        is_green, title = False, f"kmalloc check runs {case['name']}"
        try:
            judge(case, *run_check(os.path.join(build, "kmalloc"), case, tree))
            is_green = True
            say(None, title)
        except Red as red:
            say(str(red), title)
        for mutant in case.get("mutants", []):
            title = f"kmalloc check of {case['name']} turns red when {mutant['name']}"
            try:
                if not is_green:
                    raise LookupError("not tried: the case itself is red")
                folder = os.path.join(build, "linux-tests-check", case["name"])
                command = mutated_command(compiler, mutant, folder)
                judge(case, *run_check(command, case, tree, "--time-limit", str(MUTANT_LIMIT), limit=MUTANT_LIMIT + 60))
                say("it stayed green", title)
            except Red as red:
                print(f"# as it should: {red}"[:300])
                say(None, title)
            except (LookupError, subprocess.CalledProcessError) as error:
                say(str(error), title)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
