# SPDX-License-Identifier: MIT
"""Tests of Linux's data structures and of KUnit itself: cases of run.py like those of cases.py, and their planted bugs.

A structure is itself what is borrowed from the tree; what it stands on is ours.  `include` of the tree comes last, so that
our headers win wherever we have one of that name.
"""
from cases import KUNIT_CORE, KUNIT_HEADERS

RADIX = ["lib/xarray.c", "lib/radix-tree.c"]

STRUCTURES = [
    {
        "name": "test_xarray",
        "sources": ["lib/test_xarray.c"] + RADIX,
        "headers": ["include/linux/xarray.h", "include/linux/radix-tree.h", "include/linux/idr.h", "lib/radix-tree.h"],
        "before": "radix_tree_init",
        "entry": "module",
        "leaves": 1,       # the cache of radix_tree_init()
        "returns": 0,
        "prints_same": r"XArray: (\d+) of (\d+) tests passed",
        "at_least": 6782364,
    },
    {
        "name": "test_maple_tree",
        "sources": ["lib/test_maple_tree.c", "lib/maple_tree.c"],
        "headers": ["include/linux/maple_tree.h", "include/linux/xarray.h", "include/trace/events/maple_tree.h",
                    "include/trace/define_trace.h", "include/linux/tracepoint.h", "include/linux/tracepoint-defs.h",
                    "include/linux/static_call.h", "include/linux/static_call_types.h", "include/linux/static_key.h"],
        # linux/module.h brings xarray.h along.
        "flags": ["-DKM_TREE"],
        "before": "maple_tree_init",
        "entry": "module",
        "leaves": 1,       # the cache of maple_tree_init()
        "returns": 0,
        "prints_same": r"maple_tree: (\d+) of (\d+) tests passed",
        "at_least": 3811064,
    },
    {
        "name": "rbtree_test",
        "sources": ["lib/rbtree_test.c"],      # on our own rbtree
        "entry": "module",
        "returns": -11,    # so that it can be loaded again
        "prints": ["rbtree testing", "augmented rbtree testing", "-> test 4 (latency to fetch first node)"],
    },
    {
        "name": "test_list_sort",
        "sources": ["lib/test_list_sort.c"] + KUNIT_CORE,      # on our own list_sort()
        "headers": KUNIT_HEADERS,
        "entry": "kunit",
        "returns": 0,
        "prints": ["ok 1 list_sort_test"],
    },
    {
        "name": "kunit-test",
        "sources": ["lib/kunit/kunit-test.c"] + KUNIT_CORE,
        "headers": KUNIT_HEADERS,
        "entry": "kunit",
        "returns": 0,
        "prints": ["# kunit-try-catch-test: pass:2 fail:0 skip:0 total:2",
                   "# kunit-resource-test: pass:12 fail:0 skip:0 total:12", "# kunit_status: pass:2 fail:0 skip:0 total:2",
                   "# kunit_current: pass:2 fail:0 skip:0 total:2", "# kunit_device: pass:3 fail:0 skip:0 total:3"],
    },
]

STRUCTURE_MUTANTS = {
    "test_xarray": [
        {"name": "call_rcu() does not wait for readers", "file": "src/kern/rcu.c",
         "text": "	head->func = func;\n	head->next = NULL;\n	irq = km_spin_lock(&rcu.lock);\n	*rcu.next.last = head;",
         "instead": "	func(head);\n	return;\n	irq = km_spin_lock(&rcu.lock);\n	*rcu.next.last = head;"},
    ],
    "test_maple_tree": [
        {"name": "objects of a cache with an alignment do not keep it", "file": "src/slab/layout.c",
         "text": "	layout->slot = round_up_to(layout->need, layout->align);", "instead": "	layout->slot = layout->need + 64;"},
    ],
    "rbtree_test": [
        {"name": "an inserted node is not balanced", "file": "src/base/rbtree.c", "header": "src/base/rbtree_code.h",
         "text": "		rotate(root, grand, !side, augment_rotate);\n", "instead": ""},
    ],
    "test_list_sort": [
        {"name": "equal elements change places", "file": "src/base/list_sort.c", "header": "src/base/list_sort_code.h",
         "text": "cmp(priv, early, late) <= 0 ?", "instead": "cmp(priv, early, late) < 0 ?"},
    ],
    "kunit-test": [
        {"name": "a driver is not told to let its device go", "file": "src/kapi/bus.c",
         "text": "		drv->remove(dev);", "instead": "		;"},
    ],
}
