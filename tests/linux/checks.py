# SPDX-License-Identifier: MIT
"""What `kmalloc check` itself runs of Linux's tests: files, options, what must come out, and the bugs that must turn it red.

files: of the kernel tree; options: of the check (--no-sweep is always there); prints: in its output (--verbose) or, as
prints_same and at_least, two equal numbers; mutants: as in mutants.py, planted in the library that the check links;
slow: minutes, tried only when named or with --all.
"""
from mutants import MUTANTS
from structures import STRUCTURE_MUTANTS

RADIX = ["lib/xarray.c", "lib/radix-tree.c"]

CHECKS = [
    {"name": "test_meminit", "files": ["lib/test_meminit.c"], "options": ["--boot", "init_on_alloc=1"],
     "prints": ["all 131 tests passed!"], "mutants": MUTANTS["test_meminit"][:1]},
    {"name": "test_ida", "files": ["lib/test_ida.c", "lib/idr.c"] + RADIX, "options": ["--init-returns", "EINVAL"],
     "prints_same": r"IDA: (\d+) of (\d+) tests passed", "at_least": 147357},
    {"name": "list-test", "files": ["lib/list-test.c", "lib/klist.c"], "prints": ["KUnit 65 passed, 0 failed, 0 skipped"]},
    {"name": "rbtree_test", "files": ["lib/rbtree_test.c"], "prints": ["augmented rbtree testing"],
     "mutants": STRUCTURE_MUTANTS["rbtree_test"]},
    {"name": "rbtree_test+rbtree", "files": ["lib/rbtree_test.c", "lib/rbtree.c"], "prints": ["augmented rbtree testing"]},
    {"name": "test_list_sort", "files": ["lib/test_list_sort.c"], "prints": ["KUnit 1 passed, 0 failed"],
     "mutants": STRUCTURE_MUTANTS["test_list_sort"]},
    {"name": "test_list_sort+list_sort", "files": ["lib/test_list_sort.c", "lib/list_sort.c"],
     "prints": ["KUnit 1 passed, 0 failed"]},
    # Its log tests want debugfs, its fault tests a NULL access that KUnit survives.
    {"name": "kunit-test", "files": ["lib/kunit/kunit-test.c"], "prints": ["KUnit 21 passed, 0 failed, 2 skipped"],
     "mutants": STRUCTURE_MUTANTS["kunit-test"]},
    {"name": "slub_kunit", "files": ["lib/slub_kunit.c"], "prints": ["KUnit 8 passed, 0 failed, 0 skipped"],
     "mutants": MUTANTS["slub_kunit"][:1]},
    {"name": "overflow_kunit", "files": ["lib/overflow_kunit.c"], "prints": ["ok 17 overflow_allocation_test",
                                                                            "KUnit 22 passed, 0 failed, 0 skipped"]},
    # Several suites in several files are one program.
    {"name": "three suites", "files": ["lib/test_list_sort.c", "lib/hashtable_test.c", "lib/test_bits.c"],
     "prints": ["1..3", "KUnit 14 passed, 0 failed, 0 skipped"]},
    {"name": "one case of a suite", "files": ["lib/list-test.c", "lib/klist.c"],
     "options": ["--param", "kunit.filter_glob=klist.klist_test_add*"], "prints": ["KUnit 4 passed, 0 failed, 0 skipped"]},
    {"name": "dmapool_test", "files": ["mm/dmapool_test.c"], "prints": ["dmapool test: size:68   align:32   blocks:8192"],
     "slow": True},
    {"name": "test_free_pages", "files": ["lib/test_free_pages.c"], "options": ["--time-limit", "3600"],
     "prints": ["Test completed"], "slow": True},
    {"name": "test_vmalloc", "files": ["lib/test_vmalloc.c"],
     "options": ["--mem", "1536", "--time-limit", "3600", "--param", "test_loop_count=10"],
     "prints": ["Summary: full_fit_alloc_test passed: 1 failed: 0", "Summary: align_shift_alloc_test passed: 0 failed: 1"],
     "slow": True},
    {"name": "test_xarray", "files": ["lib/test_xarray.c"] + RADIX, "prints_same": r"XArray: (\d+) of (\d+) tests passed",
     "at_least": 6782364, "mutants": STRUCTURE_MUTANTS["test_xarray"], "slow": True},
    {"name": "test_maple_tree", "files": ["lib/test_maple_tree.c", "lib/maple_tree.c"],
     "prints_same": r"maple_tree: (\d+) of (\d+) tests passed", "at_least": 3811064,
     "mutants": STRUCTURE_MUTANTS["test_maple_tree"], "slow": True},
]
