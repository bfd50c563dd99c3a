// SPDX-License-Identifier: MIT
/*
 * resource.c - what a test owns: resources, actions, memory
 *
 * R1  A resource on the list holds one reference; whoever finds it takes another.
 * R2  At the end of its test the youngest goes first, one by one: what a free function adds or
 *     removes meanwhile is seen.
 * R3  The memory a test asks for is an object of its own; the note about it is the core's, is not
 *     told to the rules and not made to fail: one call of the test is one allocation.
 * R4  The module's match functions see its own resources, not the core's notes.
 * Lock: test->lock for the list.  No callback runs under it, except match functions.
 */
#include "kunit.h"

#include <asm/sections.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <watch/watch.h>

static void resource_gone(struct kref *kref)
{
	struct kunit_resource *res = container_of(kref, struct kunit_resource, refcount);
	bool is_on_heap = res->should_kfree;

	if (res->free)
		res->free(res);
	if (is_on_heap)
		kfree(res);
}

void kunit_get_resource(struct kunit_resource *res)
{
	kref_get(&res->refcount);
}

void kunit_put_resource(struct kunit_resource *res)
{
	kref_put(&res->refcount, resource_gone);
}

static int resource_link(struct kunit *test, kunit_resource_init_t init, kunit_resource_free_t free,
			 struct kunit_resource *res, void *data)
{
	unsigned long flags;
	int error = 0;

	res->free = free;
	kref_init(&res->refcount);
	if (init)
		error = init(res, data);
	else
		res->data = data;
	if (error)
		return error;
	spin_lock_irqsave(&test->lock, flags);
	list_add_tail(&res->node, &test->resources);
	spin_unlock_irqrestore(&test->lock, flags);
	return 0;
}

int kunit_add_resource(struct kunit *test, kunit_resource_init_t init, kunit_resource_free_t free,
		       struct kunit_resource *res, void *data)
{
	res->should_kfree = false;
	res->name = NULL;
	return resource_link(test, init, free, res, data);
}

int kunit_add_named_resource(struct kunit *test, kunit_resource_init_t init,
			     kunit_resource_free_t free, struct kunit_resource *res,
			     const char *name, void *data)
{
	struct kunit_resource *other;

	if (!name)
		return -EINVAL;
	other = kunit_find_named_resource(test, name);
	if (other) {
		kunit_put_resource(other);
		return -EEXIST;
	}
	res->should_kfree = false;
	res->name = name;
	return resource_link(test, init, free, res, data);
}

struct kunit_resource *kunit_alloc_and_get_resource(struct kunit *test, kunit_resource_init_t init,
						    kunit_resource_free_t free, gfp_t internal_gfp,
						    void *context)
{
	struct kunit_resource *res = kzalloc(sizeof(*res), internal_gfp);

	if (!res)
		return NULL;
	res->should_kfree = true;
	if (resource_link(test, init, free, res, context)) {
		kfree(res);
		return NULL;
	}
	kunit_get_resource(res);
	return res;
}

void *kunit_alloc_resource(struct kunit *test, kunit_resource_init_t init,
			   kunit_resource_free_t free, gfp_t internal_gfp, void *context)
{
	struct kunit_resource *res;
	void *data = NULL;

	res = kunit_alloc_and_get_resource(test, init, free, internal_gfp, context);
	if (res) {
		data = res->data;
		kunit_put_resource(res);
	}
	return data;
}

/* -- finding -- */

static void note_free(struct kunit_resource *res);
static bool note_is(struct kunit *test, struct kunit_resource *res, void *data);

bool kunit_resource_name_match(struct kunit *test, struct kunit_resource *res, void *match_name)
{
	return res->name && !strcmp(res->name, match_name);
}

struct kunit_resource *kunit_find_resource(struct kunit *test, kunit_resource_match_t match,
					   void *match_data)
{
	struct kunit_resource *res, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&test->lock, flags);
	list_for_each_entry_reverse(res, &test->resources, node) {
		if (res->free == note_free && match != note_is)	/* R4 */
			continue;
		if (match(test, res, match_data)) {
			found = res;
			kunit_get_resource(found);
			break;
		}
	}
	spin_unlock_irqrestore(&test->lock, flags);
	return found;
}

struct kunit_resource *kunit_find_named_resource(struct kunit *test, const char *name)
{
	return kunit_find_resource(test, kunit_resource_name_match, (void *)name);
}

void kunit_remove_resource(struct kunit *test, struct kunit_resource *res)
{
	unsigned long flags;
	bool was_there;

	spin_lock_irqsave(&test->lock, flags);
	was_there = !list_empty(&res->node);
	list_del_init(&res->node);
	spin_unlock_irqrestore(&test->lock, flags);
	if (was_there)
		kunit_put_resource(res);	/* R1 */
}

int kunit_destroy_resource(struct kunit *test, kunit_resource_match_t match, void *match_data)
{
	struct kunit_resource *res = kunit_find_resource(test, match, match_data);

	if (!res)
		return -ENOENT;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);
	return 0;
}

int kunit_destroy_named_resource(struct kunit *test, const char *name)
{
	return kunit_destroy_resource(test, kunit_resource_name_match, (void *)name);
}

/* -- actions -- */

struct action {
	struct kunit_resource res;
	kunit_action_t *call;
	void *ctx;
};

static void action_call(struct kunit_resource *res)
{
	struct action *action = container_of(res, struct action, res);

	action->call(action->ctx);
}

static bool action_is(struct kunit *test, struct kunit_resource *res, void *wanted)
{
	const struct action *action = container_of(res, struct action, res), *other = wanted;

	return res->free == action_call && action->call == other->call &&
	       action->ctx == other->ctx;
}

static struct kunit_resource *action_find(struct kunit *test, kunit_action_t *call, void *ctx)
{
	struct action wanted = { .call = call, .ctx = ctx };

	return kunit_find_resource(test, action_is, &wanted);
}

int kunit_add_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	struct action *made = kzalloc(sizeof(*made), GFP_KERNEL);

	if (!made)
		return -ENOMEM;
	made->call = action;
	made->ctx = ctx;
	made->res.should_kfree = true;	/* it is the first member */
	return resource_link(test, NULL, action_call, &made->res, NULL);
}

int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *action, void *ctx)
{
	int error = kunit_add_action(test, action, ctx);

	if (error)
		action(ctx);
	return error;
}

void kunit_remove_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	struct kunit_resource *res = action_find(test, action, ctx);

	if (!res)
		return;
	res->free = NULL;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);
}

void kunit_release_action(struct kunit *test, kunit_action_t *action, void *ctx)
{
	struct kunit_resource *res = action_find(test, action, ctx);

	if (!res)
		return;
	kunit_remove_resource(test, res);
	kunit_put_resource(res);
}

/* -- memory: R3 -- */

static void note_free(struct kunit_resource *res)
{
	kfree(res->data);
	watch_enter();
	kfree(res);
	watch_leave();
}

/* Of what a test was given; NULL: no memory for a note, and @data is gone. */
static void *memory_note(struct kunit *test, void *data, gfp_t gfp)
{
	struct kunit_resource *note;

	if (!data)
		return NULL;
	watch_enter();
	note = kzalloc(sizeof(*note), gfp & ~__GFP_ZERO);
	watch_leave();
	if (!note) {
		kfree(data);
		return NULL;
	}
	resource_link(test, NULL, note_free, note, data);
	return data;
}

void *kunit_kmalloc_array(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	return memory_note(test, kmalloc_array(n, size, gfp), gfp);
}

void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return memory_note(test, kmalloc(size, gfp), gfp);
}

void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return memory_note(test, kzalloc(size, gfp), gfp);
}

void *kunit_kcalloc(struct kunit *test, size_t n, size_t size, gfp_t gfp)
{
	return memory_note(test, kcalloc(n, size, gfp), gfp);
}

static bool note_is(struct kunit *test, struct kunit_resource *res, void *data)
{
	return res->free == note_free && res->data == data;
}

void kunit_kfree(struct kunit *test, const void *ptr)
{
	if (ptr && kunit_destroy_resource(test, note_is, (void *)ptr))
		KUNIT_FAIL(test, "kunit_kfree: %px passed to kunit_kfree() is not of this test",
			   ptr);
}

char *kunit_kstrdup(struct kunit *test, const char *str, gfp_t gfp)
{
	return memory_note(test, kstrdup(str, gfp), gfp);
}

const char *kunit_kstrdup_const(struct kunit *test, const char *str, gfp_t gfp)
{
	return is_kernel_rodata((unsigned long)str) ? str : kunit_kstrdup(test, str, gfp);
}

void kunit_kfree_const(struct kunit *test, const void *x)
{
	if (!is_kernel_rodata((unsigned long)x))
		kunit_kfree(test, x);
}
