/* SPDX-License-Identifier: MIT */
/*
 * scarce.h - one scenario a function: it asks, undoes what it got, and says whether it got all
 *
 *	SCARCE(name, at_least_so_many_requests)
 *	{
 *		...
 *		return true if everything was had;
 *	}
 */
#ifndef SCARCE_SCARCE_H
#define SCARCE_SCARCE_H

#include <linux/types.h>
#include "test.h"

struct scarce {
	const char *name;
	bool (*run)(void);
	unsigned long least;	/* of the engine's own requests, or the test shows nothing */
};

void scarce_run(const struct scarce *scenario);

#define SCARCE(scenario, requests)						\
	static bool scarce_##scenario(void);					\
	static void scarce_test_##scenario(void)				\
	{									\
		static const struct scarce this = {				\
			#scenario, scarce_##scenario, requests };		\
		scarce_run(&this);						\
	}									\
	__attribute__((section("scarce_rows"), used, aligned(8)))		\
	static const struct km_test scarce_row_##scenario = {			\
		#scenario, scarce_test_##scenario };				\
	static bool scarce_##scenario(void)

#endif
