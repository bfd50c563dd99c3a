#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs Linux 6.12's own tests, unmodified, on libkmalloc.  TAP on standard output.

run.py BUILD PORT [CASE...]     the cases of cases.py on one port, then each case's planted bugs, which must turn it red

The kernel's files come from package.py.  Where there are none, every case is skipped with one line that says so.
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
TIME_LIMIT = int(os.environ.get("LINUX_TEST_SECONDS", "240"))
MUTANT_LIMIT = 30      # a planted bug may well hang; that is red too

sys.path.insert(0, HERE)
import package  # noqa: E402  (beside this file)
from cases import CASES  # noqa: E402
from mutants import MUTANTS  # noqa: E402
from structures import STRUCTURES, STRUCTURE_MUTANTS  # noqa: E402

CASES = CASES + STRUCTURES
MUTANTS = {**MUTANTS, **STRUCTURE_MUTANTS}


def mutants_of(case, port):
    """The planted bugs of a case; one that only shows when time stands still names its port."""
    return [mutant for mutant in MUTANTS[case["name"]] if mutant.get("port", port) == port]


class Red(Exception):
    """A case did not come out as it must."""


def take_tree(build):
    """The kernel tree with what the cases need; None where there is no kernel source."""
    return package.take(build, "lib/test_meminit.c")


def borrow_headers(case, tree, folder):
    """An include root that holds just the headers this case borrows from the kernel tree."""
    root = os.path.join(folder, case["name"], "include")
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root)
    for name in case.get("headers", []):
        if not name.startswith("include/"):
            continue
        source, target = os.path.join(tree, name), os.path.join(root, name[len("include/"):])
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copytree(source, target) if os.path.isdir(source) else shutil.copy(source, target)
    return root


def linked_beside(case, tree, folder, name):
    """The file's path; a link in a tree of our own where the file includes "../" what we have instead of the kernel."""
    source = os.path.join(tree, name)
    if not case.get("beside") or name != case["sources"][0]:
        return source
    root = os.path.join(folder, "beside")
    shutil.rmtree(root, ignore_errors=True)
    for path, ours in [(name, source), *((path, os.path.join(TOP, ours)) for path, ours in case["beside"].items())]:
        os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
        os.symlink(ours, os.path.join(root, path))
    return os.path.join(root, name)


class Compiler:
    """Compiles kernel-side files the way meson compiles the engine for one port."""

    def __init__(self, build, port):
        self.build, self.port = build, port
        with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as f:
            self.commands = json.load(f)
        prefix = f"libroom-slab-{port}.a.p/"
        entry = next(e for e in self.commands if e.get("output", "").startswith(prefix))
        self.kernel_words = self.plain(entry)
        # Where ccache is installed meson puts it before the compiler.
        words = shlex.split(entry["command"])
        self.compiler = words[1] if os.path.basename(words[0]) == "ccache" else words[0]

    @staticmethod
    def plain(entry):
        """The words of one compile command without the file and its outputs."""
        out, skip = [], False
        for word in shlex.split(entry["command"]):
            if skip:
                skip = False
            elif word in ("-o", "-MF", "-MQ"):
                skip = True
            elif word not in ("-c", "-MD", entry["file"]):
                out.append(word)
        return out

    def run(self, words):
        done = subprocess.run(words, cwd=self.build, capture_output=True, text=True)
        if done.returncode:
            raise Red("does not compile: " + " / ".join(done.stderr.strip().splitlines()[:4]))

    @staticmethod
    def joined(words, more):
        """@words with @more behind; a folder of headers that @more names is looked at before ours."""
        at = next(i for i, word in enumerate(words) if word.startswith("-I"))
        return [*words[:at], *(w for w in more if w.startswith("-I")), *words[at:], *(w for w in more if not w.startswith("-I"))]

    def ours(self, source, output, *more):
        self.run([*self.joined(self.kernel_words, more), "-I" + HERE, "-c", source, "-o", output])

    def linux(self, source, output, *more):
        """A file of the kernel tree: our flags and headers first, the kernel's own warnings are not ours to mend."""
        words = [w for w in self.kernel_words if not w.startswith("-DKMALLOC_") and not w.startswith("-W")]
        name = os.path.basename(source)[:-2].replace("-", "_")
        self.run([*self.joined(words, more), "-w", f'-DKBUILD_MODNAME="{name}"', f'-DKBUILD_BASENAME="{name}"',
                  "-c", source, "-o", output])

    def mutated(self, mutant, folder):
        """The object of one of our files with a bug planted."""
        path, planted = os.path.join(TOP, mutant["file"]), mutant.get("header", mutant["file"])
        text = open(os.path.join(TOP, planted), encoding="utf-8").read()
        if text.count(mutant["text"]) != 1:
            raise Red(f"mutants.py no longer fits {planted}: its text occurs {text.count(mutant['text'])} times")
        # Headers are named from src on.
        copy = os.path.join(folder, os.path.relpath(planted, "src") if "header" in mutant else os.path.basename(path))
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        with open(copy, "w", encoding="utf-8") as out:
            out.write(text.replace(mutant["text"], mutant["instead"]))
        room = mutant["file"].split("/")[1]
        entry = next(e for e in self.commands
                     if e.get("output", "").startswith(f"libroom-{room}-{self.port}.a.p/")
                     and os.path.normpath(os.path.join(e["directory"], e["file"])) == path)
        source = path if "header" in mutant else copy
        self.run([*self.joined(self.plain(entry), ["-I" + folder]), "-w", "-I" + os.path.dirname(path), "-c", source, "-o", copy + ".o"])
        return copy + ".o"

    def link(self, objects, output, *more):
        parts = "libkmalloc-parts.a" if self.port == "host" else "libkmalloc-sim-parts.a"
        self.run([self.compiler, "-no-pie", "-rdynamic", *more, *objects,
                  os.path.join(self.build, parts), "-lpthread", "-o", output])


def build_objects(compiler, case, tree, folder):
    here = os.path.join(folder, case["name"])
    include = borrow_headers(case, tree, folder)
    is_kunit = case["entry"] == "kunit"
    more = ["-idirafter", include, *case.get("flags", [])]
    if is_kunit:
        # The kernel's own core, so its own headers of <kunit/>, not ours.
        first = os.path.join(here, "kunit-headers")
        os.makedirs(first, exist_ok=True)
        if not os.path.lexists(os.path.join(first, "kunit")):
            os.symlink(os.path.join(tree, "include/kunit"), os.path.join(first, "kunit"))
        more += ["-I" + first, "-include", os.path.join(HERE, "kunit_config.h")]
    objects = []
    for number, name in enumerate(case["sources"]):
        output = os.path.join(here, f"{number}.o")
        is_module = not is_kunit and number == 0
        compiler.linux(linked_beside(case, tree, here, name), output, *more, *(["-DMODULE"] if is_module else []))
        objects.append(output)
    for name in ["enter.c"] + (["enter_kunit.c"] if is_kunit else []):
        output = os.path.join(here, name + ".o")
        extra = [*more, "-I" + os.path.join(tree, "lib/kunit"), "-w"] if name == "enter_kunit.c" else case.get("define", [])
        compiler.ours(os.path.join(HERE, name), output, *extra)
        objects.append(output)
    if is_kunit:
        objects.append(os.path.join(here, "kunit_slab.o"))
        compiler.linux(os.path.join(TOP, "include/kernel/km/kunit_slab.c"), objects[-1], *more)
        for output in objects:
            compiler.run(["objcopy", "--rename-section", ".kunit_test_suites=kunit_test_suites,alloc,load,data,contents",
                          output])
    main = os.path.join(here, "main.o")
    compiler.run([compiler.compiler, "-g", "-c", os.path.join(HERE, "main.c"), "-o", main])
    return [main, *objects]


def link_options(case):
    return [f"-Wl,--defsym=linux_test_before={case['before']}"] if "before" in case else []


def run_program(program, case, limit=TIME_LIMIT):
    try:
        done = subprocess.run([program, *case.get("arguments", [])], capture_output=True, text=True, errors="replace", timeout=limit)
    except subprocess.TimeoutExpired:
        raise Red(f"still running after {limit} s") from None
    return done.returncode, done.stdout + done.stderr


def judge(case, status, text):
    """Raise Red unless the run came out as @case says."""
    tail = " / ".join(text.strip().splitlines()[-3:])
    verdict = re.search(r"linux-test: returned (-?\d+) pages_lost (-?\d+) left (\d+)", text)
    if status or not verdict:
        raise Red(f"ended with status {status}: {tail}")
    returned, lost, left = map(int, verdict.groups())
    if returned != case["returns"]:
        raise Red(f"init returned {returned}, not {case['returns']}: {tail}")
    for line in case.get("prints", []):
        if line not in text:
            raise Red(f"did not print `{line}`: {tail}")
    for line, times in case.get("prints_times", {}).items():
        if text.count(line) != times:
            raise Red(f"printed `{line}` {text.count(line)} times, not {times}: {tail}")
    if "prints_same" in case:
        found = re.search(case["prints_same"], text)
        if not found or found.group(1) != found.group(2) or int(found.group(1)) < case["at_least"]:
            raise Red(f"did not print {case['prints_same']} with equal numbers >= {case['at_least']}: {tail}")
    if "not ok" in text:
        raise Red("a KUnit case failed: " + next(line for line in text.splitlines() if "not ok" in line))
    complaints = re.findall(r"^(?:WARNING|BUG):.*", text, re.M)
    if len(complaints) != case.get("warnings", 0):
        raise Red(f"the kernel log has {len(complaints)} complaints, not {case.get('warnings', 0)}: "
                  + (complaints or ["none"])[0])
    if left != case.get("leaves", 0) or (lost and case.get("counts_pages")):
        raise Red(f"{lost} pages lost, {left} things left at shutdown")


def main(words):
    if len(words) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    build, port = os.path.abspath(words[0]), words[1]
    cases = [case for case in CASES if not words[2:] or case["name"] in words[2:]]
    folder = os.path.join(build, "linux-tests-" + port)
    os.makedirs(folder, exist_ok=True)
    tree = take_tree(build)
    if not tree:
        print("1..0 # SKIP needs the package linux-source-6.12 (apt-get install linux-source-6.12) or KTREE=<6.12 tree>")
        return 0
    compiler, number, failed = Compiler(build, port), 0, 0
    print(f"1..{len(cases) + sum(len(mutants_of(case, port)) for case in cases)}", flush=True)

    def say(fault, name):
        nonlocal number, failed
        number, failed = number + 1, failed + bool(fault)
        print(f"{'not ok' if fault else 'ok'} {number} - {name}")
        if fault:
            print(f"# {fault}\n# replay: tests/linux/run.py {words[0]} {port} {case['name']}")
        sys.stdout.flush()

    for case in cases:
        program = os.path.join(folder, case["name"], "program")
        os.makedirs(os.path.dirname(program), exist_ok=True)
        objects, is_green = [], False
        try:
            objects = build_objects(compiler, case, tree, folder)
            compiler.link(objects, program, *link_options(case))
            judge(case, *run_program(program, case))
            is_green = True
            say(None, f"{case['name']} passes on {port}")
        except Red as red:
            say(str(red), f"{case['name']} passes on {port}")
        for mutant in mutants_of(case, port):
            name = f"{case['name']} turns red when {mutant['name']}"
            try:
                if not is_green:
                    raise LookupError("not tried: the case itself is red")
                try:
                    mutated = compiler.mutated(mutant, os.path.dirname(program))
                    compiler.link([*objects, mutated], program + "-mutant", *link_options(case))
                except Red as red:
                    raise LookupError(str(red)) from None
                judge(case, *run_program(program + "-mutant", case, MUTANT_LIMIT))
                say("it stayed green", name)
            except Red as red:
                print(f"# as it should: {red}"[:300])
                say(None, name)
            except LookupError as error:
                say(str(error), name)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
