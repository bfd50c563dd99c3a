/* SPDX-License-Identifier: MIT */
/*
 * scarce.h - one scenario a function: it asks, undoes what it got, and says whether it got all
 *
 *	SCARCE(name, at_least_so_many_requests)
 *	{
 *		...
 *		return true if everything was had;
 *	}
 *
 * It becomes a case of KUnit, with_name(); @test is at hand in it.
 */
#ifndef SCARCE_SCARCE_H
#define SCARCE_SCARCE_H

#include <kunit/test.h>
#include <linux/types.h>

struct scarce {
	bool (*run)(struct kunit *test);
	unsigned long least;	/* of the engine's own requests, or the test shows nothing */
};

static void scarce_run(struct kunit *test, const struct scarce *scenario);

#define SCARCE(scenario, requests)						\
	static bool scarce_##scenario(struct kunit *test);			\
	static void with_##scenario(struct kunit *test)				\
	{									\
		static const struct scarce this = { scarce_##scenario, requests };	\
										\
		scarce_run(test, &this);					\
	}									\
	static bool scarce_##scenario(struct kunit *test)

#endif
