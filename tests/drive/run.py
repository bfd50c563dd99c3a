#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC DIRECTORY: drive the files of each program of the directory; TAP.

NAME.c is driven by NAME.drive, or without one by what the command makes up.  x_bad.c: the findings are exactly those its
comments announce, at their lines (/* finding: RULE */); a script's own mismatch is announced in the script (# finding: drive).
Any other: no finding at all.  Then what the command says of scripts that are wrong, and of what a script leaves.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ADVICE = {"atomic-waste", "warn"}


def command(kmalloc, *words):
    return subprocess.run([kmalloc, "check", "--jobs", "1", *words], capture_output=True, text=True, timeout=120,
                          stdin=subprocess.DEVNULL)


def announced(path):
    if not os.path.exists(path):
        return set()
    with open(path, encoding="utf-8") as f:
        return {(match.group(1), os.path.basename(path), number) for number, line in enumerate(f, 1)
                for match in [re.search(r"(?:/\*|#) finding: ([\w-]+)", line)] if match}


def options_of(path):
    with open(path, encoding="utf-8") as f:
        return [word for line in f for match in [re.match(r"/\* options: (.*) \*/$", line)] if match for word in match.group(1).split()]


def check_program(kmalloc, path):
    script = path[:-2] + ".drive"
    words = ["--json", *options_of(path), *(["--drive", script] if os.path.exists(script) else []), path]
    run = command(kmalloc, *words)
    expected = announced(path) | announced(script)
    try:
        found = {(finding["rule"], os.path.basename(finding["file"]), finding["line"])
                 for finding in map(json.loads, run.stdout.splitlines())}
    except ValueError:
        return ["standard output is not JSON: " + run.stdout[:300]]
    wrong = []
    if found != expected:
        wrong.append(f"expected {sorted(expected)}, found {sorted(found)}")
    if bool(expected) != path.endswith("_bad.c"):
        wrong.append("what is announced and the name do not agree")
    status = 1 if any(rule not in ADVICE for rule, _, _ in expected) else 0
    if run.returncode != status:
        wrong.append(f"exit status {run.returncode}, expected {status}")
    return wrong + run.stderr.splitlines()[:3] if wrong else []


# What is wrong with a script, the line it is on, and what the command says.
SCRIPTS = [
    ("fd = open /dev/reader rw\nraed fd 4\n", 2, "unknown word 'raed'"),
    ("fd = open /dev/reader rw\nread fd 4x\n", 2, "a number of bytes, 0 to 1048576, expected, not '4x'"),
    ("fd = open /dev/reader rw\nwrite fd \"abc\n", 2, "unterminated string: \"abc"),
    ("fd = open /dev/reader rw\nwrite fd \"\\q\"\n", 2, "unknown escape in a string: '\\q'"),
    ("echo 'on > /dev/reader\n", 1, "unterminated string: 'on > /dev/reader"),
    ("echo on /dev/reader\n", 1, "> and a path expected, not ''"),
    ("read fd 4\n", 1, "no open() above gives a file the name 'fd'"),
    ("open /dev/reader\n", 1, "open gives a file a name: fd = open"),
    ("fd = open dev/reader\n", 1, "an absolute path expected, not 'dev/reader'"),
    ("fd = open /dev/reader exec\n", 1, "r, w, rw, nonblock, append, trunc or sync expected, not 'exec'"),
    ("fd = open /dev/reader\nread fd 4 => EWHAT\n", 2, "a number, a string, an error's name, ok or error expected, not 'EWHAT'"),
    ("fd = open /dev/reader\nread fd 4 8\n", 2, "more than belongs to the step: '8'"),
    ("fd = open /dev/reader\nwrite fd hex 123\n", 2, "an odd number of hexadecimal digits: '123'"),
    ("repeat 3 {\nsleep 1ms\n", 1, "{ without }"),
    ("sleep 1ms\n}\n", 2, "} without {"),
    ("sleep 1\n", 1, "a time, as 10ms, expected, not '1'"),
    ("wait nobody\n", 1, "no task above has the name 'nobody'"),
    ("repeat 2 { task a { sleep 1ms } }\n", 1, "a task cannot stand in another block"),
    ("# nothing\n", 1, "nothing to do in the script"),
    ("fd = open /dev/raeder rw\n", 1, "there is no file '/dev/raeder'; the module shows /dev/reader"),
]


def check_script(kmalloc, directory, folder, number, text, line, message):
    script = os.path.join(folder, f"{number}.drive")
    with open(script, "w", encoding="utf-8") as f:
        f.write(text)
    run = command(kmalloc, "--no-sweep", "--drive", script, os.path.join(directory, "open_object_good.c"))
    expected = f"kmalloc: {script}:{line}: {message}\n"
    if run.returncode != 2 or run.stderr != expected or run.stdout:
        return [f"status {run.returncode}, said {run.stderr!r}, expected {expected!r}"]
    return []


def check_left(kmalloc, directory, folder):
    """What a script leaves open, who waits in vain, and what a finding says of the step."""
    wrong = []
    script = os.path.join(folder, "left.drive")
    with open(script, "w", encoding="utf-8") as f:
        f.write("fd = open /dev/news rw\nread fd 8 => EINTR\n")
    run = command(kmalloc, "--no-sweep", "--drive", script, os.path.join(directory, "waits_good.c"))
    for text in (f"kmalloc: {script}:2: read(/dev/news) waits and nothing wakes it: it was interrupted\n",
                 f"kmalloc: {script}: /dev/news is left open: rmmod would be refused; it was closed\n"):
        if text not in run.stderr:
            wrong.append(f"not said: {text!r} but {run.stderr!r}")
    if run.returncode:
        wrong.append(f"status {run.returncode}")
    bad = os.path.join(directory, "index_bad")
    run = command(kmalloc, "--no-sweep", "--drive", bad + ".drive", bad + ".c")
    if "  context: task, drive:3 ioctl(/dev/slot), drive/" not in run.stdout:
        wrong.append("the context does not tell the step")
    if f"--drive {bad}.drive" not in run.stdout:
        wrong.append("the command to see it again has no --drive")
    run = command(kmalloc, "--no-sweep", "--drive", "none", os.path.join(directory, "open_object_bad.c"))
    if run.returncode or "clean" not in run.stdout:
        wrong.append("--drive none drives")
    run = command(kmalloc, "--drive", os.path.join(folder, "missing"), bad + ".c")
    if run.returncode != 2 or run.stderr.count("\n") != 1:
        wrong.append("a script that is not there: " + run.stderr)
    return wrong


def main():
    kmalloc, directory = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    names = sys.argv[3:] or sorted(name for name in os.listdir(directory) if name.endswith(".c"))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        jobs = [(name, pool.submit(check_program, kmalloc, os.path.join(directory, name))) for name in names]
        if not sys.argv[3:]:
            jobs += [(f"script: {message}", pool.submit(check_script, kmalloc, directory, folder, number, text, line, message))
                     for number, (text, line, message) in enumerate(SCRIPTS)]
            jobs.append(("what is left, and what is told", pool.submit(check_left, kmalloc, directory, folder)))
        print(f"1..{len(jobs)}")
        failed = 0
        for number, (name, job) in enumerate(jobs, 1):
            wrong = job.result()
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - {name}")
            for line in wrong:
                print("# " + line)
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
