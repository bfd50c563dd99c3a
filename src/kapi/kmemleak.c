/* SPDX-License-Identifier: MIT */
/*
 * kmemleak.c - what users tell the scanner of leaks
 *
 * Owns nothing: each call is one event, which the leak rule reads (src/rules/hint.c).  Any context;
 * nothing here sleeps or allocates.
 */
#include <linux/kmemleak.h>

#include <asm/page.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include "watch/watch.h"

struct hint {
	const char *what;
	const void *object;
	size_t bytes;
	int least;
	uintptr_t caller, frame;
};

static void tell(enum km_leak_hint kind, const struct hint *hint)
{
	struct km_event event = {
		.point = KM_POINT_LEAK_HINT, .family = KM_FAMILY_OTHER, .what = hint->what,
		.object = hint->object, .bytes = hint->bytes, .usable = (size_t)hint->least,
		.order = kind, .caller = hint->caller, .frame = hint->frame,
	};

	if (!IS_ERR_OR_NULL(hint->object))
		watch_tell(&event);
}

#define TELL(kind, name, pointer, size, count)						\
	tell((kind), &(const struct hint) { (name), (const void *)(pointer), (size), (count), \
					    WATCH_CALLER(), WATCH_FRAME() })

void kmemleak_alloc(const void *ptr, size_t size, int min_count, gfp_t gfp)
{
	TELL(KM_LEAK_ALLOC, "kmemleak_alloc", ptr, size, min_count);
}

void kmemleak_alloc_percpu(const void __percpu *ptr, size_t size, gfp_t gfp)
{
	TELL(KM_LEAK_ALLOC, "kmemleak_alloc_percpu", ptr, size, 1);
}

void kmemleak_vmalloc(const struct vm_struct *area, size_t size, gfp_t gfp)
{
	TELL(KM_LEAK_ALLOC, "kmemleak_vmalloc", area->addr, size, 2);
}

void kmemleak_alloc_phys(phys_addr_t phys, size_t size, gfp_t gfp)
{
	/* Linux: such a block is never told, but looked through. */
	TELL(KM_LEAK_ALLOC, "kmemleak_alloc_phys", __va(phys), size, 0);
}

void kmemleak_free(const void *ptr)
{
	TELL(KM_LEAK_FREE, "kmemleak_free", ptr, 0, 0);
}

void kmemleak_free_percpu(const void __percpu *ptr)
{
	TELL(KM_LEAK_FREE, "kmemleak_free_percpu", ptr, 0, 0);
}

void kmemleak_free_part(const void *ptr, size_t size)
{
	TELL(KM_LEAK_FREE_PART, "kmemleak_free_part", ptr, size, 0);
}

void kmemleak_free_part_phys(phys_addr_t phys, size_t size)
{
	TELL(KM_LEAK_FREE_PART, "kmemleak_free_part_phys", __va(phys), size, 0);
}

void kmemleak_update_trace(const void *ptr)
{
	TELL(KM_LEAK_UPDATE_TRACE, "kmemleak_update_trace", ptr, 0, 0);
}

void kmemleak_not_leak(const void *ptr)
{
	TELL(KM_LEAK_NOT_LEAK, "kmemleak_not_leak", ptr, 0, 0);
}

void kmemleak_transient_leak(const void *ptr)
{
	TELL(KM_LEAK_TRANSIENT, "kmemleak_transient_leak", ptr, 0, 0);
}

void kmemleak_ignore(const void *ptr)
{
	TELL(KM_LEAK_IGNORE, "kmemleak_ignore", ptr, 0, 0);
}

void kmemleak_ignore_percpu(const void __percpu *ptr)
{
	TELL(KM_LEAK_IGNORE, "kmemleak_ignore_percpu", ptr, 0, 0);
}

void kmemleak_ignore_phys(phys_addr_t phys)
{
	TELL(KM_LEAK_IGNORE, "kmemleak_ignore_phys", __va(phys), 0, 0);
}

void kmemleak_scan_area(const void *ptr, size_t size, gfp_t gfp)
{
	TELL(KM_LEAK_SCAN_AREA, "kmemleak_scan_area", ptr, size, 0);
}

void kmemleak_no_scan(const void *ptr)
{
	TELL(KM_LEAK_NO_SCAN, "kmemleak_no_scan", ptr, 0, 0);
}
