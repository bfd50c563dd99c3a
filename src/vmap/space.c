/* SPDX-License-Identifier: MIT */
/*
 * space.c - which addresses are taken: areas sorted by address, each knowing the largest hole below
 * it
 *
 * Owns: the tree, the place where the last area was put.  Not: what is mapped there (map.c).
 * S1  Areas do not overlap; area->bytes includes the guard page, so between two areas lies at least
 *     one page without access.
 * S2  span of a node tells its subtree's lowest start, highest end and largest hole between
 *     neighbours in it.
 * S3  The search starts behind the area placed last, so that freed addresses stay without access
 *     for a while.
 * S4  The first addresses are the port's windows; areas are put there only at an address of the
 *     caller's choice (space_put_locked()).
 * S5  A search first looks for a hole that fits wherever it begins, which takes O(log n); holes
 *     that fit only because they happen to begin well are tried when no other is left.
 * Lock: vmap_lock, held by the caller.  O(log n), but for S5's last resort: O(n).  Nothing sleeps
 * or allocates.
 */
#include "vmap/area.h"

#include <linux/container_of.h>
#include <linux/rbtree_augmented.h>

static struct rb_root space_root;
static uintptr_t space_base, space_first, space_end, space_cursor;

struct want {
	size_t bytes, align;
	size_t enough;		/* holes shorter than that are not looked at */
	uintptr_t from, to;
};

static struct vmap_area *area_of(struct rb_node *node)
{
	return node ? container_of(node, struct vmap_area, node) : NULL;
}

static uintptr_t area_end(const struct vmap_area *area)
{
	return area->start + area->bytes;
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

static bool compute_span(struct vmap_area *area, bool may_stop)
{
	const struct vmap_area *left = area_of(area->node.rb_left);
	const struct vmap_area *right = area_of(area->node.rb_right);
	struct area_span span = { .low = area->start, .high = area_end(area) };

	if (left) {
		span.low = left->span.low;
		span.hole = larger(left->span.hole, area->start - left->span.high);
	}
	if (right) {
		span.high = right->span.high;
		span.hole = larger(span.hole, right->span.hole);
		span.hole = larger(span.hole, right->span.low - area_end(area));
	}
	if (may_stop && span.low == area->span.low && span.high == area->span.high &&
	    span.hole == area->span.hole)
		return true;
	area->span = span;
	return false;
}

RB_DECLARE_CALLBACKS(static, space_augment, struct vmap_area, node, span, compute_span)

void space_boot_locked(uintptr_t base, size_t bytes, size_t windows)
{
	space_root = RB_ROOT;
	space_base = base;
	space_first = base + windows;
	space_end = base + bytes;
	space_cursor = space_first;
}

/* Where the area would start in the hole [@low, @high); 0 if it does not fit. */
static uintptr_t fit(uintptr_t low, uintptr_t high, const struct want *want)
{
	uintptr_t at = low > want->from ? low : want->from;

	if (high > want->to)
		high = want->to;
	at = (at + want->align - 1) & ~(uintptr_t)(want->align - 1);
	return at >= low && at < high && high - at >= want->bytes ? at : 0;
}

/*
 * Lowest fit in the holes of @node's subtree and before it, up to @before. Depth: that of the tree.
 */
static uintptr_t search(struct rb_node *node, uintptr_t before, const struct want *want)
{
	struct vmap_area *area = area_of(node);
	const struct vmap_area *left;
	uintptr_t at;

	if (!area)
		return 0;
	at = fit(before, area->span.low, want);
	if (at)
		return at;
	if (area->span.hole < want->enough || area->span.high <= want->from ||
	    area->span.low >= want->to)
		return 0;
	left = area_of(node->rb_left);
	if (left) {
		at = search(node->rb_left, left->span.low, want);
		if (!at)
			at = fit(left->span.high, area->start, want);
		if (at)
			return at;
	}
	return search(node->rb_right, area_end(area), want);
}

static uintptr_t find_from(struct want *want, uintptr_t from)
{
	const struct vmap_area *root = area_of(space_root.rb_node);
	uintptr_t at;

	want->from = from;
	at = search(space_root.rb_node, space_base, want);
	return at ? at : fit(root ? root->span.high : space_base, space_end, want);
}

/* S3, then from the start; S5. */
static uintptr_t find_place(const struct vmap_area *area, const struct space_ask *ask)
{
	uintptr_t low = ask->low > space_first ? ask->low : space_first;
	struct want want = {
		.bytes = area->bytes, .align = ask->align, .to = ask->high ? ask->high : space_end,
		.enough = area->bytes + ask->align - PAGE_SIZE,
	};
	uintptr_t at = find_from(&want, space_cursor > low ? space_cursor : low);

	if (!at)
		at = find_from(&want, low);
	want.enough = want.bytes;
	return at ? at : find_from(&want, low);
}

static void link_area(struct vmap_area *area)
{
	struct rb_node **link = &space_root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = area->start < area_of(parent)->start ? &parent->rb_left : &parent->rb_right;
	}
	area->span = (struct area_span) { 0 };
	rb_link_node(&area->node, parent, link);
	space_augment.propagate(&area->node, NULL);
	rb_insert_augmented(&area->node, &space_root, &space_augment);
}

bool space_place_locked(struct vmap_area *area, const struct space_ask *ask)
{
	area->start = find_place(area, ask);
	if (!area->start)
		return false;
	space_cursor = area_end(area);
	link_area(area);
	return true;
}

bool space_put_locked(struct vmap_area *area, uintptr_t start)
{
	if (space_overlap_locked(start, area->bytes))
		return false;
	area->start = start;
	link_area(area);
	return true;
}

void space_remove_locked(struct vmap_area *area)
{
	rb_erase_augmented(&area->node, &space_root, &space_augment);
}

struct vmap_area *space_find_locked(uintptr_t address)
{
	struct vmap_area *area = area_of(space_root.rb_node);

	while (area) {
		if (address < area->start)
			area = area_of(area->node.rb_left);
		else if (address >= area_end(area))
			area = area_of(area->node.rb_right);
		else
			return area;
	}
	return NULL;
}

struct vmap_area *space_overlap_locked(uintptr_t start, size_t bytes)
{
	struct vmap_area *area = space_after_locked(start);

	return area && area->start < start + bytes ? area : NULL;
}

struct vmap_area *space_after_locked(uintptr_t address)
{
	struct vmap_area *area = area_of(space_root.rb_node), *found = NULL;

	while (area) {
		if (address < area_end(area)) {
			found = area;
			area = area_of(area->node.rb_left);
		} else {
			area = area_of(area->node.rb_right);
		}
	}
	return found;
}

struct vmap_area *space_first_locked(void)
{
	return area_of(rb_first(&space_root));
}

struct vmap_area *space_next_locked(struct vmap_area *area)
{
	return area_of(rb_next(&area->node));
}

bool space_holds(uintptr_t address)
{
	return address >= space_base && address < space_end;
}

size_t space_bytes(void)
{
	return space_end - space_base;
}

uintptr_t space_start(void)
{
	return space_base;
}
