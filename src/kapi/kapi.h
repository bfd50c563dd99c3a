/* SPDX-License-Identifier: MIT */
/* kapi.h - what machine calls in kapi beyond the Linux names */
#ifndef KAPI_KAPI_H
#define KAPI_KAPI_H

#include <linux/types.h>

int kapi_boot(bool watched);
void kapi_shutdown(void);

/* what the two above call */
int kfree_rcu_boot(bool watched);	/* its own cache */
void kfree_rcu_shutdown(void);		/* what it still holds is freed */
void user_forget(void);			/* user.c: no ranges */
/*
 * The memory of tasks with has_user_memory: areas of so many bytes, one each stride from base on,
 * where nothing is mapped; really they stand one behind the other at backing.
 */
struct user_memory {
	unsigned long base, stride, bytes, areas;
	char *backing;
};
void user_memory_set(const struct user_memory *memory);
bool user_holds(uintptr_t address);	/* an address of user space, there or not */
int fnode_boot(void);			/* no file */
void fnode_shutdown(void);
void device_boot(void);			/* no device, no bus */
int platform_boot(void);
void platform_shutdown(void);

#endif
