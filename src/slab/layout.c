/* SPDX-License-Identifier: MIT */
/*
 * layout.c - where objects, links and gaps lie in a slab, and how many pages a slab has
 *
 * L1  An object is aligned to layout->align: slot and first are multiples of it, and a slab is
 *     aligned to its own size.
 * L2  The link lies outside the object when the object must keep its bytes while free (constructor,
 *     SLAB_TYPESAFE_BY_RCU) or when rules look at it (watched).
 * L3  In a watched cache at least SLAB_RED_BYTES lie between two objects, before the first and
 *     after the last.  A link in the gap after an object is in use only while that object is free,
 *     so an overrun from it destroys nothing.
 * L4  With debug flags the slot is laid out as in Linux (debug.h): the same sizes and offsets,
 *     unless
 *     L2 or L3 asks for more.
 * Owns: slab_order_rule, set at boot and read only afterwards.  No lock.
 */
#include <linux/errno.h>
#include "slab/debug.h"
#include "slab/slab_room.h"

#define CACHE_LINE	64
#define WORD		((u32)sizeof(void *))

struct slab_order_rule slab_order_rule = { .most = SLAB_MAX_ORDER };

static u32 round_up_to(u32 value, u32 align)
{
	return (value + align - 1) & ~(align - 1);
}

static u32 round_up_power(u32 value)
{
	return value <= 1 ? 1 : 1u << (32 - __builtin_clz(value - 1));
}

static u32 layout_align(u32 size, u32 asked, slab_flags_t flags)
{
	u32 align = round_up_power(asked);

	if (flags & SLAB_HWCACHE_ALIGN) {
		u32 line = CACHE_LINE;

		while (size <= line / 2)
			line /= 2;
		if (line > align)
			align = line;
	}
	return align < WORD ? WORD : align;
}

/**
 * slab_layout_objects() - how many objects a slab of 2^@order pages holds
 */
unsigned int slab_layout_objects(const struct slab_layout *layout, unsigned int order)
{
	u32 bytes = PAGE_SIZE << order, count;

	if (bytes < layout->first + layout->need)
		return 0;
	count = (bytes - layout->first - layout->need) / layout->slot + 1;
	return count < SLAB_MAX_OBJECTS ? count : SLAB_MAX_OBJECTS;
}

/*
 * Linux's rule: enough objects for the CPUs to share, little waste, never above slab_max_order= if
 * one object fits below.
 */
static u8 layout_order(const struct slab_layout *layout)
{
	unsigned int most = slab_layout_objects(layout, slab_order_rule.most);
	unsigned int wanted = slab_order_rule.objects, start = slab_order_rule.least, part;

	if (!most)
		return layout->least_order;
	if (!wanted)
		wanted = 4 * (32 - __builtin_clz(km_port_cpus()) + 1);
	if (wanted > most)
		wanted = most;
	while (slab_layout_objects(layout, start) < wanted)
		start++;
	for (part = 16; part > 1; part /= 2) {
		unsigned int order;

		for (order = start; order <= slab_order_rule.most; order++) {
			u32 bytes = PAGE_SIZE << order;
			u32 used = slab_layout_objects(layout, order) * layout->slot;

			if (used >= bytes || bytes - used <= bytes / part)
				return order;
		}
	}
	return start;
}

/*
 * Where the link and what SLUB debugging keeps lie behind the object, as in Linux (debug.h).
 * L2: an object that may not be written while it is free has its link behind it.
 */
static u32 layout_behind(struct slab_layout *layout, u32 size,
			 const struct kmem_cache_args *args, slab_flags_t flags, bool is_watched)
{
	bool is_typesafe = flags & SLAB_TYPESAFE_BY_RCU, has_red = flags & SLAB_RED_ZONE;
	bool keeps_asked = (flags & SLAB_STORE_USER) && (flags & SLAB_KMALLOC);
	bool has_place = args->use_freeptr_offset && is_typesafe && !args->ctor;
	u32 end = round_up_to(size, WORD);

	if (has_red && end == size)
		end += WORD;
	layout->inuse = end;
	if ((is_typesafe && !has_place) || (flags & SLAB_POISON) || args->ctor || is_watched ||
	    (has_red && (size < WORD || keeps_asked))) {
		layout->link = end;
		end += WORD;
	} else {
		layout->link = has_place ? args->freeptr_offset : size / 2 & ~(WORD - 1);
	}
	if (flags & SLAB_STORE_USER) {
		layout->track = end;
		end += TRACKS * sizeof(struct track);
	}
	if (keeps_asked) {
		layout->asked = end;
		end += sizeof(u32);
	}
	layout->end = end;
	return end;
}

static void layout_debug(struct slab_layout *layout, u32 size, const struct kmem_cache_args *args,
			 slab_flags_t flags, bool is_watched)
{
	u32 least = is_watched ? SLAB_RED_BYTES : WORD;
	u32 need = layout_behind(layout, size, args, flags, is_watched);

	/* L3 */
	if (is_watched && need < round_up_to(size, WORD) + SLAB_RED_BYTES)
		need = round_up_to(size, WORD) + SLAB_RED_BYTES;
	if (flags & SLAB_RED_ZONE) {
		need += WORD;	/* padding, so that a write before the next red zone is seen */
		layout->red_left = round_up_to(least, layout->align);
		layout->first = layout->red_left;
		layout->slot = round_up_to(need + layout->red_left, layout->align);
		layout->need = layout->slot - layout->red_left;
	} else {
		layout->first = is_watched ? round_up_to(SLAB_RED_BYTES, layout->align) : 0;
		layout->slot = round_up_to(need, layout->align);
		layout->need = layout->slot;
	}
}

static void layout_plain(struct slab_layout *layout, u32 size, const struct kmem_cache_args *args,
			 slab_flags_t flags, bool is_watched)
{
	u32 body = round_up_to(size, WORD);

	if (is_watched) {
		layout->first = round_up_to(SLAB_RED_BYTES, layout->align);
		layout->link = body + SLAB_RED_BYTES - WORD;
		layout->need = body + SLAB_RED_BYTES;
	} else if (args->use_freeptr_offset && (flags & SLAB_TYPESAFE_BY_RCU) && !args->ctor) {
		layout->link = args->freeptr_offset;
		layout->need = body;
	} else if (args->ctor || (flags & SLAB_TYPESAFE_BY_RCU)) {
		layout->link = body;
		layout->need = body + WORD;
	} else {
		layout->need = body;
	}
	layout->inuse = body;
	layout->slot = round_up_to(layout->need, layout->align);
	layout->end = layout->slot;
}

/**
 * slab_layout_make() - plan a cache
 * @args: align, ctor and free pointer offset count
 * Return: 0, or -EINVAL when no slab of any order can hold one object.
 */
int slab_layout_make(struct slab_layout *ret_layout, unsigned int size,
		     const struct kmem_cache_args *args, slab_flags_t flags, bool is_watched)
{
	struct slab_layout layout = { .align = layout_align(size, args->align, flags) };

	if (slab_guards && is_watched && !(flags & (SLAB_DEBUG_FLAGS | SLAB_KMALLOC))) {
		layout.align = layout_align(size, args->align, flags);
		guard_layout(&layout, size, args->ctor || (flags & SLAB_TYPESAFE_BY_RCU));
		*ret_layout = layout;
		return layout.order > KMALLOC_MAX_ORDER ? -EINVAL : 0;
	}
	if (flags & SLAB_DEBUG_FLAGS)
		layout_debug(&layout, size, args, flags, is_watched);
	else
		layout_plain(&layout, size, args, flags, is_watched);
	while (layout.least_order <= KMALLOC_MAX_ORDER &&
	       !slab_layout_objects(&layout, layout.least_order))
		layout.least_order++;
	if (layout.least_order > KMALLOC_MAX_ORDER)
		return -EINVAL;
	layout.order = layout_order(&layout);
	*ret_layout = layout;
	return 0;
}
