# SPDX-License-Identifier: MIT
"""Which of Linux's own tests run on us, what each must print, and the bug that must turn each red.

A case: files of the kernel tree (unmodified), headers borrowed from it (the data structure under test brings its own), how
it is entered, what its console must show.  A mutant: one file of ours, a text in it, what a careless hand would write
instead; the case must then fail.
"""

KUNIT_CORE = ["lib/kunit/test.c", "lib/kunit/resource.c", "lib/kunit/assert.c", "lib/kunit/try-catch.c",
              "lib/kunit/string-stream.c", "lib/kunit/hooks.c", "lib/kunit/attributes.c",
              "lib/kunit/static_stub.c", "lib/kunit/device.c"]
KUNIT_HEADERS = ["include/kunit"]

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
]
