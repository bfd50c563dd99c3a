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
	error = fnode_boot();
	if (error)
		goto out_rcu;
	device_boot();
	error = platform_boot();
	if (error)
		goto out_fnode;
	return 0;
out_fnode:
	fnode_shutdown();
out_rcu:
	kfree_rcu_shutdown();
	return error;
}

void kapi_shutdown(void)
{
	user_forget();
	platform_shutdown();
	fnode_shutdown();
	kfree_rcu_shutdown();
}
