# SPDX-License-Identifier: MIT
"""command.py: what the tests of the command line share: starting it, making modules, judging answers, TAP."""
import json
import os
import subprocess
import sys
import tempfile

KMALLOC, EXAMPLES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
WORK = tempfile.TemporaryDirectory(prefix="cli-")
CASES = []
HEAD = "#include <linux/module.h>\n#include <linux/slab.h>\n"
TAIL = "module_init(begin);\nmodule_exit(end);\nMODULE_LICENSE(\"GPL\");\n"


def case(function):
    CASES.append(function)
    return function


def run(*words, limit=60, env=None):
    return subprocess.run([KMALLOC, *words], capture_output=True, text=True, errors="replace", timeout=limit, cwd=WORK.name,
                          stdin=subprocess.DEVNULL, env={**os.environ, **(env or {})})


def write(name, text):
    path = os.path.join(WORK.name, name)
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    return name


def module(name, begin, end="", before=""):
    return write(name, f"{HEAD}{before}static int begin(void)\n{{\n{begin}\n}}\nstatic void end(void)\n{{\n{end}\n}}\n{TAIL}")


def compile_once():
    """A compiler for checks of files that do not change meanwhile: what it was asked before it answers from a folder.

    Two checks of one file compile it the same way; only their temporary directories have other names.
    """
    folder = os.path.join(WORK.name, "compiled")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "compiler")
    with open(path, "w", encoding="utf-8") as out:
        out.write(f"""#!/bin/sh
key=$(printf '%s\\n' "$@" | sed 's,[^ ]*/kmalloc-[A-Za-z0-9]*/,,g' | md5sum)
kept={folder}/${{key%% *}}
[ -e "$kept.said" ] || {{
	clang "$@" >"$kept.$$" 2>&1 || {{ cat "$kept.$$"; exit 1; }}
	new=1
}}
previous=
for word; do
	[ "$previous" != -o ] || output=$word
	previous=$word
done
if [ -n "$new" ]; then
	[ -z "$output" ] || {{ cp "$output" "$kept.$$.made" && mv "$kept.$$.made" "$kept.made"; }}
	mv "$kept.$$" "$kept.said"
elif [ -n "$output" ]; then
	cp "$kept.made" "$output"
fi
cat "$kept.said"
""")
    os.chmod(path, 0o755)
    return path


def must(condition, answer, what):
    if not condition:
        raise AssertionError(f"{what}; exit {answer.returncode}\n{answer.stdout[-1500:]}\n{answer.stderr[-1500:]}")


def must_refuse(answer, text):
    must(answer.returncode == 2, answer, "expected exit 2")
    must(answer.stdout == "", answer, "nothing belongs on standard output")
    must(text in answer.stderr, answer, f"expected '{text}' on standard error")


def findings(answer):
    return [json.loads(line) for line in answer.stdout.splitlines()]


def main():
    only = sys.argv[3:]
    failed = 0
    cases = [function for function in CASES if not only or function.__name__ in only]
    print(f"1..{len(cases)}")
    for number, function in enumerate(cases, 1):
        try:
            skip = function()
            print(f"ok {number} - {function.__name__}" + (f" # SKIP {skip}" if skip else ""), flush=True)
        except (AssertionError, subprocess.TimeoutExpired, StopIteration, IndexError, ValueError, KeyError) as wrong:
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            for line in f"{type(wrong).__name__}: {wrong}".splitlines():
                print("# " + line, flush=True)
    return 1 if failed else 0
