/* SPDX-License-Identifier: MIT */
/*
 * enter.c - run one of Linux's test modules as the kernel would load it: init, then exit
 */
#include <kmalloc/machine.h>
#include <linux/kconfig.h>
#include <linux/rcupdate.h>
#include "page/page_room.h"
#include "entry.h"

int init_module(void);
void cleanup_module(void) __attribute__((__weak__));
/* Set-up that Linux does at boot for a library under test (radix_tree_init); none for most. */
extern void linux_test_before(void) __attribute__((__weak__));

int linux_test_run(struct linux_test_result *ret_result)
{
	const struct km_config config = { .init_on_alloc = IS_ENABLED(LINUX_TEST_INIT_ON_ALLOC) };
	unsigned long free_before;
	int error = km_machine_boot(&config);

	if (error)
		return error;
	if (linux_test_before)
		linux_test_before();
	free_before = page_free_total();
	ret_result->returned = init_module();
	/* As insmod does: a module whose init failed is not exited. */
	if (ret_result->returned == 0 && cleanup_module)
		cleanup_module();
	rcu_barrier();
	ret_result->pages_lost = (long)free_before - (long)page_free_total();
	ret_result->left = km_machine_shutdown();
	return 0;
}
