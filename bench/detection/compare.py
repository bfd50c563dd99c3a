#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""compare.py KMALLOC BUILD [--jobs N] [--shapes N] [--write] [RULE...]: the programs of tests/rules under other tools; a table.

Each x_bad.c breaks one rule, its twin x_good.c none.  The others get the programs over a malloc shim (shim.h), with
the host machine of BUILD for what is not memory.  A tool has FOUND a program when it says something of it that it does
not say of the twin; it has a FALSE ALARM when it says anything about the twin.  That is kind to them: they need not name
the rule or the line.  `kmalloc check` must name both, and be silent about the twin.
--shapes takes the first N programs of each rule only.  --write puts the table into docs/detection.md; every row is measured in this run.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RULES = os.path.join(ROOT, "tests", "rules")
SECONDS = 60

sys.path.insert(0, RULES)
from run import expected_of, options_of  # noqa: E402 pylint: disable=wrong-import-position


def run(words, seconds=SECONDS, **more):
    try:
        return subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=seconds,
                              stdin=subprocess.DEVNULL, **more)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(words, 124, "", "timed out")


def kernel_flags(compiler):
    headers = subprocess.run([compiler, "-print-file-name=include"], capture_output=True, text=True, check=True).stdout.strip()
    # Hosted, so that malloc() is known; the C library's headers come last, for the compiler's own stdint.h.
    system = ["-idirafter", "/usr/include", "-idirafter", f"/usr/include/{os.uname().machine}-linux-gnu"]
    return ["-std=gnu11", "-g", "-O1", "-nostdinc", "-isystem", headers, *system, "-w", "-funsigned-char", "-fno-strict-aliasing",
            "-D__KERNEL__", "-DMODULE", '-DKBUILD_MODNAME="m"', '-DKBUILD_BASENAME="m"',
            "-I", f"{ROOT}/src/port/host", "-I", f"{ROOT}/include/kernel", "-I", f"{ROOT}/include",
            "-include", "linux/kconfig.h", "-include", "linux/compiler_types.h", "-include", os.path.join(HERE, "shim.h")]


def about(path, text):
    """What is said of @path, without line numbers: twins differ in those."""
    said = set()
    for line in text.splitlines():
        match = re.match(r"[^:]*" + re.escape(os.path.basename(path)) + r":(\d+)(?::\d+)?: (warning|error): (.*)", line)
        if match:
            said.add(match.group(3))
    return said


class Tool:
    """says(path): a set of texts, None: the program cannot be had for this tool."""

    def __init__(self, name, version):
        self.name = name
        self.version = version


class GccAnalyzer(Tool):
    def __init__(self):
        super().__init__("gcc -fanalyzer", "gcc --version")
        self.flags = kernel_flags("gcc")

    def says(self, path, folder):
        done = run(["gcc", *[flag for flag in self.flags if flag != "-w"], "-fanalyzer", "-c", path, "-o", os.path.join(folder, "a.o")])
        return None if done.returncode else {text for text in about(path, done.stderr) if "-Wanalyzer" in text}


class ClangAnalyzer(Tool):
    def __init__(self):
        super().__init__("clang analyzer", "clang --version")
        self.flags = kernel_flags("clang")

    def says(self, path, folder):
        done = run(["clang", "--analyze", "-Xclang", "-analyzer-output=text", *self.flags, path, "-o", os.path.join(folder, "a.plist")])
        return None if done.returncode else about(path, done.stderr)


class Cppcheck(Tool):
    def __init__(self):
        super().__init__("cppcheck", "cppcheck --version")

    def says(self, path, folder):
        # It reads no macros of ours: the shim's names are taught to it as what they are.
        names = {"kmalloc(a,b)": "malloc(a)", "kzalloc(a,b)": "calloc(1,a)", "kcalloc(a,b,c)": "calloc(a,b)",
                 "kmalloc_array(a,b,c)": "calloc(a,b)", "krealloc(a,b,c)": "realloc(a,b)", "kfree(a)": "free(a)",
                 "vmalloc(a)": "malloc(a)", "vzalloc(a)": "calloc(1,a)", "vfree(a)": "free(a)", "kvmalloc(a,b)": "malloc(a)",
                 "kvzalloc(a,b)": "calloc(1,a)", "kvfree(a)": "free(a)", "kstrdup(a,b)": "strdup(a)", "__init": "", "__exit": ""}
        done = run(["cppcheck", "--quiet", "--enable=warning,portability", "--inconclusive", "--max-configs=1",
                    "--template={file}:{line}: {severity}: {message} [{id}]", *[f"-D{k}={v}" for k, v in names.items()], path])
        return about(path, done.stderr.replace(": portability:", ": warning:"))


class Runtime(Tool):
    def __init__(self, name, version, build, compiler, flags, prefix):
        super().__init__(name, version)
        self.build, self.compiler, self.flags, self.prefix = build, compiler, flags, prefix

    def says(self, path, folder):
        program = os.path.join(folder, "program")
        done = run([self.compiler, *kernel_flags(self.compiler), *self.flags, "-fno-omit-frame-pointer", "-c", path, "-o", program + ".o"])
        if done.returncode:
            return None
        done = run([self.compiler, *self.flags, "-I", f"{ROOT}/include", os.path.join(HERE, "machine.c"), program + ".o",
                    os.path.join(self.build, "libkmalloc.a"), "-lpthread", "-o", program])
        if done.returncode:
            return None
        done = run([*self.prefix, program], env={**os.environ, "ASAN_OPTIONS": "exitcode=99:detect_stack_use_after_return=1",
                                                  "UBSAN_OPTIONS": "halt_on_error=0"})
        said = set(re.findall(r"ERROR: \w+Sanitizer: ([\w-]+)|runtime error: (.{0,60})", done.stderr))
        said |= set(re.findall(r"==\d+== (Invalid \w+|Conditional jump|Use of uninit|Syscall param|Mismatched free|"
                               r"[\d,]+ (?:\([^)]*\) )?bytes in [\d,]+ blocks are definitely)", done.stderr))
        if "orderly end" not in done.stdout:
            said.add(f"ended with status {done.returncode}")
        return said


def tools(build):
    return [GccAnalyzer(), ClangAnalyzer(), Cppcheck(),
            Runtime("ASan + UBSan", "clang --version", build, "clang", ["-fsanitize=address,undefined"], []),
            Runtime("valgrind", "valgrind --version", build, "gcc", [],
                    ["valgrind", "--leak-check=full", "--error-exitcode=99"])]


def ours(kmalloc, path):
    """(rule, line) pairs of one check."""
    done = run([kmalloc, "check", "--json", "--jobs", "1", *options_of(path), path], 5 * SECONDS)
    return {(one["rule"], one["line"]) for one in map(json.loads, done.stdout.splitlines())}


def judge(kmalloc, others, rule, name):
    bad, good = (os.path.join(RULES, rule, f"{name}_{kind}.c") for kind in ("bad", "good"))
    found = ours(kmalloc, bad)
    row = [("found" if found == expected_of(bad, found) else "missed") +
           (", false alarm" if ours(kmalloc, good) else "")]
    for tool in others:
        with tempfile.TemporaryDirectory() as folder:
            of_bad, of_good = tool.says(bad, folder), tool.says(good, folder)
        if of_bad is None or of_good is None:
            row.append("does not build")
        else:
            row.append(("found" if of_bad - of_good else "") + (" false alarm" if of_good else ""))
    print(rule, name, *row, sep="\t", file=sys.stderr, flush=True)
    return rule, name, [word.strip() for word in row]


def table(rows, names):
    rules = sorted({rule for rule, _, _ in rows})
    lines = ["| rule | programs | " + " | ".join(names) + " |", "|---|---" + "|---" * len(names) + "|"]
    totals = [0] * len(names)
    alarms = [0] * len(names)
    for rule in rules:
        own = [row for of, _, row in rows if of == rule]
        found = [sum(row[i].startswith("found") for row in own) for i in range(len(names))]
        alarm = [sum("false alarm" in row[i] for row in own) for i in range(len(names))]
        totals = [a + b for a, b in zip(totals, found)]
        alarms = [a + b for a, b in zip(alarms, alarm)]
        lines.append(f"| {rule} | {len(own)} | " + " | ".join(f"{f}" + (f" ({a} f.a.)" if a else "") for f, a in zip(found, alarm)) + " |")
    lines.append(f"| all | {len(rows)} | " + " | ".join(f"{f}" + (f" ({a} f.a.)" if a else "") for f, a in zip(totals, alarms)) + " |")
    lines += ["", "| rule | shape | " + " | ".join(names) + " |", "|---|---" + "|---" * len(names) + "|"]
    lines += [f"| {rule} | {name} | " + " | ".join(word or "-" for word in row) + " |" for rule, name, row in rows]
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kmalloc")
    parser.add_argument("build")
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--shapes", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_intermixed_args()
    missing = [name for name in ("gcc", "clang", "cppcheck", "valgrind") if not shutil.which(name)]
    if missing:
        sys.exit(f"compare.py: install the packages {' '.join(missing)} first")
    others = tools(args.build)
    programs = []
    for rule in args.rules or sorted(os.listdir(RULES)):
        folder = os.path.join(RULES, rule)
        names = sorted(name[:-6] for name in os.listdir(folder) if name.endswith("_bad.c")) if os.path.isdir(folder) else []
        programs += [(rule, name) for name in names[:args.shapes]]
    with ThreadPoolExecutor(args.jobs) as pool:
        rows = list(pool.map(lambda program: judge(args.kmalloc, others, *program), programs))
    lines = table(rows, ["kmalloc check"] + [tool.name for tool in others])
    if args.write:
        versions = [subprocess.run(tool.version.split(), capture_output=True, text=True, check=False).stdout.splitlines()[0]
                    for tool in (others[0], others[1], others[2], others[4])]
        page = os.path.join(ROOT, "docs", "detection.md")
        with open(page, encoding="utf-8") as f:
            head = f.read().split("<!-- generated below -->")[0]
        with open(page, "w", encoding="utf-8") as f:
            f.write(head + "<!-- generated below -->\n\n" + ("" if args.shapes >= 1000 else
                    f"The first {args.shapes} programs of each rule, by name (`--shapes {args.shapes}`). ") +
                    "Measured with " + "; ".join(versions) + ".\n\n" + "\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
