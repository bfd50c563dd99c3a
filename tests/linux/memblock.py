#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs Linux 6.12's own tests of memblock (tools/testing/memblock), unmodified, against our memblock.  TAP.

memblock.py BUILD      each way of running them, then planted bugs, which must turn them red

The tests come from $KTREE or Debian's package linux-source-6.12 and never enter the repository; they bring hosted headers of
their own, among which memblock/linux/memblock.h puts ours.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
OURS = ["memblock.c", "memblock_alloc.c", "memblock_range.c", "memblock_table.c"]
TESTS = ["main.c", "tests/common.c", "tests/basic_api.c", "tests/alloc_api.c", "tests/alloc_helpers_api.c",
         "tests/alloc_nid_api.c", "tests/alloc_exact_nid_api.c"]
SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]
# "ok" lines of linux-source-6.12.117, without nodes and with eight; a newer package may have more, not fewer.
CHECKS = {"plain": 181, "numa": 263}

# A file of ours, a text in it, what a careless hand would write instead.
MUTANTS = [
    ("neighbours of two nodes merge", "memblock_table.c", "		    this->nid != next->nid) {", "		    false) {"),
    ("a node is an order always", "memblock_alloc.c", "nid != NUMA_NO_NODE && !exact_nid", "false"),
    ("the exact node is a wish", "memblock_alloc.c", "nid != NUMA_NO_NODE && !exact_nid", "nid != NUMA_NO_NODE"),
    ("bottom-up is forgotten", "memblock_alloc.c", "return memblock.bottom_up ? at :", "return false ? at :"),
    ("the lower limit is an order", "memblock_alloc.c", "if (!found && min_addr)", "if (false)"),
    ("memory is not zeroed", "memblock_alloc.c", "		memset(found, 0, size);", "		(void)found;"),
    ("a walk up begins where the last hole ends", "memblock_range.c", "*end = min(*end, taken->regions[at].base);",
     "*end = *end;"),
    ("a new table may lie in what is being added", "memblock_table.c", "	if (type != &memblock.reserved)\n", ""),
    ("a cut loses its second half", "memblock_table.c", "	table_put(type, at + 1, rest);", "	(void)rest;"),
]


class Red(Exception):
    """Something did not come out as it must."""


def run(words, cwd=None, limit=120):
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=limit)


def compile_one(words, source, output, cwd):
    done = run([*words, "-c", source, "-o", output], cwd)
    if done.returncode:
        raise Red(f"{source} does not compile: " + " / ".join(done.stderr.strip().splitlines()[:4]))
    return output


class Builder:
    def __init__(self, build, tree, folder, form):
        from run import Compiler
        self.ours, self.folder, self.build = Compiler(build, "host"), folder, build
        tests = os.path.join(tree, "tools/testing/memblock")
        self.cc = self.ours.compiler
        self.hosted = [self.cc, "-std=gnu11", "-g", "-O1", "-w", "-D_GNU_SOURCE", "-DCONFIG_PHYS_ADDR_T_64BIT",
                       *(["-DCONFIG_NUMA", "-DCONFIG_NODES_SHIFT=3"] if form == "numa" else []), *SANITIZE, "-I" + os.path.join(HERE, "memblock"), "-I" + tests,
                       "-I" + os.path.join(tree, "tools/include"), "-I" + os.path.join(tree, "tools/arch/x86/include")]
        self.tests = tests

    def fixed(self):
        objects = [os.path.join(self.folder, name.replace("/", "-") + ".o") for name in TESTS]
        for name, output in zip(TESTS, objects):
            compile_one(self.hosted, os.path.join(self.tests, name), output, self.folder)
        host = os.path.join(self.folder, "host.o")
        compile_one(self.hosted, os.path.join(HERE, "memblock/host.c"), host, self.folder)
        return [*objects, host]

    def engine(self, name, text=None):
        source = os.path.join(TOP, "src/page", name)
        output = os.path.join(self.folder, name + ".o")
        if text is not None:
            source, output = os.path.join(self.folder, name), os.path.join(self.folder, "mutant.o")
            with open(source, "w", encoding="utf-8") as out:
                out.write(text)
        # Instrumented, but not for our own checker.
        words = [*self.ours.kernel_words, *SANITIZE, "-U__SANITIZE_ADDRESS__", "-w", "-I" + os.path.join(TOP, "src")]
        return compile_one(words, source, output, self.build)

    def link(self, objects, output):
        done = run([self.cc, *SANITIZE, *objects, "-Wl,--defsym=km_movable_node_enabled=movable_node_enabled", "-o", output])
        if done.returncode:
            raise Red("does not link: " + " / ".join(done.stderr.strip().splitlines()[:4]))
        return output


def run_tests(program, words, least):
    try:
        # The tests run at fixed fake addresses and leave what they allocate.
        done = subprocess.run([program, "--verbose", *words], capture_output=True, text=True, timeout=60,
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
    except subprocess.TimeoutExpired as late:
        raise Red("hangs") from late
    passed, failed = len(re.findall(r"^ok ", done.stdout, re.M)), len(re.findall(r"^not ok ", done.stdout, re.M))
    if done.returncode or failed or passed < least:
        told = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Red(f"{passed} passed of at least {least}, {failed} failed, exit {done.returncode}: " + " / ".join(told[-2:]))
    return passed


def mutate(builder, fixed, engine, mutant):
    _, name, text, instead = mutant
    source = open(os.path.join(TOP, "src/page", name), encoding="utf-8").read()
    if source.count(text) != 1:
        raise SystemExit(f"memblock.py no longer fits {name}: {text!r} occurs {source.count(text)} times")
    objects = [*fixed, *(path for key, path in engine.items() if key != name),
               builder.engine(name, source.replace(text, instead))]
    program = builder.link(objects, os.path.join(builder.folder, "mutant"))
    for words in ([], ["--movable-node"]):
        try:
            run_tests(program, words, CHECKS["numa"])
        except Red as why:
            return str(why)
    return None


def say(number, name, fault=None):
    print(f"{'not ok' if fault else 'ok'} {number} - {name}")
    if fault:
        print("# " + fault)
    sys.stdout.flush()
    return bool(fault)


def main(build):
    sys.path.insert(0, HERE)
    folder = os.path.join(build, "linux-memblock")
    os.makedirs(folder, exist_ok=True)
    from package import take
    tree = take(build, "tools/testing/memblock/main.c")
    if not tree:
        print("1..0 # SKIP needs a Linux 6.12 tree: package linux-source-6.12, or KTREE=DIR")
        return 0
    print(f"1..{2 * len(CHECKS) + len(MUTANTS)}")
    failed = number = 0
    for form, least in CHECKS.items():
        try:
            builder = Builder(build, tree, folder, form)
            fixed = builder.fixed()
            engine = {name: builder.engine(name) for name in OURS}
            program = builder.link([*fixed, *engine.values()], os.path.join(folder, form))
        except Red as why:
            print(f"Bail out! {why}")
            return 1
        for words in ([], ["--movable-node"]):
            number += 1
            name = " ".join(["tools/testing/memblock", form, *words])
            try:
                failed += say(number, f"{name}: {run_tests(program, words, least)} checks")
            except Red as why:
                failed += say(number, name, str(why))
    for mutant in MUTANTS:
        number += 1
        why = mutate(builder, fixed, engine, mutant)
        failed += say(number, "red when " + mutant[0], None if why else "the tests pass all the same")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(main(os.path.abspath(sys.argv[1])))
