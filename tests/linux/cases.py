# SPDX-License-Identifier: MIT
"""Which of Linux's own tests run on us, what each must print, and the bug that must turn each red.

A case: files of the kernel tree (unmodified), headers borrowed from it (the data structure under test brings its own), how
it is entered, what its console must show.  A mutant: one file of ours, a text in it, what a careless hand would write
instead; the case must then fail.
"""

import os
import re

KUNIT_CORE = ["lib/kunit/test.c", "lib/kunit/resource.c", "lib/kunit/assert.c", "lib/kunit/try-catch.c",
              "lib/kunit/string-stream.c", "lib/kunit/hooks.c", "lib/kunit/attributes.c",
              "lib/kunit/static_stub.c", "lib/kunit/device.c"]
KUNIT_HEADERS = ["include/kunit"]

# Windows (docs/port.md) need the guard markers of Linux 6.15; without them one thread's areas on one CPU are the most
# that the host has mappings for.
HAS_WINDOWS = tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2]) >= (6, 15)
VMALLOC_LOOPS = int(os.environ.get("VMALLOC_LOOPS", "1000"))
VMALLOC_TESTS = ["fix_size", "full_fit", "long_busy_list", "random_size", "fix_align", "random_size_align", "align_shift",
                 "pcpu", "kvfree_rcu_1_arg_vmalloc", "kvfree_rcu_2_arg_vmalloc", "vm_map_ram"]


def test_vmalloc(threads, loops):
    """All eleven sub-tests in each of @threads threads; align_shift is meant to fail."""
    def line(name):
        passed = int(name != "align_shift")
        test = name + ("_test" if name in ("kvfree_rcu_1_arg_vmalloc", "kvfree_rcu_2_arg_vmalloc", "vm_map_ram")
                       else "_alloc_test")
        return f"Summary: {test} passed: {passed} failed: {1 - passed} repeat: 1 loops: {loops} avg:"

    return {
        "name": f"test_vmalloc-{threads}",
        "sources": ["lib/test_vmalloc.c"],
        "entry": "module",
        # full_fit alone holds 128 MiB in each thread on two CPUs.
        "arguments": ["--mem=1536", f"--cpus={2 if HAS_WINDOWS else 1}", f"nr_threads={threads}", f"test_loop_count={loops}"],
        # The module answers -EAGAIN when it is done, so that it can be loaded again.
        "returns": -11,
        "prints_times": {line(name): threads for name in VMALLOC_TESTS},
    }


CASES = [
    {
        "name": "test_meminit",
        "sources": ["lib/test_meminit.c"],
        "define": ["-DLINUX_TEST_INIT_ON_ALLOC=1"],
        "entry": "module",
        "returns": 0,
        "prints": ["all 131 tests passed!"],
    },
    {
        "name": "test_free_pages",
        "sources": ["lib/test_free_pages.c"],
        "entry": "module",
        "returns": 0,
        "prints": ["Test completed"],
        # The module itself checks nothing: that no page is missing afterwards is the test.
        "counts_pages": True,
    },
    {
        "name": "test_ida",
        "sources": ["lib/test_ida.c", "lib/idr.c", "lib/xarray.c", "lib/radix-tree.c"],
        "headers": ["include/linux/xarray.h", "include/linux/idr.h", "include/linux/radix-tree.h",
                    "lib/radix-tree.h"],
        "before": "radix_tree_init",
        "entry": "module",
        # The cache that radix_tree_init() makes is never destroyed.
        "leaves": 1,
        # The module answers -EINVAL when every check passed, so that it can be loaded again.
        "returns": -22,
        # It frees 4 x 32 ids that were never allocated, to see that each is told.
        "warnings": 128,
        "prints_same": r"IDA: (\d+) of (\d+) tests passed",
        "at_least": 147357,
    },
    {
        "name": "list-test",
        "sources": ["lib/list-test.c", "lib/klist.c"] + KUNIT_CORE,
        "headers": KUNIT_HEADERS + ["include/linux/klist.h"],
        "entry": "kunit",
        "returns": 0,
        "prints": ["# list-kunit-test: pass:39 fail:0 skip:0 total:39",
                   "# hlist: pass:18 fail:0 skip:0 total:18",
                   "# klist: pass:8 fail:0 skip:0 total:8"],
    },
    {
        "name": "slub_kunit",
        "sources": ["lib/slub_kunit.c"] + KUNIT_CORE,
        "headers": KUNIT_HEADERS,
        # The test includes "../mm/slab.h".
        "beside": {"mm/slab.h": "include/kernel/mm/slab.h"},
        "entry": "kunit",
        "returns": 0,
        "prints": ["# slub_test: pass:8 fail:0 skip:0 total:8"],
        # test_leak_destroy leaves its cache and object, as it must.
        "leaves": 1,
    },
    {
        "name": "dmapool_test",
        "sources": ["mm/dmapool_test.c"],
        "entry": "module",
        "returns": 0,
        "prints": ["dmapool test: size:16   align:16   blocks:8192", "dmapool test: size:64   align:64   blocks:8192",
                   "dmapool test: size:256  align:256  blocks:8192", "dmapool test: size:1024 align:1024 blocks:2048",
                   "dmapool test: size:4096 align:4096 blocks:1024", "dmapool test: size:68   align:32   blocks:8192"],
    },
    {
        "name": "overflow_kunit",
        "sources": ["lib/overflow_kunit.c"] + KUNIT_CORE,
        "headers": KUNIT_HEADERS,
        "entry": "kunit",
        "returns": 0,
        "prints": ["ok 17 overflow_allocation_test", "# overflow: pass:22 fail:0 skip:0 total:22"],
    },
    test_vmalloc(1, VMALLOC_LOOPS),
    *([test_vmalloc(4, VMALLOC_LOOPS)] if HAS_WINDOWS else []),
]
