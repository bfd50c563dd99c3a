/* SPDX-License-Identifier: MIT */
/*
 * set.c - all chunks: by address, and by the longest run they may have
 *
 * Owns: the tree by base, one list per class, the word that says which lists hold something.
 * L1  A chunk is in the tree and in the list of class fls(longest).
 * L2  A search looks at no more than TRIES chunks of each class, from the class of the shortest
 *     runs that may fit upwards, so that full chunks are filled first; a chunk that did not serve
 *     moves to the end of its list or to a lower class.
 * Lock: percpu_lock, held by the caller.  O(log chunks).  Nothing sleeps.
 */
#include "percpu/chunk.h"

#include <linux/bitops.h>
#include <linux/container_of.h>
#include <linux/kernel.h>

#define TRIES	8

static struct rb_root set_root;
static struct list_head classes[PERCPU_CLASSES];
static uint32_t classes_used;		/* bit c: class c is not empty */

static struct percpu_chunk *chunk_of(struct rb_node *node)
{
	return node ? container_of(node, struct percpu_chunk, node) : NULL;
}

void set_boot_locked(void)
{
	set_root = RB_ROOT;
	classes_used = 0;
	for (unsigned int class = 0; class < PERCPU_CLASSES; class++)
		INIT_LIST_HEAD(&classes[class]);
}

static void class_leave(struct percpu_chunk *chunk)
{
	list_del(&chunk->list);
	if (list_empty(&classes[chunk->class]))
		classes_used &= ~(1u << chunk->class);
}

static void class_join(struct percpu_chunk *chunk)
{
	chunk->class = fls(chunk->longest);
	list_add(&chunk->list, &classes[chunk->class]);
	classes_used |= 1u << chunk->class;
}

static void reclass(struct percpu_chunk *chunk)
{
	if (chunk->class == (uint32_t)fls(chunk->longest))
		return;
	class_leave(chunk);
	class_join(chunk);
}

void set_add_locked(struct percpu_chunk *chunk)
{
	struct rb_node **link = &set_root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = chunk->base < chunk_of(parent)->base ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&chunk->node, parent, link);
	rb_insert_color(&chunk->node, &set_root);
	class_join(chunk);
}

void set_remove_locked(struct percpu_chunk *chunk)
{
	rb_erase(&chunk->node, &set_root);
	class_leave(chunk);
}

struct percpu_chunk *set_find_locked(uintptr_t address)
{
	struct percpu_chunk *chunk = chunk_of(set_root.rb_node);

	while (chunk) {
		if (address < chunk->base)
			chunk = chunk_of(chunk->node.rb_left);
		else if (address - chunk->base >= (uintptr_t)chunk->granules * PERCPU_GRANULE)
			chunk = chunk_of(chunk->node.rb_right);
		else
			return chunk;
	}
	return NULL;
}

struct percpu_chunk *set_first_locked(void)
{
	return chunk_of(rb_first(&set_root));
}

struct percpu_chunk *set_next_locked(struct percpu_chunk *chunk)
{
	return chunk_of(rb_next(&chunk->node));
}

static struct percpu_chunk *class_take(unsigned int class, uint32_t want, uint32_t align,
				       uint32_t *ret_at)
{
	for (unsigned int tried = 0; tried < TRIES && (classes_used >> class) & 1; tried++) {
		struct percpu_chunk *chunk = list_first_entry(&classes[class], struct percpu_chunk,
							      list);
		long at = chunk_take(chunk, want, align);

		if (at < 0)
			list_move_tail(&chunk->list, &classes[class]);
		reclass(chunk);
		if (at >= 0) {
			*ret_at = at;
			return chunk;
		}
	}
	return NULL;
}

struct percpu_chunk *set_take_locked(uint32_t want, uint32_t align, uint32_t *ret_at)
{
	for (unsigned int class = fls(want); class < PERCPU_CLASSES; class++) {
		struct percpu_chunk *chunk = class_take(class, want, align, ret_at);

		if (chunk)
			return chunk;
	}
	return NULL;
}

uint32_t set_give_locked(struct percpu_chunk *chunk, uint32_t at)
{
	uint32_t length = chunk_give(chunk, at);

	reclass(chunk);
	return length;
}

bool set_has_run_locked(uint32_t want, const struct percpu_chunk *but)
{
	for (unsigned int class = fls(want - 1) + 1; class < PERCPU_CLASSES; class++) {
		struct percpu_chunk *chunk;

		if (!((classes_used >> class) & 1))
			continue;
		chunk = list_first_entry(&classes[class], struct percpu_chunk, list);
		if (chunk != but || !list_is_singular(&classes[class]))
			return true;
	}
	return false;
}
