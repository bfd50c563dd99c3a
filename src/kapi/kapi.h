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
void fnode_boot(void);			/* no file */
void device_boot(void);			/* no device, no bus */
int platform_boot(void);
void platform_shutdown(void);

#endif
