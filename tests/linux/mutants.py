# SPDX-License-Identifier: MIT
"""Bugs planted in our allocators: each must turn its case red, or the case proves nothing.

file: ours; header: one that it includes, if the bug is there; text: occurs exactly once in it; instead: what replaces it; port: where it shows, if not on both.
"""

from cases import HAS_WINDOWS

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
    "slub_kunit": [
        {"name": "the size asked for is forgotten", "file": "src/slab/single.c",
         "text": "= call->bytes;", "instead": "= cache->object_size;"},
        {"name": "red zones of free objects are not looked at", "file": "src/slab/validate.c",
         "text": "test_bit(i, free) ? SLUB_RED_INACTIVE", "instead": "test_bit(i, free) ? SLUB_RED_ACTIVE"},
        {"name": "the last byte of poison alone is looked at", "file": "src/slab/check.c",
         "text": "object, POISON_FREE, last,", "instead": "object, POISON_FREE, 0,"},
        {"name": "counts of a slab are not mended", "file": "src/slab/check.c",
         "text": "		slab_count_locked(cache, slab, inuse);\n		report_fix(cache, \"Object count",
         "instead": "		report_fix(cache, \"Object count"},
        {"name": "a broken free list is not cut", "file": "src/slab/check.c",
         "text": "				link_write(cache, last, NULL);\n				break;",
         "instead": "				break;"},
        {"name": "what is left at the end is not told", "file": "src/slab/destroy.c",
         "text": "		cache_print_left(cache);\n", "instead": ""},
        {"name": "a cache ends before kfree_rcu() is through", "port": "sim", "file": "src/slab/destroy.c",
         "text": "		rcu_barrier();\n	cache_flush_all", "instead": "		;\n	cache_flush_all"},
    ],
    "dmapool_test": [
        {"name": "a block that is out is handed out again", "file": "src/pool/dma_pool.c",
         "text": "__set_bit(index, chunk->taken);", "instead": ";"},
        {"name": "a destroyed pool forgets its chunks", "file": "src/pool/dma_pool.c",
         "text": "chunks_free(&pool->room);", "instead": ";"},
    ],
    "overflow_kunit": [
        {"name": "devm_kmalloc() of almost everything wraps around", "file": "src/kapi/devres.c",
         "text": "if (check_add_overflow(sizeof(struct devres), bytes, &whole))",
         "instead": "whole = sizeof(struct devres) + bytes;\n\tif (0)"},
    ],
    "test_vmalloc-1": [
        {"name": "vfree() keeps the pages", "file": "src/vmap/frames.c",
         "text": "	if (area->owns_pages)\n		frames_give(area->frames, area->pages);",
         "instead": "	if (area->owns_pages && area->pages > 5)\n		frames_give(area->frames, area->pages);"},
        {"name": "alignment is not kept", "file": "src/vmap/space.c",
         "text": "	at = (at + want->align - 1) & ~(uintptr_t)(want->align - 1);\n",
         "instead": ""},
        *([{"name": "areas may lie on top of each other in a window", "file": "src/vmap/space.c",
            "text": "	if (space_overlap_locked(start, area->bytes))\n		return false;\n",
            "instead": ""}] if HAS_WINDOWS else []),
        {"name": "a single page is not mapped", "file": "src/vmap/map.c",
         "text": "		error = map_chunk(area, done, count);",
         "instead": "		error = count == 1 ? 0 : map_chunk(area, done, count);"},
        {"name": "per-CPU areas are handed out twice", "file": "src/percpu/chunk.c",
         "text": "	bitmap_set(chunk->taken, at, want);\n	__set_bit",
         "instead": "	if (want < 100)\n		bitmap_set(chunk->taken, at, want);\n	__set_bit"},
    ],
    "test_vmalloc-4": [
        {"name": "vm_unmap_ram() leaves the area", "file": "src/vmap/vfree.c",
         "text": "	area_free(area);\n}\n\n/**\n * vunmap()",
         "instead": "	if (!count)\n		area_free(area);\n}\n\n/**\n * vunmap()"},
        {"name": "the worker forgets every second area", "file": "src/vmap/area.c",
         "text": "		going = area->next_going;",
         "instead": "		going = area->next_going ? area->next_going->next_going : NULL;"},
        {"name": "per-CPU areas do not come back", "file": "src/percpu/area.c",
         "text": "		is_area = set_give_locked(chunk, (address - chunk->base) / PERCPU_GRANULE);",
         "instead": "		is_area = true;"},
    ],
}
