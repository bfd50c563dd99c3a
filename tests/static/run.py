#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC SOURCE: what compilers say of code that did not run; TAP.

The table of tests/contexts says which calls may sleep: each of them inside each kind of section must make clang warn, and no other
call.  Programs x_bad.c have a comment at each line that is to be found; x_good.c are silent.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

KMALLOC, SOURCE = sys.argv[1:]
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "contexts"))
import calls  # noqa: E402

# What a compiler that looks at one function cannot see: a constructor that sleeps, a condition, a macro over another's function.
UNSEEN = {"scoped_guard(mutex, &t_mutex) t_count++", "scoped_guard(rwsem_write, &t_rwsem) t_count++", "might_sleep_if(t_true())",
          "K = (__force void *)devm_alloc_percpu(t_dev, u64)"}
SECTIONS = """
spin_lock(&t_lock) | spin_unlock(&t_lock)
spin_lock_nested(&t_lock, 1) | spin_unlock(&t_lock)
spin_lock_bh(&t_lock) | spin_unlock_bh(&t_lock)
spin_lock_irq(&t_lock) | spin_unlock_irq(&t_lock)
spin_lock_irqsave(&t_lock, t_irq_flags) | spin_unlock_irqrestore(&t_lock, t_irq_flags)
raw_spin_lock(&t_raw) | raw_spin_unlock(&t_raw)
raw_spin_lock_irqsave(&t_raw, t_irq_flags) | raw_spin_unlock_irqrestore(&t_raw, t_irq_flags)
read_lock(&t_rw) | read_unlock(&t_rw)
write_lock_bh(&t_rw) | write_unlock_bh(&t_rw)
write_lock_irqsave(&t_rw, t_irq_flags) | write_unlock_irqrestore(&t_rw, t_irq_flags)
write_seqlock(&t_seq) | write_sequnlock(&t_seq)
write_seqcount_begin(&t_seqcount) | write_seqcount_end(&t_seqcount)
rcu_read_lock() | rcu_read_unlock()
rcu_read_lock_bh() | rcu_read_unlock_bh()
rcu_read_lock_sched() | rcu_read_unlock_sched()
preempt_disable() | preempt_enable()
local_irq_disable() | local_irq_enable()
local_irq_save(t_irq_flags) | local_irq_restore(t_irq_flags)
local_bh_disable() | local_bh_enable()
bit_spin_lock(0, &t_bit_lock) | bit_spin_unlock(0, &t_bit_lock)
get_cpu() | put_cpu()
get_cpu_var(t_var)++ | put_cpu_var(t_var)
local_lock(&t_local) | local_unlock(&t_local)
(void)from_timer(t_in_timer, t_callback, timer) | return
(void)container_of(&t_hrtimer, struct t_timed, late) | return
(void)container_of(t_callback_head, struct t_timed, rcu) | return
(void)container_of(&t_irq_work, struct t_timed, work) | return
if (!spin_trylock(&t_lock)) return | spin_unlock(&t_lock)
if (!spin_trylock_bh(&t_lock)) return | spin_unlock_bh(&t_lock)
if (!spin_trylock_irq(&t_lock)) return | spin_unlock_irq(&t_lock)
if (!spin_trylock_irqsave(&t_lock, t_irq_flags)) return | spin_unlock_irqrestore(&t_lock, t_irq_flags)
if (!raw_spin_trylock(&t_raw)) return | raw_spin_unlock(&t_raw)
if (!raw_spin_trylock_irqsave(&t_raw, t_irq_flags)) return | raw_spin_unlock_irqrestore(&t_raw, t_irq_flags)
if (!read_trylock(&t_rw)) return | read_unlock(&t_rw)
if (!write_trylock(&t_rw)) return | write_unlock(&t_rw)
if (!write_trylock_irqsave(&t_rw, t_irq_flags)) return | write_unlock_irqrestore(&t_rw, t_irq_flags)
if (!bit_spin_trylock(0, &t_bit_lock)) return | bit_spin_unlock(0, &t_bit_lock)
if (!refcount_dec_and_lock(&t_users, &t_lock)) return | spin_unlock(&t_lock)
if (!atomic_dec_and_lock(&t_users.refs, &t_lock)) return | spin_unlock(&t_lock)
"""
# For clang 18 and later, which look at cleanup functions.
GUARDS = """
spinlock, &t_lock
spinlock_bh, &t_lock
spinlock_irq, &t_lock
spinlock_irqsave, &t_lock
raw_spinlock, &t_raw
raw_spinlock_irqsave, &t_raw
read_lock, &t_rw
write_lock_irqsave, &t_rw
irq,
irqsave,
preempt,
rcu,
local_lock, &t_local
"""


def sections_of(compiler):
    rows = SECTIONS.strip().splitlines()
    version = re.search(r"clang version (\d+)", subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout)
    if version and int(version.group(1)) >= 18:
        for guard in GUARDS.strip().splitlines():
            name, lock = guard.split(",")
            rows += [f"{{ guard({name})({lock.strip()}) | }}", f"scoped_guard({guard.rstrip(',')}) {{ t_count++ | }}"]
    return rows


results = []


def tell(is_ok, name, details=()):
    results.append(is_ok)
    print(f"{'ok' if is_ok else 'not ok'} {len(results)} - {name}", flush=True)
    for line in () if is_ok else details:
        print("# " + str(line))


def plain(compiler, source, *flags):
    """Lines of @source at which a plain compile by @compiler warns, with the warnings; errors come back as line 0."""
    own = subprocess.run([compiler, "-print-file-name=include"], capture_output=True, text=True, check=True).stdout.strip()
    run = subprocess.run([compiler, "-c", "-o", os.devnull, "-x", "c", "-", "-std=gnu11", "-ffreestanding", "-funsigned-char", "-nostdinc",
                          "-isystem", own, "-I" + os.path.join(SOURCE, "include/kernel"), "-I" + os.path.join(SOURCE, "include"),
                          "-I" + os.path.join(SOURCE, "src/port/host"), "-I" + os.path.join(HERE, "../contexts"), "-include",
                          "linux/kconfig.h", "-include", "linux/compiler_types.h", "-D__KERNEL__", "-DMODULE", '-DKBUILD_MODNAME="x"',
                          '-DKBUILD_BASENAME="x"', *flags], input=source, capture_output=True, text=True,
                         env=dict(os.environ, LC_ALL="C"))
    said = {}
    for line in run.stderr.splitlines():
        match = re.match(r"([^:]+):(\d+):\d+: (warning|error|fatal error): (.*)", line)
        if match:
            is_ours = match.group(1) == "<stdin>" and match.group(3) == "warning"
            said.setdefault(int(match.group(2)) if is_ours else 0, []).append(line)
    if run.returncode:
        said.setdefault(0, []).append(run.stderr[:300])
    return said


def contexts(compiler):
    lines, wanted = ['#include "prologue.h"', "#include <linux/irq_work.h>",
                     "struct t_timed { struct timer_list timer; struct hrtimer late; struct rcu_head rcu; struct irq_work work; } *t_in_timer;",
                     "struct rcu_head *t_callback_head;",
                     "struct timer_list *t_callback;", "refcount_t t_users;"], {}
    table = [(row, True) for row in calls.rows_of(calls.SLEEPS)] + [(row, False) for row in calls.rows_of(calls.FINE)]
    for (_, call, _, _), sleeps in table:
        if call not in UNSEEN:
            wanted[len(lines) + 1] = sleeps
        lines.append(f"void row_{len(lines)}(void) {{ void *K = 0; (void)K; spin_lock(&t_lock); {{ {call}; }} spin_unlock(&t_lock); }}")
    for section in sections_of(compiler):
        begin, end = section.split(" | ")
        for before, behind in (("msleep(1);", ""), ("", "msleep(1);")):
            wanted[len(lines) + 1] = bool(before)
            lines.append(f"void row_{len(lines)}(void) {{ {begin}; t_count++; {before} {end}; {behind} }}")
    # Where a handler may say what it is: at its first declaration, but not within a function.
    for declaration, is_seen in (("extern int t_irq(int, void *) __km_handler(__in_hardirq_handler);", True),
                                 ("int t_soft(int, void *); void t_ask(void); void t_ask(void) { extern int t_soft(int, void *) __km_handler(__in_hardirq_handler); }", False)):
        wanted[len(lines) + 1] = is_seen
        lines.append(f"{declaration} int {'t_irq' if is_seen else 't_soft'}(int irq, void *data) {{ msleep(1); return 0; }}")
    flags = ["-Wno-everything", "-Wthread-safety"] if "clang" in compiler else ["-w"]
    said = plain(compiler, "\n".join(lines) + "\n", *flags)
    if "clang" not in compiler:
        tell(not said, f"{compiler} sees nothing of it", said.get(0, [])[:10])
        return
    wrong = [lines[n - 1] for n, sleeps in wanted.items() if sleeps != (n in said)] + said.get(0, [])
    tell(not wrong, f"{compiler}: {sum(wanted.values())} sleeping calls warn, {len(wanted) - sum(wanted.values())} others do not", wrong[:20])


def check(path, *options, **more):
    run = subprocess.run([KMALLOC, "check", "--json", "--no-sweep", *options, path], capture_output=True, text=True, timeout=120,
                         stdin=subprocess.DEVNULL, **more)
    return run, [json.loads(line) for line in run.stdout.splitlines()]


def expected_of(path):
    with open(path, encoding="utf-8") as f:
        return {(match.group(1), n) for n, line in enumerate(f, 1) for match in [re.search(r"/\* finding: ([\w-]+) \*/", line)] if match}


def program(name, status, *options):
    path = os.path.join(HERE, name)
    run, findings = check(path, *options)
    found = {(f["rule"], f["line"]) for f in findings}
    is_ok = found == expected_of(path) and len(found) == len(findings) and run.returncode == status and all(f["static"] for f in findings)
    tell(is_ok, " ".join((name, *options)), [f"status {run.returncode}", run.stderr] + findings)


def not_twice():
    path = os.path.join(HERE, "run_and_said_bad.c")
    run, findings = check(path, "--static")
    found = sorted((f["rule"], f["line"], f["static"]) for f in findings)
    wanted = sorted((rule, line, False) for rule, line in expected_of(path))
    tell(found == wanted, "what a run has shown is not told again", [run.stderr] + findings)


def shown_in_docs():
    """docs/contexts.md shows what a plain compile of not_run_bad.c says, to the letter."""
    with open(os.path.join(HERE, "not_run_bad.c"), encoding="utf-8") as f:
        said = plain("clang", f.read(), "-Wthread-safety")
    with open(os.path.join(SOURCE, "docs/contexts.md"), encoding="utf-8") as f:
        docs = f.read()
    lines = [line.replace("<stdin>", "tests/static/not_run_bad.c") for at in sorted(said) for line in said[at]]
    shown = [line for line in docs.splitlines() if "warning: " in line]
    tell(lines == shown and len(lines) == 3, "docs/contexts.md shows what clang says", lines + shown)


def analyzers():
    """Which analyzers there are is told: a path with one compiler, and one with none that can analyze."""
    with tempfile.TemporaryDirectory() as tools:
        for tool in ("clang", "objcopy", "ld", "python3", "nm", "as"):
            if shutil.which(tool):
                os.symlink(os.path.realpath(shutil.which(tool)), os.path.join(tools, tool))
        path, environment = os.path.join(HERE, "not_run_good.c"), dict(os.environ, PATH=tools)
        environment.pop("CC", None)
        run, findings = check(path, "--static", env=environment)
        tell(run.returncode == 0 and not findings and "gcc is not installed" in run.stderr, "gcc is missing: one line, and the check goes on",
             [run.returncode, run.stderr])
        with open(os.path.join(tools, "shy"), "w", encoding="utf-8") as f:
            f.write(f'#!/bin/sh\nfor w; do [ "$w" = --analyze ] && exit 1; done\nexec {tools}/clang "$@"\n')
        os.chmod(os.path.join(tools, "shy"), 0o755)
        os.symlink(shutil.which("sh"), os.path.join(tools, "sh"))
        run, findings = check(path, "--static", "--cc", os.path.join(tools, "shy"), env=environment)
        tell(run.returncode == 2 and run.stderr.count("\n") == 1 and "--static needs" in run.stderr, "no analyzer at all: exit 2",
             [run.returncode, run.stderr])


def main():
    for compiler in ("clang", "clang-19", "gcc"):
        if shutil.which(compiler):
            contexts(compiler)
    program("not_run_bad.c", 1)
    program("not_run_good.c", 0, "--static")
    program("trylock_bad.c", 1)
    program("trylock_good.c", 0, "--static")
    program("analyzed_bad.c", 0, "--static")
    program("analyzed_good.c", 0, "--static")
    not_twice()
    shown_in_docs()
    analyzers()
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
