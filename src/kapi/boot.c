/* SPDX-License-Identifier: MIT */
/*
 * boot.c - brings the parts of this room up and down
 *
 * Context: boot and shutdown, task.
 */
#include "kapi/kapi.h"

int kapi_boot(bool watched)
{
	int error = kfree_rcu_boot(watched);

	if (error)
		return error;
	fnode_boot();
	device_boot();
	error = platform_boot();
	if (error)
		kfree_rcu_shutdown();
	return error;
}

void kapi_shutdown(void)
{
	user_forget();
	platform_shutdown();
	kfree_rcu_shutdown();
}
