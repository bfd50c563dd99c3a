/* SPDX-License-Identifier: MIT */
/*
 * pointer.c - what a pointer is that no record knows, in words
 *
 * Owns nothing.  Asks each room what it has there, the program's own addresses last.
 * Lock: that of the room asked.  Nothing here sleeps.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/vmalloc.h>
#include "page/page_room.h"
#include "rules/badfree.h"
#include "slab/slab_room.h"
#include "vmap/vmap_room.h"

#define NEAR_NULL	65536u

/* Set by the linker; absent in a port that loads otherwise. */
extern const char __executable_start[] __attribute__((weak));
extern const char _end[] __attribute__((weak));

static bool is_image(uintptr_t address)
{
	return __executable_start && _end && address >= (uintptr_t)__executable_start &&
	       address < (uintptr_t)_end;
}

static bool word_small(uintptr_t address, char *text, size_t bytes, const char **ret_help)
{
	if (IS_ERR((const void *)address)) {
		scnprintf(text, bytes, "ERR_PTR(%ld), an error, no memory", (long)address);
		*ret_help = "Test the pointer with IS_ERR() before it is freed, or use "
			    "IS_ERR_OR_NULL().";
		return true;
	}
	if (address >= NEAR_NULL)
		return false;
	scnprintf(text, bytes, "an address %lu bytes behind NULL", (unsigned long)address);
	*ret_help = "A member of a structure that was NULL: test the structure's pointer.";
	return true;
}

static bool word_stack(uintptr_t address, char *text, size_t bytes, const char **ret_help)
{
	const struct km_port_thread *self = km_port_self();

	if (address - (uintptr_t)self->stack_low >=
	    (uintptr_t)self->stack_high - (uintptr_t)self->stack_low)
		return false;
	scnprintf(text, bytes, "a local variable, on the stack of %s/%d", current->comm,
		  current->pid);
	*ret_help = "What lies on the stack goes when its function returns; it is never freed.";
	return true;
}

static bool word_image(uintptr_t address, char *text, size_t bytes, const char **ret_help)
{
	if (!is_image(address))
		return false;
	if (pc_is_program(address)) {
		scnprintf(text, bytes, "a function of the module");
		return true;
	}
	scnprintf(text, bytes, "static variable @variable@of the module");
	*ret_help = "What is static, constant or a string literal was not allocated and is never "
		    "freed.";
	return true;
}

static bool word_page(uintptr_t address, char *text, size_t bytes, const char **ret_help)
{
	const struct page *page = frame_of((const void *)address);
	struct slab_place place;

	if (page_is_frame((const struct page *)address)) {
		scnprintf(text, bytes, "a struct page, use __free_pages()");
		*ret_help = "Free a struct page with __free_pages() and its order, or put_page().";
		return true;
	}
	if (!page)
		return false;
	if (slab_find((const void *)address, &place) && place.cache)
		scnprintf(text, bytes, "in cache %s, where no object is handed out",
			  slab_cache_name(place.cache));
	else if (page->owner == PAGE_OWNER_VMAP)
		scnprintf(text, bytes, "a page behind a vmalloc area, use vfree() of the area");
	else if (page->owner == PAGE_OWNER_PERCPU)
		scnprintf(text, bytes, "percpu memory");
	else if (page->owner == PAGE_OWNER_FREE || page->owner == PAGE_OWNER_PCP)
		scnprintf(text, bytes, "a free page");
	else
		scnprintf(text, bytes, "a page that the module did not allocate");
	return true;
}

static bool word_area(uintptr_t address, char *text, size_t bytes)
{
	struct vmap_place place;

	if (vmap_find((const void *)address, &place)) {
		scnprintf(text, bytes, place.in_guard ? "the guard page behind a vmalloc area"
						      : "%zu bytes inside an area of vmalloc space",
			  place.offset);
		return true;
	}
	if (!is_vmalloc_addr((const void *)address))
		return false;
	scnprintf(text, bytes, "in vmalloc space, where no area is");
	return true;
}

void pointer_words(uintptr_t address, char *text, size_t bytes, const char **ret_help)
{
	if (word_small(address, text, bytes, ret_help) ||
	    word_stack(address, text, bytes, ret_help) ||
	    word_page(address, text, bytes, ret_help) || word_area(address, text, bytes) ||
	    word_image(address, text, bytes, ret_help))
		return;
	if (address >> 47) {
		scnprintf(text, bytes, "an address that no machine has");
		return;
	}
	scnprintf(text, bytes, "a user address, or one that is no memory of this machine");
}
