#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC DIRECTORY: kmalloc check -C on whole trees of modules, and on Makefiles that are no good; TAP.

In the sources of DIRECTORY a comment announces each finding: /* finding: RULE */ ends the line.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import time

KMALLOC, TREES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ROOT = os.path.dirname(os.path.dirname(TREES))
WORK = tempfile.TemporaryDirectory(prefix="trees-")
CASES = []


def case(function):
    CASES.append(function)
    return function


def run(*words, cwd=TREES, env=None):
    return subprocess.run([KMALLOC, "check", *words], capture_output=True, text=True, errors="replace", timeout=120, cwd=cwd,
                          stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})


def quick(*words, env=None, **more):
    """One run, and of a program that is built once: with gcc there is no second one."""
    return run("--no-sweep", *words, env={"CC": "gcc", **(env or {})}, **more)


def must(condition, answer, what):
    if not condition:
        raise AssertionError(f"{what}; exit {answer.returncode}\n{answer.stdout[-1500:]}\n{answer.stderr[-1500:]}")


def announced(tree):
    found = set()
    for path in glob.glob(os.path.join(TREES, tree, "**", "*.c"), recursive=True):
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                match = re.search(r"/\* finding: ([\w-]+) \*/", line)
                if match:
                    found.add((match.group(1), os.path.relpath(path, TREES), number))
    return found


def told(answer):
    """What --json said: the findings as announced() has them, and the table as module -> its row."""
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    found = {(line["rule"], line["file"], line["line"]) for line in lines[:-1]}
    return found, {row["module"]: row for row in lines[-1]["modules"]}, lines[:-1]


def refused(makefile, text, *words):
    """A Makefile that names no module that could be checked: one line, exit 2, nothing on standard output."""
    directory = tempfile.mkdtemp(dir=WORK.name)
    with open(os.path.join(directory, "Makefile"), "w", encoding="utf-8") as f:
        f.write(makefile)
    answer = quick("-C", directory, *words)
    must(answer.returncode == 2, answer, "expected exit 2")
    must(re.search(text, answer.stderr), answer, f"expected '{text}'")
    must(len(answer.stderr.splitlines()) == 1, answer, "expected one line")
    must(not os.path.exists(os.path.join(directory, "ran")), answer, "a rule of the Makefile ran")
    return answer


@case
def a_usual_makefile_is_read_as_kbuild_reads_it():
    answer = run("-C", "usual", "--json", "--schedules", "0")
    found, rows, lines = told(answer)
    must(found == announced("usual"), answer, f"expected {announced('usual')}, found {found}")
    must(answer.returncode == 1, answer, "expected exit 1")
    must([line["module"] for line in lines] == ["ring"], answer, "the module of a finding")
    must({name: (row["files"], row["findings"], row["status"]) for name, row in rows.items()} ==
         {"ring": (2, 1, "findings"), "regs": (1, 0, "clean")}, answer, "the table")
    must("kmalloc: ring: left out, for the check compiles in its own way: -O3 -Werror\n" in answer.stderr, answer, "flags left out")
    must("kmalloc: regs: left out, for the check compiles in its own way: -O3\n" in answer.stderr, answer, "CFLAGS_REMOVE_")


@case
def a_configuration_is_given_as_to_make():
    answer = quick("-C", "usual", "CONFIG_RING_STATS=y", "ring.ko", "--json")
    found, rows, _ = told(answer)
    must(found == {("leak", "usual/ring_stats.c", 7)}, answer, "the leak in what CONFIG_RING_STATS adds")
    must(rows["ring"]["files"] == 3 and list(rows) == ["ring"], answer, "the table")
    answer = quick("-C", "usual", "CONFIG_REGS_EXTRA=m", "extra")
    must(answer.returncode == 2, answer, "expected exit 2")
    must("kmalloc: extra: usual/Makefile lists extra.o, but there is no usual/extra.c\n" in answer.stderr, answer, "the missing file")
    must(re.search(r"^extra +1 +- +- +not built$", answer.stdout, re.M), answer, "the table")


@case
def a_finding_tells_the_command_that_shows_it_again():
    answer = quick("-C", "usual", "ring", "--param", "size=65", "--json")
    found, _, lines = told(answer)
    must(found == {("out-of-bounds", "usual/ring_buf.c", 11)}, answer, "the wrong size")
    replay = lines[0]["replay"].split()
    must(replay[:2] == ["kmalloc", "check"] and replay[-3:] == ["-C", "usual", "ring"], answer, "the command")
    must(told(run(*replay[2:], "--json"))[0] == found, answer, "the command shows another finding")


@case
def a_parameter_goes_to_the_modules_that_have_it():
    answer = quick("-C", "usual", "--param", "size=65", "--param", "regs.base=0x10,2", "--param", "debug=1", "--param", "label=left",
                   "--verbose", "--json")
    must(told(answer)[0] == {("out-of-bounds", "usual/ring_buf.c", 11)}, answer, "size=65")
    must("regs: left, 2 bases, first 0x10, debug 1" in answer.stderr, answer, "the parameters of regs")


@case
def a_parameter_nobody_has_is_refused():
    for words, text in ((["--param", "sise=1"], "kmalloc: no module of 'usual' has a parameter for --param sise=1\n"),
                        (["--param", "ring.sise=1", "ring"], "kmalloc: ring: unknown parameter 'sise'; it has: size\n"),
                        (["--param", "rong.size=1"], "kmalloc: --param rong.size=1: there is no module 'rong' in 'usual'; it has: ring regs\n"),
                        (["--param", "regs.base=1,2,3,4", "regs"],
                         "base: can only take 3 arguments\nkmalloc: regs: `1,2,3,4' invalid for parameter `base'\n"),
                        (["--param", "debug=maybe", "regs"], "kmalloc: regs: `maybe' invalid for parameter `debug'\n")):
        answer = quick("-C", "usual", *words)
        must(answer.returncode == 2 and answer.stderr.endswith(text), answer, text)
    answer = run("usual/regs.c", "--no-sweep", "--param", "size=1")
    must(answer.returncode == 2 and answer.stdout == "", answer, "expected exit 2")
    must(answer.stderr == "kmalloc: regs: unknown parameter 'size'; it has: debug base label\n", answer, "one line")


@case
def directories_hand_their_flags_down():
    answer = quick("-C", "nested", "--json")
    found, rows, _ = told(answer)
    must(found == announced("nested"), answer, f"expected {announced('nested')}, found {found}")
    must(set(rows) == {"top_level", "inner"}, answer, "the modules")


@case
def assembly_has_flags_of_its_own():
    directory = tempfile.mkdtemp(dir=WORK.name)
    sources = {"Makefile": "ifneq ($(MAKELEVEL),0)\nobj-m := mixed.o\nendif\nmixed-y := main.o data.o\nccflags-y := -DWRONG -Wno-of-tomorrow\n"
                           "asflags-y := -DVALUE=42 -Wa,--fatal-warnings\nKBUILD_EXTRA_SYMBOLS := $(src)/../Module.symvers\n",
               "data.S": "#ifndef WRONG\n.data\n.globl value\nvalue: .long VALUE\n#endif\n.section .note.GNU-stack,\"\",@progbits\n",
               "main.c": "#include <linux/module.h>\nextern int value;\nstatic int __init begin(void) { return value == 42 ? 0 : -EINVAL; }\n"
                         "module_init(begin);\nMODULE_LICENSE(\"GPL\");\n"}
    for name, text in sources.items():
        with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
            f.write(text)
    answer = run("-C", ".", "--no-sweep", "--cc", "clang", cwd=directory)
    must(answer.returncode == 0 and answer.stdout.startswith("mixed: clean;"), answer, "the value of asflags-y")
    must("kmalloc: Makefile: KBUILD_EXTRA_SYMBOLS is not taken" in answer.stderr, answer, "the remark")
    must("kmalloc: mixed: left out, for the check compiles in its own way: -Wa,--fatal-warnings\n" in answer.stderr, answer, "flags left out")
    must("unknown warning option" not in answer.stderr, answer, "a flag of another compiler")


@case
def what_exports_is_loaded_with_what_needs_it():
    for compiler in ("clang", "gcc"):
        answer = quick("-C", "chain", "--json", "--cc", compiler, "--verbose", "--param", "object_size=64")
        found, rows, lines = told(answer)
        must(found == announced("chain"), answer, f"expected {announced('chain')}, found {found}")
        must({line["rule"]: line["module"] for line in lines} == {"leak": "client", "out-of-bounds": "leaf"}, answer, "which module")
        must({name: row["findings"] for name, row in rows.items()} == {"bus": 0, "client": 1, "leaf": 1}, answer, "the table")
        must("client: 1 clients, 1\nleaf: beside 1 clients\n" in answer.stderr, answer, "the order of the inits")
    # A parameter of the one that is loaded along: its cache is too small now, and the client says so.
    answer = quick("-C", "chain", "client", "--param", "bus.object_size=32", "--json", "--init-returns", "ENOMEM")
    must(answer.returncode == 0, answer, "client_init() fails")


@case
def modules_that_need_each_other_are_refused():
    directory = tempfile.mkdtemp(dir=WORK.name)
    for name, other in (("one", "two"), ("two", "one")):
        with open(os.path.join(directory, name + ".c"), "w", encoding="utf-8") as f:
            f.write(f"#include <linux/module.h>\nint {other}(void);\nint {name}(void);\nint {name}(void) {{ return 1; }}\n"
                    f"EXPORT_SYMBOL({name});\nstatic int __init begin(void) {{ return {other}() - 1; }}\nmodule_init(begin);\n"
                    "MODULE_LICENSE(\"GPL\");\n")
    with open(os.path.join(directory, "lone.c"), "w", encoding="utf-8") as f:
        f.write("#include <linux/module.h>\nint three(void);\nstatic int __init begin(void) { return three(); }\nmodule_init(begin);\n")
    with open(os.path.join(directory, "Kbuild"), "w", encoding="utf-8") as f:
        f.write("obj-m := one.o two.o lone.o\n")
    answer = quick("-C", ".", cwd=directory)
    must(answer.returncode == 2, answer, "expected exit 2")
    must("kmalloc: two and one need each other: neither can be loaded\n" in answer.stderr, answer, "the circle")
    must("three() is declared, but this library does not have it\nkmalloc: the module needs what neither the library nor another "
         "module of the tree exports\n" in answer.stderr, answer, "a name nobody exports")


@case
def the_tree_is_found_from_anywhere():
    here = quick("-C", ".", "regs", cwd=os.path.join(TREES, "usual"))
    must(here.returncode == 0 and here.stdout.startswith("regs: clean;"), here, "from inside")
    there = quick("-C", os.path.join(TREES, "usual") + "/", "regs.o", env={"MAKEFLAGS": "n", "MAKELEVEL": "1", "PWD": "/"})
    must(there.stdout == here.stdout, there, "by its absolute path, out of a make")


@case
def a_target_of_the_makefile_may_start_it():
    path = os.path.dirname(KMALLOC) + ":" + os.environ["PATH"]
    words = ["make", "-s", "-C", "usual", "check", "CONFIG_RING_STATS=y", "CHECKFLAGS=--no-sweep --json ring"]
    answer = subprocess.run(words, capture_output=True, text=True, timeout=120, cwd=TREES, env={**os.environ, "PATH": path})
    must(answer.returncode == 2, answer, "make's exit status")
    must([json.loads(line).get("rule") for line in answer.stdout.splitlines()] == ["leak", None], answer, "the leak of CONFIG_RING_STATS")


@case
def the_same_tree_gives_the_same_bytes():
    first, second = (quick("-C", "usual", "--jobs", jobs) for jobs in "12")
    must(first.stdout == second.stdout and first.stdout, second, "other output")
    must(re.search(r"^module  files  findings  advice  status\nring        2         0       0  clean\n"
                   r"regs        1         0       0  clean\n\Z", first.stdout, re.M), first, "the table")


@case
def what_is_of_one_module_wants_its_name():
    for words in (["--fail", "0011223344556677"], ["--sweep-state", "state"]):
        answer = run("-C", "usual", *words)
        must(answer.returncode == 2 and answer.stdout == "", answer, "expected exit 2")
        must(answer.stderr == f"kmalloc: {words[0]} is of one module; name it: kmalloc check -C usual NAME {words[0]} ...\n", answer, "line")
    answer = run("-C", "usual", "rings")
    must(answer.stderr == "kmalloc: there is no module 'rings' in 'usual'; it has: ring regs\n", answer, "an unknown module")


@case
def a_directory_without_modules_is_refused():
    refused("obj-m := sub/\n", "sub has neither a Kbuild nor a Makefile$")
    refused("all:\n\ttouch $(obj)/ran\n", "lists no module: there is no obj-m in its Kbuild or Makefile$")
    refused("obj-y := a.o\n", "lists no module: a is in obj-y, built in$")
    refused("obj-$(CONFIG_A) := a.o\n", "the CONFIG_ of a is not set; give it as to make: kmalloc check -C .* CONFIG_NAME=m$")
    for words, text in ((["nothing"], "cannot read 'nothing': No such file or directory"),
                        (["/dev/null"], "'/dev/null' is not a directory"), (["."], "has neither a Kbuild nor a Makefile")):
        answer = run("-C", *words)
        must(answer.returncode == 2 and len(answer.stderr.splitlines()) == 1 and text in answer.stderr, answer, text)
    os.mkdir(os.path.join(WORK.name, "a b"))
    answer = run("-C", os.path.join(WORK.name, "a b"))
    must(answer.returncode == 2 and "which make cannot take" in answer.stderr, answer, "a blank in the path")
    answer = run("-C", "usual", env={"PATH": WORK.name})
    must(answer.returncode == 2 and "cannot run make" in answer.stderr, answer, "no make")


@case
def a_makefile_that_make_cannot_read_is_refused():
    refused("\tfoo\nobj-m := a.o\n\tfoo\n", r"make cannot read .*Makefile:\d: \*\*\* recipe commences before first target")
    refused("obj-m := a.o\nifeq (x\n", r"Makefile:2: \*\*\* invalid syntax in conditional")
    refused("X = $(X)\nobj-m := $(X)\n", r"\*\*\* Recursive variable 'X' references itself")
    refused("$(error not for this kernel)\n", r"\*\*\* not for this kernel")
    refused("include $(obj)/Makefile\n", "make (cannot read|did not finish reading) '", "--time-limit", "2")
    refused("obj-m := ./\n", "directories of modules lie more than 16 deep at ")
    begun = time.monotonic()
    refused("obj-m := $(shell sleep 60; echo a.o)\n", "make did not finish reading '.*' within 1 seconds$", "--time-limit", "1")
    assert time.monotonic() - begun < 10, "it took too long"


@case
def no_rule_of_a_makefile_runs():
    refused("obj-m := a.o\n-include gen.mk\ngen.mk:\n\ttouch $(obj)/ran\n", "there is no .*a.c$")
    refused("include gen.mk\ngen.mk:\n\ttouch $(obj)/ran\n", "gen.mk: No such file or directory$")
    refused(".ONESHELL:\nMAKEFLAGS += -n\nexport\nkm-list:\n\ttouch $(obj)/ran\n%: FORCE\n\ttouch $(obj)/ran\nFORCE:\n",
            "make cannot read")


@case
def a_module_that_cannot_be_built_does_not_stop_the_others():
    directory = tempfile.mkdtemp(dir=WORK.name)
    sources = {"Makefile": "obj-m := gone.o good.o bad.o self.o word.o twice.o sub/ quote.o\nself-y := self.o\nword-y := word\n"
                           "gone-objs := a.o b.o\nCFLAGS_quote.o := -DA=`id`\n",
               "sub/Makefile": "obj-m := good.o\n", "sub/good.c": "", "a.c": "", "bad.c": "int x = ;\n", "quote.c": ""}
    sources["good.c"] = open(os.path.join(TREES, "usual", "regs.c"), encoding="utf-8").read()
    os.mkdir(os.path.join(directory, "sub"))
    for name, text in sources.items():
        with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
            f.write(text)
    answer = quick("-C", ".", "--json", cwd=directory)
    table = json.loads(answer.stdout.splitlines()[-1])["modules"]
    must(answer.returncode == 2, answer, "expected exit 2")
    must([row["status"] for row in table].count("clean") == 1 and len(table) == 8, answer, "the table")
    for text in ("gone: Makefile lists b.o, but there is no b.c", "self: Makefile lists self.o as a part of itself (self-y)",
                 "word: Makefile lists word, which is no object", "twice: Makefile lists twice.o, but there is no twice.c",
                 "good: there are two modules of that name, in Makefile and sub/Makefile",
                 "quote: its flags take a shell to read: -DA=`id`"):
        must(f"kmalloc: {text}\n" in answer.stderr, answer, text)
    must("bad.c:1:" in answer.stderr, answer, "the compiler's message")


def documented():
    """(command, output as docs/trees.md has it), and the text around each output."""
    with open(os.path.join(ROOT, "docs", "trees.md"), encoding="utf-8") as f:
        text = f.read()
    return text, re.findall(r"<!-- command: (.*) -->\n```\n(.*?)```\n", text, re.S)


def printed(command):
    words = command.split()
    answer = subprocess.run([KMALLOC, *words[1:]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, cwd=ROOT,
                            stdin=subprocess.DEVNULL)
    return answer.stdout


def masked(text):
    """Without addresses and hashes of sites, which change whenever the library does."""
    return re.sub(r"\b(0x)?[0-9a-f]{12,}\b", "X", text)


@case
def the_documentation_shows_what_is_printed():
    _, blocks = documented()
    assert blocks, "no command in docs/trees.md"
    for command, shown in blocks:
        now = printed(command)
        assert masked(now) == masked(shown), f"{command} prints (tests/trees/run.py KMALLOC TREES --write-docs mends it)\n{now}"


def write_docs():
    text, blocks = documented()
    for command, shown in blocks:
        text = text.replace(f"{command} -->\n```\n{shown}```", f"{command} -->\n```\n{printed(command)}```")
    with open(os.path.join(ROOT, "docs", "trees.md"), "w", encoding="utf-8") as f:
        f.write(text)


def main():
    if "--write-docs" in sys.argv:
        return write_docs()
    failed = 0
    only = sys.argv[3:]
    cases = [function for function in CASES if not only or function.__name__ in only]
    print(f"1..{len(cases)}")
    for number, function in enumerate(cases, 1):
        try:
            function()
            print(f"ok {number} - {function.__name__}", flush=True)
        except (AssertionError, subprocess.TimeoutExpired, ValueError, KeyError, IndexError) as wrong:
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            for line in f"{type(wrong).__name__}: {wrong}".splitlines():
                print("# " + line, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
