# SPDX-License-Identifier: MIT
"""Bugs planted in our allocators: each must turn its case red, or the case proves nothing.

file: ours; text: occurs exactly once in it; instead: what replaces it.
"""

MUTANTS = {
    "test_meminit": [
        {"name": "pages are not zeroed", "file": "src/page/alloc.c",
         "text": "if ((gfp | page_zero_gfp) & __GFP_ZERO)", "instead": "if (0)"},
        {"name": "objects of constructor and RCU caches are wiped", "file": "src/slab/cache.c",
         "text": "bool keeps_bytes = args->ctor || (flags & SLAB_TYPESAFE_BY_RCU);",
         "instead": "bool keeps_bytes = false;"},
    ],
    "test_free_pages": [
        {"name": "one tail page is forgotten", "file": "src/page/free.c",
         "text": "while (order-- > 0) {", "instead": "while (order-- > 1) {"},
    ],
    "test_ida": [
        {"name": "128-byte objects lie 64 bytes apart", "file": "src/slab/kmalloc.c",
         "text": '[7] = SIZE_CLASS(128, "128"),',
         "instead": '[7] = SIZE_CLASS(64, "128"),'},
    ],
    "list-test": [
        {"name": "16-byte objects lie 8 bytes apart", "file": "src/slab/kmalloc.c",
         "text": '[4] = SIZE_CLASS(16, "16"),', "instead": '[4] = SIZE_CLASS(8, "16"),'},
    ],
}
