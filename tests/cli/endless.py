#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""endless.py KMALLOC EXAMPLES: a run without end ends at the same place each time, whatever it does; TAP.

Its limit is counted, not measured, so that --seed replays it.  Each body is looped for ever, and the program that was made of
it runs twice, the second time beside another: the last records, which tell the number of steps, must be the same.
"""
import glob
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

from command import KMALLOC, WORK, case, main, module

BODIES = {
    "kmalloc": ("p = kmalloc(64, GFP_KERNEL);\n\t\tkfree(p);", ""),
    "leak": ("p = kmalloc(64, GFP_KERNEL);", ""),
    "clear": ("p = kzalloc(1 << 20, GFP_KERNEL);\n\t\tkfree(p);", ""),
    "copy": ("memcpy(field, field + (1 << 19), 1 << 19);", ""),
    "twice": ("kfree(p);", "p = kmalloc(16, GFP_KERNEL);\n\tkfree(p);"),
    "freed": ("(void)*(volatile char *)p;", "p = kmalloc(16, GFP_KERNEL);\n\tkfree(p);"),
    "warn": ("WARN_ON(1);", ""),
    "print": ("pr_info(\"hello %d %s\\n\", 5, \"there\");", ""),
    "thread": ("p = kthread_run(wait_to_stop, NULL, \"x\");\n\t\tkthread_stop(p);", ""),
    "work": ("schedule_work(&work);\n\t\tflush_work(&work);", ""),
    "percpu": ("p = alloc_percpu(int);\n\t\tfree_percpu(p);", ""),
    "sleep": ("msleep(1);", ""),
}
BEFORE = """#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/workqueue.h>
static char field[1 << 20];
static void *volatile p;
static int wait_to_stop(void *unused)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}
static void do_nothing(struct work_struct *unused)
{
}
static DECLARE_WORK(work, do_nothing);
"""


def last_record(program, seed, explore, points):
    words = [program, "--seed", str(seed), "--explore", str(explore), "--limit", "1", "--points", str(points)]
    with tempfile.TemporaryFile() as records:
        os.set_inheritable(records.fileno(), True)
        subprocess.run(["sh", "-c", f'exec 3>&{records.fileno()} "$@"', "sh", *words], pass_fds=[records.fileno()], timeout=60,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        records.seek(0)
        return records.read().decode(errors="replace").strip().split("\n")[-1]


def differences(name):
    """What is wrong with the runs of a body."""
    body, first = BODIES[name]
    source = module(f"{name}.c", f"\t{first or ';'}\n\tfor (;;) {{\n\t\t{body or ';'}\n\t}}\n\treturn 0;", before=BEFORE)
    room = tempfile.mkdtemp(dir=WORK.name)
    subprocess.run([KMALLOC, "check", "--keep", "--no-sweep", "--time-limit", "1", source, "--", "-w"], cwd=WORK.name, timeout=100,
                   env={**os.environ, "TMPDIR": room}, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    wrong = []
    for program, seed, explore, points in (("program", 1, 0, 250000000), ("program", 7, 1, 250000000), ("init/program", 1, 0, 15000000)):
        found = glob.glob(f"{room}/kmalloc-*/{program}")
        if not found and program != "program":
            continue        # with gcc, and on other processors
        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(lambda _, at=found[0] if found else "none", s=seed, e=explore, n=points: last_record(at, s, e, n), range(2)))
        if ends[0] != ends[1] or not ends[0].startswith("end\t") or "status=70" not in ends[0]:
            wrong.append(f"{name}, {program} --seed {seed} --explore {explore}: '{ends[0]}' and '{ends[1]}'")
    return wrong


@case
def an_endless_run_ends_at_the_same_place():
    wrong = [line for name in BODIES for line in differences(name)]
    assert not wrong, "\n".join(wrong)


if __name__ == "__main__":
    sys.exit(main())
