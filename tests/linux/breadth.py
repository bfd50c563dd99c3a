#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tries many of the kernel's suites through `kmalloc check --no-sweep` and writes down what came out.

breadth.py BUILD KTREE [--write] [WORD...]    suites whose files contain a WORD, or all; --write puts the table into
                                              docs/linux-tests.md

KTREE is a whole 6.12 tree.  A suite is the file that has it and the files of the tree it is about; what else it needs of
the tree's lib the command finds itself.  This is a survey, not a test: it fails for no suite.
"""
import concurrent.futures
import os
import re
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(TOP, "docs/linux-tests.md")
BEGIN, END = "<!-- breadth.py: begin -->", "<!-- breadth.py: end -->"
SECONDS = 300

# Companions: the files a suite is about, and options it needs.
BESIDE = {
    "lib/list-test.c": ["lib/klist.c"],
    "lib/test_ida.c": ["lib/idr.c", "--init-returns", "EINVAL"],
    "lib/test_xarray.c": ["lib/xarray.c", "--time-limit", "1800"],
    "lib/test_maple_tree.c": ["lib/maple_tree.c", "--time-limit", "1800"],
    "lib/rbtree_test.c": ["lib/rbtree.c"],
    "lib/interval_tree_test.c": ["lib/interval_tree.c"],
    "lib/test_objagg.c": ["lib/objagg.c"],
    "lib/test_parman.c": ["lib/parman.c"],
    "lib/test_ref_tracker.c": ["lib/ref_tracker.c"],
    "lib/test_rhashtable.c": ["lib/rhashtable.c"],
    "lib/test_uuid.c": ["lib/uuid.c"],
    "lib/test_linear_ranges.c": ["lib/linear_ranges.c"],
    "lib/siphash_kunit.c": ["lib/siphash.c"],
    # Tests of what only the tree's own core has.
    **{f"lib/kunit/{name}.c": ["--kunit-core", "tree"] for name in ("string-stream-test", "assert_test", "platform-test")},
    "lib/globtest.c": ["lib/glob.c"],
    "lib/cmdline_kunit.c": ["lib/cmdline.c"],
    "lib/test_objpool.c": ["lib/objpool.c"],
    "lib/test_memcat_p.c": ["lib/memcat_p.c"],
    "lib/string_helpers_kunit.c": ["lib/string_helpers.c"],
    "lib/checksum_kunit.c": ["lib/checksum.c"],
    "lib/test_static_keys.c": ["lib/test_static_key_base.c"],
    "lib/test_list_sort.c": ["lib/list_sort.c"],
    "lib/test_bitmap.c": ["lib/bitmap.c", "lib/bitmap-str.c"],
    # The module answers -EINVAL in order not to stay loaded.
    "lib/test-kstrtox.c": ["--init-returns", "EINVAL"],
    "lib/test_meminit.c": ["--boot", "init_on_alloc=1"],
    "lib/test_vmalloc.c": ["--mem", "1536", "--param", "test_loop_count=10"],
    "lib/math/rational-test.c": ["lib/math/rational.c"],
    "kernel/time/time_test.c": ["kernel/time/timeconv.c"],
}
# Beside lib/*test*.c and lib/*kunit*.c.
MORE = """
lib/kunit/kunit-test.c lib/kunit/kunit-example-test.c lib/kunit/string-stream-test.c lib/kunit/assert_test.c
lib/kunit/platform-test.c lib/math/rational-test.c lib/math/test_div64.c lib/math/test_mul_u64_u64_div_u64.c
lib/math/prime_numbers.c mm/dmapool_test.c kernel/time/time_test.c kernel/resource_kunit.c kernel/sysctl-test.c
kernel/kcsan/kcsan_test.c kernel/locking/test-ww_mutex.c kernel/rcu/rcutorture.c kernel/locking/locktorture.c
mm/kfence/kfence_test.c mm/kasan/kasan_test_c.c mm/kmsan/kmsan_test.c fs/binfmt_elf_test.c fs/fat/fat_test.c
fs/ext4/inode-test.c fs/ext4/mballoc-test.c drivers/base/test/root-device-test.c drivers/base/test/platform-device-test.c
drivers/base/test/property-entry-test.c drivers/base/power/qos-test.c net/core/dev_addr_lists_test.c net/core/net_test.c
security/apparmor/policy_unpack_test.c samples/kfifo/bytestream-example.c samples/kfifo/dma-example.c
samples/kfifo/inttype-example.c samples/kfifo/record-example.c samples/kobject/kobject-example.c
samples/kobject/kset-example.c samples/kprobes/kprobe_example.c
""".split()
# What no allocator library can have, by what the suite is about.
WHY_NOT = {
    "kcsan": "is about KCSAN itself",
    "kasan_test": "is about KASAN itself: reports are caught through a console tracepoint",
    "kfence_test": "is about KFENCE itself",
    "kmsan_test": "is about KMSAN itself",
    "locking-selftest": "is about lockdep itself",
    "kprobe": "changes running machine code",
    "fprobe": "changes running machine code",
    "test_bpf": "is about the BPF compiler",
    "test_fpu": "needs the processor's vector unit in kernel mode",
    "test_hmm": "needs user processes and their page tables",
    "test_kmod": "needs module loading by a user-space helper",
    "test_firmware": "needs firmware files and a misc device",
    "test_sysctl": "needs a file system (/proc)",
    "sysctl-test": "needs a file system (/proc)",
    "blackhole": "needs the network stack",
    "checksum": "needs the network stack's headers",
    "net/": "needs the network stack",
    "fs/ext4": "needs a file system and its block layer",
    "fs/fat": "needs a file system and its block layer",
    "binfmt": "is included by fs/binfmt_elf.c, which needs user processes",
    "apparmor": "needs the security framework",
    "usercopy": "needs user processes",
    "kunit_iov_iter": "needs the page cache's folios and pipes",
    "longest_symbol": "looks its symbol up in kallsyms through a kprobe",
    "test_lockup": "makes the machine hang on purpose, at addresses it is told",
    "test_dynamic_debug": "is about dynamic debug itself",
    "test_debug_virtual": "needs the kernel's fixed virtual map",
    "crc32test": "needs a table that the kernel's build generates",
    "property-entry": "needs firmware nodes",
    "qos-test": "needs power management",
    "torture": "needs the torture framework and CPU hotplug",
    "resource_kunit": "needs the resource tree of kernel/resource.c",
}


def suites(tree):
    names = sorted(os.path.join("lib", name) for name in os.listdir(os.path.join(tree, "lib"))
                   if name.endswith(".c") and re.search("kunit|test", name))
    return [name for name in names + MORE if os.path.exists(os.path.join(tree, name))]


def words_of(name, tree):
    """(options, files) of a suite."""
    options, files = [], [os.path.join(tree, name)]
    for word in BESIDE.get(name, []):
        is_file = word.endswith(".c")
        (files if is_file else options).append(os.path.join(tree, word) if is_file else word)
    return options, files


def outcome(name, status, text):
    """(did it pass, what to write down)"""
    for mark, why in WHY_NOT.items():
        if mark in name and status:
            return False, why
    summary = re.search(r"\.c: (KUnit [^:;\n]*|clean[^;]*|\d+ finding[^;]*)(?::[^;]*)?; no allocation was failed", text)
    counts = re.findall(r"\d+ of \d+ tests passed|all \d+ tests passed!?|all \d+ tests passed", text)
    if status == 0 and summary:
        said = re.sub(r"(, 0 failed)?, 0 skipped$", "", summary.group(1)) if "KUnit" in summary.group(1) else \
            (counts[-1] if counts else "runs clean")
        return True, said
    found = re.findall(r"(?:fatal error|error): .*|[\w/.:-]+\(\) is declared, but.*|.*FAILED at.*|kmalloc: .*", text)
    found = [line for line in found if "rules armed" not in line and "is taken for" not in line]
    return False, re.sub(r"\S*/((?:lib|mm|kernel|include|fs)/)", r"\1", found[0].strip())[:110] if found else f"exit status {status}"


def try_suite(kmalloc, tree, name):
    options, files = words_of(name, tree)
    words = [kmalloc, "check", "--no-sweep", "--verbose", "--ktree", tree, "--time-limit", str(SECONDS), *options, *files]
    try:
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=2000,
                              stdin=subprocess.DEVNULL)
        return (name, *outcome(name, done.returncode, done.stdout + done.stderr))
    except subprocess.TimeoutExpired:
        return name, False, f"still running after {SECONDS} s"


def table(results):
    passed = sum(is_good for _, is_good, _ in results)
    lines = [BEGIN, f"{passed} of {len(results)} suites pass.", "", "| suite | | |", "|---|---|---|"]
    for name, is_good, what in results:
        beside = " ".join(BESIDE.get(name, []))
        lines.append(f"| `{name}`{' with `' + beside + '`' if beside else ''} | {'passes' if is_good else 'not'} | "
                     f"{what.replace('|', '/')} |")
    return "\n".join(lines + [END])


def main(words):
    if len(words) < 2:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    kmalloc, tree = os.path.join(os.path.abspath(words[0]), "kmalloc"), os.path.abspath(words[1])
    wanted = [word for word in words[2:] if word != "--write"]
    names = [name for name in suites(tree) if not wanted or any(word in name for word in wanted)]
    results = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for result in pool.map(lambda name: try_suite(kmalloc, tree, name), names):
            results.append(result)
            print(f"{'passes' if result[1] else 'not   '} {result[0]}: {result[2]}", flush=True)
    if "--write" in words:
        with open(PAGE, encoding="utf-8") as page:
            text = page.read()
        before, rest = text.split(BEGIN, 1)
        with open(PAGE, "w", encoding="utf-8") as page:
            page.write(before + table(results) + rest.split(END, 1)[1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
