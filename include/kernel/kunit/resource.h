/* SPDX-License-Identifier: MIT */
/*
 * resource.h - what a test owns, given back when it ends, the youngest first
 */
#ifndef _KUNIT_RESOURCE_H
#define _KUNIT_RESOURCE_H

#include <linux/gfp_types.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/types.h>

struct kunit;
struct kunit_resource;

typedef int (*kunit_resource_init_t)(struct kunit_resource *res, void *context);
typedef void (*kunit_resource_free_t)(struct kunit_resource *res);
typedef bool (*kunit_resource_match_t)(struct kunit *test, struct kunit_resource *res,
				       void *match_data);

struct kunit_resource {
	void *data;
	const char *name;			/* NULL: none */
	kunit_resource_free_t free;		/* NULL: nothing to do */
	struct kref refcount;
	struct list_head node;			/* of test->resources */
	bool should_kfree;			/* the resource itself is on the heap */
};

void kunit_get_resource(struct kunit_resource *res) KM_SYM(kunit_get_resource);
void kunit_put_resource(struct kunit_resource *res) KM_SYM(kunit_put_resource);

/* Return: 0, or what @init answered; then @res is not the test's. */
int kunit_add_resource(struct kunit *test, kunit_resource_init_t init, kunit_resource_free_t free,
		       struct kunit_resource *res, void *data) KM_SYM(kunit_add_resource);
/* Also -EINVAL without a @name, -EEXIST if the test has one of that name. */
int kunit_add_named_resource(struct kunit *test, kunit_resource_init_t init,
			     kunit_resource_free_t free, struct kunit_resource *res,
			     const char *name, void *data) KM_SYM(kunit_add_named_resource);
/* Return: the resource, with a reference for the caller; NULL: no memory, or @init refused. */
struct kunit_resource *kunit_alloc_and_get_resource(struct kunit *test, kunit_resource_init_t init,
						    kunit_resource_free_t free, gfp_t internal_gfp,
						    void *context)
	KM_SYM(kunit_alloc_and_get_resource);
/* Return: the data of the resource, or NULL. */
void *kunit_alloc_resource(struct kunit *test, kunit_resource_init_t init,
			   kunit_resource_free_t free, gfp_t internal_gfp, void *context)
	KM_SYM(kunit_alloc_resource);

bool kunit_resource_name_match(struct kunit *test, struct kunit_resource *res, void *match_name)
	KM_SYM(kunit_resource_name_match);
/* Return: the youngest that fits, with a reference for the caller; NULL: none. */
struct kunit_resource *kunit_find_resource(struct kunit *test, kunit_resource_match_t match,
					   void *match_data) KM_SYM(kunit_find_resource);
struct kunit_resource *kunit_find_named_resource(struct kunit *test, const char *name)
	KM_SYM(kunit_find_named_resource);
/* Return: 0, or -ENOENT. */
int kunit_destroy_resource(struct kunit *test, kunit_resource_match_t match, void *match_data)
	KM_SYM(kunit_destroy_resource);
int kunit_destroy_named_resource(struct kunit *test, const char *name)
	KM_SYM(kunit_destroy_named_resource);
/* Away from the test, which drops its reference. */
void kunit_remove_resource(struct kunit *test, struct kunit_resource *res)
	KM_SYM(kunit_remove_resource);

/* -- actions: a function to call when the test ends -- */

typedef void (kunit_action_t)(void *ctx);

#define KUNIT_DEFINE_ACTION_WRAPPER(wrapper, orig, arg_type)					\
	static void wrapper(void *km_argument)							\
	{											\
		orig((arg_type)km_argument);							\
	}

/* Return: 0, or -ENOMEM; kunit_add_action_or_reset() calls @action then. */
int kunit_add_action(struct kunit *test, kunit_action_t *action, void *ctx)
	KM_SYM(kunit_add_action);
int kunit_add_action_or_reset(struct kunit *test, kunit_action_t *action, void *ctx)
	KM_SYM(kunit_add_action_or_reset);
/* The youngest with this @action and @ctx: forgotten, or called now. */
void kunit_remove_action(struct kunit *test, kunit_action_t *action, void *ctx)
	KM_SYM(kunit_remove_action);
void kunit_release_action(struct kunit *test, kunit_action_t *action, void *ctx)
	KM_SYM(kunit_release_action);

#endif
