#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py BUILD DIRECTORY [--write]: KUnit suites on our core, and the same on the core of a kernel tree; TAP.

x.c with x.ktap: `kmalloc check` prints exactly that (--write makes it so).  Where there is a kernel tree its own core prints
the same, and so it does for suites of Linux itself.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "linux"))
from run import take_tree  # noqa: E402  (tests/linux/run.py)

# Files of the tree, and how many cases there are: a suite that vanished would be the same on both.
OF_LINUX = [
    (["lib/list-test.c", "lib/klist.c"], 65),
    (["lib/test_list_sort.c"], 1),
    (["lib/kunit/kunit-example-test.c"], 10),
    (["lib/kunit/kunit-test.c", "lib/hashtable_test.c", "lib/test_bits.c"], 36),
]
FILTERS = [["kunit.filter_glob=[a-c]", "kunit.filter=speed!=slow"], ["kunit.stats_enabled=2", "kunit.filter=speed>slow", "kunit.filter_action=skip"]]


def ktap_of(text):
    """From the version to the last result.  How long a slow case took differs by the core's own nanoseconds."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line == "KTAP version 1"]
    if not starts:
        return text
    ends = [number for number, line in enumerate(lines) if re.match(r"(not )?ok \d+ ", line)]
    kept = lines[starts[0]:ends[-1] + 1]
    return "".join(re.sub(r"\(runtime: [\d.]+s\)", "(runtime: ...)", line) + "\n" for line in kept)


def run(kmalloc, files, *options, cwd=None):
    """Exit status, KTAP, all that was printed."""
    done = subprocess.run([kmalloc, "check", "--no-sweep", "--schedules", "1", *options, *files], capture_output=True, text=True,
                          errors="replace", timeout=600, stdin=subprocess.DEVNULL, cwd=cwd)
    return done.returncode, ktap_of(done.stdout), done.stdout + done.stderr


def differences(one, other):
    one, other = one.splitlines(), other.splitlines()
    wrong = [f"line {number}: {a!r} and {b!r}" for number, (a, b) in enumerate(zip(one, other), 1) if a != b]
    if len(one) != len(other):
        wrong.append(f"{len(one)} lines and {len(other)}")
    return wrong[:10]


def as_written(kmalloc, directory, name, write):
    status, ktap, text = run(kmalloc, [name], cwd=directory)
    path = os.path.join(directory, name[:-2] + ".ktap")
    if write:
        with open(path, "w", encoding="utf-8") as f:
            f.write(ktap)
    with open(path, encoding="utf-8") as f:
        expected = f.read()
    wrong = differences(ktap, expected)
    if status != (1 if re.search("^ *not ok", expected, re.M) else 0):
        wrong.append(f"exit status {status}")
    return wrong + text.splitlines()[-5:] if wrong else []


def as_on_linux(kmalloc, tree, files, options, cases=None, cwd=None):
    words = ["--ktree", tree] + [word for option in options for word in ("--param", option)]
    own_status, own, text = run(kmalloc, files, *words, cwd=cwd)
    status, theirs, their_text = run(kmalloc, files, "--kunit-core", "tree", *words, cwd=cwd)
    wrong = differences(own, theirs)
    if own_status != status:
        wrong.append(f"exit status {own_status}, on the tree's core {status}")
    if cases is not None and len(re.findall(r"^    (?:not )?ok ", own, re.M)) != cases:
        wrong.append(f"not {cases} cases")
    return wrong + text.splitlines()[-3:] + their_text.splitlines()[-3:] if wrong else []


def results_first(kmalloc, top):
    """What reads KTAP gets nothing else before it, and with --verbose the log stands elsewhere."""
    done = subprocess.run([kmalloc, "check", "--no-sweep", "--schedules", "0", "--verbose", "examples/ring_test.c"], capture_output=True,
                          text=True, timeout=300, cwd=top)
    wrong = [] if done.stdout.startswith("KTAP version 1\n") else done.stdout.splitlines()[:3]
    return wrong + ([] if "rules armed" in done.stderr and "KTAP" not in done.stderr else done.stderr.splitlines())


def clean(kmalloc, directory):
    """rooms.c breaks no rule, whatever fails and in whatever order."""
    done = subprocess.run([kmalloc, "check", "rooms.c"], capture_output=True, text=True, timeout=300, cwd=directory)
    is_clean = done.returncode == 0 and "KUnit 4 passed, 0 failed, 0 skipped: clean; " in done.stdout
    return [] if is_clean else (done.stdout + done.stderr).splitlines()[-20:]


def main():
    build, directory = (os.path.abspath(word) for word in sys.argv[1:3])
    kmalloc = os.path.join(build, "kmalloc")
    names = sorted(name for name in os.listdir(directory) if os.path.exists(os.path.join(directory, name[:-2] + ".ktap"))
                   and name.endswith(".c") or name.endswith(".c") and "--write" in sys.argv)
    jobs = [(f"{name} prints what its .ktap says", as_written, (kmalloc, directory, name, "--write" in sys.argv)) for name in names]
    jobs.append(("results stand before all else", results_first, (kmalloc, os.path.dirname(os.path.dirname(HERE)))))
    jobs.append(("rooms.c is clean under all rules", clean, (kmalloc, directory)))
    tree = take_tree(build)
    if tree:
        jobs += [(f"{name} prints the same on the kernel's core", as_on_linux, (kmalloc, tree, [name], [], None, directory))
                 for name in ("shapes.c", "order.c")]
        jobs += [(f"order.c with {' '.join(words)} is the same on the kernel's core", as_on_linux,
                  (kmalloc, tree, ["order.c"], words, None, directory)) for words in FILTERS]
        jobs += [(f"{files[0]} prints the same on the kernel's core", as_on_linux,
                  (kmalloc, tree, [os.path.join(tree, name) for name in files], [], cases)) for files, cases in OF_LINUX]
    print(f"1..{len(jobs) + (not tree)}")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda job: job[1](*job[2]), jobs))
    for number, ((title, _, _), wrong) in enumerate(zip(jobs, answers), 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
        for line in wrong:
            print("# " + line)
    if not tree:
        print(f"ok {len(jobs) + 1} - the kernel's core # SKIP needs the package linux-source-6.12 or KTREE=<6.12 tree>")
    return 1 if any(answers) else 0


if __name__ == "__main__":
    sys.exit(main())
