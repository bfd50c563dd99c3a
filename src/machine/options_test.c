/* SPDX-License-Identifier: MIT */
/* options_test.c - the boot command line: what is obeyed, what refuses the boot */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "machine/machine_room.h"
#include "page/page_room.h"
#include "test.h"

static int boot_with(const char *line)
{
	const struct km_config config = { .command_line = line };

	return km_machine_boot(&config);
}

static void options_are_obeyed_and_forgotten(void)
{
	CHECK(!boot_with("  init_on_alloc=1\tinit_on_free=on "));
	CHECK(page_init_on_alloc && page_init_on_free);
	CHECK_EQ(km_machine_shutdown(), 0ul);
	CHECK(!boot_with(NULL));
	CHECK(!page_init_on_alloc && !page_init_on_free);
	CHECK_EQ(km_machine_shutdown(), 0ul);
}

static void what_cannot_be_obeyed_refuses_the_boot(void)
{
	char longest[400];

	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = 0;
	CHECK_EQ(boot_with("init_on_alloc=1 no_such_option=3"), -EINVAL);
	CHECK_EQ(boot_with("init_on_alloc=perhaps"), -EINVAL);
	CHECK_EQ(boot_with("init_on_allo=1"), -EINVAL);
	CHECK_EQ(boot_with(longest), -EINVAL);
	CHECK(!boot_with(""));
	CHECK_EQ(km_machine_shutdown(), 0ul);
}

static int setup(void)
{
	return 0;
}

KM_TESTS(setup,
	T(options_are_obeyed_and_forgotten),
	T(what_cannot_be_obeyed_refuses_the_boot));
