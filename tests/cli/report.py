#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""report.py KMALLOC EXAMPLES: how a report looks: caret, last line, colours and progress on a terminal; TAP."""
import os
import pty
import re
import signal
import sys

from command import EXAMPLES, KMALLOC, WORK, case, main, module, must, run


@case
def the_clean_example_tells_how_many_sites_were_failed():
    answer = run("check", os.path.join(EXAMPLES, "ring_good.c"))
    count = re.search(r"clean; (\d+) allocation sites failed once each, \d+ schedules, \d+ runs, .*; [\d.]+ seconds of machine time\.$",
                      answer.stdout.strip())
    must(count and int(count.group(1)) >= 4, answer, "expected the number of sites")


def on_terminal(*words, env=None, until=None):
    """Standard output and error of the command on a terminal, as one text; up to @until, if that is given."""
    pid, fd = pty.fork()
    if not pid:
        os.chdir(WORK.name)
        os.execvpe(KMALLOC, [KMALLOC, *words], {**os.environ, "TERM": "xterm", **(env or {})})
    parts = []
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError:     # the other side is gone
            break
        if not part:
            break
        parts.append(part)
        if until and until in b"".join(parts):
            os.kill(pid, signal.SIGTERM)
            until = None
    os.close(fd)
    os.waitpid(pid, 0)
    return b"".join(parts).decode(errors="replace")


@case
def the_caret_stands_below_the_call():
    name = module("caret.c", "\tint n = 1;\n\n\tn++; kept = kmalloc(n, GFP_KERNEL);\n\treturn 0;", before="static void *volatile kept;\n")
    lines = run("check", "--no-sweep", name).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  > "))
    assert lines[at + 1].endswith("^") and lines[at][lines[at + 1].index("^"):].startswith("kmalloc("), lines[at:at + 2]


@case
def colours_and_progress_are_for_terminals_alone():
    endless = module("endless.c", "\tfor (;;)\n\t\tn++;\n\treturn 0;", before="static volatile int n;\n")
    plain = run("check", "--no-sweep", "--time-limit", "3", endless)
    must("\033" not in plain.stdout + plain.stderr and "kmalloc:" not in plain.stderr, plain, "a pipe got colours or progress")
    text = on_terminal("check", "--no-sweep", "--time-limit", "3", endless)
    assert "\033[1;31merror:" in text and "of yours" in text, text
    shown = b"kmalloc: the first run goes on"
    assert shown.decode() in on_terminal("check", "--no-sweep", "--time-limit", "3600", endless, until=shown), "no progress"
    text = on_terminal("check", "--no-sweep", "--time-limit", "3", endless, env={"NO_COLOR": "1"})
    assert "\033[1;31m" not in text and " error: hang: " in text, text
    assert "\033" not in on_terminal("check", "--no-sweep", module("quick.c", "\treturn 0;"), env={"TERM": "dumb"})


if __name__ == "__main__":
    sys.exit(main())
