#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""run.py KMALLOC [--count N | --seconds S] [--seed N] [--jobs N] [--keep DIR] FILE_OR_DIR...: broken modules; TAP.

Takes modules apart by seed: lines lost, doubled or swapped, numbers and flags changed, wild pointers, overwritten and
mixed-up objects, calls in the wrong order.  Whatever comes of it, `kmalloc check` must answer in time, with 0, 1 or 2, with
JSON that is whole, with nothing of its own broken (no signal, no message of the C library), and tell the same twice.
A case that does not is kept with the command that shows it again.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

NUMBERS = ["0", "1", "-1", "7", "4096", "0x7fffffff", "0xffffffffu", "1ul << 40", "~0ul"]
FLAGS = ["GFP_KERNEL", "GFP_ATOMIC", "GFP_DMA", "GFP_NOWAIT", "GFP_KERNEL | __GFP_NOFAIL", "__GFP_ZERO", "0xdeadu"]
# What is put between two statements of a function; P becomes the name of a pointer that the module has.
WILD = ["*(volatile long *)0x10 = 1;", "*(volatile long *)(unsigned long)P = 0x5a5a5a5a5a5a5a5a;", "kfree(P);", "vfree(P);",
        "kfree((char *)P + 8);", "memset((void *)P, 0x6b, 300);", "memset((char *)P - 64, 0xff, 128);",
        "*(volatile long *)((long)P + (1l << 20)) = 1;", "*(volatile long *)0x200000100000 = -1;",
        "memset((void *)0x200000200000, 0xa5, 1 << 16);", "((void (*)(void))P)();", "free_page((unsigned long)P);",
        "krealloc(P, 1 << 20, GFP_KERNEL);", "local_irq_disable();", "preempt_disable();", "rcu_read_lock();", "P = 0;",
        "P = (void *)0xdead000000000100;", "for (;;);", "BUG();", "return;", "return 0;", "asm volatile(\"ud2\");",
        "__builtin_trap();", "asm volatile(\"movq $0, %rsp\");", "asm volatile(\"movq $0, %rbp\");",
        "memcpy((void *)P, (void *)0x200000300000, 1 << 12);"]
# A line that starts so came from below: no tool of ours may let it through.
BROKEN = re.compile(r"(Assertion .* failed|double free or corruption|free\(\): |malloc\(\): |stack smashing|AddressSanitizer|"
                    r"Segmentation fault|core dumped|runner: )")
LIMIT = 240


def sources(paths):
    found = []
    for path in paths:
        if os.path.isfile(path):
            found.append(path)
        for folder, _, names in os.walk(path):
            found += [os.path.join(folder, name) for name in names if name.endswith(".c")]
    return sorted(path for path in found if "module_init(" in open(path, encoding="utf-8").read())


def statement_lines(lines):
    return [i for i, line in enumerate(lines) if re.match(r"\t.*;\s*(/\*.*\*/)?$", line)]


def mutate(rng, text):
    lines = text.split("\n")
    pointers = re.findall(r"\*(\w+)(?: =|;|\))", text) or ["0"]
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        places = statement_lines(lines)
        if not places:
            break
        at, kind = rng.choice(places), rng.randrange(8)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[at])
        elif kind == 2:
            other = rng.choice(places)
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3:
            lines[at] = re.sub(r"\b\d+\b", lambda _: rng.choice(NUMBERS), lines[at])
        elif kind == 4:
            lines[at] = re.sub(r"GFP_\w+", lambda _: rng.choice(FLAGS), lines[at])
        elif kind == 5:
            lines[at] = re.sub(r"(<=?|>=?|==|!=|&&|\|\||\+|-)(?= )", lambda m: rng.choice(["<", ">", "==", "!=", "-", "+"]), lines[at])
        else:
            lines.insert(at, "\t" + re.sub(r"\bP\b", rng.choice(pointers), rng.choice(WILD)))
    return "\n".join(lines)


def check(kmalloc, path):
    words = [kmalloc, "check", "--json", "--jobs", "1", "--time-limit", "3", path, "--", "-w", "-Wno-error",
             "-Wno-error=implicit-function-declaration"]
    return subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=LIMIT, stdin=subprocess.DEVNULL)


def judge(kmalloc, path, again):
    """What is wrong with the answer; "" for nothing.  And the answer in a word."""
    try:
        done = check(kmalloc, path)
    except subprocess.TimeoutExpired:
        return f"no answer within {LIMIT} seconds", "hang"
    if done.returncode not in (0, 1, 2):
        return f"exit status {done.returncode}", "died"
    if done.returncode != 2 and BROKEN.search(done.stderr):
        return "a message from below: " + BROKEN.search(done.stderr).group(0), "broken"
    try:
        rules = {json.loads(line)["rule"] for line in done.stdout.splitlines()}
    except (ValueError, KeyError):
        return "standard output is not JSON", "broken"
    if (done.returncode == 2) != (not done.stdout and done.returncode != 0):
        return f"exit status {done.returncode} with {len(rules)} findings", "broken"
    if done.returncode == 1 and not rules:
        return "exit status 1 without a finding", "broken"
    if again and check(kmalloc, path).stdout != done.stdout:
        return "the second answer is another", "differs"
    return "", "refused" if done.returncode == 2 else "clean" if not rules else "found"


def one(args, files, number, room):
    seed = args.seed + number
    rng = random.Random(seed)
    source = rng.choice(files)
    path = os.path.join(room, f"mutant_{seed}.c")
    with open(source, encoding="utf-8") as f, open(path, "w", encoding="utf-8") as out:
        out.write(mutate(rng, f.read()))
    # The second answer costs as much as the first: every fourth is asked for it.
    wrong, word = judge(args.kmalloc, path, number % 4 == 0)
    if wrong:
        kept = shutil.copy(path, args.keep)
        wrong = f"{wrong}: seed {seed}, from {source}, kept as {kept}; again: --seed {seed} --count 1 ({kept} with kmalloc check)"
    os.remove(path)
    return wrong, word


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kmalloc")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", default=tempfile.gettempdir())
    args = parser.parse_args()
    files, words, wrongs, number = sources(args.paths), {}, [], 0
    if not files:
        sys.exit("run.py: no module found in " + " ".join(args.paths))
    end = time.monotonic() + args.seconds
    with tempfile.TemporaryDirectory(prefix="fuzz-") as room, ThreadPoolExecutor(args.jobs) as pool:
        while number < args.count or (not args.count and time.monotonic() < end):
            batch = range(number, number + (min(8, args.count - number) if args.count else 8))
            for wrong, word in pool.map(lambda n: one(args, files, n, room), batch):
                words[word] = words.get(word, 0) + 1
                wrongs += [wrong] if wrong else []
            number += len(batch)
    print("1..2")
    print(f"{'not ok' if wrongs else 'ok'} 1 - {number} broken modules, each answered: "
          + ", ".join(f"{count} {word}" for word, count in sorted(words.items())))
    for wrong in wrongs:
        print("# " + wrong)
    # A fuzz whose mutants never compile or are never caught tells nothing.
    is_telling = words.get("found", 0) * 4 >= number
    print(f"{'ok' if is_telling else 'not ok'} 2 - at least a quarter of them compile and are caught")
    return 1 if wrongs or not is_telling else 0


if __name__ == "__main__":
    sys.exit(main())
