/* SPDX-License-Identifier: MIT */
/*
 * debug_report.c - what is wrong with a slab, in the words of the kernel log
 *
 * The layout of each report is that of Linux 6.12, so that tools which read kernel logs read these.
 * R1  Inside a KUnit test that counts slab errors (a named resource "slab_errors") each report and
 *     each repair adds one to its counter and prints nothing.
 * Lock: the node's, held by the caller.  Nothing sleeps or allocates.
 */
#include <linux/hex.h>
#include <linux/jiffies.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include "slab/debug.h"

bool (*km_slab_kunit)(bool is_error);

bool report_is_counted(void)
{
	return km_slab_kunit && km_slab_kunit(true);	/* R1 */
}

bool report_in_kunit(void)
{
	return km_slab_kunit && km_slab_kunit(false);
}

static const void *free_object(const struct kmem_cache *cache, const void *node)
{
	return node ? node_object(cache, (void *)node) : NULL;
}

__printf(2, 0)
static void print_head(const struct kmem_cache *cache, const char *format, va_list *args)
{
	struct va_format text = { .fmt = format, .va = args };

	pr_err("=============================================================================\n");
	pr_err("BUG %s (%s): %pV\n", cache->name, print_tainted(), &text);
	pr_err("-----------------------------------------------------------------------------\n\n");
}

__printf(2, 3)
static void print_title(const struct kmem_cache *cache, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_head(cache, format, &args);
	va_end(args);
}

void report_slab_line(const struct kmem_cache *cache, const struct page *slab)
{
	pr_err("Slab 0x%px objects=%u used=%u fp=0x%px flags=%pGp\n", slab, slab->objects,
	       slab->inuse, free_object(cache, slab->freelist), &slab->flags);
}

/**
 * report_section() - rows of a hex dump, sixteen bytes each
 */
void report_section(const char *level, const char *name, const void *start, size_t bytes)
{
	const u8 *at = start;
	char line[16 * 3 + 2 + 16 + 1];

	while (bytes) {
		size_t part = bytes < 16 ? bytes : 16;

		hex_dump_to_buffer(at, part, 16, 1, line, sizeof(line), true);
		printk("%s%s%px: %s\n", level, name, at, line);
		at += part;
		bytes -= part;
	}
}

static void print_track(const char *verb, const struct track *track)
{
	const uintptr_t *pcs;
	unsigned int count = depot_get(track->stack, &pcs), i;

	if (!track->addr)
		return;
	pr_err("%s in %pS age=%lu cpu=%d pid=%d\n", verb, (void *)track->addr,
	       jiffies - track->when, track->cpu, track->pid);
	for (i = 0; i < count; i++)
		pr_err(" %pS\n", (void *)pcs[i]);
	if (!count)
		pr_err("object allocation/free stack trace missing\n");
}

void report_tracks(const struct kmem_cache *cache, const void *object)
{
	if (!cache->layout.track)
		return;
	print_track("Allocated", object_track(cache, object, TRACK_ALLOC));
	print_track("Freed", object_track(cache, object, TRACK_FREE));
}

static void print_object(struct kmem_cache *cache, struct page *slab, const u8 *object)
{
	const struct slab_layout *layout = &cache->layout;
	const u8 *start = frame_address(slab);
	const void *next = link_read(cache, object_node(cache, object));
	u32 bytes = cache->object_size < PAGE_SIZE ? cache->object_size : PAGE_SIZE;
	u32 slot_end = layout->slot - layout->red_left;

	report_tracks(cache, object);
	report_slab_line(cache, slab);
	pr_err("Object 0x%px @offset=%tu fp=0x%px\n\n", object, object - start,
	       free_object(cache, next));
	if (cache->flags & SLAB_RED_ZONE)
		report_section(KERN_ERR, "Redzone  ", object - layout->red_left, layout->red_left);
	else if (object > start + 16)
		report_section(KERN_ERR, "Bytes b4 ", object - 16, 16);
	report_section(KERN_ERR, "Object   ", object, bytes);
	if (cache->flags & SLAB_RED_ZONE)
		report_section(KERN_ERR, "Redzone  ", object + cache->object_size,
			       layout->inuse - cache->object_size);
	if (layout->end < slot_end)
		report_section(KERN_ERR, "Padding  ", object + layout->end, slot_end - layout->end);
}

/**
 * report_object() - something is wrong with one object: who had it, its bytes and what lies around
 * @object: need not be one: then only its address is shown
 */
void report_object(struct kmem_cache *cache, struct page *slab, void *object, const char *what)
{
	if (report_is_counted())
		return;
	print_title(cache, "%s", what);
	if (check_node(cache, slab, object_node(cache, object))) {
		print_object(cache, slab, object);
	} else {
		report_slab_line(cache, slab);
		pr_err("Invalid pointer 0x%px\n", object);
	}
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

/**
 * report_slab() - something is wrong with a slab as a whole
 */
void report_slab(struct kmem_cache *cache, struct page *slab, const char *format, ...)
{
	va_list args;

	if (report_is_counted())
		return;
	va_start(args, format);
	print_head(cache, format, &args);
	va_end(args);
	report_slab_line(cache, slab);
	dump_stack();
	add_taint(TAINT_BAD_PAGE, LOCKDEP_NOW_UNRELIABLE);
}

/**
 * report_fix() - what was done so that the cache can go on
 */
void report_fix(struct kmem_cache *cache, const char *format, ...)
{
	struct va_format text = { .fmt = format };
	va_list args;

	if (report_is_counted())
		return;
	va_start(args, format);
	text.va = &args;
	pr_err("FIX %s: %pV\n", cache->name, &text);
	va_end(args);
}

/**
 * report_bytes() - bytes from @start to @end are not all @value
 * @with_object: the first damage of an object shows all of it
 */
void report_bytes(struct kmem_cache *cache, struct page *slab, void *object, const char *what,
		  const u8 *start, const u8 *end, u8 value, bool with_object)
{
	if (report_is_counted())
		return;
	pr_err("[%s overwritten] 0x%px-0x%px @offset=%tu. First byte 0x%x instead of 0x%x\n", what,
	       start, end - 1, start - (const u8 *)frame_address(slab), start[0], value);
	if (with_object)
		report_object(cache, slab, object, "Object corrupt");
}
