#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every header stands alone, bears a second inclusion and any order, and reaches only ours and the compiler's own.

run.py SOURCE_ROOT COMPILER[,COMPILER] KERNEL_ARGUMENT...     TAP on standard output

Kernel headers are compiled with the arguments that kernel-side files get, each by itself (twice in one file), then all of them in random
orders (so that each pair meets both ways), then in random pairs.  <kmalloc/...> headers are compiled as C11 and C++17,
hosted and freestanding.  The orders come from a fixed seed.  One warning is a failure.
"""
import concurrent.futures
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

SEED = 1
ORDERS = 8
PAIRS = 40
STRICT = ["-fsyntax-only", "-Wall", "-Wextra", "-Werror"]

# What a driver uses after including nothing but this one header, as Linux's brings it along.
BASICS = "pr_info min container_of list_add memset strlen snprintf IS_ERR ENOMEM BUG_ON WARN_ON "
SPIN = BASICS + "DEFINE_SPINLOCK spin_lock_irqsave smp_processor_id "
BRINGS = {
    "linux/slab.h": SPIN + """DEFINE_MUTEX init_rwsem seqlock_init rcu_read_lock this_cpu_inc current schedule wait_event
        init_completion refcount_set kref_get rb_first llist_add bitmap_zero div_u64 get_random_u32 INIT_WORK mod_timer
        jiffies atomic_inc BLOCKING_NOTIFIER_HEAD ilog2 alloc_page PAGE_SIZE GFP_KERNEL guard""",
    "linux/spinlock.h": SPIN,
    "linux/sched.h": SPIN + "current schedule complete",
    "linux/kthread.h": SPIN + "kthread_run schedule",
    "linux/mutex.h": BASICS + "DEFINE_MUTEX",
    "linux/timer.h": SPIN + "mod_timer jiffies HZ",
    "linux/workqueue.h": SPIN + "INIT_WORK atomic_inc rcu_read_lock cpumask_test_cpu",
    "linux/interrupt.h": SPIN + "request_irq jiffies INIT_WORK rb_first rcu_read_lock current",
    "linux/delay.h": SPIN + "msleep jiffies",
    "linux/vmalloc.h": SPIN + "vmalloc PAGE_SIZE",
    "linux/wait.h": SPIN + "wait_event schedule",
    "linux/mm.h": SPIN + "alloc_page current kmalloc DEFINE_MUTEX",
}


def knows(header, names):
    """A file that compiles where @header makes each of @names a macro, a function or a variable."""
    probes = "".join(f"#ifndef {name}\nstatic typeof(&{name}) probe_{name} __attribute__((unused));\n#endif\n"
                     for name in names.split())
    return includes([header]) + probes


def includes(names):
    return "".join(f"#include <{name}>\n" for name in names) + "int a_unit_is_not_empty;\n"


class Compiler:
    def __init__(self, name, root, kernel_arguments):
        self.name = name
        own = subprocess.run([name, "-print-file-name=include"], capture_output=True, text=True, check=True)
        self.own = own.stdout.strip()
        self.kernel = ["-std=gnu11", *kernel_arguments]
        # Each compiler has a directory of its own.
        for option in "-isystem", "-idirafter":
            if option in self.kernel:
                self.kernel[self.kernel.index(option) + 1] = self.own
        self.kernel += [f"-I{root}/src/port/sim", f"-I{root}/include", f"-I{root}/include/kernel"]
        self.public = [f"-I{root}/include"]

    def run(self, arguments, text, language="c"):
        with tempfile.NamedTemporaryFile("w", suffix=".c") as file:
            file.write(text)
            file.flush()
            done = subprocess.run([self.name, "-x", language, *arguments, file.name], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr


def first_lines(text):
    return [line for line in text.splitlines() if "error" in line or "warning" in line][:3] or text.splitlines()[:3]


def kernel_jobs(compiler, headers):
    """(what, text) for one compiler; the orders are the same for each."""
    dice = random.Random(SEED)
    for header in headers:
        yield f"{header} alone", includes([header, header])
    for number in range(ORDERS):
        order = headers[:]
        dice.shuffle(order)
        # An order and its reverse: each pair meets both ways round.
        yield f"order {number}", includes(order)
        yield f"order {number} reversed", includes(order[::-1])
    for header, names in BRINGS.items():
        yield f"what {header} brings along", knows(header, names)
    for _ in range(PAIRS):
        pair = dice.sample(headers, 2)
        yield " then ".join(pair), includes(pair)


def check_kernel(pool, compiler, headers):
    jobs = list(kernel_jobs(compiler, headers))
    results = pool.map(lambda job: compiler.run([*STRICT, *compiler.kernel], job[1]), jobs)
    return [f"{job[0]}: {line}" for job, result in zip(jobs, results) if result[0]
            for line in first_lines(result[2])]


def check_public(pool, compiler, headers):
    ways = [("c", ["-std=c11"]), ("c", ["-std=c11", "-ffreestanding"]),
            ("c++", ["-std=c++17"]), ("c++", ["-std=c++17", "-ffreestanding"])]
    jobs = [(header, language, extra) for header in headers for language, extra in ways]
    results = pool.map(lambda job: compiler.run([*STRICT, "-pedantic", *job[2], *compiler.public],
                                                includes([job[0], job[0]]), job[1]), jobs)
    return [f"{job[0]} {' '.join(job[2])}: {line}" for job, result in zip(jobs, results) if result[0]
            for line in first_lines(result[2])]


def check_reach(compiler, headers, root):
    """What all headers together read lies in our tree or in the compiler's own directory."""
    status, rule, errors = compiler.run(["-M", *compiler.kernel], includes(headers))
    if status:
        return first_lines(errors)
    files = [word for word in rule.replace("\\\n", " ").split()[1:] if word.endswith(".h")]
    homes = [os.path.realpath(root), os.path.realpath(compiler.own)]
    return [f"{file} is not ours" for file in files
            if not any(os.path.realpath(file).startswith(home + os.sep) for home in homes)]


def has_cxx(compiler):
    return compiler.run(["-fsyntax-only"], "#include <cstdint>\n", "c++")[0] == 0


def main():
    root = os.path.realpath(sys.argv[1])
    kernel_root, public_root = pathlib.Path(root, "include/kernel"), pathlib.Path(root, "include")
    kernel_headers = sorted(str(path.relative_to(kernel_root)) for path in kernel_root.rglob("*.h"))
    public_headers = sorted(str(path.relative_to(public_root)) for path in (public_root / "kmalloc").rglob("*.h"))
    # One of each: cc may be gcc by another name.
    names = list({os.path.realpath(shutil.which(name) or name): name for name in sys.argv[2].split(",")}.values())
    failed = number = 0
    print(f"1..{3 * len(names)}")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name in names:
            compiler = Compiler(name, root, sys.argv[3:]) if shutil.which(name) else None
            checks = [
                (f"{len(kernel_headers)} kernel headers alone, twice and in any order", True,
                 lambda: check_kernel(pool, compiler, kernel_headers)),
                ("kernel headers reach only ours and the compiler's", True,
                 lambda: check_reach(compiler, kernel_headers, root)),
                (f"{len(public_headers)} public headers as C11 and C++17, hosted and freestanding", compiler and has_cxx(compiler),
                 lambda: check_public(pool, compiler, public_headers)),
            ]
            for text, possible, check in checks:
                number += 1
                if not compiler or not possible:
                    print(f"ok {number} - {os.path.basename(name)}: {text} # SKIP {'no C++ library' if compiler else 'not installed'}")
                    continue
                damage = check()
                failed += bool(damage)
                print(f"{'not ok' if damage else 'ok'} {number} - {os.path.basename(name)}: {text}")
                for line in damage[:40]:
                    print(f"# {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
