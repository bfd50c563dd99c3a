// SPDX-License-Identifier: MIT
/*
 * stub.c - functions that a test replaces by its own
 *
 * S1  A stub is a resource of its test: it is gone when the test ends.
 */
#include <kunit/static_stub.h>

#include "kunit.h"

struct stub {
	void *real, *instead;
};

static void stub_gone(struct kunit_resource *res)
{
	kfree(res->data);
}

static bool stub_is(struct kunit *test, struct kunit_resource *res, void *real)
{
	const struct stub *stub = res->data;

	return res->free == stub_gone && stub->real == real;
}

void *km_kunit_stub_of(struct kunit *test, void *real_fn)
{
	struct kunit_resource *res;
	void *instead = NULL;

	if (likely(!test))
		return NULL;
	res = kunit_find_resource(test, stub_is, real_fn);
	if (res) {
		instead = ((struct stub *)res->data)->instead;
		kunit_put_resource(res);
	}
	return instead;
}

static int stub_init(struct kunit_resource *res, void *wanted)
{
	res->data = kmemdup(wanted, sizeof(struct stub), GFP_KERNEL);
	return res->data ? 0 : -ENOMEM;
}

void km_kunit_stub_set(struct kunit *test, void *real_fn, void *replacement)
{
	struct stub wanted = { real_fn, replacement };
	struct kunit_resource *res = kunit_find_resource(test, stub_is, real_fn);

	KUNIT_ASSERT_NOT_NULL_MSG(test, real_fn, "Tried to activate a stub for function NULL");
	if (res) {
		((struct stub *)res->data)->instead = replacement;
		kunit_put_resource(res);
	} else if (!kunit_alloc_resource(test, stub_init, stub_gone, GFP_KERNEL, &wanted)) {
		KUNIT_FAIL_AND_ABORT(test, "no memory for a static stub");
	}
}

void kunit_deactivate_static_stub(struct kunit *test, void *real_fn_addr)
{
	KUNIT_ASSERT_NOT_NULL_MSG(test, real_fn_addr,
				  "Tried to deactivate a NULL stub.");
	KUNIT_EXPECT_EQ(test, kunit_destroy_resource(test, stub_is, real_fn_addr), 0);
}
