#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC: every call of calls.py in every context of CONTEXTS; TAP.

Two modules are made and checked.  In the first each call is made in task context: nothing may be said.  In the second
each is made in all contexts, each time on a line of its own: a call that may sleep there is one finding at its line that
names it; the others are none.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from calls import FINE, SLEEPS, SOME, rows_of

# name: how the call of row i is reached.  Each stands for its kind; NESTS has the rest, for three calls only.
CONTEXTS = {
    "spin": ("spin_lock(&t_lock);", "spin_unlock(&t_lock);"),
    "preempt": ("preempt_disable();", "preempt_enable();"),
    "rcu": ("rcu_read_lock();", "rcu_read_unlock();"),
    "hardirq": None,
    "softirq": None,
}
NESTS = {
    "spin_irq": ("spin_lock_irq(&t_lock);", "spin_unlock_irq(&t_lock);", "&t_lock"),
    "spin_irqsave": ("spin_lock_irqsave(&t_lock, t_irq_flags);", "spin_unlock_irqrestore(&t_lock, t_irq_flags);", "&t_lock"),
    "spin_bh": ("spin_lock_bh(&t_lock);", "spin_unlock_bh(&t_lock);", "&t_lock"),
    "spin_trylock": ("(void)!spin_trylock(&t_lock);", "spin_unlock(&t_lock);", "&t_lock"),
    "raw_spin": ("raw_spin_lock(&t_raw);", "raw_spin_unlock(&t_raw);", "&t_raw"),
    "raw_spin_irq": ("raw_spin_lock_irq(&t_raw);", "raw_spin_unlock_irq(&t_raw);", "&t_raw"),
    "read_lock": ("read_lock(&t_rw);", "read_unlock(&t_rw);", "&t_rw"),
    "read_lock_bh": ("read_lock_bh(&t_rw);", "read_unlock_bh(&t_rw);", "&t_rw"),
    "write_lock": ("write_lock(&t_rw);", "write_unlock(&t_rw);", "&t_rw"),
    "write_lock_irq": ("write_lock_irq(&t_rw);", "write_unlock_irq(&t_rw);", "&t_rw"),
    "write_seqlock": ("write_seqlock(&t_seq);", "write_sequnlock(&t_seq);", "&t_seq"),
    "write_seqlock_irq": ("write_seqlock_irq(&t_seq);", "write_sequnlock_irq(&t_seq);", "&t_seq"),
    "write_seqcount": ("write_seqcount_begin(&t_seqcount);", "write_seqcount_end(&t_seqcount);", None),
    "bit_spin": ("bit_spin_lock(5, &t_bit_lock);", "bit_spin_unlock(5, &t_bit_lock);", "t_bit_lock"),
    "local_lock": ("local_lock(&t_local);", "local_unlock(&t_local);", "&t_local"),
    "local_lock_irq": ("local_lock_irq(&t_local);", "local_unlock_irq(&t_local);", "&t_local"),
    "get_cpu": ("(void)get_cpu();", "put_cpu();", None),
    "get_cpu_var": ("get_cpu_var(t_var)++;", "put_cpu_var(t_var);", None),
    "bh": ("local_bh_disable();", "local_bh_enable();", None),
    "irq": ("local_irq_disable();", "local_irq_enable();", None),
    "irqsave": ("local_irq_save(t_irq_flags);", "local_irq_restore(t_irq_flags);", None),
    "rcu_bh": ("rcu_read_lock_bh();", "rcu_read_unlock_bh();", None),
    "rcu_sched": ("rcu_read_lock_sched();", "rcu_read_unlock_sched();", None),
    "kmap_atomic": ("kept[0] = kmap_atomic(t_page);", "kunmap_atomic(kept[0]);", None),
    "guard_spin": ("guard(spinlock)(&t_lock);", "", "t_lock"),
    "guard_irqsave": ("guard(spinlock_irqsave)(&t_lock);", "", "t_lock"),
    "guard_raw": ("guard(raw_spinlock)(&t_raw);", "", "t_raw"),
    "guard_rcu": ("guard(rcu)();", "", None),
    "guard_preempt": ("guard(preempt)();", "", None),
    "guard_irq": ("guard(irq)();", "", None),
    "nested_mutex": ("mutex_lock(&t_mutex); spin_lock(&t_lock);", "spin_unlock(&t_lock); mutex_unlock(&t_mutex);", "&t_lock"),
    "mutex_rcu": ("mutex_lock(&t_mutex); rcu_read_lock();", "rcu_read_unlock(); mutex_unlock(&t_mutex);", None),
    "nested_two": ("spin_lock(&t_lock); spin_lock(&t_inner);", "spin_unlock(&t_inner); spin_unlock(&t_lock);", "&t_inner"),
    "non_block": ("non_block_start();", "non_block_end();", None),
}
NEST_CALLS = ["msleep | msleep(1) |", "kmalloc | K = kmalloc(8, GFP_KERNEL) | kfree(K)", "might_sleep | might_sleep() |"]


def all_rows():
    """(name, call, undo, set of contexts where it is a break)"""
    for name, call, undo, _ in rows_of(SLEEPS):
        yield name, call, undo, set(CONTEXTS)
    for name, call, undo, _ in rows_of(FINE):
        yield name, call, undo, set()
    for row in rows_of(SOME):
        yield row[0], row[1], row[2], set(row[3].split())


def call_text(call, index):
    return re.sub(r"\bK\b", f"kept[{index}]", call)


def module(rows, contexts, nests):
    """The text of the module, and (line, name, context, is_break, lock) of every call in it."""
    lines = ['#include "prologue.h"', f"static void *kept[{len(rows) + 1}];"]
    marks, table = [], []
    for turn, context in enumerate(contexts):
        for index, (name, call, undo, breaks) in enumerate(rows, 1):
            wrap = CONTEXTS.get(context) or ("", "")
            lines.append(f"static void call_{context}_{index}(void) {{ {wrap[0]}")
            lines.append(f"\t{call_text(call, index)};")
            marks.append((len(lines), name, context, context in breaks, "&t_lock" if context == "spin" else None))
            lines.append(f"\t{wrap[1]} }}")
            table.append((f"call_{context}_{index}", f"undo_{index}", context, turn))
    for index, (_, _, undo, _) in enumerate(rows, 1):
        lines.append(f"static void undo_{index}(void) {{ {call_text(undo, index)}; }}")
    for number, (context, (enter, leave, lock)) in enumerate(nests.items()):
        for nth, (name, call, undo, _) in enumerate(rows_of("\n".join(NEST_CALLS))):
            lines.append(f"static noinline void deep_{context}_{nth}(void) {{")
            lines.append(f"\t{call_text(call, 0)};")
            marks.append((len(lines), name, context, True, lock))
            lines.append("\tt_count++; }")
            lines.append(f"static noinline void middle_{context}_{nth}(void) {{ deep_{context}_{nth}(); t_count++; }}")
            lines.append(f"static void nest_{context}_{nth}(void) {{ {enter} middle_{context}_{nth}(); {leave} }}")
            lines.append(f"static void nest_undo_{context}_{nth}(void) {{ {call_text(undo, 0)}; }}")
            table.append((f"nest_{context}_{nth}", f"nest_undo_{context}_{nth}", "task", 0))
    lines += ["struct row { void (*call)(void), (*undo)(void); char where; int turn; };", "static const struct row rows[] = {"]
    letters = {"hardirq": "h", "softirq": "s"}
    lines += [f"\t{{ {call}, {undo}, '{letters.get(context, 't')}', {turn} }}," for call, undo, context, turn in table]
    lines.append("};\n#include \"epilogue.h\"")
    return "\n".join(lines) + "\n", marks


def check(kmalloc, text, here, work):
    path = os.path.join(work, "calls.c")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    run = subprocess.run([kmalloc, "check", "--json", "--no-sweep", "--time-limit", "60", path, "--", "-I" + here], capture_output=True,
                         text=True, timeout=280, stdin=subprocess.DEVNULL)
    try:
        findings = [json.loads(line) for line in run.stdout.splitlines()]
    except ValueError:
        findings = []
    return run, [f for f in findings if f["rule"] != "atomic-waste"]


def main():
    kmalloc = sys.argv[1]
    here = os.path.dirname(os.path.abspath(__file__))
    rows = list(all_rows())
    failed = 0
    results = []
    with tempfile.TemporaryDirectory() as work:
        run, findings = check(kmalloc, module(rows, ["task"], {})[0], here, work)
        if run.returncode == 2:
            sys.exit(run.stderr)
        wrong = [f"{f['rule']} at {f['line']}: {f['message']}" for f in findings] + run.stderr.splitlines()[:20]
        if run.returncode:
            wrong.append(f"exit status {run.returncode}")
        results.append((f"in task context nothing is said of {len(rows)} calls", wrong))
        text, marks = module(rows, list(CONTEXTS), NESTS)
        if os.environ.get("KEEP"):
            with open(os.environ["KEEP"], "w", encoding="utf-8") as f:
                f.write(text)
        run, findings = check(kmalloc, text, here, work)
    at = {}
    for finding in findings:
        at.setdefault(finding["line"], []).append(finding)
    by_context = {}
    for line, name, context, is_break, lock in marks:
        wrong = by_context.setdefault(context, [])
        found = at.pop(line, [])
        said = "; ".join(f"{f['rule']}: {f['message']}" for f in found)
        if not is_break and found:
            wrong.append(f"{text.splitlines()[line - 1].strip()}: {said}")
        if is_break and (len(found) != 1 or found[0]["rule"] != "sleep-in-atomic" or not re.search(rf"\b{name}\b", said)):
            wrong.append(f"{text.splitlines()[line - 1].strip()}: expected one sleep-in-atomic of {name}, found {said or 'none'}")
        if is_break and lock and found and not any(lock.replace("&", "") in held["name"] and held["line"] for held in found[0]["locks"]):
            wrong.append(f"{text.splitlines()[line - 1].strip()}: lock {lock} is not named with its place: {found[0]['locks']}")
    for context, wrong in by_context.items():
        results.append((f"{context}: {sum(1 for m in marks if m[2] == context)} calls", wrong))
    rest = [f"{f['rule']} at {f['line']}: {f['message']}" for found in at.values() for f in found]
    if run.returncode != 1:
        rest += [f"exit status {run.returncode}"] + run.stderr.splitlines()[:20]
    results.append(("nothing is said of other lines", rest))
    print(f"1..{len(results)}")
    for number, (what, wrong) in enumerate(results, 1):
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {what}")
        for line in wrong:
            print("# " + line)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
