#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""printed.py [--write] KMALLOC PAGE.md... - holds what a page shows against what really prints; TAP.

A page is played from top to bottom in an empty directory, where `kmalloc` is the command under test:

    <!-- copy: examples/x.c -->     the file is copied from the repository, under its base name
    <!-- link: examples -->         this directory of the repository is there
    <!-- part of: COMMAND; from: PATTERN -->    the block is what COMMAND prints, from the line that begins so to the next empty one
    ```c x.c                        the block is written to x.c (any language; a name behind it makes it a file)
    ```diff                         the block is applied, as `git apply` would, if both its names are the same
    ```console                      each line `$ COMMAND` is run by a shell; what stands below it must be what it prints
                                    (standard output and error), and `[exit N]` when its status is not 0

Numbers that another build of the library may print otherwise are not compared: addresses, sites, seconds, in how many runs. Nor is
what stands below `<!-- shows: PATTERN -->`, if the pattern is found in what is printed: which line a race shows at is chance.

With --write what is printed takes the place of what stood there: write `$ COMMAND` and let this fill in the rest.
A file block that says `<!-- file: examples/x.c -->` before it must be that file of the repository.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIMIT = 120


# As chance or another build of the library has it.
LOOSE = [(r"0x[0-9a-f]{8,16}\b", "ADDRESS"), (r"\b[0-9a-f]{16}\b", "SITE"), (r"\bseen in \d+ runs?", "seen in N runs"),
         (r", \d+ runs?, seed", ", N runs, seed"), (r"[\d.]+ seconds of machine time", "N seconds of machine time")]


class Stale(Exception):
    pass


def loosely(text):
    for pattern, word in LOOSE:
        text = re.sub(pattern, word, text)
    return text


def shell(command, work, kmalloc):
    """What a terminal would show of it."""
    paths = os.pathsep.join([os.path.dirname(kmalloc), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": paths, "LC_ALL": "C", "KMALLOC_SOURCE": TOP}
    for name in ("CC", "KTREE", "GITHUB_WORKSPACE"):
        env.pop(name, None)
    run = subprocess.run(["sh", "-c", command], cwd=work, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, timeout=LIMIT)
    text = run.stdout.decode("utf-8", "replace")
    lines = text.split("\n")[:-1] if text.endswith("\n") else text.split("\n") if text else []
    return lines + ([f"[exit {run.returncode}]"] if run.returncode else [])


def play_console(block, work, kmalloc, pattern, write):
    """The block as it should be; with a @pattern the block as it is if that is printed."""
    printed = play_commands(block, work, kmalloc)
    if not pattern:
        return printed
    for text in (printed, block):
        if not write and not re.search(pattern, "\n".join(text)):
            raise Stale(f"'{pattern}' is not in\n# " + "\n# ".join(text))
    return printed if write else block


def play_commands(block, work, kmalloc):
    out, at = [], 0
    if block and not block[0].startswith("$ "):
        raise Stale("a console block begins with '$ '")
    while at < len(block):
        command = block[at][2:]
        out.append(block[at])
        at += 1
        while command.endswith("\\"):
            command = command[:-1] + block[at].strip()
            out.append(block[at])
            at += 1
        while at < len(block) and not block[at].startswith("$ "):
            at += 1
        out += shell(command, work, kmalloc)
    return out


def part_of(command, pattern, work, kmalloc):
    printed = shell(command, work, kmalloc)
    first = next((number for number, line in enumerate(printed) if re.match(pattern, line)), None)
    if first is None:
        raise Stale(f"no line of '{command}' begins with '{pattern}'\n# " + "\n# ".join(printed))
    end = next((number for number in range(first, len(printed)) if not printed[number]), len(printed))
    return [line for line in printed[first:end] if not line.startswith("[exit ")]


def apply_diff(block, work):
    if len({line[6:] for line in block[:2]}) > 1:      # between two files: to be read only
        return
    run = subprocess.run(["git", "apply", "--recount", "-"], cwd=work, input="\n".join(block) + "\n", capture_output=True, text=True,
                         env={**os.environ, "GIT_CEILING_DIRECTORIES": os.path.dirname(work)})
    if run.returncode:
        raise Stale("a diff does not apply: " + run.stderr.strip())


def same_file(block, name):
    with open(os.path.join(TOP, name), encoding="utf-8") as f:
        want = f.read().splitlines()
    return want


def blocks(lines):
    """(first line inside, line of the closing fence, language, name) of each fenced block."""
    start = None
    for number, line in enumerate(lines):
        fence = re.match(r"```(\w*) ?(\S*)", line)
        if fence and start is None:
            start = (number + 1, fence.group(1), fence.group(2))
        elif fence:
            yield start[0], number, start[1], start[2]
            start = None


def play(text, kmalloc, write=False):
    """The page as it should be; it may be @write that is asked for."""
    lines = text.split("\n")
    out, done = [], 0
    with tempfile.TemporaryDirectory(prefix="page-") as work:
        work = os.path.realpath(work)
        for first, last, language, name in blocks(lines):
            before, block = lines[done:first], lines[first:last]
            for copied in re.findall(r"<!-- copy: (\S+) -->", "\n".join(before)):
                shutil.copy(os.path.join(TOP, copied), work)
            for linked in re.findall(r"<!-- link: (\S+) -->", "\n".join(before)):
                os.symlink(os.path.join(TOP, linked), os.path.join(work, linked))
            part = re.search(r"<!-- part of: (.*); from: (.*) -->\s*```$", "\n".join(before))
            shown = re.search(r"<!-- file: (\S+) -->\s*```[^\n]*$", "\n".join(before))
            if shown:
                block = same_file(block, shown.group(1))
            if part:
                block = part_of(part.group(1), part.group(2), work, kmalloc)
            elif name:
                with open(os.path.join(work, name), "w", encoding="utf-8") as f:
                    f.write("\n".join(block) + "\n")
            elif language == "console":
                pattern = re.search(r"<!-- shows: (.*) -->\s*```[^\n]*$", "\n".join(before))
                block = play_console(block, work, kmalloc, pattern and pattern.group(1), write)
            elif language == "diff":
                apply_diff(block, work)
            out += before + block
            done = last
    return "\n".join(out + lines[done:])


def first_difference(old, new):
    old, new = loosely(old).split("\n"), loosely(new).split("\n")
    for number, (a, b) in enumerate(zip(old, new), 1):
        if a != b:
            return f"line {number}: the page has\n#   {a}\n# but it prints\n#   {b}"
    return f"the page has {len(old)} lines, {len(new)} are printed"


def main():
    words = sys.argv[1:]
    write = "--write" in words
    kmalloc, *pages = [word for word in words if word != "--write"]
    kmalloc, failed = os.path.abspath(kmalloc), 0
    print(f"1..{len(pages)}")
    for number, page in enumerate(pages, 1):
        name = f"{os.path.relpath(page, TOP)} shows what prints"
        if not shutil.which("clang"):
            print(f"ok {number} - {name} # SKIP clang is not installed, and the pages show what it finds")
            continue
        with open(page, encoding="utf-8") as f:
            old = f.read()
        try:
            new = play(old, kmalloc, write)
            if loosely(new) != loosely(old) and not write:
                raise Stale(first_difference(old, new) + f"\n# mend it: python3 tools/dev/printed.py --write build/kmalloc {page}")
            if write and new != old:
                with open(page, "w", encoding="utf-8") as f:
                    f.write(new)
            print(f"ok {number} - {name}", flush=True)
        except (Stale, OSError, IndexError, subprocess.TimeoutExpired) as wrong:
            failed += 1
            print(f"not ok {number} - {name}\n# {wrong}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
